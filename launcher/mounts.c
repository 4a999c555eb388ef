#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/fd.h"
#include "launcher/kernel.h"
#include "launcher/listed.h"
#include "launcher/steps.h"

// The new root is mounted over the old / first and filled in place: no folder of the host serves as a stage, and no
// path that anybody else could change is followed, for everything below is reached from the descriptor of the root.

enum { TREE = MOUNT_ATTR_NOSUID, PLAIN = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV };
enum { TMPFS_SMALL = 1 << 20, TMPFS_INODES = 1024, TMPFS_INODE_BYTES = 4096 };

struct option { const char *key, *value; };

static bool mount_failed(struct err *err, const char *what, const char *path)
{
    return err_sys(err, EXIT_SETUP, errno, "MountFailed", "cannot %s %s, which the profile shows", what, path);
}

// What the kernel refuses to make anew is not to be had in this place at all.
static bool filesystem_new(const char *type, const struct option *options, unsigned attributes, int *ret_mount, struct err *err)
{
    int fs = fsopen(type, FSOPEN_CLOEXEC), mount = -1, errnum;
    bool made = fs >= 0;
    char what[96];

    for (const struct option *option = options; made && option->key; option++)
        made = fsconfig(fs, FSCONFIG_SET_STRING, option->key, option->value, 0) == 0;
    made = made && fsconfig(fs, FSCONFIG_CMD_CREATE, NULL, NULL, 0) == 0;
    if (made)
        mount = fsmount(fs, FSMOUNT_CLOEXEC, attributes);
    errnum = errno;
    fd_close(&fs);
    if (mount < 0) {
        snprintf(what, sizeof what, "cannot mount a new %s", type);
        return tier_unavailable(err, errnum, what);
    }
    *ret_mount = mount;
    return true;
}

static bool tmpfs_new(uint64_t bytes, const char *mode, unsigned attributes, int *ret_mount, struct err *err)
{
    char size[32], inodes[32];
    const struct option options[] = {{"size", size}, {"nr_inodes", inodes}, {"mode", mode}, {NULL, NULL}};

    snprintf(size, sizeof size, "%llu", (unsigned long long)bytes);
    snprintf(inodes, sizeof inodes, "%llu", (unsigned long long)(bytes / TMPFS_INODE_BYTES + TMPFS_INODES));
    return filesystem_new("tmpfs", options, attributes, ret_mount, err);
}

static bool attributes_set(int mount, unsigned attributes, bool recursive, struct err *err)
{
    struct mount_attr attr = {.attr_set = attributes, .propagation = MS_PRIVATE};

    if (mount_setattr(mount, "", AT_EMPTY_PATH | (recursive ? AT_RECURSIVE : 0), &attr, sizeof attr) == 0)
        return true;
    return tier_unavailable(err, errno, "cannot make a mount private and read-only");
}

static bool attach(int tree, int target, struct err *err)
{
    if (move_mount(tree, "", target, "", MOVE_MOUNT_F_EMPTY_PATH | MOVE_MOUNT_T_EMPTY_PATH) == 0)
        return true;
    return tier_unavailable(err, errno, "cannot attach a mount");
}

// A copy of what is mounted at a path outside. Below a mount that has others on it the kernel copies all or nothing.
static int tree_copy_of(int folder, const char *path, bool recursive)
{
    unsigned flags = OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | (*path ? 0 : AT_EMPTY_PATH);
    int tree = open_tree(folder, path, flags | (recursive ? AT_RECURSIVE : 0));

    if (tree < 0 && errno == EINVAL && !recursive)
        tree = open_tree(folder, path, flags | AT_RECURSIVE);
    return tree;
}

static int tree_copy(const char *path, bool recursive)
{
    return tree_copy_of(AT_FDCWD, path, recursive);
}

static int listed_copy(const struct confine *confine, const char *path, bool recursive)
{
    int fd = listed_open(confine, path, 0);
    int tree = fd < 0 ? -1 : tree_copy_of(fd, "", recursive);
    int errnum = errno;

    fd_close(&fd);
    errno = errnum;
    return tree;
}

static int target_open(const struct confine *confine, const char *path)
{
    while (*path == '/')
        path++;
    return kernel_openat2(confine->root, *path ? path : ".", O_PATH, RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS);
}

// Makes the folders above the last component, where they are missing. `path` is written to and restored.
static bool parents_make(const struct confine *confine, char *path)
{
    for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        int folder = target_open(confine, path);
        bool there = folder >= 0 || mkdirat(confine->root, path + 1, 0755) == 0;
        fd_close(&folder);
        *slash = '/';
        if (!there)
            return false;
    }
    return true;
}

// Opens the place of a mount, and makes it in what jesh itself has mounted. *ret_fd -1: absent and cannot be made.
static bool target_make(const struct confine *confine, const char *path, bool folder, int *ret_fd, struct err *err)
{
    char copy[PATH_TEXT];
    int fd = target_open(confine, path), made;

    if (fd < 0 && errno == ENOENT && snprintf(copy, sizeof copy, "%s", path) < (int)sizeof copy && parents_make(confine, copy)) {
        made = folder ? mkdirat(confine->root, copy + 1, 0755) : mknodat(confine->root, copy + 1, S_IFREG | 0644, 0);
        fd = made == 0 ? target_open(confine, path) : -1;
    }
    if (fd < 0)
        return mount_failed(err, "make the place of", path);
    *ret_fd = fd;
    return true;
}

static bool is_folder(int fd)
{
    struct stat info;
    return fstat(fd, &info) == 0 && S_ISDIR(info.st_mode);
}

static bool attach_at(const struct confine *confine, int tree, const char *path, struct err *err)
{
    int target;
    bool attached;

    if (!target_make(confine, path, is_folder(tree), &target, err))
        return false;
    attached = attach(tree, target, err);
    close(target);
    return attached;
}

static bool source_absent(void)
{
    return errno == ENOENT || errno == ENOTDIR || errno == EACCES || errno == ELOOP;
}

static unsigned bind_attributes(const struct policy_mount *mount)
{
    return PLAIN | (mount->writable ? 0 : MOUNT_ATTR_RDONLY) | (mount->exec ? 0 : MOUNT_ATTR_NOEXEC);
}

static bool source_failed(struct err *err, const struct policy_mount *mount, const char *path)
{
    const char *reason = strerror(errno);
    if (!source_absent() || strcmp(mount->why, "Linux.Mounts") != 0)
        return mount_failed(err, "bind", path);
    return err_set(err, EXIT_SETUP, "MountFailed", "Linux.Mounts shows %s: %s; correct it, or say Optional = $true beside its Path",
                   path, reason);
}

// *ret_tree -1: optional and absent.
static bool bind_open(const struct confine *confine, const struct policy_mount *mount, int *ret_tree, struct err *err)
{
    char path[PATH_TEXT];
    int tree;

    *ret_tree = -1;
    if (!account_path(&confine->account, mount->from, path, sizeof path))
        return mount->optional || err_set(err, EXIT_SETUP, "MountFailed", "%s: the account has no home", mount->from);
    tree = listed_copy(confine, path, mount->recursive);
    if (tree < 0 && mount->optional && source_absent())
        return true;
    if (tree < 0)
        return source_failed(err, mount, path);
    if (!attributes_set(tree, bind_attributes(mount), true, err)) {
        close(tree);
        return false;
    }
    *ret_tree = tree;
    return true;
}

static bool root_is_bound(const struct policy *policy)
{
    return policy->mount_count && policy->mounts[0].kind == MOUNT_BIND && !strcmp(policy->mounts[0].to, "/");
}

// What came with the root, and has a mount of its own there, needs no second copy where it is only to permit less.
// Once anything is hidden, what lies at a path need not be what came.
static bool bind_narrows(const struct confine *confine, const struct policy_mount *mount, const char *to)
{
    const struct policy *policy = confine->policy;
    struct mount_attr attr = {.attr_set = bind_attributes(mount), .propagation = MS_PRIVATE};
    int target;
    bool narrowed;

    if (confine->hidden >= 0 || !root_is_bound(policy) || strcmp(mount->from, mount->to) || !mount->recursive ||
        bind_attributes(&policy->mounts[0]) & ~attr.attr_set)
        return false;
    target = target_open(confine, to);
    narrowed = target >= 0 && mount_setattr(target, "", AT_EMPTY_PATH | AT_RECURSIVE, &attr, sizeof attr) == 0;
    fd_close(&target);
    return narrowed;
}

static bool mount_bind(struct confine *confine, const struct policy_mount *mount, const char *to, struct err *err)
{
    int tree;
    bool attached;

    if (bind_narrows(confine, mount, to))
        return true;
    if (!bind_open(confine, mount, &tree, err))
        return false;
    if (tree < 0)
        return true;
    attached = attach_at(confine, tree, to, err);
    close(tree);
    return attached;
}

static bool mount_tmpfs(struct confine *confine, const struct policy_mount *mount, const char *to, struct err *err)
{
    unsigned attributes = PLAIN | (mount->exec ? 0 : MOUNT_ATTR_NOEXEC) | (mount->writable ? 0 : MOUNT_ATTR_RDONLY);
    int tree;
    bool attached;

    if (!tmpfs_new(mount->size ? mount->size : TMPFS_SMALL, mount->writable ? "1777" : "0755", attributes, &tree, err))
        return false;
    attached = attach_at(confine, tree, to, err);
    close(tree);
    return attached;
}

static bool mount_proc(struct confine *confine, const struct policy_mount *mount, const char *to, struct err *err)
{
    static const struct option options[] = {{"subset", "pid"}, {"hidepid", "2"}, {NULL, NULL}};
    int tree;
    bool attached;

    (void)mount;
    if (!filesystem_new("proc", options, PLAIN | MOUNT_ATTR_NOEXEC | MOUNT_ATTR_RDONLY, &tree, err))
        return false;
    attached = attach_at(confine, tree, to, err);
    close(tree);
    return attached;
}

static bool mount_devpts(struct confine *confine, const struct policy_mount *mount, const char *to, struct err *err)
{
    static const struct option options[] = {{"ptmxmode", "0666"}, {"mode", "0620"}, {NULL, NULL}};
    int tree;
    bool attached;

    (void)mount;
    if (!filesystem_new("devpts", options, TREE | MOUNT_ATTR_NOEXEC, &tree, err))
        return false;
    attached = attach_at(confine, tree, to, err);
    close(tree);
    return attached;
}

static bool device_attach(int folder, const char *name, const char *from, int tree, struct err *err)
{
    bool attached;

    if (tree < 0)
        return errno == ENOENT ? true : mount_failed(err, "bind", from);
    attached = mknodat(folder, name, S_IFREG | 0666, 0) == 0 || mount_failed(err, "make the place of", from);
    // By name, for nobody else reaches this folder yet.
    if (attached && move_mount(tree, "", folder, name, MOVE_MOUNT_F_EMPTY_PATH) < 0)
        attached = tier_unavailable(err, errno, "cannot attach a mount");
    close(tree);
    return attached;
}

static bool device_bind(int folder, const char *name, struct err *err)
{
    char from[32];

    snprintf(from, sizeof from, "/dev/%s", name);
    return device_attach(folder, name, from, tree_copy(from, false), err);
}

// The terminal that the program is given anyway has a name, as in a container: ttyname(3) finds it, for tmux and
// whoever else asks tty(1). Where the caller's /dev does not name it, it has none here either.
static bool console_bind(const struct payload *payload, int folder, struct err *err)
{
    struct stat given, named;
    char link[32], from[PATH_TEXT];
    ssize_t size;

    snprintf(link, sizeof link, "/proc/self/fd/%d", payload->stdio[0]);
    if (!isatty(payload->stdio[0]) || (size = readlink(link, from, sizeof from - 1)) < 0)
        return true;
    from[size] = '\0';
    if (fstat(payload->stdio[0], &given) < 0 || stat(from, &named) < 0 || given.st_rdev != named.st_rdev)
        return true;
    return device_attach(folder, "console", from, tree_copy(from, false), err);
}

static bool policy_mounts(const struct policy *policy, enum mount_kind kind)
{
    for (size_t i = 0; i < policy->mount_count; i++)
        if (policy->mounts[i].kind == kind)
            return true;
    return false;
}

// Where there is no /proc, links into it would lead nowhere.
static bool links_fill(const struct policy *policy, int folder, struct err *err)
{
    static const struct option links[] = {{"ptmx", "pts/ptmx"}, {"fd", "/proc/self/fd"}, {"stdin", "/proc/self/fd/0"},
                                          {"stdout", "/proc/self/fd/1"}, {"stderr", "/proc/self/fd/2"}};
    size_t count = policy_mounts(policy, MOUNT_PROC) ? sizeof links / sizeof *links : 1;

    for (size_t i = 0; i < count; i++)
        if (symlinkat(links[i].value, folder, links[i].key) < 0)
            return mount_failed(err, "link", links[i].key);
    return true;
}

static bool devices_fill(const struct confine *confine, int folder, struct err *err)
{
    static const char *const nodes[] = {"null", "zero", "full", "random", "urandom", "tty"};

    for (size_t i = 0; i < sizeof nodes / sizeof *nodes; i++)
        if (!device_bind(folder, nodes[i], err))
            return false;
    if (!console_bind(confine->payload, folder, err) || !links_fill(confine->policy, folder, err))
        return false;
    if (mkdirat(folder, "pts", 0755) < 0 || mkdirat(folder, "shm", 0755) < 0)
        return mount_failed(err, "make", "/dev/pts and /dev/shm");
    return true;
}

// A /dev of ours has a folder that stays empty, which spares a file system for what is hidden.
static bool hidden_take(struct confine *confine, int devices, struct err *err)
{
    if (!policy_mounts(confine->policy, MOUNT_HIDE))
        return true;
    confine->hidden = open_tree(devices, "shm", OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC);
    if (confine->hidden < 0)
        return tier_unavailable(err, errno, "cannot make an empty place");
    return attributes_set(confine->hidden, PLAIN | MOUNT_ATTR_NOEXEC | MOUNT_ATTR_RDONLY, false, err);
}

static bool mount_dev(struct confine *confine, const struct policy_mount *mount, const char *to, struct err *err)
{
    int tree;
    bool done;

    (void)mount;
    if (!tmpfs_new(TMPFS_SMALL, "0755", TREE | MOUNT_ATTR_NOEXEC, &tree, err))
        return false;
    done = attach_at(confine, tree, to, err) && devices_fill(confine, tree, err) &&
           attributes_set(tree, TREE | MOUNT_ATTR_NOEXEC | MOUNT_ATTR_RDONLY, false, err) && hidden_take(confine, tree, err);
    close(tree);
    return done;
}

// One empty folder, mounted wherever a folder is hidden.
static int hidden_folder(struct confine *confine, struct err *err)
{
    if (confine->hidden >= 0)
        return open_tree(confine->hidden, "", OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_EMPTY_PATH);
    if (!tmpfs_new(TMPFS_SMALL, "0755", PLAIN | MOUNT_ATTR_NOEXEC | MOUNT_ATTR_RDONLY, &confine->hidden, err))
        return -1;
    return fcntl(confine->hidden, F_DUPFD_CLOEXEC, 0);
}

static bool hide_open(struct confine *confine, int target, struct err *err)
{
    bool folder = is_folder(target), hidden;
    int tree = folder ? hidden_folder(confine, err) : tree_copy("/dev/null", false);

    if (tree < 0)
        return tier_unavailable(err, errno, "cannot make an empty place");
    hidden = (folder || attributes_set(tree, PLAIN | MOUNT_ATTR_NOEXEC | MOUNT_ATTR_RDONLY, false, err)) && attach(tree, target, err);
    close(tree);
    return hidden;
}

static bool hide_path(struct confine *confine, const char *path, struct err *err)
{
    int target = target_open(confine, path);
    bool hidden;

    if (target < 0) // what is not there, or cannot be reached by this account, needs no hiding
        return source_absent() || mount_failed(err, "hide", path);
    hidden = hide_open(confine, target, err);
    close(target);
    return hidden;
}

static bool pattern_matches(const char *pattern, const char *name)
{
    const char *star = strchr(pattern, '*');
    size_t before = (size_t)(star - pattern), after = strlen(star + 1), size = strlen(name);

    return name[0] != '.' && size >= before + after && !strncmp(name, pattern, before) && !strcmp(name + size - after, star + 1);
}

static size_t folder_size(const char *path)
{
    return (size_t)(strrchr(path, '/') - path);
}

// Both are patterns, for names of one folder.
static bool same_folder(const struct policy_mount *a, const struct policy_mount *b)
{
    size_t size = folder_size(a->to);
    return b->kind == MOUNT_HIDE && strchr(b->to, '*') && folder_size(b->to) == size && !strncmp(a->to, b->to, size);
}

static bool is_hidden(const struct policy *policy, const struct policy_mount *first, const char *name)
{
    for (const struct policy_mount *each = first; each < policy->mounts + policy->mount_count; each++)
        if (same_folder(first, each) && pattern_matches(each->to + folder_size(each->to) + 1, name))
            return true;
    return false;
}

static bool hide_entries(struct confine *confine, const struct policy_mount *first, DIR *entries, int folder, struct err *err)
{
    for (struct dirent *entry; (entry = readdir(entries));) {
        // What a link leads to has a path of its own.
        if (entry->d_type == DT_LNK || !is_hidden(confine->policy, first, entry->d_name))
            continue;
        int target = openat(folder, entry->d_name, O_PATH | O_CLOEXEC | O_NOFOLLOW);
        bool hidden = target < 0 ? source_absent() : hide_open(confine, target, err);
        fd_close(&target);
        if (!hidden)
            return false;
    }
    return true;
}

// FOLDER/PREFIX*SUFFIX: everything in the folder that has such a name now. New names cannot appear where the view is
// read-only; where it is writable the program would be hiding its own files. All patterns of a folder are served by
// its first: a folder such as /tmp may be long.
static bool hide_matches(struct confine *confine, const struct policy_mount *first, const char *path, struct err *err)
{
    char folder_path[PATH_TEXT];
    DIR *entries;
    bool done;
    int folder;

    for (const struct policy_mount *each = confine->policy->mounts; each < first; each++)
        if (same_folder(first, each))
            return true;
    snprintf(folder_path, sizeof folder_path, "%.*s", (int)folder_size(path), path);
    folder = kernel_openat2(confine->root, *folder_path ? folder_path + 1 : ".", O_RDONLY | O_DIRECTORY,
                            RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS);
    entries = folder >= 0 ? fdopendir(folder) : NULL;
    if (!entries) {
        fd_close(&folder);
        return source_absent() || mount_failed(err, "list", folder_path);
    }
    done = hide_entries(confine, first, entries, folder, err);
    closedir(entries);
    return done;
}

static bool mount_hide(struct confine *confine, const struct policy_mount *mount, const char *to, struct err *err)
{
    return strchr(to, '*') ? hide_matches(confine, mount, to, err) : hide_path(confine, to, err);
}

static bool mount_one(struct confine *confine, const struct policy_mount *mount, struct err *err)
{
    static bool (*const kinds[])(struct confine *, const struct policy_mount *, const char *, struct err *) = {
        [MOUNT_BIND] = mount_bind, [MOUNT_TMPFS] = mount_tmpfs, [MOUNT_PROC] = mount_proc,
        [MOUNT_DEV] = mount_dev, [MOUNT_DEVPTS] = mount_devpts, [MOUNT_HIDE] = mount_hide,
    };
    char to[PATH_TEXT];

    if (!account_path(&confine->account, mount->to, to, sizeof to))
        return mount->optional || mount->kind == MOUNT_HIDE ||
               err_set(err, EXIT_SETUP, "MountFailed", "%s: the account has no home", mount->to);
    return kinds[mount->kind](confine, mount, to, err);
}

static bool root_new(const struct confine *confine, int *ret_root, struct err *err)
{
    if (root_is_bound(confine->policy))
        return bind_open(confine, &confine->policy->mounts[0], ret_root, err);
    return tmpfs_new(TMPFS_SMALL, "0755", PLAIN | MOUNT_ATTR_NOEXEC, ret_root, err);
}

bool step_root(struct confine *confine, struct err *err)
{
    int root;

    if (!root_new(confine, &root, err))
        return false;
    confine->root = root;
    if (move_mount(root, "", AT_FDCWD, "/", MOVE_MOUNT_F_EMPTY_PATH) < 0)
        return tier_unavailable(err, errno, "cannot mount a root of its own");
    return true;
}

bool step_mounts(struct confine *confine, struct err *err)
{
    const struct policy *policy = confine->policy;
    bool bound = root_is_bound(policy);

    for (size_t i = bound; i < policy->mount_count; i++)
        if (!mount_one(confine, &policy->mounts[i], err))
            return false;
    return bound || attributes_set(confine->root, PLAIN | MOUNT_ATTR_NOEXEC | MOUNT_ATTR_RDONLY, false, err);
}

// pivot_root(".", ".") puts the old root on top of the new one, from where it is taken off (pivot_root(2), NOTES).
bool step_switch(struct confine *confine, struct err *err)
{
    if (fchdir(confine->root) < 0 || kernel_pivot_root(".", ".") < 0)
        return tier_unavailable(err, errno, "cannot change to a root of its own");
    if (umount2(".", MNT_DETACH) < 0 || chdir("/") < 0)
        return tier_unavailable(err, errno, "cannot let go of the old root");
    fd_close(&confine->hidden);
    fd_close(&confine->root);
    return true;
}
