// interp/value/opaque.h: types of .NET that jesh knows by name alone (opaque.def). jesh-full alone.
#ifndef INTERP_OPAQUE_H
#define INTERP_OPAQUE_H

#include <stddef.h>

struct opaque {
    const char *name, *shorthand; // shorthand NULL: none
};

// NULL: not one of them. arity: how many type arguments were given.
const struct opaque *opaque_find(const char *name, size_t size, size_t arity);

#endif
