// Write-Progress: sessions have no place to show progress; what is wrong with a call is still told.
#include "interp/eval/interp.h"

enum {
    ACTIVITY,
    STATUS,
    ID,
    PERCENT_COMPLETE,
    SECONDS_REMAINING,
    CURRENT_OPERATION,
    PARENT_ID,
    COMPLETED,
    SOURCE_ID
};

static const struct param params[] = {
    {"Activity", "string", NULL, 0},
    {"Status", "string", NULL, 1, PARAM_NOT_NULL_OR_EMPTY},
    {"Id", "int", NULL, 2, .min = 0, .max = INT32_MAX},
    {"PercentComplete", "int", NULL, PARAM_NAMED, .min = -1, .max = 100},
    {"SecondsRemaining", "int", NULL, PARAM_NAMED},
    {"CurrentOperation", "string", NULL, PARAM_NAMED},
    {"ParentId", "int", NULL, PARAM_NAMED, .min = -1, .max = INT32_MAX},
    {"Completed", "switch", NULL, PARAM_NAMED},
    {"SourceId", "int", NULL, PARAM_NAMED},
    {0},
};

static bool process(struct command *cmd)
{
    int64_t id = cmd_bound(cmd, ID) ? cmd->arg[ID].i : 0;
    if (!cmd_bound(cmd, ACTIVITY) && !cmd_switch(cmd, COMPLETED))
        return cmd_throw(cmd, "MissingActivity", CAT_InvalidArgument, value_null,
                         "-Activity says what makes progress.");
    if (cmd_bound(cmd, PARENT_ID) && cmd->arg[PARENT_ID].i == id)
        return cmd_throw(cmd, "Argument", CAT_InvalidArgument, cmd->arg[PARENT_ID],
                         "An activity is not its own parent.");
    return true;
}

const struct cmdlet cmdlet_write_progress = {.params = params, .process = process};
