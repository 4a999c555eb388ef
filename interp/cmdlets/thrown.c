#include "interp/cmdlets/thrown.h"

#include "interp/eval/interp.h"

static bool name_class(struct command *cmd, struct error_record *record)
{
    value id;
    if (!string_printf(cmd->in, &id, "%s,%s", value_text(record->id), cmd->class_name))
        return false;
    value_drop(record->id);
    return record->id = id, true;
}

bool thrown_rethrow(struct command *cmd)
{
    value record = cmd->in->thrown;
    if (record.kind == V_ERROR && record.object != cmd->in->out_of_memory.object)
        name_class(cmd, record.error);
    return false;
}

bool thrown_report(struct command *cmd)
{
    value record = cmd->in->thrown;
    cmd->in->thrown = value_null;
    if (record.kind != V_ERROR)
        return false;
    if (!name_class(cmd, record.error))
        return value_drop(record), false;
    bool go_on = cmd_error_record(cmd, record);
    value_drop(record);
    return go_on;
}
