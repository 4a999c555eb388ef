#include "interp/cmdlets/modules.h"

enum { FUNCTION, CMDLET_NAMES, VARIABLE, ALIAS };
static const struct param params[] = {
    {"Function", "string[]", NULL, 0, PARAM_PIPELINE | PARAM_PROPERTY | PARAM_ALLOW_EMPTY_COLLECTION},
    {"Cmdlet", "string[]", NULL, PARAM_NAMED, PARAM_PROPERTY | PARAM_ALLOW_EMPTY_COLLECTION},
    {"Variable", "string[]", NULL, PARAM_NAMED, PARAM_PROPERTY},
    {"Alias", "string[]", NULL, PARAM_NAMED, PARAM_PROPERTY},
    {0},
};

static bool outside(struct command *cmd)
{
    return cmd_throw(cmd, "Modules_CanOnlyExecuteExportModuleMemberInsideAModule", CAT_PermissionDenied,
                     value_null, "Export-ModuleMember belongs into a module.");
}

static bool process(struct command *cmd)
{
    struct interp *in = cmd->in;
    struct module *module = in->eval->module;
    if (!module)
        return outside(cmd);
    if (module->mode != (uint8_t)in->mode) {
        const char *refusal = mode_gate(MODE_CONSTRAINED, GATE_EXPORT_MEMBER);
        return cmd_throw(cmd, refusal, CAT_PermissionDenied, value_null,
                         "The module was loaded in another language mode.");
    }
    module->chosen = true;
    return module_export(in, module, MEMBERS_FUNCTIONS, module_patterns(cmd, FUNCTION)) &&
           module_export(in, module, MEMBERS_ALIASES, module_patterns(cmd, ALIAS)) &&
           module_export(in, module, MEMBERS_VARIABLES, module_patterns(cmd, VARIABLE));
}

const struct cmdlet cmdlet_export_modulemember = {.params = params, .process = process};
