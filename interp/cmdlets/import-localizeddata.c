// A table out of a file of strings beside the script, in the folder of a culture or above it.
#include <string.h>

#include "interp/cmdlets/modules.h"
#include "interp/eval/block.h"
#include "interp/eval/pipeline.h"
#include "interp/eval/text-command.h"
#include "interp/providers/path.h"

enum { BINDING_VARIABLE, UI_CULTURE, BASE_DIRECTORY, FILE_NAME, SUPPORTED };
static const struct param params[] = {
    {"BindingVariable", "string", "Variable", 0, PARAM_NOT_NULL_OR_EMPTY},
    {"UICulture", "string", NULL, 1, 0},
    {"BaseDirectory", "string", NULL, PARAM_NAMED},
    {"FileName", "string", NULL, PARAM_NAMED},
    {"SupportedCommand", "string[]", NULL, PARAM_NAMED},
    {0},
};

enum { MOST_COMMANDS = 32 };

static const char *source_path(const struct command *cmd)
{
    const struct code *code = stage_of(cmd)->code;
    return code && code->source ? code->source->name : NULL;
}

// The folder and the name that were not given are those of the script that asks.
static bool base_of(struct command *cmd, value *ret)
{
    const char *path = source_path(cmd);
    if (cmd_bound(cmd, BASE_DIRECTORY))
        return module_whole_path(cmd, value_text(cmd->arg[BASE_DIRECTORY]), ret);
    if (path)
        return string_new(cmd->in, path, path_parent_size(path), ret);
    return module_whole_path(cmd, ".", ret);
}

static bool name_of(struct command *cmd, value *ret)
{
    value path;
    if (cmd_bound(cmd, FILE_NAME))
        return *ret = value_keep(cmd->arg[FILE_NAME]), true;
    if (!source_path(cmd))
        return cmd_throw(cmd, "NotCalledFromAScriptFile", CAT_InvalidOperation, value_null,
                         "Outside of a script file -FileName says which file.");
    if (!string_text(cmd->in, source_path(cmd), &path))
        return false;
    bool ok = module_name_of(cmd->in, path, ret);
    return value_drop(path), ok;
}

static bool try_file(struct command *cmd, const char *base, const char *culture, size_t size,
                     const char *name, value *ret)
{
    const char *dot = strrchr(name, '.');
    enum module_entry entry;
    value path;
    if (!string_printf(cmd->in, &path, "%s/%.*s%s%s%s", base, (int)size, culture, size ? "/" : "", name,
                       dot && !strcasecmp(dot, ".psd1") ? "" : ".psd1"))
        return false;
    bool ok = module_entry(cmd, value_text(path), &entry);
    if (ok && entry == ENTRY_FILE)
        *ret = value_keep(path);
    return value_drop(path), ok;
}

// "de-AT", then "de", then none; the invariant culture has no name. What is not asked for falls back on
// en-US.
static bool find_file(struct command *cmd, const char *base, const char *name, value *ret)
{
    const char *culture = cmd_bound(cmd, UI_CULTURE) ? value_text(cmd->arg[UI_CULTURE]) : "";
    size_t size = strlen(culture);
    *ret = value_null;
    for (;;) {
        if (!try_file(cmd, base, culture, size, name, ret) || ret->kind != V_NULL || !size)
            break;
        while (size && culture[size - 1] != '-')
            size--;
        size -= size > 0;
    }
    if (ret->kind == V_NULL && value_is_null(cmd->in->thrown) && !cmd_bound(cmd, UI_CULTURE))
        return try_file(cmd, base, "en-US", 5, name, ret);
    return value_is_null(cmd->in->thrown);
}

static bool invalid(struct command *cmd, value path, const char *why)
{
    return cmd_throw(cmd, "ImportLocalizedData", CAT_InvalidOperation, path, "'%s': %s", value_text(path),
                     why);
}

static bool check(struct command *cmd, struct source *source, value path)
{
    const char *commands[MOST_COMMANDS] = {"ConvertFrom-StringData"};
    size_t count = 1;
    value more = cmd->arg[SUPPORTED];
    for (size_t i = 0; cmd_bound(cmd, SUPPORTED) && i < more.array->count && count < MOST_COMMANDS; i++)
        commands[count++] = value_text(more.array->items[i]);
    const struct mode_allow allow = {.commands = commands, .command_count = count};
    if (!source->error_count && mode_check_restricted(source, source->root, &allow))
        return true;
    return invalid(cmd, path, source->errors[0].text ? source->errors[0].text : source->errors[0].id);
}

static bool evaluate(struct command *cmd, value path, value *ret)
{
    struct source *source;
    struct err err = {0};
    value text, block;
    if (!script_read(cmd->in, path, &text))
        return invalid(cmd, path, "it cannot be read.");
    bool ok = parse(value_text(text), text.string->size, value_text(path), 0, &source, &err);
    value_drop(text);
    if (!ok)
        return invalid(cmd, path, err.text);
    ok = check(cmd, source, path) && block_new(cmd->in, source, source->root, NULL, &block);
    if (ok) {
        ok = cmd->in->call_block(cmd->in, block, value_null, ret);
        value_drop(block);
    }
    source_free(source);
    return ok;
}

static bool give(struct command *cmd, value path)
{
    value v;
    if (!evaluate(cmd, path, &v))
        return false;
    bool ok = cmd_bound(cmd, BINDING_VARIABLE)
                  ? interp_set_variable(cmd->in, value_text(cmd->arg[BINDING_VARIABLE]), v)
                  : cmd_write(cmd, v);
    return value_drop(v), ok;
}

static bool look(struct command *cmd, const char *base)
{
    value name, path;
    if (!name_of(cmd, &name))
        return false;
    bool ok = find_file(cmd, base, value_text(name), &path);
    if (ok && path.kind == V_NULL)
        ok = cmd_error(cmd, "ImportLocalizedData", CAT_ObjectNotFound, name,
                       "There is no file of strings '%s' in '%s', nor in a folder of its cultures.",
                       value_text(name), base);
    else if (ok)
        ok = give(cmd, path);
    value_drop(path);
    return value_drop(name), ok;
}

static bool process(struct command *cmd)
{
    const char *refusal = mode_gate(cmd->in->mode, GATE_LOCALIZED_DATA_COMMANDS);
    value base;
    if (cmd_bound(cmd, SUPPORTED) && refusal)
        return cmd_throw(cmd, refusal, CAT_PermissionDenied, value_null,
                         "This mode adds no commands to data.");
    if (!base_of(cmd, &base))
        return false;
    if (base.kind == V_NULL)
        return cmd_error(cmd, "ImportLocalizedData", CAT_ObjectNotFound, value_null,
                         "There is no such folder.");
    bool ok = look(cmd, value_text(base));
    return value_drop(base), ok;
}

const struct cmdlet cmdlet_import_localizeddata = {.params = params, .process = process};
