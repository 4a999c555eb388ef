#include "profiles/policy_names.h"

#include "profiles/landlock.h"

const struct bit_name namespace_names[] = {{NS_USER, "user"}, {NS_MOUNT, "mount"}, {NS_PID, "pid"},
                                           {NS_NET, "net"},   {NS_IPC, "ipc"},     {NS_UTS, "uts"},
                                           {NS_CGROUP, "cgroup"}, {0, NULL}};

const struct bit_name landlock_fs_names[] = {
    {LL_FS_EXECUTE, "execute"},         {LL_FS_WRITE_FILE, "write_file"}, {LL_FS_READ_FILE, "read_file"},
    {LL_FS_READ_DIR, "read_dir"},       {LL_FS_REMOVE_DIR, "remove_dir"}, {LL_FS_REMOVE_FILE, "remove_file"},
    {LL_FS_MAKE_CHAR, "make_char"},     {LL_FS_MAKE_DIR, "make_dir"},     {LL_FS_MAKE_REG, "make_reg"},
    {LL_FS_MAKE_SOCK, "make_sock"},     {LL_FS_MAKE_FIFO, "make_fifo"},   {LL_FS_MAKE_BLOCK, "make_block"},
    {LL_FS_MAKE_SYM, "make_sym"},       {LL_FS_REFER, "refer"},           {LL_FS_TRUNCATE, "truncate"},
    {LL_FS_IOCTL_DEV, "ioctl_dev"},     {LL_FS_RESOLVE_UNIX, "resolve_unix"}, {0, NULL}};

const struct bit_name landlock_net_names[] = {{LL_NET_BIND_TCP, "bind_tcp"}, {LL_NET_CONNECT_TCP, "connect_tcp"},
                                              {0, NULL}};

const struct bit_name landlock_scope_names[] = {{LL_SCOPE_ABSTRACT_UNIX, "abstract_unix_socket"},
                                                {LL_SCOPE_SIGNAL, "signal"}, {0, NULL}};

void bit_names(struct buf *out, const struct bit_name *names, uint64_t bits, const char *between)
{
    const char *separator = "";

    if (!bits)
        buf_add_text(out, "none");
    for (; names->name; names++) {
        if (!(bits & names->bit))
            continue;
        buf_printf(out, "%s%s", separator, names->name);
        separator = between;
    }
}

const char *mount_kind_name(enum mount_kind kind)
{
    static const char *const names[] = {"bind", "tmpfs", "proc", "dev", "devpts", "hide"};

    return names[kind];
}

const char *tier_name(enum tier tier) { return tier == TIER_FULL ? "full" : "in-place"; }

const char *view_name(enum view view)
{
    static const char *const names[] = {
#define VIEW(id, name, what) name,
#include "profiles/views.def"
#undef VIEW
    };

    return names[view];
}
