#include "interp/cmdlets/item-property.h"

static const struct param params[] = {
    ITEM_PARAMS(PARAM_PIPELINE),
    MOVED_PROPERTY_PARAMS("string[]"),
    {0},
};

const struct cmdlet cmdlet_move_itemproperty = {.params = params,
                                                .sets = item_sets,
                                                .properties = CMDLET_SHOULD_PROCESS,
                                                .process = property_move_refuse};
