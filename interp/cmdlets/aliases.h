// interp/cmdlets/aliases.h: what Set-Alias and New-Alias share.
#ifndef CMDLETS_ALIASES_H
#define CMDLETS_ALIASES_H

#include "interp/eval/command.h"

enum { ALIAS_NAME, ALIAS_VALUE, ALIAS_DESCRIPTION, ALIAS_OPTION, ALIAS_FORCE, ALIAS_PASS_THRU, ALIAS_SCOPE };
extern const struct param alias_params[];
bool alias_change(struct command *cmd, bool may_exist);

#endif
