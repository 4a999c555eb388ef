#include "launcher/broker.h"

#include <string.h>
#include <unistd.h>

#include "profiles/message.h"

// "bool f(broker, payload, size, err)" for each message that a session may send.
typedef bool takes_message(struct broker *broker, const char *payload, size_t size, struct err *err);

static bool malformed(struct err *err, enum message message, size_t size)
{
    return err_set(err, EXIT_SETUP, "WireMalformed",
                   "the session sent a %s of %zu bytes that is not well-formed; it was ended",
                   message_name(message), size);
}

static bool out_of_turn(struct err *err, enum message message)
{
    return err_set(err, EXIT_SETUP, "WireOutOfTurn", "the session sent a %s out of turn; it was ended",
                   message_name(message));
}

static bool take_ready(struct broker *broker, const char *payload, size_t size, struct err *err)
{
    (void)payload; // the number of filters is a claim: the witness looks from outside
    if (size != 4 && size != 8)
        return malformed(err, MESSAGE_READY, size);
    if (broker->state != BROKER_STARTING)
        return out_of_turn(err, MESSAGE_READY);
    broker->state = BROKER_RUNNING;
    buf_add(&broker->to_session, broker->first.data, broker->first.size);
    buf_free(&broker->first);
    return !broker->to_session.failed ||
           err_set(err, EXIT_SETUP, "OutOfMemory", "no memory is left for the session's text");
}

static bool take_output(struct broker *broker, const char *payload, size_t size, struct err *err)
{
    unsigned fd = size ? (unsigned char)payload[0] : 0;
    if (fd != STDOUT_FILENO && fd != STDERR_FILENO)
        return malformed(err, MESSAGE_OUTPUT, size);
    if (broker->state != BROKER_RUNNING || broker->terminal[fd])
        return out_of_turn(err, MESSAGE_OUTPUT);
    broker->output_bytes += size - 1;
    if (broker->output_limit && broker->output_bytes > broker->output_limit)
        return err_set(err, EXIT_DENIED, "OutputLimit",
                       "the session wrote more than %llu bytes, the limit of its profile",
                       (unsigned long long)broker->output_limit);
    return buf_add(&broker->out[fd], payload + 1, size - 1) ||
           err_set(err, EXIT_SETUP, "OutOfMemory", "no memory is left for the session's output");
}

static bool take_need_input(struct broker *broker, const char *payload, size_t size, struct err *err)
{
    (void)payload;
    if (size)
        return malformed(err, MESSAGE_NEED_INPUT, size);
    if (broker->state != BROKER_RUNNING || broker->input_wanted || broker->terminal[STDIN_FILENO])
        return out_of_turn(err, MESSAGE_NEED_INPUT);
    broker->input_wanted = true;
    return true;
}

static bool take_done(struct broker *broker, const char *payload, size_t size, struct err *err)
{
    if (size != 5 || (unsigned char)payload[4] > 1)
        return malformed(err, MESSAGE_DONE, size);
    if (broker->state != BROKER_RUNNING || !broker->texts)
        return out_of_turn(err, MESSAGE_DONE);
    broker->texts--;
    return true;
}

static bool take_exit(struct broker *broker, const char *payload, size_t size, struct err *err)
{
    struct wire_reader reader = wire_reader_of(payload, size);
    if (size != 4)
        return malformed(err, MESSAGE_EXIT, size);
    if (broker->state != BROKER_RUNNING)
        return out_of_turn(err, MESSAGE_EXIT);
    broker->exit_status = wire_get_u32(&reader);
    broker->state = BROKER_ENDING;
    return true;
}

static bool take_owner(struct broker *broker, const char *payload, size_t size, struct err *err)
{
    struct buf answer = BUF_INIT;
    if (broker->state != BROKER_RUNNING || broker->owners_unsent)
        return out_of_turn(err, MESSAGE_OWNER);
    bool ok = owners_answer(&broker->owners, payload, size, &answer), full = answer.failed;
    ok = ok && wire_frame(&broker->to_session, MESSAGE_OWNERS, answer.data, answer.size);
    buf_free(&answer);
    broker->owners_unsent = broker->to_session.size;
    if (full || broker->to_session.failed)
        return err_set(err, EXIT_SETUP, "OutOfMemory", "no memory is left for the names of owners");
    return ok || malformed(err, MESSAGE_OWNER, size);
}

static bool take_job(struct broker *broker, enum message message,
                     bool (*take)(struct jobs *jobs, const char *payload, size_t size), const char *payload,
                     size_t size, struct err *err)
{
    if (broker->state != BROKER_RUNNING)
        return out_of_turn(err, message);
    broker->jobs.to_session = &broker->to_session;
    return take(&broker->jobs, payload, size) || malformed(err, message, size);
}

static bool take_job_start(struct broker *broker, const char *payload, size_t size, struct err *err)
{
    return take_job(broker, MESSAGE_JOB_START, jobs_start, payload, size, err);
}

static bool take_job_ask(struct broker *broker, const char *payload, size_t size, struct err *err)
{
    return take_job(broker, MESSAGE_JOB_ASK, jobs_ask, payload, size, err);
}

static bool take_job_stop(struct broker *broker, const char *payload, size_t size, struct err *err)
{
    return take_job(broker, MESSAGE_JOB_STOP, jobs_stop, payload, size, err);
}

static takes_message *const takers[MESSAGES] = {
    [MESSAGE_DONE] = take_done,     [MESSAGE_EXIT] = take_exit,   [MESSAGE_NEED_INPUT] = take_need_input,
    [MESSAGE_OUTPUT] = take_output, [MESSAGE_OWNER] = take_owner, [MESSAGE_READY] = take_ready,
    [MESSAGE_JOB_START] = take_job_start, [MESSAGE_JOB_ASK] = take_job_ask, [MESSAGE_JOB_STOP] = take_job_stop,
};

bool broker_take(struct broker *broker, const struct wire_message *message, struct err *err)
{
    if (message->kind >= MESSAGES || !takers[message->kind])
        return malformed(err, message->kind, message->size);
    if (!(broker->permitted >> message->kind & 1))
        return err_set(err, EXIT_SETUP, "WireNotPermitted",
                       "the session sent a %s, which its profile does not permit; it was ended",
                       message_name(message->kind));
    return takers[message->kind](broker, message->payload, message->size, err);
}

void broker_add_text(struct broker *broker, const void *payload, size_t size)
{
    if (wire_frame(&broker->first, MESSAGE_TEXT, payload, size))
        broker->texts++;
}

void broker_sent(struct broker *broker, size_t size)
{
    buf_drop_front(&broker->to_session, size);
    broker->owners_unsent -= size < broker->owners_unsent ? size : broker->owners_unsent;
}

void broker_free(struct broker *broker)
{
    wire_free(&broker->wire);
    owners_close(&broker->owners);
    jobs_free(&broker->jobs);
    buf_free(&broker->first);
    buf_free(&broker->to_session);
    for (int fd = 0; fd < 3; fd++)
        buf_free(&broker->out[fd]);
}
