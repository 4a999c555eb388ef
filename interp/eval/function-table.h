// interp/eval/function-table.h: functions by name, as commands and the drive function: see and change them.
#ifndef INTERP_FUNCTION_TABLE_H
#define INTERP_FUNCTION_TABLE_H

#include "interp/eval/interp.h"

// All weak: jesh-restricted has no functions of its own.
bool function_list(struct interp *in, value *ret)
    __attribute__((weak)); // ARRAY of FunctionInfo by name; seen from here
bool function_item(struct interp *in, const char *name, value *ret)
    __attribute__((weak)); // FunctionInfo; VOID: none

// A block, a function or a text as the function of that name.
// FunctionNotWritable where it is read-only, without force, or constant.
bool function_store(struct interp *in, const char *name, value v, bool force) __attribute__((weak));
bool function_set_options(struct interp *in, const char *name, unsigned options) __attribute__((weak));
bool function_erase(struct interp *in, const char *name, bool force)
    __attribute__((weak)); // FunctionNotRemovable

struct scriptblock;
bool function_may_change(struct interp *in, const struct scriptblock *old, const char *name, bool force)
    __attribute__((weak));

#endif
