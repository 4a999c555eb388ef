#include "interp/cmdlets/locations.h"

#include "interp/eval/interp.h"
#include "interp/providers/path.h"

enum { PATH, LITERAL_PATH, PASS_THRU, STACK_NAME };
enum { SET_PATH = 1, SET_LITERAL = 2 };

static const char *const sets[] = {"Path", "LiteralPath", NULL};
static const struct param params[] = {
    {"Path", "string", NULL, 0, PARAM_PIPELINE | PARAM_PROPERTY, SET_PATH},
    {"LiteralPath", "string", "PSPath LP", PARAM_NAMED, PARAM_PROPERTY, SET_LITERAL},
    {"PassThru", "switch", NULL, PARAM_NAMED, 0, 0},
    {"StackName", "string", NULL, PARAM_NAMED, PARAM_PROPERTY, 0},
    {0},
};

static bool process(struct command *cmd)
{
    bool literal = cmd_bound(cmd, LITERAL_PATH), gone = true;
    value path = cmd->arg[literal ? LITERAL_PATH : PATH];
    const char *stack = cmd_bound(cmd, STACK_NAME) ? value_text(cmd->arg[STACK_NAME]) : NULL;
    if (!location_push(cmd->in,
                       stack)) // stays there even where the path then leads nowhere, as in PowerShell
        return false;
    if (path.kind == V_STRING && !location_go(cmd, value_text(path), literal, &gone))
        return false;
    return !gone || !cmd_switch(cmd, PASS_THRU) || location_pass_thru(cmd);
}

const struct cmdlet cmdlet_push_location = {.params = params, .sets = sets, .process = process};
