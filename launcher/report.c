#include "launcher/report.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct report {
    bool failed;
    enum step step;
    struct err failure; // its id points into the program text, which both sides share
};

bool report_open(int *ret_reader, int *ret_writer, struct err *err)
{
    int pair[2], on = 1;

    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0)
        return err_sys(err, EXIT_SETUP, errno, "ReportFailed", "cannot make a socket pair");
    if (setsockopt(pair[0], SOL_SOCKET, SO_PASSCRED, &on, sizeof on) < 0) {
        err_sys(err, EXIT_SETUP, errno, "ReportFailed", "cannot ask for the sender's pid");
        close(pair[0]);
        close(pair[1]);
        return false;
    }
    *ret_reader = pair[0];
    *ret_writer = pair[1];
    return true;
}

void report_failure(int writer, enum step step, const struct err *failure)
{
    struct report report = {.failed = true, .step = step, .failure = *failure};
    (void)!write(writer, &report, sizeof report);
}

void report_starting(int writer)
{
    bool failed = false;
    (void)!write(writer, &failed, sizeof failed);
}

static pid_t sender_of(struct msghdr *message)
{
    struct ucred sender = {.pid = -1};

    for (struct cmsghdr *at = CMSG_FIRSTHDR(message); at; at = CMSG_NXTHDR(message, at))
        if (at->cmsg_level == SOL_SOCKET && at->cmsg_type == SCM_CREDENTIALS)
            memcpy(&sender, CMSG_DATA(at), sizeof sender);
    return sender.pid;
}

// 0 at the end of the connection.
static ssize_t report_receive(int reader, struct report *ret_report, pid_t *ret_sender)
{
    union { char bytes[CMSG_SPACE(sizeof(struct ucred))]; struct cmsghdr align; } control;
    struct iovec part = {ret_report, sizeof *ret_report};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
    ssize_t got;

    do
        got = recvmsg(reader, &message, MSG_CMSG_CLOEXEC);
    while (got < 0 && errno == EINTR);
    *ret_sender = sender_of(&message);
    return got;
}

bool report_await(int reader, pid_t *ret_program, enum step *ret_step, struct err *err)
{
    struct report report = {0};
    pid_t program = -1, sender;
    bool failed = false, started = false;

    while (report_receive(reader, &report, &sender) > 0) {
        failed = failed || report.failed;
        started = started || !report.failed;
        if (!report.failed)
            program = sender;
    }
    if (failed) {
        *ret_step = report.step;
        *err = report.failure;
        return false;
    }
    *ret_step = STEP_LEASH;
    if (!started)
        return err_set(err, EXIT_SETUP, "LaunchLost", "the first process of the sandbox was killed before it could start "
                       "the program");
    *ret_program = program;
    return true;
}
