// SteppablePipeline: a pipeline that a program begins, feeds and ends itself. jesh-full alone.
#include "interp/eval/steppable.h"

#include <string.h>

#include "base/mem.h"
#include "interp/eval/block.h"
#include "interp/eval/script-cmdlet.h"
#include "interp/value/types-rows.h"

// Its frames are no part of the session's stack: it is left and entered again in any order.
struct steppable {
    struct object head;
    struct pipeline pipeline;
    struct stack stack;
    value block;
    struct collector found; // what it writes where no function takes it
    struct sink to_stage, nowhere;
    struct stage *owner; // the function whose output it is; NULL: none
    struct frame frame;  // of the block, below those of its commands
    bool open, begun;
};

#define STEPPABLE(v) ((struct steppable *)(v).object)

static struct stack swap_stack(struct steppable *step, struct stack *other)
{
    struct eval_state *eval = step->pipeline.in->eval;
    struct stack old = eval->stack;
    eval->stack = *other;
    return old;
}

#define OWN_STACK(step) struct stack outer_stack = swap_stack(step, &(step)->stack)
#define BACK(step) ((step)->stack = swap_stack(step, &outer_stack))

static void close_it(struct steppable *step)
{
    if (!step->open)
        return;
    OWN_STACK(step);
    pipeline_close(&step->pipeline);
    mem_free(step->pipeline.stages, step->pipeline.count * sizeof *step->pipeline.stages);
    frame_close(&step->frame);
    BACK(step);
    step->open = false;
}

// Nobody cleans up after a program that did not.
static void release(struct object *object)
{
    struct steppable *step = (struct steppable *)object;
    for (size_t i = 0; step->open && i < step->pipeline.count; i++)
        step->pipeline.stages[i].began = false;
    close_it(step);
    stack_free(&step->stack);
    value_drop(step->found.list);
    value_drop(step->block);
}

static bool put(struct sink *sink, struct interp *in, value v)
{
    struct steppable *step = (struct steppable *)((char *)sink - offsetof(struct steppable, to_stage));
    (void)in;
    return stage_output(step->owner, v);
}

static bool is_over(struct interp *in, const struct steppable *step)
{
    return !step->open &&
           (throw_error(in, "ObjectDisposed", CAT_InvalidOperation, value_null, "This pipeline is over."),
            true);
}

static bool take(struct interp *in, struct steppable *step, bool ok, value *ret)
{
    if (!ok)
        return value_set(&step->found.list, value_null), false;
    return collector_take_array(&step->found, in, ret);
}

// --- Steps
// --------------------------------------------------------------------------------------------------------

static bool begin_with(struct interp *in, struct steppable *step, bool expects, value *ret)
{
    if (is_over(in, step))
        return false;
    step->pipeline.stages[0].cmd.expects_input = expects;
    step->pipeline.out = step->owner ? &step->to_stage : &step->found.sink;
    step->begun = true;
    OWN_STACK(step);
    bool ok = pipeline_begin(&step->pipeline);
    BACK(step);
    return take(in, step, ok, ret);
}

// A step without Begin comes first: nobody reads what it writes.
static bool begin_unread(struct interp *in, struct steppable *step)
{
    value nothing = value_null;
    step->nowhere.put = sink_put_nowhere;
    if (!begin_with(in, step, false, &nothing))
        return false;
    step->pipeline.out = &step->nowhere;
    return value_drop(nothing), true;
}

METHOD(begin)
{
    (void)count;
    return begin_with(in, STEPPABLE(self), value_truth(args[0]), ret);
}
METHOD(begin_in)
{
    struct steppable *step = STEPPABLE(self);
    (void)count;
    if (value_is_null(args[count - 1]))
        return throw_error(in, "System.ArgumentNullException", CAT_OperationStopped, value_null,
                           "A running function's $PSCmdlet is needed.");
    step->owner = cmdlet_object_stage(args[count - 1]);
    if (!step->owner)
        return method_throw(in, &type_argument_exception, "A running function's $PSCmdlet is needed.");
    return begin_with(in, step, count > 1 ? value_truth(args[0]) : step->owner->cmd.expects_input, ret);
}
METHOD(process)
{
    struct steppable *step = STEPPABLE(self);
    if (is_over(in, step) || (!step->begun && !begin_unread(in, step)))
        return false;
    struct stage *first = &step->pipeline.stages[0];
    OWN_STACK(step);
    bool ok = count && first->cmd.expects_input ? stage_input(first, args[0])
                                                : stage_call(first, first->cmd.cmdlet->process);
    BACK(step);
    return take(in, step, pipeline_goes_on(&step->pipeline, ok), ret);
}
METHOD(end)
{
    struct steppable *step = STEPPABLE(self);
    (void)args, (void)count;
    if (is_over(in, step))
        return false;
    if (!step->begun)
        return throw_error(in, "InvalidOperation", CAT_InvalidOperation, value_null, "Begin comes first.");
    OWN_STACK(step);
    bool ok = pipeline_end(&step->pipeline);
    BACK(step);
    if (ok)
        close_it(step);
    return take(in, step, ok, ret);
}
METHOD(dispose)
{
    UNUSED;
    close_it(STEPPABLE(self));
    return true;
}

static const struct method methods[] = {{"Begin", begin, OBJS, P(BOOLEAN)},
                                        {"Begin", begin_in, OBJS, P(&type_script_cmdlet)},
                                        {"Begin", begin_in, OBJS, P(BOOLEAN, &type_script_cmdlet)},
                                        {"Process", process, OBJS, P(OBJ)},
                                        {"Process", process, OBJS},
                                        {"End", end, OBJS},
                                        {"Clean", dispose, VOID},
                                        {"Dispose", dispose, VOID},
                                        {0}};
static const struct type_members full_steppable = {methods, NULL, NULL, NULL};
const struct type type_steppable_pipeline = {.name = "System.Management.Automation.SteppablePipeline",
                                             .base = &type_object,
                                             .type_code = 1,
                                             .size = sizeof(struct steppable),
                                             .release = release,
                                             .full = &full_steppable};

// --- Making
// ------------------------------------------------------------------------------------------------------

static bool run_block(struct interp *in, struct steppable *step, struct scriptblock *block)
{
    if (!block_frame(in, block, &step->frame))
        return false;
    step->frame.handed = &step->pipeline;
    bool ok = frame_enter(&step->frame, ENTRY_MAIN, &step->found.sink);
    step->open = step->pipeline.stages != NULL;
    if (!step->open)
        frame_close(&step->frame);
    return ok || method_rethrow(in);
}

// One pipeline of commands, and nothing else.
static const char *refusal(const struct scriptblock *block)
{
    const struct ast *node = block->node, *body = node->kids[SB_END];
    if (node->kids[SB_BEGIN] || node->kids[SB_PROCESS] || node->kids[SB_DYNAMICPARAM] || !body)
        return "CanConvertOneClauseOnly";
    if (!body->count)
        return "CantConvertEmptyPipeline";
    if (body->count > 1)
        return "CanOnlyConvertOnePipeline";
    if (body->kids[0]->kind != AST_PIPELINE || body->kids[0]->kids[0]->kind == AST_COMMAND_EXPRESSION)
        return "CantConvertPipelineStartsWithExpression";
    return NULL;
}

bool steppable_new(struct interp *in, value block, value *ret)
{
    const char *id = refusal(block.scriptblock);
    value v;
    if (id)
        return method_throw(in, &type_ps_invalid_operation_exception,
                            "Only a block that is one pipeline of commands can be stepped through.");
    if (!object_new(in, &type_steppable_pipeline, &v))
        return false;
    struct steppable *step = STEPPABLE(v);
    step->block = value_keep(block);
    step->to_stage.put = put;
    step->pipeline.in = in;
    collector_start(&step->found);
    OWN_STACK(step);
    bool ok = run_block(in, step, block.scriptblock);
    BACK(step);
    return ok ? (*ret = v, true) : (value_drop(v), false);
}
