// Calls that nobody in a session needs: the kernel's wide surface, and tricks with numbers and argument bits.
#include "attempt.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#define Z 0L, 0L, 0L, 0L, 0L, 0L
#define BAD ((long)-1)

static int k036(void)
{
    long answer;
    __asm__ volatile("int $0x80" : "=a"(answer) : "a"(20) : "memory", "r8", "r9", "r10", "r11");
    return answer < 0 ? (int)-answer : 0;
}
static int k040(void) { return call(0x40000000L + 39, Z); }
static int k041(void) { return call(0x40000000L + 520, Z); }
static int k042(void)
{
    for (long nr = 512; nr <= 547; nr++)
        if (call(nr, Z) != ENOSYS && call(nr, Z) != EPERM)
            return 0;
    return ENOSYS;
}
static int k043(void)
{
    int error = call(-1L, Z);
    return error ? call(0xffffffffL, Z) : 0;
}
static int k059(void) { return reached(SYS_io_uring_setup, 1L, BAD, 0L, 0L, 0L, 0L); }
static int k174(void) { return call(SYS_keyctl, 1L, 0L, 0L, 0L, 0L, 0L); } // KEYCTL_JOIN_SESSION_KEYRING
static int k178(void) { return call(SYS_reboot, 0xfee1deadL, 672274793L, 0L, 0L, 0L, 0L); } // CAD_OFF, in its own pid namespace
static int k183(void) { return reached(SYS_quotactl, 0x800002L << 8, BAD, 0L, BAD, 0L, 0L); }
static int k184(void) { return reached(SYS_syslog, 3L, BAD, 16L, 0L, 0L, 0L); }
static int k185(void) { return reached(SYS_sysfs, 3L, 0L, 0L, 0L, 0L, 0L); }
static int k187(void)
{
    int fd = (int)syscall(SYS_inotify_init1, 0);
    return fd < 0 ? errno : 0;
}
// The kernel passes it by every filter (6.14) and answers ENXIO unless it comes from its own trampoline.
static int k188(void) { return call(336L, Z); }
static int k189(void) { return reached(444L, BAD, 8L, 0L, 0L, 0L, 0L); }
static int k190(void) { return reached(461L, BAD, BAD, 0L, 0L, 0L, 0L); }
static int k191(void) { return reached(468L, (long)AT_FDCWD, BAD, BAD, 24L, 0L, 0L); }
static int k195(void)
{
    int id = (int)syscall(SYS_shmget, 0, 4096L, 01600L);
    if (id < 0)
        return errno;
    return call(SYS_shmctl, (long)id, 0L, 0L, 0L, 0L, 0L);
}
static int k196(void) { return reached(SYS_mq_open, BAD, 0102L, 0600L, 0L, 0L, 0L); }
static int k057(void) { return call(SYS_prctl, (long)PR_SET_NO_NEW_PRIVS, 0L, 0L, 0L, 0L, 0L); }
static int seccomp_listener(void) { return reached(SYS_seccomp, 1L, 8L, BAD, 0L, 0L, 0L); }
static int bpf_map(void) { return reached(SYS_bpf, 0L, BAD, 120L, 0L, 0L, 0L); }
static int perf(void) { return reached(SYS_perf_event_open, BAD, 0L, -1L, -1L, 0L, 0L); }
static int fault_fd(void) { return call(SYS_userfaultfd, 1L, 0L, 0L, 0L, 0L, 0L); }
static int descriptor_table(void) { return reached(SYS_modify_ldt, 0L, BAD, 16L, 0L, 0L, 0L); }
static int persona(void) { return call(SYS_personality, 0x0400000L, 0L, 0L, 0L, 0L, 0L); }
static int fanotify(void) { return call(SYS_fanotify_init, 0x200L, 0L, 0L, 0L, 0L, 0L); }
static int add_key(void) { return reached(SYS_add_key, BAD, BAD, BAD, 1L, -3L, 0L); }
static int kexec(void) { return call(SYS_kexec_load, Z); }
static int module(void) { return reached(SYS_finit_module, -1L, BAD, 0L, 0L, 0L, 0L); }
static int swap(void) { return reached(SYS_swapon, BAD, 0L, 0L, 0L, 0L, 0L); }
static int set_time(void) { return reached(SYS_settimeofday, BAD, 0L, 0L, 0L, 0L, 0L); }
static int ports(void) { return call(SYS_iopl, 3L, 0L, 0L, 0L, 0L, 0L); }

#define STOP "SYS EPERM ENOSYS"
const struct attempt attempts_kernel[] = {
    {"K036", "a 32-bit system call (int 0x80)", k036, CONTROL_PLAIN, "SYS", ""},
    {"K040", "an x32 system call number", k040, CONTROL_NONE, "SYS", ""},
    {"K041", "execve by its x32 number", k041, CONTROL_NONE, "SYS", ""},
    {"K042", "numbers 512 to 547 without the x32 bit", k042, CONTROL_NONE, STOP, ""},
    {"K043", "system call numbers -1 and 0xffffffff", k043, CONTROL_NONE, STOP, ""},
    {"K057", "clear no_new_privs", k057, CONTROL_NONE, "SYS EPERM EINVAL", ""},
    {"K059", "io_uring_setup", k059, CONTROL_PLAIN, STOP, ""},
    {"K174", "join a new session keyring", k174, CONTROL_PLAIN, STOP, ""},
    {"K178", "reboot(CAD_OFF)", k178, CONTROL_NONE, "SYS EPERM", ""},
    {"K183", "quotactl", k183, CONTROL_PLAIN, STOP, ""},
    {"K184", "read the kernel log", k184, CONTROL_NONE, STOP, ""},
    {"K185", "sysfs(2)", k185, CONTROL_PLAIN, STOP, ""},
    {"K187", "watch files with inotify", k187, CONTROL_PLAIN, STOP, ""},
    {"K188", "uprobe, a number younger than most filters", k188, CONTROL_NONE, STOP " ENXIO", ""},
    {"K189", "landlock_create_ruleset", k189, CONTROL_PLAIN, STOP, ""},
    {"K190", "lsm_list_modules", k190, CONTROL_PLAIN, STOP, ""},
    {"K191", "file_getattr, a number younger than most filters", k191, CONTROL_PLAIN, STOP, ""},
    {"K195", "System V shared memory", k195, CONTROL_PLAIN, STOP, ""},
    {"K196", "a POSIX message queue", k196, CONTROL_PLAIN, STOP, ""},
    {"X001", "a seccomp listener of its own", seccomp_listener, CONTROL_PLAIN, STOP, ""},
    {"X002", "bpf(2)", bpf_map, CONTROL_PLAIN, STOP, ""},
    {"X003", "perf_event_open", perf, CONTROL_PLAIN, STOP, ""},
    {"X004", "userfaultfd", fault_fd, CONTROL_PLAIN, STOP, ""},
    {"X005", "modify_ldt", descriptor_table, CONTROL_PLAIN, STOP, ""},
    {"X006", "personality(READ_IMPLIES_EXEC)", persona, CONTROL_PLAIN, STOP, ""},
    {"X007", "fanotify_init", fanotify, CONTROL_PLAIN, STOP, ""},
    {"X008", "add_key", add_key, CONTROL_PLAIN, STOP, ""},
    {"X009", "kexec_load", kexec, CONTROL_NONE, STOP, ""},
    {"X010", "finit_module", module, CONTROL_NONE, STOP, ""},
    {"X011", "swapon", swap, CONTROL_NONE, STOP, ""},
    {"X012", "settimeofday", set_time, CONTROL_PLAIN, STOP, ""},
    {"X013", "iopl", ports, CONTROL_NONE, STOP, ""},
    {0},
};
