// inside WHAT …: a static program that tells what it finds in a sandbox, or does one thing there.
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static int tell_descriptors(void)
{
    struct stat info;
    for (int fd = 0; fd < 1024; fd++)
        if (fstat(fd, &info) == 0)
            printf("%d ", fd);
    puts("");
    return 0;
}

static int tell_environment(void)
{
    for (char **each = environ; *each; each++)
        puts(*each);
    return 0;
}

static int tell_capabilities(void)
{
    int bounding = 0, held = 0;
    for (int capability = 0; (held = prctl(PR_CAPBSET_READ, capability, 0, 0, 0)) >= 0; capability++)
        bounding += held;
    struct { unsigned version; int pid; } header = {0x20080522, 0};
    unsigned sets[6] = {0};
    long got = syscall(SYS_capget, &header, sets);
    printf("bounding %d held %d get %ld nnp %d dumpable %d\n", bounding,
           !!(sets[0] | sets[1] | sets[2] | sets[3] | sets[4] | sets[5]), got, prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0),
           prctl(PR_GET_DUMPABLE, 0, 0, 0, 0));
    return 0;
}

// Signals that are not at their default, or blocked.
static int tell_signals(void)
{
    sigset_t blocked;
    int odd = 0;
    sigprocmask(SIG_SETMASK, NULL, &blocked);
    for (int signal = 1; signal < NSIG; signal++) {
        struct sigaction action;
        if (sigaction(signal, NULL, &action) == 0 && action.sa_handler != SIG_DFL)
            odd++;
        odd += sigismember(&blocked, signal) == 1;
    }
    printf("odd %d\n", odd);
    return 0;
}

static int leave_children(void)
{
    for (int i = 0; i < 3; i++)
        if (fork() == 0) {
            setsid();
            if (fork() == 0) {
                sleep(600);
                _exit(0);
            }
            _exit(0);
        }
    return 0;
}

static void on_term(int number)
{
    (void)number;
    _exit(42);
}

_Noreturn static void await_term(void)
{
    signal(SIGTERM, on_term);
    puts("ready");
    fflush(stdout);
    for (;;)
        pause();
}

static int open_file(const char *path)
{
    int fd = open(path, O_RDONLY);
    printf("%s\n", fd < 0 ? strerror(errno) : "opened");
    return 0;
}

static int write_file(const char *path)
{
    int fd = open(path, O_WRONLY | O_CREAT, 0600);
    printf("%s\n", fd < 0 ? strerror(errno) : "written");
    return 0;
}

static int list_folder(const char *path)
{
    DIR *folder = opendir(path);
    if (!folder)
        printf("%s", strerror(errno));
    for (struct dirent *entry; folder && (entry = readdir(folder));)
        printf("%s ", entry->d_name);
    puts("");
    return 0;
}

static int start_zombies(void)
{
    if (fork() == 0) { // an orphan that pid 1 must collect
        if (fork() == 0) {
            usleep(100000);
            _exit(0);
        }
        _exit(0);
    }
    wait(NULL);
    usleep(300000);
    return kill(-1, 0) == 0 ? 1 : 0; // nobody else is left to signal
}

int main(int argc, char **argv)
{
    const char *what = argc > 1 ? argv[1] : "", *value = argc > 2 ? argv[2] : "";
    if (!strcmp(what, "exit"))
        return atoi(value);
    if (!strcmp(what, "kill"))
        return kill(getpid(), atoi(value)), pause();
    if (!strcmp(what, "descriptors"))
        return tell_descriptors();
    if (!strcmp(what, "environment"))
        return tell_environment();
    if (!strcmp(what, "capabilities"))
        return tell_capabilities();
    if (!strcmp(what, "signals"))
        return tell_signals();
    if (!strcmp(what, "children"))
        return leave_children();
    if (!strcmp(what, "await"))
        await_term();
    if (!strcmp(what, "open"))
        return open_file(value);
    if (!strcmp(what, "write"))
        return write_file(value);
    if (!strcmp(what, "list"))
        return list_folder(value);
    if (!strcmp(what, "orphans"))
        return start_zombies();
    if (!strcmp(what, "ids"))
        return printf("%d %d %d\n", getuid(), getgid(), getpid()), 0;
    if (!strcmp(what, "sleep"))
        return sleep((unsigned)atoi(value)), 0;
    return 99;
}
