// interp/eval/attribute.h: attributes as a text writes them, and what they do to values. jesh-full alone.
#ifndef INTERP_ATTRIBUTE_H
#define INTERP_ATTRIBUTE_H

#include "interp/eval/state.h"
#include "interp/value/attributes.h"

// The value of a constant expression: numbers, strings, types, members of enums, script blocks, lists,
// operators. False: thrown, at its place.
bool constant_value(struct interp *in, struct source *source, const struct ast *node, value *ret);

// The object that an ATTRIBUTE or TYPE_CONSTRAINT node stands for. Throws CustomAttributeTypeNotFound,
// PropertyNotFoundForType, and what its constructor throws.
bool attribute_make(struct interp *in, struct source *source, const struct ast *node, value *ret);
const struct type *attribute_type(struct interp *in, const char *name,
                                  size_t size); // NULL: no attribute of that name

// A value against one attribute or all of a list. False: thrown is what the attribute has against it, a
// ValidationMetadataException.
bool attribute_validate(struct interp *in, value attribute, value v);
bool attributes_validate(struct interp *in, value attributes, value v);
// What the transformations of a list make of the value, in their order, conversions last. False: thrown.
bool attributes_transform(struct interp *in, value attributes, value v, value *ret);
bool attributes_transform_own(struct interp *in, value attributes, value v,
                              value *ret); // without conversions

#endif
