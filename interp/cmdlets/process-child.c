#include "interp/cmdlets/process-child.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/wildcard.h"
#include "interp/eval/state.h"
#include "interp/value/types-rows.h"

enum { STEP_MS = 10 };

#define PROCESS(v) ((struct process *)(v).object)

// Those that nobody asks for any more are reaped when the next one starts.
static void sweep(struct interp *in)
{
    struct array *list = in->eval->children.kind == V_LIST ? in->eval->children.array : NULL;
    size_t kept = 0;
    for (size_t i = 0; list && i < list->count; i++) {
        if (process_ended(PROCESS(list->items[i])))
            value_drop(list->items[i]);
        else
            list->items[kept++] = list->items[i];
    }
    if (list)
        list->count = kept;
}

// Until it has executed the program a child is hidden in /proc, as this process is (proc(5), hidepid).
static void await_program(struct process *process)
{
    enum { MOST_MS = 100 };
    bool seen = process_is_gone(getpid());
    for (int i = 0; i < MOST_MS && !seen && !process_ended(process); i++)
        if (!(seen = !process_is_gone(process->id)))
            poll(NULL, 0, 1);
}

bool process_adopt(struct interp *in, const struct child *child, const char *path, value *ret)
{
    const char *slash = strrchr(path, '/');
    value v;
    sweep(in);
    if (!object_new(in, &type_process, &v))
        return false;
    struct process *process = PROCESS(v);
    process->id = child->pid;
    process->child = true;
    process->started = date_now_utc();
    await_program(process);
    if (!string_text(in, slash ? slash + 1 : path, &process->name) ||
        !list_gather(in, &in->eval->children, v))
        return value_drop(v), false;
    return *ret = v, true;
}

bool process_ended(struct process *process)
{
    int status;
    if (process->ended)
        return true;
    if (!process->child)
        return process->ended = process_is_gone(process->id);
    pid_t found = waitpid(process->id, &status, WNOHANG);
    if (found == 0)
        return false;
    process->exit_code = found < 0 ? 0 : WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    process->exited = date_now_utc();
    return process->ended = true;
}

bool process_wait(struct interp *in, struct process *process, int64_t milliseconds, bool *ret)
{
    uint64_t start = clock_ms();
    if (in->host->flush)
        in->host->flush(in->host->context);
    while (!(*ret = process_ended(process))) {
        if (milliseconds >= 0 && clock_ms() - start >= (uint64_t)milliseconds)
            return true;
        if (in->interrupted || *in->outer_interrupted)
            return false;
        poll(NULL, 0, STEP_MS);
    }
    return true;
}

// --- Which are meant
// --------------------------------------------------------------------------------------------------

// One that was started here is the same object however it is asked for.
static bool add(struct interp *in, struct array *list, value process)
{
    const struct array *own = in->eval->children.kind == V_LIST ? in->eval->children.array : NULL;
    for (size_t i = 0; own && i < own->count; i++)
        if (PROCESS(own->items[i])->id == PROCESS(process)->id)
            return list_add(in, list, own->items[i]);
    return list_add(in, list, process);
}

static bool add_by_id(struct command *cmd, value id, struct array *list)
{
    value process;
    sweep(cmd->in);
    if (!process_read(cmd->in, (pid_t)id.i, false, &process))
        return false;
    if (process.kind == V_VOID)
        return cmd_error(cmd, "NoProcessFoundForGivenId", CAT_ObjectNotFound, id,
                         "This session sees no process %d.", (int)id.i);
    bool ok = add(cmd->in, list, process);
    return value_drop(process), ok;
}

static bool add_by_name(struct command *cmd, value name, const struct array *all, struct array *list)
{
    bool any = false;
    for (size_t i = 0; i < all->count; i++) {
        const struct string *own = PROCESS(all->items[i])->name.string;
        if (!wildcard_match(value_text(name), name.string->size, own->text, own->size, true))
            continue;
        any = true;
        if (!add(cmd->in, list, all->items[i]))
            return false;
    }
    return any || wildcard_has(value_text(name), name.string->size) ||
           cmd_error(cmd, "NoProcessFoundForGivenName", CAT_ObjectNotFound, name,
                     "This session sees no process named '%s'.", value_text(name));
}

static bool add_names(struct command *cmd, value names, struct array *list)
{
    value all;
    int errnum;
    if (!process_list(cmd->in, false, &all, &errnum))
        return errnum && cmd_throw(cmd, "ProcessListNotVisible", CAT_ResourceUnavailable, value_null,
                                   "/proc: %s", strerrordesc_np(errnum));
    bool ok = true;
    for (size_t i = 0; ok && i < names.array->count; i++)
        ok = names.array->items[i].kind != V_STRING ||
             add_by_name(cmd, names.array->items[i], all.array, list);
    return value_drop(all), ok;
}

bool processes_named(struct command *cmd, const struct process_params *at, value *ret)
{
    value list, given = cmd->arg[cmd_bound(cmd, at->input) ? at->input : at->id];
    if (!list_new(cmd->in, NULL, &list))
        return false;
    bool ok = true;
    if (cmd_bound(cmd, at->name))
        ok = add_names(cmd, cmd->arg[at->name], list.array);
    else
        for (size_t i = 0; ok && given.kind == V_ARRAY && i < given.array->count; i++)
            ok = given.array->items[i].kind == V_I32 ? add_by_id(cmd, given.array->items[i], list.array)
                                                     : list_add(cmd->in, list.array, given.array->items[i]);
    if (!ok)
        return value_drop(list), false;
    return *ret = list, true;
}

// --- Methods
// ----------------------------------------------------------------------------------------------------------

METHOD(process_kill)
{
    UNUSED;
    struct process *process = PROCESS(self);
    if (!process_ended(process) && kill(process->id, SIGKILL) && errno != ESRCH)
        return method_throw(in, &type_win32_exception, "The process cannot be ended.");
    return true;
}
METHOD(wait_for_exit)
{
    bool ended;
    UNUSED;
    if (!process_wait(in, PROCESS(self), count ? args[0].i : -1, &ended))
        return throw_error(in, "PipelineStopped", CAT_OperationStopped, value_null,
                           "The wait was interrupted.");
    if (count)
        *ret = value_bool(ended);
    return true;
}
METHOD(nothing)
{
    UNUSED;
    return true;
}
METHOD(no_window)
{
    UNUSED;
    return *ret = value_false, true;
}
static const struct method methods[] = {{"Close", nothing, VOID},
                                        {"CloseMainWindow", no_window, BOOLEAN},
                                        {"Dispose", nothing, VOID},
                                        {"Kill", process_kill, VOID},
                                        {"Kill", process_kill, VOID, P(BOOLEAN)},
                                        {"Refresh", nothing, VOID},
                                        {"WaitForExit", wait_for_exit, VOID},
                                        {"WaitForExit", wait_for_exit, BOOLEAN, P(I32)},
                                        {0}};
const struct type_members full_process = {methods, NULL, NULL, NULL};
