#include <string.h>

#include "interp/eval/interp.h"
#include "interp/value/enum.h"
#include "interp/value/types.h"

enum {
    MESSAGE,
    EXCEPTION,
    ERROR_RECORD,
    CATEGORY,
    ERROR_ID,
    TARGET_OBJECT,
    RECOMMENDED_ACTION,
    ACTIVITY,
    REASON,
    TARGET_NAME,
    TARGET_TYPE
};
enum { SET_MESSAGE = 1, SET_EXCEPTION = 2, SET_RECORD = 4, SET_NEW = SET_MESSAGE | SET_EXCEPTION };

static const char *const sets[] = {"NoException", "WithException", "ErrorRecord", NULL};
static const struct param params[] = {
    {"Message", "string", "Msg", 0, PARAM_PIPELINE | PARAM_ALLOW_NULL | PARAM_ALLOW_EMPTY, SET_NEW,
     .mandatory_sets = SET_MESSAGE, .pipeline_sets = SET_MESSAGE},
    {"Exception", "System.Exception", NULL, 0, PARAM_MANDATORY, SET_EXCEPTION},
    {"ErrorRecord", "System.Management.Automation.ErrorRecord", NULL, 0, PARAM_MANDATORY, SET_RECORD},
    {"Category", "System.Management.Automation.ErrorCategory", NULL, PARAM_NAMED, 0, SET_NEW},
    {"ErrorId", "string", NULL, PARAM_NAMED, PARAM_ALLOW_NULL | PARAM_ALLOW_EMPTY, SET_NEW},
    {"TargetObject", "object", NULL, PARAM_NAMED, PARAM_ALLOW_NULL, SET_NEW},
    {"RecommendedAction", "string", NULL, PARAM_NAMED, PARAM_ALLOW_NULL | PARAM_ALLOW_EMPTY},
    {"CategoryActivity", "string", "Activity", PARAM_NAMED, PARAM_ALLOW_NULL | PARAM_ALLOW_EMPTY},
    {"CategoryReason", "string", "Reason", PARAM_NAMED, PARAM_ALLOW_NULL | PARAM_ALLOW_EMPTY},
    {"CategoryTargetName", "string", "TargetName", PARAM_NAMED, PARAM_ALLOW_NULL | PARAM_ALLOW_EMPTY},
    {"CategoryTargetType", "string", "TargetType", PARAM_NAMED, PARAM_ALLOW_NULL | PARAM_ALLOW_EMPTY},
    {0},
};

static bool is_text(const struct command *cmd, unsigned param)
{
    return cmd_bound(cmd, param) && cmd->arg[param].kind == V_STRING && cmd->arg[param].string->size > 0;
}

// Without an id of its own the record is named after the type of its exception.
static bool make_record(struct command *cmd, value *ret)
{
    const char *id = is_text(cmd, ERROR_ID)      ? value_text(cmd->arg[ERROR_ID])
                     : cmd_bound(cmd, EXCEPTION) ? cmd->arg[EXCEPTION].object->type->name
                                                 : "Microsoft.PowerShell.Commands.WriteErrorException";
    enum category category =
        cmd_bound(cmd, CATEGORY) ? (enum category)cmd->arg[CATEGORY].i : CAT_NotSpecified;
    value target = cmd_bound(cmd, TARGET_OBJECT) ? cmd->arg[TARGET_OBJECT] : value_null;
    value message;
    if (is_text(cmd, MESSAGE))
        message = value_keep(cmd->arg[MESSAGE]);
    else if (cmd_bound(cmd, EXCEPTION))
        message = value_keep(((struct exception *)cmd->arg[EXCEPTION].object)->message);
    else if (!string_text(cmd->in, "", &message))
        return false;
    bool ok = error_new(cmd->in, id, category, target, ret, "%s",
                        message.kind == V_STRING ? value_text(message) : "");
    value_drop(message);
    if (ok && cmd_bound(cmd, EXCEPTION))
        value_set(&ret->error->exception, cmd->arg[EXCEPTION]);
    return ok;
}

static bool process(struct command *cmd)
{
    value record;
    if (cmd_bound(cmd, ERROR_RECORD))
        return cmd_error_record(cmd, cmd->arg[ERROR_RECORD]);
    if (!make_record(cmd, &record))
        return false;
    value_set(&record.error->activity,
              cmd_bound(cmd, ACTIVITY) ? cmd->arg[ACTIVITY] : record.error->activity);
    if (record.error->activity.kind != V_STRING)
        string_text(cmd->in, "Write-Error", &record.error->activity);
    bool ok = cmd_error_record(cmd, record);
    value_drop(record);
    return ok;
}

const struct cmdlet cmdlet_write_error = {
    .properties = CMDLET_CALLER_POSITION, .params = params, .sets = sets, .process = process};
