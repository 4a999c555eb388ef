// Invoke-Expression: text as a program. It is held to the language mode like text that was typed.
#include "interp/eval/text-command.h"

enum { COMMAND };

static const struct param params[] = {
    {"Command", "string", NULL, 0, PARAM_MANDATORY | PARAM_PIPELINE | PARAM_TRUSTED},
    {0},
};

static bool process(struct command *cmd)
{
    const value text = cmd->arg[COMMAND];
    return cmd_run_text(cmd, value_text(text), text.string->size, NULL, true);
}

const struct cmdlet cmdlet_invoke_expression = {.params = params, .process = process};
