#include <string.h>

#include "interp/cmdlets/modules.h"
#include "interp/eval/names.h"
#include "interp/eval/pipeline.h"

enum {
    GLOBAL,
    PREFIX,
    NAME,
    FULLY_QUALIFIED,
    ASSEMBLY,
    FUNCTION,
    CMDLET_NAMES,
    VARIABLE,
    ALIAS,
    FORCE,
    SKIP_EDITION,
    PASS_THRU,
    AS_CUSTOM_OBJECT,
    MINIMUM,
    MAXIMUM,
    REQUIRED,
    MODULE_INFO,
    ARGUMENTS,
    NO_CHECKING,
    NO_CLOBBER,
    SCOPE,
    USE_WINDOWS
};
enum { SET_NAME = 1, SET_FULL = 2, SET_INFO = 4, SET_ASSEMBLY = 8 };

static const char *const sets[] = {"Name", "FullyQualifiedName", "ModuleInfo", "Assembly", NULL};
static const struct param params[] = {
    {"Global", "switch", NULL, PARAM_NAMED},
    {"Prefix", "string", NULL, PARAM_NAMED},
    {"Name", "string[]", NULL, 0, PARAM_MANDATORY | PARAM_PIPELINE, SET_NAME},
    {"FullyQualifiedName", "Microsoft.PowerShell.Commands.ModuleSpecification[]", NULL, 0, PARAM_MANDATORY | PARAM_PROPERTY, SET_FULL},
    {"Assembly", "object[]", NULL, 0, PARAM_MANDATORY, SET_ASSEMBLY},
    {"Function", "string[]", NULL, PARAM_NAMED},
    {"Cmdlet", "string[]", NULL, PARAM_NAMED},
    {"Variable", "string[]", NULL, PARAM_NAMED},
    {"Alias", "string[]", NULL, PARAM_NAMED},
    {"Force", "switch", NULL, PARAM_NAMED},
    {"SkipEditionCheck", "switch", NULL, PARAM_NAMED},
    {"PassThru", "switch", NULL, PARAM_NAMED},
    {"AsCustomObject", "switch", NULL, PARAM_NAMED},
    {"MinimumVersion", "version", "Version", PARAM_NAMED, 0, SET_NAME},
    {"MaximumVersion", "string", NULL, PARAM_NAMED, 0, SET_NAME},
    {"RequiredVersion", "version", NULL, PARAM_NAMED, 0, SET_NAME},
    {"ModuleInfo", "psmoduleinfo[]", NULL, 0, PARAM_MANDATORY | PARAM_PIPELINE, SET_INFO},
    {"ArgumentList", "object[]", "Args", PARAM_NAMED, PARAM_ALLOW_NULL},
    {"DisableNameChecking", "switch", NULL, PARAM_NAMED},
    {"NoClobber", "switch", "NoOverwrite", PARAM_NAMED},
    {"Scope", "string", NULL, PARAM_NAMED, 0, 0, "Local|Global"},
    {"UseWindowsPowerShell", "switch", "UseWinPS", PARAM_NAMED, 0, SET_NAME | SET_FULL},
    {0},
};

value module_patterns(const struct command *cmd, unsigned param)
{
    return cmd_bound(cmd, param) && cmd->arg[param].kind == V_ARRAY ? cmd->arg[param] : value_null;
}

// --- Members
// -------------------------------------------------------------------------------------------------------

struct told {
    struct command *cmd;
    bool odd_verb, odd_name;
};

static bool exists(struct command *cmd, value name)
{
    struct interp *in = cmd->in;
    return function_find(in, value_text(name), name.string->size) ||
           alias_get(in, value_text(name), name.string->size) ||
           session_command(in->session, value_text(name), name.string->size);
}

static const char *const kinds[] = {"function", "alias", "variable", "cmdlet"}; // by enum member_set

static bool tell(void *context, enum member_set set, value name, bool *ret_leave)
{
    struct told *told = context;
    struct command *cmd = told->cmd;
    if (set == MEMBERS_FUNCTIONS) {
        told->odd_verb |= !module_verb_approved(value_text(name));
        told->odd_name |= strpbrk(value_text(name), "#,(){}[]&/\\$^;:\"'<>|?@`*%+=~") != NULL;
    }
    if (set != MEMBERS_VARIABLES && cmd_switch(cmd, NO_CLOBBER) && exists(cmd, name))
        return *ret_leave = true, true;
    return module_verbose(cmd, "Importing %s '%s'.", kinds[set], value_text(name));
}

static bool warn(struct command *cmd, const char *text)
{
    value v;
    if (!string_text(cmd->in, text, &v))
        return false;
    bool ok = cmd_stream(cmd, STREAM_WARNING, v);
    value_drop(v);
    return ok;
}

static bool warn_of_names(struct command *cmd, const struct told *told)
{
    if (cmd_switch(cmd, NO_CHECKING))
        return true;
    if (told->odd_verb &&
        !warn(cmd, "Some commands of the module have verbs that are not approved ones, which "
                   "makes them hard to find; Get-Verb lists those that are."))
        return false;
    return !told->odd_name ||
           warn(cmd, "Some commands of the module have restricted characters in their names: "
                     "# , ( ) { } [ ] & - / \\ $ ^ ; : \" ' < > | ? @ ` * % + = ~");
}

static struct scope *target_scope(struct command *cmd)
{
    struct interp *in = cmd->in;
    bool local = cmd_bound(cmd, SCOPE) && value_is_text(cmd->arg[SCOPE], "Local");
    return local ? in->scope : module_target(in);
}

static bool import_members(struct command *cmd, struct module *module)
{
    struct told told = {cmd, false, false};
    struct module_import how = {.told = tell, .context = &told};
    how.patterns[MEMBERS_FUNCTIONS] = module_patterns(cmd, FUNCTION);
    how.patterns[MEMBERS_ALIASES] = module_patterns(cmd, ALIAS);
    how.patterns[MEMBERS_VARIABLES] = module_patterns(cmd, VARIABLE);
    how.patterns[MEMBERS_CMDLETS] = module_patterns(cmd, CMDLET_NAMES);
    if (cmd_bound(cmd, PREFIX))
        value_set(&module->prefix, cmd->arg[PREFIX]);
    how.prefix = module->prefix;
    return module_import(cmd->in, module, target_scope(cmd), &how) && warn_of_names(cmd, &told);
}

static bool tell_exports(struct command *cmd, struct module *module)
{
    for (unsigned set = 0; set < MEMBER_SETS; set++) {
        value table = module->exports[set];
        for (size_t i = 0; table.kind == V_TABLE && i < table.table->used; i++)
            if (table.table->slots[i].key.kind == V_STRING &&
                !module_verbose(cmd, "Exporting %s '%s'.", kinds[set], value_text(table.table->slots[i].key)))
                return false;
    }
    return true;
}

static bool finish(struct command *cmd, value module)
{
    value made;
    if (cmd_switch(cmd, AS_CUSTOM_OBJECT))
        return module_custom_object(cmd->in, MODULE(module), &made) && cmd_take(cmd, made);
    return import_members(cmd, MODULE(module)) && (!cmd_switch(cmd, PASS_THRU) || cmd_write(cmd, module));
}

// --- By name
// --------------------------------------------------------------------------------------------------------

static bool not_found(struct command *cmd, const struct module_wish *wish)
{
    bool any = module_wish_any(wish);
    return cmd_error(cmd, any ? "Modules_ModuleNotFound" : "Modules_ModuleWithVersionNotFound",
                     CAT_ResourceUnavailable, wish->name,
                     "There is no module '%s'%s: neither loaded nor among the files.", value_text(wish->name),
                     any ? "" : " in the version asked for");
}

static struct module *loaded_from(struct interp *in, value path)
{
    value loaded = in->eval->loaded;
    const value *found = loaded.kind == V_TABLE ? table_get(loaded.table, path) : NULL;
    return found ? MODULE(*found) : NULL;
}

static bool import_loaded(struct command *cmd, struct module *module)
{
    value v = value_keep(module_value(module));
    bool ok = module_register(cmd->in, module) && finish(cmd, v);
    return value_drop(v), ok;
}

static bool load_file(struct command *cmd, value path, const struct module_wish *wish)
{
    struct interp *in = cmd->in;
    struct module *there = loaded_from(in, path);
    value module;
    if (there && !cmd_switch(cmd, FORCE) && module_wish_met(wish, there) && !cmd_switch(cmd, AS_CUSTOM_OBJECT))
        return import_loaded(cmd, there);
    if (there && cmd_switch(cmd, FORCE) && !module_remove(in, there))
        return false;
    const struct module_load how = {.wish = wish,
                                    .arguments = cmd_bound(cmd, ARGUMENTS) ? cmd->arg[ARGUMENTS] : value_null,
                                    .nested = cmd_switch(cmd, AS_CUSTOM_OBJECT)};
    if (!module_load(cmd, path, &how, &module))
        return false;
    if (module.kind == V_NULL)
        return true;
    bool ok = tell_exports(cmd, MODULE(module)) && finish(cmd, module);
    return value_drop(module), ok;
}

static bool import_wish(struct command *cmd, const struct module_wish *wish)
{
    const char *name = value_text(wish->name);
    value path;
    struct module *there =
        module_is_path(name) ? NULL : module_imported(cmd->in, name, wish->name.string->size);
    if (there && module_wish_met(wish, there) && !cmd_switch(cmd, FORCE))
        return import_loaded(cmd, there);
    bool ok = module_is_path(name) ? module_file_at(cmd, name, &path) : module_file_named(cmd, wish, &path);
    if (!ok)
        return false;
    if (path.kind == V_NULL && module_built_in(cmd->in, wish->name, &path))
        return ok = finish(cmd, path), value_drop(path), ok;
    if (path.kind == V_NULL)
        return not_found(cmd, wish);
    ok = load_file(cmd, path, wish);
    return value_drop(path), ok;
}

static bool impossible(const struct module_wish *wish)
{
    return wish->minimum.kind == V_OBJECT && wish->maximum.kind == V_OBJECT &&
           version_compare(wish->minimum, wish->maximum) > 0;
}

static bool import_each(struct command *cmd, value items)
{
    for (size_t i = 0; items.kind == V_ARRAY && i < items.array->count; i++) {
        struct module_wish wish;
        if (!module_wish(cmd->in, items.array->items[i], &wish))
            return false;
        bool ok = true;
        if (cmd_bound(cmd, MINIMUM))
            wish.minimum = value_keep(cmd->arg[MINIMUM]);
        if (cmd_bound(cmd, REQUIRED))
            wish.required = value_keep(cmd->arg[REQUIRED]);
        if (cmd_bound(cmd, MAXIMUM))
            ok = value_convert(cmd->in, cmd->arg[MAXIMUM], &type_version, &wish.maximum);
        if (ok && cmd_bound(cmd, NAME) && impossible(&wish))
            ok = cmd_throw(cmd, "ArgumentOutOfRange", CAT_InvalidArgument, value_null,
                           "-MinimumVersion must not be more than -MaximumVersion.");
        ok = ok && import_wish(cmd, &wish);
        module_wish_drop(&wish);
        if (!ok)
            return false;
    }
    return true;
}

static bool import_infos(struct command *cmd, value items)
{
    for (size_t i = 0; i < items.array->count; i++) {
        value module = items.array->items[i];
        if (!value_is_module(module))
            continue;
        if (!module_register(cmd->in, MODULE(module)) || !finish(cmd, module))
            return false;
    }
    return true;
}

static bool import_given(struct command *cmd)
{
    if (cmd_bound(cmd, MODULE_INFO))
        return import_infos(cmd, cmd->arg[MODULE_INFO]);
    if (cmd_bound(cmd, FULLY_QUALIFIED))
        return import_each(cmd, cmd->arg[FULLY_QUALIFIED]);
    if (cmd_bound(cmd, ASSEMBLY))
        return true;
    return import_each(cmd, cmd->arg[NAME]);
}

static bool process(struct command *cmd)
{
    struct interp *in = cmd->in;
    struct entered outer;
    bool global = cmd_switch(cmd, GLOBAL);
    if (global && cmd_bound(cmd, SCOPE))
        return cmd_throw(cmd, "Modules_GlobalAndScopeParameterCannotBeSpecifiedTogether", CAT_InvalidArgument,
                         value_null, "-Global and -Scope say the same thing: give one of them.");
    if (!global && !(cmd_bound(cmd, SCOPE) && value_is_text(cmd->arg[SCOPE], "Global")))
        return import_given(cmd);
    state_enter(in, NULL, state_scope(in, NULL), &outer);
    bool ok = import_given(cmd);
    state_leave(in, &outer);
    return ok;
}

const struct cmdlet cmdlet_import_module = {.params = params, .sets = sets, .process = process};
