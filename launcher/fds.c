#include "launcher/fds.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "launcher/kernel.h"
#include "launcher/steps.h"
#include "profiles/session.h"

enum { STDIO = 3, KEPT = SESSION_FILTER_FD + 1, ASIDE = 16, CLOSE_ON_EXEC = 4 };

static void signals_reset(void)
{
    struct sigaction action;
    sigset_t none;

    memset(&action, 0, sizeof action);
    for (int signal = 1; signal < NSIG; signal++)
        sigaction(signal, &action, NULL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

// Since start_clean the supervisor has blocked what it waits for, and ignored SIGPIPE and SIGXFSZ.
bool step_signals(struct confine *confine, struct err *err)
{
    sigset_t none;

    (void)confine;
    (void)err;
    signal(SIGPIPE, SIG_DFL);
    signal(SIGXFSZ, SIG_DFL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    return true;
}

bool start_clean(struct err *err)
{
    if (getauxval(AT_SECURE))
        return err_set(err, EXIT_SETUP, "PrivilegesRefused", "jesh needs no setuid bit and no file capabilities; take them off");
    for (int fd = 0; fd < STDIO; fd++)
        if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", O_RDWR) != fd)
            return err_sys(err, EXIT_SETUP, errno, "DescriptorsMissing", "descriptor %d is closed and /dev/null cannot be opened", fd);
    if (syscall(SYS_close_range, STDIO, ~0U, CLOSE_ON_EXEC) < 0)
        return err_sys(err, EXIT_SETUP, errno, "DescriptorsKept", "cannot mark descriptors close-on-exec; the kernel is older than 5.11");
    signals_reset();
    signal(SIGXFSZ, SIG_IGN); // a limit on files is an errno like any other
    return true;
}

bool step_session(struct confine *confine, struct err *err)
{
    // Away from the process group of whoever started us: a signal to group 0 would reach it across the pid namespace.
    if (setsid() < 0)
        return err_sys(err, EXIT_SETUP, errno, "SessionFailed", "cannot start a session");
    if (confine->payload->terminal && ioctl(confine->payload->stdio[0], TIOCSCTTY, 0) < 0)
        return err_sys(err, EXIT_SETUP, errno, "SessionFailed", "cannot take the terminal");
    return true;
}

// An open folder would be a way out of the view.
static bool is_harmless(int fd, struct err *err)
{
    struct stat info;

    if (fstat(fd, &info) < 0)
        return err_sys(err, EXIT_SETUP, errno, "DescriptorsMissing", "descriptor %d cannot be used", fd);
    if (S_ISDIR(info.st_mode))
        return err_set(err, EXIT_SETUP, "DescriptorRefused", "standard input, output or error is a folder; redirect it to a file");
    return true;
}

// Aside first, for the numbers that are wanted may be in use by one another.
static bool descriptors_aside(const struct confine *confine, int (*ret_aside)[KEPT], struct err *err)
{
    const int *stdio = confine->payload->stdio;
    const int from[KEPT] = {stdio[0], stdio[1], stdio[2], confine->payload->wire, confine->filter_fd};

    for (int i = 0; i < KEPT; i++) {
        if (i < STDIO && !is_harmless(from[i], err))
            return false;
        (*ret_aside)[i] = from[i] < 0 ? -1 : fcntl(from[i], F_DUPFD_CLOEXEC, ASIDE);
        if (from[i] >= 0 && (*ret_aside)[i] < 0)
            return err_sys(err, EXIT_SETUP, errno, "DescriptorsKept", "cannot keep descriptor %d; raise ulimit -n", from[i]);
    }
    return true;
}

static bool own_aside(struct confine *confine)
{
    if (confine->program >= 0 && confine->program < KEPT)
        confine->program = fcntl(confine->program, F_DUPFD_CLOEXEC, ASIDE);
    return confine->program >= 0 || confine->path[0];
}

bool step_descriptors(struct confine *confine, struct err *err)
{
    int aside[KEPT];

    if (!descriptors_aside(confine, &aside, err))
        return false;
    if (!own_aside(confine))
        return err_sys(err, EXIT_SETUP, errno, "DescriptorsKept", "cannot keep the program's descriptor; raise ulimit -n");
    for (int i = 0; i < KEPT; i++)
        if (aside[i] < 0 ? close(i) < 0 && errno != EBADF : dup2(aside[i], i) < 0)
            return err_sys(err, EXIT_SETUP, errno, "DescriptorsKept", "cannot place descriptor %d", i);
    if (syscall(SYS_close_range, KEPT, ~0U, CLOSE_ON_EXEC) < 0)
        return err_sys(err, EXIT_SETUP, errno, "DescriptorsKept", "cannot close what the program must not have");
    return true;
}

bool step_directory(struct confine *confine, struct err *err)
{
    const char *folder = confine->payload->directory;

    if ((folder && chdir(folder) == 0) || chdir("/") == 0)
        return true;
    return err_sys(err, EXIT_SETUP, errno, "DirectoryFailed", "cannot enter /");
}
