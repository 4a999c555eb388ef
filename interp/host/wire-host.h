// interp/host/wire-host.h: the interpreter's side of the wire, and where output goes.
//
// Descriptors that are a terminal are the session's own pty and are written directly; everything else travels
// as messages. Messages that arrive while a text runs are kept until somebody asks for them.
#ifndef INTERP_HOST_WIRE_HOST_H
#define INTERP_HOST_WIRE_HOST_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/wire.h"
#include "interp/eval/interp.h"
#include "interp/host/history.h"
#include "profiles/session.h"

struct wire_host {
    struct wire wire;
    struct arena arena; // what HELLO said
    struct session session;
    struct host host;
    struct interp in;
    struct buf out; // bytes for descriptor out_fd, not yet sent
    int out_fd;
    uint64_t flushed; // when that was done last, monotonic milliseconds
    struct buf texts; // TEXT payloads that wait: size (32 bits), bytes
    struct buf input; // bytes of standard input not yet taken
    bool input_ended;
    struct buf owners;  // the answer to OWNER
    bool owners_wanted; // and it has not come yet
    struct buf job;     // the answer to the last JOB_ message
    bool job_wanted;
    bool closing; // CLOSE has come
    bool ended;   // the wire has ended or failed: nothing can be said any more
    unsigned columns, rows;
    struct history history;
    struct buf typed; // keys read from the terminal and not yet used
};

// Says READY and takes HELLO. False with WireMalformed and the like: the process must end.
bool wire_host_open(struct wire_host *wh, int fd, struct err *err);

// The next TEXT payload, appended to a buffer; false: there is none, and none will come.
bool wire_host_next_text(struct wire_host *wh, struct buf *ret_payload);
// One line of piped standard input without its newline; false at the end of input or when interrupted.
bool wire_host_read_line(struct wire_host *wh, struct buf *ret_line);

// Asks the broker (profiles/broker.def, OWNER); what else comes meanwhile is kept. False: there is no answer.
bool wire_host_ask_owners(struct wire_host *wh, const struct buf *question, struct buf *ret_answer);

// The same with JOB_START, JOB_ASK and JOB_STOP.
bool wire_host_ask_job(struct wire_host *wh, unsigned message, const struct buf *question, struct buf *ret_answer);

enum wire_event { EVENT_KEYS, EVENT_WINDOW, EVENT_INTERRUPT, EVENT_NOTHING, EVENT_END };
// Waits for a key on the terminal (then standard input can be read) or a message, `timeout_ms` at most (-1:
// for ever).
enum wire_event wire_host_wait(struct wire_host *wh, int timeout_ms);

bool wire_host_write(struct wire_host *wh, int fd, const char *text, size_t size);
void wire_host_flush(struct wire_host *wh);
void wire_host_send(struct wire_host *wh, uint16_t kind,
                    const struct buf *payload); // after what waits in `out`
bool wire_host_is_terminal(const struct wire_host *wh, int fd);
int wire_host_terminal(const struct wire_host *wh); // the descriptor to draw on; -1: none

#endif
