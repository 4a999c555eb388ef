// System.Collections.Specialized: names with several values, lists of strings; and WildcardPattern.
#include <string.h>

#include "base/wildcard.h"
#include "interp/eval/interp.h"
#include "interp/value/enum.h"
#include "interp/value/items.h"
#include "interp/value/types-rows.h"

// --- NameValueCollection: at[0] a TABLE of name → LIST of strings ---

#define NAMES(v) AS(fields, v)->at[0]
#define GETTER(name) static bool name(struct interp *in, value self, value *ret)

METHOD(names_new)
{
    UNUSED;
    return object_new(in, &type_name_values, ret) && table_new(in, true, &NAMES(*ret));
}
static bool values_of(struct interp *in, value self, value name, bool make, value *ret)
{
    value list;
    const value *found = table_get(NAMES(self).table, name);
    if (found || !make)
        return *ret = found ? *found : value_null, true;
    if (!list_new(in, NULL, &list))
        return false;
    bool ok = table_set(in, NAMES(self).table, name, list);
    value_drop(list);
    return *ret = list, ok;
}
METHOD(names_add)
{
    value list;
    UNUSED;
    return values_of(in, self, args[0], true, &list) && list_add(in, list.array, args[1]);
}
METHOD(names_set)
{
    value list;
    UNUSED;
    if (!values_of(in, self, args[0], true, &list))
        return false;
    items_take_out(list.array, 0, list.array->count);
    return list_add(in, list.array, args[1]);
}
METHOD(names_remove)
{
    return UNUSED, table_remove(NAMES(self).table, args[0]), true;
}
METHOD(names_clear)
{
    UNUSED;
    value_set(&NAMES(self), value_null);
    return table_new(in, true, &NAMES(self));
}
METHOD(names_values)
{
    value list;
    UNUSED;
    if (!values_of(in, self, args[0], false, &list))
        return false;
    if (value_is_null(list))
        return *ret = value_null, true;
    if (!array_of(in, STR, list.array->count, ret))
        return false;
    for (size_t i = 0; i < list.array->count; i++)
        ret->array->items[i] = value_keep(list.array->items[i]);
    return true;
}
static bool joined(struct interp *in, value list, value *ret)
{
    struct buf out = BUF_INIT;
    if (value_is_null(list))
        return *ret = value_null, true;
    for (size_t i = 0; i < list.array->count; i++) {
        buf_add_text(&out, i ? "," : "");
        if (!value_add_string(in, &out, list.array->items[i]))
            return buf_free(&out), false;
    }
    return buf_take(in, &out, ret);
}
METHOD(names_get)
{
    value list;
    UNUSED;
    return values_of(in, self, args[0], false, &list) && joined(in, list, ret);
}
METHOD(names_get_at)
{
    const struct table_slot *slot = table_nth(NAMES(self).table, args[0].i);
    UNUSED;
    return slot ? joined(in, slot->val, ret) : items_range(in);
}
METHOD(names_key_at)
{
    const struct table_slot *slot = table_nth(NAMES(self).table, args[0].i);
    UNUSED;
    return slot ? (*ret = value_keep(slot->key), true) : items_range(in);
}
METHOD(names_has)
{
    UNUSED;
    return *ret = value_bool(NAMES(self).table->count), true;
}
bool name_values_item(struct interp *in, value self, value index, value *ret)
{
    return index.kind == V_STRING ? names_get(in, self, &index, 1, ret)
                                  : value_is_number(index) && names_get_at(in, self, &index, 1, ret);
}
GETTER(names_count)
{
    (void)in;
    return *ret = value_int((int32_t)NAMES(self).table->count), true;
}
GETTER(names_keys)
{
    size_t n = 0;
    if (!array_of(in, STR, NAMES(self).table->count, ret))
        return false;
    for (const struct table_slot *slot; (slot = table_nth(NAMES(self).table, (int64_t)n)); n++)
        ret->array->items[n] = value_keep(slot->key);
    return true;
}
const struct property name_values_properties[] = {
    {"AllKeys", names_keys, NULL}, {"Count", names_count, NULL}, {"Keys", names_keys, NULL}, {0}};
static const struct method name_methods[] = {{"Add", names_add, VOID, P(STR, STR)},
                                             {"Set", names_set, VOID, P(STR, STR)},
                                             {"set_Item", names_set, VOID, P(STR, STR)},
                                             {"Get", names_get, STR, P(STR)},
                                             {"Get", names_get_at, STR, P(I32)},
                                             {"get_Item", names_get, STR, P(STR)},
                                             {"GetKey", names_key_at, STR, P(I32)},
                                             {"GetValues", names_values, STRS, P(STR)},
                                             {"Remove", names_remove, VOID, P(STR)},
                                             {"Clear", names_clear, VOID},
                                             {"HasKeys", names_has, BOOLEAN},
                                             {0}};
static const struct method name_constructors[] = {{"new", names_new, OBJ}, {"new", names_new, OBJ, P(I32)}, {0}};
const struct type_members full_name_values = {.methods = name_methods, .constructors = name_constructors};

// --- StringCollection: an ArrayList of strings, which PowerShell's arrays fill ---

METHOD(strings_add)
{
    UNUSED;
    *ret = value_int((int32_t)self.array->count);
    return list_add(in, self.array, args[0]);
}
METHOD(strings_add_range)
{
    UNUSED;
    for (size_t i = 0; i < args[0].array->count; i++)
        if (!list_add(in, self.array, args[0].array->items[i]))
            return false;
    return true;
}
METHOD(strings_insert)
{
    UNUSED;
    if (args[0].i < 0 || (size_t)args[0].i > self.array->count)
        return items_range(in);
    return items_put_in(in, self.array, (size_t)args[0].i, args[1]);
}
METHOD(strings_remove_at)
{
    UNUSED;
    if (args[0].i < 0 || (size_t)args[0].i >= self.array->count)
        return items_range(in);
    return items_take_out(self.array, (size_t)args[0].i, 1), true;
}
METHOD(strings_remove)
{
    value ignored;
    (void)ret;
    return list_remove(in, self, args, count, &ignored);
}
static const struct method string_methods[] = {{"Add", strings_add, I32, P(STR)},
                                               {"AddRange", strings_add_range, VOID, P(STRS)},
                                               {"Insert", strings_insert, VOID, P(I32, STR)},
                                               {"Remove", strings_remove, VOID, P(STR)},
                                               {"RemoveAt", strings_remove_at, VOID, P(I32)},
                                               {"Contains", list_contains, BOOLEAN, P(STR)},
                                               {"IndexOf", list_index_of, I32, P(STR)},
                                               {"Clear", list_clear, VOID},
                                               {"CopyTo", list_copy_to, VOID, P(ARR, I32)},
                                               {"GetEnumerator", get_enumerator, OBJ},
                                               {0}};
static const struct method string_constructors[] = {{"new", list_new_empty, OBJ}, {0}};
const struct type_members full_strings = {.methods = string_methods, .constructors = string_constructors};

// --- WildcardPattern: at[0] the pattern, at[1] whether letter case counts ---

METHOD(pattern_new)
{
    (void)self;
    if (!object_new(in, &type_wildcard_pattern, ret))
        return false;
    AS(fields, *ret)->at[1] = value_bool(!(count > 1 && args[1].i & 2));
    return value_set(&AS(fields, *ret)->at[0], args[0]), true;
}
METHOD(pattern_match)
{
    struct string *pattern = AS(fields, self)->at[0].string;
    UNUSED;
    return *ret = value_bool(wildcard_match(pattern->text, pattern->size, value_text(args[0]),
                                            args[0].string->size, !AS(fields, self)->at[1].b)),
           true;
}
METHOD(pattern_escape)
{
    struct buf out = BUF_INIT;
    UNUSED;
    for (const char *at = value_text(args[0]); *at; at++) {
        if (strchr("*?[]`", *at))
            buf_add_char(&out, '`');
        buf_add_char(&out, *at);
    }
    return buf_take(in, &out, ret);
}
METHOD(pattern_unescape)
{
    struct buf out = BUF_INIT;
    UNUSED;
    for (const char *at = value_text(args[0]); *at; at++) {
        if (*at == '`' && at[1] && strchr("*?[]`", at[1]))
            at++;
        buf_add_char(&out, *at);
    }
    return buf_take(in, &out, ret);
}
METHOD(pattern_has)
{
    UNUSED;
    return *ret = value_bool(wildcard_has(value_text(args[0]), args[0].string->size)), true;
}
#define OPTIONS &type_wildcard_options
static const struct method pattern_methods[] = {{"IsMatch", pattern_match, BOOLEAN, P(STR)}, {0}};
static const struct method pattern_statics[] = {{"Escape", pattern_escape, STR, P(STR)},
                                                {"Unescape", pattern_unescape, STR, P(STR)},
                                                {"ContainsWildcardCharacters", pattern_has, BOOLEAN, P(STR)},
                                                {"Get", pattern_new, OBJ, P(STR, OPTIONS)},
                                                {0}};
static const struct method pattern_constructors[] = {{"new", pattern_new, OBJ, P(STR)},
                                                     {"new", pattern_new, OBJ, P(STR, OPTIONS)},
                                                     {0}};
const struct type_members full_wildcard_pattern = {pattern_methods, pattern_statics, pattern_constructors, NULL};
