#include "interp/cmdlets/thrown.h"

#include "interp/eval/interp.h"

bool thrown_report(struct command *cmd)
{
    value record = cmd->in->thrown, id;
    cmd->in->thrown = value_null;
    if (record.kind != V_ERROR)
        return false;
    if (!string_printf(cmd->in, &id, "%s,%s", value_text(record.error->id), cmd->class_name))
        return value_drop(record), false;
    value_drop(record.error->id);
    record.error->id = id;
    bool go_on = cmd_error_record(cmd, record);
    value_drop(record);
    return go_on;
}
