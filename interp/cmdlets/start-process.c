// A program that runs beside: what it writes goes to files, to the user, or nowhere.
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "interp/cmdlets/process-child.h"
#include "interp/providers/environment.h"
#include "interp/providers/path.h"
#include "interp/value/objects.h"

enum {
    FILE_PATH,
    ARGUMENTS,
    CREDENTIAL,
    WORKING_DIRECTORY,
    LOAD_PROFILE,
    NO_NEW_WINDOW,
    PASS_THRU,
    ERROR_FILE,
    INPUT_FILE,
    OUTPUT_FILE,
    VERB,
    WINDOW_STYLE,
    WAIT,
    NEW_ENVIRONMENT,
    ENVIRONMENT
};
enum { SET_DEFAULT = 1, SET_SHELL = 2, STEP_MS = 50 };

static const char *const sets[] = {"Default", "UseShellExecute", NULL};
static const struct param params[] = {
    {"FilePath", "string", "PSPath Path", 0, PARAM_MANDATORY | PARAM_NOT_NULL_OR_EMPTY},
    {"ArgumentList", "string[]", "Args", 1},
    {"Credential", "pscredential", "RunAs", PARAM_NAMED, PARAM_NOT_NULL_OR_EMPTY, SET_DEFAULT},
    {"WorkingDirectory", "string", NULL, PARAM_NAMED, PARAM_NOT_NULL_OR_EMPTY},
    {"LoadUserProfile", "switch", "Lup", PARAM_NAMED, 0, SET_DEFAULT},
    {"NoNewWindow", "switch", "nnw", PARAM_NAMED, 0, SET_DEFAULT},
    {"PassThru", "switch", NULL, PARAM_NAMED},
    {"RedirectStandardError", "string", "RSE", PARAM_NAMED, PARAM_NOT_NULL_OR_EMPTY, SET_DEFAULT},
    {"RedirectStandardInput", "string", "RSI", PARAM_NAMED, PARAM_NOT_NULL_OR_EMPTY, SET_DEFAULT},
    {"RedirectStandardOutput", "string", "RSO", PARAM_NAMED, PARAM_NOT_NULL_OR_EMPTY, SET_DEFAULT},
    {"Verb", "string", NULL, PARAM_NAMED, PARAM_NOT_NULL_OR_EMPTY, SET_SHELL},
    {"WindowStyle", "string", NULL, PARAM_NAMED, PARAM_NOT_NULL_OR_EMPTY, 0,
     "Normal|Hidden|Minimized|Maximized"},
    {"Wait", "switch", NULL, PARAM_NAMED},
    {"UseNewEnvironment", "switch", NULL, PARAM_NAMED, 0, SET_DEFAULT},
    {"Environment", "hashtable", NULL, PARAM_NAMED},
    {0},
};

static bool refuse(struct command *cmd, const char *id, value target, const char *why)
{
    return cmd_throw(cmd, id, CAT_InvalidOperation, target, "%s", why);
}

// --- Its words: one text, cut again as .NET does: blanks outside of quotes, \" is a quote
// ---------------------------------------------------------------------------------------------

static bool next_word(struct command *cmd, const char **io_at, struct words *words)
{
    struct buf word = BUF_INIT;
    bool quoted = false;
    const char *at = *io_at;
    while (*at && (quoted || !strchr(" \t", *at))) {
        size_t slashes = strspn(at, "\\");
        bool quote = at[slashes] == '"';
        for (size_t i = 0; i < (quote ? slashes / 2 : slashes); i++)
            buf_add_char(&word, '\\');
        at += slashes;
        if (quote && slashes % 2)
            buf_add_char(&word, '"');
        else if (quote && quoted && at[1] == '"')
            buf_add_char(&word, *at++);
        else if (quote)
            quoted = !quoted;
        else if (!*at || (!quoted && strchr(" \t", *at)))
            break;
        else
            buf_add_char(&word, *at);
        at++;
    }
    *io_at = at;
    bool ok = words_add(cmd->in, words, buf_text(&word), word.size);
    return buf_free(&word), ok;
}

static void join_arguments(const struct command *cmd, struct buf *line)
{
    value list = cmd->arg[ARGUMENTS];
    for (size_t i = 0; cmd_bound(cmd, ARGUMENTS) && list.kind == V_ARRAY && i < list.array->count; i++)
        if (list.array->items[i].kind == V_STRING)
            buf_printf(line, i ? " %s" : "%s", value_text(list.array->items[i]));
}

static bool make_words(struct command *cmd, const char *path, const char *line, struct words *words)
{
    bool ok = words_add(cmd->in, words, path, strlen(path));
    while (ok && *(line += strspn(line, " \t")))
        ok = next_word(cmd, &line, words);
    return ok;
}

// --- Its files
// --------------------------------------------------------------------------------------------------------

static bool whole_path(struct command *cmd, const char *text, value *ret)
{
    struct place place;
    bool found;
    if (!place_of(cmd, text, PATH_LITERAL | PATH_NEW, &place, &found))
        return false;
    if (!found || !place.provider->hierarchical) {
        if (found)
            place_drop(&place);
        return refuse(cmd, "InvalidOperationException", value_null, "This names no file.");
    }
    *ret = value_keep(place.path);
    place_drop(&place);
    return true;
}

static bool open_one(struct command *cmd, unsigned param, int stream, struct child_plan *plan)
{
    value path;
    if (!cmd_bound(cmd, param))
        return true;
    if (!whole_path(cmd, value_text(cmd->arg[param]), &path))
        return false;
    int fd = openat(AT_FDCWD, value_text(path), (stream ? O_WRONLY | O_CREAT | O_TRUNC : O_RDONLY) | O_CLOEXEC, 0666);
    int errnum = errno;
    value_drop(path);
    if (fd < 0)
        return refuse(cmd,
                      errnum != ENOENT ? "UnauthorizedAccessException"
                      : stream         ? "DirectoryNotFoundException"
                                       : "FileNotFoundException",
                      cmd->arg[param], strerrordesc_np(errnum));
    plan->how[stream] = CHILD_GIVEN;
    plan->given[stream] = fd;
    return true;
}

static bool same_file(const struct command *cmd, unsigned one, unsigned other)
{
    return cmd_bound(cmd, one) && cmd_bound(cmd, other) &&
           value_is_text(cmd->arg[one], value_text(cmd->arg[other]));
}

static bool open_files(struct command *cmd, struct child_plan *plan)
{
    if (same_file(cmd, OUTPUT_FILE, ERROR_FILE) || same_file(cmd, INPUT_FILE, OUTPUT_FILE) ||
        same_file(cmd, INPUT_FILE, ERROR_FILE))
        return refuse(cmd, "InvalidOperationException", value_null, "Two streams cannot go to one file.");
    return open_one(cmd, INPUT_FILE, 0, plan) && open_one(cmd, OUTPUT_FILE, 1, plan) &&
           open_one(cmd, ERROR_FILE, 2, plan);
}

static void close_files(const struct child_plan *plan)
{
    for (int i = 0; i < 3; i++)
        if (plan->how[i] == CHILD_GIVEN)
            close(plan->given[i]);
}

// --- Its environment: that of the session while the program starts
// ---------------------------------------------------------------------------------------------

// What was there before goes into a table, $null where nothing was.
static bool change_one(struct command *cmd, value name, value v, value before)
{
    struct interp *in = cmd->in;
    const char *old = environment_get(in, value_text(name));
    value was = value_null, text;
    if (old && !string_text(in, old, &was))
        return false;
    bool ok = table_set(in, before.table, name, was) && value_to_string(in, v, &text);
    value_drop(was);
    if (!ok)
        return false;
    ok = environment_set(in, value_text(name), value_is_null(v) ? NULL : value_text(text));
    return value_drop(text), ok;
}

static bool change_environment(struct command *cmd, value before)
{
    const struct table *table = cmd_bound(cmd, ENVIRONMENT) ? cmd->arg[ENVIRONMENT].table : NULL;
    for (size_t i = 0; table && i < table->used; i++) {
        value name;
        if (table->slots[i].key.kind == V_VOID)
            continue;
        if (!value_to_string(cmd->in, table->slots[i].key, &name))
            return false;
        bool ok = change_one(cmd, name, table->slots[i].val, before);
        value_drop(name);
        if (!ok)
            return false;
    }
    return true;
}

static void restore_environment(struct command *cmd, value before)
{
    const struct table *table = before.table;
    for (size_t i = 0; i < table->used; i++)
        if (table->slots[i].key.kind == V_STRING)
            environment_set(cmd->in, value_text(table->slots[i].key),
                            value_is_null(table->slots[i].val) ? NULL : value_text(table->slots[i].val));
}

// --- Its run
// ----------------------------------------------------------------------------------------------------------

// Without a terminal what it writes is passed on while somebody waits for it.
static void set_streams(const struct command *cmd, struct child_plan *plan)
{
    static const unsigned terminal[] = {SESSION_STDIN_TERMINAL, SESSION_STDOUT_TERMINAL, SESSION_STDERR_TERMINAL};
    for (int i = 0; i < 3; i++)
        plan->how[i] = cmd->in->session->flags & terminal[i] ? CHILD_INHERIT
                       : i && cmd_switch(cmd, WAIT)          ? CHILD_PIPE
                                                             : CHILD_NULL;
}

static bool pass_on(struct command *cmd, struct child *child)
{
    const struct host *host = cmd->in->host;
    struct pollfd ready[] = {{.fd = child->out, .events = POLLIN}, {.fd = child->err, .events = POLLIN}};
    char bytes[4096];
    while (ready[0].fd >= 0 || ready[1].fd >= 0) {
        if (cmd_stopped(cmd))
            return false;
        poll(ready, 2, STEP_MS);
        for (int i = 0; i < 2; i++) {
            ssize_t got = ready[i].revents ? read(ready[i].fd, bytes, sizeof bytes) : -1;
            if (got > 0 && !host->write(host->context, i + 1, bytes, (size_t)got))
                return false;
            if (got == 0 || (got < 0 && ready[i].revents && errno != EAGAIN))
                ready[i].fd = -1;
        }
    }
    return true;
}

static void close_child(struct child *child)
{
    int *fds[] = {&child->in, &child->out, &child->err};
    for (int i = 0; i < 3; i++)
        if (*fds[i] >= 0)
            close(*fds[i]);
}

static bool started(struct command *cmd, struct child *child, const char *path)
{
    value process;
    bool ended, ok = process_adopt(cmd->in, child, path, &process);
    if (ok && cmd_switch(cmd, WAIT))
        ok = pass_on(cmd, child) && process_wait(cmd->in, (struct process *)process.object, -1, &ended);
    close_child(child);
    if (!ok)
        return false;
    ok = !cmd_switch(cmd, PASS_THRU) || cmd_write(cmd, process);
    return value_drop(process), ok;
}

static bool start_plan(struct command *cmd, struct child_plan *plan)
{
    struct child child = {.in = -1, .out = -1, .err = -1};
    char **environment, *none[] = {NULL};
    size_t size;
    if (!environment_block(cmd->in, &environment, &size))
        return false;
    plan->environment = cmd_switch(cmd, NEW_ENVIRONMENT) ? none : environment;
    if (cmd->in->host->flush)
        cmd->in->host->flush(cmd->in->host->context);
    int errnum = child_start(plan, &child);
    mem_free(environment, size);
    return errnum ? refuse(cmd, "InvalidOperationException", cmd->arg[FILE_PATH], strerrordesc_np(errnum))
                  : started(cmd, &child, plan->path);
}

static bool start_with_environment(struct command *cmd, struct child_plan *plan)
{
    value before;
    if (!table_new(cmd->in, false, &before))
        return false;
    bool ok = change_environment(cmd, before) && start_plan(cmd, plan);
    restore_environment(cmd, before);
    return value_drop(before), ok;
}

static bool start(struct command *cmd, const char *path, const char *folder, struct words *words)
{
    struct child_plan plan = {.path = path, .folder = folder, .argv = words->at};
    set_streams(cmd, &plan);
    bool ok = open_files(cmd, &plan) && start_with_environment(cmd, &plan);
    close_files(&plan);
    return ok;
}

static bool start_in(struct command *cmd, const char *path, struct words *words)
{
    struct stat stat;
    value folder;
    if (!cmd_bound(cmd, WORKING_DIRECTORY)) {
        if (!program_folder(cmd->in, &folder))
            return false;
    } else if (!whole_path(cmd, value_text(cmd->arg[WORKING_DIRECTORY]), &folder))
        return false;
    bool there = fstatat(AT_FDCWD, value_text(folder), &stat, 0) == 0 && S_ISDIR(stat.st_mode);
    bool ok = there ? start(cmd, path, value_text(folder), words)
                    : refuse(cmd, "DirectoryNotFoundException", folder, "There is no such folder.");
    return value_drop(folder), ok;
}

static bool run(struct command *cmd, const char *path, const char *line)
{
    struct words words = {0};
    bool ok = make_words(cmd, path, line, &words) && start_in(cmd, path, &words);
    words_free(&words);
    return ok;
}

static bool find(struct command *cmd, value *ret_path)
{
    const struct programs *all = cmd->in->programs;
    if (all && all->find(cmd->in, value_text(cmd->arg[FILE_PATH]), ret_path))
        return true;
    return value_is_null(cmd->in->thrown) &&
           refuse(cmd, "InvalidOperationException", cmd->arg[FILE_PATH],
                  all ? "There is no such program." : "This session runs no programs.");
}

static bool agreed(struct command *cmd, const char *path, const char *line, bool *ret_yes)
{
    value target;
    if (!string_printf(cmd->in, &target, "%s %s", path, line))
        return false;
    bool ok = cmd_should_process(cmd, value_text(target), "Start-Process", ret_yes);
    return value_drop(target), ok;
}

static bool end(struct command *cmd)
{
    struct buf line = BUF_INIT;
    value path;
    bool yes = false;
    if (cmd_bound(cmd, VERB) || cmd_bound(cmd, WINDOW_STYLE) || cmd_bound(cmd, CREDENTIAL) ||
        cmd_switch(cmd, LOAD_PROFILE))
        return cmd_throw(cmd, "NotSupportedException", CAT_NotImplemented, value_null,
                         "Windows, verbs and other users are not to be had here.");
    if (!find(cmd, &path))
        return false;
    join_arguments(cmd, &line);
    bool ok = agreed(cmd, value_text(path), buf_text(&line), &yes) && (!yes || run(cmd, value_text(path), buf_text(&line)));
    buf_free(&line);
    return value_drop(path), ok;
}

const struct cmdlet cmdlet_start_process = {
    .params = params, .sets = sets, .properties = CMDLET_SHOULD_PROCESS, .end = end};
