// -WhatIf and -Confirm: what would be done, what is done, and whether somebody agrees.
#include "interp/eval/should-process.h"

#include <string.h>

#include "base/mem.h"
#include "interp/eval/pipeline.h"
#include "interp/value/enum.h"
#include "interp/value/types.h"

enum { IMPACT_NONE, IMPACT_LOW, IMPACT_MEDIUM, IMPACT_HIGH };

static bool is_what_if(struct stage *stage)
{
    if (stage->common_bound >> COMMON_WHAT_IF & 1)
        return stage->common[COMMON_WHAT_IF].b;
    const value *preference = interp_get_variable(stage->cmd.in, "WhatIfPreference");
    return preference && value_truth(*preference);
}

// From which impact on somebody is asked.
static int64_t asked_from(struct stage *stage)
{
    struct interp *in = stage->cmd.in;
    if (stage->common_bound >> COMMON_CONFIRM & 1)
        return stage->common[COMMON_CONFIRM].b ? IMPACT_LOW : IMPACT_NONE;
    const value *preference = interp_get_variable(in, "ConfirmPreference");
    value impact;
    if (!preference || value_is_null(*preference))
        return IMPACT_HIGH;
    if (!value_convert(in, *preference, &type_confirm_impact, &impact))
        return value_set(&in->thrown, value_null), IMPACT_HIGH;
    return impact.i;
}

static bool needs_answer(struct stage *stage)
{
    int64_t from = asked_from(stage);
    uint8_t impact = stage->cmd.cmdlet->impact ? stage->cmd.cmdlet->impact - 1 : IMPACT_MEDIUM;
    return from != IMPACT_NONE && impact >= from;
}

static bool say_what_if(struct command *cmd, const char *description)
{
    const struct host *host = cmd->in->host;
    value text;
    if (!host || !host->write)
        return true;
    if (!string_printf(cmd->in, &text, "What if: %s\n", description))
        return false;
    bool ok = host->write(host->context, 1, value_text(text), text.string->size);
    return value_drop(text), ok;
}

bool ask_somebody(struct command *cmd, const char *question, bool *ret_yes)
{
    const struct host *host = cmd->in->host;
    char *line;
    size_t size;
    *ret_yes = false;
    if (!host || !host->interactive || !host->read_line)
        return cmd_throw(cmd, "System.Management.Automation.Host.HostException", CAT_ResourceUnavailable, value_null,
                         "Nobody can be asked here: '%s'. -Confirm:$false does it without a question.",
                         question);
    if (!host->write(host->context, 1, question, strlen(question)) ||
        !host->read_line(host->context, "\n[Y] Yes [N] No (default is \"Y\"): ", false, &line, &size))
        return false;
    *ret_yes = !size || *line == 'y' || *line == 'Y' || *line == 'a' || *line == 'A';
    return mem_free(line, size + 1), true;
}

static bool say(struct command *cmd, const char *description)
{
    value text;
    if (!string_text(cmd->in, description, &text))
        return false;
    bool ok = cmd_stream(cmd, STREAM_VERBOSE, text);
    return value_drop(text), ok;
}

bool should_process_described(struct command *cmd, const char *description, const char *question,
                              bool *ret_yes)
{
    struct stage *stage = stage_of(cmd);
    *ret_yes = false;
    if (is_what_if(stage))
        return say_what_if(cmd, description);
    if (needs_answer(stage))
        return ask_somebody(cmd, question, ret_yes);
    *ret_yes = true;
    return say(cmd, description);
}

bool should_process(struct command *cmd, const char *target, const char *operation, bool *ret_yes)
{
    value text;
    if (!string_printf(cmd->in, &text, "Performing the operation \"%s\" on target \"%s\".", operation,
                       target))
        return false;
    bool ok = should_process_described(cmd, value_text(text), value_text(text), ret_yes);
    return value_drop(text), ok;
}

bool cmd_should_process(struct command *cmd, const char *target, const char *operation, bool *ret_yes)
{
    return should_process(cmd, target, operation, ret_yes);
}
