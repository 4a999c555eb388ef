// A module that is not loaded, as far as its files tell.
#include <string.h>

#include "interp/cmdlets/modules.h"
#include "interp/eval/block.h"
#include "interp/eval/text-command.h"
#include "interp/providers/path.h"

// Names without wildcards that a manifest lists stand for what would be exported.
static bool list_members(struct interp *in, struct module *module, enum member_set set, const char *key)
{
    value names, nothing;
    if (!manifest_texts(in, module->manifest, key, &names))
        return false;
    bool ok = names.kind == V_NULL || script_block(in, "", 0, NULL, &nothing);
    for (size_t i = 0; ok && names.kind == V_ARRAY && i < names.array->count; i++)
        if (!strpbrk(value_text(names.array->items[i]), "*?["))
            ok = module_export_one(in, module, set, names.array->items[i], nothing);
    if (names.kind != V_NULL && ok)
        value_drop(nothing);
    value_drop(names);
    return ok;
}

static bool describe_manifest(struct command *cmd, struct module *module, bool *ret_any)
{
    value table;
    bool valid;
    *ret_any = false;
    if (!manifest_read(cmd, module->path, &table, &valid) || !valid)
        return value_is_null(cmd->in->thrown);
    *ret_any = true;
    bool ok = manifest_apply(cmd, table, module, &valid);
    value_drop(table);
    if (ok && module->root.kind == V_STRING && strstr(value_text(module->root), ".psm1"))
        module->kind = MODULE_SCRIPT;
    return ok && list_members(cmd->in, module, MEMBERS_FUNCTIONS, "FunctionsToExport");
}

// The functions that stand at the top of the file.
static bool describe_script(struct command *cmd, struct module *module)
{
    struct interp *in = cmd->in;
    value text, block, name;
    if (!script_read(in, module->path, &text))
        return true;
    bool ok = script_block(in, value_text(text), text.string->size, value_text(module->path), &block);
    value_drop(text);
    if (!ok)
        return value_set(&in->thrown, value_null), true;
    const struct ast *end = block.scriptblock->node->kids[SB_END];
    for (uint32_t i = 0; ok && end && i < end->count; i++) {
        if (!end->kids[i] || end->kids[i]->kind != AST_FUNCTION_DEFINITION)
            continue;
        ok = string_new(in, end->kids[i]->text.at, end->kids[i]->text.size, &name);
        if (ok) {
            ok = module_export_one(in, module, MEMBERS_FUNCTIONS, name, block);
            value_drop(name);
        }
    }
    value_drop(block);
    return ok;
}

bool module_new_at(struct interp *in, value path, value *ret)
{
    value name, v;
    if (!module_name_of(in, path, &name))
        return false;
    bool ok = module_new(in, value_text(name), &v);
    value_drop(name);
    if (!ok)
        return false;
    MODULE(v)->path = value_keep(path);
    if (!string_new(in, value_text(path), path_parent_size(value_text(path)), &MODULE(v)->base))
        return value_drop(v), false;
    return *ret = v, true;
}

bool module_describe(struct command *cmd, value path, value *ret)
{
    value v;
    bool any = true;
    *ret = value_null;
    if (!module_new_at(cmd->in, path, &v))
        return false;
    bool ok = module_path_ends(value_text(path), ".psd1") ? describe_manifest(cmd, MODULE(v), &any)
                                                          : describe_script(cmd, MODULE(v));
    if (!ok || !any)
        return value_drop(v), ok;
    return *ret = v, true;
}
