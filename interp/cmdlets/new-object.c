#include <string.h>

#include "base/datetime.h"
#include "base/utf8.h"
#include "interp/cmdlets/com.h"
#include "interp/eval/interp.h"
#include "interp/value/method.h"
#include "interp/value/types.h"

enum { TYPE_NAME, ARGUMENT_LIST, COM_OBJECT, STRICT, PROPERTY };
enum { SET_NET = 1, SET_COM = 2 };

static const char *const sets[] = {"Net", "Com", NULL};
static const struct param params[] = {
    {"TypeName", "string", NULL, 0, PARAM_MANDATORY | PARAM_TRUSTED, SET_NET},
    {"ArgumentList", "object[]", "Args", 1, PARAM_ALLOW_NULL | PARAM_ALLOW_EMPTY_COLLECTION, SET_NET},
    {"ComObject", "string", NULL, 0, PARAM_MANDATORY | PARAM_TRUSTED, SET_COM},
    {"Strict", "switch", NULL, PARAM_NAMED, 0, SET_COM},
    {"Property", "System.Collections.IDictionary", NULL, PARAM_NAMED},
    {0},
};

struct arguments {
    struct interp *in;
    const value *at;
    size_t count;
};

typedef bool maker(const struct arguments *args,
                   value *ret); // false with nothing thrown: no such constructor

static bool make_custom(const struct arguments *args, value *ret)
{
    if (args->count == 1)
        return *ret = value_keep(args->at[0]), true;
    return args->count == 0 && custom_new(args->in, ret);
}

static bool make_table(const struct arguments *args, value *ret)
{
    return args->count == 0 && table_new(args->in, false, ret);
}

static bool make_ordered(const struct arguments *args, value *ret)
{
    return args->count == 0 && table_new(args->in, true, ret);
}

static bool make_list(const struct arguments *args, value *ret)
{
    if (args->count > 1 || !list_new(args->in, &type_array_list, ret))
        return false;
    value from = args->count ? args->at[0] : value_null;
    bool ok = true;
    for (size_t i = 0; ok && value_enumerable(from) && i < from.array->count; i++)
        ok = list_add(args->in, ret->array, from.array->items[i]);
    if (!ok)
        value_drop(*ret);
    return ok;
}

static bool read_numbers(const struct arguments *args, int64_t *ret, size_t most)
{
    if (args->count > most)
        return false;
    for (size_t i = 0; i < args->count; i++)
        if (!value_to_long(args->in, args->at[i], &ret[i]))
            return false;
    return true;
}

static bool make_date(const struct arguments *args, value *ret)
{
    int64_t n[7] = {0}, ticks = 0;
    if (!read_numbers(args, n, 7))
        return false;
    struct date_parts parts = {.year = (int)n[0],
                               .month = (int)n[1],
                               .day = (int)n[2],
                               .hour = (int)n[3],
                               .minute = (int)n[4],
                               .second = (int)n[5],
                               .fraction = (int)(n[6] * TICKS_PER_MILLISECOND)};
    if (args->count == 1)
        ticks = n[0];
    else if (args->count != 0 && args->count != 3 && args->count < 6)
        return false;
    else if (args->count && !date_join(&parts, &ticks))
        return false;
    if (ticks < 0 || ticks > DATE_MAX_TICKS)
        return false;
    *ret = value_date(ticks, DATE_UNSPECIFIED);
    return true;
}

static bool make_span(const struct arguments *args, value *ret)
{
    int64_t n[5] = {0};
    if (!read_numbers(args, n, 5) || args->count == 2)
        return false;
    const int64_t *hours = args->count == 3 ? n : n + 1; // without days
    if (args->count == 1)
        return *ret = value_span(n[0]), true;
    int64_t days = args->count == 3 ? 0 : n[0];
    int64_t milliseconds = ((days * 24 + hours[0]) * 60 + hours[1]) * 60 * 1000 + hours[2] * 1000 +
                           (args->count == 5 ? n[4] : 0);
    *ret = value_span(milliseconds * TICKS_PER_MILLISECOND);
    return true;
}

static bool make_string(const struct arguments *args, value *ret)
{
    int64_t count;
    value text;
    if (args->count == 1 && args->at[0].kind == V_STRING)
        return *ret = value_keep(args->at[0]), true;
    if (args->count != 2 || !value_to_long(args->in, args->at[1], &count) || count < 0 || count > INT32_MAX)
        return false;
    if (!value_to_string(args->in, args->at[0], &text))
        return false;
    struct buf out = {.limit = args->in->string_limit};
    for (int64_t i = 0; i < count && !out.failed; i++)
        buf_add(&out, value_text(text), text.string->size);
    bool ok = out.failed ? throw_full(args->in, &out) : string_new(args->in, buf_text(&out), out.size, ret);
    value_drop(text);
    buf_free(&out);
    return ok;
}

static bool make_version(const struct arguments *args, value *ret)
{
    int64_t n[4] = {0, 0, -1, -1};
    if (args->count == 1)
        return value_convert(args->in, args->at[0], &type_version, ret);
    if (!read_numbers(args, n, 4) || !object_new(args->in, &type_version, ret))
        return false;
    for (size_t i = 0; i < 4; i++)
        ((struct version *)ret->object)->parts[i] = (int32_t)n[i];
    return true;
}

// Types with constructors of their own.
static const struct {
    const struct type *type;
    maker *make;
} known_types[] = {
    {&type_psobject, make_custom},  {&type_custom, make_custom},
    {&type_object, make_custom},   {&type_hashtable, make_table},
    {&type_ordered, make_ordered}, {&type_array_list, make_list},
    {&type_datetime, make_date},    {&type_timespan, make_span},
    {&type_string, make_string},    {&type_version, make_version},
};

static maker *maker_of(const struct type *type)
{
    for (size_t i = 0; i < sizeof known_types / sizeof *known_types; i++)
        if (known_types[i].type == type)
            return known_types[i].make;
    return NULL;
}

// Numbers and other plain types: their zero, or what a cast of the one argument gives.
static bool make_plain(const struct type *type, const struct arguments *args, value *ret)
{
    if (args->count == 1)
        return value_convert(args->in, args->at[0], type, ret);
    if (args->count > 1)
        return false;
    if (type == &type_guid)
        return object_new(args->in, type, ret);
    return value_is_type(value_int(0), type) ? (*ret = value_int(0), true)
                                             : value_convert(args->in, value_int(0), type, ret);
}

static bool is_value_type(const struct type *type)
{
    for (const struct type *at = type; at; at = at->base)
        if (at == &type_value_type)
            return true;
    return false;
}

static bool make(struct command *cmd, const struct type *type, value *ret)
{
    value list = cmd_bound(cmd, ARGUMENT_LIST) ? cmd->arg[ARGUMENT_LIST] : value_null;
    struct arguments args = {cmd->in, NULL, 0};
    if (list.kind == V_ARRAY || list.kind == V_LIST)
        args = (struct arguments){cmd->in, list.array->items, list.array->count};
    maker *known = maker_of(type);
    if (known ? known(&args, ret) : is_value_type(type) && make_plain(type, &args, ret))
        return true;
    value_set(&cmd->in->thrown, value_null);
    if (!known && type_construct && type_construct(cmd->in, type, args.at, args.count, ret))
        return true;
    value_set(&cmd->in->thrown, value_null);
    return cmd_throw(cmd, "ConstructorInvokedThrowException", CAT_InvalidOperation, value_null,
                     "'%s' cannot be made from these arguments.", type->name);
}

static bool set_property(struct command *cmd, value to, value key, value v)
{
    value name;
    if (!value_to_string(cmd->in, key, &name))
        return false;
    bool custom = to.kind == V_OBJECT && to.object->type == &type_custom, ok;
    if (custom)
        ok = member_add(cmd->in, to, value_text(name), v);
    else
        ok = member_set(cmd->in, to, value_text(name), name.string->size, v);
    if (!ok && !value_is_null(cmd->in->thrown)) {
        value_set(&cmd->in->thrown, value_null);
        ok = cmd_error(cmd, "InvalidOperationException", CAT_InvalidOperation, to, "'%s' cannot be set.",
                       value_text(name));
    }
    value_drop(name);
    return ok;
}

static bool set_properties(struct command *cmd, value to)
{
    const struct table *table = cmd->arg[PROPERTY].table;
    for (size_t i = 0; i < table->used; i++)
        if (table->slots[i].key.kind != V_VOID &&
            !set_property(cmd, to, table->slots[i].key, table->slots[i].val))
            return false;
    return true;
}

static bool make_com(struct command *cmd)
{
    value name = cmd->arg[COM_OBJECT], made;
    bool known = false;
    if (com_new && com_new(cmd->in, value_text(name), &known, &made))
        return cmd_take(cmd, made);
    const char *refusal = mode_gate(cmd->in->mode, GATE_NEW_COM_OBJECT);
    if (known)
        return false;
    if (refusal)
        return cmd_throw(cmd, refusal, CAT_PermissionDenied, value_null, "This language mode makes no '%s'.",
                         value_text(name));
    return cmd_throw(cmd, "NoCOMClassIdentified", CAT_ResourceUnavailable, name, "There is no COM class '%s' here.",
                     value_text(name));
}

static bool process(struct command *cmd)
{
    value made;
    if (cmd_bound(cmd, COM_OBJECT))
        return make_com(cmd);
    value name = cmd->arg[TYPE_NAME];
    const struct type *type = type_find_in ? type_find_in(cmd->in, value_text(name), name.string->size)
                                           : type_find(value_text(name), name.string->size);
    if (!type)
        return cmd_throw(cmd, "TypeNotFound", CAT_InvalidType, value_null, "There is no type '%s'.",
                         value_text(name));
    const char *refusal = mode_gate(cmd->in->mode, GATE_NEW_OBJECT);
    if (refusal && !type_is_core(type))
        return cmd_throw(cmd, refusal, CAT_PermissionDenied, value_null, "This language mode makes no '%s'.",
                         type->name);
    if (!make(cmd, type, &made))
        return false;
    bool ok = !cmd_bound(cmd, PROPERTY) || value_is_null(cmd->arg[PROPERTY]) || set_properties(cmd, made);
    if (ok)
        ok = cmd_write(cmd, made);
    value_drop(made);
    return ok;
}

const struct cmdlet cmdlet_new_object = {.params = params, .sets = sets, .process = process};
