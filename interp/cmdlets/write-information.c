#include "interp/eval/command.h"
#include "interp/value/types.h"

static const struct param params[] = {
    {"MessageData", "object", "Msg Message", 0, PARAM_MANDATORY | PARAM_PIPELINE | PARAM_ALLOW_NULL},
    {"Tags", "string[]", NULL, 1},
    {0},
};

static bool process(struct command *cmd)
{
    value record, source;
    if (!string_text(cmd->in, "Write-Information", &source))
        return false;
    bool ok = record_new(cmd->in, &type_information_record, cmd->arg[0], &record);
    if (ok) {
        value_set(&((struct record *)record.object)->source, source);
        if (cmd_bound(cmd, 1))
            value_set(&((struct record *)record.object)->tags, cmd->arg[1]);
        ok = cmd_stream(cmd, STREAM_INFORMATION, record);
        value_drop(record);
    }
    value_drop(source);
    return ok;
}

const struct cmdlet cmdlet_write_information = {.params = params, .process = process};
