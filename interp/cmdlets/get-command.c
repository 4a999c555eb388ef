#include <string.h>

#include "base/utf8.h"
#include "base/wildcard.h"
#include "interp/cmdlets/command-info.h"
#include "interp/eval/function-info.h"
#include "interp/eval/function-table.h"
#include "interp/eval/names.h"
#include "interp/eval/text-command.h"
#include "interp/format/text.h"
#include "interp/value/types.h"

enum {
    NAME,
    MODULE,
    ARGUMENT_LIST,
    COMMAND_TYPE,
    LIST_IMPORTED,
    SHOW_INFO,
    VERB,
    NOUN,
    ALL,
    SYNTAX,
    TOTAL_COUNT,
    PARAMETER_NAME
};
enum { SET_CMDLET = 1, SET_ALL = 2 };
enum { TYPE_ALIAS = 1, TYPE_FUNCTION = 2, TYPE_FILTER = 4, TYPE_CMDLET = 8, TYPE_SCRIPT = 16, TYPE_ANY = -1 };

static const char *const sets[] = {"CmdletSet", "AllCommandSet", NULL};
static const struct param params[] = {
    {"Name", "string[]", NULL, 0, PARAM_PIPELINE | PARAM_PROPERTY | PARAM_NOT_NULL_OR_EMPTY, SET_ALL},
    {"Module", "string[]", "PSSnapin", PARAM_NAMED, PARAM_PROPERTY},
    {"ArgumentList", "object[]", "Args", 1, PARAM_ALLOW_NULL | PARAM_ALLOW_EMPTY_COLLECTION},
    {"CommandType", "System.Management.Automation.CommandTypes", "Type", PARAM_NAMED, PARAM_PROPERTY,
     SET_ALL},
    {"ListImported", "switch", NULL, PARAM_NAMED, PARAM_PROPERTY},
    {"ShowCommandInfo", "switch", NULL, PARAM_NAMED},
    {"Verb", "string[]", NULL, PARAM_NAMED, PARAM_PROPERTY, SET_CMDLET},
    {"Noun", "string[]", NULL, PARAM_NAMED, PARAM_PROPERTY, SET_CMDLET},
    {"All", "switch", NULL, PARAM_NAMED, PARAM_PROPERTY},
    {"Syntax", "switch", NULL, PARAM_NAMED, PARAM_PROPERTY},
    {"TotalCount", "int", NULL, PARAM_NAMED, PARAM_PROPERTY},
    {"ParameterName", "string[]", NULL, PARAM_NAMED},
    {0},
};

struct state {
    int64_t written;
};

static bool matches(value pattern, const char *name, size_t size)
{
    struct text text = text_of(pattern);
    return wildcard_match(text.at, text.size, name, size, true);
}

static bool matches_any(const struct command *cmd, unsigned param, const char *name, size_t size)
{
    if (!cmd_bound(cmd, param) || value_is_null(cmd->arg[param]))
        return true;
    for (size_t i = 0; i < cmd->arg[param].array->count; i++)
        if (matches(cmd->arg[param].array->items[i], name, size))
            return true;
    return false;
}

static bool has_parameter(struct command *cmd, const struct visible_command *command)
{
    if (!cmd_bound(cmd, PARAMETER_NAME))
        return true;
    for (const struct param *p = command_params(cmd->in, command); p && p->name; p++)
        if (matches_any(cmd, PARAMETER_NAME, p->name, strlen(p->name)))
            return true;
    return false;
}

static bool wants_type(const struct command *cmd, int64_t type)
{
    return !cmd_bound(cmd, COMMAND_TYPE) || cmd->arg[COMMAND_TYPE].i & type;
}

static bool passes(struct command *cmd, const struct visible_command *command)
{
    const char *dash = strchr(command->name, '-');
    const char *module = command_is_function(command) ? "" : cmdlet_module(command->id);
    if (!command->visible || !wants_type(cmd, command_is_function(command) ? TYPE_FUNCTION : TYPE_CMDLET))
        return false;
    if (!matches_any(cmd, MODULE, module, strlen(module)))
        return false;
    if ((cmd_bound(cmd, VERB) || cmd_bound(cmd, NOUN)) && !dash)
        return false;
    return matches_any(cmd, VERB, command->name, strcspn(command->name, "-")) &&
           matches_any(cmd, NOUN, dash ? dash + 1 : "", dash ? strlen(dash + 1) : 0) &&
           has_parameter(cmd, command);
}

static bool full(const struct command *cmd)
{
    const struct state *state = cmd->state;
    return cmd_bound(cmd, TOTAL_COUNT) && cmd->arg[TOTAL_COUNT].i >= 0 &&
           state->written >= cmd->arg[TOTAL_COUNT].i;
}

static bool write(struct command *cmd, const struct visible_command *command)
{
    struct state *state = cmd->state;
    value info;
    if (full(cmd))
        return true;
    state->written++;
    if (!cmd_switch(cmd, SYNTAX))
        return command_info_new(cmd->in, command, &info) && cmd_take(cmd, info);
    struct buf text = {0};
    bool ok =
        command_definition(cmd->in, command, &text) && string_new(cmd->in, buf_text(&text), text.size, &info);
    buf_free(&text);
    return ok && cmd_take(cmd, info);
}

static bool write_alias(struct command *cmd, value info)
{
    struct state *state = cmd->state;
    if (full(cmd))
        return true;
    state->written++;
    return cmd_write(cmd, info);
}

// Sessions that show only the commands of RestrictedRemoteServer keep the aliases out of lists.
static bool write_aliases(struct command *cmd, value pattern)
{
    value list;
    bool ok = true;
    if (!wants_type(cmd, TYPE_ALIAS) || cmd_bound(cmd, VERB) || cmd_bound(cmd, NOUN) ||
        cmd_bound(cmd, MODULE))
        return true;
    if (cmd->in->session->type == SESSION_RESTRICTED && !cmd_bound(cmd, COMMAND_TYPE))
        return true;
    if (!alias_list(cmd->in, &list))
        return false;
    for (size_t i = 0; ok && i < list.array->count; i++) {
        struct text name = text_of(((struct alias *)list.array->items[i].object)->name);
        if (pattern.kind != V_STRING || matches(pattern, name.at, name.size))
            ok = write_alias(cmd, list.array->items[i]);
    }
    value_drop(list);
    return ok;
}

// --- Functions of scripts
// ----------------------------------------------------------------------------------------

static bool property_matches(struct command *cmd, unsigned param, value info, const char *name)
{
    value v;
    if (!cmd_bound(cmd, param))
        return true;
    if (!member_named(cmd->in, info, name, &v))
        return false;
    bool ok = v.kind == V_STRING && matches_any(cmd, param, value_text(v), v.string->size);
    return value_drop(v), ok;
}

static bool takes_parameter(struct command *cmd, value info)
{
    value v;
    bool ok = false;
    if (!cmd_bound(cmd, PARAMETER_NAME))
        return true;
    if (!member_named(cmd->in, info, "Parameters", &v))
        return false;
    for (size_t i = 0; v.kind == V_TABLE && i < v.table->used; i++) {
        value key = v.table->slots[i].key;
        ok = ok ||
             (key.kind == V_STRING && matches_any(cmd, PARAMETER_NAME, value_text(key), key.string->size));
    }
    return value_drop(v), ok;
}

static bool function_passes(struct command *cmd, value info)
{
    const char *name = value_text(FUNCTION_INFO(info)->name);
    bool filter = info.object->type == &type_script_filter;
    if (!wants_type(cmd, filter ? TYPE_FILTER : TYPE_FUNCTION) ||
        !property_matches(cmd, MODULE, info, "ModuleName"))
        return false;
    if ((cmd_bound(cmd, VERB) || cmd_bound(cmd, NOUN)) && !strchr(name, '-'))
        return false;
    return property_matches(cmd, VERB, info, "Verb") && property_matches(cmd, NOUN, info, "Noun") &&
           takes_parameter(cmd, info);
}

// "name [[-A] <Object>]", a line for each set.
static bool write_function_syntax(struct command *cmd, value info)
{
    value all, line, text;
    bool ok = true;
    struct buf out = BUF_INIT;
    if (!member_named(cmd->in, info, "ParameterSets", &all))
        return false;
    for (size_t i = 0; ok && i < all.array->count; i++) {
        ok = value_to_string(cmd->in, all.array->items[i], &line);
        if (ok)
            buf_printf(&out, "\n%s %s\n", value_text(FUNCTION_INFO(info)->name), value_text(line)),
                value_drop(line);
    }
    ok = ok && string_new(cmd->in, buf_text(&out), out.size, &text);
    buf_free(&out);
    value_drop(all);
    return ok && cmd_take(cmd, text);
}

static bool write_function(struct command *cmd, value info)
{
    struct state *state = cmd->state;
    if (full(cmd))
        return true;
    state->written++;
    return cmd_switch(cmd, SYNTAX) ? write_function_syntax(cmd, info) : cmd_write(cmd, info);
}

static bool write_functions(struct command *cmd, value pattern)
{
    value list;
    bool ok = true;
    if (!function_list)
        return true;
    if (!function_list(cmd->in, &list))
        return false;
    for (size_t i = 0; ok && i < list.array->count; i++) {
        value info = list.array->items[i];
        struct text name = text_of(FUNCTION_INFO(info)->name);
        if ((pattern.kind != V_STRING || matches(pattern, name.at, name.size)) && function_passes(cmd, info))
            ok = write_function(cmd, info);
    }
    value_drop(list);
    return ok;
}

// Functions before cmdlets, each by name, as the session holds them.
static bool write_kind(struct command *cmd, value pattern, bool functions)
{
    const struct session *session = cmd->in->session;
    for (size_t i = 0; i < session->command_count; i++) {
        const struct visible_command *command = &session->commands[i];
        if (command_is_function(command) != functions || !passes(cmd, command))
            continue;
        if (pattern.kind == V_STRING && !matches(pattern, command->name, strlen(command->name)))
            continue;
        if (!write(cmd, command))
            return false;
    }
    return true;
}

static bool write_all(struct command *cmd, value pattern)
{
    return write_aliases(cmd, pattern) && write_functions(cmd, pattern) && write_kind(cmd, pattern, true) &&
           write_kind(cmd, pattern, false);
}

// A script file is read to be described; one that cannot be parsed is no command.
static bool write_script(struct command *cmd, value name, bool *ret_done)
{
    struct interp *in = cmd->in;
    value path, text, info;
    *ret_done = false;
    if (!script_info_new || !wants_type(cmd, TYPE_SCRIPT) || !script_is_path(name) ||
        !script_locate(in, name, &path))
        return value_is_null(in->thrown);
    bool ok = script_read(in, path, &text);
    if (ok) {
        *ret_done = ok = script_info_new(in, path, text, &info);
        value_drop(text);
    }
    value_drop(path);
    if (!ok)
        return value_is_null(in->thrown);
    ok = write_function(cmd, info);
    return value_drop(info), ok;
}

// What looks like a path is looked for among files; where none are shown, that is what fails.
static bool not_found(struct command *cmd, value name)
{
    bool path = strpbrk(value_text(name), "\\/") != NULL;
    if (path && !(cmd->in->session->providers >> PROVIDER_filesystem & 1))
        return cmd_throw(cmd, "ProviderNotFound", CAT_ObjectNotFound, name,
                         "This session shows no files: give '%s' without a path.", value_text(name));
    return cmd_error(cmd, "CommandNotFoundException", CAT_ObjectNotFound, name,
                     "There is no command '%s' in this session.", value_text(name));
}

// A function of a script hides the command of the same name.
static bool write_named_function(struct command *cmd, value name, bool *ret_done)
{
    value info = value_void;
    *ret_done = false;
    if (function_item && !function_item(cmd->in, value_text(name), &info))
        return false;
    bool ok = true;
    if (info.kind != V_VOID && function_passes(cmd, info))
        *ret_done = true, ok = write_function(cmd, info);
    return value_drop(info), ok;
}

// An alias by name is itself, unless another type is asked for; with -All what it hides comes behind it.
static bool write_named(struct command *cmd, value name)
{
    struct alias *alias = alias_get(cmd->in, value_text(name), name.string->size);
    bool all = cmd_switch(cmd, ALL), any = false, done;
    if (alias && wants_type(cmd, TYPE_ALIAS)) {
        any = true;
        if (!write_alias(cmd, (value){.kind = V_OBJECT, .object = &alias->head}))
            return false;
    }
    if (any && !all)
        return true;
    if (!write_named_function(cmd, name, &done))
        return false;
    any = any || done;
    const struct visible_command *command =
        session_command(cmd->in->session, value_text(name), name.string->size);
    if ((!any || all) && command && passes(cmd, command))
        return write(cmd, command);
    if (!any && !write_script(cmd, name, &any))
        return false;
    return any || cmd_bound(cmd, MODULE) || not_found(cmd, name);
}

static bool process(struct command *cmd)
{
    if (!cmd_bound(cmd, NAME) || value_is_null(cmd->arg[NAME]))
        return write_all(cmd, value_null);
    struct array *names = cmd->arg[NAME].array;
    for (size_t i = 0; i < names->count; i++) {
        value name = names->items[i];
        if (value_is_null(name))
            continue;
        bool pattern = wildcard_has(value_text(name), name.string->size);
        if (!(pattern ? write_all(cmd, name) : write_named(cmd, name)))
            return false;
    }
    return true;
}

const struct cmdlet cmdlet_get_command = {
    .params = params,
    .sets = sets,
    .default_set = 1,
    .state_size = sizeof(struct state),
    .process = process,
};
