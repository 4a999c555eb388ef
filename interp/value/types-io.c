// System.IO.Path: names only; nothing here looks at a file.
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "interp/eval/interp.h"
#include "interp/value/types-rows.h"

static const char *base_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}
static const char *extension_of(const char *path)
{
    const char *dot = strrchr(base_of(path), '.');
    return dot ? dot : path + strlen(path);
}
// $null gives $null.
#define PATH(name, result)                                                                                   \
    METHOD(name)                                                                                             \
    {                                                                                                        \
        UNUSED;                                                                                              \
        if (value_is_null(args[0]))                                                                          \
            return true;                                                                                     \
        const char *path = value_text(args[0]);                                                              \
        return result;                                                                                       \
    }
static bool trimmed(struct interp *in, const char *path, size_t size, value *ret)
{
    while (size > 1 && path[size - 1] == '/')
        size--;
    return string_new(in, path, size, ret);
}
static bool directory(struct interp *in, const char *path, value *ret)
{
    const char *base = base_of(path);
    if (!*path || !strcmp(path, "/"))
        return *ret = value_null, true;
    return base == path ? string_text(in, "", ret) : trimmed(in, path, (size_t)(base - path), ret);
}
PATH(file_name, string_text(in, base_of(path), ret))
PATH(file_stem,
     string_new(in, base_of(path),
                (size_t)((*extension_of(path) ? extension_of(path) : path + strlen(path)) - base_of(path)),
                ret))
PATH(extension,
     string_text(in, extension_of(path)[0] && extension_of(path)[1] ? extension_of(path) : "", ret))
PATH(directory_name, directory(in, path, ret))
PATH(has_extension, (*ret = value_bool(extension_of(path)[0] && extension_of(path)[1]), true))
PATH(is_rooted, (*ret = value_bool(*path == '/'), true))
PATH(root, string_text(in, *path == '/' ? "/" : "", ret))
PATH(trim_end, trimmed(in, path, strlen(path), ret))
METHOD(change_extension)
{
    UNUSED;
    if (value_is_null(args[0]))
        return true;
    const char *path = value_text(args[0]);
    int stem = (int)(extension_of(path) - path);
    if (value_is_null(args[1]))
        return string_new(in, path, (size_t)stem, ret);
    const char *to = value_text(args[1]);
    return string_printf(in, ret, "%.*s%s%s", stem, path, *to == '.' ? "" : ".", to);
}
static bool combine(struct interp *in, const value *parts, size_t count, bool join, value *ret)
{
    struct buf out = BUF_INIT;
    for (size_t i = 0; i < count; i++) {
        if (value_is_null(parts[i]) && join)
            continue;
        if (value_is_null(parts[i]))
            return buf_free(&out),
                   method_throw(in, &type_argument_null_exception, "A part must not be $null.");
        const char *part = value_text(parts[i]);
        if (!*part)
            continue;
        if (*part == '/' && !join)
            buf_clear(&out);
        else if (out.size && out.data[out.size - 1] != '/' && *part != '/')
            buf_add_char(&out, '/');
        buf_add_text(&out, part);
    }
    return buf_take(in, &out, ret);
}
METHOD(path_combine)
{
    bool many = count == 1 && args[0].kind == V_ARRAY;
    return UNUSED,
           combine(in, many ? args[0].array->items : args, many ? args[0].array->count : count, false, ret);
}
METHOD(path_join)
{
    bool many = count == 1 && args[0].kind == V_ARRAY;
    return UNUSED,
           combine(in, many ? args[0].array->items : args, many ? args[0].array->count : count, true, ret);
}
static bool not_given(struct interp *in, value path)
{
    if (path.kind == V_STRING && path.string->size)
        return false;
    method_throw(in, path.kind == V_STRING ? &type_argument_exception : &type_argument_null_exception,
                 "A path must not be empty.");
    return true;
}

// Leaves out . and .. and doubled slashes; a final slash stays.
static void add_full(struct buf *out, const char *path)
{
    size_t size;
    for (const char *at = path; *at; at += size + (at[size] == '/')) {
        size = strcspn(at, "/");
        bool up = size == 2 && !memcmp(at, "..", 2);
        if (up)
            while (out->size && out->data[--out->size] != '/')
                ;
        if (!up && size && !(size == 1 && *at == '.')) {
            buf_add_char(out, '/');
            buf_add(out, at, size);
        }
    }
    if (!out->size || (*path && path[strlen(path) - 1] == '/'))
        buf_add_char(out, '/');
}
// From a folder, or from the one that the session is in.
bool io_full_path(struct interp *in, const char *path, const char *from, value *ret)
{
    char here[4096];
    struct buf whole = BUF_INIT, out = BUF_INIT;
    if (*path != '/')
        buf_printf(&whole, "%s/", from ? from : getcwd(here, sizeof here) ? here : "");
    buf_add_text(&whole, path);
    add_full(&out, buf_text(&whole));
    buf_free(&whole);
    return buf_take(in, &out, ret);
}
METHOD(path_full)
{
    UNUSED;
    for (size_t i = 0; i < count; i++)
        if (not_given(in, args[i]))
            return false;
    if (count > 1 && *value_text(args[1]) != '/')
        return method_throw(in, &type_argument_exception, "The folder to begin at has to be a whole path.");
    return io_full_path(in, value_text(args[0]), count > 1 ? value_text(args[1]) : NULL, ret);
}

// What follows the segments that both begin with.
static void skip_common(const char **io_from, const char **io_to)
{
    for (;;) {
        *io_from += **io_from == '/', *io_to += **io_to == '/';
        size_t size = strcspn(*io_from, "/");
        if (!size || strcspn(*io_to, "/") != size || strncmp(*io_from, *io_to, size) != 0)
            return;
        *io_from += size, *io_to += size;
    }
}
static bool relative(struct interp *in, const char *from, const char *to, value *ret)
{
    struct buf out = BUF_INIT;
    skip_common(&from, &to);
    for (size_t size; (size = strcspn(from, "/")); from += size + (from[size] == '/'))
        buf_add_text(&out, out.size ? "/.." : "..");
    if (*to)
        buf_printf(&out, "%s%s", out.size ? "/" : "", to);
    else if (!out.size)
        buf_add_char(&out, '.');
    return buf_take(in, &out, ret);
}
METHOD(path_relative)
{
    value from, to;
    UNUSED;
    if (not_given(in, args[0]) || not_given(in, args[1]) ||
        !io_full_path(in, value_text(args[0]), NULL, &from))
        return false;
    bool ok = io_full_path(in, value_text(args[1]), NULL, &to);
    if (ok) {
        ok = relative(in, value_text(from), value_text(to), ret);
        value_drop(to);
    }
    return value_drop(from), ok;
}
#define CHARACTER(name, c)                                                                                   \
    static bool name(struct interp *in, value self, value *ret)                                              \
    {                                                                                                        \
        return (void)in, (void)self, *ret = (value){.kind = V_CHAR, .i = c}, true;                           \
    }
CHARACTER(slash, '/')
CHARACTER(colon, ':')
static const struct property path_properties[] = {{"DirectorySeparatorChar", slash, NULL},
                                                  {"AltDirectorySeparatorChar", slash, NULL},
                                                  {"PathSeparator", colon, NULL},
                                                  {"VolumeSeparatorChar", slash, NULL},
                                                  {0}};
METHOD(invalid_chars)
{
    UNUSED;
    if (!array_of(in, CHR, 2, ret))
        return false;
    ret->array->items[0] = (value){.kind = V_CHAR};
    return ret->array->items[1] = (value){.kind = V_CHAR, .i = '/'}, true;
}
METHOD(temp_path)
{
    return UNUSED, string_text(in, "/tmp/", ret);
}
// Eleven characters of five random bits each, as "abcdefgh.ijk".
METHOD(random_name)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz012345";
    enum { SIZE = 12, DOT = 8 };
    unsigned char bytes[SIZE];
    char name[SIZE];
    UNUSED;
    if (getrandom(bytes, sizeof bytes, 0) != sizeof bytes)
        return method_throw(in, &type_io_exception, "There are no random numbers.");
    for (size_t i = 0; i < SIZE; i++)
        name[i] = i == DOT ? '.' : letters[bytes[i] & 31];
    return string_new(in, name, SIZE, ret);
}
static const struct method path_statics[] = {{"GetRandomFileName", random_name, STR},
                                             {"GetFileName", file_name, STR, P(STR)},
                                             {"GetFileNameWithoutExtension", file_stem, STR, P(STR)},
                                             {"GetExtension", extension, STR, P(STR)},
                                             {"GetDirectoryName", directory_name, STR, P(STR)},
                                             {"HasExtension", has_extension, BOOLEAN, P(STR)},
                                             {"IsPathRooted", is_rooted, BOOLEAN, P(STR)},
                                             {"IsPathFullyQualified", is_rooted, BOOLEAN, P(STR)},
                                             {"GetPathRoot", root, STR, P(STR)},
                                             {"TrimEndingDirectorySeparator", trim_end, STR, P(STR)},
                                             {"ChangeExtension", change_extension, STR, P(STR, STR)},
                                             {"Combine", path_combine, STR, P(STR, STR)},
                                             {"Combine", path_combine, STR, P(STR, STR, STR)},
                                             {"Combine", path_combine, STR, P(STR, STR, STR, STR)},
                                             {"Combine", path_combine, STR, P(STRS), true},
                                             {"Join", path_join, STR, P(STR, STR)},
                                             {"Join", path_join, STR, P(STR, STR, STR)},
                                             {"Join", path_join, STR, P(STRS), true},
                                             {"GetInvalidFileNameChars", invalid_chars, CHARS},
                                             {"GetFullPath", path_full, STR, P(STR)},
                                             {"GetFullPath", path_full, STR, P(STR, STR)},
                                             {"GetRelativePath", path_relative, STR, P(STR, STR)},
                                             {"GetTempPath", temp_path, STR},
                                             {0}};
const struct type_members full_path = {NULL, path_statics, NULL, path_properties};

// --- CodeGeneration
// --------------------------------------------------------------------------------------------------------

METHOD(escape_quoted)
{
    struct buf out = BUF_INIT;
    UNUSED;
    for (const char *at = value_is_null(args[0]) ? "" : value_text(args[0]); *at; at++) {
        if (*at == '\'')
            buf_add_char(&out, '\'');
        buf_add_char(&out, *at);
    }
    return buf_take(in, &out, ret);
}
static const struct method code_statics[] = {{"EscapeSingleQuotedStringContent", escape_quoted, STR, P(STR)},
                                             {0}};
const struct type_members full_code_generation = {NULL, code_statics, NULL, NULL};
