// interp/value/type-data.h: what Update-TypeData gave to type names.
#ifndef INTERP_TYPE_DATA_H
#define INTERP_TYPE_DATA_H

#include "interp/value/value.h"

enum { // sets of names and single settings of a type
    DATA_CONVERTER,
    DATA_ADAPTER,
    DATA_SERIALIZATION_METHOD,
    DATA_TARGET,
    DATA_DEPTH,
    DATA_DISPLAY_PROPERTY,
    DATA_INHERIT,
    DATA_STRING_SOURCE,
    DATA_DISPLAY_SET,
    DATA_KEY_SET,
    DATA_SERIALIZED_SET,
    DATA_FIELDS
};

struct type_data { // V_OBJECT of type_type_data
    struct object head;
    value name;
    value holder; // an object that has the members which objects of the type are given
    value field[DATA_FIELDS]; // the sets are ARRAYs of STRING; $null: not given
};
extern const struct type type_type_data;

struct type_data *type_data_find(const struct interp *in, const char *type_name); // NULL: nothing was given
const struct members *type_data_members(const struct type_data *data); // or NULL
bool type_data_make(struct interp *in, value type_name, struct type_data **ret);  // finds or makes
// The value of that field at the first type name of v that has it; borrowed, $null: none has.
value type_data_field(const struct interp *in, value v, unsigned field);

#endif
