#include <stdlib.h>
#include <string.h>

#include "syntax/modes.h"

static const char *const core_types[] = {
#define CORE(name) name,
#include "syntax/core-types.def"
#undef CORE
};

static int by_name(const void *name, const void *row)
{
    return strcmp(name, *(const char *const *)row);
}

bool mode_type_is_core(const char *full_name)
{
    return bsearch(full_name, core_types, sizeof core_types / sizeof *core_types, sizeof *core_types,
                   by_name) != NULL;
}
