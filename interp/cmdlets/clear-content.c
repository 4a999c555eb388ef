#include <errno.h>

#include "interp/cmdlets/items.h"
#include "interp/providers/content.h"
#include "interp/providers/files.h"

enum { FORCE = ITEM_PARAM_COUNT };

static const struct param params[] = {
    ITEM_PARAMS(0),
    {"Force", "switch", NULL, PARAM_NAMED, 0, 0},
    {0},
};

static bool truncate_file(struct command *cmd, const struct place *place)
{
    static const struct file_error failed = {"ClearContentUnauthorizedAccessError", "ClearContentIOError",
                                             CAT_WriteError};
    struct content_writer writer;
    int errnum;
    content_create(value_text(place->path), ENCODING_UTF8, cmd_switch(cmd, FORCE) ? CONTENT_FORCE : 0,
                   &writer, &errnum);
    if (errnum)
        return file_report(cmd, NULL, &failed, errnum, value_text(place->path));
    content_finish(&writer);
    return true;
}

static bool clear(struct command *cmd, const struct place *place)
{
    struct item_look look;
    bool yes;
    if (!place->provider->hierarchical)
        return items_not_supported(cmd, place->provider);
    if (!place_look(cmd, place, &look))
        return false;
    if (look.container)
        return cmd_error(cmd, "ClearDirectoryContent", CAT_InvalidOperation, place->path, "'%s' is a folder.",
                         value_text(place->path));
    if (!cmd_should_process(cmd, value_text(place->path), "Clear Content", &yes))
        return false;
    return !yes || truncate_file(cmd, place);
}

static bool process(struct command *cmd)
{
    return items_each(cmd, PATH_FORCE, clear);
}

const struct cmdlet cmdlet_clear_content = {
    .params = params, .sets = item_sets, .properties = CMDLET_SHOULD_PROCESS, .process = process};
