#include "launcher/status.h"

#include "base/buf.h"
#include "base/fd.h"

enum { LINE_MOST = 8192 };

static void add_text(struct buf *out, const char *text)
{
    buf_add_char(out, '"');
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        if (c == '"' || c == '\\')
            buf_printf(out, "\\%c", c);
        else if (c < 0x20 || c == 0x7f)
            buf_printf(out, "\\u%04x", c);
        else
            buf_add_char(out, (char)c);
    }
    buf_add_char(out, '"');
}

static void add_member(struct buf *out, const char *name, const char *value)
{
    buf_printf(out, ",\"%s\":", name);
    add_text(out, value);
}

// One write a line, so that a reader of a pipe never sees half of one.
static void send_line(int fd, struct buf *line)
{
    buf_add_text(line, "}\n");
    if (fd >= 0 && !line->failed)
        (void)fd_write_all(fd, line->data, line->size);
    buf_free(line);
}

const char *status_filters(enum witness witness)
{
    return witness == WITNESS_SEEN ? "seen" : "claimed";
}

void status_start(int fd, const struct profile *profile, const struct running *running, const char *filters)
{
    struct buf line = {.limit = LINE_MOST};

    if (fd < 0)
        return;
    buf_printf(&line, "{\"event\":\"start\",\"tier\":\"%s\"", running->tier == TIER_FULL ? "full" : "in-place");
    if (running->lowered[0])
        add_member(&line, "lowered", running->lowered);
    add_member(&line, "profile", profile->name ? profile->name : "");
    add_member(&line, "mode", mode_name(profile->mode));
    add_member(&line, "filters", filters);
    buf_printf(&line, ",\"bounding\":\"%s\",\"pid\":%d", running->bounding_kept ? "kept" : "empty", running->program);
    send_line(fd, &line);
}

void status_exit(int fd, int status)
{
    struct buf line = {.limit = LINE_MOST};

    if (fd < 0)
        return;
    buf_printf(&line, "{\"event\":\"exit\",\"status\":%d", status);
    send_line(fd, &line);
}

void status_refused(int fd, const struct err *err)
{
    struct buf line = {.limit = LINE_MOST};

    if (fd < 0)
        return;
    buf_printf(&line, "{\"event\":\"refused\",\"status\":%d", err->status);
    add_member(&line, "id", err->id);
    add_member(&line, "reason", err->text);
    send_line(fd, &line);
}
