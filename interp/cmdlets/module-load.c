// A file becomes a module: .psm1, .psd1 with what it lists, .ps1.
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "interp/cmdlets/modules.h"
#include "interp/eval/block.h"
#include "interp/eval/names.h"
#include "interp/eval/pipeline.h"
#include "interp/eval/text-command.h"
#include "interp/providers/path.h"
#include "interp/value/exceptions.h"
#include "interp/value/member.h"

bool module_verbose(struct command *cmd, const char *format, ...)
{
    char text[512];
    value v;
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (!string_text(cmd->in, text, &v))
        return false;
    bool ok = cmd_stream(cmd, STREAM_VERBOSE, v);
    value_drop(v);
    return ok;
}

static bool leaf_of(struct interp *in, value path, value *ret)
{
    size_t size;
    const char *leaf = path_leaf(value_text(path), &size);
    return string_new(in, leaf, size, ret);
}

// --- Running files
// ---------------------------------------------------------------------------------------------

#define NOWHERE (&(struct sink){sink_put_nowhere})

// What ended the file is in $Error as it was; what Import-Module ends with carries its class.
static bool rethrow(struct command *cmd)
{
    struct interp *in = cmd->in;
    if (in->thrown.kind != V_ERROR || in->thrown.object == in->out_of_memory.object || in->exit_requested)
        return false;
    value old = in->thrown;
    in->thrown = value_null;
    error_remember(in, old);
    const struct error_record *from = old.error;
    throw_error(in, value_text(from->id), from->category, from->target, "%s", value_text(from->message));
    struct error_record *to = in->thrown.error;
    if (in->thrown.object != in->out_of_memory.object) {
        value_set(&to->exception, from->exception);
        value id;
        if (!strchr(value_text(from->id), ',') &&
            string_printf(in, &id, "%s,%s", value_text(from->id), cmd->class_name)) {
            value_set(&to->id, id);
            value_drop(id);
        }
        to->positioned = true;
        to->line = from->line;
        to->column = from->column;
        to->script_terminating = from->script_terminating && !from->from_throw;
        to->of_command = true;
        to->recorded = true;
    }
    value_drop(old);
    return false;
}

// By -ErrorAction Stop: what is caught then is the stop, which has the error of the text.
static bool stopped(struct interp *in)
{
    value stop, copy;
    if (in->thrown.kind != V_ERROR || !error_stop_exception || !error_copy(in, in->thrown.error, &copy))
        return false;
    if (error_stop_exception(in, in->thrown, &stop)) {
        value_drop(copy.error->exception);
        copy.error->exception = stop;
        copy.error->recorded = true;
        throw_record(in, copy);
    }
    return value_drop(copy), false;
}

static bool syntax_error(struct command *cmd, value path, bool *ret_ran)
{
    value record = cmd->in->thrown;
    *ret_ran = false;
    cmd->in->thrown = value_null;
    bool ok = cmd_error_record(cmd, record) || stopped(cmd->in);
    value_drop(record);
    return ok && cmd_error(cmd, "Modules_ModuleNotFound", CAT_ResourceUnavailable, path,
                           "There is nothing to load in '%s'.", value_text(path));
}

// In the state of module, or of whoever called where it is NULL. *ret_ran false: reported.
static bool run_file(struct command *cmd, struct module *module, value path, value arguments,
                     struct sink *out, bool *ret_ran)
{
    struct interp *in = cmd->in;
    struct entered outer;
    value text, block, name;
    *ret_ran = true;
    if (!script_read(in, path, &text))
        return *ret_ran = false, cmd_error(cmd, "Modules_ModuleNotFound", CAT_ResourceUnavailable, path,
                                           "'%s' cannot be read.", value_text(path));
    struct module *state = module ? module : in->eval->module;
    state_enter(in, state, state_scope(in, state), &outer);
    bool ok = script_block(in, value_text(text), text.string->size, value_text(path), &block);
    value_drop(text);
    if (!ok) {
        state_leave(in, &outer);
        return in->thrown.kind == V_ERROR && syntax_error(cmd, path, ret_ran);
    }
    if ((ok = leaf_of(in, path, &name))) {
        bool many = arguments.kind == V_ARRAY;
        const struct code *caller = in->eval->caller;
        uint32_t offset = in->eval->caller_offset;
        in->eval->caller = stage_of(cmd)->code; // what imports it is what called it
        in->eval->caller_offset = stage_of(cmd)->offset;
        ok = block_invoke_as(in, block, name, many ? arguments.array->items : NULL,
                             many ? arguments.array->count : 0, true, out);
        in->eval->caller = caller;
        in->eval->caller_offset = offset;
        value_drop(name);
    }
    value_drop(block);
    state_leave(in, &outer);
    if (!ok && in->eval->flow == FLOW_RETURN && value_is_null(in->thrown))
        in->eval->flow = FLOW_NONE, ok = true;
    return ok || rethrow(cmd);
}

// --- Script modules
// --------------------------------------------------------------------------------------------

static bool all_patterns(struct interp *in, value *ret)
{
    value star = string_static(in, "*");
    bool ok = star.kind == V_STRING && array_from(in, &star, 1, ret);
    value_drop(star);
    return ok;
}

bool module_export_default(struct interp *in, struct module *module)
{
    value all;
    if (module->chosen)
        return true;
    if (!all_patterns(in, &all))
        return false;
    bool ok =
        module_export(in, module, MEMBERS_FUNCTIONS, all) && module_export(in, module, MEMBERS_ALIASES, all);
    value_drop(all);
    return ok;
}

static bool run_script_module(struct command *cmd, struct module *module, value path,
                              const struct module_load *how, bool *ret_ran)
{
    if (!script_place(cmd->in, &module->scope, value_text(path)))
        return false;
    if (!run_file(cmd, module, path, how->arguments, NOWHERE, ret_ran))
        return false;
    return !*ret_ran || module_export_default(cmd->in, module);
}

static bool new_at(struct interp *in, value path, value *ret)
{
    if (!module_new_at(in, path, ret))
        return false;
    return MODULE(*ret)->file = value_keep(path), true;
}

static bool load_script(struct command *cmd, value path, const struct module_load *how, value *ret)
{
    value v;
    bool ran;
    if (!new_at(cmd->in, path, &v))
        return false;
    bool ok = run_script_module(cmd, MODULE(v), path, how, &ran);
    if (ok && ran)
        return *ret = v, true;
    value_drop(v);
    return ok;
}

// --- Manifests
// -------------------------------------------------------------------------------------------------

static bool required_missing(struct command *cmd, struct module *module, const char *name, bool *ret_valid)
{
    char why[256];
    *ret_valid = false;
    snprintf(why, sizeof why, "the module '%s' that it needs is not loaded.", name);
    return manifest_invalid(cmd, module->path, why);
}

static bool load_required_one(struct command *cmd, struct module *module, value item, bool *ret_valid)
{
    struct module_wish wish;
    value file, loaded = value_null;
    if (!module_wish(cmd->in, item, &wish))
        return false;
    struct module *there = module_imported(cmd->in, value_text(wish.name), wish.name.string->size);
    bool ok = true, met = there && module_wish_met(&wish, there);
    if (met)
        loaded = value_keep(module_value(there));
    else if ((ok = module_file_named(cmd, &wish, &file)) && file.kind != V_NULL) {
        ok = module_load(cmd, file,
                         &(struct module_load){.wish = &wish, .arguments = value_null, .needed = true},
                         &loaded);
        value_drop(file);
        if (ok && loaded.kind != V_NULL) {
            const struct module_import all = {.prefix = MODULE(loaded)->prefix};
            ok = module_import(cmd->in, MODULE(loaded), cmd->in->global, &all);
        }
    }
    if (ok && loaded.kind == V_NULL)
        ok = required_missing(cmd, module, value_text(wish.name), ret_valid);
    if (ok && loaded.kind != V_NULL)
        ok = list_gather(cmd->in, &module->required, loaded);
    value_drop(loaded);
    module_wish_drop(&wish);
    return ok;
}

typedef bool each_function(struct command *cmd, struct module *module, value item, bool *ret_valid);

static bool each_of(struct command *cmd, struct module *module, const char *key, each_function *function,
                    bool *ret_valid)
{
    const value *found = table_get_text(module->manifest.table, key);
    struct value_walk walk;
    value item;
    bool ok = true;
    if (!found || value_is_null(*found))
        return true;
    value_walk_start(&walk, *found);
    while (ok && *ret_valid && value_walk_next(cmd->in, &walk, &item)) {
        ok = function(cmd, module, item, ret_valid);
        value_drop(item);
    }
    return ok;
}

static bool beside(struct command *cmd, struct module *module, value name, value *ret)
{
    value path;
    if (value_text(name)[0] == '/')
        return module_file_at(cmd, value_text(name), ret);
    if (!string_printf(cmd->in, &path, "%s/%s", value_text(module->base), value_text(name)))
        return false;
    bool ok = module_file_at(cmd, value_text(path), ret);
    value_drop(path);
    return ok;
}

static bool file_missing(struct command *cmd, struct module *module, const char *name, bool *ret_valid)
{
    *ret_valid = false;
    return cmd_error(cmd, "Modules_ModuleFileNotFound", CAT_ResourceUnavailable, module->name,
                     "The manifest '%s' names '%s', which is not there.", value_text(module->path), name);
}

static bool run_script_of(struct command *cmd, struct module *module, value item, bool *ret_valid)
{
    value name, path;
    if (!value_to_string(cmd->in, item, &name))
        return false;
    bool ok = beside(cmd, module, name, &path), ran = true;
    if (ok && path.kind == V_NULL)
        ok = file_missing(cmd, module, value_text(name), ret_valid);
    else if (ok)
        ok = run_file(cmd, NULL, path, value_null, NOWHERE, &ran);
    *ret_valid = *ret_valid && ran;
    value_drop(path);
    value_drop(name);
    return ok;
}

// A nested module's exports become members of the state of the module that names it.
static bool nest(struct command *cmd, struct module *module, value nested)
{
    const struct module_import all = {.prefix = MODULE(nested)->prefix};
    return list_gather(cmd->in, &module->nested, nested) &&
           module_import(cmd->in, MODULE(nested), &module->scope, &all);
}

static bool find_nested(struct command *cmd, struct module *module, const struct module_wish *wish,
                        value *ret)
{
    return beside(cmd, module, wish->name, ret) && (ret->kind != V_NULL || module_file_named(cmd, wish, ret));
}

static bool load_nested_one(struct command *cmd, struct module *module, value item, bool *ret_valid)
{
    struct module_wish wish;
    struct entered outer;
    value path, nested = value_null;
    bool ran = true;
    if (!module_wish(cmd->in, item, &wish))
        return false;
    bool ok = find_nested(cmd, module, &wish, &path);
    if (ok && path.kind == V_NULL)
        ok = file_missing(cmd, module, value_text(wish.name), ret_valid);
    else if (ok && module_path_ends(value_text(path), ".ps1"))
        ok = run_file(cmd, module, path, value_null, NOWHERE, &ran);
    else if (ok) {
        state_enter(cmd->in, module, &module->scope, &outer);
        ok = module_load(cmd, path,
                         &(struct module_load){.wish = &wish, .arguments = value_null, .silent = true},
                         &nested);
        state_leave(cmd->in, &outer);
        if (ok && nested.kind != V_NULL)
            ok = nest(cmd, module, nested);
        else
            *ret_valid = false;
    }
    *ret_valid = *ret_valid && ran;
    value_drop(nested);
    value_drop(path);
    module_wish_drop(&wish);
    return ok;
}

static bool load_root(struct command *cmd, struct module *module, const struct module_load *how,
                      bool *ret_valid)
{
    const struct module_wish wish = {.name = module->root};
    value path, nested = value_null;
    if (module->root.kind != V_STRING || !module->root.string->size)
        return true;
    if (!find_nested(cmd, module, &wish, &path))
        return false;
    if (path.kind == V_NULL)
        return file_missing(cmd, module, value_text(module->root), ret_valid);
    bool ok;
    if (module_path_ends(value_text(path), ".psm1") || module_path_ends(value_text(path), ".ps1")) {
        module->kind = MODULE_SCRIPT;
        ok = run_script_module(cmd, module, path, how, ret_valid);
        value_set(&module->path, path);
    } else {
        ok = module_load(cmd, path, &(struct module_load){.arguments = value_null, .nested = true}, &nested);
        ok = ok && (nested.kind == V_NULL ? (*ret_valid = false, true) : nest(cmd, module, nested));
        value_drop(nested);
    }
    value_drop(path);
    return ok;
}

// Of what there is only what the manifest's list has. Without the key: everything.
static bool keep_listed(struct interp *in, struct module *module, enum member_set set, const char *key)
{
    value patterns, table = module->exports[set], kept;
    if (!manifest_texts(in, module->manifest, key, &patterns))
        return false;
    if (patterns.kind == V_NULL || table.kind != V_TABLE)
        return value_drop(patterns), true;
    bool ok = table_new(in, true, &kept);
    for (size_t i = 0; ok && i < table.table->used; i++) {
        const struct table_slot *slot = &table.table->slots[i];
        if (slot->key.kind == V_STRING && patterns_fit(patterns, slot->key))
            ok = table_set(in, kept.table, slot->key, slot->val);
    }
    if (ok)
        value_set(&module->exports[set], kept), value_drop(kept);
    value_drop(patterns);
    return ok;
}

static bool export_listed(struct interp *in, struct module *module)
{
    value all = value_null;
    bool ok = module->kind == MODULE_SCRIPT || all_patterns(in, &all);
    for (int set = MEMBERS_FUNCTIONS; ok && all.kind != V_NULL && set <= MEMBERS_VARIABLES; set++)
        ok = module_export(in, module, (enum member_set)set, all);
    value_drop(all);
    return ok && keep_listed(in, module, MEMBERS_FUNCTIONS, "FunctionsToExport") &&
           keep_listed(in, module, MEMBERS_ALIASES, "AliasesToExport") &&
           keep_listed(in, module, MEMBERS_VARIABLES, "VariablesToExport") &&
           keep_listed(in, module, MEMBERS_CMDLETS, "CmdletsToExport");
}

// PowerShell calls the version that a manifest does not have an absent module.
static bool wrong_version(struct command *cmd, const struct module_wish *wish)
{
    return cmd_error(cmd, "Modules_ModuleWithVersionNotFound", CAT_ResourceUnavailable, wish->name,
                     "The module '%s' is not there in the version asked for.", value_text(wish->name));
}

static bool fill(struct command *cmd, struct module *module, const struct module_load *how, bool *ret_valid)
{
    return each_of(cmd, module, "RequiredModules", load_required_one, ret_valid) &&
           (!*ret_valid || each_of(cmd, module, "ScriptsToProcess", run_script_of, ret_valid)) &&
           (!*ret_valid || each_of(cmd, module, "NestedModules", load_nested_one, ret_valid)) &&
           (!*ret_valid || load_root(cmd, module, how, ret_valid)) &&
           (!*ret_valid || export_listed(cmd->in, module));
}

static bool load_manifest(struct command *cmd, value path, const struct module_load *how, value *ret)
{
    value table, v;
    bool valid;
    if (!manifest_read(cmd, path, &table, &valid) || !valid)
        return value_is_null(cmd->in->thrown) && !valid;
    bool ok = new_at(cmd->in, path, &v);
    if (ok)
        ok = manifest_apply(cmd, table, MODULE(v), &valid);
    value_drop(table);
    if (ok && valid && how->wish && !module_wish_met(how->wish, MODULE(v)))
        ok = how->needed || wrong_version(cmd, how->wish), valid = false;
    if (ok && valid)
        ok = fill(cmd, MODULE(v), how, &valid);
    if (ok && valid)
        return *ret = v, true;
    value_drop(v);
    return ok;
}

enum { MOST_NESTED = 10 };

// --- Any file
// ----------------------------------------------------------------------------------------------------

static bool no_kind(struct command *cmd, value path)
{
    return cmd_error(cmd, "Modules_InvalidModuleExtension", CAT_InvalidOperation, path,
                     "'%s' is no module that can be loaded here.", value_text(path));
}

static bool load_any(struct command *cmd, value path, const struct module_load *how, value *ret)
{
    if (module_path_ends(value_text(path), ".psd1"))
        return load_manifest(cmd, path, how, ret);
    if (!module_path_ends(value_text(path), ".psm1"))
        return no_kind(cmd, path);
    if (how->wish && !module_wish_met(how->wish, &(struct module){0}))
        return how->needed || wrong_version(cmd, how->wish);
    return load_script(cmd, path, how, ret);
}

static bool load_script_file(struct command *cmd, value path, const struct module_load *how)
{
    const char *refusal = mode_gate(cmd->in->mode, GATE_IMPORT_SCRIPT);
    struct command_sink out = command_sink(cmd);
    bool ran;
    if (refusal)
        return cmd_error(cmd, refusal, CAT_PermissionDenied, path,
                         "Script files are not imported in this mode.");
    return run_file(cmd, NULL, path, how->arguments, &out.sink, &ran);
}

bool module_load(struct command *cmd, value path, const struct module_load *how, value *ret)
{
    *ret = value_null;
    if (!module_verbose(cmd, "Loading module from path '%s'.", value_text(path)))
        return false;
    if (module_path_ends(value_text(path), ".ps1"))
        return load_script_file(cmd, path, how);
    if (cmd->in->eval->module_depth >= MOST_NESTED) // a module that needs itself, say
        return cmd_throw(cmd, "Modules_ModuleTooDeeplyNested", CAT_InvalidOperation, path,
                         "Modules load each other at most ten deep; '%s' would be the eleventh.",
                         value_text(path));
    cmd->in->eval->module_depth++;
    bool ok = load_any(cmd, path, how, ret);
    cmd->in->eval->module_depth--;
    if (!ok || ret->kind == V_NULL || how->nested)
        return ok;
    return module_register(cmd->in, MODULE(*ret));
}
