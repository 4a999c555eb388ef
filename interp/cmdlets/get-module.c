#include <stdlib.h>

#include "base/utf8.h"
#include "base/wildcard.h"
#include "interp/cmdlets/modules.h"

enum { NAME, FULLY_QUALIFIED, ALL, LIST_AVAILABLE, EDITION, REFRESH, SKIP_EDITION };
enum { SET_LOADED = 1, SET_AVAILABLE = 2 };
static const char *const sets[] = {"Loaded", "Available", NULL};
static const struct param params[] = {
    {"Name", "string[]", NULL, 0, PARAM_PIPELINE},
    {"FullyQualifiedName", "Microsoft.PowerShell.Commands.ModuleSpecification[]", NULL, PARAM_NAMED, PARAM_PROPERTY},
    {"All", "switch", NULL, PARAM_NAMED},
    {"ListAvailable", "switch", NULL, PARAM_NAMED, 0, SET_AVAILABLE, .mandatory_sets = SET_AVAILABLE},
    {"PSEdition", "string", NULL, PARAM_NAMED, 0, SET_AVAILABLE},
    {"Refresh", "switch", NULL, PARAM_NAMED, 0, SET_AVAILABLE},
    {"SkipEditionCheck", "switch", NULL, PARAM_NAMED, 0, SET_AVAILABLE},
    {0},
};

static bool named_so(value pattern, const struct module *module)
{
    value name = module->name, path = module->path;
    bool is_path = module_is_path(value_text(pattern));
    value against = is_path && path.kind == V_STRING ? path : name;
    return wildcard_match(value_text(pattern), pattern.string->size, value_text(against),
                          against.string->size, true);
}

static bool wished_for(struct command *cmd, const struct module *module, bool *ret)
{
    value items = cmd->arg[FULLY_QUALIFIED];
    *ret = false;
    for (size_t i = 0; !*ret && items.kind == V_ARRAY && i < items.array->count; i++) {
        struct module_wish wish;
        if (!module_wish(cmd->in, items.array->items[i], &wish))
            return false;
        *ret = value_is_text(wish.name, value_text(module->name)) && module_wish_met(&wish, module);
        module_wish_drop(&wish);
    }
    return true;
}

static bool asked_for(struct command *cmd, const struct module *module, bool *ret)
{
    value names = cmd->arg[NAME];
    *ret = true;
    if (cmd_bound(cmd, FULLY_QUALIFIED))
        return wished_for(cmd, module, ret);
    if (!cmd_bound(cmd, NAME) || names.kind != V_ARRAY)
        return true;
    *ret = false;
    for (size_t i = 0; !*ret && i < names.array->count; i++)
        *ret = names.array->items[i].kind == V_STRING && named_so(names.array->items[i], module);
    return true;
}

static int by_name(const void *a, const void *b)
{
    const struct string *x = MODULE(*(const value *)a)->name.string,
                        *y = MODULE(*(const value *)b)->name.string;
    return utf8_compare_ignore_case(x->text, x->size, y->text, y->size);
}

static bool write_sorted(struct command *cmd, struct array *list)
{
    if (list->count)
        qsort(list->items, list->count, sizeof(value), by_name);
    for (size_t i = 0; i < list->count; i++) {
        bool wanted;
        if (!asked_for(cmd, MODULE(list->items[i]), &wanted))
            return false;
        if (wanted && !cmd_write(cmd, list->items[i]))
            return false;
    }
    return true;
}

static bool write_loaded(struct command *cmd)
{
    struct table *table;
    struct interp *in = cmd->in;
    value list;
    if (cmd_switch(cmd, ALL) && in->eval->loaded.kind == V_TABLE)
        table = in->eval->loaded.table;
    else if (!module_table(in, &table))
        return false;
    if (!list_new(in, NULL, &list))
        return false;
    bool ok = true;
    for (size_t i = 0; ok && i < table->used; i++)
        if (table->slots[i].key.kind == V_STRING)
            ok = list_add(in, list.array, table->slots[i].val);
    ok = ok && write_sorted(cmd, list.array);
    value_drop(list);
    return ok;
}

// --- Those that are not loaded
// ---------------------------------------------------------------------------------------

static bool add_described(struct command *cmd, value path, struct array *list)
{
    value module;
    if (!module_describe(cmd, path, &module))
        return false;
    bool ok = module.kind == V_NULL || list_add(cmd->in, list, module);
    value_drop(module);
    return ok;
}

static bool add_at(struct command *cmd, value name, struct array *list)
{
    value path;
    if (!module_file_at(cmd, value_text(name), &path))
        return false;
    bool ok = path.kind == V_NULL || add_described(cmd, path, list);
    value_drop(path);
    return ok;
}

static bool write_those_at(struct command *cmd, value names)
{
    value list;
    if (!list_new(cmd->in, NULL, &list))
        return false;
    bool ok = true;
    for (size_t i = 0; ok && i < names.array->count; i++)
        if (names.array->items[i].kind == V_STRING && module_is_path(value_text(names.array->items[i])))
            ok = add_at(cmd, names.array->items[i], list.array);
    for (size_t i = 0; ok && i < list.array->count; i++)
        ok = cmd_write(cmd, list.array->items[i]);
    value_drop(list);
    return ok;
}

static bool write_available(struct command *cmd)
{
    struct interp *in = cmd->in;
    value files = value_null, list;
    if (!list_new(in, NULL, &list))
        return false;
    bool ok = module_files(cmd, &files);
    for (size_t i = 0; ok && i < files.array->count; i++)
        ok = add_described(cmd, files.array->items[i], list.array);
    value_drop(files);
    ok = ok && write_sorted(cmd, list.array);
    value_drop(list);
    return ok &&
           (!cmd_bound(cmd, NAME) || cmd->arg[NAME].kind != V_ARRAY || write_those_at(cmd, cmd->arg[NAME]));
}

static bool process(struct command *cmd)
{
    return cmd_switch(cmd, LIST_AVAILABLE) ? write_available(cmd) : write_loaded(cmd);
}

const struct cmdlet cmdlet_get_module = {.params = params, .sets = sets, .process = process};
