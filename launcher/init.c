#include "launcher/init.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "launcher/kernel.h"
#include "launcher/report.h"

#if defined __x86_64__
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined __aarch64__
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

int status_of_wait(int wait_status)
{
    return WIFEXITED(wait_status) ? WEXITSTATUS(wait_status) : 128 + WTERMSIG(wait_status);
}

// In a new pid namespace getppid() is 0, so whether the supervisor died before prctl shows on the socket.
bool step_leash(struct confine *confine, struct err *err)
{
    struct pollfd supervisor = {.fd = confine->report};
    bool alive;

    if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) < 0)
        return err_sys(err, EXIT_SETUP, errno, "LeashFailed", "cannot tie the sandbox to its supervisor");
    if (confine->policy->tier == TIER_FULL)
        alive = poll(&supervisor, 1, 0) == 0;
    else
        alive = getppid() == confine->supervisor;
    return alive || err_set(err, EXIT_SETUP, "LeashFailed", "the supervisor has gone");
}

// Everything that pid 1 still does. It has nothing that the program has not, and less to call.
static bool init_confine(void)
{
#define PASS(name) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_##name, 0, 1), BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)
    static struct sock_filter code[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        PASS(rt_sigtimedwait),
        PASS(wait4),
        PASS(kill),
        PASS(exit_group),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
    };
#undef PASS
    struct sock_fprog program = {sizeof code / sizeof *code, code};
    return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0;
}

// Collects every process that has ended; true once the program has.
static bool init_reap(pid_t program, int *ret_status)
{
    int status;
    pid_t ended;
    bool over = false;

    while ((ended = waitpid(-1, &status, WNOHANG)) > 0)
        if (ended == program) {
            *ret_status = status_of_wait(status);
            over = true;
        }
    return over;
}

// All signals are blocked, so that none is lost between two waits, and none is ignored as pid 1 would otherwise do.
static int init_loop(pid_t program)
{
    sigset_t all;
    siginfo_t info;
    int status = 0;

    sigfillset(&all);
    while (!init_reap(program, &status))
        if (sigwaitinfo(&all, &info) > 0 && info.si_signo != SIGCHLD)
            kill(-program, info.si_signo);
    return status;
}

static bool init_start(struct confine *confine, struct err *err)
{
    sigset_t all;

    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, NULL);
    return steps_run(confine, INIT, err) && program_spawn(confine, false, err);
}

_Noreturn void init_main(struct confine *confine)
{
    struct err err;

    if (!init_start(confine, &err)) {
        report_failure(confine->report, confine->at, &err);
        _exit(err.status);
    }
    // Whoever reads from the program must see its end when it ends, so pid 1 keeps nothing open.
    syscall(SYS_close_range, 0, ~0U, 0);
    if (!init_confine())
        _exit(EXIT_SETUP);
    _exit(init_loop(confine->child));
}
