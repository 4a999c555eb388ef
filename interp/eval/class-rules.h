// interp/eval/class-rules.h: what attributes and interfaces ask of classes. jesh-full alone.
#ifndef INTERP_CLASS_RULES_H
#define INTERP_CLASS_RULES_H

#include "interp/eval/type-definition.h"

bool has_attribute(const struct ast *property); // a PROPERTY_MEMBER
bool class_fulfils(const struct class *class);  // has the methods of its interfaces

#endif
