#include "launcher/jobs.h"

#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fd.h"
#include "base/wire.h"
#include "profiles/message.h"

enum { PIECE = 60000, MOST_SAID = 1 << 20, MOST_WAIT_MS = 60000 };

static bool is_up(const struct jobs *jobs)
{
    return jobs->starter.process > 0 && jobs->starter.socket >= 0;
}

static struct job *find(struct jobs *jobs, uint32_t id)
{
    for (unsigned i = 0; i < STARTER_SLOTS; i++)
        if (jobs->at[i].id == id && !jobs->at[i].dropped)
            return &jobs->at[i];
    return NULL;
}

static struct job *find_asked(struct jobs *jobs)
{
    return jobs->asked ? find(jobs, jobs->asked) : NULL;
}

static struct job *find_free(struct jobs *jobs)
{
    for (unsigned i = 0; i < STARTER_SLOTS; i++)
        if (!jobs->at[i].id)
            return &jobs->at[i];
    return NULL;
}

static void answer(struct jobs *jobs, uint32_t id, enum job_state state, struct buf *said)
{
    struct buf payload = BUF_INIT;
    size_t size = said && said->size < PIECE ? said->size : said ? PIECE : 0;
    wire_put_u32(&payload, id);
    buf_add_char(&payload, (char)state);
    if (size)
        buf_add(&payload, said->data, size);
    if (!payload.failed)
        wire_frame(jobs->to_session, MESSAGE_JOB_DATA, payload.data, payload.size);
    if (size)
        buf_drop_front(said, size);
    buf_free(&payload);
    jobs->asked = 0;
}

static void forget(struct job *job)
{
    buf_free(&job->said);
    *job = (struct job){0};
}

// Everything has been handed over: the slot is free for another.
static void answer_for(struct jobs *jobs, struct job *job)
{
    bool all = job->said.size <= PIECE;
    answer(jobs, job->id, job->ended && all ? JOB_ENDED : JOB_RUNNING, &job->said);
    if (job->ended && all)
        forget(job);
}

// --- Messages
// ---------------------------------------------------------------------------------------------------

bool jobs_start(struct jobs *jobs, const char *payload, size_t size)
{
    struct wire_reader reader = wire_reader_of(payload, size);
    struct buf request = BUF_INIT;
    uint32_t id = wire_get_u32(&reader);
    if (reader.failed || !id || find(jobs, id) || jobs->asked)
        return false;
    struct job *job = find_free(jobs);
    size_t bytes = (size_t)(reader.end - reader.at);
    if (!job || !is_up(jobs) || bytes > STARTER_BYTES)
        return answer(jobs, id, JOB_REFUSED, NULL), true;
    wire_put_u32(&request, PLAN_JOB);
    wire_put_u32(&request, (uint32_t)(job - jobs->at));
    buf_add(&request, reader.at, bytes);
    bool ok = !request.failed && wire_frame(&jobs->to_starter, STARTER_START, request.data, request.size);
    buf_free(&request);
    if (ok)
        job->id = id;
    return answer(jobs, id, ok ? JOB_RUNNING : JOB_REFUSED, NULL), true;
}

bool jobs_ask(struct jobs *jobs, const char *payload, size_t size)
{
    struct wire_reader reader = wire_reader_of(payload, size);
    uint32_t id = wire_get_u32(&reader), wait = wire_get_u32(&reader);
    if (reader.failed || !id || reader.at != reader.end || jobs->asked)
        return false;
    struct job *job = find(jobs, id);
    if (!job)
        return answer(jobs, id, JOB_REFUSED, NULL), true;
    if (job->said.size || job->ended || !wait)
        return answer_for(jobs, job), true;
    jobs->asked = id;
    jobs->until = clock_ms() + (wait < MOST_WAIT_MS ? wait : MOST_WAIT_MS);
    return true;
}

static bool ask_to_end(struct jobs *jobs, const struct job *job)
{
    struct buf request = BUF_INIT;
    wire_put_u32(&request, (uint32_t)(job - jobs->at));
    bool ok = wire_frame(&jobs->to_starter, STARTER_STOP, request.data, request.size);
    buf_free(&request);
    return ok;
}

bool jobs_stop(struct jobs *jobs, const char *payload, size_t size)
{
    struct wire_reader reader = wire_reader_of(payload, size);
    uint32_t id = wire_get_u32(&reader);
    if (reader.failed || !id || reader.at != reader.end || jobs->asked)
        return false;
    struct job *job = find(jobs, id);
    if (job && job->ended)
        forget(job);
    else if (job) {
        ask_to_end(jobs, job);
        job->dropped = true;
        buf_free(&job->said);
    }
    return answer(jobs, id, JOB_ENDED, NULL), true;
}

// --- Descriptors
// ------------------------------------------------------------------------------------------------

void jobs_poll(const struct jobs *jobs, struct pollfd polls[JOB_POLLS])
{
    for (unsigned i = 0; i < STARTER_SLOTS; i++) {
        const struct job *job = &jobs->at[i];
        bool listen = job->id && !job->ended && job->said.size < MOST_SAID;
        polls[i] = (struct pollfd){.fd = listen ? jobs->starter.slots[i] : -1, .events = POLLIN};
    }
    polls[STARTER_SLOTS] = (struct pollfd){.fd = is_up(jobs) ? jobs->starter.socket : -1,
                                           .events = (short)(POLLIN | (jobs->to_starter.size ? POLLOUT : 0))};
}

static bool read_slot(struct jobs *jobs, unsigned slot)
{
    struct job *job = &jobs->at[slot];
    char bytes[16384];
    ssize_t got = read(jobs->starter.slots[slot], bytes, sizeof bytes);
    if (got > 0 && !job->dropped)
        buf_add(&job->said, bytes, (size_t)got);
    return got > 0;
}

static void slot_ended(struct jobs *jobs, unsigned slot)
{
    struct job *job = &jobs->at[slot];
    while (read_slot(jobs, slot))
        ;
    job->ended = true;
    if (job->dropped)
        forget(job);
}

static void all_ended(struct jobs *jobs)
{
    fd_close(&jobs->starter.socket);
    for (unsigned i = 0; i < STARTER_SLOTS; i++)
        if (jobs->at[i].id)
            slot_ended(jobs, i);
}

static void hear_starter(struct jobs *jobs)
{
    enum { FRAME = WIRE_HEADER + 4 };
    char bytes[512];
    ssize_t got = read(jobs->starter.socket, bytes, sizeof bytes);
    if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR))
        return all_ended(jobs);
    if (got > 0)
        buf_add(&jobs->from_starter, bytes, (size_t)got);
    while (jobs->from_starter.size >= FRAME) {
        struct wire_reader reader = wire_reader_of(jobs->from_starter.data + WIRE_HEADER, 4);
        uint32_t slot = wire_get_u32(&reader);
        if (slot < STARTER_SLOTS && jobs->at[slot].id)
            slot_ended(jobs, slot);
        buf_drop_front(&jobs->from_starter, FRAME);
    }
}

static void tell_starter(struct jobs *jobs)
{
    ssize_t done =
        send(jobs->starter.socket, jobs->to_starter.data, jobs->to_starter.size, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (done > 0)
        buf_drop_front(&jobs->to_starter, (size_t)done);
}

void jobs_pump(struct jobs *jobs, const struct pollfd polls[JOB_POLLS])
{
    for (unsigned i = 0; i < STARTER_SLOTS; i++)
        if (polls[i].fd >= 0 && polls[i].revents)
            read_slot(jobs, i);
    if (polls[STARTER_SLOTS].fd >= 0 && polls[STARTER_SLOTS].revents & POLLOUT)
        tell_starter(jobs);
    if (polls[STARTER_SLOTS].fd >= 0 && polls[STARTER_SLOTS].revents & (POLLIN | POLLHUP | POLLERR))
        hear_starter(jobs);
    struct job *job = find_asked(jobs);
    if (job && (job->said.size || job->ended))
        answer_for(jobs, job);
}

void jobs_due(struct jobs *jobs, uint64_t now, int *io_timeout)
{
    struct job *job = find_asked(jobs);
    if (!job)
        return;
    if (now >= jobs->until)
        answer_for(jobs, job);
    else if (*io_timeout < 0 || jobs->until - now < (uint64_t)*io_timeout)
        *io_timeout = (int)(jobs->until - now) + 1;
}

void jobs_free(struct jobs *jobs)
{
    starter_close(&jobs->starter);
    for (unsigned i = 0; i < STARTER_SLOTS; i++)
        buf_free(&jobs->at[i].said);
    buf_free(&jobs->to_starter);
    buf_free(&jobs->from_starter);
}
