// profiles/landlock.h: Landlock's rights by numbers of our own, since a distribution's header may stop at an older
// version than its kernel knows (Debian 12: ABI 2). Source: landlock(7) and the kernel's uapi/linux/landlock.h.
#ifndef PROFILES_LANDLOCK_H
#define PROFILES_LANDLOCK_H

#include <stdint.h>

#define LL_FS_EXECUTE (1ULL << 0)
#define LL_FS_WRITE_FILE (1ULL << 1)
#define LL_FS_READ_FILE (1ULL << 2)
#define LL_FS_READ_DIR (1ULL << 3)
#define LL_FS_REMOVE_DIR (1ULL << 4)
#define LL_FS_REMOVE_FILE (1ULL << 5)
#define LL_FS_MAKE_CHAR (1ULL << 6)
#define LL_FS_MAKE_DIR (1ULL << 7)
#define LL_FS_MAKE_REG (1ULL << 8)
#define LL_FS_MAKE_SOCK (1ULL << 9)
#define LL_FS_MAKE_FIFO (1ULL << 10)
#define LL_FS_MAKE_BLOCK (1ULL << 11)
#define LL_FS_MAKE_SYM (1ULL << 12)
#define LL_FS_REFER (1ULL << 13)        // ABI 2, Linux 5.19: link and rename across folders
#define LL_FS_TRUNCATE (1ULL << 14)     // ABI 3, Linux 6.2
#define LL_FS_IOCTL_DEV (1ULL << 15)    // ABI 5, Linux 6.10
#define LL_FS_RESOLVE_UNIX (1ULL << 16) // ABI 9, Linux 7.1: connect to a socket by path
#define LL_NET_BIND_TCP (1ULL << 0)     // ABI 4, Linux 6.7
#define LL_NET_CONNECT_TCP (1ULL << 1)
#define LL_SCOPE_ABSTRACT_UNIX (1ULL << 0) // ABI 6, Linux 6.12
#define LL_SCOPE_SIGNAL (1ULL << 1)

enum { LL_ABI_KNOWN = 9 }; // newer kernels are asked for this one

// What a rule on anything but a folder may carry; add_rule answers EINVAL for more.
#define LL_FS_OF_FILE                                                                                   \
    (LL_FS_EXECUTE | LL_FS_WRITE_FILE | LL_FS_READ_FILE | LL_FS_TRUNCATE | LL_FS_IOCTL_DEV | LL_FS_RESOLVE_UNIX)

// Everything that a kernel of that ABI can handle. ABI 7 (audit flags) and 8 (threads) add no right.
static inline uint64_t landlock_fs_of_abi(int abi)
{
    uint64_t rights = abi >= 1 ? LL_FS_REFER - 1 : 0;

    rights |= abi >= 2 ? LL_FS_REFER : 0;
    rights |= abi >= 3 ? LL_FS_TRUNCATE : 0;
    rights |= abi >= 5 ? LL_FS_IOCTL_DEV : 0;
    return rights | (abi >= 9 ? LL_FS_RESOLVE_UNIX : 0);
}

static inline uint64_t landlock_net_of_abi(int abi) { return abi >= 4 ? LL_NET_BIND_TCP | LL_NET_CONNECT_TCP : 0; }

static inline uint64_t landlock_scope_of_abi(int abi)
{
    return abi >= 6 ? LL_SCOPE_ABSTRACT_UNIX | LL_SCOPE_SIGNAL : 0;
}

#endif
