#include "interp/cmdlets/drives.h"

#include <string.h>

#include "base/wildcard.h"
#include "interp/cmdlets/items.h"

bool drive_fits(const struct command *cmd, const struct drive *drive, const char *pattern, bool literal,
                unsigned provider)
{
    const struct string *name = drive->name.string;
    bool fits = literal ? value_is_text(drive->name, pattern)
                        : wildcard_match(pattern, strlen(pattern), name->text, name->size, true);
    return fits && (!cmd_bound(cmd, provider) ||
                    items_like_any(cmd->arg[provider], provider_table[drive->provider]->name));
}

bool drive_agreed(struct command *cmd, value name, enum provider_id provider, value root, const char *operation,
                  bool *ret_yes)
{
    value target;
    if (!string_printf(cmd->in, &target, "Name: %s Provider: Microsoft.PowerShell.Core\\%s Root: %s",
                       value_text(name), provider_table[provider]->name, value_text(root)))
        return false;
    bool ok = cmd_should_process(cmd, value_text(target), operation, ret_yes);
    return value_drop(target), ok;
}
