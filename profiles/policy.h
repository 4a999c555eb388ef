// profiles/policy.h: exactly what the kernel will be told. Plain data, derived purely, printable, golden-tested.
#ifndef PROFILES_POLICY_H
#define PROFILES_POLICY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "profiles/profile.h"

enum namespace_bit { NS_USER = 1, NS_MOUNT = 2, NS_PID = 4, NS_NET = 8, NS_IPC = 16, NS_UTS = 32, NS_CGROUP = 64 };

enum mount_kind { MOUNT_BIND, MOUNT_TMPFS, MOUNT_PROC, MOUNT_DEV, MOUNT_DEVPTS, MOUNT_HIDE };

struct policy_mount {
    enum mount_kind kind;
    const char *from;  // MOUNT_BIND: path outside
    const char *to;    // path inside
    bool writable, exec, recursive, optional;
    uint64_t size;     // MOUNT_TMPFS: bytes
    const char *why;   // the key or right that asked
};

struct policy_landlock_rule {
    const char *path;      // inside
    uint64_t access;       // LANDLOCK_ACCESS_FS_* (constants of our own)
    const char *why;
};

enum filter_action { FILTER_ALLOW, FILTER_ERRNO, FILTER_KILL };

struct policy_syscall {
    uint16_t row;          // into syscalls.def
    rights_t asked_by;     // the rights that asked for it
};

struct policy {
    enum tier tier;
    unsigned namespaces;   // enum namespace_bit
    bool loopback;
    rights_t rights;
    const char *const *right_reasons; // by enum right: what asked for it, or NULL
    struct policy_mount *mounts;           size_t mount_count;
    struct policy_landlock_rule *landlock; size_t landlock_count;
    uint64_t landlock_fs, landlock_net, landlock_scope; // handled
    uint16_t *connect_ports;               size_t connect_port_count;
    int landlock_abi;      // required
    struct policy_syscall *filter[2];      // [0] filter 1 of the launcher, [1] filter 2 of the interpreter
    size_t filter_count[2];
    uint64_t limits[16];   // by limits.def
    const char **environment;              size_t environment_count; // NAME=value
    unsigned broker_messages; // bit per message of broker.def
    bool wrap;             // a native program under one filter
};

// Pure: the same profile, tier and purpose give the same policy; nothing is looked up on the machine.
bool policy_derive(const struct profile *profile, enum tier tier, bool wrap, struct arena *arena,
                   struct policy *ret_policy, struct err *err);
void policy_print(const struct policy *policy, struct buf *out);      // the golden text
void policy_print_json(const struct policy *policy, struct buf *out);

#endif
