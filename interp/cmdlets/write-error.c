#include <string.h>

#include "interp/eval/interp.h"
#include "interp/value/enum.h"
#include "interp/value/exceptions.h"
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
    bool about_exception = cmd_bound(cmd, EXCEPTION);
    value exception = about_exception ? cmd->arg[EXCEPTION] : value_null;
    const char *id = is_text(cmd, ERROR_ID) ? value_text(cmd->arg[ERROR_ID])
                     : about_exception      ? exception.object->type->name
                                            : "Microsoft.PowerShell.Commands.WriteErrorException";
    enum category category =
        cmd_bound(cmd, CATEGORY) ? (enum category)cmd->arg[CATEGORY].i : CAT_NotSpecified;
    value target = cmd_bound(cmd, TARGET_OBJECT) ? cmd->arg[TARGET_OBJECT] : value_null;
    const char *message = is_text(cmd, MESSAGE) ? value_text(cmd->arg[MESSAGE]) : "";
    if (!error_new(cmd->in, id, category, target, ret, "%s", message))
        return false;
    if (!about_exception)
        return !write_error_exception || write_error_exception(cmd->in, ret->error);
    value_set(&ret->error->exception, exception);
    value_set(&ret->error->message, ((struct exception *)exception.object)->message);
    return true;
}

static bool details(struct command *cmd, struct error_record *record)
{
    bool message = is_text(cmd, MESSAGE) && cmd_bound(cmd, EXCEPTION);
    if (!message && !is_text(cmd, RECOMMENDED_ACTION))
        return true;
    value made;
    if (!object_new(cmd->in, &type_error_details, &made))
        return false;
    struct error_details *to = (struct error_details *)made.object;
    to->message = value_keep(message ? cmd->arg[MESSAGE] : record->message);
    if (is_text(cmd, RECOMMENDED_ACTION))
        to->advice = value_keep(cmd->arg[RECOMMENDED_ACTION]);
    value_drop(record->details);
    record->details = made;
    return true;
}

static void category_texts(struct command *cmd, struct error_record *record)
{
    const struct {
        unsigned param;
        value *to;
    } rows[] = {{ACTIVITY, &record->activity},
                {REASON, &record->reason},
                {TARGET_NAME, &record->target_name},
                {TARGET_TYPE, &record->target_type}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (is_text(cmd, rows[i].param))
            value_set(rows[i].to, cmd->arg[rows[i].param]);
    if (!is_text(cmd, ACTIVITY)) {
        value_set(&record->activity, value_null);
        string_text(cmd->in, "Write-Error", &record->activity);
    }
}

static bool process(struct command *cmd)
{
    value record;
    bool again = cmd_bound(cmd, ERROR_RECORD);
    if (again ? !error_copy(cmd->in, cmd->arg[ERROR_RECORD].error, &record) : !make_record(cmd, &record))
        return false;
    error_unplace(record.error);
    category_texts(cmd, record.error);
    bool ok = details(cmd, record.error) && cmd_error_record(cmd, record);
    value_drop(record);
    return ok;
}

const struct cmdlet cmdlet_write_error = {
    .properties = CMDLET_CALLER_POSITION, .params = params, .sets = sets, .process = process};
