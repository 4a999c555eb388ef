// The attributes that a row of a command's table amounts to. jesh-full alone.
#include <string.h>

#include "interp/eval/parameter-info.h"
#include "interp/value/attributes.h"

static bool add(struct interp *in, struct array *list, const struct type *type, const value *args,
                size_t count)
{
    value made;
    if (!type_construct(in, type, args, count, &made))
        return false;
    bool ok = list_add(in, list, made);
    return value_drop(made), ok;
}

static bool add_parameter(struct interp *in, struct array *list, const struct param *param, unsigned set,
                          const char *name)
{
    int position;
    unsigned flags;
    value made;
    parameter_in_set(param, set, &position, &flags);
    if (!type_construct(in, &type_parameter_attribute, NULL, 0, &made))
        return false;
    value *fields = ATTRIBUTE(made)->at;
    fields[PARAMETER_MANDATORY] = value_bool(flags & PARAM_MANDATORY);
    fields[PARAMETER_PIPELINE] = value_bool(flags & PARAM_PIPELINE);
    fields[PARAMETER_PROPERTY] = value_bool(flags & PARAM_PROPERTY);
    fields[PARAMETER_REMAINING] = value_bool(flags & PARAM_REMAINING);
    fields[PARAMETER_POSITION] = value_int(position == PARAM_NAMED ? NO_POSITION : position);
    value text;
    bool ok = string_text(in, name, &text);
    if (ok)
        value_set(&fields[PARAMETER_SET], text), value_drop(text);
    ok = ok && list_add(in, list, made);
    return value_drop(made), ok;
}

static bool add_words(struct interp *in, struct array *list, const struct type *type, const char *text,
                      char between)
{
    value words, word;
    char ends[2] = {between, 0};
    if (!list_new(in, NULL, &words))
        return false;
    bool ok = true;
    while (ok && *text) {
        size_t size = strcspn(text, ends);
        ok = string_new(in, text, size, &word) && list_add(in, words.array, word);
        if (ok)
            value_drop(word);
        text += size + (text[size] == between);
    }
    ok = ok && add(in, list, type, words.array->items, words.array->count);
    return value_drop(words), ok;
}

static bool add_sets(struct interp *in, struct array *list, const struct param *param,
                     const char *const *sets)
{
    if (!param->sets || !sets)
        return add_parameter(in, list, param, ~0u, "__AllParameterSets");
    for (unsigned n = 0; sets[n]; n++)
        if (param->sets >> n & 1 && !add_parameter(in, list, param, 1u << n, sets[n]))
            return false;
    return true;
}

static bool add_flags(struct interp *in, struct array *list, unsigned flags)
{
    static const struct {
        unsigned flag;
        const struct type *type;
    } rows[] = {{PARAM_ALLOW_NULL, &type_allow_null},
                {PARAM_ALLOW_EMPTY, &type_allow_empty_string},
                {PARAM_ALLOW_EMPTY_COLLECTION, &type_allow_empty_collection},
                {PARAM_NOT_NULL, &type_validate_not_null},
                {PARAM_NOT_NULL_OR_EMPTY, &type_validate_not_empty},
                {PARAM_WILDCARD, &type_wildcards_attribute}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (flags & rows[i].flag && !add(in, list, rows[i].type, NULL, 0))
            return false;
    return true;
}

static bool add_numbers(struct interp *in, struct array *list, const struct type *type, long long low,
                        long long high)
{
    const value args[] = {value_int((int32_t)low), value_int((int32_t)high)};
    return add(in, list, type, args, 2);
}

bool parameter_attributes(struct interp *in, const struct param *param, const char *const *sets, value *ret)
{
    value list;
    if (!list_new(in, NULL, &list))
        return false;
    struct array *to = list.array;
    bool ok = add_sets(in, to, param, sets) && add_flags(in, to, param->flags);
    if (ok && param->aliases && *param->aliases)
        ok = add_words(in, to, &type_alias_attribute, param->aliases, ' ');
    if (ok && param->set_values)
        ok = add_words(in, to, &type_validate_set, param->set_values, '|');
    if (ok && param->min < param->max)
        ok = add_numbers(in, to, &type_validate_range, param->min, param->max);
    if (ok && param->max_count)
        ok = add_numbers(in, to, &type_validate_count, param->min_count, param->max_count);
    if (ok && param->max_length)
        ok = add_numbers(in, to, &type_validate_length, param->min_length, param->max_length);
    return ok ? (*ret = list, true) : (value_drop(list), false);
}

// --- Of functions
// ----------------------------------------------------------------------------------------------------

static bool is_converter(value attribute)
{
    return attribute_is(attribute, &type_converter_attribute);
}

static bool add_implied(struct interp *in, value declared, struct array *list)
{
    value made;
    if (!value_is_null(attribute_among(declared, &type_parameter_attribute)))
        return true;
    if (!attribute_new(in, &type_parameter_attribute, &made))
        return false;
    bool ok = list_add(in, list, made);
    return value_drop(made), ok;
}

// PowerShell shows what a function declares from the last to the first, and behind it what its type converts
// with.
bool parameter_declared(struct interp *in, value declared, value *ret)
{
    if (!list_new(in, &type_collection, ret))
        return false;
    bool ok = add_implied(in, declared, ret->array);
    size_t count = declared.kind == V_ARRAY ? declared.array->count : 0;
    for (unsigned last = 0; last < 2; last++)
        for (size_t i = count; ok && i-- > 0;)
            if (is_converter(declared.array->items[i]) == last)
                ok = list_add(in, ret->array, declared.array->items[i]);
    return ok || (value_drop(*ret), false);
}

void parameter_help(const struct described *of, size_t at, unsigned sets, value *ret)
{
    value all = of->attributes[at];
    for (size_t i = 0; all.kind == V_ARRAY && i < all.array->count; i++) {
        value attribute = all.array->items[i];
        if (!attribute_is(attribute, &type_parameter_attribute))
            continue;
        value set = attribute_field(attribute, PARAMETER_SET),
              help = attribute_field(attribute, PARAMETER_HELP);
        bool fits = set.kind != V_STRING || !strcmp(value_text(set), "__AllParameterSets");
        for (unsigned n = 0; !fits && of->sets && of->sets[n]; n++)
            fits = sets & 1u << n && !strcasecmp(of->sets[n], value_text(set));
        if (fits && help.kind == V_STRING)
            value_set(ret, help);
    }
}
