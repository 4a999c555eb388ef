// Using up what others need. Bounded here: each stops by itself well before it could hurt the machine.
#include "attempt.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MEMORY_STEP = 64 << 20, MEMORY_STEPS = 96, PROCESSES = 600 };

static int memory(void)
{
    for (int i = 0; i < MEMORY_STEPS; i++)
        if (mmap(NULL, MEMORY_STEP, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0) == MAP_FAILED)
            return errno;
    return 0;
}
static int locked(void)
{
    void *at = mmap(NULL, 1 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (at == MAP_FAILED)
        return errno;
    return mlock(at, 1 << 20) < 0 ? errno : 0;
}
static int processes(void)
{
    pid_t made[PROCESSES];
    int count = 0, error = 0;
    while (count < PROCESSES && !error) {
        pid_t child = fork();
        if (child == 0) {
            alarm(10);
            pause();
            _exit(0);
        }
        if (child < 0)
            error = errno;
        else
            made[count++] = child;
    }
    while (count > 0) {
        kill(made[--count], SIGKILL);
        waitpid(made[count], NULL, 0);
    }
    return error;
}

const struct attempt attempts_resource[] = {
    {"K232", "six gibibytes of memory", memory, CONTROL_PLAIN, "ENOMEM SYS EPERM", ""},
    {"K233", "lock memory", locked, CONTROL_PLAIN, "ENOMEM SYS EPERM EAGAIN", ""},
    {"K234", "six hundred processes", processes, CONTROL_PLAIN, "EAGAIN SYS EPERM ENOSYS", ""},
    {0},
};
