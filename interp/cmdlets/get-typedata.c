#include <string.h>

#include "base/wildcard.h"
#include "interp/cmdlets/type-files.h"
#include "interp/eval/interp.h"
#include "interp/value/type-data.h"

enum { TYPE_NAME };
static const struct param params[] = {
    {"TypeName", "string[]", NULL, 0, PARAM_PIPELINE | PARAM_NOT_NULL_OR_EMPTY},
    {0},
};

static bool wanted(struct command *cmd, const char *name, bool *ret)
{
    value pattern;
    *ret = !cmd_bound(cmd, TYPE_NAME);
    for (size_t i = 0; !*ret && i < cmd->arg[TYPE_NAME].array->count; i++) {
        if (!type_data_name(cmd->in, cmd->arg[TYPE_NAME].array->items[i], &pattern))
            return false;
        *ret = wildcard_match(value_text(pattern), pattern.string->size, name, strlen(name), true);
        value_drop(pattern);
    }
    return true;
}

static bool process(struct command *cmd)
{
    bool yes = false;
    const struct table *table = cmd->in->type_data.kind == V_TABLE ? cmd->in->type_data.table : NULL;
    for (size_t i = 0; table && i < table->used; i++) {
        value key = table->slots[i].key;
        if (key.kind != V_STRING)
            continue;
        if (!wanted(cmd, value_text(key), &yes) || (yes && !cmd_write(cmd, table->slots[i].val)))
            return false;
    }
    return true;
}

const struct cmdlet cmdlet_get_typedata = {.params = params, .process = process};
