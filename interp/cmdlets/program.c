// A program as a stage of a pipeline: objects become lines of its standard input, lines of its output
// objects. Programs that stand side by side are joined by a pipe of their own, and bytes pass unchanged.
#include "interp/cmdlets/program.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "interp/eval/redirect.h"
#include "interp/providers/environment.h"
#include "interp/value/member.h"
#include "interp/value/types.h"

enum { CHUNK = 64 * 1024, MOST_WAITING = 64 * 1024, STEP_MS = 200 };

enum output { OUTPUT_INHERIT, OUTPUT_NULL, OUTPUT_NEXT, OUTPUT_RAW, OUTPUT_LINES };

struct program {
    struct command *cmd;
    struct words words;
    struct child child;
    struct program *before, *after; // joined by a pipe
    int from_before;                // its reading end, until the child has it; -1: none
    enum output output;
    unsigned errors; // enum merge
    struct buf to_child;
    struct lines out_lines, err_lines;
    value waiting;            // LIST: objects that are formatted together; or $null
    bool told;                // a line of standard error has become a record
    struct terminal terminal; // lent to it
};

static struct program *program_of(const struct command *cmd)
{
    return cmd->state;
}

// --- Start
// ------------------------------------------------------------------------------------------------------

static bool is_program(const struct command *cmd)
{
    return cmd->cmdlet == programs.cmdlet;
}

static struct program *next_program(const struct command *cmd)
{
    const struct pipeline *pipeline = cmd->pipeline;
    if (cmd->index + 1 >= pipeline->count)
        return NULL;
    struct command *next = &pipeline->stages[cmd->index + 1].cmd;
    return is_program(next) ? program_of(next) : NULL;
}

static unsigned merge_of(const struct command *cmd, enum stream stream)
{
    const struct stage *stage = stage_of(cmd);
    return stage->merge ? stage->merge[stream] : MERGE_NONE;
}

static bool has_flag(const struct command *cmd, unsigned flag)
{
    return cmd->in->session->flags & flag;
}

// Where standard output goes: what reaches the user as it is need not become objects.
static enum output output_of(const struct command *cmd)
{
    const struct stage *stage = stage_of(cmd);
    const struct pipeline *pipeline = cmd->pipeline;
    unsigned merge = merge_of(cmd, STREAM_OUTPUT);
    if (merge == MERGE_DISCARD)
        return OUTPUT_NULL;
    if (merge != MERGE_NONE || merge_of(cmd, STREAM_ERROR) == MERGE_OUTPUT || stage->common_bound)
        return OUTPUT_LINES;
    if (next_program(cmd))
        return OUTPUT_NEXT;
    if (cmd->index + 1 < pipeline->count || !pipeline->out->raw)
        return OUTPUT_LINES;
    return has_flag(cmd, SESSION_STDOUT_TERMINAL) ? OUTPUT_INHERIT : OUTPUT_RAW;
}

static enum child_fd input_how(const struct program *program)
{
    const struct command *cmd = program->cmd;
    if (program->from_before >= 0)
        return CHILD_GIVEN;
    if (cmd->expects_input)
        return CHILD_PIPE;
    return has_flag(cmd, SESSION_STDIN_TERMINAL) ? CHILD_INHERIT : CHILD_NULL;
}

static enum child_fd errors_how(const struct program *program)
{
    if (program->errors == MERGE_DISCARD)
        return CHILD_NULL;
    bool plain = program->errors == MERGE_NONE && has_flag(program->cmd, SESSION_STDERR_TERMINAL);
    return plain ? CHILD_INHERIT : CHILD_PIPE;
}

static bool failed_to_run(struct command *cmd, int error)
{
    enum limit limit = limit_of_errno(error);
    if (limit == LIMIT_PROCESSES || limit == LIMIT_OPEN_FILES)
        return throw_error(cmd->in, limit_rows[limit].error, CAT_LimitsExceeded, value_null,
                           "The program %s could not be run: %s.", value_text(stage_of(cmd)->name),
                           strerror(error));
    const char *why = error == ENOEXEC  ? "it is no program that this machine runs"
                      : error == EACCES ? "this session may not execute it"
                                        : strerror(error);
    return throw_error(cmd->in, "NativeCommandFailed", CAT_ResourceUnavailable, value_null,
                       "The program %s could not be run: %s.", value_text(stage_of(cmd)->name), why);
}

static bool make_plan(struct program *program, struct child_plan *plan, int pair[2])
{
    plan->how[0] = input_how(program);
    plan->given[0] = program->from_before;
    plan->how[2] = errors_how(program);
    switch (program->output) {
    case OUTPUT_INHERIT:
        return plan->how[1] = CHILD_INHERIT, true;
    case OUTPUT_NULL:
        return plan->how[1] = CHILD_NULL, true;
    case OUTPUT_NEXT:
        plan->how[1] = CHILD_GIVEN;
        if (pipe2(pair, O_CLOEXEC))
            return false;
        plan->given[1] = pair[1];
        return true;
    default:
        return plan->how[1] = CHILD_PIPE, true;
    }
}

static void join_next(struct program *program, int reading)
{
    struct program *next = next_program(program->cmd);
    program->after = next;
    next->before = program;
    next->from_before = reading;
}

static bool start(struct program *program, struct child_plan *plan)
{
    int pair[2] = {-1, -1};
    int error = make_plan(program, plan, pair) ? child_start(plan, &program->child) : errno;
    if (pair[1] >= 0)
        close(pair[1]);
    if (program->from_before >= 0)
        close(program->from_before), program->from_before = -1;
    if (pair[0] >= 0 && error)
        close(pair[0]);
    else if (pair[0] >= 0)
        join_next(program, pair[0]);
    return !error || failed_to_run(program->cmd, error);
}

static bool start_in(struct program *program, value folder)
{
    struct interp *in = program->cmd->in;
    char **environment;
    size_t size;
    if (!environment_block(in, &environment, &size))
        return false;
    struct child_plan plan = {.path = value_text(stage_of(program->cmd)->held),
                              .folder = value_text(folder),
                              .argv = program->words.at,
                              .environment = environment};
    if (in->host->flush)
        in->host->flush(in->host->context);
    if (input_how(program) == CHILD_INHERIT)
        terminal_lend(&program->terminal);
    bool ok = start(program, &plan);
    mem_free(environment, size);
    return ok;
}

static bool begin(struct command *cmd)
{
    struct program *program = program_of(cmd);
    value folder;
    if (!program_folder(cmd->in, &folder))
        return false;
    program->output = output_of(cmd);
    program->errors = merge_of(cmd, STREAM_ERROR);
    bool ok = start_in(program, folder);
    value_drop(folder);
    return ok;
}

// --- What it writes
// -------------------------------------------------------------------------------------------------

static bool repair(struct buf *line)
{
    struct buf whole = BUF_INIT;
    size_t used;
    for (size_t i = 0; i < line->size; i += used)
        buf_add_codepoint(&whole, utf8_decode(line->data + i, line->size - i, &used));
    buf_free(line);
    *line = whole;
    return !whole.failed;
}

static bool line_text(struct interp *in, struct buf *line, value *ret)
{
    if (line->failed || (!utf8_is_valid(buf_text(line), line->size) && !repair(line)))
        return throw_memory(in);
    return string_new(in, buf_text(line), line->size, ret);
}

static bool put_line(struct program *program, struct buf *line)
{
    value text;
    bool ok = line_text(program->cmd->in, line, &text) && cmd_take(program->cmd, text);
    buf_free(line);
    return ok;
}

static bool put_record(struct program *program, value text)
{
    struct command *cmd = program->cmd;
    value record;
    const char *id = program->told ? "NativeCommandErrorMessage" : "NativeCommandError";
    if (!error_new(cmd->in, id, CAT_NotSpecified, text, &record, "%s", value_text(text)))
        return false;
    program->told = true;
    record.error->positioned = true;
    return cmd_take(cmd, record);
}

static bool put_error(struct program *program, struct buf *line)
{
    struct command *cmd = program->cmd;
    value text;
    if (!line_text(cmd->in, line, &text))
        return false;
    bool ok = program->errors >= MERGE_FILE
                  ? redirects_put(cmd->in, stage_of(cmd)->redirects, program->errors, text)
                  : put_record(program, text);
    value_drop(text);
    buf_free(line);
    return ok;
}

static bool put_lines(struct program *program, struct lines *lines, const char *bytes, size_t size,
                      bool (*put)(struct program *program, struct buf *line))
{
    struct buf line;
    size_t at = 0;
    while (lines_next(lines, bytes, size, &at, &line))
        if (!put(program, &line))
            return false;
    return true;
}

static bool take_output(struct program *program, const char *bytes, size_t size)
{
    struct sink *out = program->cmd->pipeline->out;
    if (program->output == OUTPUT_RAW)
        return out->raw(out, program->cmd->in, bytes, size);
    return put_lines(program, &program->out_lines, bytes, size, put_line);
}

static bool take_errors(struct program *program, const char *bytes, size_t size)
{
    const struct host *host = program->cmd->in->host;
    if (program->errors == MERGE_NONE)
        return host->write(host->context, 2, bytes, size);
    return put_lines(program, &program->err_lines, bytes, size, put_error);
}

// The last line may have no end.
static bool take_rest(struct program *program, struct lines *lines,
                      bool (*put)(struct program *program, struct buf *line))
{
    struct buf rest = lines->rest;
    lines->rest = (struct buf)BUF_INIT;
    return !rest.size || put(program, &rest);
}

static bool at_end(struct program *program, int *fd)
{
    bool output = fd == &program->child.out;
    close(*fd);
    *fd = -1;
    return output ? take_rest(program, &program->out_lines, put_line)
                  : take_rest(program, &program->err_lines, put_error);
}

static bool receive(struct program *program, int *fd,
                    bool (*take)(struct program *program, const char *bytes, size_t size))
{
    char bytes[4096];
    ssize_t size = read(*fd, bytes, sizeof bytes);
    if (size > 0)
        return take(program, bytes, (size_t)size);
    if (size < 0 && (errno == EAGAIN || errno == EINTR))
        return true;
    return at_end(program, fd);
}

// A program that reads no more has ended, or does not care.
static void send(struct program *program)
{
    struct buf *waiting = &program->to_child;
    ssize_t size = write(program->child.in, waiting->data, waiting->size);
    if (size > 0) {
        buf_drop_front(waiting, (size_t)size);
    } else if (size < 0 && errno != EAGAIN && errno != EINTR) {
        close(program->child.in);
        program->child.in = -1;
        buf_clear(waiting);
    }
}

// --- Turning
// -------------------------------------------------------------------------------------------------------

enum { MOST_POLLED = 3 };

static struct pollfd poll_row(int fd, short events)
{
    return (struct pollfd){.fd = fd, .events = events};
}

static bool turn_one(struct program *program, int wait_ms, bool *ret_open)
{
    struct child *child = &program->child;
    struct pollfd rows[MOST_POLLED] = {poll_row(program->to_child.size ? child->in : -1, POLLOUT),
                                       poll_row(child->out, POLLIN), poll_row(child->err, POLLIN)};
    *ret_open = rows[0].fd >= 0 || rows[1].fd >= 0 || rows[2].fd >= 0;
    if (!*ret_open || poll(rows, MOST_POLLED, wait_ms) <= 0)
        return true;
    if (rows[0].revents)
        send(program);
    if (rows[1].revents && !receive(program, &child->out, take_output))
        return false;
    return !rows[2].revents || child->err < 0 || receive(program, &child->err, take_errors);
}

// One round over a chain of joined programs. The wait is the last one's: it has the output.
static bool turn(struct program *program, int wait_ms, bool *ret_open)
{
    bool any = false, open;
    while (program->before)
        program = program->before;
    for (; program; program = program->after) {
        int wait = program->after ? 0 : wait_ms;
        if (!turn_one(program, wait, &open))
            return false;
        any |= open;
    }
    *ret_open = any;
    return true;
}

static bool turn_until(struct program *program, size_t most_waiting, bool whole)
{
    bool open = true;
    while (open && (whole || program->to_child.size > most_waiting)) {
        if (cmd_stopped(program->cmd) ||
            !turn(program, program->before || program->after ? 1 : STEP_MS, &open))
            return false;
    }
    return true;
}

// --- What it reads
// --------------------------------------------------------------------------------------------------

static bool add_line(struct program *program, value text)
{
    if (program->child.in < 0)
        return true;
    buf_add(&program->to_child, value_text(text), text.string->size);
    buf_add_char(&program->to_child, '\n');
    return !program->to_child.failed || throw_full(program->cmd->in, &program->to_child);
}

static bool add_formatted(struct program *program, value lines)
{
    struct value_walk walk;
    value item;
    bool ok = true;
    value_walk_start(&walk, lines);
    while (ok && value_walk_next(program->cmd->in, &walk, &item)) {
        ok = add_line(program, item);
        value_drop(item);
    }
    return ok;
}

// Objects other than text are shown as the host would show them, those in a row together.
static bool add_waiting(struct program *program)
{
    struct interp *in = program->cmd->in;
    value lines, waiting = program->waiting;
    const struct named_arg args[] = {{"Stream", value_true}};
    if (waiting.kind != V_LIST)
        return true;
    program->waiting = value_null;
    bool ok = interp_call(in, CMDLET_out_string, args, 1, waiting.array->items, waiting.array->count, &lines);
    value_drop(waiting);
    if (!ok)
        return false;
    ok = lines.kind == V_VOID || add_formatted(program, lines);
    value_drop(lines);
    return ok;
}

static bool process(struct command *cmd)
{
    struct program *program = program_of(cmd);
    bool open;
    if (!cmd->expects_input || !cmd_bound(cmd, 0))
        return true;
    value v = cmd->arg[0];
    if (v.kind != V_STRING)
        return list_gather(cmd->in, &program->waiting, v);
    return add_waiting(program) && add_line(program, v) && turn(program, 0, &open) &&
           turn_until(program, MOST_WAITING, false);
}

// --- The end
// ------------------------------------------------------------------------------------------------------

static bool wants_error(const struct command *cmd)
{
    const value *wish = interp_get_variable(cmd->in, "PSNativeCommandUseErrorActionPreference");
    return wish && value_truth(*wish);
}

static bool set_exit_code(struct command *cmd, int code)
{
    return interp_set_variable(cmd->in, "global:LASTEXITCODE", value_int(code));
}

static bool finish(struct program *program)
{
    struct command *cmd = program->cmd;
    int code = child_wait(&program->child);
    terminal_take_back(&program->terminal);
    if (!set_exit_code(cmd, code))
        return false;
    if (!code)
        return true;
    cmd->pipeline->failed = true;
    if (!wants_error(cmd))
        return true;
    value record, name = stage_of(cmd)->called_as;
    if (!error_new(cmd->in, "ProgramExitedWithNonZeroCode", CAT_NotSpecified, name, &record,
                   "The program %s ended with exit code %d.", value_text(name), code))
        return false;
    record.error->positioned = stage_action(stage_of(cmd), STREAM_ERROR) != ACTION_STOP; // else no place
    bool ok = string_text(cmd->in, "", &record.error->activity) &&
              member_add(cmd->in, record.error->exception, "Path", name) &&
              member_add(cmd->in, record.error->exception, "ExitCode", value_int(code)) &&
              cmd_error_record(cmd, record);
    value_drop(record);
    return ok;
}

static void close_input(struct program *program)
{
    if (program->child.in >= 0)
        close(program->child.in);
    program->child.in = -1;
}

// The last program of a chain ends it: those before it may still be writing.
static bool end(struct command *cmd)
{
    struct program *program = program_of(cmd);
    if (!add_waiting(program) || !turn_until(program, 0, false))
        return false;
    close_input(program);
    if (program->after)
        return true;
    if (!turn_until(program, 0, true))
        return false;
    while (program->before)
        program = program->before;
    for (; program; program = program->after)
        if (!finish(program))
            return false;
    return true;
}

static void clean(struct command *cmd)
{
    struct program *program = program_of(cmd);
    if (!program->cmd)
        return; // its arguments never came
    child_end(&program->child);
    terminal_take_back(&program->terminal);
    if (program->from_before >= 0)
        close(program->from_before);
    words_free(&program->words);
    buf_free(&program->to_child);
    buf_free(&program->out_lines.rest);
    buf_free(&program->err_lines.rest);
    value_drop(program->waiting);
}

static bool arguments(struct command *cmd, const struct argument *list, size_t count)
{
    struct program *program = program_of(cmd);
    value name = stage_of(cmd)->called_as;
    *program = (struct program){.cmd = cmd, .from_before = -1, .child = {.in = -1, .out = -1, .err = -1}};
    return bind_line(stage_of(cmd), NULL, 0) &&
           words_add(cmd->in, &program->words, value_text(name), name.string->size) &&
           program_words(cmd, list, count, &program->words);
}

static const struct param params[] = {
    {"InputObject", "object", NULL, PARAM_NAMED,
     PARAM_PIPELINE | PARAM_ALLOW_NULL | PARAM_ALLOW_EMPTY | PARAM_ALLOW_EMPTY_COLLECTION},
    {0},
};
static const struct cmdlet cmdlet_program = {
    .properties = CMDLET_NAMELESS,
    .params = params,
    .state_size = sizeof(struct program),
    .begin = begin,
    .process = process,
    .end = end,
    .clean = clean,
};
const struct programs programs = {&cmdlet_program, program_find, arguments};
