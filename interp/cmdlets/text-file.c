#include "interp/cmdlets/text-file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "interp/cmdlets/encodings.h"
#include "interp/cmdlets/out.h"
#include "interp/eval/interp.h"
#include "interp/providers/files.h"
#include "interp/providers/path.h"
#include "interp/value/exceptions.h"
#include "interp/value/objects.h"

// --- Where
// -------------------------------------------------------------------------------------------------------

static bool one_place(struct command *cmd, const struct places *places, value name, value *ret_path)
{
    if (places->count > 1)
        return cmd_throw(cmd, "ReadWriteMultipleFilesNotSupported", CAT_InvalidArgument, name,
                         "'%s' names several files.", value_text(name));
    if (places->count == 0)
        return places->reported || cmd_throw(cmd, "FileOpenFailure", CAT_OpenError, name,
                                             "Nothing is named '%s'.", value_text(name));
    if (!places->items[0].provider->hierarchical)
        return cmd_throw(cmd, "ReadWriteFileNotFileSystemProvider", CAT_InvalidArgument, name,
                         "'%s' is no file.", value_text(name));
    return *ret_path = value_keep(places->items[0].path), true;
}

bool text_file_path(struct command *cmd, value name, unsigned flags, value *ret_path)
{
    struct places places = {0};
    *ret_path = value_null;
    bool ok =
        places_of(cmd, value_text(name), PATH_NEW | (flags & TEXT_LITERAL ? PATH_LITERAL : 0), &places) &&
        one_place(cmd, &places, name, ret_path);
    places_free(&places);
    return ok;
}

unsigned text_file_flags(const struct command *cmd, const struct text_file_params *at)
{
    return (cmd_bound(cmd, at->literal_path) ? TEXT_LITERAL : 0) |
           (cmd_switch(cmd, at->append) ? TEXT_APPEND : 0) | (cmd_switch(cmd, at->force) ? TEXT_FORCE : 0) |
           (cmd_switch(cmd, at->no_clobber) ? TEXT_NEW : 0);
}

bool text_file_named(struct command *cmd, const struct text_file_params *at, const char *operation,
                     bool (*open)(struct command *cmd, value path))
{
    value path, name = cmd->arg[cmd_bound(cmd, at->path) ? at->path : at->literal_path];
    bool yes;
    if (!cmd_should_process(cmd, value_text(name), operation, &yes))
        return false;
    if (!yes)
        return true;
    if (!text_file_path(cmd, name, text_file_flags(cmd, at), &path))
        return false;
    bool ok = value_is_null(path) || open(cmd, path);
    return value_drop(path), ok;
}

// --- Writing
// -----------------------------------------------------------------------------------------------------

static bool no_file(struct command *cmd, int errnum, value path)
{
    const char *limit = file_limit(cmd->in, errnum, value_text(path));
    if (limit)
        return cmd_throw(cmd, limit, CAT_LimitsExceeded, path, "'%s' cannot be opened: %s.", value_text(path),
                         strerrordesc_np(errnum));
    return errnum == EEXIST
               ? cmd_throw(cmd, "NoClobber", CAT_ResourceExists, path, "'%s' is there already.",
                           value_text(path))
               : cmd_throw(cmd, "FileOpenFailure", CAT_OpenError, path, "'%s' cannot be opened: %s.",
                           value_text(path), strerrordesc_np(errnum));
}

bool text_file_exists(value path)
{
    struct stat stat;
    return fstatat(AT_FDCWD, value_text(path), &stat, 0) == 0;
}

bool text_file_open(struct command *cmd, value path, unsigned encoding_at, unsigned flags,
                    struct text_file *ret_file)
{
    enum encoding encoding;
    int errnum;
    *ret_file = (struct text_file){0};
    if (!encoding_param(cmd, encoding_at, &encoding))
        return false;
    if (flags & TEXT_NEW && !(flags & TEXT_APPEND) && text_file_exists(path))
        return no_file(cmd, EEXIST, path);
    content_create(value_text(path), encoding,
                   CONTENT_ENCODING_GIVEN | (flags & TEXT_APPEND ? CONTENT_APPEND : 0) |
                       (flags & TEXT_FORCE ? CONTENT_FORCE : 0),
                   &ret_file->writer, &errnum);
    if (errnum)
        return no_file(cmd, errnum, path);
    ret_file->path = value_keep(path);
    return true;
}

bool text_file_put(struct command *cmd, struct text_file *file, const char *text, size_t size)
{
    static const struct file_error failed = {"FileWriteUnauthorizedAccessError", "FileWriteIOError",
                                             CAT_WriteError};
    return value_is_null(file->path) || content_put(&file->writer, text, size) ||
           file_report(cmd, NULL, &failed, errno, value_text(file->path));
}

// Reading tells a file that is missing from a folder that is.
static bool not_there(struct command *cmd, int errnum, value path)
{
    value why;
    no_file(cmd, errnum, path);
    value record = cmd->in->thrown;
    if (errnum != ENOENT || record.kind != V_ERROR ||
        !exception_new(cmd->in, &type_file_missing_exception, record.error->message, &why))
        return false;
    value_set(&record.error->exception, why);
    return value_drop(why), false;
}

bool text_file_read(struct command *cmd, value path, unsigned encoding_at, value *ret_text)
{
    struct content_reader reader;
    enum encoding encoding;
    int errnum;
    if (!encoding_param(cmd, encoding_at, &encoding))
        return false;
    content_open(cmd, value_text(path), encoding, &reader, &errnum);
    if (errnum)
        return not_there(cmd, errnum, path);
    bool ok = content_all(&reader, ret_text);
    content_close(&reader);
    return ok;
}

void text_file_close(struct text_file *file)
{
    if (!value_is_null(file->path))
        content_finish(&file->writer);
    value_set(&file->path, value_null);
}

// --- Objects
// -----------------------------------------------------------------------------------------------------

static bool put_line(void *context, const char *text, size_t size)
{
    struct shown_file *shown = context;
    return text_file_put(shown->cmd, &shown->file, text, size) &&
           (shown->no_newline || text_file_put(shown->cmd, &shown->file, "\n", 1));
}

bool shown_file_open(struct command *cmd, value path, unsigned encoding_at, unsigned flags, size_t width,
                     struct shown_file *shown)
{
    if (!text_file_open(cmd, path, encoding_at, flags, &shown->file))
        return false;
    struct line_sink sink = out_host_sink(cmd->in);
    sink.context = shown;
    sink.line = put_line;
    sink.colour = false;
    sink.width = width ? width : sink.width + 1; // a file does not wrap: no column stays free
    shown->cmd = cmd;
    shown->open = true;
    renderer_init(&shown->renderer, cmd->in, sink);
    return true;
}

bool shown_file_add(struct shown_file *shown, value v)
{
    return !shown->open || renderer_add(&shown->renderer, v);
}

bool shown_file_end(struct shown_file *shown)
{
    return !shown->open || renderer_end(&shown->renderer);
}

void shown_file_free(struct shown_file *shown)
{
    if (shown->open)
        renderer_free(&shown->renderer);
    text_file_close(&shown->file);
}
