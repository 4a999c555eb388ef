// interp/value/attributes.h: attributes as objects: what [Parameter()] and its kin say of a parameter, a
// variable or a property. jesh-full alone.
#ifndef INTERP_ATTRIBUTES_H
#define INTERP_ATTRIBUTES_H

#include "interp/value/objects.h"

#define ATTRIBUTE(v) ((struct attribute *)(v).object)

// Which field of an object holds what, by type.
enum {
    PARAMETER_MANDATORY,
    PARAMETER_POSITION,
    PARAMETER_SET,
    PARAMETER_PIPELINE,
    PARAMETER_PROPERTY,
    PARAMETER_REMAINING,
    PARAMETER_HELP,
    PARAMETER_HELP_BASE,
    PARAMETER_HELP_RESOURCE,
    PARAMETER_HIDDEN
};
enum {
    BINDING_DEFAULT_SET,
    BINDING_SHOULD_PROCESS,
    BINDING_TRANSACTIONS,
    BINDING_HELP,
    BINDING_REMOTING,
    BINDING_POSITIONAL,
    BINDING_PAGING,
    BINDING_IMPACT,
    CMDLET_VERB,
    CMDLET_NOUN
};
enum { SET_VALUES, SET_IGNORE_CASE, SET_MESSAGE, SET_GENERATOR };
enum { PATTERN_TEXT, PATTERN_OPTIONS, PATTERN_MESSAGE };
enum { RANGE_MIN, RANGE_MAX, RANGE_KIND };
enum { SCRIPT_BLOCK, SCRIPT_MESSAGE };
enum { LENGTH_MIN, LENGTH_MAX };
enum { ONLY_FIELD }; // Alias, ValidateDrive, PSTypeName, ArgumentCompleter, the type of a converter
enum { OBSOLETE_MESSAGE, OBSOLETE_IS_ERROR };
enum { OUTPUT_TYPES, OUTPUT_SETS, OUTPUT_PROVIDER };
enum { RUNTIME_NAME, RUNTIME_TYPE, RUNTIME_ATTRIBUTES, RUNTIME_VALUE, RUNTIME_IS_SET };
enum { NO_POSITION = INT32_MIN }; // of a parameter that has none

enum range_kind { RANGE_POSITIVE, RANGE_NON_NEGATIVE, RANGE_NEGATIVE, RANGE_NON_POSITIVE };

static inline value attribute_field(value attribute, unsigned at)
{
    return ATTRIBUTE(attribute)->at[at];
}
static inline bool attribute_is(value v, const struct type *type)
{
    return v.kind == V_OBJECT && value_is_type(v, type);
}
// The first attribute of a list that is of that type; $null: none. Borrowed.
value attribute_among(value attributes, const struct type *type);
bool attribute_new(struct interp *in, const struct type *type,
                   value *ret); // without what its constructor gives
bool converter_new(struct interp *in, const struct type *type,
                   value *ret); // what [int] before a parameter is

#endif
