#include "interp/host/wire-host.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fd.h"
#include "profiles/message.h"

enum { PIECE = 65536, SOON_MS = 10 };

static void keep_window(struct wire_host *wh, const struct wire_message *message)
{
    struct wire_reader reader = wire_reader_of(message->payload, message->size);
    unsigned columns = wire_get_u32(&reader), rows = wire_get_u32(&reader);
    if (reader.failed)
        return;
    wh->columns = columns;
    wh->rows = rows;
}

static void keep_text(struct wire_host *wh, const struct wire_message *message)
{
    wire_put_u32(&wh->texts, (uint32_t)message->size);
    buf_add(&wh->texts, message->payload, message->size);
}

static enum wire_event keep_owners(struct wire_host *wh, const struct wire_message *message)
{
    wh->owners_wanted = false;
    buf_add(&wh->owners, message->payload, message->size);
    return EVENT_NOTHING;
}

static enum wire_event keep_job(struct wire_host *wh, const struct wire_message *message)
{
    wh->job_wanted = false;
    buf_add(&wh->job, message->payload, message->size);
    return EVENT_NOTHING;
}

// The broker is trusted to decide, not to be free of faults: what makes no sense ends the session.
static enum wire_event keep(struct wire_host *wh, const struct wire_message *message)
{
    switch (message->kind) {
    case MESSAGE_TEXT:
        keep_text(wh, message);
        return EVENT_NOTHING;
    case MESSAGE_CLOSE:
        wh->closing = true;
        return EVENT_NOTHING;
    case MESSAGE_WINDOW:
        keep_window(wh, message);
        return EVENT_WINDOW;
    case MESSAGE_INTERRUPT:
        return EVENT_INTERRUPT;
    case MESSAGE_INPUT:
        wh->input_ended = message->size == 0;
        buf_add(&wh->input, message->payload, message->size);
        return EVENT_KEYS;
    case MESSAGE_OWNERS:
        if (wh->owners_wanted)
            return keep_owners(wh, message);
        wh->ended = true;
        return EVENT_END;
    case MESSAGE_JOB_DATA:
        if (wh->job_wanted)
            return keep_job(wh, message);
        // fall through
    default:
        wh->ended = true;
        return EVENT_END;
    }
}

static enum wire_event receive(struct wire_host *wh)
{
    struct wire_message message;
    if (wh->ended || !wire_receive(&wh->wire, message_limit_to_session, &message, NULL)) {
        wh->ended = true;
        return EVENT_END;
    }
    return keep(wh, &message);
}

static bool take_hello(struct wire_host *wh, struct err *err)
{
    struct wire_message message;
    if (!wire_receive(&wh->wire, message_limit_to_session, &message, err))
        return false;
    if (message.kind != MESSAGE_HELLO)
        return err_set(err, EXIT_SETUP, "WireOutOfTurn", "the first message is not HELLO");
    return session_decode(message.payload, message.size, &wh->arena, &wh->session, err);
}

bool wire_host_open(struct wire_host *wh, int fd, struct err *err)
{
    static const char one_filter[4] = {1};
    wh->wire.fd = fd;
    if (!wire_send(&wh->wire, MESSAGE_READY, one_filter, sizeof one_filter, err) || !take_hello(wh, err))
        return false;
    wh->columns = wh->session.columns;
    wh->rows = wh->session.rows;
    wh->input_ended = !(wh->session.flags & SESSION_HAS_INPUT);
    return true;
}

static bool take_kept_text(struct wire_host *wh, struct buf *ret_payload)
{
    struct wire_reader reader = wire_reader_of(buf_text(&wh->texts), wh->texts.size);
    size_t size = wire_get_u32(&reader);
    if (reader.failed || !buf_add(ret_payload, reader.at, size))
        return false;
    buf_drop_front(&wh->texts, 4 + size);
    return true;
}

bool wire_host_next_text(struct wire_host *wh, struct buf *ret_payload)
{
    wire_host_flush(wh);
    while (!wh->texts.size && !wh->closing && !wh->ended)
        receive(wh);
    return take_kept_text(wh, ret_payload);
}

static bool more_input(struct wire_host *wh)
{
    if (wh->input_ended || wh->ended || wh->in.interrupted)
        return false;
    wire_host_send(wh, MESSAGE_NEED_INPUT, NULL);
    for (;;) {
        enum wire_event event = receive(wh);
        if (event == EVENT_KEYS)
            return !wh->input_ended;
        if (event == EVENT_END || event == EVENT_INTERRUPT)
            return false;
    }
}

bool wire_host_read_line(struct wire_host *wh, struct buf *ret_line)
{
    size_t searched = 0;
    char *end = NULL;
    do {
        if (wh->input.size > searched)
            end = memchr(wh->input.data + searched, '\n', wh->input.size - searched);
        searched = wh->input.size;
    } while (!end && more_input(wh));
    if (!end && (!wh->input.size || wh->in.interrupted))
        return false;
    size_t size = end ? (size_t)(end - wh->input.data) : wh->input.size;
    bool cr = size && wh->input.data[size - 1] == '\r';
    bool ok = buf_add(ret_line, wh->input.data, size - cr);
    buf_drop_front(&wh->input, size + (end != NULL));
    return ok;
}

bool wire_host_ask_owners(struct wire_host *wh, const struct buf *question, struct buf *ret_answer)
{
    wire_host_send(wh, MESSAGE_OWNER, question);
    wh->owners_wanted = !wh->ended;
    while (wh->owners_wanted && !wh->ended)
        receive(wh);
    if (wh->ended)
        return false;
    buf_free(ret_answer);
    *ret_answer = wh->owners;
    wh->owners = (struct buf)BUF_INIT;
    return !ret_answer->failed;
}

bool wire_host_ask_job(struct wire_host *wh, unsigned message, const struct buf *question, struct buf *ret_answer)
{
    wire_host_send(wh, (uint16_t)message, question);
    wh->job_wanted = !wh->ended;
    while (wh->job_wanted && !wh->ended)
        receive(wh);
    if (wh->ended)
        return false;
    buf_free(ret_answer);
    *ret_answer = wh->job;
    wh->job = (struct buf)BUF_INIT;
    return !ret_answer->failed;
}

enum wire_event wire_host_wait(struct wire_host *wh, int timeout_ms)
{
    struct pollfd polls[2] = {{STDIN_FILENO, POLLIN, 0}, {wh->wire.fd, POLLIN, 0}};
    wire_host_flush(wh);
    if (wh->ended)
        return EVENT_END;
    int ready = poll(polls, 2, timeout_ms);
    if (ready < 0)
        return errno == EINTR ? EVENT_INTERRUPT : EVENT_END;
    if (ready == 0)
        return EVENT_NOTHING;
    return polls[1].revents ? receive(wh) : EVENT_KEYS;
}

bool wire_host_is_terminal(const struct wire_host *wh, int fd)
{
    static const unsigned flags[] = {SESSION_STDIN_TERMINAL, SESSION_STDOUT_TERMINAL,
                                     SESSION_STDERR_TERMINAL};
    return fd >= 0 && fd < 3 && wh->session.flags & flags[fd];
}

int wire_host_terminal(const struct wire_host *wh)
{
    static const int order[] = {STDOUT_FILENO, STDERR_FILENO, STDIN_FILENO};
    for (size_t i = 0; i < 3; i++)
        if (wire_host_is_terminal(wh, order[i]))
            return order[i];
    return -1;
}

static bool send_output(struct wire_host *wh, const char *text, size_t size)
{
    struct buf frame = BUF_INIT, payload = BUF_INIT;
    bool ok = buf_add_char(&payload, (char)wh->out_fd) && buf_add(&payload, text, size) &&
              wire_frame(&frame, MESSAGE_OUTPUT, payload.data, payload.size) &&
              fd_write_all(wh->wire.fd, frame.data, frame.size);
    buf_free(&payload);
    buf_free(&frame);
    return ok;
}

void wire_host_flush(struct wire_host *wh)
{
    for (size_t at = 0; at < wh->out.size && !wh->ended; at += PIECE) {
        size_t left = wh->out.size - at;
        wh->ended = !send_output(wh, wh->out.data + at, left < PIECE ? left : PIECE);
    }
    buf_clear(&wh->out);
    wh->flushed = clock_ms();
}

void wire_host_send(struct wire_host *wh, uint16_t kind, const struct buf *payload)
{
    wire_host_flush(wh);
    if (!wh->ended &&
        !wire_send(&wh->wire, kind, payload ? payload->data : NULL, payload ? payload->size : 0, NULL))
        wh->ended = true;
}

// Bytes wait for company for ten milliseconds, or until somebody waits: many short lines become one message,
// and a single line is seen at once.
bool wire_host_write(struct wire_host *wh, int fd, const char *text, size_t size)
{
    if (wire_host_is_terminal(wh, fd))
        return fd_write_all(fd, text, size);
    if (fd != wh->out_fd)
        wire_host_flush(wh);
    wh->out_fd = fd;
    if (!buf_add(&wh->out, text, size))
        return false;
    if (wh->out.size >= PIECE || clock_ms() - wh->flushed >= SOON_MS)
        wire_host_flush(wh);
    return !wh->ended;
}
