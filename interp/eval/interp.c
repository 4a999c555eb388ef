// A session from its start to its end, and one text run in it.
#include "interp/eval/interp.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "interp/eval/block.h"
#include "interp/eval/class-call.h"
#include "interp/eval/module.h"
#include "interp/eval/names.h"
#include "interp/eval/pipeline.h"
#include "interp/eval/program.h"
#include "interp/eval/runspace.h"
#include "interp/eval/scope.h"
#include "interp/eval/type-definition.h"
#include "interp/eval/using.h"
#include "interp/value/ast-object.h"
#include "interp/value/cycles.h"
#include "interp/value/made.h"
#include "interp/value/member.h"
#include "interp/value/regex.h"
#include "interp/value/shared-name.h"
#include "interp/value/types.h"

static const char *environment_text(const struct session *session, const char *name)
{
    for (size_t i = 0; i < session->variable_count; i++)
        if (!strcmp(session->variables[i].name, name))
            return session->variables[i].value;
    return NULL;
}

static void read_limits(struct interp *in)
{
    const struct session *session = in->session;
    in->string_limit = session->limits[LIMIT_STRING] ? session->limits[LIMIT_STRING] : UINT32_MAX - 64;
    if (in->string_limit > UINT32_MAX - 64)
        in->string_limit = UINT32_MAX - 64;
    const char *zone = environment_text(session, "TZ");
    if (!zone)
        zone = getenv("TZ"); // the launcher's, from nothing (launcher/environment.c)
    if (zone)
        zone_parse(zone, strlen(zone), &in->zone);
}

static void find_out_default(struct interp *in)
{
    const struct cmdlet_row *row = cmdlet_find("Out-Default", 11);
    if (!row)
        return;
    in->eval->out_default.id = cmdlet_id_of(row);
    in->eval->out_default.known = in->cmdlets[in->eval->out_default.id] != NULL;
}

static bool make_state(struct interp *in)
{
    in->eval = mem_new(1, sizeof *in->eval);
    if (!in->eval)
        return false;
    if (!error_new(in, "HeapLimit", CAT_LimitsExceeded, value_null, &in->out_of_memory,
                   "The session's memory is used up."))
        return false;
    in->out_of_memory.error->head.refs = UINT32_MAX; // shared by all that run out, never changed
    if (!list_new(in, NULL, &in->errors) || !table_new(in, false, &in->eval->symbols))
        return false;
    in->global = in->scope = mem_new(1, sizeof *in->global);
    if (!in->global)
        return false;
    scope_start(in->global, NULL);
    in->eval->outside = in->global;
    find_out_default(in);
    return automatic_variables(in) && aliases_start(in);
}

// A parser's deepest nesting, and what commands do in C, need this part of the stack.
static const char *stack_floor(const struct session *session)
{
    const char *top = __builtin_frame_address(0);
    uint64_t size = session->limits[LIMIT_STACK];
    return size && size < (uintptr_t)top ? top - size + size / 8 * 3 : NULL;
}

bool interp_start(struct interp *in, const struct session *session, const struct host *host,
                  const struct cmdlet *const *cmdlets, const struct provider *const *providers,
                  struct err *err)
{
    *in = (struct interp){.session = session,
                          .host = host,
                          .cmdlets = cmdlets,
                          .providers = providers,
                          .mode = session->mode,
                          .floor = session->mode,
                          .success = true};
    read_limits(in);
    in->outer_interrupted = &in->interrupted;
    in->stack_floor = stack_floor(session);
    in->call_block = block_call;
    in->invoke_block = block_method;
    in->member_block = block_this;
    in->programs = &programs && session->rights & RIGHT_BIT(EXEC) ? &programs : NULL;
    in->call_made = class_call;
    in->start_class = class_start;
    in->allows = class_allows;
    in->find_type = defined_type;
    if (make_state(in))
        return true;
    interp_end(in);
    return err_set(err, 125, "OutOfMemory", "The session's memory limit is too small to start in.");
}

// The last to go: everything else may hold objects of these types.
static void end_types(struct interp *in)
{
    if (in->eval && types_end)
        types_end(in);
    if (made_types_free)
        made_types_free(in);
    if (!in->eval)
        return;
    arena_free(&in->eval->arena);
    mem_free(in->eval, sizeof *in->eval);
}

void interp_let_go(struct interp *in)
{
    value *own[] = {&in->thrown, &in->errors,  &in->ended_by,  &in->matches,
                    &in->ofs,    &in->aliases, &in->type_data, &in->accelerators};
    if (runspaces_let_go)
        runspaces_let_go(in);
    if (in->eval) {
        if (modules_end)
            modules_end(in);
        if (in->global)
            scope_end(in, in->global), mem_free(in->global, sizeof *in->global);
        stack_free(&in->eval->stack);
        value_drop(in->eval->drive_value);
        value_drop(in->eval->symbols);
        value_drop(in->eval->imported);
        value_drop(in->eval->context);
        value_drop(in->eval->jobs);
        value_drop(in->eval->breakpoints);
        value_drop(in->eval->events);
        value_drop(in->eval->subscribers);
        value_drop(in->eval->pending);
        value_drop(in->eval->runspace_id);
        value_drop(in->eval->children);
        value_drop(in->eval->loaded);
    }
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        value_drop(*own[i]), *own[i] = value_null;
    boxes_free(in);
    regexes_free(in);
    shared_names_free(in);
    mem_free(in->numbers, sizeof *in->numbers);
}

void interp_free(struct interp *in)
{
    if (runspaces_end)
        runspaces_end(in);
    end_types(in);
    if (in->out_of_memory.kind == V_ERROR) {
        in->out_of_memory.error->head.refs = 1;
        value_drop(in->out_of_memory);
    }
    *in = (struct interp){0};
}

void interp_end(struct interp *in)
{
    interp_let_go(in);
    cycles_collect(); // while the types of its objects are there
    interp_free(in);
}

// --- The top
// -----------------------------------------------------------------------------------------------------

// All that a text writes is shown by one Out-Default, so that a table goes on over several statements.
struct top {
    struct sink sink;
    struct pipeline pipeline;
    struct stage stage;
    bool open;
};

static bool write_plain(struct interp *in, value v)
{
    value text;
    if (!value_to_string(in, v, &text))
        return false;
    bool ok = in->host->write(in->host->context, 1, value_text(text), text.string->size) &&
              in->host->write(in->host->context, 1, "\n", 1);
    value_drop(text);
    return ok;
}

// A record that was merged into the output goes on its own way at the end.
static bool record_stream(value v, enum stream *ret)
{
    static const struct {
        const struct type *type;
        enum stream stream;
    } types[] = {{&type_warning_record, STREAM_WARNING},
                 {&type_verbose_record, STREAM_VERBOSE},
                 {&type_debug_record, STREAM_DEBUG},
                 {&type_information_record, STREAM_INFORMATION}};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (value_is_type(v, types[i].type) && ((const struct record *)v.object)->merged)
            return *ret = types[i].stream, true;
    return false;
}

// The formatter's commands run in the middle of the user's: neither $? nor the depth is theirs to change.
static bool top_put(struct sink *sink, struct interp *in, value v)
{
    struct top *top = (struct top *)sink;
    enum stream stream;
    if (record_stream(v, &stream))
        return stream_report(in, stream, v);
    if (!in->eval->out_default.known)
        return write_plain(in, v);
    if (!top->open) {
        top->open = true;
        if (!pipeline_open_sink(in, &top->pipeline, &top->stage, in->eval->out_default.id))
            return false;
    }
    return pipeline_sink_put(&top->pipeline, v);
}

static bool top_close(struct top *top)
{
    return !top->open || pipeline_sink_close(&top->pipeline);
}

// What the formatter still holds comes first.
static bool top_raw(struct sink *sink, struct interp *in, const char *bytes, size_t size)
{
    struct top *top = (struct top *)sink;
    bool ok = top_close(top);
    top->open = false;
    return in->host->write(in->host->context, 1, bytes, size) && ok;
}

// --- Texts
// -------------------------------------------------------------------------------------------------------

static void remember_end(struct interp *in, value record)
{
    value_set(&in->ended_by, record);
}

// An error that ends the text: the last in $Error unless it is there, shown, and kept as what ended it.
static void end_with_thrown(struct interp *in)
{
    value record = value_keep(in->thrown);
    error_place(record, NULL, 0);
    if (!(record.error->binding && in->mode == MODE_NONE))
        error_remember_end(in, record);
    remember_end(in, record);
    stream_report(in, STREAM_ERROR, record);
    value_set(&in->thrown, value_null);
    value_drop(record);
    in->success = false;
}

static bool refuse_text(struct interp *in, const char *id, const struct source *source, uint32_t offset,
                        const char *text)
{
    throw_error(in, id, CAT_ParserError, value_null, "%s", text);
    struct error_record *record = in->thrown.error;
    if (record->positioned || in->thrown.object == in->out_of_memory.object)
        return false;
    record->positioned = true;
    if (source) {
        struct position at = source_position(source, offset);
        record->line = at.line;
        record->column = at.column;
    }
    return false;
}

// One line an error, in the order found; a text may hold as many as it has characters, and nobody reads
// those.
static void list_errors(const struct source *source, struct buf *out)
{
    enum { MOST = 32 };
    for (size_t i = 0; i < source->error_count && i < MOST; i++) {
        const struct parse_error *error = &source->errors[i];
        struct position at = source_position(source, error->start);
        buf_printf(out, "%s%u:%u: %s (%s)", i ? "\n" : "", at.line, at.column,
                   error->text ? error->text : error->id, error->id);
    }
    if (source->error_count > MOST)
        buf_printf(out, "\nand %zu more", source->error_count - MOST);
}

// Every error of the text is told; the first one gives the id and the place.
static bool refuse_errors(struct interp *in, struct source *source)
{
    const struct parse_error *first = &source->errors[0];
    struct buf list = BUF_INIT;
    list_errors(source, &list);
    if (list.failed)
        throw_memory(in);
    else
        refuse_text(in, first->id, first->incomplete ? NULL : source, first->start,
                    buf_text(&list)); // as recorded
    buf_free(&list);
    if (parse_exception_set && in->thrown.object != in->out_of_memory.object)
        parse_exception_set(in, in->thrown, source, true);
    return false;
}

static bool check_list(struct interp *in, struct source *source)
{
    const char *why = mode_check_command_list(source);
    if (!why)
        return true;
    const char *reason = source->error_count ? source->errors[0].text : NULL;
    char text[256];
    snprintf(text, sizeof text, "This session runs commands, not scripts: %s (ScriptsNotAllowed)",
             reason ? reason : mode_error_text(why));
    return refuse_text(in, "ScriptsNotAllowed", NULL, 0, text);
}

static bool check(struct interp *in, struct source *source)
{
    if (in->mode == MODE_NONE)
        return check_list(in, source);
    if (in->mode == MODE_CONSTRAINED && !mode_check_constrained(source, source->root))
        return refuse_errors(in, source);
    if (source->error_count)
        return refuse_errors(in, source);
    if (in->mode == MODE_RESTRICTED && !mode_check_restricted(source, source->root, NULL))
        return refuse_errors(in, source);
    if (using_modules && !using_modules(in, source))
        return false;
    if (types_define && !types_define(in, source))
        return value_is_null(in->thrown) && refuse_errors(in, source);
    return true;
}

struct words { // after the name of a file on the command line
    const value *at;
    size_t count;
};

// A text with parameters is a block that runs in the scope it came to; a file's has one of its own.
static bool run_any(struct interp *in, const struct code *code, value block, const char *path,
                    const struct words *words, struct sink *out)
{
    if (code) {
        struct source *outer = in->eval->typed;
        in->eval->typed = code->source;
        value_set(&in->global->special[SPECIAL_INVOCATION], value_lazy);
        bool ok = vm_run(in, code, out);
        in->eval->typed = outer;
        return ok;
    }
    return words ? script_run(in, block, path, words->at, words->count, out)
                 : block_invoke(in, block, NULL, 0, true, out);
}

static bool run_code(struct interp *in, const struct code *code, value block, const char *path,
                     const struct words *words)
{
    struct top top = {.sink = {top_put, top_raw}};
    bool ok = run_any(in, code, block, path, words, &top.sink);
    value thrown = in->thrown; // what Out-Default still holds is shown before the error that ended the text
    in->thrown = value_null;
    bool success = in->success;
    if (!top_close(&top) && value_is_null(thrown))
        return false;
    value_set(&in->thrown, value_null);
    in->thrown = thrown;
    in->success = success;
    return ok;
}

static bool run_block(struct interp *in, struct source *source, const char *path, const struct words *words)
{
    value block;
    if (!block_new(in, source, source->root, NULL, &block))
        return false;
    bool ok = run_code(in, NULL, block, path, words);
    value_drop(block);
    return ok;
}

static bool run_source(struct interp *in, struct source *source, const char *path, const struct words *words)
{
    struct code *code;
    if (!check(in, source))
        return false;
    if (script_run && (words || source->root->kids[SB_PARAM]))
        return run_block(in, source, path, words);
    if (!code_compile(in, source, in->mode == MODE_NONE, &code))
        return false;
    bool ok = run_code(in, code, value_null, NULL, NULL);
    code_free(code);
    return ok;
}

// A level, a parenthesis within another, is up to so many rules of the grammar.
enum { RULES_A_LEVEL = 9 };

bool source_parse(const struct interp *in, const char *text, size_t size, const char *name,
                  struct source **ret_source, struct err *err)
{
    uint64_t most = in->session->limits[LIMIT_PARSE_DEPTH];
    if (!parse(text, size, name, 0, ret_source, err))
        return false;
    if (!most || (*ret_source)->root->height <= most * RULES_A_LEVEL)
        return true;
    source_free(*ret_source);
    return err_set(err, EXIT_SETUP, "ParseDepthLimit", "The text is nested more than %llu deep.",
                   (unsigned long long)most);
}

static bool run_text(struct interp *in, const char *text, size_t size, const char *name,
                     const struct words *words)
{
    struct source *source;
    struct err err = {0};
    uint64_t most = in->session->limits[LIMIT_INPUT];
    if (most && size > most)
        return throw_error(in, "InputLimit", CAT_LimitsExceeded, value_null,
                           "The text is longer than %llu bytes.", (unsigned long long)most);
    if (!source_parse(in, text, size, name, &source, &err))
        return refuse_text(in, err.id, NULL, 0, err.text);
    bool ok = run_source(in, source, name, words);
    source_free(source);
    return ok;
}

static bool run(struct interp *in, const char *text, size_t size, const char *name, const struct words *words)
{
    value_set(&in->ended_by, value_null);
    bool ok = run_text(in, text, size, name, words);
    enum flow flow = in->eval->flow;
    in->exit_requested |= in->exit_asked;
    if (!value_is_null(in->thrown))
        end_with_thrown(in);
    in->eval->flow = FLOW_NONE; // a break that found no loop ended the text, not the session
    value_set(&in->eval->flow_label, value_null);
    return (ok || flow == FLOW_BREAK || flow == FLOW_CONTINUE) && in->success;
}

#ifdef __SANITIZE_ADDRESS__
enum { SANITIZED = 1 };
#else
enum { SANITIZED = 0 };
#endif

bool interp_run_text(struct interp *in, const char *text, size_t size, const char *name, unsigned flags)
{
    bool ok = run(in, text, size, name, NULL);
    if (flags & TEXT_INTERACTIVE || SANITIZED)
        cycles_collect(); // nothing runs, and who sits there does not notice
    return ok;
}

bool host_input(struct interp *in, value *ret)
{
    char *line;
    size_t size;
    value lines, text;
    if (!in->takes_input)
        return array_new(in, 0, ret);
    if (!list_new(in, NULL, &lines))
        return false;
    bool ok = true;
    while (ok && in->host->read_line(in->host->context, NULL, false, &line, &size)) {
        ok = string_new(in, line, size, &text);
        mem_free(line, size + 1);
        if (ok)
            ok = list_add(in, lines.array, text), value_drop(text);
    }
    ok = ok && array_from(in, lines.array->items, lines.array->count, ret);
    return value_drop(lines), ok;
}

static bool read_input(struct interp *in, struct scope *scope, enum special which, value *ret)
{
    (void)scope;
    return which == SPECIAL_INPUT ? host_input(in, ret) : array_new(in, 0, ret);
}

bool interp_leave(struct interp *in, int status)
{
    in->exit_requested = in->exit_asked = true;
    in->exit_code = status;
    in->eval->flow = FLOW_EXIT;
    return false;
}

void interp_open_input(struct interp *in)
{
    in->takes_input = true;
    in->global->special[SPECIAL_INPUT] = value_lazy;
    in->global->make_special = read_input;
}

bool interp_run_file(struct interp *in, const char *text, size_t size, const char *name, const value *words,
                     size_t count)
{
    struct words given = {words, count};
    value path;
    if (!script_path)
        return run(in, text, size, name, &given);
    if (!script_path(in, name, &path))
        return false;
    bool ok = run(in, text, size, value_text(path), &given);
    return value_drop(path), ok;
}
