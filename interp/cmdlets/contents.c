#include "interp/cmdlets/contents.h"

#include <errno.h>
#include <string.h>

#include "base/mem.h"
#include "interp/cmdlets/encodings.h"
#include "interp/eval/interp.h"
#include "interp/providers/files.h"

static void close_targets(struct contents *contents)
{
    for (size_t i = 0; i < contents->count; i++) {
        if (contents->targets[i].place.provider->hierarchical)
            content_finish(&contents->targets[i].writer);
        place_drop(&contents->targets[i].place);
    }
    mem_free(contents->targets, contents->count * sizeof *contents->targets);
    value_drop(contents->flat);
    value_drop(contents->paths);
    *contents = (struct contents){0};
}

// --- Opening
// --------------------------------------------------------------------------------------------------------

static bool no_writer(struct command *cmd, int errnum, const char *path)
{
    static const struct file_error failed = {"GetContentWriterUnauthorizedAccessError",
                                             "GetContentWriterIOError", CAT_WriteError};
    value target;
    if (errnum == EISDIR)
        return cmd_error(cmd, "System.NotSupportedException", CAT_NotSpecified, value_null,
                         "'%s' is a folder.", path);
    if (errnum != ENOENT && errnum != ENOTDIR)
        return file_report(cmd, NULL, &failed, errnum, path);
    if (!string_text(cmd->in, path, &target))
        return false;
    bool go_on = cmd_error(cmd, "GetContentWriterDirectoryNotFoundError", CAT_ObjectNotFound, target,
                           "The folder of '%s' does not exist.", path);
    value_drop(target);
    return go_on;
}

static bool add_target(struct command *cmd, struct contents *contents, const struct content_target *target)
{
    size_t count = contents->count;
    struct content_target *targets =
        mem_resize(contents->targets, count * sizeof *targets, (count + 1) * sizeof *targets);
    if (!targets)
        return throw_memory(cmd->in);
    contents->targets = targets;
    targets[contents->count++] = *target;
    value_keep(target->place.path);
    value_keep(target->place.shown);
    return true;
}

static unsigned write_flags(const struct command *cmd, bool append)
{
    return (append ? CONTENT_APPEND : 0) | (cmd_switch(cmd, CONTENT_FORCE_PARAM) ? CONTENT_FORCE : 0) |
           (cmd_switch(cmd, CONTENT_AS_BYTES) ? CONTENT_BYTES : 0) |
           (cmd_bound(cmd, CONTENT_ENCODING) ? CONTENT_ENCODING_GIVEN : 0);
}

static bool open_file(struct command *cmd, struct contents *contents, const struct place *place, bool append)
{
    struct content_target target = {.place = *place};
    enum encoding encoding;
    int errnum;
    if (!encoding_param(cmd, CONTENT_ENCODING, &encoding))
        return false;
    content_create(value_text(place->path), encoding, write_flags(cmd, append), &target.writer, &errnum);
    if (errnum)
        return no_writer(cmd, errnum, value_text(place->path));
    if (add_target(cmd, contents, &target))
        return true;
    content_finish(&target.writer);
    return false;
}

static bool open_target(struct command *cmd, struct contents *contents, const struct place *place,
                        bool append)
{
    value shown;
    bool yes;
    if (!string_printf(cmd->in, &shown, "Path: %s", value_text(place->path)))
        return false;
    bool ok = cmd_should_process(cmd, value_text(shown), append ? "Add Content" : "Set Content", &yes);
    value_drop(shown);
    if (!ok || !yes)
        return ok;
    if (place->provider->hierarchical)
        return open_file(cmd, contents, place, append);
    if (!place->provider->write)
        return items_not_supported(cmd, place->provider);
    return add_target(cmd, contents, &(struct content_target){.place = *place});
}

static bool open_path(struct command *cmd, struct contents *contents, value path, unsigned flags, bool append)
{
    struct places places = {0};
    bool go_on = places_of(cmd, value_text(path), flags | PATH_NEW | PATH_FORCE, &places);
    if (go_on && places.count == 0 && !places.reported)
        go_on = cmd_error(cmd, "ItemNotFound", CAT_ObjectNotFound, path, "Nothing is named '%s'.",
                          value_text(path));
    for (size_t i = 0; go_on && i < places.count; i++) {
        value holder;
        bool pass = items_pass(cmd, items_leaf(&places.items[i], &holder, cmd->in));
        value_drop(holder);
        go_on = !pass || open_target(cmd, contents, &places.items[i], append);
    }
    places_free(&places);
    return go_on;
}

static bool open_all(struct command *cmd, struct contents *contents, bool append)
{
    unsigned flags;
    value paths = items_paths(cmd, &flags);
    if (paths.kind != V_ARRAY || (contents->paths.kind == V_ARRAY && contents->paths.array == paths.array))
        return true;
    if (!contents_end(cmd))
        return false;
    close_targets(contents);
    contents->paths = value_keep(paths);
    for (size_t i = 0; i < paths.array->count; i++)
        if (!open_path(cmd, contents, paths.array->items[i], flags, append))
            return false;
    return true;
}

// --- Writing
// --------------------------------------------------------------------------------------------------------

static bool put_text(struct command *cmd, struct content_target *target, const char *text, size_t size)
{
    static const struct file_error failed = {"WriteContentUnauthorizedAccessError", "WriteContentIOError",
                                             CAT_WriteError};
    return content_put(&target->writer, text, size) ||
           file_report(cmd, NULL, &failed, errno, value_text(target->place.path));
}

static bool put_byte(struct command *cmd, struct content_target *target, value v)
{
    char byte = (char)v.u;
    if (v.kind != V_U8)
        return cmd_error(cmd, "Argument", CAT_InvalidArgument, v,
                         "-AsByteStream writes bytes, nothing else.");
    return put_text(cmd, target, &byte, 1);
}

static bool put_line(struct command *cmd, struct content_target *target, value v)
{
    struct buf line = BUF_INIT;
    bool ok = value_is_null(v) || value_add_string(cmd->in, &line, v);
    if (ok && !cmd_switch(cmd, CONTENT_NO_NEWLINE))
        buf_add_char(&line, '\n');
    ok = ok && (line.failed ? throw_full(cmd->in, &line) : put_text(cmd, target, buf_text(&line), line.size));
    buf_free(&line);
    return ok;
}

static bool put_value(struct command *cmd, struct contents *contents, struct content_target *target, value v)
{
    struct value_walk walk;
    value item;
    if (!target->place.provider->hierarchical)
        return (!value_is_null(contents->flat) || list_new(cmd->in, NULL, &contents->flat)) &&
               list_add(cmd->in, contents->flat.array, v);
    bool bytes = cmd_switch(cmd, CONTENT_AS_BYTES), ok = true;
    if (!value_enumerable(v))
        return bytes ? put_byte(cmd, target, v) : put_line(cmd, target, v);
    value_walk_start(&walk, v);
    while (ok && value_walk_next(cmd->in, &walk, &item)) {
        ok = bytes ? put_byte(cmd, target, item) : put_line(cmd, target, item);
        value_drop(item);
    }
    return ok;
}

static bool put_values(struct command *cmd, struct contents *contents, value values)
{
    for (size_t i = 0; i < values.array->count; i++) {
        for (size_t k = 0; k < contents->count; k++)
            if (!put_value(cmd, contents, &contents->targets[k], values.array->items[i]))
                return false;
        if (cmd_switch(cmd, CONTENT_PASS_THRU) && !cmd_write(cmd, values.array->items[i]))
            return false;
    }
    return true;
}

bool contents_process(struct command *cmd, bool append)
{
    struct contents *contents = cmd->state;
    value values = cmd->arg[CONTENT_VALUE];
    if (!items_no_credential(cmd) || !open_all(cmd, contents, append))
        return false;
    if (value_is_null(values)) // an explicit $null is one empty line of nothing
        return true;
    return put_values(cmd, contents, values);
}

bool contents_end(struct command *cmd)
{
    const struct contents *contents = cmd->state;
    struct change how = {0};
    if (value_is_null(contents->flat))
        return true;
    value v = contents->flat;
    if (v.array->count == 1)
        v = v.array->items[0];
    for (size_t i = 0; i < contents->count; i++) {
        const struct place *place = &contents->targets[i].place;
        if (!place->provider->hierarchical &&
            !place->provider->write(cmd, place->provider, value_text(place->path), v, &how))
            return false;
    }
    return true;
}

void contents_clean(struct command *cmd)
{
    close_targets(cmd->state);
}
