#include "verdict.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

const struct attempt *attempt_find(const char *id)
{
    for (size_t t = 0; attempt_tables[t]; t++)
        for (const struct attempt *a = attempt_tables[t]; a->id; a++)
            if (!strcmp(a->id, id))
                return a;
    return NULL;
}

const char *verdict_name(int error)
{
    const char *name = error ? strerrorname_np(error) : "OK";
    return name ? name : "EUNKNOWN";
}

static void write_text(const char *path, const char *text)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0)
        return;
    if (write(fd, text, strlen(text)) < 0)
        perror(path);
    close(fd);
}

// All capabilities, over namespaces that this process makes for itself.
static int enter_user_namespace(void)
{
    char line[64];
    unsigned uid = getuid(), gid = getgid();
    if (unshare(CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWUTS | CLONE_NEWIPC) < 0)
        return errno;
    write_text("/proc/self/setgroups", "deny");
    snprintf(line, sizeof line, "0 %u 1", uid);
    write_text("/proc/self/uid_map", line);
    snprintf(line, sizeof line, "0 %u 1", gid);
    write_text("/proc/self/gid_map", line);
    return 0;
}

// Descriptor 0 becomes a terminal of its own, so that terminal attempts have something to work on and no
// real terminal is touched.
static void take_terminal(void)
{
    int master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (master < 0 || grantpt(master) < 0 || unlockpt(master) < 0)
        return;
    setsid();
    int slave = open(ptsname(master), O_RDWR | O_NOCTTY);
    if (slave < 0)
        return;
    ioctl(slave, TIOCSCTTY, 0);
    dup2(slave, 0);
}

// What a careless launcher leaves open: a folder, and a socket.
static void leave_open(void)
{
    int pair[2];
    if (open("/", O_RDONLY | O_DIRECTORY) < 0 || socketpair(AF_UNIX, SOCK_STREAM, 0, pair) < 0)
        _exit(255);
}

static void child(const struct attempt *attempt, int in_user_namespace)
{
    take_terminal();
    leave_open();
    signal(SIGHUP, SIG_IGN); // giving up a terminal hangs its session up
    if (in_user_namespace && enter_user_namespace() != 0)
        _exit(255);
    _exit(attempt->run());
}

const char *verdict_in_child(const struct attempt *attempt, int in_user_namespace)
{
    int status = 0;
    pid_t pid = fork();
    if (pid == 0)
        child(attempt, in_user_namespace);
    if (pid < 0 || waitpid(pid, &status, 0) < 0)
        return "EFORK";
    if (WIFSIGNALED(status))
        return sigabbrev_np(WTERMSIG(status));
    return verdict_name(WEXITSTATUS(status));
}

void attempts_list(void)
{
    static const char *const controls[] = {"plain", "userns", "none"};
    for (size_t t = 0; attempt_tables[t]; t++)
        for (const struct attempt *a = attempt_tables[t]; a->id; a++)
            printf("%s\t%s\t%s\t%s\t%s\n", a->id, controls[a->control], a->stopped, a->granted, a->what);
}
