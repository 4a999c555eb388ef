// using module and #requires.
#include "interp/eval/using.h"

#include <string.h>

#include "interp/eval/block.h"
#include "interp/eval/module.h"
#include "interp/eval/pipeline.h"
#include "interp/value/enum.h"
#include "interp/value/types.h"

static bool run_import(struct interp *in, value name, value *ret)
{
    const struct named_arg args[] = {{name.kind == V_TABLE ? "FullyQualifiedName" : "Name", name},
                                     {"PassThru", value_true},
                                     {"DisableNameChecking", value_true},
                                     {"ErrorAction", enum_value(&type_action_preference, ACTION_SILENT)}};
    return interp_call(in, cmdlet_id_of(cmdlet_find("Import-Module", 13)), args, 4, NULL, 0, ret);
}

// --- using module
// ----------------------------------------------------------------------------------------------

static bool take_types(struct interp *in, const struct module *module)
{
    value from = module->scope.types;
    if (from.kind != V_TABLE)
        return true;
    if (in->scope->types.kind != V_TABLE && !table_new(in, false, &in->scope->types))
        return false;
    for (size_t i = 0; i < from.table->used; i++) {
        const struct table_slot *slot = &from.table->slots[i];
        if (slot->key.kind == V_STRING && !table_set(in, in->scope->types.table, slot->key, slot->val))
            return false;
    }
    return true;
}

// The first error of the import ends the text, as an invalid operation.
static bool not_imported(struct interp *in, size_t errors)
{
    size_t fresh = in->errors.array->count - errors;
    if (!value_is_null(in->thrown) || !fresh)
        return false;
    const struct error_record *first = in->errors.array->items[fresh - 1].error;
    throw_error(in, value_text(first->id), CAT_InvalidOperation, first->target, "%s",
                value_text(first->message));
    in->thrown.error->positioned |= in->thrown.object != in->out_of_memory.object;
    return false;
}

// A path is told from where the file stands that names it.
static bool name_of(struct interp *in, const struct source *source, const struct ast *using, value *ret)
{
    const struct ast *name = using->kids[USING_NAME], *table = name->kind == AST_HASHTABLE ? name : NULL;
    const char *slash = source->name ? strrchr(source->name, '/') : NULL;
    value block;
    if (table) {
        if (!script_block(in, source->text + table->start, table->end - table->start, NULL, &block))
            return false;
        bool ok = block_call(in, block, value_null, ret);
        return value_drop(block), ok;
    }
    if (slash && name->text.size && name->text.at[0] == '.')
        return string_printf(in, ret, "%.*s/%.*s", (int)(slash - source->name), source->name,
                             (int)name->text.size, name->text.at);
    return string_new(in, name->text.at, name->text.size, ret);
}

static bool use_module(struct interp *in, const struct source *source, const struct ast *using)
{
    size_t errors = in->errors.array->count;
    value name, module;
    if (!name_of(in, source, using, &name))
        return false;
    bool ok = run_import(in, name, &module);
    value_drop(name);
    if (!ok)
        return not_imported(in, errors);
    ok = value_is_module(module) ? take_types(in, MODULE(module)) : not_imported(in, errors);
    value_drop(module);
    return ok;
}

bool using_modules(struct interp *in, const struct source *source)
{
    const struct ast *root = source->root;
    for (uint32_t i = SB_REST; i < root->count; i++)
        if (root->kids[i]->kind == AST_USING_STATEMENT && root->kids[i]->op == TOK_MODULE &&
            root->kids[i]->kids[USING_NAME] && !use_module(in, source, root->kids[i]))
            return false;
    return true;
}

// --- #requires
// -------------------------------------------------------------------------------------------------

// The words behind #requires, as a command line would give them: a table of parameters.
static bool read_line(struct interp *in, const char *text, size_t size, value *ret)
{
    static const char taker[] = "param($Version, [Alias('PSEdition')]$Edition, $Modules, $Assembly, $PSSnapIn, "
                                "[Alias('ShellId')]$Shell, [switch]$RunAsAdministrator) $PSBoundParameters";
    struct buf code = {0};
    value block;
    if (!script_block(in, taker, sizeof taker - 1, NULL, &block))
        return false;
    buf_add_text(&code, "& $args[0] ");
    buf_add(&code, text, size);
    value caller;
    bool ok = !code.failed && script_block(in, buf_text(&code), code.size, NULL, &caller);
    buf_free(&code);
    if (ok) {
        ok = block_collect(in, caller, &block, 1, false, ret);
        value_drop(caller);
    }
    value_drop(block);
    return ok;
}

static bool version_met(struct interp *in, value wanted)
{
    static const struct version own = {.parts = {7, 6, 5, -1}};
    value version, text;
    if (!value_to_string(in, wanted, &text))
        return false;
    bool whole = !strchr(value_text(text), '.');
    value full = value_null;
    bool ok = !whole || string_printf(in, &full, "%s.0", value_text(text));
    ok = ok && value_convert(in, whole ? full : text, &type_version, &version);
    value_drop(full);
    value_drop(text);
    if (!ok)
        return value_set(&in->thrown, value_null), true;
    ok = version_compare(version, (value){.kind = V_OBJECT, .object = (struct object *)&own.head}) <= 0;
    value_drop(version);
    return ok;
}

static bool unmet(struct interp *in, const char *id, enum category category, value name, const char *what)
{
    return throw_error(in, id, category, name, "'%s' asks for %s.", value_text(name), what);
}

// A module is told by its name, or by all that a table says of it.
static void add_wish(struct interp *in, struct buf *out, value wish)
{
    value text;
    size_t count = wish.kind == V_TABLE ? wish.table->used : 1;
    for (size_t i = 0; i < count; i++) {
        value part = wish.kind == V_TABLE ? wish.table->slots[i].val : wish;
        if ((wish.kind == V_TABLE && wish.table->slots[i].key.kind == V_VOID) ||
            !value_to_string(in, part, &text))
            continue;
        buf_printf(out, "%s%s", out->size ? " " : "", value_text(text));
        value_drop(text);
    }
}

static bool no_module(struct interp *in, value wish, value name)
{
    struct buf told = BUF_INIT;
    add_wish(in, &told, wish);
    throw_error(in, "ScriptRequiresMissingModules", CAT_ResourceUnavailable, name,
                "'%s' asks for a module that is not there: %s.", value_text(name), buf_text(&told));
    return buf_free(&told), false;
}

static bool modules_met(struct interp *in, value modules, value name)
{
    struct value_walk walk;
    value item, module;
    bool ok = true;
    value_walk_start(&walk, modules);
    while (ok && value_walk_next(in, &walk, &item)) {
        size_t errors = in->errors.array->count;
        ok = run_import(in, item, &module);
        bool found = ok && value_is_module(module);
        if (ok)
            value_drop(module);
        value_set(&in->thrown, value_null);
        while (in->errors.array->count > errors)
            error_forget_last(in);
        ok = found || no_module(in, item, name);
        value_drop(item);
    }
    return ok;
}

static bool line_met(struct interp *in, value wants, value name)
{
    const value *version = table_get_text(wants.table, "Version"),
                *edition = table_get_text(wants.table, "Edition"),
                *modules = table_get_text(wants.table, "Modules"),
                *shell = table_get_text(wants.table, "Shell");
    if (version && !version_met(in, *version))
        return unmet(in, "ScriptRequiresUnmatchedPSVersion", CAT_ResourceUnavailable, name,
                     "a newer PowerShell than 7.6.5");
    if (edition && !value_is_text(*edition, "Core"))
        return unmet(in, "ScriptRequiresUnmatchedPSEdition", CAT_ResourceUnavailable, name,
                     "another edition");
    if (shell && !value_is_text(*shell, "Microsoft.PowerShell"))
        return unmet(in, "ScriptRequiresUnmatchedShellId", CAT_ResourceUnavailable, name, "another shell");
    return !modules || modules_met(in, *modules, name);
}

bool requires_met(struct interp *in, const struct source *source, value name)
{
    for (unsigned i = 0; i < source->require_count; i++) {
        uint32_t words = source->requirements[i].start + (uint32_t)strlen("#requires"),
                 end = source->requirements[i].end;
        value wants;
        if (!end)
            continue;
        if (!read_line(in, source->text + words, end - words, &wants))
            return false;
        bool ok = wants.kind != V_TABLE || line_met(in, wants, name);
        value_drop(wants);
        if (!ok)
            return false;
    }
    return true;
}
