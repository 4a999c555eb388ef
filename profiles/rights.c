#include "profiles/rights.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

static_assert(RIGHTS <= 32, "rights_t holds one bit a right");
static_assert(PROVIDERS <= 32, "a set of providers is a uint32_t");

static const struct {
    const char *name, *what;
} rights[RIGHTS] = {
#define RIGHT(name, what) [RIGHT_##name] = {#name, what},
#include "profiles/rights.def"
#undef RIGHT
};

const struct cmdlet_row cmdlet_rows[CMDLETS] = {
#define CMDLET(id, name, rights, class_name, flags) [CMDLET_##id] = {name, rights, class_name, flags},
#include "profiles/cmdlets.def"
#undef CMDLET
};

const struct provider_row provider_rows[PROVIDERS] = {
#define PROVIDER(id, name, rights, drives) [PROVIDER_##id] = {name, rights, drives},
#include "profiles/providers.def"
#undef PROVIDER
};

const char *right_name(enum right right)
{
    return rights[right].name;
}

const char *right_what(enum right right)
{
    return rights[right].what;
}

// Names of commands and aliases are ASCII, so letter case is ASCII's.
static bool same_name(const char *row, const char *name, size_t size)
{
    return strncasecmp(row, name, size) == 0 && !row[size];
}

const struct cmdlet_row *cmdlet_find(const char *name, size_t size)
{
    for (size_t i = 0; i < CMDLETS; i++)
        if (same_name(cmdlet_rows[i].name, name, size))
            return &cmdlet_rows[i];
    return NULL;
}

enum cmdlet_id cmdlet_id_of(const struct cmdlet_row *row)
{
    return (enum cmdlet_id)(row - cmdlet_rows);
}
