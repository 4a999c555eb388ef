// A job's side of it. jesh-full alone.
#include "interp/host/job.h"

#include <string.h>
#include <unistd.h>

#include "interp/cmdlets/job-text.h"
#include "interp/eval/block.h"
#include "interp/eval/carry.h"
#include "interp/eval/pipeline.h"
#include "interp/eval/state.h"
#include "interp/value/enum.h"
#include "interp/value/types.h"

static bool send(struct wire_host *wh, unsigned stream, value v)
{
    struct buf body = BUF_INIT, frame = BUF_INIT;
    bool ok = carry_out(&wh->in, v, 1, &body);
    if (ok) {
        wire_put_u32(&frame, (uint32_t)body.size + 1);
        buf_add_char(&frame, (char)stream);
        buf_add(&frame, body.data, body.size);
        ok = !frame.failed && wire_host_write(wh, STDOUT_FILENO, frame.data, frame.size);
        wire_host_flush(wh);
    }
    buf_free(&body);
    buf_free(&frame);
    return ok;
}

bool job_report(void *context, struct interp *in, enum stream stream, value record)
{
    static const char *const names[] = {"Message", "MessageData"};
    value text = value_null;
    bool found = false;
    if (record.kind == V_ERROR)
        return send(context, stream, record);
    for (size_t i = 0; record.kind == V_OBJECT && !found && i < 2; i++)
        if (!member_get(in, record, names[i], strlen(names[i]), &text, &found))
            return false;
    bool ok = send(context, stream, found ? text : record);
    value_drop(text);
    return ok;
}

struct out {
    struct sink sink;
    struct wire_host *wh;
};

static bool put(struct sink *sink, struct interp *in, value v)
{
    (void)in;
    return send(((struct out *)sink)->wh, v.kind == V_ERROR ? STREAM_ERROR : STREAM_OUTPUT, v);
}

// --- What is to run
// ---------------------------------------------------------------------------------------------

static value entry(value job, const char *name)
{
    const value *found = table_get_text(job.table, name);
    return found ? *found : value_null;
}

static void go_there(struct interp *in, value directory)
{
    const struct named_arg args[] = {{"LiteralPath", directory},
                                     {"ErrorAction", enum_value(&type_action_preference, ACTION_IGNORE)}};
    value out;
    if (directory.kind == V_STRING && interp_call(in, CMDLET_set_location, args, 2, NULL, 0, &out))
        value_drop(out);
    value_set(&in->thrown, value_null);
}

static bool run_block(struct interp *in, value block, value job, struct sink *out)
{
    static const char with_input[] = "param($i, $b, $a) $i | & $b @a", plain[] = "param($i, $b, $a) & $b @a";
    value input = entry(job, "Input"), arguments = entry(job, "Arguments"), caller;
    const char *text = value_is_null(input) ? plain : with_input;
    if (!script_block(in, text, strlen(text), NULL, &caller))
        return false;
    const value args[] = {input, block, arguments};
    bool ok = block_invoke(in, caller, args, value_is_null(arguments) ? 2 : 3, false, out);
    return value_drop(caller), ok;
}

static bool run_text(struct interp *in, value text, value job, struct sink *out)
{
    value block;
    if (text.kind != V_STRING)
        return true;
    if (!script_block(in, value_text(text), text.string->size, NULL, &block))
        return false;
    bool ok =
        job.kind == V_TABLE ? run_block(in, block, job, out) : block_invoke(in, block, NULL, 0, true, out);
    return value_drop(block), ok;
}

static bool run(struct wire_host *wh, value job)
{
    struct interp *in = &wh->in;
    struct out out = {{put}, wh};
    go_there(in, entry(job, "Directory"));
    return job_use(in, entry(job, "Using")) &&
           run_text(in, entry(job, "Start"), value_null, &out.sink) &&
           run_text(in, entry(job, "Text"), job, &out.sink);
}

bool job_run(struct wire_host *wh, const char *bytes, size_t size)
{
    struct wire_reader reader = wire_reader_of(bytes, size);
    struct interp *in = &wh->in;
    value job;
    if (!carry_in(in, &reader, &job))
        return send(wh, 0, in->thrown), false;
    bool ok = job.kind == V_TABLE && run(wh, job);
    value_drop(job);
    value thrown = in->thrown;
    in->thrown = value_null;
    in->eval->flow = FLOW_NONE;
    send(wh, 0, thrown.kind == V_ERROR ? thrown : value_null);
    value_drop(thrown);
    return ok;
}
