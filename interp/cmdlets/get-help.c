// Get-Help: what a command takes, from the table that its arguments are bound by.
#include <string.h>

#include "base/utf8.h"
#include "base/wildcard.h"
#include "interp/cmdlets/command-info.h"
#include "interp/eval/comment-help.h"
#include "interp/eval/function-info.h"
#include "interp/eval/function-table.h"
#include "interp/eval/names.h"
#include "interp/eval/text-command.h"
#include "interp/format/text.h"
#include "interp/value/types.h"

enum { NAME, CATEGORY, FULL, DETAILED, EXAMPLES, PARAMETER, ONLINE, PATH, COMPONENT, FUNCTIONALITY, ROLE };
enum { WIDTH = 80 }; // where there is no screen
enum { SET_FULL = 1, SET_DETAILED = 2, SET_EXAMPLES = 4, SET_PARAMETERS = 8, SET_ONLINE = 16 };

static const char *const sets[] = {"AllUsersView", "DetailedView", "Examples", "Parameters", "Online", NULL};
static const struct param params[] = {
    {"Name", "string", NULL, 0, PARAM_PROPERTY},
    {"Category", "string[]", NULL, PARAM_NAMED,
     .set_values = "Alias|Cmdlet|Provider|General|FAQ|Glossary|HelpFile|ScriptCommand|Function|Filter|"
                   "ExternalScript|All|DefaultHelp|"
                   "DscResource|Class|Configuration"},
    {"Full", "switch", NULL, PARAM_NAMED, 0, SET_FULL},
    {"Detailed", "switch", NULL, PARAM_NAMED, PARAM_MANDATORY, SET_DETAILED},
    {"Examples", "switch", NULL, PARAM_NAMED, PARAM_MANDATORY, SET_EXAMPLES},
    {"Parameter", "string[]", NULL, PARAM_NAMED, PARAM_MANDATORY, SET_PARAMETERS},
    {"Online", "switch", NULL, PARAM_NAMED, PARAM_MANDATORY, SET_ONLINE},
    {"Path", "string", NULL, PARAM_NAMED},
    {"Component", "string[]", NULL, PARAM_NAMED},
    {"Functionality", "string[]", NULL, PARAM_NAMED},
    {"Role", "string[]", NULL, PARAM_NAMED},
    {0},
};

// ---- The text ----

static void add_parameter(struct buf *out, const struct param *param)
{
    buf_printf(out, "    -%s <", param->name);
    command_add_type(out, strcmp(param->type, "switch") ? param->type : "SwitchParameter");
    buf_add_text(out, ">\n");
    buf_printf(out, "        Required: %s", param->flags & PARAM_MANDATORY ? "yes" : "no");
    if (param->position != PARAM_NAMED)
        buf_printf(out, "; position: %d", param->position);
    if (param->flags & PARAM_PIPELINE)
        buf_add_text(out, "; from the pipeline");
    if (param->aliases)
        buf_printf(out, "; also: %s", param->aliases);
    if (param->set_values)
        buf_printf(out, "; one of: %s", param->set_values);
    buf_add_text(out, "\n\n");
}

static bool add_aliases(struct interp *in, const struct visible_command *command, struct buf *out)
{
    value list;
    bool any = false;
    if (!alias_list(in, &list))
        return false;
    for (size_t i = 0; i < list.array->count; i++) {
        struct alias *alias = (struct alias *)list.array->items[i].object;
        if (!value_is_text(alias->definition, command->name))
            continue;
        buf_printf(out, any ? ", %s" : "\nALIASES\n    %s", value_text(alias->name));
        any = true;
    }
    if (any)
        buf_add_char(out, '\n');
    value_drop(list);
    return true;
}

// One way to call the command; a parameter and its value stay on one row.
static void add_call(struct buf *out, const char *line, size_t size, size_t width)
{
    enum { INDENT = 4, FURTHER = 8 };
    size_t column = INDENT;
    buf_printf(out, "%*s", INDENT, "");
    for (size_t at = 0, next; at < size; at = next) {
        for (next = at + 1; next < size && !(line[next] == ' ' && strchr("[-", line[next + 1]));)
            next++;
        bool blank = line[at] == ' ';
        if (blank && column + (next - at) >= width && column > FURTHER) {
            buf_printf(out, "\n%*s", FURTHER - 1, "");
            column = FURTHER - 1;
        }
        buf_add(out, line + at, next - at);
        column += next - at;
    }
    buf_add_text(out, "\n\n");
}

static bool add_help(struct command *cmd, const struct visible_command *command, struct buf *out)
{
    const struct host *host = cmd->in->host;
    size_t width = host->width ? host->width(host->context) : 0;
    struct buf syntax = {0};
    buf_printf(out, "NAME\n    %s\n\nSYNTAX\n", command->name);
    if (!command_syntax(cmd->in, command, &syntax))
        return buf_free(&syntax), false;
    for (char *line = syntax.data; line && *line;) {
        size_t size = strcspn(line, "\n");
        add_call(out, line, size, width ? width : WIDTH);
        line += size + (line[size] == '\n');
    }
    buf_free(&syntax);
    buf_add_text(out, "PARAMETERS\n");
    for (const struct param *p = command_params(cmd->in, command); p->name; p++)
        if (!(p->flags & PARAM_HIDDEN))
            add_parameter(out, p);
    buf_add_text(out, "    <CommonParameters>\n        -Verbose, -Debug, -ErrorAction and the others that "
                      "every command takes.\n");
    return add_aliases(cmd->in, command, out) && (out->failed ? throw_full(cmd->in, out) : true);
}

// ---- The object ----

static bool add_text(struct interp *in, value to, const char *name, const char *text, size_t size)
{
    value v;
    if (!string_new(in, text, size, &v))
        return false;
    bool ok = member_add(in, to, name, v);
    value_drop(v);
    return ok;
}

static bool add_member(struct interp *in, value to, const char *name, const char *text)
{
    return add_text(in, to, name, text, strlen(text));
}

// One line that says what the command is called with.
static bool add_synopsis(struct command *cmd, const struct visible_command *command, value to)
{
    struct buf syntax = {0};
    bool ok = command_syntax(cmd->in, command, &syntax) &&
              add_text(cmd->in, to, "Synopsis", buf_text(&syntax), strcspn(buf_text(&syntax), "\n"));
    buf_free(&syntax);
    return ok;
}

static const char *category_of(const struct visible_command *command)
{
    return command_is_function(command) ? "Function" : "Cmdlet";
}

static bool write_help(struct command *cmd, const struct visible_command *command, bool whole)
{
    struct interp *in = cmd->in;
    struct buf text = {0};
    value help;
    if (!custom_new(in, &help))
        return false;
    bool ok =
        add_member(in, help, "Name", command->name) &&
        add_member(in, help, "Category", category_of(command)) &&
        add_member(in, help, "ModuleName", command_is_function(command) ? "" : cmdlet_module(command->id)) &&
        add_synopsis(cmd, command, help);
    if (ok && whole)
        ok = add_help(cmd, command, &text) && add_text(in, help, "Text", text.data, text.size) &&
             member_add_type_name(in, help, "HelpInfo");
    buf_free(&text);
    if (ok)
        ok = cmd_write(cmd, help);
    value_drop(help);
    return ok;
}

// ---- Which help ----

static bool wants_category(const struct command *cmd, const struct visible_command *command)
{
    if (!cmd_bound(cmd, CATEGORY))
        return true;
    struct array *categories = cmd->arg[CATEGORY].array;
    for (size_t i = 0; i < categories->count; i++)
        if (value_is_text(categories->items[i], category_of(command)) ||
            value_is_text(categories->items[i], "All"))
            return true;
    return categories->count == 0;
}

static bool write_parameters(struct command *cmd, const struct visible_command *command)
{
    struct array *names = cmd->arg[PARAMETER].array;
    struct buf text = {0};
    for (const struct param *p = command_params(cmd->in, command); p->name; p++)
        for (size_t i = 0; i < names->count; i++) {
            struct text pattern = text_of(names->items[i]);
            if (!wildcard_match(pattern.at, pattern.size, p->name, strlen(p->name), true))
                continue;
            add_parameter(&text, p);
            break;
        }
    value v;
    bool any = text.size > 0, ok = !any || string_new(cmd->in, text.data, text.size, &v);
    buf_free(&text);
    if (any)
        return ok && cmd_take(cmd, v);
    return cmd_error(cmd, "NoParmsFound", CAT_InvalidArgument, cmd->arg[PARAMETER],
                     "'%s' has no such parameter.", command->name);
}

static bool write_matching(struct command *cmd, struct text pattern)
{
    const struct session *session = cmd->in->session;
    const struct visible_command *only = NULL;
    size_t count = 0;
    for (size_t i = 0; i < session->command_count; i++) {
        const struct visible_command *command = &session->commands[i];
        if (!command->visible || !wants_category(cmd, command) ||
            !wildcard_match(pattern.at, pattern.size, command->name, strlen(command->name), true))
            continue;
        only = command;
        count++;
    }
    if (count == 1)
        return write_help(cmd, only, true);
    for (size_t i = 0; i < session->command_count; i++) {
        const struct visible_command *command = &session->commands[i];
        if (command->visible && wants_category(cmd, command) &&
            wildcard_match(pattern.at, pattern.size, command->name, strlen(command->name), true) &&
            !write_help(cmd, command, false))
            return false;
    }
    return true;
}

// PowerShell looks for help files next; where no files are shown, it fails over that.
static bool not_found(struct command *cmd, value name)
{
    if (!(cmd->in->session->providers >> PROVIDER_filesystem & 1))
        return cmd_throw(cmd, "ProviderNotFound", CAT_ObjectNotFound, name,
                         "There is no help for '%s', and no files to look in.", value_text(name));
    return cmd_error(cmd, "HelpNotFound", CAT_ResourceUnavailable, name,
                     "There is no help for '%s': Get-Command lists what can be asked about.",
                     value_text(name));
}

// --- Functions of scripts
// ------------------------------------------------------------------------------------

static bool write_one_parameter(struct command *cmd, value help)
{
    struct array *names = cmd->arg[PARAMETER].array;
    value group, all;
    bool any = false, ok = true;
    if (!member_named(cmd->in, help, "parameters", &group))
        return false;
    if (!member_named(cmd->in, group, "parameter", &all))
        return value_drop(group), false;
    value_drop(group);
    for (size_t i = 0; ok && i < all.array->count; i++) {
        value name;
        ok = member_named(cmd->in, all.array->items[i], "name", &name);
        for (size_t k = 0; ok && k < names->count; k++) {
            struct text pattern = text_of(names->items[k]);
            if (wildcard_match(pattern.at, pattern.size, value_text(name), name.string->size, true))
                any = true, ok = cmd_write(cmd, all.array->items[i]), k = names->count;
        }
        value_drop(name);
    }
    value_drop(all);
    return ok && (any || cmd_error(cmd, "NoParmsFound", CAT_InvalidArgument, cmd->arg[PARAMETER],
                                   "The function has no such parameter."));
}

static bool fits_any(const struct command *cmd, unsigned parameter, value v)
{
    const struct array *patterns = cmd->arg[parameter].array;
    for (size_t i = 0; v.kind == V_STRING && i < patterns->count; i++) {
        struct text pattern = text_of(patterns->items[i]);
        if (wildcard_match(pattern.at, pattern.size, value_text(v), v.string->size, true))
            return true;
    }
    return false;
}

// -Component, -Role and -Functionality: help that is of another one is not found.
static bool is_wanted(struct command *cmd, value help)
{
    static const struct {
        unsigned parameter;
        const char *name;
    } rows[] = {{COMPONENT, "Component"}, {ROLE, "Role"}, {FUNCTIONALITY, "Functionality"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        value v = value_null;
        bool found;
        if (!cmd_bound(cmd, rows[i].parameter))
            continue;
        bool fits = member_get(cmd->in, help, rows[i].name, strlen(rows[i].name), &v, &found) &&
                    fits_any(cmd, rows[i].parameter, v);
        value_drop(v);
        if (!fits)
            return false;
    }
    return true;
}

static bool write_wanted(struct command *cmd, value help, bool *ret_done)
{
    if (!is_wanted(cmd, help))
        return true;
    *ret_done = true;
    return cmd_bound(cmd, PARAMETER) ? write_one_parameter(cmd, help) : cmd_write(cmd, help);
}

// What its help is handed on to, is the name of another: of a function, or in the end of a command.
static bool write_function(struct command *cmd, value *io_name, bool *ret_done)
{
    value info = value_void, help = value_null;
    *ret_done = false;
    for (int hops = 0; function_item && hops < 8; hops++) {
        if (!function_item(cmd->in, value_text(*io_name), &info) || info.kind == V_VOID)
            return value_is_null(cmd->in->thrown);
        bool ok = function_help(cmd->in, info, &help);
        value_drop(info);
        if (!ok)
            return false;
        if (help.kind != V_STRING)
            break;
        value_drop(*io_name);
        *io_name = help;
    }
    if (help.kind != V_OBJECT)
        return true;
    bool ok = write_wanted(cmd, help, ret_done);
    return value_drop(help), ok;
}

// The help of a script file is what its comments say, as with a function.
static bool write_file(struct command *cmd, value name, bool *ret_done)
{
    struct interp *in = cmd->in;
    value path, text, info, help = value_null;
    *ret_done = false;
    if (!script_info_new || !script_is_path(name) || !script_locate(in, name, &path))
        return value_is_null(in->thrown);
    bool ok = script_read(in, path, &text);
    if (ok) {
        ok = script_info_new(in, path, text, &info);
        value_drop(text);
    }
    value_drop(path);
    if (!ok)
        return value_is_null(in->thrown);
    ok = function_help(in, info, &help);
    value_drop(info);
    ok = ok && write_wanted(cmd, help, ret_done);
    return value_drop(help), ok;
}

static bool write_named(struct command *cmd, value asked, value *io_name)
{
    bool done;
    if (!write_file(cmd, *io_name, &done) || done)
        return done && value_is_null(cmd->in->thrown);
    if (!write_function(cmd, io_name, &done) || done)
        return done && value_is_null(cmd->in->thrown);
    struct text text = text_of(*io_name);
    const struct visible_command *command = session_command(cmd->in->session, text.at, text.size);
    if (!command || !command->visible || !wants_category(cmd, command))
        return not_found(cmd, asked);
    return cmd_bound(cmd, PARAMETER) ? write_parameters(cmd, command) : write_help(cmd, command, true);
}

static bool process(struct command *cmd)
{
    value name = cmd_bound(cmd, NAME) ? cmd->arg[NAME] : value_null;
    if (name.kind != V_STRING || name.string->size == 0)
        return write_matching(cmd, (struct text){"*", 1});
    if (wildcard_has(value_text(name), name.string->size))
        return write_matching(cmd, text_of(name));
    struct alias *alias = alias_get(cmd->in, value_text(name), name.string->size);
    value meant = value_keep(alias ? alias->definition : name);
    bool ok = write_named(cmd, name, &meant);
    return value_drop(meant), ok;
}

const struct cmdlet cmdlet_get_help = {.params = params, .sets = sets, .process = process};
