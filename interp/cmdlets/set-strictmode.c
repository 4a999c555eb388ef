// Set-StrictMode: for the scope it is called in and those called from there.
#include <stdlib.h>
#include <string.h>

#include "interp/eval/interp.h"
#include "interp/eval/scope.h"

enum { VERSION, OFF };
enum { SET_VERSION = 1, SET_OFF = 2, MOST = 3 };

static const char *const sets[] = {"Version", "Off", NULL};
static const struct param params[] = {
    {"Version", "string", "v", PARAM_NAMED, PARAM_MANDATORY, SET_VERSION},
    {"Off", "switch", NULL, PARAM_NAMED, PARAM_MANDATORY, SET_OFF},
    {0},
};

static bool refuse(struct command *cmd, const char *id, enum category category)
{
    return cmd_throw(cmd, id, category, cmd->arg[VERSION], "'%s' is no version of strict mode.",
                     value_text(cmd->arg[VERSION]));
}

static bool end(struct command *cmd)
{
    if (cmd_switch(cmd, OFF))
        return cmd->in->scope->strict = 1, true;
    const char *text = value_text(cmd->arg[VERSION]);
    char *rest;
    long major = strtol(text, &rest, 10);
    if (!strcasecmp(text, "Latest"))
        return cmd->in->scope->strict = MOST + 1, true;
    if (rest == text || (*rest && *rest != '.'))
        return refuse(cmd, "CannotConvertArgumentNoMessage", CAT_InvalidArgument);
    if (major < 1 || major > MOST)
        return refuse(cmd, "ParameterArgumentValidationError", CAT_InvalidData);
    return cmd->in->scope->strict = (uint8_t)(major + 1), true;
}

const struct cmdlet cmdlet_set_strictmode = {.params = params, .sets = sets, .end = end};
