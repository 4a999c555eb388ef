#include "interp/value/type-data.h"

#include "interp/eval/interp.h"
#include "interp/value/member.h"
#include "interp/value/types.h"

static void release(struct object *object)
{
    struct type_data *data = (struct type_data *)object;
    value_drop(data->name);
    value_drop(data->holder);
    for (size_t i = 0; i < DATA_FIELDS; i++)
        value_drop(data->field[i]);
}

const struct members *type_data_members(const struct type_data *data)
{
    return data->holder.object->members;
}

struct type_data *type_data_find(const struct interp *in, const char *type_name)
{
    const value *found = in->type_data.kind == V_TABLE ? table_get_text(in->type_data.table, type_name) : NULL;
    return found ? (struct type_data *)found->object : NULL;
}

bool type_data_make(struct interp *in, value type_name, struct type_data **ret)
{
    value made;
    *ret = type_data_find(in, value_text(type_name));
    if (*ret)
        return true;
    if (in->type_data.kind != V_TABLE && !table_new(in, true, &in->type_data))
        return false;
    if (!object_new(in, &type_type_data, &made))
        return false;
    *ret = (struct type_data *)made.object;
    (*ret)->name = value_keep(type_name);
    bool ok = custom_new(in, &(*ret)->holder) && table_set(in, in->type_data.table, type_name, made);
    value_drop(made);
    return ok;
}

value type_data_field(const struct interp *in, value v, unsigned field)
{
    const char *name;
    for (size_t i = 0; in->type_data.kind == V_TABLE && (name = value_type_name(v, i)); i++) {
        const struct type_data *data = type_data_find(in, name);
        if (data && !value_is_null(data->field[field]))
            return data->field[field];
    }
    return value_null;
}

#define FIELD(function, n)                                                                                   \
    static bool function(struct interp *in, value self, value *ret)                                          \
    {                                                                                                        \
        (void)in;                                                                                            \
        return *ret = value_keep(((struct type_data *)self.object)->field[n]), true;                         \
    }
FIELD(converter, DATA_CONVERTER)
FIELD(adapter, DATA_ADAPTER)
FIELD(serialization_method, DATA_SERIALIZATION_METHOD)
FIELD(target, DATA_TARGET)
FIELD(depth, DATA_DEPTH)
FIELD(display_property, DATA_DISPLAY_PROPERTY)
FIELD(inherit, DATA_INHERIT)
FIELD(string_source, DATA_STRING_SOURCE)
FIELD(display_set, DATA_DISPLAY_SET)
FIELD(key_set, DATA_KEY_SET)
FIELD(serialized_set, DATA_SERIALIZED_SET)

static bool type_name(struct interp *in, value self, value *ret)
{
    (void)in;
    return *ret = value_keep(((struct type_data *)self.object)->name), true;
}

static bool is_override(struct interp *in, value self, value *ret)
{
    (void)in, (void)self;
    return *ret = value_false, true;
}

static bool data_members(struct interp *in, value self, value *ret)
{
    const struct members *members = type_data_members((struct type_data *)self.object);
    if (!table_new(in, true, ret))
        return false;
    ret->object->type = &type_dictionary;
    for (size_t i = 0; members && i < members->count; i++)
        if (!table_set(in, ret->table, members->items[i].name, members->items[i].val))
            return value_drop(*ret), false;
    return true;
}

static const struct property properties[] = {{"TypeName", type_name, NULL},
                                             {"Members", data_members, NULL},
                                             {"TypeConverter", converter, NULL},
                                             {"TypeAdapter", adapter, NULL},
                                             {"IsOverride", is_override, NULL},
                                             {"SerializationMethod", serialization_method, NULL},
                                             {"TargetTypeForDeserialization", target, NULL},
                                             {"SerializationDepth", depth, NULL},
                                             {"DefaultDisplayProperty", display_property, NULL},
                                             {"InheritPropertySerializationSet", inherit, NULL},
                                             {"StringSerializationSource", string_source, NULL},
                                             {"DefaultDisplayPropertySet", display_set, NULL},
                                             {"DefaultKeyPropertySet", key_set, NULL},
                                             {"PropertySerializationSet", serialized_set, NULL},
                                             {0}};
const struct type type_type_data = {.name = "System.Management.Automation.Runspaces.TypeData",
                                    .base = &type_object,
                                    .properties = properties,
                                    .release = release,
                                    .size = sizeof(struct type_data),
                                    .type_code = 1};
