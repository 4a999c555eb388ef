#include "interp/cmdlets/modules.h"
#include "interp/eval/block.h"

enum { NAME, SCRIPT_BLOCK, FUNCTION, CMDLET_NAMES, RETURN_RESULT, AS_CUSTOM_OBJECT, ARGUMENTS };
enum { SET_BLOCK = 1, SET_NAME = 2 };
static const char *const sets[] = {"ScriptBlock", "Name", NULL};
static const struct param params[] = {
    {"Name", "string", NULL, 0, PARAM_MANDATORY | PARAM_PIPELINE, SET_NAME},
    {"ScriptBlock", "scriptblock", NULL, 0, PARAM_MANDATORY | PARAM_NOT_NULL},
    {"Function", "string[]", NULL, PARAM_NAMED, PARAM_ALLOW_EMPTY_COLLECTION},
    {"Cmdlet", "string[]", NULL, PARAM_NAMED, PARAM_ALLOW_EMPTY_COLLECTION},
    {"ReturnResult", "switch", NULL, PARAM_NAMED},
    {"AsCustomObject", "switch", NULL, PARAM_NAMED},
    {"ArgumentList", "object[]", "Args", PARAM_NAMED, PARAM_PROPERTY | PARAM_ALLOW_NULL},
    {0},
};

static bool fill(struct command *cmd, struct module *module, value *ret_output)
{
    struct interp *in = cmd->in;
    value block, arguments = cmd_bound(cmd, ARGUMENTS) ? cmd->arg[ARGUMENTS] : value_null;
    bool many = arguments.kind == V_ARRAY;
    if (!block_bound(in, cmd->arg[SCRIPT_BLOCK], module_value(module), &block))
        return false;
    bool ok = block_collect(in, block, many ? arguments.array->items : NULL, many ? arguments.array->count : 0,
                            true, ret_output);
    value_drop(block);
    return ok;
}

static bool import(struct command *cmd, struct module *module)
{
    struct module_import how = {0};
    how.patterns[MEMBERS_FUNCTIONS] = module_patterns(cmd, FUNCTION);
    how.patterns[MEMBERS_CMDLETS] = module_patterns(cmd, CMDLET_NAMES);
    return module_import(cmd->in, module, module_target(cmd->in), &how);
}

static bool answer(struct command *cmd, value module, value output)
{
    value made;
    if (cmd_switch(cmd, AS_CUSTOM_OBJECT))
        return module_custom_object(cmd->in, MODULE(module), &made) && cmd_take(cmd, made);
    if (!import(cmd, MODULE(module)))
        return false;
    return cmd_switch(cmd, RETURN_RESULT) ? cmd_write_each(cmd, output) : cmd_write(cmd, module);
}

static bool process(struct command *cmd)
{
    struct interp *in = cmd->in;
    value module, output;
    const char *refusal = mode_gate(in->mode, GATE_NEW_MODULE_BLOCK);
    if (refusal && cmd->arg[SCRIPT_BLOCK].scriptblock->mode != (uint8_t)in->mode)
        return cmd_throw(cmd, refusal, CAT_SecurityError, value_null,
                         "The block comes from code of another language mode.");
    if (!module_new(in, cmd_bound(cmd, NAME) ? value_text(cmd->arg[NAME]) : NULL, &module))
        return false;
    bool ok = fill(cmd, MODULE(module), &output);
    if (ok) {
        ok = module_export_default(in, MODULE(module)) && answer(cmd, module, output);
        value_drop(output);
    }
    value_drop(module);
    return ok;
}

const struct cmdlet cmdlet_new_module = {.params = params, .sets = sets, .process = process};
