// interp/cmdlets/locations.h: what Set-, Push- and Pop-Location share.
#ifndef CMDLETS_LOCATIONS_H
#define CMDLETS_LOCATIONS_H

#include "interp/eval/command.h"

// Makes what the path names the current location; reports where it is no container.
bool location_go(struct command *cmd, const char *path, bool literal, bool *ret_gone);
bool location_pass_thru(struct command *cmd); // writes the current location

#endif
