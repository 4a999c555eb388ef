// interp/eval/dynamic.h: parameters that a block's dynamicparam part makes for one call. Weak: jesh-full
// alone.
#ifndef INTERP_DYNAMIC_H
#define INTERP_DYNAMIC_H

#include "interp/eval/pipeline.h"

// Runs the part and adds what it gives to the table that the stage binds to. Throws
// GetDynamicParametersException.
bool dynamic_open(struct stage *stage) __attribute__((weak));
bool dynamic_publish(struct stage *stage) __attribute__((weak)); // Value and IsSet of the objects
void dynamic_close(struct stage *stage) __attribute__((weak));
bool block_dynamic(struct stage *stage, value *ret) __attribute__((weak)); // call.c: what the part gives

#endif
