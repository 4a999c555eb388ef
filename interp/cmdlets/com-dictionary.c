// Scripting.Dictionary: keys tell letter case unless CompareMode says otherwise.
#include "interp/cmdlets/com-internal.h"

#include <strings.h>

#include "interp/value/exceptions.h"

enum { TABLE };

static struct table *table_of(value self)
{
    return COM_FIELD(self, TABLE).table;
}

static bool list(struct interp *in, value self, bool keys, value *ret)
{
    const struct table *table = table_of(self);
    size_t count = 0;
    if (!array_new(in, table->count, ret))
        return false;
    for (size_t i = 0; i < table->used; i++)
        if (table->slots[i].key.kind != V_VOID)
            ret->array->items[count++] = value_keep(keys ? table->slots[i].key : table->slots[i].val);
    return true;
}

METHOD(add)
{
    UNUSED;
    if (table_get(table_of(self), args[0]))
        return method_throw(in, &type_argument_exception, "This key is already there.");
    return table_set(in, table_of(self), args[0], args[1]);
}

METHOD(exists)
{
    return UNUSED, *ret = value_bool(table_get(table_of(self), args[0]) != NULL), true;
}

METHOD(keys)
{
    return UNUSED, list(in, self, true, ret);
}

METHOD(items)
{
    return UNUSED, list(in, self, false, ret);
}

// A key that is asked for is there from then on, without a value.
METHOD(item)
{
    const value *found = table_get(table_of(self), args[0]);
    UNUSED;
    if (found)
        return *ret = value_keep(*found), true;
    return *ret = value_null, table_set(in, table_of(self), args[0], value_null);
}

METHOD(remove_key)
{
    UNUSED;
    return table_remove(table_of(self), args[0]) ||
           method_throw(in, &type_argument_exception, "There is no such key.");
}

static bool replace_table(struct interp *in, value self, bool case_sensitive)
{
    value table;
    if (!table_new(in, false, &table))
        return false;
    table.table->case_sensitive = case_sensitive;
    value_set(&COM_FIELD(self, TABLE), table);
    return value_drop(table), true;
}

METHOD(remove_all)
{
    return UNUSED, replace_table(in, self, table_of(self)->case_sensitive);
}

GETTER(count_of)
{
    return (void)in, *ret = value_int((int32_t)table_of(self)->count), true;
}

GETTER(compare_mode)
{
    return (void)in, *ret = value_int(!table_of(self)->case_sensitive), true;
}

SETTER(set_compare_mode)
{
    int32_t mode;
    if (!value_to_int(in, to, &mode))
        return false;
    if (table_of(self)->count || mode < 0 || mode > 2)
        return method_throw(in, &type_argument_exception, "CompareMode is 0 or 1, of a dictionary without keys.");
    return replace_table(in, self, mode == 0);
}

bool com_dictionary_start(struct interp *in, value self)
{
    return replace_table(in, self, true);
}

static const struct property properties[] = {
    {"Count", count_of, NULL}, {"CompareMode", compare_mode, set_compare_mode}, {0}};
static const struct method methods[] = {{"Add", add, VOID, P(OBJ, OBJ)},     {"Exists", exists, BOOLEAN, P(OBJ)},
                                        {"Keys", keys, OBJS},                {"Items", items, OBJS},
                                        {"Item", item, OBJ, P(OBJ)},         {"Remove", remove_key, VOID, P(OBJ)},
                                        {"RemoveAll", remove_all, VOID},     {0}};
static const struct type_members members = {.methods = methods};
COM_TYPE(com_dictionary, "Scripting.Dictionary", .properties = properties, .full = &members);
