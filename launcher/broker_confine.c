// Raw calls and a filter made by hand: the list is short, has no arguments, and is the same for every
// profile, so that the 130 kB of a filter compiler's work are not in the process that stays for the whole
// session.
//
// One call more is there where the session may ask for owners: openat with the flags of owners.c, which makes
// descriptors that neither read nor write.
#include <errno.h>
#include <linux/audit.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/fd.h"
#include "launcher/broker.h"

#if defined(__x86_64__)
#define NATIVE_ARCH AUDIT_ARCH_X86_64
#define FIRST_FOREIGN 0x40000000u // x32
#elif defined(__aarch64__)
#define NATIVE_ARCH AUDIT_ARCH_AARCH64
#define FIRST_FOREIGN 0xffffffffu
#else
#error "the broker's filter is not written for this machine"
#endif

// The terminal's state and size. Nothing that types into it (TIOCSTI), pastes, or takes it over.
enum { TERMIOS2 = 44 }; // bytes of the kernel's struct, whose header clashes with the C library's
static const unsigned ioctls[] = {
    TCGETS,
    TCSETS,
    TCSETSW,
    TIOCGWINSZ,
    TIOCSWINSZ,
    TIOCGPGRP,
    _IOR('T', 0x2a, char[TERMIOS2]), // TCGETS2, TCSETS2, TCSETSW2: newer C libraries
    _IOW('T', 0x2b, char[TERMIOS2]),
    _IOW('T', 0x2c, char[TERMIOS2]),
};

static const unsigned calls[] = {
#define CALL(name) __NR_##name,
#include "launcher/broker_calls.def"
#undef CALL
};

enum {
    CALLS = sizeof calls / sizeof *calls,
    HEAD = 6,
    WALK = 5,
    IOCTLS = sizeof ioctls / sizeof *ioctls,
    TERMINAL = IOCTLS + 4,
    MAPPING = 4,
    TAIL = 2,
    CODE = HEAD + WALK + TERMINAL + CALLS + MAPPING + TAIL
};
enum { ABI_1_RIGHTS = (1 << 13) - 1, ABI_2 = 1 << 13, ABI_3 = 1 << 14, ABI_5 = 1 << 15 };

// Every right on files that this kernel knows, and no rule: no path can be opened any more. Without Landlock
// the filter holds, which has no call that opens. (O_PATH is no opening to Landlock.)
static bool forget_paths(struct err *err)
{
    long abi = syscall(__NR_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (abi < 1)
        return true;
    __u64 rights = ABI_1_RIGHTS | (abi >= 2 ? ABI_2 : 0) | (abi >= 3 ? ABI_3 : 0) | (abi >= 5 ? ABI_5 : 0);
    int ruleset = (int)syscall(__NR_landlock_create_ruleset, &rights, sizeof rights, 0);
    bool ok = ruleset >= 0 && syscall(__NR_landlock_restrict_self, ruleset, 0) == 0;
    if (!ok)
        err_sys(err, EXIT_SETUP, errno, "BrokerNotConfined", "Landlock does not hold the broker");
    fd_close(&ruleset);
    return ok;
}

// Decides by itself, so that no jump leads over it.
static size_t build_walk(struct sock_filter *code)
{
    code[0] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_openat, 0, 4);
    code[1] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[2]));
    code[2] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, OWNERS_OPEN, 0, 1);
    code[3] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    code[4] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM);
    return WALK;
}

// As build_walk. The kernel looks at the low half of a request.
static size_t build_terminal(struct sock_filter *code)
{
    size_t n = 0;
    code[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_ioctl, 0, TERMINAL - 1);
    code[n++] =
        (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[1]));
    for (size_t i = 0; i < IOCTLS; i++, n++)
        code[n] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ioctls[i], (__u8)(IOCTLS - i), 0);
    code[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM);
    code[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    return n;
}

static size_t build(struct sock_filter *code, bool owners)
{
    const unsigned refuse = SECCOMP_RET_ERRNO | EPERM;
    size_t n = 0;
    code[n++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch));
    code[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, NATIVE_ARCH, 1, 0);
    code[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS);
    code[n++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
    code[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, FIRST_FOREIGN, 0, 1);
    code[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS);
    if (owners)
        n += build_walk(code + n);
    n += build_terminal(code + n);
    for (size_t i = 0; i < CALLS; i++, n++)
        code[n] =
            (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, calls[i], (__u8)(CALLS - i + MAPPING), 0);
    // Memory, but none that can be executed: mmap whose protection has no PROT_EXEC.
    code[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_mmap, 0, 3);
    code[n++] =
        (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[2]));
    code[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, PROT_EXEC, 0, 2);
    code[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, refuse);
    code[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, refuse);
    code[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    return n;
}

static bool forget_calls(bool owners, struct err *err)
{
    struct sock_filter code[CODE];
    struct sock_fprog program = {.filter = code, .len = (unsigned short)build(code, owners)};
    return syscall(__NR_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0 ||
           err_sys(err, EXIT_SETUP, errno, "BrokerNotConfined",
                   "the broker's system call filter was refused");
}

// A caller that has some, as a service may, does not lend them to what comes from inside.
static bool forget_capabilities(struct err *err)
{
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = {0};
    return syscall(__NR_capset, &header, none) == 0 || err_sys(err, EXIT_SETUP, errno, "BrokerNotConfined",
                                                               "the broker's capabilities cannot be dropped");
}

bool broker_confine(bool owners, struct err *err)
{
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
        return err_sys(err, EXIT_SETUP, errno, "BrokerNotConfined", "no_new_privs cannot be set");
    return forget_capabilities(err) && forget_paths(err) && forget_calls(owners, err);
}
