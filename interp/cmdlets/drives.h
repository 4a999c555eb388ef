// interp/cmdlets/drives.h: what the commands of drives share.
#ifndef CMDLETS_DRIVES_H
#define CMDLETS_DRIVES_H

#include "interp/eval/command.h"
#include "interp/providers/path.h"

// Whether a drive is meant by its name, and by the providers that the parameter `provider` names.
bool drive_fits(const struct command *cmd, const struct drive *drive, const char *pattern, bool literal,
                unsigned provider);
// -WhatIf and -Confirm.
bool drive_agreed(struct command *cmd, value name, enum provider_id provider, value root, const char *operation,
                  bool *ret_yes);

#endif
