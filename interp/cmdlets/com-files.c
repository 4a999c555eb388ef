// Scripting.FileSystemObject: every method is a command of the session.
#include <string.h>
#include <strings.h>

#include "interp/eval/interp.h"
#include "profiles/rights.h" // before the words of types' tables, which have a PROVIDER too

#include "interp/cmdlets/com-internal.h"
#include "interp/value/enum.h"
#include "interp/value/exceptions.h"

enum { PATH, TEXT, AT, MODE };
enum { FOR_READING = 1, FOR_WRITING = 2, FOR_APPENDING = 8 };

static const struct type com_text_stream;

// A command that is not there, or fails, is the method's exception.
static bool call(struct interp *in, const char *command, const struct named_arg *args, size_t count, value *ret)
{
    struct named_arg all[6];
    for (size_t i = 0; i < count; i++)
        all[i] = args[i];
    all[count] = (struct named_arg){"ErrorAction", enum_value(&type_action_preference, 1)};
    enum cmdlet_id id = cmdlet_id_of(cmdlet_find(command, strlen(command)));
    if (in->cmdlets[id] && interp_call(in, id, all, count + 1, NULL, 0, ret))
        return true;
    value why = in->thrown;
    in->thrown = value_null;
    method_throw(in, &type_io_exception, "%s",
                 why.kind == V_ERROR ? value_text(why.error->message) : "The session has no such command.");
    return value_drop(why), false;
}

static bool run(struct interp *in, const char *command, const struct named_arg *args, size_t count)
{
    value nothing;
    if (!call(in, command, args, count, &nothing))
        return false;
    return value_drop(nothing), true;
}

static bool is_there(struct interp *in, value path, const char *kind, value *ret)
{
    value type;
    if (!string_text(in, kind, &type))
        return false;
    const struct named_arg args[] = {{"LiteralPath", path}, {"PathType", type}};
    bool ok = call(in, "Test-Path", args, 2, ret);
    return value_drop(type), ok;
}

METHOD(file_exists)
{
    return UNUSED, is_there(in, args[0], "Leaf", ret);
}

METHOD(folder_exists)
{
    return UNUSED, is_there(in, args[0], "Container", ret);
}

METHOD(get_item)
{
    UNUSED;
    const struct named_arg given[] = {{"LiteralPath", args[0]}, {"Force", value_true}};
    return call(in, "Get-Item", given, 2, ret);
}

METHOD(delete_item)
{
    UNUSED;
    const struct named_arg given[] = {{"LiteralPath", args[0]}, {"Recurse", value_true}, {"Force", value_true}};
    return run(in, "Remove-Item", given, 3);
}

METHOD(create_folder)
{
    value type;
    UNUSED;
    if (!string_text(in, "Directory", &type))
        return false;
    const struct named_arg given[] = {{"Path", args[0]}, {"ItemType", type}};
    bool ok = call(in, "New-Item", given, 2, ret);
    return value_drop(type), ok;
}

METHOD(copy_item)
{
    UNUSED;
    const struct named_arg given[] = {{"LiteralPath", args[0]}, {"Destination", args[1]}, {"Recurse", value_true}};
    return run(in, "Copy-Item", given, 3);
}

METHOD(move_item)
{
    UNUSED;
    const struct named_arg given[] = {{"LiteralPath", args[0]}, {"Destination", args[1]}};
    return run(in, "Move-Item", given, 2);
}

// --- Names
// --------------------------------------------------------------------------------------------------------

static const char *last_name(value path)
{
    const char *slash = strrchr(value_text(path), '/');
    return slash ? slash + 1 : value_text(path);
}

static const char *dot_of(const char *name)
{
    const char *dot = strrchr(name, '.');
    return dot ? dot : name + strlen(name);
}

METHOD(file_name)
{
    return UNUSED, string_text(in, last_name(args[0]), ret);
}

METHOD(base_name)
{
    const char *name = last_name(args[0]);
    return UNUSED, string_new(in, name, (size_t)(dot_of(name) - name), ret);
}

METHOD(extension_name)
{
    const char *dot = dot_of(last_name(args[0]));
    return UNUSED, string_text(in, *dot ? dot + 1 : dot, ret);
}

METHOD(parent_folder)
{
    const char *text = value_text(args[0]), *slash = strrchr(text, '/');
    UNUSED;
    return string_new(in, text, slash ? (size_t)(slash - text) + (slash == text && slash[1]) : 0, ret);
}

METHOD(build_path)
{
    UNUSED;
    const struct named_arg given[] = {{"Path", args[0]}, {"ChildPath", args[1]}};
    return call(in, "Join-Path", given, 2, ret);
}

// --- Text streams
// -------------------------------------------------------------------------------------------------

static bool stream_new(struct interp *in, value path, int32_t mode, value *ret)
{
    if (!object_new(in, &com_text_stream, ret))
        return false;
    COM_FIELD(*ret, PATH) = value_keep(path);
    COM_FIELD(*ret, AT) = value_long(0);
    COM_FIELD(*ret, MODE) = value_int(mode);
    return true;
}

static bool read_all(struct interp *in, value path, value *ret)
{
    const struct named_arg given[] = {{"LiteralPath", path}, {"Raw", value_true}};
    if (!call(in, "Get-Content", given, 2, ret))
        return false;
    if (ret->kind != V_STRING)
        value_drop(*ret), *ret = string_static(in, "");
    return ret->kind == V_STRING;
}

static bool put_text(struct interp *in, const char *command, value path, value text)
{
    const struct named_arg given[] = {{"LiteralPath", path}, {"Value", text}, {"NoNewline", value_true}};
    return run(in, command, given, 3);
}

static bool empty_file(struct interp *in, value path)
{
    value nothing = string_static(in, "");
    bool ok = nothing.kind == V_STRING && put_text(in, "Set-Content", path, nothing);
    return value_drop(nothing), ok;
}

METHOD(open_text)
{
    int32_t mode = count > 1 ? (int32_t)args[1].i : FOR_READING;
    bool creates = count > 2 && args[2].b;
    value there;
    UNUSED;
    if (!is_there(in, args[0], "Leaf", &there))
        return false;
    if (!there.b && !creates)
        return method_throw(in, &type_file_missing_exception, "There is no such file.");
    if (((!there.b && creates) || mode == FOR_WRITING) && !empty_file(in, args[0]))
        return false;
    if (!stream_new(in, args[0], mode, ret))
        return false;
    if (mode == FOR_READING && !read_all(in, args[0], &COM_FIELD(*ret, TEXT)))
        return value_drop(*ret), false;
    return true;
}

METHOD(create_text)
{
    value there;
    UNUSED;
    if (!is_there(in, args[0], "Leaf", &there))
        return false;
    if (there.b && count > 1 && !args[1].b)
        return method_throw(in, &type_io_exception, "The file is already there.");
    return empty_file(in, args[0]) && stream_new(in, args[0], FOR_WRITING, ret);
}

static bool is_reading(struct interp *in, value self)
{
    return COM_FIELD(self, TEXT).kind == V_STRING ||
           method_throw(in, &type_io_exception, "The stream is not open for reading.");
}

METHOD(read_rest)
{
    UNUSED;
    if (!is_reading(in, self))
        return false;
    value text = COM_FIELD(self, TEXT);
    size_t at = (size_t)COM_FIELD(self, AT).i;
    COM_FIELD(self, AT) = value_long((int64_t)text.string->size);
    return string_new(in, text.string->text + at, text.string->size - at, ret);
}

METHOD(read_line)
{
    UNUSED;
    if (!is_reading(in, self))
        return false;
    value text = COM_FIELD(self, TEXT);
    size_t at = (size_t)COM_FIELD(self, AT).i, left = text.string->size - at;
    if (!left)
        return method_throw(in, &type_io_exception, "The stream is at its end.");
    const char *start = text.string->text + at, *newline = memchr(start, '\n', left);
    size_t size = newline ? (size_t)(newline - start) : left;
    COM_FIELD(self, AT) = value_long((int64_t)(at + size + (newline != NULL)));
    return string_new(in, start, size && start[size - 1] == '\r' ? size - 1 : size, ret);
}

static bool write_text(struct interp *in, value self, value text, const char *end)
{
    value whole;
    if (COM_FIELD(self, MODE).i == FOR_READING)
        return method_throw(in, &type_io_exception, "The stream is not open for writing.");
    if (!string_printf(in, &whole, "%s%s", text.kind == V_STRING ? value_text(text) : "", end))
        return false;
    bool ok = put_text(in, "Add-Content", COM_FIELD(self, PATH), whole);
    return value_drop(whole), ok;
}

METHOD(write_plain)
{
    return UNUSED, write_text(in, self, args[0], "");
}

METHOD(write_line)
{
    return UNUSED, write_text(in, self, count ? args[0] : value_null, "\n");
}

METHOD(close_stream)
{
    return UNUSED, true;
}

GETTER(at_end)
{
    value text = COM_FIELD(self, TEXT);
    (void)in;
    return *ret = value_bool(text.kind != V_STRING || (uint64_t)COM_FIELD(self, AT).i >= text.string->size), true;
}

static const struct property stream_properties[] = {{"AtEndOfStream", at_end, NULL}, {0}};
static const struct method stream_methods[] = {{"ReadAll", read_rest, STR},
                                               {"ReadLine", read_line, STR},
                                               {"Write", write_plain, VOID, P(STR)},
                                               {"WriteLine", write_line, VOID},
                                               {"WriteLine", write_line, VOID, P(STR)},
                                               {"Close", close_stream, VOID},
                                               {0}};
static const struct type_members stream_members = {.methods = stream_methods};
static COM_TYPE(com_text_stream, "Scripting.TextStream", .properties = stream_properties,
                .full = &stream_members);

static const struct method methods[] = {{"FileExists", file_exists, BOOLEAN, P(STR)},
                                        {"FolderExists", folder_exists, BOOLEAN, P(STR)},
                                        {"GetFile", get_item, OBJ, P(STR)},
                                        {"GetFolder", get_item, OBJ, P(STR)},
                                        {"DeleteFile", delete_item, VOID, P(STR)},
                                        {"DeleteFile", delete_item, VOID, P(STR, BOOLEAN)},
                                        {"DeleteFolder", delete_item, VOID, P(STR)},
                                        {"DeleteFolder", delete_item, VOID, P(STR, BOOLEAN)},
                                        {"CreateFolder", create_folder, OBJ, P(STR)},
                                        {"CopyFile", copy_item, VOID, P(STR, STR)},
                                        {"CopyFile", copy_item, VOID, P(STR, STR, BOOLEAN)},
                                        {"CopyFolder", copy_item, VOID, P(STR, STR)},
                                        {"MoveFile", move_item, VOID, P(STR, STR)},
                                        {"MoveFolder", move_item, VOID, P(STR, STR)},
                                        {"GetFileName", file_name, STR, P(STR)},
                                        {"GetBaseName", base_name, STR, P(STR)},
                                        {"GetExtensionName", extension_name, STR, P(STR)},
                                        {"GetParentFolderName", parent_folder, STR, P(STR)},
                                        {"BuildPath", build_path, STR, P(STR, STR)},
                                        {"OpenTextFile", open_text, OBJ, P(STR)},
                                        {"OpenTextFile", open_text, OBJ, P(STR, I32)},
                                        {"OpenTextFile", open_text, OBJ, P(STR, I32, BOOLEAN)},
                                        {"CreateTextFile", create_text, OBJ, P(STR)},
                                        {"CreateTextFile", create_text, OBJ, P(STR, BOOLEAN)},
                                        {0}};
static const struct type_members members = {.methods = methods};
COM_TYPE(com_file_system, "Scripting.FileSystemObject", .full = &members);

// --- By name
// ------------------------------------------------------------------------------------------------------

bool com_new(struct interp *in, const char *class_name, bool *ret_known, value *ret)
{
    static const struct {
        const struct type *type;
        bool (*start)(struct interp *in, value self);
    } classes[] = {{&com_dictionary, com_dictionary_start}, {&com_file_system, NULL}, {&com_regexp, com_regexp_start}};
    *ret_known = false;
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
        if (strcasecmp(classes[i].type->name, class_name))
            continue;
        *ret_known = true;
        if (!object_new(in, classes[i].type, ret))
            return false;
        return !classes[i].start || classes[i].start(in, *ret) || (value_drop(*ret), false);
    }
    return false;
}
