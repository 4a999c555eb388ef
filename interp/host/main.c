#include "interp/host/main.h"

#include <signal.h>

#include "base/log.h"
#include "base/mem.h"
#include "interp/host/filter.h"
#include "interp/host/job.h"
#include "interp/host/report.h"
#include "interp/host/run.h"
#include "interp/providers/path.h"
#include "profiles/limits.h"

// A signal handler has no argument to find the session by: the one variable of the program that is not
// constant.
static volatile int *interrupted;

static void interrupt(int number)
{
    *interrupted = number;
}

static bool take_signals(struct wire_host *wh)
{
    struct sigaction stop = {.sa_handler = interrupt}, ignore = {.sa_handler = SIG_IGN};
    interrupted = &wh->in.interrupted;
    // Beyond the limits on files and on pipes nobody reads, writing is an errno like any other.
    return sigaction(SIGINT, &stop, NULL) == 0 && sigaction(SIGXCPU, &stop, NULL) == 0 && sigaction(SIGPIPE, &ignore, NULL) == 0 &&
           sigaction(SIGXFSZ, &ignore, NULL) == 0;
}

static bool host_write(void *context, int fd, const char *text, size_t size)
{
    return wire_host_write(context, fd, text, size);
}

static void host_flush(void *context)
{
    wire_host_flush(context);
}

static bool host_owners(void *context, const struct buf *question, struct buf *ret_answer)
{
    return wire_host_ask_owners(context, question, ret_answer);
}

static bool host_job(void *context, unsigned message, const struct buf *question, struct buf *ret_answer)
{
    return wire_host_ask_job(context, message, question, ret_answer);
}

static unsigned host_width(void *context)
{
    const struct wire_host *wh = context;
    return wh->columns ? wh->columns : 80;
}

static unsigned host_height(void *context)
{
    const struct wire_host *wh = context;
    return wh->rows ? wh->rows : 24;
}

static void make_host(struct wire_host *wh)
{
    unsigned flags = wh->session.flags;
    wh->host = (struct host){
        .context = wh,
        .write = host_write,
        .read_line = prompt_read_line,
        .report = flags & SESSION_JOB && job_report ? job_report : report_stream,
        .job = wh->session.rights & RIGHT_BIT(JOB) && !(flags & SESSION_JOB) ? host_job : NULL,
        .flush = host_flush,
        .owners = wh->session.rights & (RIGHT_BIT(FILE_READ) | RIGHT_BIT(PROCESS_LIST)) ? host_owners : NULL,
        .width = host_width,
        .height = host_height,
        .colour = flags & (SESSION_STDOUT_TERMINAL | SESSION_STDERR_TERMINAL) && !(flags & SESSION_NO_COLOUR),
        .interactive = flags & SESSION_INTERACTIVE,
        .error_json = flags & SESSION_ERRORS_JSON,
    };
}

static bool start(struct wire_host *wh, const struct cmdlet *const *cmdlets,
                  const struct provider *const *providers, struct err *err)
{
    if (!take_signals(wh))
        return err_set(err, EXIT_SETUP, "SignalsUnavailable", "signals cannot be received");
    if (!filter_two(SESSION_FILTER_FD, err) || !wire_host_open(wh, SESSION_WIRE_FD, err))
        return false;
    make_host(wh);
    mem_set_budget(wh->session.limits[LIMIT_HEAP]);
    if (!interp_start(&wh->in, &wh->session, &wh->host, cmdlets, providers, err))
        return false;
    return drives_start(&wh->in) || // $PWD is there from the beginning
           err_set(err, EXIT_SETUP, "OutOfMemory", "The session's memory limit is too small to start in.");
}

int host_main(const struct cmdlet *const *cmdlets, const struct provider *const *providers)
{
    struct err err = {.status = EXIT_SETUP};
    struct wire_host *wh = mem_new(1, sizeof *wh);
    if (!wh)
        return EXIT_SETUP;
    int status = EXIT_SETUP;
    if (start(wh, cmdlets, providers, &err))
        status = run_texts(wh);
    else
        log_error("jesh", &err); // reaches somebody only where it was started by hand
    // The kernel takes the memory back at once. That all of it can be freed is run-text's to show.
    wire_host_flush(wh);
    return status;
}
