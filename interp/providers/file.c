// FileInfo and DirectoryInfo: what was there when the object was first asked.
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/auxv.h>
#include <unistd.h>

#include "interp/eval/interp.h"
#include "interp/providers/files.h"
#include "interp/providers/path.h"
#include "interp/value/enum.h"
#include "interp/value/types.h"

#define FILE_OF(v) file_look(v)

enum file_attribute {
    ATTR_READONLY = 1,
    ATTR_HIDDEN = 2,
    ATTR_SYSTEM = 4,
    ATTR_DIRECTORY = 16,
    ATTR_ARCHIVE = 32,
    ATTR_DEVICE = 64,
    ATTR_NORMAL = 128,
    ATTR_REPARSE = 1024,
};

static int64_t ticks_of(int64_t seconds, int64_t nanoseconds)
{
    return UNIX_EPOCH_TICKS + seconds * TICKS_PER_SECOND + nanoseconds / 100;
}

// Where the file system keeps no creation time, .NET takes the older of last write and last change.
static int64_t creation_ticks(const char *path, const struct stat *stat)
{
    struct statx x;
    if (statx(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, STATX_BTIME, &x) == 0 && x.stx_mask & STATX_BTIME)
        return ticks_of(x.stx_btime.tv_sec, x.stx_btime.tv_nsec);
    int64_t written = ticks_of(stat->st_mtim.tv_sec, stat->st_mtim.tv_nsec);
    int64_t changed = ticks_of(stat->st_ctim.tv_sec, stat->st_ctim.tv_nsec);
    return written < changed ? written : changed;
}

static bool read_link(struct interp *in, value self, value *ret_target)
{
    char target[PATH_MAX];
    ssize_t size = -1;
    const struct file *file = FILE_OF(self);
    if (file->exists && S_ISLNK(file->stat.st_mode))
        size = readlinkat(AT_FDCWD, value_text(file->path), target, sizeof target);
    return size < 0 ? (*ret_target = value_null, true) : string_new(in, target, (size_t)size, ret_target);
}

static void examine(struct file *file)
{
    struct stat followed;
    const char *path = value_text(file->path);
    file->seen = true;
    file->born = 0;
    file->container = false;
    file->exists = fstatat(AT_FDCWD, path, &file->stat, AT_SYMLINK_NOFOLLOW) == 0;
    if (!file->exists)
        return;
    file->container = S_ISDIR(file->stat.st_mode);
    if (S_ISLNK(file->stat.st_mode) && fstatat(AT_FDCWD, path, &followed, 0) == 0)
        file->container = S_ISDIR(followed.st_mode);
}

struct file *file_look(value v)
{
    struct file *file = (struct file *)v.object;
    if (!file->seen)
        examine(file);
    return file;
}

void file_forget(struct interp *in, value v)
{
    struct file *file = (struct file *)v.object;
    file->seen = !provider_visible(in, PROVIDER_filesystem);
    file->exists = file->container = false;
}

bool file_named(struct interp *in, const struct type *type, const char *path, value original, value *ret_file)
{
    value v;
    if (!object_new(in, type, &v))
        return false;
    struct file *file = (struct file *)v.object;
    if (!string_text(in, path, &file->path))
        return value_drop(v), false;
    file->original = value_keep(value_is_null(original) ? file->path : original);
    file_forget(in, v);
    return *ret_file = v, true;
}

bool file_new(struct interp *in, const char *path, value *ret_file)
{
    if (!file_named(in, &type_file_info, path, value_null, ret_file))
        return false;
    struct file *file = (struct file *)ret_file->object;
    examine(file);
    if (file->container)
        file->head.type = &type_directory_info;
    return true;
}

static bool is_folder(const struct file *file)
{
    return file->head.type == &type_directory_info;
}

// What a path that ends in a slash names is a folder; as a file's it has no name.
static const char *leaf_of(const struct file *file, size_t *ret_size)
{
    const char *path = value_text(file->path), *slash = strrchr(path, '/');
    if (is_folder(file) || !slash)
        return path_leaf(path, ret_size);
    *ret_size = strlen(slash + 1);
    return slash + 1;
}

static size_t parent_size(const struct file *file)
{
    size_t size;
    const char *path = value_text(file->path);
    if (is_folder(file))
        return path_parent_size(path);
    size = (size_t)(leaf_of(file, &size) - path);
    return size > 1 ? size - 1 : path[size] ? size : 0;
}

bool file_is_hidden(const char *path)
{
    size_t size;
    const char *leaf = path_leaf(path, &size);
    return size > 0 && *leaf == '.';
}

// As .NET: nobody who counts may write, by the bits alone.
bool file_is_read_only(const struct stat *stat)
{
    if (stat->st_uid == getauxval(AT_UID))
        return !(stat->st_mode & S_IWUSR);
    if (stat->st_gid == getauxval(AT_GID))
        return !(stat->st_mode & S_IWGRP);
    return !(stat->st_mode & S_IWOTH);
}

unsigned file_attributes(const struct file *file)
{
    unsigned bits = 0;
    if (!file->exists)
        return (unsigned)-1;
    if (file->container)
        bits |= ATTR_DIRECTORY;
    if (S_ISLNK(file->stat.st_mode))
        bits |= ATTR_REPARSE;
    else if (file_is_read_only(&file->stat))
        bits |= ATTR_READONLY;
    if (file_is_hidden(value_text(file->path)))
        bits |= ATTR_HIDDEN;
    return bits ? bits : ATTR_NORMAL;
}

// --- Properties
// ---------------------------------------------------------------------------------------------------

static bool give(value v, value *ret)
{
    *ret = value_keep(v);
    return true;
}

static bool get_mode(struct interp *in, value self, value *ret)
{
    unsigned bits = file_attributes(FILE_OF(self));
    char text[6] = "-----";
    if (bits & ATTR_DIRECTORY)
        text[0] = 'd';
    if (bits & ATTR_REPARSE)
        text[0] = 'l';
    if (bits & ATTR_ARCHIVE)
        text[1] = 'a';
    if (bits & ATTR_READONLY)
        text[2] = 'r';
    if (bits & ATTR_HIDDEN)
        text[3] = 'h';
    if (bits & ATTR_SYSTEM)
        text[4] = 's';
    return string_text(in, text, ret);
}

static char type_letter(mode_t mode)
{
    return S_ISDIR(mode)    ? 'd'
           : S_ISLNK(mode)  ? 'l'
           : S_ISCHR(mode)  ? 'c'
           : S_ISBLK(mode)  ? 'b'
           : S_ISFIFO(mode) ? 'p'
           : S_ISSOCK(mode) ? 's'
                            : '-';
}

static bool is_there(value self) // and is what the object says it is
{
    const struct file *file = FILE_OF(self);
    return file->exists && file->container == is_folder(file);
}

static bool get_unix_mode(struct interp *in, value self, value *ret)
{
    mode_t mode = FILE_OF(self)->stat.st_mode;
    if (!is_there(self))
        return *ret = value_null, true;
    char text[11] = "-rwxrwxrwx";
    text[0] = type_letter(mode);
    for (int bit = 0; bit < 9; bit++)
        if (!(mode >> (8 - bit) & 1))
            text[1 + bit] = '-';
    if (mode & S_ISUID)
        text[3] = mode & S_IXUSR ? 's' : 'S';
    if (mode & S_ISGID)
        text[6] = mode & S_IXGRP ? 's' : 'S';
    if (mode & S_ISVTX)
        text[9] = mode & S_IXOTH ? 't' : 'T';
    return string_text(in, text, ret);
}

static bool get_user(struct interp *in, value self, value *ret)
{
    const struct file *file = FILE_OF(self);
    if (!is_there(self))
        return *ret = value_null, true;
    return owner_user(in, value_text(file->path), &file->stat, ret);
}

static bool get_group(struct interp *in, value self, value *ret)
{
    const struct file *file = FILE_OF(self);
    if (!is_there(self))
        return *ret = value_null, true;
    return owner_group(in, value_text(file->path), &file->stat, ret);
}

static bool get_size(struct interp *in, value self, value *ret)
{
    (void)in;
    *ret = is_there(self) ? value_long(FILE_OF(self)->stat.st_size) : value_null;
    return true;
}

static bool get_name(struct interp *in, value self, value *ret)
{
    size_t size;
    const char *leaf = leaf_of(FILE_OF(self), &size);
    return string_new(in, leaf, size, ret);
}

static size_t base_size(const char *leaf, size_t size) // without the extension
{
    for (size_t i = size; i-- > 0;)
        if (leaf[i] == '.')
            return i;
    return size;
}

static bool get_base_name(struct interp *in, value self, value *ret)
{
    size_t size;
    const struct file *file = FILE_OF(self);
    const char *leaf = leaf_of(file, &size);
    return string_new(in, leaf, is_folder(file) ? size : base_size(leaf, size), ret);
}

static bool get_extension(struct interp *in, value self, value *ret)
{
    size_t size;
    const char *leaf = leaf_of(FILE_OF(self), &size);
    size_t base = leaf[size] ? size : base_size(leaf, size); // nothing where a slash follows
    return string_new(in, leaf + base, size - base, ret);
}

static bool get_full_name(struct interp *in, value self, value *ret)
{
    (void)in;
    return give(FILE_OF(self)->path, ret);
}

static bool file_to_string(struct interp *in, value self, value *ret)
{
    (void)in;
    return give(FILE_OF(self)->original, ret);
}

static bool get_exists(struct interp *in, value self, value *ret)
{
    (void)in;
    *ret = value_bool(is_there(self));
    return true;
}

static bool get_target(struct interp *in, value self, value *ret)
{
    return read_link(in, self, ret);
}

static void add_parent_folder(struct buf *out, const char *path)
{
    buf_add(out, path, path_parent_size(path));
    buf_add_char(out, '/');
}

static bool get_resolved_target(struct interp *in, value self, value *ret)
{
    const struct file *file = FILE_OF(self);
    struct buf out = BUF_INIT;
    value target;
    if (!read_link(in, self, &target))
        return false;
    if (target.kind != V_STRING)
        return give(file->exists ? file->path : value_null, ret);
    if (*value_text(target) != '/')
        add_parent_folder(&out, value_text(file->path));
    buf_add(&out, value_text(target), target.string->size);
    value_drop(target);
    struct buf whole = BUF_INIT;
    bool ok = !out.failed && path_normalise(buf_text(&out), out.size, &whole)
                  ? string_new(in, whole.data, whole.size, ret)
                  : throw_memory(in);
    buf_free(&out);
    buf_free(&whole);
    return ok;
}

static bool get_link_type(struct interp *in, value self, value *ret)
{
    const struct file *file = FILE_OF(self);
    if (file_attributes(file) & ATTR_REPARSE)
        return string_text(in, "SymbolicLink", ret);
    if (file->exists && !file->container && file->stat.st_nlink > 1)
        return string_text(in, "HardLink", ret);
    *ret = value_null;
    return true;
}

static bool get_attributes(struct interp *in, value self, value *ret)
{
    (void)in;
    *ret = enum_value(&type_file_attributes, (int32_t)file_attributes(FILE_OF(self)));
    return true;
}

static bool get_unix_file_mode(struct interp *in, value self, value *ret)
{
    (void)in;
    const struct file *file = FILE_OF(self);
    *ret = enum_value(&type_unix_file_mode, file->exists ? (int32_t)(file->stat.st_mode & 07777) : -1);
    return true;
}

static bool get_read_only(struct interp *in, value self, value *ret)
{
    (void)in;
    const struct file *file = FILE_OF(self);
    *ret = value_bool(!file->exists || file_is_read_only(&file->stat));
    return true;
}

static value time_value(struct interp *in, int64_t ticks, bool utc)
{
    if (utc)
        return (value){.kind = V_DATETIME, .aux = DATE_UTC, .i = ticks};
    return (value){.kind = V_DATETIME, .aux = DATE_LOCAL, .i = date_to_local(ticks, DATE_UTC, &in->zone)};
}

static int64_t stamp(const struct file *file, const struct timespec *time)
{
    static const int64_t none =
        INT64_C(504911232000000000); // 1601-01-01: what .NET gives for a file that is not there
    return file->exists ? ticks_of(time->tv_sec, time->tv_nsec) : none;
}

static int64_t born(value self)
{
    struct file *file = FILE_OF(self);
    if (!file->born)
        file->born = file->exists ? creation_ticks(value_text(file->path), &file->stat) : stamp(file, NULL);
    return file->born;
}

#define TIME(function, utc, ticks)                                                                           \
    static bool function(struct interp *in, value self, value *ret)                                          \
    {                                                                                                        \
        *ret = time_value(in, ticks, utc);                                                                   \
        return true;                                                                                         \
    }
TIME(get_creation, false, born(self))
TIME(get_creation_utc, true, born(self))
TIME(get_access, false, stamp(FILE_OF(self), &FILE_OF(self)->stat.st_atim))
TIME(get_access_utc, true, stamp(FILE_OF(self), &FILE_OF(self)->stat.st_atim))
TIME(get_write, false, stamp(FILE_OF(self), &FILE_OF(self)->stat.st_mtim))
TIME(get_write_utc, true, stamp(FILE_OF(self), &FILE_OF(self)->stat.st_mtim))

static bool formatted(struct interp *in, int64_t ticks, const char *format, value *ret)
{
    struct buf out = BUF_INIT;
    date_format(ticks, DATE_LOCAL, &in->zone, format, strlen(format), &out);
    bool ok = out.failed ? throw_full(in, &out) : string_new(in, buf_text(&out), out.size, ret);
    buf_free(&out);
    return ok;
}

static bool get_write_string(struct interp *in, value self, value *ret) // as the table of pwsh writes it
{
    value written;
    return get_write(in, self, &written) && formatted(in, written.i, "MM/dd/yyyy    HH:mm", ret);
}

static bool get_name_string(struct interp *in, value self, value *ret)
{
    const struct file *file = FILE_OF(self);
    size_t size;
    const char *leaf = leaf_of(file, &size);
    value target;
    if (!(file_attributes(file) & ATTR_REPARSE))
        return string_new(in, leaf, size, ret);
    if (!read_link(in, self, &target))
        return false;
    bool ok = string_printf(in, ret, "%.*s -> %s", (int)size, leaf,
                            target.kind == V_STRING ? value_text(target) : "");
    return value_drop(target), ok;
}

static bool get_length_string(struct interp *in, value self, value *ret)
{
    const struct file *file = FILE_OF(self);
    if (is_folder(file) || !is_there(self))
        return string_text(in, "", ret);
    return string_printf(in, ret, "%lld", (long long)file->stat.st_size);
}

static bool get_directory_name(struct interp *in, value self, value *ret)
{
    const struct file *file = FILE_OF(self);
    size_t size = parent_size(file);
    return size ? string_new(in, value_text(file->path), size, ret) : (*ret = value_null, true);
}

static bool get_parent(struct interp *in, value self, value *ret)
{
    value path;
    if (!get_directory_name(in, self, &path))
        return false;
    bool ok = value_is_null(path) ? (*ret = value_null, true)
                                  : file_named(in, &type_directory_info, value_text(path), value_null, ret);
    return value_drop(path), ok;
}

static bool get_root(struct interp *in, value self, value *ret)
{
    (void)self;
    return file_named(in, &type_directory_info, "/", value_null, ret);
}

static const struct property common_properties[] = {
    {"Mode", get_mode, NULL},
    {"ModeWithoutHardLink", get_mode, NULL},
    {"UnixMode", get_unix_mode, NULL},
    {"User", get_user, NULL},
    {"Group", get_group, NULL},
    {"Size", get_size, NULL},
    {"BaseName", get_base_name, NULL},
    {"ResolvedTarget", get_resolved_target, NULL},
    {"Target", get_target, NULL},
    {"LinkType", get_link_type, NULL},
    {"NameString", get_name_string, NULL},
    {"LengthString", get_length_string, NULL},
    {"LastWriteTimeString", get_write_string, NULL},
    {"FullName", get_full_name, NULL},
    {"Extension", get_extension, NULL},
    {"Name", get_name, NULL},
    {"Exists", get_exists, NULL},
    {"CreationTime", get_creation, file_set_write},
    {"CreationTimeUtc", get_creation_utc, file_set_write_utc},
    {"LastAccessTime", get_access, file_set_access},
    {"LastAccessTimeUtc", get_access_utc, file_set_access_utc},
    {"LastWriteTime", get_write, file_set_write},
    {"LastWriteTimeUtc", get_write_utc, file_set_write_utc},
    {"LinkTarget", get_target, NULL},
    {"UnixFileMode", get_unix_file_mode, NULL},
    {"Attributes", get_attributes, file_set_attributes},
    {0},
};

static const struct property file_properties[] = {
    {"Length", get_size, NULL},
    {"DirectoryName", get_directory_name, NULL},
    {"Directory", get_parent, NULL},
    {"IsReadOnly", get_read_only, file_set_read_only},
    {0},
};

static const struct property directory_properties[] = {
    {"Parent", get_parent, NULL},
    {"Root", get_root, NULL},
    {0},
};

static void file_release(struct object *object)
{
    struct file *file = (struct file *)object;
    value_drop(file->path);
    value_drop(file->original);
}

// What may be called on them: jesh-full alone.
extern const struct type_members full_file_info __attribute__((weak));
extern const struct type_members full_directory_info __attribute__((weak));

const struct type type_file_system_info_array = {
    .name = "System.IO.FileSystemInfo[]", .base = &type_array, .type_code = 1, .element = &type_file_system_info};
const struct type type_file_info_array = {
    .name = "System.IO.FileInfo[]", .base = &type_array, .type_code = 1, .element = &type_file_info};
const struct type type_directory_info_array = {
    .name = "System.IO.DirectoryInfo[]", .base = &type_array, .type_code = 1, .element = &type_directory_info};

const struct type type_file_system_info = {
    .name = "System.IO.FileSystemInfo",
    .base = &type_object,
    .properties = common_properties,
    .vector = &type_file_system_info_array,
    .type_code = 1,
};

const struct type type_file_info = {
    .name = "System.IO.FileInfo",
    .base = &type_file_system_info,
    .properties = file_properties,
    .full = &full_file_info,
    .vector = &type_file_info_array,
    .to_string = file_to_string,
    .release = file_release,
    .size = sizeof(struct file),
    .type_code = 1,
};

const struct type type_directory_info = {
    .name = "System.IO.DirectoryInfo",
    .base = &type_file_system_info,
    .properties = directory_properties,
    .full = &full_directory_info,
    .vector = &type_directory_info_array,
    .to_string = file_to_string,
    .release = file_release,
    .size = sizeof(struct file),
    .type_code = 1,
};
