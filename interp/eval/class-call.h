// interp/eval/class-call.h: methods and constructors of classes that texts define. jesh-full alone.
#ifndef INTERP_CLASS_CALL_H
#define INTERP_CLASS_CALL_H

#include "interp/eval/state.h"
#include "interp/value/class.h"

// A constructor called on a TYPE makes the object, on an object it is a derived constructor's base call.
bool class_call(struct interp *in, const struct method *method, value self, const value *args, size_t count,
                value *ret) __attribute__((weak));
bool class_start(struct interp *in, struct class *class) __attribute__((weak));
bool class_allows(struct interp *in, struct field *field, value v) __attribute__((weak));
bool class_construct_base(struct interp *in, const value *at, size_t count);  // at: TYPE, then the arguments
bool class_begin_field(struct interp *in, value target, value name, value v); // an initializer: errors stay
// compile-class.c: what gives the properties of instances, or static ones, their first values.
bool code_compile_initializers(struct interp *in, struct class *class, bool is_static, struct code **ret);

#endif
