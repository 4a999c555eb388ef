// Set-StrictMode: for the scope it is called in and those called from there.
#include <string.h>

#include "base/utf8.h"
#include "interp/eval/interp.h"
#include "interp/eval/scope.h"
#include "interp/value/types.h"

enum { VERSION, OFF };
enum { SET_VERSION = 1, SET_OFF = 2, MOST = 3 };
enum { NOW_MAJOR = 7, NOW_MINOR = 6 };

static bool whole_version(struct interp *in, value v, value *ret)
{
    int32_t major;
    value text;
    if (!value_to_int(in, v, &major)) {
        value_set(&in->thrown, value_null);
        return *ret = value_keep(v), true;
    }
    if (major < 0 || !string_printf(in, &text, "%d.0", (int)major))
        return false;
    bool ok = version_new(in, text, ret);
    return value_drop(text), ok;
}

static bool transform(struct interp *in, value v, value *ret)
{
    bool text = v.kind == V_STRING;
    if (text && utf8_same_ignore_case(value_text(v), v.string->size, "Latest", 6))
        return whole_version(in, value_int(NOW_MAJOR), ret);
    if ((text && strchr(value_text(v), '.')) || v.kind == V_F64 || v.kind == V_OBJECT)
        return *ret = value_keep(v), true;
    return whole_version(in, v, ret);
}

// The versions of PowerShell that there have been.
static bool allows(value v)
{
    static const int32_t last_minor[NOW_MAJOR + 1] = {-1, 0, 0, 0, 0, 1, 2, NOW_MINOR};
    if (!value_is_type(v, &type_version))
        return false;
    const int32_t *parts = ((const struct version *)v.object)->parts;
    return parts[0] <= NOW_MAJOR && parts[1] <= last_minor[parts[0]];
}

static const struct param_rule of_version = {transform, allows};
static const char *const sets[] = {"Version", "Off", NULL};
static const struct param params[] = {
    {"Version", "version", "v", PARAM_NAMED, PARAM_MANDATORY | PARAM_ALLOW_NULL | PARAM_ALLOW_EMPTY,
     SET_VERSION, .rule = &of_version},
    {"Off", "switch", NULL, PARAM_NAMED, PARAM_MANDATORY, SET_OFF},
    {0},
};

static bool end(struct command *cmd)
{
    if (cmd_switch(cmd, OFF))
        return cmd->in->scope->strict = 1, true;
    int32_t major = ((const struct version *)cmd->arg[VERSION].object)->parts[0];
    return cmd->in->scope->strict = (uint8_t)((major < MOST ? major : MOST) + 1), true;
}

const struct cmdlet cmdlet_set_strictmode = {.params = params, .sets = sets, .end = end};
