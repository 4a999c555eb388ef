// System.IO.File and System.IO.Directory: what a session that sees the FileSystem provider may do with the
// kernel's leave.
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/encoding.h"
#include "base/fd.h"
#include "interp/eval/interp.h"
#include "interp/providers/file-methods.h"
#include "interp/providers/path.h"
#include "interp/value/enum.h"
#undef PROVIDER
#include "interp/value/types-rows.h"

enum { READ_LIMIT = 256 << 20 };

static bool is_missing_folder(const char *path)
{
    struct stat stat;
    char folder[4096];
    const char *slash = strrchr(path, '/');
    size_t size = slash ? (size_t)(slash - path) : 0;
    if (!size || size >= sizeof folder)
        return false;
    memcpy(folder, path, size);
    folder[size] = 0;
    return fstatat(AT_FDCWD, folder, &stat, 0) || !S_ISDIR(stat.st_mode);
}

bool file_throw(struct interp *in, int errnum, const char *path, bool folder)
{
    const struct type *type = &type_io_exception;
    const char *limit = file_limit(in, errnum, path);
    if (limit)
        return throw_error(in, limit, CAT_LimitsExceeded, value_null, "%s: %s", path, strerror(errnum));
    if (errnum == ENOTDIR && !folder)
        type = &type_directory_missing_exception;
    else if (errnum == ENOENT)
        type = folder || is_missing_folder(path) ? &type_directory_missing_exception
                                                 : &type_file_missing_exception;
    else if (errnum == EACCES || errnum == EPERM || errnum == EROFS || errnum == EISDIR)
        type = &type_unauthorized_exception;
    return method_throw(in, type, "%s: %s", path, strerror(errnum));
}

static bool is_visible(struct interp *in)
{
    return provider_visible(in, PROVIDER_filesystem) ||
           throw_error(in, "ProviderNotFound", CAT_ObjectNotFound, value_null,
                       "The session shows no provider named FileSystem.");
}

static bool is_path(struct interp *in, value path)
{
    if (!is_visible(in))
        return false;
    if (value_is_null(path))
        return method_throw(in, &type_argument_null_exception, "The path must not be $null.");
    return path.string->size || method_throw(in, &type_argument_exception, "The path must not be empty.");
}

// --- Reading

static bool slurp(struct interp *in, value path, struct buf *out)
{
    struct stat stat;
    if (!is_path(in, path))
        return false;
    int fd = openat(AT_FDCWD, value_text(path), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return file_throw(in, errno, value_text(path), false);
    errno = EISDIR;
    bool ok = !fstat(fd, &stat) && !S_ISDIR(stat.st_mode) && fd_read_all(fd, READ_LIMIT, out);
    int errnum = errno;
    close(fd);
    return ok || (buf_free(out), file_throw(in, errnum, value_text(path), false));
}

static enum encoding encoding_of(value v)
{
    return value_is_null(v) ? ENCODING_UTF8 : (enum encoding)AS(fields, v)->at[0].i;
}

static bool read_text(struct interp *in, value path, value encoding, struct buf *ret)
{
    struct buf bytes = BUF_INIT;
    size_t mark = 0;
    if (!slurp(in, path, &bytes))
        return false;
    struct decoder decoder = {.encoding = encoding_of(encoding)};
    if (!encoding_mark(buf_text(&bytes), bytes.size, &decoder.encoding, &mark))
        mark = 0;
    bool ok = decoder_add(&decoder, buf_text(&bytes) + mark, bytes.size - mark, true, ret);
    buf_free(&bytes);
    return ok || (buf_free(ret), throw_memory(in));
}

static bool split(struct interp *in, const char *text, size_t size, value list)
{
    for (size_t at = 0, end; at < size; at = end) {
        for (end = at; end < size && text[end] != '\n' && text[end] != '\r';)
            end++;
        if (!list_add_text(in, list.array, text + at, end - at))
            return false;
        end += end + 1 < size && text[end] == '\r' && text[end + 1] == '\n' ? 2 : 1;
    }
    return true;
}

static bool as_texts(struct interp *in, bool ok, value list, value *ret)
{
    ok = ok && value_convert(in, list, STRS, ret);
    return value_drop(list), ok;
}

METHOD(read_all_text)
{
    struct buf text = BUF_INIT;
    UNUSED;
    return read_text(in, args[0], count > 1 ? args[1] : value_null, &text) && buf_take(in, &text, ret);
}
METHOD(read_all_lines)
{
    struct buf text = BUF_INIT;
    value list;
    UNUSED;
    if (!read_text(in, args[0], count > 1 ? args[1] : value_null, &text))
        return false;
    if (!list_new(in, &type_array_list, &list))
        return buf_free(&text), false;
    bool ok = split(in, buf_text(&text), text.size, list);
    buf_free(&text);
    return as_texts(in, ok, list, ret);
}
METHOD(read_all_bytes)
{
    struct buf bytes = BUF_INIT;
    UNUSED;
    if (!slurp(in, args[0], &bytes))
        return false;
    return bytes_take(in, &bytes, ret);
}

// --- Writing

static bool spill(struct interp *in, value path, bool append, struct buf *bytes)
{
    int flags = O_WRONLY | O_CREAT | O_CLOEXEC | (append ? O_APPEND : O_TRUNC);
    bool ok = is_path(in, path);
    if (ok) {
        int fd = openat(AT_FDCWD, value_text(path), flags, 0666);
        ok = fd >= 0 && fd_write_all(fd, buf_text(bytes), bytes->size);
        int errnum = errno;
        if (fd >= 0)
            close(fd);
        if (!ok)
            file_throw(in, errnum, value_text(path), false);
    }
    return buf_free(bytes), ok;
}

static bool write_text(struct interp *in, value path, const char *text, size_t size, value encoding,
                       bool append)
{
    struct buf bytes = BUF_INIT;
    struct stat stat;
    enum encoding how = encoding_of(encoding);
    if (!is_path(in, path))
        return false;
    bool fresh = !append || fstatat(AT_FDCWD, value_text(path), &stat, 0) || !stat.st_size;
    if ((fresh && !encoding_add_mark(how, &bytes)) || !encoding_add(how, text, size, &bytes))
        return buf_free(&bytes), throw_memory(in);
    return spill(in, path, append, &bytes);
}

static bool write_one(struct interp *in, const value *args, size_t count, bool append)
{
    bool some = args[1].kind == V_STRING;
    return write_text(in, args[0], some ? value_text(args[1]) : "", some ? args[1].string->size : 0,
                      count > 2 ? args[2] : value_null, append);
}
static bool write_lines(struct interp *in, const value *args, size_t count, bool append)
{
    struct buf out = BUF_INIT;
    if (value_is_null(args[1]))
        return method_throw(in, &type_argument_null_exception, "The lines must not be $null.");
    for (size_t i = 0; i < args[1].array->count; i++) {
        if (!value_is_null(args[1].array->items[i]) && !value_add_string(in, &out, args[1].array->items[i]))
            return buf_free(&out), false;
        buf_add_char(&out, '\n');
    }
    bool ok = write_text(in, args[0], buf_text(&out), out.size, count > 2 ? args[2] : value_null, append);
    return buf_free(&out), ok;
}
METHOD(write_all_text)
{
    return UNUSED, write_one(in, args, count, false);
}
METHOD(append_all_text)
{
    return UNUSED, write_one(in, args, count, true);
}
METHOD(write_all_lines)
{
    return UNUSED, write_lines(in, args, count, false);
}
METHOD(append_all_lines)
{
    return UNUSED, write_lines(in, args, count, true);
}
METHOD(write_all_bytes)
{
    struct buf bytes = BUF_INIT;
    UNUSED;
    if (value_is_null(args[1]))
        return method_throw(in, &type_argument_null_exception, "The bytes must not be $null.");
    if (!bytes_add(in, &bytes, args[1].array->items, args[1].array->count))
        return buf_free(&bytes), false;
    return spill(in, args[0], false, &bytes);
}

// --- What is there

static bool is_there(struct interp *in, value path, bool folder, value *ret)
{
    struct stat stat;
    if (!is_visible(in))
        return false;
    bool there = path.kind == V_STRING && path.string->size && !fstatat(AT_FDCWD, value_text(path), &stat, 0);
    return *ret = value_bool(there && S_ISDIR(stat.st_mode) == folder), true;
}
METHOD(file_exists)
{
    return UNUSED, is_there(in, args[0], false, ret);
}
METHOD(folder_exists)
{
    return UNUSED, is_there(in, args[0], true, ret);
}
PUBLIC_METHOD(file_delete)
{
    UNUSED;
    if (!is_path(in, args[0]))
        return false;
    const char *path = value_text(args[0]);
    bool ok = !unlinkat(AT_FDCWD, path, 0) || (errno == ENOENT && !is_missing_folder(path));
    return ok || file_throw(in, errno, path, false);
}
PUBLIC_METHOD(file_copy)
{
    struct buf bytes = BUF_INIT;
    struct stat stat;
    UNUSED;
    if (!is_path(in, args[1]) || !slurp(in, args[0], &bytes))
        return false;
    bool replace = count > 2 && args[2].b;
    if (!replace && !fstatat(AT_FDCWD, value_text(args[1]), &stat, 0))
        return buf_free(&bytes), file_throw(in, EEXIST, value_text(args[1]), false);
    return spill(in, args[1], false, &bytes);
}
static bool rename_path(struct interp *in, const value *args, bool replace, bool folder)
{
    if (!is_path(in, args[0]) || !is_path(in, args[1]))
        return false;
    int errnum = file_rename(value_text(args[0]), value_text(args[1]), replace);
    return !errnum || file_throw(in, errnum, value_text(args[0]), folder);
}
PUBLIC_METHOD(file_move)
{
    return UNUSED, rename_path(in, args, count > 2 && args[2].b, false);
}
PUBLIC_METHOD(folder_move)
{
    return UNUSED, rename_path(in, args, false, true);
}

// --- Folders

static bool make_folders(struct interp *in, const char *path)
{
    bool ok = file_make_parents(path) && (!mkdirat(AT_FDCWD, path, 0777) || errno == EEXIST);
    return ok || file_throw(in, errno, path, true);
}

PUBLIC_METHOD(folder_create)
{
    value path;
    UNUSED;
    if (!is_path(in, args[0]) || !make_folders(in, value_text(args[0])) ||
        !io_full_path(in, value_text(args[0]), NULL, &path))
        return false;
    bool ok = file_named(in, &type_directory_info, value_text(path), args[0], ret);
    return value_drop(path), ok;
}

enum { FILES = 1, FOLDERS = 2, DEEP_MOST = 64 };
struct search {
    struct interp *in;
    value list;
    const char *pattern;
    unsigned kinds;
    bool deep;
};

static bool search_folder(const struct search *search, const char *folder, unsigned depth);

static bool search_one(const struct search *search, const char *folder, const char *name, unsigned depth)
{
    struct buf path = BUF_INIT;
    struct stat stat;
    buf_printf(&path, "%s%s%s", folder, folder[strlen(folder) - 1] == '/' ? "" : "/", name);
    bool is_folder = !fstatat(AT_FDCWD, buf_text(&path), &stat, 0) && S_ISDIR(stat.st_mode);
    bool ok = !(search->kinds & (is_folder ? FOLDERS : FILES)) || !file_filter(search->pattern, name) ||
              list_add_text(search->in, search->list.array, buf_text(&path), path.size);
    if (ok && is_folder && search->deep && depth < DEEP_MOST)
        ok = search_folder(search, buf_text(&path), depth + 1);
    return buf_free(&path), ok;
}

static bool search_folder(const struct search *search, const char *folder, unsigned depth)
{
    int fd = openat(AT_FDCWD, folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *directory = fd < 0 ? NULL : fdopendir(fd);
    bool ok = true;
    if (!directory) {
        int errnum = errno;
        if (fd >= 0)
            close(fd);
        return file_throw(search->in, errnum, folder, errnum == ENOENT);
    }
    for (struct dirent *entry; ok && (entry = readdir(directory));)
        if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, ".."))
            ok = search_one(search, folder, entry->d_name, depth);
    return closedir(directory), ok;
}

static bool search(struct interp *in, const value *args, size_t count, unsigned kinds, value *ret)
{
    bool given = count > 1 && args[1].kind == V_STRING;
    struct search search = {.in = in,
                            .pattern = given ? value_text(args[1]) : "*",
                            .kinds = kinds,
                            .deep = count > 2 && args[2].i};
    if (!is_path(in, args[0]) || !list_new(in, &type_array_list, &search.list))
        return false;
    return as_texts(in, search_folder(&search, value_text(args[0]), 0), search.list, ret);
}
PUBLIC_METHOD(folder_files)
{
    return UNUSED, search(in, args, count, FILES, ret);
}
PUBLIC_METHOD(folder_folders)
{
    return UNUSED, search(in, args, count, FOLDERS, ret);
}
PUBLIC_METHOD(folder_entries)
{
    return UNUSED, search(in, args, count, FILES | FOLDERS, ret);
}

// A folder with all that is in it goes as Remove-Item takes it away.
static bool remove_all(struct interp *in, value path)
{
    const struct named_arg given[] = {{"LiteralPath", path}, {"Recurse", value_true}, {"Force", value_true}};
    value nothing;
    if (!interp_call(in, CMDLET_remove_item, given, 3, NULL, 0, &nothing))
        return false;
    return value_drop(nothing), true;
}
PUBLIC_METHOD(folder_delete)
{
    struct stat stat;
    UNUSED;
    if (!is_path(in, args[0]))
        return false;
    const char *path = value_text(args[0]);
    if (fstatat(AT_FDCWD, path, &stat, 0))
        return file_throw(in, errno, path, true);
    if (!S_ISDIR(stat.st_mode))
        return file_throw(in, EIO, path, true);
    if (count > 1 && args[1].b)
        return remove_all(in, args[0]);
    return !unlinkat(AT_FDCWD, path, AT_REMOVEDIR) || file_throw(in, errno, path, true);
}
METHOD(current_folder)
{
    char here[4096];
    UNUSED;
    return is_visible(in) && string_text(in, getcwd(here, sizeof here) ? here : "/", ret);
}

#define CODING &type_encoding
#define SEARCH(name, function)                                                                               \
    {name, function, STRS, P(STR)}, {name, function, STRS, P(STR, STR)},                                     \
    {                                                                                                        \
        name, function, STRS, P(STR, STR, &type_search_option)                                               \
    }
static const struct method file_rows[] = {{"AppendAllLines", append_all_lines, VOID, P(STR, STRS)},
                                          {"AppendAllLines", append_all_lines, VOID, P(STR, STRS, CODING)},
                                          {"AppendAllText", append_all_text, VOID, P(STR, STR)},
                                          {"AppendAllText", append_all_text, VOID, P(STR, STR, CODING)},
                                          {"Copy", file_copy, VOID, P(STR, STR)},
                                          {"Copy", file_copy, VOID, P(STR, STR, BOOLEAN)},
                                          {"Delete", file_delete, VOID, P(STR)},
                                          {"Exists", file_exists, BOOLEAN, P(STR)},
                                          {"Move", file_move, VOID, P(STR, STR)},
                                          {"Move", file_move, VOID, P(STR, STR, BOOLEAN)},
                                          {"ReadAllBytes", read_all_bytes, BYTES, P(STR)},
                                          {"ReadAllLines", read_all_lines, STRS, P(STR)},
                                          {"ReadAllLines", read_all_lines, STRS, P(STR, CODING)},
                                          {"ReadAllText", read_all_text, STR, P(STR)},
                                          {"ReadAllText", read_all_text, STR, P(STR, CODING)},
                                          {"ReadLines", read_all_lines, STRS, P(STR)},
                                          {"ReadLines", read_all_lines, STRS, P(STR, CODING)},
                                          {"WriteAllBytes", write_all_bytes, VOID, P(STR, BYTES)},
                                          {"WriteAllLines", write_all_lines, VOID, P(STR, STRS)},
                                          {"WriteAllLines", write_all_lines, VOID, P(STR, STRS, CODING)},
                                          {"WriteAllText", write_all_text, VOID, P(STR, STR)},
                                          {"WriteAllText", write_all_text, VOID, P(STR, STR, CODING)},
                                          {0}};
const struct type_members full_file_statics = {NULL, file_rows, NULL, NULL};
static const struct method folder_rows[] = {{"CreateDirectory", folder_create, OBJ, P(STR)},
                                            {"Delete", folder_delete, VOID, P(STR)},
                                            {"Delete", folder_delete, VOID, P(STR, BOOLEAN)},
                                            {"Exists", folder_exists, BOOLEAN, P(STR)},
                                            {"GetCurrentDirectory", current_folder, STR},
                                            {"Move", folder_move, VOID, P(STR, STR)},
                                            SEARCH("EnumerateDirectories", folder_folders),
                                            SEARCH("EnumerateFiles", folder_files),
                                            SEARCH("GetDirectories", folder_folders),
                                            SEARCH("GetFiles", folder_files),
                                            SEARCH("GetFileSystemEntries", folder_entries),
                                            {0}};
const struct type_members full_folder_statics = {NULL, folder_rows, NULL, NULL};
