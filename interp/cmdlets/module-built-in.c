// PowerShell's own modules, which are always there, and the verbs of names.
#include <string.h>

#include "base/utf8.h"
#include "interp/cmdlets/command-info.h"
#include "interp/cmdlets/modules.h"

static const char *const verbs[] = {
#define VERB(name, ...) name,
#include "interp/cmdlets/verbs.def"
#undef VERB
};

bool module_verb_approved(const char *name)
{
    const char *dash = strchr(name, '-');
    if (!dash)
        return true;
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (utf8_same_ignore_case(name, (size_t)(dash - name), verbs[i], strlen(verbs[i])))
            return true;
    return false;
}

static bool add_command(struct interp *in, struct module *module, const struct visible_command *command)
{
    value name, info;
    if (!string_text(in, command->name, &name))
        return false;
    bool ok = command_info_new(in, command, &info);
    if (ok) {
        ok = module_export_one(in, module, MEMBERS_CMDLETS, name, info);
        value_drop(info);
    }
    value_drop(name);
    return ok;
}

static bool fill(struct interp *in, struct module *module, bool *ret_any)
{
    const struct session *session = in->session;
    *ret_any = false;
    for (size_t i = 0; i < session->command_count; i++) {
        const struct visible_command *command = &session->commands[i];
        if (!command->visible || command_is_function(command) ||
            !value_is_text(module->name, cmdlet_module(command->id)))
            continue;
        *ret_any = true;
        if (!add_command(in, module, command))
            return false;
    }
    return true;
}

bool module_built_in(struct interp *in, value name, value *ret)
{
    static const int32_t parts[] = {7, 0, 0, 0};
    value made;
    bool any;
    if (!module_new(in, value_text(name), &made))
        return false;
    struct module *module = MODULE(made);
    module->kind = MODULE_MANIFEST;
    bool ok = object_new(in, &type_version, &module->version);
    if (ok)
        memcpy(((struct version *)module->version.object)->parts, parts, sizeof parts);
    ok = ok && fill(in, module, &any) && any && module_register(in, module);
    if (!ok)
        return value_drop(made), false;
    return *ret = made, true;
}
