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

void exception_release(struct object *object)
{
    value_drop(((struct exception *)object)->message);
    value_drop(((struct exception *)object)->inner);
}

bool exception_to_string(struct interp *in, value self, value *ret)
{
    value message;
    if (!value_to_string(in, AS(exception, self)->message, &message))
        return false;
    bool ok = string_printf(in, ret, "%s: %s", self.object->type->name, value_text(message));
    value_drop(message);
    return ok;
}

void category_info_release(struct object *object)
{
    struct category_info *info = (struct category_info *)object;
    value_drop(info->activity);
    value_drop(info->reason);
    value_drop(info->target_name);
    value_drop(info->target_type);
}

bool category_info_to_string(struct interp *in, value self, value *ret)
{
    struct category_info *info = AS(category_info, self);
    value name, type, activity;
    if (!value_to_string(in, info->target_name, &name))
        return false;
    if (!value_to_string(in, info->target_type, &type))
        return value_drop(name), false;
    if (!value_to_string(in, info->activity, &activity))
        return value_drop(name), value_drop(type), false;
    bool ok = string_printf(in, ret, "%s: (%s:%s) [%s], %s", category_name(info->category), value_text(name),
                            value_text(type), value_text(activity),
                            info->reason.kind == V_STRING ? value_text(info->reason) : "");
    value_drop(name);
    value_drop(type);
    value_drop(activity);
    return ok;
}
