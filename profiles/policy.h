// profiles/policy.h: exactly what the kernel will be told. Plain data, derived purely, printable, golden-tested.
//
// Names in a policy that only the launch can know are symbols: a path that begins with "~" means the caller's home,
// and POLICY_PAYLOAD the program that the launcher starts. Nothing else in it is looked up.
#ifndef PROFILES_POLICY_H
#define PROFILES_POLICY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "profiles/profile.h"
#include "profiles/syscalls.h"

enum namespace_bit { NS_USER = 1, NS_MOUNT = 2, NS_PID = 4, NS_NET = 8, NS_IPC = 16, NS_UTS = 32, NS_CGROUP = 64 };

// MOUNT_DEV: a tmpfs with null zero full random urandom bound into it (and tty, ptmx, pts where MOUNT_DEVPTS follows),
// then read-only. MOUNT_PROC: proc with subset=pid, hidepid=2, read-only. MOUNT_HIDE: an empty read-only tmpfs over a
// folder, /dev/null over anything else; `to` may end in a pattern with one `*` in its last component (each match).
enum mount_kind { MOUNT_BIND, MOUNT_TMPFS, MOUNT_PROC, MOUNT_DEV, MOUNT_DEVPTS, MOUNT_HIDE };

// In the order in which they are made. A mount point that is absent is made where the file system is the launcher's own
// (the root, a MOUNT_TMPFS or MOUNT_HIDE), which is sealed last. Nothing is mounted through a symbolic link: a MOUNT_HIDE
// of one is left out (what it points to has a row of its own), a MOUNT_BIND binds what it points to. All are nosuid; all but MOUNT_DEV's and MOUNT_DEVPTS's contents are nodev.
struct policy_mount {
    enum mount_kind kind;
    const char *from;  // MOUNT_BIND: path outside
    const char *to;    // path inside
    bool writable, exec, recursive;
    bool optional;     // absent outside: left out
    uint64_t size;     // MOUNT_TMPFS: bytes
    const char *why;   // the key or right that asked
};

#define POLICY_PAYLOAD "(payload)" // in a Landlock rule: the interpreter or program itself, by descriptor

struct policy_landlock_rule {
    const char *path;      // inside; a last component "*": every entry there is but those of `except`
    const char *except;    // names, separated by blanks, or NULL; "~": the one on the way to the caller's home
    uint64_t access;       // LL_FS_* (profiles/landlock.h); mask with the kernel's ABI, and LL_FS_OF_FILE on a file
    bool optional;         // absent: left out
    const char *why;
};

struct policy_syscall {
    uint16_t row;          // into syscall_rows
    rights_t asked_by;     // those of the policy's rights that asked for it; 0: the launch itself, or a refusal
};

enum filter_stage { FILTER_LAUNCHER, FILTER_INTERPRETER, FILTERS }; // who installs it

struct policy {
    const char *profile;   // its name
    enum language_mode mode;
    enum view view;
    enum tier tier;
    unsigned namespaces;   // enum namespace_bit
    bool loopback;         // bring lo up
    rights_t rights;
    const char *right_reasons[RIGHTS]; // what asked for it, or NULL
    struct policy_mount *mounts;           size_t mount_count;
    struct policy_landlock_rule *landlock; size_t landlock_count;
    uint64_t landlock_fs, landlock_net, landlock_scope; // to be handled, as far as the kernel's ABI knows them
    uint16_t *connect_ports;               size_t connect_port_count; // rules for LL_NET_CONNECT_TCP
    int landlock_abi;      // required: below it nothing runs in this tier
    const char *landlock_why; // what requires it
    struct policy_syscall *filter[FILTERS]; // one filter only where `wrap`: filter[FILTER_INTERPRETER] is empty
    size_t filter_count[FILTERS];
    uint64_t limits[LIMITS]; // defaults filled in; 0: none
    const char **environment;              size_t environment_count; // NAME=value, or NAME: see policy_environment
    uint64_t broker_messages; // bit per message of broker.def
    bool wrap;             // a native program under one filter
    bool paths_held;       // read-only mounts hold what no rule of Landlock sees, or all files are the session's to change
};

enum policy_use {
    POLICY_SESSION, // an interpreter
    POLICY_WRAP,    // jesh --profile F -- PROGRAM
    POLICY_LOGIN,   // an interpreter that is somebody's login shell: with View 'Caller' its home is private
};

// Pure: the same profile, tier and use give the same policy; nothing is looked up on the machine. Fails (126,
// PolicyTier) where the profile asks for what this tier cannot hold. Everything lives in the arena.
//
// Environment entries without '=' are taken from outside, never as they stand: HOME, USER, LOGNAME and SHELL from the
// account; TERM, LANG, LC_* and TZ from the caller's environment where they match a harmless pattern.
bool policy_derive(const struct profile *profile, enum tier tier, enum policy_use use, struct arena *arena,
                   struct policy *ret_policy, struct err *err);
void policy_print(const struct policy *policy, struct buf *out);      // the golden text
void policy_print_json(const struct policy *policy, struct buf *out); // one object

// How many different system calls a filter lets pass.
size_t policy_calls(const struct policy *policy, enum filter_stage filter);

#endif
