// Text that a command runs: Invoke-Expression's argument, a script file. It is held to the session's mode as
// typed text is.
#include "interp/eval/text-command.h"

#include "interp/value/ast-object.h"

#include <string.h>

#include "base/mem.h"
#include "interp/eval/pipeline.h"
#include "interp/eval/type-definition.h"
#include "interp/value/enum.h"
#include "interp/value/error.h"

// The first error of the text is the command's. A file's has the place in the file, an argument's that of the
// command.
static bool refuse(struct command *cmd, const struct source *source, const char *id, const char *text,
                   bool with_class)
{
    const struct parse_error *first = source && source->error_count ? source->errors : NULL;
    if (with_class)
        cmd_throw(cmd, id, CAT_ParserError, value_null, "%s", text);
    else
        throw_error(cmd->in, id, CAT_ParserError, value_null, "%s", text);
    struct error_record *record = cmd->in->thrown.error;
    if (first && parse_exception_set && record->head.refs != UINT32_MAX &&
        !parse_exception_set(cmd->in, cmd->in->thrown, (struct source *)source, false))
        return false;
    if (!first || with_class || record->head.refs == UINT32_MAX || cmd->in->floor == MODE_NONE)
        return false;
    struct position at = source_position(source, first->start);
    record->positioned = true;
    record->line = at.line;
    record->column = at.column;
    return false;
}

static bool check(struct command *cmd, struct source *source, bool with_class)
{
    enum language_mode mode = mode_narrower(cmd->in->floor, cmd->in->mode);
    const char *gate = mode_gate(mode, GATE_SCRIPT_TEXT);
    if (gate)
        return refuse(cmd, NULL, gate, "This session runs commands, not scripts.", with_class);
    bool ok = !source->error_count;
    if (ok && mode == MODE_RESTRICTED)
        ok = mode_check_restricted(source, source->root, NULL);
    if (ok && mode == MODE_CONSTRAINED)
        ok = mode_check_constrained(source, source->root);
    if (ok && (!types_define || types_define(cmd->in, source)))
        return true;
    if (!value_is_null(cmd->in->thrown))
        return false;
    const struct parse_error *first = source->errors;
    return refuse(cmd, source, first->id, first->text ? first->text : first->id, with_class);
}

// What a text throws is recorded as it is; whoever catches it sees the command that ran the text.
static void name_runner(struct command *cmd)
{
    struct interp *in = cmd->in;
    value copy, id;
    if (in->thrown.kind != V_ERROR || in->thrown.object == in->out_of_memory.object ||
        in->thrown.error->from_throw || in->thrown.error->stopped || in->thrown.error->script_terminating)
        return;
    const char *own = value_text(in->thrown.error->id);
    if (!error_copy(in, in->thrown.error, &copy))
        return;
    if (!string_printf(in, &id, "%.*s,%s", (int)strcspn(own, ","), own, cmd->class_name))
        return value_drop(copy);
    value_drop(copy.error->id);
    copy.error->id = id;
    error_remember(in, in->thrown);
    copy.error->recorded = true;
    value_drop(in->thrown);
    in->thrown = copy;
}

static bool run_source(struct command *cmd, struct source *source, bool with_class)
{
    struct command_sink out = command_sink(cmd);
    struct code *code;
    if (!check(cmd, source, with_class) || !code_compile(cmd->in, source, false, &code))
        return false;
    struct eval_state *eval = cmd->in->eval;
    const struct code *caller = eval->caller;
    uint32_t caller_offset = eval->caller_offset;
    if (!with_class)
        eval->caller = stage_of(cmd)->code, eval->caller_offset = stage_of(cmd)->offset;
    enum language_mode outer = cmd->in->mode, floor = cmd->in->floor;
    cmd->in->mode = mode_narrower(floor, outer);
    bool ok = vm_run(cmd->in, code, &out.sink);
    if (!ok && with_class)
        name_runner(cmd);
    cmd->in->mode = cmd->in->floor == floor ? outer : mode_narrower(outer, cmd->in->floor);
    eval->caller = caller;
    eval->caller_offset = caller_offset;
    code_free(code);
    return ok;
}

bool cmd_run_text(struct command *cmd, const char *text, size_t size, const char *name, bool with_class)
{
    struct source *source;
    struct err err = {0};
    if (!source_parse(cmd->in, text, size, name, &source, &err))
        return refuse(cmd, NULL, err.id, err.text, with_class);
    bool ok = run_source(cmd, source, with_class);
    source_free(source);
    return ok;
}

// --- Script files
// ------------------------------------------------------------------------------------------------

struct script {
    value path, text;
};

enum { ARGUMENTS };

static const struct param script_params[] = {
    {"Arguments", "object[]", NULL, PARAM_NAMED, PARAM_REMAINING},
    {0},
};

static bool script_end(struct command *cmd)
{
    struct script *script = cmd->state;
    return cmd_run_text(cmd, value_text(script->text), script->text.string->size, value_text(script->path),
                        false);
}

static void script_clean(struct command *cmd)
{
    struct script *script = cmd->state;
    value_drop(script->path);
    value_drop(script->text);
}

const struct cmdlet cmdlet_script = {.params = script_params,
                                     .properties = CMDLET_FUNCTION,
                                     .state_size = sizeof(struct script),
                                     .end = script_end,
                                     .clean = script_clean};

bool script_is_path(value name)
{
    const char *text = value_text(name);
    size_t size = name.string->size;
    return size > 4 && strpbrk(text, "/\\:") && !strcasecmp(text + size - 4, ".ps1");
}

// What fails here is told by nobody: there is no such script.
static bool ask(struct interp *in, enum cmdlet_id id, const struct named_arg *args, size_t count, value *ret)
{
    size_t errors = in->errors.array->count;
    if (in->cmdlets[id] && interp_call(in, id, args, count, NULL, 0, ret))
        return true;
    value_set(&in->thrown, value_null);
    if (in->errors.array->count > errors)
        error_forget_last(in);
    return false;
}

// Drives, and a place that is one's, are PowerShell's alone: what such a path leads to is asked for.
static bool needs_drives(struct interp *in, const char *path)
{
    const value *here = interp_get_variable(in, "PWD");
    value folder;
    if (strchr(path, ':') || *path == '/' || !here || !value_to_string(in, *here, &folder))
        return strchr(path, ':') && *path != '/';
    bool drive = *value_text(folder) != '/';
    return value_drop(folder), drive;
}

bool script_locate(struct interp *in, value name, value *ret_path)
{
    const enum cmdlet_id id = cmdlet_id_of(cmdlet_find("Convert-Path", 12));
    const struct named_arg args[] = {{"LiteralPath", name},
                                     {"ErrorAction", enum_value(&type_action_preference, ACTION_STOP)}};
    if (needs_drives(in, value_text(name)))
        return ask(in, id, args, 2, ret_path) &&
               (ret_path->kind == V_STRING || (value_drop(*ret_path), false));
    if (!string_text(in, value_text(name), ret_path))
        return false;
    for (char *at = ret_path->string->text; (at = strchr(at, '\\'));)
        *at = '/';
    return true;
}

// The file is read by Get-Content, so the providers that the session shows decide whether there is one.
bool script_read(struct interp *in, value path, value *ret_text)
{
    enum cmdlet_id id = cmdlet_id_of(cmdlet_find("Get-Content", 11));
    const struct named_arg args[] = {{"LiteralPath", path},
                                     {"Raw", value_true},
                                     {"ErrorAction", enum_value(&type_action_preference, ACTION_STOP)}};
    value text;
    if (!ask(in, id, args, 3, &text))
        return false;
    bool ok = text.kind == V_STRING || text.kind == V_VOID || text.kind == V_NULL;
    if (ok)
        ok = value_to_string(in, text, ret_text);
    value_drop(text);
    return ok;
}

void script_set(struct command *cmd, value path, value text)
{
    *(struct script *)cmd->state = (struct script){value_keep(path), value_keep(text)};
}
