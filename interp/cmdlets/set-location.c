#include "interp/cmdlets/locations.h"

#include "interp/eval/interp.h"
#include "interp/providers/path.h"

enum { PATH, LITERAL_PATH, PASS_THRU, STACK_NAME };
enum { SET_PATH = 1, SET_LITERAL = 2, SET_STACK = 4 };

static const char *const sets[] = {"Path", "LiteralPath", "Stack", NULL};
static const struct param params[] = {
    {"Path", "string", NULL, 0, PARAM_PIPELINE | PARAM_PROPERTY | PARAM_ALLOW_EMPTY, SET_PATH},
    {"LiteralPath", "string", "PSPath LP", PARAM_NAMED, PARAM_MANDATORY | PARAM_PROPERTY, SET_LITERAL},
    {"PassThru", "switch", NULL, PARAM_NAMED, 0, 0},
    {"StackName", "string", NULL, PARAM_NAMED, PARAM_PROPERTY, SET_STACK},
    {0},
};

// Without a path: home, as cd has always done.
static bool go(struct command *cmd, bool *ret_gone)
{
    bool literal = cmd_bound(cmd, LITERAL_PATH);
    if (literal)
        return location_go(cmd, value_text(cmd->arg[LITERAL_PATH]), true, ret_gone);
    bool given = cmd_bound(cmd, PATH) && cmd->arg[PATH].kind == V_STRING && cmd->arg[PATH].string->size > 0;
    return location_go(cmd, given ? value_text(cmd->arg[PATH]) : "~", false, ret_gone);
}

static bool process(struct command *cmd)
{
    bool gone = true;
    if (cmd_bound(cmd, STACK_NAME)) {
        if (!location_use_stack(cmd->in, value_text(cmd->arg[STACK_NAME])))
            return false;
    } else if (!go(cmd, &gone)) {
        return false;
    }
    return !gone || !cmd_switch(cmd, PASS_THRU) || location_pass_thru(cmd);
}

const struct cmdlet cmdlet_set_location = {.params = params, .sets = sets, .process = process};
