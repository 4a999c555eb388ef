// launcher/broker.h: the supervisor's side of a session: it parses what comes from inside, trusts no byte of
// it, relays, holds the limits and waits for the end.
//
// broker.c decides (pure, fuzzed), broker_loop.c waits and moves bytes, broker_confine.c takes from this
// process everything that it no longer needs before the first byte is parsed.
#ifndef LAUNCHER_BROKER_H
#define LAUNCHER_BROKER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/wire.h"
#include "launcher/jobs.h"
#include "launcher/launch.h"
#include "launcher/owners.h"
#include "launcher/outlet.h"
#include "launcher/pty.h"

enum broker_state { BROKER_STARTING, BROKER_RUNNING, BROKER_ENDING };

struct broker {
    enum broker_state state;
    struct wire wire;      // not blocking
    struct buf first;      // HELLO and what follows it; sent once READY has come
    struct buf to_session; // frames that wait to be written
    struct buf out[3];     // bytes for descriptors 1 and 2
    bool terminal[3];      // these are the pty's business: nothing is written to them from messages
    uint64_t permitted;    // bit per enum message
    unsigned texts;        // sent, and not yet DONE
    bool input_wanted, input_ended;
    uint64_t output_bytes, output_limit; // limit 0: none
    uint32_t exit_status;                // what EXIT said
    struct jobs jobs;
    struct owners owners;
    size_t owners_unsent; // bytes of to_session up to the end of the last OWNERS: one question at a time
};

// Acts on one message from the session. False with id WireMalformed, WireOutOfTurn, WireNotPermitted or
// OutputLimit: the session must be ended.
bool broker_take(struct broker *broker, const struct wire_message *message, struct err *err);
void broker_add_text(struct broker *broker, const void *payload, size_t size); // before READY
void broker_sent(struct broker *broker, size_t size); // so many bytes of to_session have been written
void broker_free(struct broker *broker);

struct broker_run {
    struct broker *broker;
    struct running *running;
    struct pty *pty;      // master -1: no terminal
    uint64_t wall_ms;     // 0: no limit
    struct outlet out[3]; // where output goes: 1 and 2
    int signals;          // signalfd from broker_signals
};

// Blocks what the broker handles itself and returns a signalfd; -1 on failure. Call before launch_start.
int broker_signals(struct err *err);
// Takes from this process: capabilities, every path (Landlock), exec, mounts, sockets, namespaces, new
// descriptors (seccomp; with `owners`: but those that owners.c makes).
bool broker_confine(bool owners, struct err *err);
// Waits until the interpreter has spoken without reading a byte of it. False: it ended, or stayed silent for
// 10 s.
bool broker_await(const struct broker_run *run, struct err *err);
// Runs the session to its end; *ret_status is the exit status to leave with. False: the session was ended
// because of `err`, and err->status is the exit status.
bool broker_loop(struct broker_run *run, int *ret_status, struct err *err);

#endif
