// Modules that load by themselves when one of their commands is called. jesh-full alone.
#include <string.h>

#include "interp/eval/module.h"
#include "interp/eval/pipeline.h"
#include "interp/value/enum.h"

static bool call(struct interp *in, const char *command, const struct named_arg *args, size_t count,
                 value *ret)
{
    size_t errors = in->errors.array->count;
    bool ok = interp_call(in, cmdlet_id_of(cmdlet_find(command, strlen(command))), args, count, NULL, 0, ret);
    if (!ok)
        value_set(&in->thrown, value_null);
    while (in->errors.array->count > errors)
        error_forget_last(in);
    return ok;
}

static bool load(struct interp *in, value name)
{
    const struct named_arg args[] = {{"Name", name},
                                     {"Global", value_true},
                                     {"DisableNameChecking", value_true},
                                     {"ErrorAction", enum_value(&type_action_preference, ACTION_SILENT)}};
    value out;
    if (!call(in, "Import-Module", args, 4, &out))
        return false;
    return value_drop(out), true;
}

static bool has(const struct module *module, value name)
{
    return module_member(module, MEMBERS_FUNCTIONS, value_text(name), name.string->size) ||
           module_member(module, MEMBERS_ALIASES, value_text(name), name.string->size);
}

static bool load_with(struct interp *in, value name)
{
    const struct named_arg args[] = {{"ListAvailable", value_true},
                                     {"ErrorAction", enum_value(&type_action_preference, ACTION_SILENT)}};
    struct value_walk walk;
    value modules, module;
    bool loaded = false;
    if (!call(in, "Get-Module", args, 2, &modules))
        return false;
    value_walk_start(&walk, modules);
    while (!loaded && value_walk_next(in, &walk, &module)) {
        if (value_is_module(module) && has(MODULE(module), name))
            loaded = load(in, MODULE(module)->path);
        value_drop(module);
    }
    value_drop(modules);
    return loaded;
}

static bool wanted(struct interp *in, bool qualified)
{
    const struct visible_command *import = session_command(in->session, "Import-Module", 13);
    const value *preference = interp_get_variable(in, "PSModuleAutoLoadingPreference");
    if (!import || !import->visible || !in->cmdlets[import->id])
        return false;
    if (!preference || value_is_null(*preference))
        return true;
    return !value_is_text(*preference, "None") &&
           (qualified || !value_is_text(*preference, "ModuleQualified"));
}

bool module_autoload(struct interp *in, value name)
{
    const char *bar = strchr(value_text(name), '\\');
    if (strchr(value_text(name), '/') || in->eval->autoloading || !wanted(in, bar != NULL))
        return false;
    value module = value_null;
    bool ok;
    in->eval->autoloading = true;
    if (!bar)
        ok = load_with(in, name);
    else {
        ok = string_new(in, value_text(name), (size_t)(bar - value_text(name)), &module) && load(in, module);
        value_drop(module);
    }
    in->eval->autoloading = false;
    return ok;
}
