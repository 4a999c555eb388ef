#include "base/wildcard.h"
#include "interp/cmdlets/modules.h"
#include "interp/eval/scope.h"

enum { NAME, FULLY_QUALIFIED, MODULE_INFO, FORCE };
enum { SET_NAME = 1, SET_FULL = 2, SET_INFO = 4 };
static const char *const sets[] = {"name", "FullyQualifiedName", "ModuleInfo", NULL};
static const struct param params[] = {
    {"Name", "string[]", NULL, 0, PARAM_MANDATORY | PARAM_PIPELINE, SET_NAME},
    {"FullyQualifiedName", "Microsoft.PowerShell.Commands.ModuleSpecification[]", NULL, 0, PARAM_MANDATORY | PARAM_PIPELINE, SET_FULL},
    {"ModuleInfo", "psmoduleinfo[]", NULL, 0, PARAM_MANDATORY | PARAM_PIPELINE, SET_INFO},
    {"Force", "switch", NULL, PARAM_NAMED},
    {0},
};

struct state {
    bool any;
};

static bool run_on_remove(struct interp *in, struct module *module)
{
    struct sink nowhere = {sink_put_nowhere};
    value self = module_value(module), block = value_keep(module->on_remove);
    if (block.kind != V_SCRIPTBLOCK)
        return true;
    bool ok = block_invoke(in, block, &self, 1, false, &nowhere);
    value_drop(block);
    return ok;
}

static bool refused(struct command *cmd, const struct module *module)
{
    return module->access == ACCESS_CONSTANT ||
           (module->access == ACCESS_READ_ONLY && !cmd_switch(cmd, FORCE));
}

static bool refuse(struct command *cmd, struct module *module)
{
    bool constant = module->access == ACCESS_CONSTANT;
    ((struct state *)cmd->state)->any = true;
    return cmd_error(cmd, constant ? "Modules_ModuleIsConstant" : "Modules_ModuleIsReadOnly", CAT_PermissionDenied,
                     module->name, "The module '%s' is %s.", value_text(module->name),
                     constant ? "constant" : "read-only: -Force removes it");
}

// With it go the modules that only it names.
static bool remove_whole(struct command *cmd, struct module *module)
{
    if (refused(cmd, module))
        return refuse(cmd, module);
    value self = value_keep(module_value(module));
    struct state *state = cmd->state;
    bool yes, ok = depth_enter(cmd->in);
    if (!ok)
        return value_drop(self), false;
    ok = cmd_should_process(cmd, value_text(module->name), "Remove-Module", &yes);
    state->any = true;
    if (ok && yes) {
        value nested = value_keep(module->nested);
        ok = run_on_remove(cmd->in, module) && module_remove(cmd->in, module);
        for (size_t i = 0; ok && nested.kind == V_LIST && i < nested.array->count; i++)
            ok = remove_whole(cmd, MODULE(nested.array->items[i]));
        value_drop(nested);
    }
    depth_leave(cmd->in);
    value_drop(self);
    return ok;
}

static bool remove_fitting(struct command *cmd, value pattern, const struct module_wish *wish)
{
    struct table *table;
    if (!module_table(cmd->in, &table))
        return false;
    bool ok = true;
    for (size_t i = 0; ok && i < table->used; i++) {
        if (table->slots[i].key.kind != V_STRING)
            continue;
        struct module *module = MODULE(table->slots[i].val);
        if (wildcard_match(value_text(pattern), pattern.string->size, value_text(module->name),
                           module->name.string->size, true) &&
            (!wish || module_wish_met(wish, module)))
            ok = remove_whole(cmd, module);
    }
    return ok;
}

static bool remove_names(struct command *cmd, value names)
{
    for (size_t i = 0; i < names.array->count; i++) {
        value name = names.array->items[i], leaf = value_null;
        if (name.kind != V_STRING)
            continue;
        if (module_is_path(value_text(name)) && !module_name_of(cmd->in, name, &leaf))
            return false;
        bool ok = remove_fitting(cmd, leaf.kind == V_STRING ? leaf : name, NULL);
        value_drop(leaf);
        if (!ok)
            return false;
    }
    return true;
}

static bool remove_wishes(struct command *cmd, value items)
{
    for (size_t i = 0; i < items.array->count; i++) {
        struct module_wish wish;
        if (!module_wish(cmd->in, items.array->items[i], &wish))
            return false;
        bool ok = remove_fitting(cmd, wish.name, &wish);
        module_wish_drop(&wish);
        if (!ok)
            return false;
    }
    return true;
}

static bool process(struct command *cmd)
{
    if (cmd_bound(cmd, NAME))
        return remove_names(cmd, cmd->arg[NAME]);
    if (cmd_bound(cmd, FULLY_QUALIFIED))
        return remove_wishes(cmd, cmd->arg[FULLY_QUALIFIED]);
    for (size_t i = 0; i < cmd->arg[MODULE_INFO].array->count; i++)
        if (value_is_module(cmd->arg[MODULE_INFO].array->items[i]) &&
            !remove_whole(cmd, MODULE(cmd->arg[MODULE_INFO].array->items[i])))
            return false;
    return true;
}

static bool has_pattern(const struct command *cmd)
{
    value names = cmd->arg[NAME];
    for (size_t i = 0; names.kind == V_ARRAY && i < names.array->count; i++)
        if (names.array->items[i].kind == V_STRING &&
            wildcard_has(value_text(names.array->items[i]), names.array->items[i].string->size))
            return true;
    return false;
}

static bool end(struct command *cmd)
{
    const struct state *state = cmd->state;
    if (state->any || (cmd_bound(cmd, NAME) && has_pattern(cmd)))
        return true;
    return cmd_error(cmd, "Modules_NoModulesRemoved", CAT_ResourceUnavailable, value_null,
                     "No modules were removed: none that fits is loaded.");
}

const struct cmdlet cmdlet_remove_module = {.params = params,
                                            .sets = sets,
                                            .properties = CMDLET_SHOULD_PROCESS,
                                            .state_size = sizeof(struct state),
                                            .process = process,
                                            .end = end};
