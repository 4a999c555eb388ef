#include "interp/cmdlets/out.h"

#include "interp/value/types.h"

enum { NO_CONSOLE_WIDTH = 80 };

// One write a line, so that lines of two streams never mix.
static bool host_line(void *context, const char *text, size_t size)
{
    struct interp *in = context;
    struct buf line = {0};
    buf_add(&line, text, size);
    buf_add_char(&line, '\n');
    bool ok = line.failed ? throw_full(in, &line) : in->host->write(in->host->context, 1, line.data, line.size);
    buf_free(&line);
    return ok;
}

// The last column stays free: a terminal would wrap after it.
struct line_sink out_host_sink(struct interp *in)
{
    unsigned width = in->host->width ? in->host->width(in->host->context) : 0;
    return (struct line_sink){.context = in,
                              .line = host_line,
                              .width = (width ? width : NO_CONSOLE_WIDTH) - 1,
                              .colour = in->host->colour};
}

bool out_begin(struct command *cmd)
{
    renderer_init(cmd->state, cmd->in, out_host_sink(cmd->in));
    return true;
}

// A record that was merged into the output is shown as its stream shows it.
static enum stream stream_of(value v)
{
    if (v.kind != V_OBJECT)
        return STREAM_OUTPUT;
    bool record = v.object->type == &type_warning_record || v.object->type == &type_verbose_record ||
                  v.object->type == &type_debug_record || v.object->type == &type_information_record;
    if (!record || !((const struct record *)v.object)->merged)
        return STREAM_OUTPUT;
    if (v.object->type == &type_warning_record)
        return STREAM_WARNING;
    if (v.object->type == &type_verbose_record)
        return STREAM_VERBOSE;
    if (v.object->type == &type_debug_record)
        return STREAM_DEBUG;
    return STREAM_INFORMATION;
}

bool out_process(struct command *cmd)
{
    value v = cmd->arg[0];
    const struct host *host = cmd->in->host;
    if (!cmd_bound(cmd, 0))
        return true;
    enum stream stream = stream_of(v);
    if (stream == STREAM_OUTPUT || !host->report)
        return renderer_add(cmd->state, v);
    return host->report(host->context, cmd->in, stream, v);
}

bool out_end(struct command *cmd)
{
    return renderer_end(cmd->state);
}

void out_clean(struct command *cmd)
{
    renderer_free(cmd->state);
}
