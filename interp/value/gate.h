// interp/value/gate.h: what the language mode leaves to programs of types, where only run time knows the type
// (spec: language-modes §1.3, §2.1). Asked at the one place where a member is called or set, an object is made and a
// value is converted, so that it does not matter how a program comes there. False: refused, thrown. In jesh-full only:
// in the other modes no text gets that far.
#ifndef INTERP_GATE_H
#define INTERP_GATE_H

#include "interp/value/value.h"

bool gate_method(struct interp *in, const struct type *type, value name); // ToString is everybody's
bool gate_create(struct interp *in, const struct type *type);             // type::new(…)
bool gate_reference(struct interp *in);                                   // [ref]
bool gate_set(struct interp *in, const struct type *type);                // a property
bool gate_convert(struct interp *in, value v, const struct type *to) __attribute__((weak));
bool gate_custom(struct interp *in) __attribute__((weak)); // [pscustomobject]@{ }

// What a session's narrower code puts where its FullLanguage code finds it is marked; a parameter that would run it, or
// make a type of its name, refuses it there. A session that has one mode from its start to its end marks nothing.
void gate_mark(const struct interp *in, value v) __attribute__((weak));
bool gate_trusts(const struct interp *in, value v) __attribute__((weak));

#endif
