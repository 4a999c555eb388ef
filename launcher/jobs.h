// launcher/jobs.h: the broker's side of jobs: which there are, what they have said, who asks.
//
// Only bytes pass here. The session numbers its jobs; what a job's sandbox wrote is handed over when it is
// asked for, so that a job that nobody reads stops writing.
#ifndef LAUNCHER_JOBS_H
#define LAUNCHER_JOBS_H

#include <poll.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "launcher/starter.h"

struct job {
    uint32_t id;  // the session's; 0: the slot is free
    bool ended;   // nothing more comes
    bool dropped; // stopped: what it still says is thrown away
    struct buf said;
};

struct jobs {
    struct starter starter;
    struct buf to_starter, from_starter;
    struct job at[STARTER_SLOTS];
    uint32_t asked; // the job that an answer is due for; 0: none
    uint64_t until; // monotonic milliseconds
    struct buf *to_session;
};
#define JOBS_NONE                                                                                            \
    {                                                                                                        \
        .starter = STARTER_NONE                                                                              \
    }
enum { JOB_POLLS = STARTER_SLOTS + 1 };
enum job_state { JOB_REFUSED, JOB_RUNNING, JOB_ENDED }; // as JOB_DATA says

// The messages of profiles/broker.def. False: malformed, or out of turn.
bool jobs_start(struct jobs *jobs, const char *payload, size_t size);
bool jobs_ask(struct jobs *jobs, const char *payload, size_t size);
bool jobs_stop(struct jobs *jobs, const char *payload, size_t size);

void jobs_poll(const struct jobs *jobs, struct pollfd polls[JOB_POLLS]);
void jobs_pump(struct jobs *jobs, const struct pollfd polls[JOB_POLLS]);
void jobs_due(struct jobs *jobs, uint64_t now, int *io_timeout); // answers who has waited long enough
void jobs_free(struct jobs *jobs);

#endif
