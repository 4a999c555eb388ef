// launcher/kernel.h: system calls and constants that the C library of Debian 12 has no name for.
#ifndef LAUNCHER_KERNEL_H
#define LAUNCHER_KERNEL_H

#include <fcntl.h>
#include <linux/openat2.h>
#include <linux/sched.h>
#include <sched.h>
#include <stdint.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef PR_SET_MDWE // prctl(2), Linux 6.3
#define PR_SET_MDWE 65
#define PR_MDWE_REFUSE_EXEC_GAIN 1
#endif

static inline long kernel_clone3(struct clone_args *args, size_t size)
{
    return syscall(SYS_clone3, args, size);
}

static inline int kernel_openat2(int folder, const char *path, uint64_t flags, uint64_t resolve)
{
    struct open_how how = {.flags = flags | O_CLOEXEC, .resolve = resolve};
    return (int)syscall(SYS_openat2, folder, path, &how, sizeof how);
}

static inline int kernel_pivot_root(const char *new_root, const char *put_old)
{
    return (int)syscall(SYS_pivot_root, new_root, put_old);
}

// landlock(7); by number, since a header may be older than the kernel.
struct landlock_ruleset { uint64_t fs, net, scope; };
struct landlock_path { uint64_t access; int32_t folder; } __attribute__((packed));
struct landlock_port { uint64_t access, port; };
enum { LANDLOCK_BY_PATH = 1, LANDLOCK_BY_PORT = 2, LANDLOCK_VERSION = 1 };

static inline int kernel_landlock_create(const struct landlock_ruleset *ruleset, size_t size, uint32_t flags)
{
    return (int)syscall(444, ruleset, size, flags);
}

static inline int kernel_landlock_add(int ruleset, int kind, const void *rule)
{
    return (int)syscall(445, ruleset, kind, rule, 0);
}

static inline int kernel_landlock_restrict(int ruleset)
{
    return (int)syscall(446, ruleset, 0);
}

#endif
