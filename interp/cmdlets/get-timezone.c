#include "base/wildcard.h"
#include "interp/eval/interp.h"
#include "interp/value/objects.h"

enum { ID, LIST_AVAILABLE, NAME };
enum { BY_NAME = 1, BY_ID = 2, BY_LIST = 4 };

static const char *const sets[] = {"Name", "Id", "ListAvailable", NULL};
static const struct param params[] = {
    {"Id", "string[]", NULL, PARAM_NAMED, PARAM_MANDATORY | PARAM_PIPELINE | PARAM_PROPERTY, BY_ID},
    {"ListAvailable", "switch", NULL, PARAM_NAMED, PARAM_MANDATORY, BY_LIST},
    {"Name", "string[]", NULL, 0, PARAM_PIPELINE | PARAM_PROPERTY, BY_NAME},
    {0},
};

static bool ask_type(struct command *cmd, const char *method, const value *args, size_t count, value *ret)
{
    value name;
    if (!string_text(cmd->in, method, &name))
        return false;
    bool ok = static_invoke(cmd->in, &type_time_zone, name, args, count, ret);
    return value_drop(name), ok;
}

static bool none(struct command *cmd, value asked)
{
    return cmd_error(cmd, "TimeZoneNotFound", CAT_InvalidArgument, asked, "There is no time zone '%s' here.",
                     value_text(asked));
}

static bool by_id(struct command *cmd, value id)
{
    value zone;
    if (ask_type(cmd, "FindSystemTimeZoneById", &id, 1, &zone))
        return cmd_take(cmd, zone);
    value_set(&cmd->in->thrown, value_null);
    return none(cmd, id);
}

static bool local(struct command *cmd, value *ret)
{
    value name;
    if (!string_text(cmd->in, "Local", &name))
        return false;
    bool ok = static_get(cmd->in, &type_time_zone, name, ret);
    return value_drop(name), ok;
}

static bool named_so(struct command *cmd, value zone, value pattern, bool *ret)
{
    static const char property[] = "StandardName";
    value name;
    bool found;
    if (!member_get(cmd->in, zone, property, sizeof property - 1, &name, &found))
        return false;
    *ret = name.kind == V_STRING && wildcard_match(value_text(pattern), pattern.string->size,
                                                   value_text(name), name.string->size, true);
    return value_drop(name), true;
}

static bool by_name(struct command *cmd, value pattern)
{
    value zones;
    bool any = false, ok = ask_type(cmd, "GetSystemTimeZones", NULL, 0, &zones);
    if (!ok)
        return false;
    for (size_t i = 0; ok && i < zones.array->count; i++) {
        bool fits = false;
        ok = named_so(cmd, zones.array->items[i], pattern, &fits);
        any |= fits;
        ok = ok && (!fits || cmd_write(cmd, zones.array->items[i]));
    }
    value_drop(zones);
    return ok && (any || none(cmd, pattern));
}

static bool each(struct command *cmd, value items, bool (*write)(struct command *cmd, value item))
{
    for (size_t i = 0; items.kind == V_ARRAY && i < items.array->count; i++)
        if (items.array->items[i].kind == V_STRING && !write(cmd, items.array->items[i]))
            return false;
    return true;
}

static bool process(struct command *cmd)
{
    value zone;
    if (cmd_bound(cmd, ID))
        return each(cmd, cmd->arg[ID], by_id);
    if (cmd_bound(cmd, NAME))
        return each(cmd, cmd->arg[NAME], by_name);
    if (!cmd_switch(cmd, LIST_AVAILABLE))
        return local(cmd, &zone) && cmd_take(cmd, zone);
    if (!ask_type(cmd, "GetSystemTimeZones", NULL, 0, &zone))
        return false;
    bool ok = cmd_write_each(cmd, zone);
    return value_drop(zone), ok;
}

const struct cmdlet cmdlet_get_timezone = {.params = params, .sets = sets, .process = process};
