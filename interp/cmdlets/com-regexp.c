// VBScript.RegExp, by the patterns of [regex] and under their limit of steps.
#include "interp/cmdlets/com-internal.h"

#include <string.h>

#include "interp/value/member.h"

enum { PATTERN, GLOBAL, IGNORE_CASE, MULTILINE };
enum { FIRST_INDEX, LENGTH, VALUE, SUB_MATCHES };
enum { OPTION_IGNORE_CASE = 1, OPTION_MULTILINE = 2 };

#define ACCESSORS(name, field, to_type)                                                                      \
    GETTER(get_##name)                                                                                       \
    {                                                                                                        \
        return (void)in, *ret = value_keep(COM_FIELD(self, field)), true;                                    \
    }                                                                                                        \
    SETTER(set_##name)                                                                                       \
    {                                                                                                        \
        value v;                                                                                             \
        if (!value_convert(in, to, to_type, &v))                                                             \
            return false;                                                                                    \
        value_set(&COM_FIELD(self, field), v);                                                               \
        return value_drop(v), true;                                                                          \
    }
ACCESSORS(pattern, PATTERN, STR)
ACCESSORS(global, GLOBAL, BOOLEAN)
ACCESSORS(ignore_case, IGNORE_CASE, BOOLEAN)
ACCESSORS(multiline, MULTILINE, BOOLEAN)

static bool own_regex(struct interp *in, value self, value *ret)
{
    int options = (COM_FIELD(self, IGNORE_CASE).b ? OPTION_IGNORE_CASE : 0) |
                  (COM_FIELD(self, MULTILINE).b ? OPTION_MULTILINE : 0);
    const value args[] = {COM_FIELD(self, PATTERN), value_int(options)};
    return type_construct(in, &type_regex, args, 2, ret);
}

static bool ask(struct interp *in, value self, const char *method, const value *args, size_t count,
                value *ret)
{
    value regex, name = value_null;
    if (!own_regex(in, self, &regex))
        return false;
    bool ok = string_text(in, method, &name) && method_invoke(in, regex, name, args, count, ret);
    value_drop(name);
    return value_drop(regex), ok;
}

METHOD(test)
{
    return UNUSED, ask(in, self, "IsMatch", args, 1, ret);
}

METHOD(replace)
{
    const value given[] = {args[0], args[1], value_int(1)};
    UNUSED;
    return ask(in, self, "Replace", given, COM_FIELD(self, GLOBAL).b ? 2 : 3, ret);
}

// --- Matches
// ------------------------------------------------------------------------------------------------------

#define MATCH_FIELD(name, field)                                                                             \
    GETTER(name)                                                                                             \
    {                                                                                                        \
        return (void)in, *ret = value_keep(COM_FIELD(self, field)), true;                                    \
    }
MATCH_FIELD(first_index, FIRST_INDEX)
MATCH_FIELD(length, LENGTH)
MATCH_FIELD(text, VALUE)
MATCH_FIELD(sub_matches, SUB_MATCHES)

static const struct property match_fields[] = {{"FirstIndex", first_index, NULL},
                                               {"Length", length, NULL},
                                               {"Value", text, NULL},
                                               {"SubMatches", sub_matches, NULL},
                                               {0}};
static COM_TYPE(com_match, "VBScript.Match", .properties = match_fields);

static bool take_field(struct interp *in, value from, const char *name, value *slot)
{
    value v;
    if (!member_named(in, from, name, &v))
        return false;
    value_set(slot, v);
    return value_drop(v), true;
}

static bool groups_of(struct interp *in, value match, value *slot)
{
    value groups = value_null, texts;
    if (!take_field(in, match, "Groups", &groups) || !list_new(in, NULL, &texts))
        return value_drop(groups), false;
    bool ok = true;
    for (size_t i = 1; ok && value_enumerable(groups) && i < groups.array->count; i++) {
        value text_of = value_null;
        ok = take_field(in, groups.array->items[i], "Value", &text_of) && list_add(in, texts.array, text_of);
        value_drop(text_of);
    }
    value_drop(groups);
    value array;
    ok = ok && array_from(in, texts.array->items, texts.array->count, &array);
    value_drop(texts);
    if (ok)
        value_set(slot, array), value_drop(array);
    return ok;
}

static bool match_new(struct interp *in, value match, value *ret)
{
    if (!object_new(in, &com_match, ret))
        return false;
    bool ok = take_field(in, match, "Index", &COM_FIELD(*ret, FIRST_INDEX)) &&
              take_field(in, match, "Length", &COM_FIELD(*ret, LENGTH)) &&
              take_field(in, match, "Value", &COM_FIELD(*ret, VALUE)) &&
              groups_of(in, match, &COM_FIELD(*ret, SUB_MATCHES));
    return ok || (value_drop(*ret), false);
}

METHOD(execute)
{
    value found, matches;
    UNUSED;
    if (!ask(in, self, "Matches", args, 1, &found))
        return false;
    size_t most = COM_FIELD(self, GLOBAL).b ? SIZE_MAX : 1;
    bool ok = list_new(in, NULL, &matches);
    for (size_t i = 0; ok && i < found.array->count && i < most; i++) {
        value match;
        ok = match_new(in, found.array->items[i], &match) && list_add(in, matches.array, match);
        if (ok)
            value_drop(match);
    }
    value_drop(found);
    ok = ok && array_from(in, matches.array->items, matches.array->count, ret);
    return value_drop(matches), ok;
}

bool com_regexp_start(struct interp *in, value self)
{
    COM_FIELD(self, GLOBAL) = COM_FIELD(self, IGNORE_CASE) = COM_FIELD(self, MULTILINE) = value_false;
    return string_text(in, "", &COM_FIELD(self, PATTERN));
}

static const struct property properties[] = {{"Pattern", get_pattern, set_pattern},
                                             {"Global", get_global, set_global},
                                             {"IgnoreCase", get_ignore_case, set_ignore_case},
                                             {"Multiline", get_multiline, set_multiline},
                                             {0}};
static const struct method methods[] = {{"Test", test, BOOLEAN, P(STR)},
                                        {"Replace", replace, STR, P(STR, STR)},
                                        {"Execute", execute, OBJS, P(STR)},
                                        {0}};
static const struct type_members members = {.methods = methods};
COM_TYPE(com_regexp, "VBScript.RegExp", .properties = properties, .full = &members);
