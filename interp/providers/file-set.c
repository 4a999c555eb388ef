// What of a FileInfo can be set: its times and whether it is read-only. jesh-full alone.
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "interp/eval/interp.h"
#include "interp/providers/files.h"
#include "interp/value/enum.h"
#include "interp/value/types.h"

#define FILE_OF(v) file_look(v)
enum { READ_ONLY = 1 };

static bool refused(struct interp *in, const struct file *file)
{
    return throw_error(in, "ExceptionWhenSetting", CAT_NotSpecified, value_null,
                       "'%s' cannot be changed: %s.", value_text(file->path), strerror(errno));
}

// The object may name a path in a session that shows no files.
static bool may_change(struct interp *in)
{
    return provider_visible(in, PROVIDER_filesystem) ||
           throw_error(in, "ProviderNotFound", CAT_ObjectNotFound, value_null,
                       "The session shows no provider named FileSystem.");
}

static struct timespec time_of(int64_t ticks)
{
    int64_t since = ticks - UNIX_EPOCH_TICKS, second = since / TICKS_PER_SECOND,
            rest = since % TICKS_PER_SECOND;
    if (rest < 0)
        rest += TICKS_PER_SECOND, second--;
    return (struct timespec){.tv_sec = second, .tv_nsec = rest * 100};
}

static int open_to_write(const char *path)
{
    return openat(AT_FDCWD, path, O_WRONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
}

// One that nobody may write is its owner's to change all the same (utimensat(2)): for the moment of opening
// it may be.
static int open_read_only(const char *path)
{
    struct stat stat;
    if (fstatat(AT_FDCWD, path, &stat, 0) < 0 || stat.st_mode & (S_IWUSR | S_ISUID | S_ISGID | S_ISVTX))
        return errno = EACCES, -1;
    mode_t mode = stat.st_mode & ACCESSPERMS;
    if (fchmodat(AT_FDCWD, path, mode | S_IWUSR, 0) < 0)
        return -1;
    int fd = open_to_write(path), errnum = errno;
    if (fchmodat(AT_FDCWD, path, mode, 0) < 0)
        errnum = errno;
    return errno = errnum, fd;
}

// By a descriptor opened for writing, since what lets nobody write does not see times set by path.
static bool stamp(const struct file *file, const struct timespec times[2])
{
    const char *path = value_text(file->path);
    if (file->container)
        return utimensat(AT_FDCWD, path, times, 0) == 0;
    int fd = open_to_write(path);
    if (fd < 0 && errno == EACCES)
        fd = open_read_only(path);
    if (fd < 0)
        return false;
    bool ok = futimens(fd, times) == 0;
    int errnum = errno;
    close(fd);
    return errno = errnum, ok;
}

enum moment { ACCESS, WRITE };

static bool set_time(struct interp *in, value self, value to, enum moment moment, enum date_kind kind)
{
    struct file *file = FILE_OF(self);
    struct timespec times[2] = {{.tv_nsec = UTIME_OMIT}, {.tv_nsec = UTIME_OMIT}};
    value date;
    if (!value_convert(in, to, &type_datetime, &date)) {
        value_set(&in->thrown, value_null);
        return throw_error(in, "ExceptionWhenSetting", CAT_NotSpecified, value_null, "This is no time.");
    }
    if (date.aux != DATE_UTC && kind != DATE_UTC)
        date.i = date_to_utc(date.i, DATE_LOCAL, &in->zone);
    times[moment] = time_of(date.i);
    if (!may_change(in))
        return false;
    return (stamp(file, times) &&
            fstatat(AT_FDCWD, value_text(file->path), &file->stat, AT_SYMLINK_NOFOLLOW) == 0) ||
           refused(in, file);
}

#define TIME_SETTER(name, moment, kind)                                                                      \
    bool name(struct interp *in, value self, value to)                                                       \
    {                                                                                                        \
        return set_time(in, self, to, moment, kind);                                                         \
    }
TIME_SETTER(file_set_access, ACCESS, DATE_LOCAL)
TIME_SETTER(file_set_access_utc, ACCESS, DATE_UTC)
TIME_SETTER(file_set_write, WRITE, DATE_LOCAL)
TIME_SETTER(file_set_write_utc, WRITE, DATE_UTC)
#undef TIME_SETTER

static bool set_read_only(struct interp *in, struct file *file, bool read_only)
{
    if (!may_change(in))
        return false;
    const char *path = value_text(file->path);
    mode_t mode = file->stat.st_mode & 07777;
    mode_t wanted = read_only ? mode & ~(mode_t)0222 : mode | S_IWUSR;
    if (wanted != mode && fchmodat(AT_FDCWD, path, wanted, 0) != 0)
        return refused(in, file);
    return fstatat(AT_FDCWD, path, &file->stat, AT_SYMLINK_NOFOLLOW) == 0 || refused(in, file);
}

bool file_set_read_only(struct interp *in, value self, value to)
{
    return set_read_only(in, FILE_OF(self), value_truth(to));
}

// Of all attributes this is the one that a file here can be given.
bool file_set_attributes(struct interp *in, value self, value to)
{
    value attributes;
    if (!value_convert(in, to, &type_file_attributes, &attributes)) {
        value_set(&in->thrown, value_null);
        return throw_error(in, "ExceptionWhenSetting", CAT_NotSpecified, value_null,
                           "These are no attributes.");
    }
    return set_read_only(in, FILE_OF(self), attributes.i & READ_ONLY);
}
