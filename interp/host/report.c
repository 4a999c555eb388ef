#include "interp/host/report.h"

#include <string.h>
#include <unistd.h>

#include "base/utf8.h"
#include "interp/format/error-view.h"
#include "interp/value/error.h"

static const char *const stream_names[] = {
    [STREAM_OUTPUT] = "output",   [STREAM_ERROR] = "error", [STREAM_WARNING] = "warning",
    [STREAM_VERBOSE] = "verbose", [STREAM_DEBUG] = "debug", [STREAM_INFORMATION] = "information",
};

static const char *const prefixes[] = {
    [STREAM_WARNING] = "WARNING: ",
    [STREAM_VERBOSE] = "VERBOSE: ",
    [STREAM_DEBUG] = "DEBUG: ",
    [STREAM_INFORMATION] = "",
};

// RFC 8259 §7; control characters and lone surrogates as \u.
static void add_json(struct buf *out, value text)
{
    if (text.kind != V_STRING) {
        buf_add_text(out, "null");
        return;
    }
    buf_add_char(out, '"');
    for (size_t at = 0, used; at < text.string->size; at += used) {
        uint32_t c = utf8_decode(text.string->text + at, text.string->size - at, &used);
        if (c == '"' || c == '\\')
            buf_printf(out, "\\%c", (int)c);
        else if (c < 0x20 || (c >= 0x7f && c < 0xa0) || (c >= 0xd800 && c < 0xe000))
            buf_printf(out, "\\u%04x", c);
        else
            buf_add_codepoint(out, c);
    }
    buf_add_char(out, '"');
}

static void add_error_fields(struct buf *out, const struct error_record *record)
{
    buf_add_text(out, "\"id\":");
    add_json(out, record->id);
    buf_printf(out, ",\"category\":\"%s\",\"line\":%u,\"column\":%u", category_name(record->category),
               record->line, record->column);
}

static bool write_and_free(struct wire_host *wh, int fd, struct buf *text)
{
    bool ok = !text->failed && wire_host_write(wh, fd, buf_text(text), text->size);
    buf_free(text);
    return ok;
}

static bool is_thrown(const struct interp *in, value record)
{
    return record.error->script_terminating ||
           (in->thrown.kind == V_ERROR && in->thrown.error == record.error);
}

static bool write_error_json(struct wire_host *wh, struct interp *in, value record)
{
    struct buf line = BUF_INIT;
    buf_add_text(&line, "{\"stream\":\"error\",");
    add_error_fields(&line, record.error);
    buf_printf(&line, ",\"terminating\":%s,\"message\":", is_thrown(in, record) ? "true" : "false");
    add_json(&line, record.error->message);
    buf_add_text(&line, "}\n");
    return write_and_free(wh, STDERR_FILENO, &line);
}

static bool write_text_json(struct wire_host *wh, enum stream stream, value text)
{
    struct buf line = BUF_INIT;
    buf_printf(
        &line,
        "{\"stream\":\"%s\",\"id\":null,\"category\":null,\"line\":0,\"column\":0,\"terminating\":false,"
        "\"message\":",
        stream_names[stream]);
    add_json(&line, text);
    buf_add_text(&line, "}\n");
    return write_and_free(wh, STDERR_FILENO, &line);
}

static bool colour_of(const struct wire_host *wh, int fd)
{
    return wh->host.colour && wire_host_is_terminal(wh, fd);
}

static bool write_error(struct wire_host *wh, struct interp *in, value record)
{
    struct buf text = BUF_INIT;
    struct error_style style = {colour_of(wh, STDERR_FILENO), wh->columns};
    if (!error_view(in, record, &style, &text)) {
        buf_free(&text);
        return false;
    }
    buf_add_char(&text, '\n');
    return write_and_free(wh, STDERR_FILENO, &text);
}

static bool write_text(struct wire_host *wh, enum stream stream, value text)
{
    struct buf line = BUF_INIT;
    bool colour = stream != STREAM_INFORMATION && colour_of(wh, STDOUT_FILENO);
    buf_printf(&line, "%s%s", colour ? "\x1b[33;1m" : "", prefixes[stream]);
    buf_add(&line, text.string->text, text.string->size);
    buf_printf(&line, "%s\n", colour ? "\x1b[0m" : "");
    return write_and_free(wh, STDOUT_FILENO, &line);
}

// A record of a stream holds its text as Message or MessageData; anything else is shown as "$_" shows it.
static bool text_of_record(struct interp *in, value record, value *ret)
{
    static const char *const names[] = {"Message", "MessageData"};
    for (size_t i = 0; record.kind == V_OBJECT && i < 2; i++) {
        value data = value_null;
        bool found = false;
        if (!member_get(in, record, names[i], strlen(names[i]), &data, &found))
            return false;
        bool ok = found && value_to_string(in, data, ret);
        value_drop(data);
        if (found)
            return ok;
    }
    return value_to_string(in, record, ret);
}

bool report_stream(void *context, struct interp *in, enum stream stream, value record)
{
    struct wire_host *wh = context;
    bool json = wh->host.error_json;
    if (record.kind == V_ERROR && stream == STREAM_ERROR)
        return json ? write_error_json(wh, in, record) : write_error(wh, in, record);
    value text;
    if (!text_of_record(in, record, &text))
        return false;
    bool ok = json && stream != STREAM_INFORMATION ? write_text_json(wh, stream, text)
                                                   : write_text(wh, stream, text);
    value_drop(text);
    return ok;
}

static const struct array *errors_of(const struct interp *in)
{
    return in->errors.kind == V_LIST || in->errors.kind == V_ARRAY ? in->errors.array : NULL;
}

void report_summary(struct wire_host *wh, int status)
{
    const struct array *errors = errors_of(&wh->in);
    const char *separator = "";
    struct buf line = BUF_INIT;
    buf_add_text(&line, "{\"errors\":[");
    for (size_t i = errors ? errors->count : 0; i-- > 0;) {
        if (errors->items[i].kind != V_ERROR)
            continue;
        buf_printf(&line, "%s{", separator);
        add_error_fields(&line, errors->items[i].error);
        buf_add_char(&line, '}');
        separator = ",";
    }
    buf_add_text(&line, "],\"term\":");
    add_json(&line, wh->in.ended_by.kind == V_ERROR ? wh->in.ended_by.error->id : value_null);
    buf_printf(&line, ",\"exit\":%d}\n", status);
    write_and_free(wh, STDERR_FILENO, &line);
}
