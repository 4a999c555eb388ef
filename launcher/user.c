#include "launcher/user.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "launcher/caps.h"
#include "launcher/kernel.h"
#include "launcher/steps.h"

static bool identity_refused(struct err *err, const char *what)
{
    return err_sys(err, EXIT_SETUP, errno, "IdentityFailed",
                   "cannot take the account of Linux.User (%s); start jesh as root with CAP_SETUID and CAP_SETGID, or as "
                   "that account", what);
}

static bool identity_take(const struct account *account, struct err *err)
{
    gid_t groups[ACCOUNT_GROUPS];
    size_t count;

    if (!account_groups(account, groups, ACCOUNT_GROUPS, &count, err))
        return false;
    if (setgroups(count, groups) < 0)
        return identity_refused(err, "setgroups");
    if (setresgid(account->gid, account->gid, account->gid) < 0)
        return identity_refused(err, "setresgid");
    if (setresuid(account->uid, account->uid, account->uid) < 0)
        return identity_refused(err, "setresuid");
    caps_drop_held();
    if (getuid() != account->uid || geteuid() != account->uid || getegid() != account->gid || setuid(0) == 0) {
        errno = EPERM;
        return identity_refused(err, "root could be taken back");
    }
    return true;
}

// Root gives up root before anything else; anybody else stays who they are.
bool step_identity(struct confine *confine, struct err *err)
{
    const char *user = confine->profile->user;

    if (confine->account.home[0])
        return true; // this is the second attempt
    if (getuid() != 0 && geteuid() != 0)
        return account_caller(&confine->account, err);
    if (!user) {
        err_set(err, EXIT_SETUP, "RootRefused",
                "started by root, and the profile does not say whose rights to take; add Linux = @{ User = 'NAME' }, or "
                "start jesh as that user");
        return err_at(err, confine->profile->file, 0, 0);
    }
    if (!account_find(user, &confine->account, err))
        return false;
    if (confine->account.uid == 0 || confine->account.gid == 0)
        return err_set(err, EXIT_SETUP, "RootRefused", "Linux.User '%s' is root; name another account", user);
    // While root still has CAP_SETPCAP: in place no later step could empty the bounding set.
    caps_drop_bounding();
    return identity_take(&confine->account, err);
}

static bool proc_write(const char *path, const char *text)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    bool written = fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text);
    int errnum = errno;

    if (fd >= 0)
        close(fd);
    errno = errnum;
    return written;
}

bool step_ids(struct confine *confine, struct err *err)
{
    char line[64];

    // Undumpable is what a change of identity leaves behind, and these files would belong to root.
    prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
    if (!proc_write("/proc/self/setgroups", "deny"))
        return tier_unavailable(err, errno, "cannot deny setgroups in the new user namespace");
    snprintf(line, sizeof line, "%u %u 1", confine->account.gid, confine->account.gid);
    if (!proc_write("/proc/self/gid_map", line))
        return tier_unavailable(err, errno, "cannot map the gid in the new user namespace");
    snprintf(line, sizeof line, "%u %u 1", confine->account.uid, confine->account.uid);
    if (!proc_write("/proc/self/uid_map", line))
        return tier_unavailable(err, errno, "cannot map the uid in the new user namespace");
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    return true;
}

// Where the caller's /proc/sys is mounted read-only (containers), a proc of our own that is never attached will do.
static bool nesting_by_own_proc(void)
{
    int fs = fsopen("proc", FSOPEN_CLOEXEC), mount = -1, fd = -1;
    bool written = false;

    if (fs >= 0 && fsconfig(fs, FSCONFIG_CMD_CREATE, NULL, NULL, 0) == 0)
        mount = fsmount(fs, FSMOUNT_CLOEXEC, MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC);
    if (mount >= 0)
        fd = openat(mount, "sys/user/max_user_namespaces", O_WRONLY | O_CLOEXEC);
    written = fd >= 0 && write(fd, "0", 1) == 1;
    int errnum = errno;
    for (int *each[] = {&fd, &mount, &fs}, **at = each; at < each + 3; at++)
        if (**at >= 0)
            close(**at);
    errno = errnum;
    return written;
}

bool step_nesting(struct confine *confine, struct err *err)
{
    (void)confine;
    if (proc_write("/proc/sys/user/max_user_namespaces", "0") || nesting_by_own_proc())
        return true;
    return tier_unavailable(err, errno, "cannot set max_user_namespaces to 0 in the new user namespace");
}

bool step_hostname(struct confine *confine, struct err *err)
{
    (void)confine;
    if (sethostname("jesh", 4) < 0)
        return tier_unavailable(err, errno, "cannot name the host in the new uts namespace");
    return true;
}
