#include "interp/cmdlets/contents.h"

static const struct param params[] = {CONTENT_PARAMS, {0}};

static bool process(struct command *cmd)
{
    return contents_process(cmd, true);
}

const struct cmdlet cmdlet_add_content = {
    .params = params,
    .sets = item_sets,
    .properties = CMDLET_SHOULD_PROCESS,
    .state_size = sizeof(struct contents),
    .process = process,
    .end = contents_end,
    .clean = contents_clean,
};
