#include "interp/cmdlets/item-property.h"

static const struct param params[] = {
    ITEM_PARAMS(0),
    {"Name", "string", "PSProperty", 1, PARAM_MANDATORY | PARAM_PROPERTY, 0},
    {"PropertyType", "string", "Type", PARAM_NAMED, PARAM_PROPERTY, 0},
    {"Value", "object", NULL, PARAM_NAMED, PARAM_PROPERTY, 0},
    {"Force", "switch", NULL, PARAM_NAMED, 0, 0},
    {0},
};

const struct cmdlet cmdlet_new_itemproperty = {
    .params = params, .sets = item_sets, .properties = CMDLET_SHOULD_PROCESS, .process = property_refuse};
