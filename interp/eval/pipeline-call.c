// Commands called from C: with bound values, or fed one object at a time.
#include <string.h>

#include "interp/eval/pipeline.h"

static bool bind_call(struct stage *stage, const struct named_arg *args, size_t count)
{
    struct argument arguments[32];
    if (count > 32)
        count = 32;
    for (size_t i = 0; i < count; i++)
        arguments[i] = (struct argument){.kind = ARGUMENT_PARAMETER,
                                         .has_value = true,
                                         .name = args[i].name,
                                         .name_size = strlen(args[i].name),
                                         .val = args[i].val};
    return bind_line(stage, arguments, count);
}

static bool run_call(struct pipeline *pipeline, enum cmdlet_id id, const struct named_arg *args, size_t count)
{
    struct stage *stage = &pipeline->stages[0];
    if (!stage_open(stage, pipeline, 0, id, false) || !bind_call(stage, args, count))
        return false;
    return pipeline_run(pipeline);
}

bool interp_call(struct interp *in, enum cmdlet_id id, const struct named_arg *args, size_t count,
                 const value *input, size_t input_count, value *ret_output)
{
    struct collector collector;
    struct stage stage = {0};
    struct pipeline pipeline = {
        .in = in, .stages = &stage, .count = 1, .out = &collector.sink, .input = value_void};
    if (!in->cmdlets[id])
        return throw_error(in, "CommandNotFoundException", CAT_ObjectNotFound, value_null,
                           "%s is not built in.", cmdlet_rows[id].name);
    collector_start(&collector);
    if (input) {
        pipeline.has_input = true;
        if (!array_from(in, input, input_count, &pipeline.input))
            return false;
    }
    bool ok = run_call(&pipeline, id, args, count);
    pipeline_close(&pipeline);
    value_drop(pipeline.input);
    if (!ok)
        return value_drop(collector.list), false;
    return collector_take(&collector, in, ret_output);
}

bool pipeline_open_sink(struct interp *in, struct pipeline *pipeline, struct stage *stage, enum cmdlet_id id)
{
    *stage = (struct stage){0};
    *pipeline =
        (struct pipeline){.in = in, .stages = stage, .count = 1, .has_input = true, .input = value_void};
    if (!stage_open(stage, pipeline, 0, id, false) || !bind_line(stage, NULL, 0))
        return false;
    stage->began = true;
    bind_publish(stage);
    return stage_call(stage, stage->cmd.cmdlet->begin);
}

bool pipeline_sink_put(struct pipeline *pipeline, value v)
{
    return stage_input(&pipeline->stages[0], v);
}

bool pipeline_sink_close(struct pipeline *pipeline)
{
    struct stage *stage = &pipeline->stages[0];
    bool ok = true;
    if (stage->began)
        bind_reset(stage), bind_publish(stage), ok = stage_call(stage, stage->cmd.cmdlet->end);
    pipeline_close(pipeline);
    return ok;
}
