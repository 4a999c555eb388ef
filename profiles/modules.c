#include <stdbool.h>
#include <string.h>

#include "profiles/rights.h"

static const struct {
    const char *name, *commands;
} modules[] = {
#define MODULE(name, commands) {name, commands},
#include "profiles/modules.def"
#undef MODULE
};

static bool lists(const char *commands, const char *name)
{
    size_t size = strlen(name);
    for (const char *at = strstr(commands, name); at; at = strstr(at + 1, name))
        if ((at == commands || at[-1] == ' ') && (at[size] == ' ' || at[size] == '\0'))
            return true;
    return false;
}

const char *cmdlet_module(enum cmdlet_id id)
{
    if (cmdlet_rows[id].flags & CMD_FUNCTION)
        return "";
    for (size_t i = 0; i < sizeof modules / sizeof *modules; i++)
        if (lists(modules[i].commands, cmdlet_rows[id].name))
            return modules[i].name;
    return "Microsoft.PowerShell.Utility";
}
