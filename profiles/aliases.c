#include <string.h>
#include <strings.h>

#include "profiles/rights.h"

const struct alias_row alias_rows[] = {
#define ALIAS(name, value, options) {name, value, options},
#include "profiles/aliases.def"
#undef ALIAS
};

const size_t alias_count = sizeof alias_rows / sizeof *alias_rows;

const struct alias_row *alias_find(const char *name, size_t size)
{
    for (size_t i = 0; i < alias_count; i++)
        if (strlen(alias_rows[i].name) == size && strncasecmp(alias_rows[i].name, name, size) == 0)
            return &alias_rows[i];
    return NULL;
}
