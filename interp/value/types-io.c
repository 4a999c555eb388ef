// System.IO.Path: names only; nothing here looks at a file.
#include <string.h>

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
#define CHARACTER(name, c)                                                                                   \
    static bool name(struct interp *in, value self, value *ret)                                              \
    {                                                                                                        \
        return (void)in, (void)self, *ret = (value){.kind = V_CHAR, .i = c}, true;                           \
    }
CHARACTER(slash, '/')
CHARACTER(colon, ':') static const
    struct property path_properties[] = {{"DirectorySeparatorChar", slash, NULL},
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
static const struct method path_statics[] = {{"GetFileName", file_name, STR, P(STR)},
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
