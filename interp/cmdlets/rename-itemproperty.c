#include "interp/cmdlets/item-property.h"

static const struct param params[] = {
    ITEM_PARAMS(PARAM_PIPELINE),
    {"Name", "string", "PSProperty", 1, PARAM_MANDATORY | PARAM_PROPERTY, 0},
    {"NewName", "string", NULL, 2, PARAM_MANDATORY | PARAM_PROPERTY, 0},
    {"PassThru", "switch", NULL, PARAM_NAMED, 0, 0},
    {"Force", "switch", NULL, PARAM_NAMED, 0, 0},
    {0},
};

const struct cmdlet cmdlet_rename_itemproperty = {
    .params = params, .sets = item_sets, .properties = CMDLET_SHOULD_PROCESS, .process = property_refuse};
