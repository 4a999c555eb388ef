#include "interp/eval/interp.h"

static const struct param params[] = {{0}};

// Only a screen can be cleared: the screen, what was scrolled away, and the cursor to its corner.
static bool process(struct command *cmd)
{
    static const char clear[] = "\x1b[H\x1b[2J\x1b[3J";
    const struct host *host = cmd->in->host;
    return !host->interactive || host->write(host->context, 1, clear, sizeof clear - 1);
}

const struct cmdlet cmdlet_clear_host = {.params = params, .properties = CMDLET_FUNCTION, .process = process};
