#include "interp/host/run.h"

#include <signal.h>
#include <unistd.h>

#include "base/wire.h"
#include "interp/host/job.h"
#include "interp/host/report.h"
#include "profiles/message.h"

enum { MOST_ARGUMENTS = 4096 };

struct text { // one TEXT message, taken apart; points into the payload
    enum text_kind kind;
    const char *name;
    size_t name_size;
    uint32_t args;
    struct wire_reader reader; // stands before the arguments
};

static bool open_text(const struct buf *payload, struct text *ret)
{
    if (!payload->size)
        return false;
    ret->kind = (enum text_kind)(unsigned char)payload->data[0];
    ret->reader = wire_reader_of(payload->data + 1, payload->size - 1);
    ret->name = wire_get_text(&ret->reader, &ret->name_size);
    ret->args = wire_get_u32(&ret->reader);
    return !ret->reader.failed && ret->args <= MOST_ARGUMENTS;
}

static bool read_arguments(struct interp *in, struct text *text, value *ret)
{
    if (!array_new(in, text->args, ret))
        return false;
    bool ok = true;
    for (uint32_t i = 0; ok && i < text->args; i++) {
        size_t size;
        const char *arg = wire_get_text(&text->reader, &size);
        ok = arg && string_new(in, arg, size, &ret->array->items[i]);
    }
    if (!ok)
        value_drop(*ret);
    return ok;
}

// The processor's time is up (SIGXCPU), and the kernel kills in a second: what was written is still shown.
static void leave_in_time(struct wire_host *wh)
{
    if (wh->in.interrupted != SIGXCPU)
        return;
    wire_host_flush(wh);
    _exit(128 + SIGXCPU);
}

static bool run_file(struct wire_host *wh, const char *text, size_t size, const char *name, value words)
{
    wh->in.interrupted = 0;
    bool ok = interp_run_file(&wh->in, text, size, name, words.array->items, words.array->count) &&
              !wh->in.interrupted;
    leave_in_time(wh);
    wh->in.interrupted = 0;
    return ok || wh->in.ended_by.kind == V_NULL; // a script fails by what ended it, not by its last command
}

bool run_one(struct wire_host *wh, const char *text, size_t size, const char *name, unsigned flags)
{
    wh->in.interrupted = 0;
    bool ok = interp_run_text(&wh->in, text, size, name, flags) && !wh->in.interrupted;
    leave_in_time(wh);
    wh->in.interrupted = 0;
    return ok;
}

static bool run_sent(struct wire_host *wh, struct text *text, struct buf *name)
{
    value words;
    if (!read_arguments(&wh->in, text, &words))
        return false;
    bool ok = !text->args || interp_set_variable(&wh->in, "args", words);
    if (text->name && !buf_add(name, text->name, text->name_size))
        ok = false;
    const char *program = (const char *)text->reader.at;
    size_t size = (size_t)(text->reader.end - text->reader.at);
    if (wh->session.flags & SESSION_HAS_INPUT)
        interp_open_input(&wh->in);
    if (ok && text->kind == RUN_COMMAND)
        ok = run_one(wh, program, size, NULL, 0);
    else if (ok)
        ok = run_file(wh, program, size, buf_text(name), words);
    return value_drop(words), ok;
}

static bool run_kind(struct wire_host *wh, struct text *text)
{
    struct buf name = BUF_INIT;
    bool ok = false;
    if (text->kind == RUN_PROMPT)
        ok = prompt_loop(wh);
    else if (text->kind == RUN_PIPED)
        ok = piped_loop(wh);
    else if (text->kind == RUN_JOB && job_run)
        ok = job_run(wh, (const char *)text->reader.at, (size_t)(text->reader.end - text->reader.at));
    else if (text->kind == RUN_COMMAND || text->kind == RUN_FILE)
        ok = run_sent(wh, text, &name);
    else
        wh->ended = true;
    buf_free(&name);
    return ok;
}

static void send_status(struct wire_host *wh, enum message message, int status)
{
    struct buf payload = BUF_INIT;
    wire_put_u32(&payload, (uint32_t)status);
    if (message == MESSAGE_DONE)
        buf_add_char(&payload, wh->in.exit_requested);
    wire_host_send(wh, (uint16_t)message, &payload);
    buf_free(&payload);
}

static int run_payload(struct wire_host *wh, const struct buf *payload)
{
    struct text text;
    if (!open_text(payload, &text)) {
        wh->ended = true;
        return EXIT_SETUP;
    }
    bool ok = run_kind(wh, &text);
    int status = wh->in.exit_requested ? wh->in.exit_code & 0xff : ok ? 0 : 1;
    wire_host_flush(wh);
    send_status(wh, MESSAGE_DONE, status);
    return status;
}

int run_texts(struct wire_host *wh)
{
    int status = 0;
    struct buf payload = BUF_INIT;
    while (!wh->in.exit_requested && wire_host_next_text(wh, &payload)) {
        status = run_payload(wh, &payload);
        buf_free(&payload);
    }
    buf_free(&payload);
    if (wh->host.error_json)
        report_summary(wh, status);
    send_status(wh, MESSAGE_EXIT, status);
    return status;
}
