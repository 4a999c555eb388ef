// Interps inside of an interp.
#include "interp/eval/runspace.h"

#include <string.h>

#include "base/mem.h"
#include "interp/eval/block.h"
#include "interp/eval/pipeline.h"

static bool keep(struct runspace *runspace, enum stream stream, value record)
{
    value *list = &runspace->streams[stream];
    if (list->kind == V_LIST)
        return list_add(runspace->outer, list->array, record);
    return true;
}

static bool report(void *context, struct interp *in, enum stream stream, value record)
{
    struct runspace *runspace = context;
    (void)in;
    runspace->failed |= stream == STREAM_ERROR;
    return keep(runspace, stream, record);
}

// Nobody looks at this host: what is written to it is gone, as in PowerShell.
static bool write_nowhere(void *context, int fd, const char *text, size_t size)
{
    (void)context, (void)fd, (void)text, (void)size;
    return true;
}

static unsigned outer_width(void *context)
{
    const struct host *host = ((struct runspace *)context)->outer->host;
    return host->width ? host->width(host->context) : 80;
}

static unsigned outer_height(void *context)
{
    const struct host *host = ((struct runspace *)context)->outer->host;
    return host->height ? host->height(host->context) : 25;
}

static bool outer_owners(void *context, const struct buf *question, struct buf *ret_answer)
{
    const struct host *host = ((struct runspace *)context)->outer->host;
    return host->owners && host->owners(host->context, question, ret_answer);
}

bool runspace_new(struct interp *in, struct runspace **ret)
{
    struct err err = {0};
    struct runspace *runspace = mem_new(1, sizeof *runspace);
    if (!runspace)
        return throw_memory(in);
    runspace->outer = in;
    runspace->host = (struct host){.context = runspace,
                                   .write = write_nowhere,
                                   .report = report,
                                   .owners = outer_owners,
                                   .width = outer_width,
                                   .height = outer_height};
    if (!interp_start(&runspace->in, in->session, &runspace->host, in->cmdlets, in->providers, &err)) {
        mem_free(runspace, sizeof *runspace);
        return throw_memory(in);
    }
    runspace->in.mode = in->mode;
    runspace->in.floor = in->floor;
    runspace->in.narrowed = in->narrowed;
    runspace->in.outer_interrupted = &in->interrupted;
    runspace->next = in->runspaces;
    in->runspaces = runspace;
    *ret = runspace;
    return true;
}

bool runspace_borrow(struct interp *in, struct runspace **ret)
{
    for (struct runspace *runspace = in->runspaces; runspace; runspace = runspace->next)
        if (runspace->idle && runspace->in.floor == in->floor && runspace->in.mode == in->mode)
            return runspace->idle = false, *ret = runspace, true;
    return runspace_new(in, ret);
}

void runspace_give_back(struct runspace *runspace)
{
    runspace->idle = true;
}

void runspaces_let_go(struct interp *in)
{
    for (struct runspace *runspace = in->runspaces; runspace; runspace = runspace->next) {
        for (size_t i = 0; i <= STREAM_INFORMATION; i++)
            value_drop(runspace->streams[i]);
        if (runspace->in.providers_end)
            runspace->in.providers_end(&runspace->in);
        interp_let_go(&runspace->in);
    }
}

void runspaces_end(struct interp *in)
{
    for (struct runspace *runspace = in->runspaces, *next; runspace; runspace = next) {
        next = runspace->next;
        interp_free(&runspace->in);
        mem_free(runspace, sizeof *runspace);
    }
    in->runspaces = NULL;
}

bool runspace_hand_over(struct runspace *runspace)
{
    struct interp *inner = &runspace->in;
    if (value_is_null(inner->thrown))
        return false;
    if (inner->thrown.kind == V_ERROR && inner->thrown.object != inner->out_of_memory.object)
        error_remember_outcome(inner, inner->thrown);
    runspace->failed = true;
    value_set(&runspace->outer->thrown, inner->thrown);
    value_set(&inner->thrown, value_null);
    return true;
}

bool runspace_do(struct runspace *runspace, runspace_act *act, void *context)
{
    struct interp *inner = &runspace->in, *outer = runspace->outer;
    struct interp *running = outer->running;
    unsigned depth = inner->eval->depth;
    if (!depth_enter(outer))
        return false;
    inner->eval->depth += outer->eval->depth;
    outer->running = inner;
    bool ok = act(inner, context);
    outer->running = running;
    inner->eval->depth = depth;
    inner->eval->flow = FLOW_NONE;
    depth_leave(outer);
    if (!ok)
        runspace_hand_over(runspace);
    return ok || value_is_null(outer->thrown);
}

struct text_run {
    const char *text;
    value list;
};

static bool run_text(struct interp *in, void *context)
{
    struct text_run *run = context;
    struct collector found;
    value block;
    collector_start(&found);
    if (!script_block(in, run->text, strlen(run->text), NULL, &block))
        return false;
    bool ok = block_invoke(in, block, NULL, 0, true, &found.sink);
    value_drop(block);
    run->list = found.list;
    return ok;
}

bool runspace_run(struct runspace *runspace, const char *text, value *ret_list)
{
    struct text_run run = {text, value_null};
    bool ok = runspace_do(runspace, run_text, &run);
    return *ret_list = run.list, ok;
}
