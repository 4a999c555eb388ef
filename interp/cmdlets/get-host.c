#include "interp/eval/host-object.h"
#include "interp/eval/interp.h"
#include "interp/value/types.h"

static bool add_text(struct interp *in, value object, const char *name, const char *text)
{
    value v;
    if (!string_text(in, text, &v))
        return false;
    bool ok = member_add(in, object, name, v);
    value_drop(v);
    return ok;
}

static bool add_version(struct interp *in, value object)
{
    static const int32_t parts[] = {7, 6, 5, -1}; // the PowerShell whose answers these are
    value v;
    if (!object_new(in, &type_version, &v))
        return false;
    for (int i = 0; i < 4; i++)
        ((struct version *)v.object)->parts[i] = parts[i];
    bool ok = member_add(in, object, "Version", v);
    value_drop(v);
    return ok;
}

static bool process(struct command *cmd)
{
    struct interp *in = cmd->in;
    value host;
    if (host_object_new)
        return host_object_new(in, &host) && cmd_take(cmd, host);
    if (!custom_new(in, &host))
        return false;
    bool ok = member_add_type_name(in, host, "System.Management.Automation.Internal.Host.InternalHost") &&
              add_text(in, host, "Name", "jesh") && add_version(in, host) &&
              add_text(in, host, "CurrentCulture", "") && add_text(in, host, "CurrentUICulture", "");
    if (!ok)
        return value_drop(host), false;
    return cmd_take(cmd, host);
}

static const struct param params[] = {{0}};

const struct cmdlet cmdlet_get_host = {.params = params, .process = process};
