// Write-Host talks to the person, whatever becomes of the output stream.
#include "base/buf.h"
#include "interp/eval/state.h"
#include "interp/value/objects.h"

enum { OBJECT, NO_NEWLINE, SEPARATOR, FOREGROUND, BACKGROUND };

static const struct param params[] = {
    {"Object", "object", "Msg Message", 0, PARAM_PIPELINE | PARAM_REMAINING | PARAM_ALLOW_NULL},
    {"NoNewline", "switch", NULL, PARAM_NAMED},
    {"Separator", "object", NULL, PARAM_NAMED},
    {"ForegroundColor", "System.ConsoleColor", NULL, PARAM_NAMED},
    {"BackgroundColor", "System.ConsoleColor", NULL, PARAM_NAMED},
    {0},
};

static bool add_text(struct interp *in, value v, struct buf *out)
{
    value text;
    if (!value_to_shown_string(in, v, &text))
        return false;
    buf_add(out, text.string->text, text.string->size);
    value_drop(text);
    return true;
}

// Items of collections one after the other, with the separator between them.
static bool add_object(struct command *cmd, value v, struct buf *out)
{
    struct value_walk walk;
    value item;
    bool ok = true, first = true;
    if (value_is_null(v))
        return true;
    if (!value_enumerable(v))
        return add_text(cmd->in, v, out);
    if (!depth_enter(cmd->in))
        return false; // a collection may hold itself
    for (value_walk_start(&walk, v); ok && value_walk_next(cmd->in, &walk, &item); value_drop(item)) {
        if (!first && cmd_bound(cmd, SEPARATOR))
            ok = add_text(cmd->in, cmd->arg[SEPARATOR], out);
        else if (!first)
            buf_add_char(out, ' ');
        first = false;
        ok = ok && add_object(cmd, item, out);
    }
    depth_leave(cmd->in);
    return ok;
}

// ConsoleColor (0 black … 15 white) as the code of an escape sequence.
static int colour_code(value colour, int base)
{
    static const int order[] = {0, 4, 2, 6, 1, 5, 3, 7};
    return base + order[colour.i & 7] + (colour.i & 8 ? 60 : 0);
}

static bool record_of(struct command *cmd, value message, value *ret)
{
    const value fields[] = {message, value_bool(cmd_switch(cmd, NO_NEWLINE)),
                            cmd_bound(cmd, FOREGROUND) ? cmd->arg[FOREGROUND] : value_null,
                            cmd_bound(cmd, BACKGROUND) ? cmd->arg[BACKGROUND] : value_null};
    value data, tag = string_static(cmd->in, "PSHOST");
    if (!host_message_new(cmd->in, fields, &data))
        return value_drop(tag), false;
    bool ok = record_new(cmd->in, &type_information_record, data, ret);
    value_drop(data);
    if (!ok)
        return value_drop(tag), false;
    struct record *record = (struct record *)ret->object;
    record->source = string_static(cmd->in, "Write-Host");
    ok = list_new(cmd->in, &type_list_string, &record->tags) && list_add(cmd->in, record->tags.array, tag);
    return value_drop(tag), ok || (value_drop(*ret), false);
}

// Where somebody listens, what is said is a record.
static bool say_record(struct command *cmd)
{
    struct buf out = {0};
    value message, record;
    bool ok =
        add_object(cmd, cmd->arg[OBJECT], &out) && string_new(cmd->in, buf_text(&out), out.size, &message);
    buf_free(&out);
    if (!ok)
        return false;
    ok = record_of(cmd, message, &record);
    value_drop(message);
    if (!ok)
        return false;
    ok = cmd_stream(cmd, STREAM_INFORMATION, record);
    return value_drop(record), ok;
}

static bool process(struct command *cmd)
{
    const struct host *host = cmd->in->host;
    struct buf out = {0};
    if (host_message_new && cmd_stream_is_taken(cmd, STREAM_INFORMATION))
        return say_record(cmd);
    bool coloured = host->colour && (cmd_bound(cmd, FOREGROUND) || cmd_bound(cmd, BACKGROUND));
    if (coloured && cmd_bound(cmd, FOREGROUND))
        buf_printf(&out, "\x1b[%dm", colour_code(cmd->arg[FOREGROUND], 30));
    if (coloured && cmd_bound(cmd, BACKGROUND))
        buf_printf(&out, "\x1b[%dm", colour_code(cmd->arg[BACKGROUND], 40));
    bool ok = add_object(cmd, cmd->arg[OBJECT], &out);
    if (coloured)
        buf_add_text(&out, "\x1b[0m");
    if (!cmd_switch(cmd, NO_NEWLINE))
        buf_add_char(&out, '\n');
    if (ok && out.failed)
        ok = throw_full(cmd->in, &out);
    ok = ok && host->write(host->context, 1, buf_text(&out), out.size);
    buf_free(&out);
    return ok;
}

const struct cmdlet cmdlet_write_host = {.params = params, .process = process};
