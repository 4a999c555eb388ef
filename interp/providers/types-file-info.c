// The constructors and methods of FileInfo and DirectoryInfo: those of [IO.File] and [IO.Directory], with the
// object's own path.
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "interp/eval/interp.h"
#include "interp/providers/file-methods.h"
#include "interp/value/enum.h"
#undef PROVIDER
#include "interp/value/types-rows.h"

#define FILE_OF(v) ((struct file *)(v).object)
#define INFO &type_file_info
#define FOLDER &type_directory_info
#define ENTRY &type_file_system_info

// --- Making

static bool is_path(struct interp *in, value text)
{
    if (!text.string->size)
        return method_throw(in, &type_argument_exception, "The path must not be empty.");
    return !memchr(value_text(text), 0, text.string->size) ||
           method_throw(in, &type_argument_exception, "A path must not contain a null character.");
}

static bool named(struct interp *in, const struct type *type, value text, value original, value *ret)
{
    value path;
    if (!is_path(in, text) || !io_full_path(in, value_text(text), NULL, &path))
        return false;
    bool ok = file_named(in, type, value_text(path), original, ret);
    return value_drop(path), ok;
}
METHOD(make_file)
{
    return UNUSED, named(in, INFO, args[0], args[0], ret);
}
METHOD(make_folder)
{
    return UNUSED, named(in, FOLDER, args[0], args[0], ret);
}

// --- Changing what is there: each time the object forgets what it knew

static bool call(struct interp *in, method_function *function, value self, const value *args, size_t count,
                 value *ret)
{
    value given[3] = {FILE_OF(self)->path};
    for (size_t i = 0; i < count; i++)
        given[i + 1] = args[i];
    bool ok = function(in, value_null, given, count + 1, ret);
    return file_forget(in, self), ok;
}

METHOD(forget)
{
    UNUSED;
    return file_forget(in, self), true;
}
METHOD(delete_file)
{
    return call(in, file_delete, self, args, count, ret);
}
METHOD(delete_folder)
{
    return call(in, folder_delete, self, args, count, ret);
}
METHOD(create)
{
    value made = value_null;
    bool ok = call(in, folder_create, self, args, count, &made);
    return (void)ret, value_drop(made), ok;
}
METHOD(copy)
{
    return is_path(in, args[0]) && call(in, file_copy, self, args, count, ret) &&
           named(in, INFO, args[0], value_null, ret);
}

// A folder that was moved is known by its new path with a slash behind it, as .NET has it.
static bool rename_self(struct interp *in, value self, value to)
{
    struct file *file = FILE_OF(self);
    value path, moved;
    if (!io_full_path(in, value_text(to), NULL, &path))
        return false;
    bool open = file->head.type == FOLDER && value_text(path)[path.string->size - 1] != '/';
    bool ok = string_printf(in, &moved, "%s%s", value_text(path), open ? "/" : "");
    value_drop(path);
    if (!ok)
        return false;
    value_set(&file->original, to);
    value_set(&file->path, moved);
    return value_drop(moved), true;
}
METHOD(move_file)
{
    return is_path(in, args[0]) && call(in, file_move, self, args, count, ret) &&
           rename_self(in, self, args[0]);
}
METHOD(move_folder)
{
    return is_path(in, args[0]) && call(in, folder_move, self, args, count, ret) &&
           rename_self(in, self, args[0]);
}

static bool below(struct interp *in, value self, value name, value *ret)
{
    const char *path = value_text(FILE_OF(self)->path);
    size_t size = FILE_OF(self)->path.string->size;
    return string_printf(in, ret, "%s%s%s", path, path[size - 1] == '/' ? "" : "/", value_text(name));
}
METHOD(create_below)
{
    value path, made;
    UNUSED;
    if (!is_path(in, args[0]) || !below(in, self, args[0], &path))
        return false;
    bool ok = folder_create(in, value_null, &path, 1, &made);
    if (ok) {
        value_drop(made);
        ok = named(in, FOLDER, path, value_null, ret);
    }
    return value_drop(path), ok;
}

// --- What is in a folder

static bool add_entry(struct interp *in, value list, const struct type *type, value path)
{
    value entry;
    bool ok = type == ENTRY ? file_new(in, value_text(path), &entry)
                            : file_named(in, type, value_text(path), value_null, &entry);
    if (!ok)
        return false;
    ok = list_add(in, list.array, entry);
    return value_drop(entry), ok;
}

static bool entries(struct interp *in, value paths, const struct type *type, value *ret)
{
    value list;
    bool ok = list_new(in, &type_array_list, &list);
    if (!ok)
        return false;
    for (size_t i = 0; ok && i < paths.array->count; i++)
        ok = add_entry(in, list, type, paths.array->items[i]);
    ok = ok && value_convert(in, list, type->vector, ret);
    return value_drop(list), ok;
}

static bool search(struct interp *in, value self, method_function *function, const struct type *type,
                   const value *args, size_t count, value *ret)
{
    value given[3] = {FILE_OF(self)->path}, paths;
    for (size_t i = 0; i < count; i++)
        given[i + 1] = args[i];
    if (count && value_is_null(args[0]))
        return method_throw(in, &type_argument_null_exception, "The pattern must not be $null.");
    if (!function(in, value_null, given, count + 1, &paths))
        return false;
    bool ok = entries(in, paths, type, ret);
    return value_drop(paths), ok;
}
METHOD(files)
{
    return search(in, self, folder_files, INFO, args, count, ret);
}
METHOD(folders)
{
    return search(in, self, folder_folders, FOLDER, args, count, ret);
}
METHOD(all)
{
    return search(in, self, folder_entries, ENTRY, args, count, ret);
}

#define SEARCH(name, function, type)                                                                         \
    {name, function, &type_##type##_array, NULL}, {name, function, &type_##type##_array, P(STR)},            \
    {                                                                                                        \
        name, function, &type_##type##_array, P(STR, &type_search_option)                                    \
    }
static const struct method file_makers[] = {{"new", make_file, INFO, P(STR)}, {0}};
static const struct method file_rows[] = {{"CopyTo", copy, INFO, P(STR)},
                                          {"CopyTo", copy, INFO, P(STR, BOOLEAN)},
                                          {"Delete", delete_file, VOID},
                                          {"MoveTo", move_file, VOID, P(STR)},
                                          {"MoveTo", move_file, VOID, P(STR, BOOLEAN)},
                                          {"Refresh", forget, VOID},
                                          {0}};
const struct type_members full_file_info = {file_rows, NULL, file_makers, NULL};
static const struct method folder_makers[] = {{"new", make_folder, FOLDER, P(STR)}, {0}};
static const struct method folder_rows[] = {{"Create", create, VOID},
                                            {"CreateSubdirectory", create_below, FOLDER, P(STR)},
                                            {"Delete", delete_folder, VOID},
                                            {"Delete", delete_folder, VOID, P(BOOLEAN)},
                                            {"MoveTo", move_folder, VOID, P(STR)},
                                            {"Refresh", forget, VOID},
                                            SEARCH("EnumerateDirectories", folders, directory_info),
                                            SEARCH("EnumerateFileSystemInfos", all, file_system_info),
                                            SEARCH("EnumerateFiles", files, file_info),
                                            SEARCH("GetDirectories", folders, directory_info),
                                            SEARCH("GetFileSystemInfos", all, file_system_info),
                                            SEARCH("GetFiles", files, file_info),
                                            {0}};
const struct type_members full_directory_info = {folder_rows, NULL, folder_makers, NULL};
