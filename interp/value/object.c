// The small objects that the value layer itself defines: exceptions, records, pairs.
#include "interp/value/member.h"
#include "interp/value/types.h"

#define AS(type, v) ((struct type *)(v).object)

bool pair_new(struct interp *in, value key, value val, value *ret)
{
    if (!object_new(in, &type_dictionary_entry, ret))
        return false;
    AS(pair, *ret)->key = value_keep(key);
    AS(pair, *ret)->val = value_keep(val);
    return true;
}

void pair_release(struct object *object)
{
    value_drop(((struct pair *)object)->key);
    value_drop(((struct pair *)object)->val);
}

bool pair_to_string(struct interp *in, value self, value *ret)
{
    value key, val;
    if (!value_to_method_string(in, AS(pair, self)->key, &key))
        return false;
    if (!value_to_method_string(in, AS(pair, self)->val, &val))
        return value_drop(key), false;
    bool ok = string_printf(in, ret, "[%s, %s]", value_text(key), value_text(val));
    value_drop(key);
    value_drop(val);
    return ok;
}

bool record_new(struct interp *in, const struct type *type, value data, value *ret)
{
    if (!object_new(in, type, ret))
        return false;
    AS(record, *ret)->data = value_keep(data);
    return true;
}

void record_release(struct object *object)
{
    value_drop(((struct record *)object)->data);
    value_drop(((struct record *)object)->source);
    value_drop(((struct record *)object)->tags);
}

bool record_to_string(struct interp *in, value self, value *ret)
{
    return value_to_string(in, AS(record, self)->data, ret);
}

bool exception_new(struct interp *in, const struct type *type, value message, value *ret)
{
    if (!object_new(in, type, ret))
        return false;
    AS(exception, *ret)->message = value_keep(message);
    return true;
}

