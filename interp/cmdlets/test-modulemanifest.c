#include "interp/cmdlets/modules.h"
#include "interp/eval/pipeline.h"

static const struct param params[] = {
    {"Path", "string", NULL, 0, PARAM_MANDATORY | PARAM_PIPELINE | PARAM_PROPERTY},
    {0},
};

static bool not_found(struct command *cmd)
{
    return cmd_error(cmd, "Modules_ModuleNotFound", CAT_ResourceUnavailable, cmd->arg[0],
                     "There is no manifest '%s'.", value_text(cmd->arg[0]));
}

static bool wrong_kind(struct command *cmd)
{
    return cmd_throw(cmd, "Modules_InvalidModuleManifestPath", CAT_InvalidArgument, cmd->arg[0],
                     "'%s' is no path of a manifest, a .psd1 file.", value_text(cmd->arg[0]));
}

static bool root_is_there(struct command *cmd, struct module *module, bool *ret)
{
    value path, whole;
    *ret = true;
    if (module->root.kind != V_STRING || !module->root.string->size)
        return true;
    if (!string_printf(cmd->in, &path, "%s/%s", value_text(module->base), value_text(module->root)))
        return false;
    bool ok = module_file_at(cmd, value_text(path), &whole);
    value_drop(path);
    if (ok)
        *ret = whole.kind != V_NULL, value_drop(whole);
    return ok;
}

static bool test(struct command *cmd, value path)
{
    value module;
    bool there;
    if (!module_describe(cmd, path, &module))
        return false;
    if (module.kind == V_NULL)
        return true;
    bool ok = root_is_there(cmd, MODULE(module), &there);
    if (ok && !there)
        ok = cmd_error(cmd, "Modules_InvalidRootModuleInModuleManifest", CAT_InvalidArgument, path,
                       "The manifest's RootModule '%s' is not there.", value_text(MODULE(module)->root));
    ok = ok && cmd_write(cmd, module);
    value_drop(module);
    return ok;
}

static bool process(struct command *cmd)
{
    enum module_entry entry;
    value path;
    if (!module_whole_path(cmd, value_text(cmd->arg[0]), &path))
        return false;
    if (path.kind == V_NULL)
        return not_found(cmd);
    bool ok = module_entry(cmd, value_text(path), &entry);
    if (ok && entry != ENTRY_FILE)
        ok = not_found(cmd);
    else if (ok && !module_path_ends(value_text(path), ".psd1"))
        ok = wrong_kind(cmd);
    else if (ok)
        ok = test(cmd, path);
    value_drop(path);
    return ok;
}

const struct cmdlet cmdlet_test_modulemanifest = {.params = params, .process = process};
