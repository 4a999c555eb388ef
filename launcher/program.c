#include "launcher/program.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>

#include "base/fd.h"
#include "launcher/environment.h"
#include "launcher/kernel.h"
#include "launcher/steps.h"

enum { BEGINNING = 4096 };

static bool not_found(const struct confine *confine, const char *name, struct err *err)
{
    if (confine->profile->view == VIEW_CALLER)
        return err_set(err, EXIT_NOTFOUND, "ProgramNotFound", "there is no program %s%s", name,
                       strchr(name, '/') ? "" : " in PATH; name it with its folder");
    return err_set(err, EXIT_NOTFOUND, "ProgramNotFound",
                   "%s is not in the view of this profile; show its folder in Linux.Mounts, or use View = 'Caller'", name);
}

static bool not_runnable(const char *path, const char *why, struct err *err)
{
    return err_set(err, EXIT_DENIED, "ProgramNotRunnable", "%s cannot be run: %s", path, why);
}

static bool is_program(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISREG(info.st_mode);
}

// As execvp(3), but with the PATH of the session: a file without permission is found only where nothing better is.
static bool path_search(const char *name, const char *path, char *ret_path, size_t size)
{
    bool found = false;

    while (*path) {
        size_t length = strcspn(path, ":");
        char each[PATH_TEXT];
        bool fits = snprintf(each, sizeof each, "%.*s/%s", (int)length, path, name) < (int)sizeof each;
        bool runs = fits && path[0] == '/' && is_program(each) && access(each, X_OK) == 0;
        if (runs || (!found && fits && path[0] == '/' && is_program(each)))
            found = snprintf(ret_path, size, "%s", each) < (int)size;
        if (runs)
            return true;
        path += length + (path[length] == ':');
    }
    return found;
}

static bool path_find(struct confine *confine, const char *name)
{
    const char *search = environment_value(confine->environment, "PATH");

    if (!*name)
        return false;
    if (strchr(name, '/'))
        return snprintf(confine->path, sizeof confine->path, "%s", name) < PATH_TEXT;
    return path_search(name, search ? search : "/usr/local/bin:/usr/bin:/bin", confine->path, sizeof confine->path);
}

static ssize_t beginning_read(const char *path, char *ret_bytes, size_t size)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    ssize_t got = fd >= 0 ? read(fd, ret_bytes, size) : -1;

    if (fd >= 0)
        close(fd);
    return got;
}

static bool loader_missing(const struct confine *confine, const char *loader, struct err *err)
{
    char why[PATH_TEXT + 128];

    snprintf(why, sizeof why, "its loader %.512s is not %s; show its folder in Linux.Mounts", loader,
             access(loader, F_OK) == 0 ? "executable" : "in the view of this profile");
    return not_runnable(confine->path, why, err);
}

// A program that can be executed and not read keeps its secret: what it needs shows when it is executed.
static bool loader_check(struct confine *confine, struct err *err)
{
    char bytes[BEGINNING];
    ssize_t size = beginning_read(confine->path, bytes, sizeof bytes);

    confine->loader[0] = '\0';
    if (size < 0 || !program_loader(bytes, (size_t)size, confine->loader, sizeof confine->loader))
        return true;
    if (confine->loader[0] && access(confine->loader, X_OK) < 0)
        return loader_missing(confine, confine->loader, err);
    return true;
}

static bool program_check(struct confine *confine, struct err *err)
{
    struct stat info;

    if (stat(confine->path, &info) < 0)
        return errno == EACCES ? not_runnable(confine->path, strerror(errno), err) : not_found(confine, confine->path, err);
    if (!S_ISREG(info.st_mode))
        return not_runnable(confine->path, S_ISDIR(info.st_mode) ? "it is a folder" : "it is not a file", err);
    if (access(confine->path, X_OK) < 0)
        return not_runnable(confine->path, strerror(errno), err);
    return loader_check(confine, err);
}

// The folder in which the caller stands is where relative names begin, as far as the view has it.
static void caller_folder_enter(const struct confine *confine)
{
    if (confine->payload->directory && chdir(confine->payload->directory) < 0)
        (void)!chdir("/");
}

bool step_lookup(struct confine *confine, struct err *err)
{
    const char *name = confine->payload->path;

#ifdef JESH_TEST
    if (confine->hooks && confine->hooks->payload)
        return true;
#endif
    if (!name)
        return true;
    caller_folder_enter(confine);
    if (!path_find(confine, name))
        return not_found(confine, name, err);
    if (!program_check(confine, err))
        return false;
    if (confine->policy->tier == TIER_INPLACE && !landlock_shows(confine, confine->path))
        return not_found(confine, name, err);
    confine->program = open(confine->path, O_PATH | O_CLOEXEC);
    if (confine->program < 0)
        return err_sys(err, EXIT_DENIED, errno, "ProgramNotRunnable", "cannot open %s", confine->path);
    return true;
}

static bool execute_failed(const struct confine *confine, int errnum, struct err *err)
{
    const char *name = confine->path[0] ? confine->path : confine->payload->argv[0];

    if (errnum == EACCES && confine->loader[0])
        return err_set(err, EXIT_DENIED, "ProgramNotRunnable",
                       "%s cannot be run: it or its loader %s may not be executed in this profile", name, confine->loader);
    return err_sys(err, EXIT_DENIED, errnum, "ProgramNotRunnable", "%s cannot be run", name);
}

// An interpreter of ours is run by descriptor: it is not in the view. A wrapped program is run by its path in the view,
// so that a script's interpreter can open it again, and the program finds itself where it lies.
bool step_execute(struct confine *confine, struct err *err)
{
    char *const *argv = confine->payload->argv;

    if (confine->path[0])
        syscall(SYS_execveat, AT_FDCWD, confine->path, argv, confine->environment, 0);
    else
        syscall(SYS_execveat, confine->program, "", argv, confine->environment, AT_EMPTY_PATH);
    return execute_failed(confine, errno, err);
}
