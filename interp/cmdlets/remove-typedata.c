#include "interp/cmdlets/type-files.h"
#include "interp/eval/interp.h"
#include "interp/value/type-data.h"

enum { TYPE_DATA, TYPE_NAME, PATH };
enum { DATA = 1, NAME = 2, FILES = 4 };
static const char *const sets[] = {"RemoveTypeDataSet", "RemoveTypeSet", "RemoveFileSet", NULL};
static const struct param params[] = {
    {"TypeData", "System.Management.Automation.Runspaces.TypeData", NULL, PARAM_NAMED,
     PARAM_MANDATORY | PARAM_PIPELINE, DATA},
    {"TypeName", "string", NULL, 0, PARAM_MANDATORY | PARAM_PIPELINE | PARAM_PROPERTY | PARAM_NOT_NULL_OR_EMPTY,
     NAME},
    {"Path", "string[]", NULL, PARAM_NAMED, PARAM_MANDATORY | PARAM_NOT_NULL_OR_EMPTY, FILES},
    {0},
};

static bool take_away(struct command *cmd, value name)
{
    bool yes;
    if (!cmd_should_process(cmd, value_text(name), "Remove TypeData", &yes) || !yes)
        return yes;
    if (cmd->in->type_data.kind == V_TABLE && type_data_find(cmd->in, value_text(name)))
        return table_remove(cmd->in->type_data.table, name), true;
    return cmd_error(cmd, "TypesDynamicRemoveException", CAT_InvalidOperation, value_null,
                     "The type '%s' was given nothing.", value_text(name));
}

static bool process(struct command *cmd)
{
    value name;
    if (cmd_bound(cmd, PATH))
        return cmd_error(cmd, "TypeFileNotExistsInCurrentSession", CAT_InvalidOperation, value_null,
                         "No such file was read in this session.");
    if (cmd_bound(cmd, TYPE_DATA)) {
        name = value_keep(((struct type_data *)cmd->arg[TYPE_DATA].object)->name);
    } else if (!type_data_name(cmd->in, cmd->arg[TYPE_NAME], &name))
        return false;
    bool ok = take_away(cmd, name);
    return value_drop(name), ok;
}

const struct cmdlet cmdlet_remove_typedata = {
    .params = params, .sets = sets, .process = process, .properties = CMDLET_SHOULD_PROCESS};
