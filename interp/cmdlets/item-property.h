// interp/cmdlets/item-property.h: commands that make, take away or move the properties of items. No provider
// here has items whose properties come and go; what is left is which of PowerShell's answers it is.
#ifndef INTERP_ITEM_PROPERTY_H
#define INTERP_ITEM_PROPERTY_H

#include "interp/cmdlets/items.h"

// What follows ITEM_PARAMS in Copy- and Move-ItemProperty.
#define MOVED_PROPERTY_PARAMS(names)                                                                         \
    {"Name", names, "PSProperty", 2, PARAM_MANDATORY | PARAM_PROPERTY, 0},                                   \
        {"Destination", "string", NULL, 1, PARAM_MANDATORY | PARAM_PROPERTY, 0},                             \
        {"PassThru", "switch", NULL, PARAM_NAMED, 0, 0},                                                     \
    {                                                                                                        \
        "Force", "switch", NULL, PARAM_NAMED, 0, 0                                                           \
    }

bool property_refuse(struct command *cmd);
bool property_move_refuse(struct command *cmd); // the destination, too, has to be there

#endif
