// interp/cmdlets/transfer.h: what Copy-Item and Move-Item share.
#ifndef CMDLETS_TRANSFER_H
#define CMDLETS_TRANSFER_H

#include "interp/cmdlets/items.h"

enum { TRANSFER_DESTINATION = ITEM_PARAM_COUNT, TRANSFER_FORCE, TRANSFER_PASS_THRU, TRANSFER_PARAM_COUNT };

#define TRANSFER_PARAMS                                                                                      \
    ITEM_PARAMS(PARAM_PIPELINE), {"Destination", "string", NULL, 1, PARAM_PROPERTY, 0},                      \
        {"Force", "switch", NULL, PARAM_NAMED, 0, 0},                                                        \
    {                                                                                                        \
        "PassThru", "switch", NULL, PARAM_NAMED, 0, 0                                                        \
    }

typedef bool transfer_function(struct command *cmd, const struct provider *provider, const char *from,
                               const char *to, struct change *how);

// One item to -Destination (nothing given: the current location), after -WhatIf and -Confirm.
bool transfer(struct command *cmd, const struct place *from, const char *operation, unsigned flags,
              transfer_function *act, const char *other_provider_id);

#endif
