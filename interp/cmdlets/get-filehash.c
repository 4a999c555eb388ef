#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "interp/cmdlets/digest.h"
#include "base/wildcard.h"
#include "interp/cmdlets/items.h"
#include "interp/eval/interp.h"
#include "interp/value/file-hash.h"

enum { PATH, LITERAL_PATH, INPUT_STREAM, ALGORITHM };
enum { SET_PATH = 1, SET_LITERAL = 2, SET_STREAM = 4 };

// No object of a session is a stream, so that nothing is converted to one.
static const struct type type_stream = {.name = "System.IO.Stream", .base = &type_object, .type_code = 1};
static const struct param_rule of_stream = {.type = &type_stream};
static const char *const sets[] = {"Path", "LiteralPath", "StreamParameterSet", NULL};
static const struct param params[] = {
    {"Path", "string[]", NULL, 0, PARAM_MANDATORY | PARAM_PIPELINE | PARAM_PROPERTY, SET_PATH},
    {"LiteralPath", "string[]", "PSPath LP", 0, PARAM_MANDATORY | PARAM_PROPERTY, SET_LITERAL},
    {"InputStream", "System.IO.Stream", NULL, 0, PARAM_MANDATORY, SET_STREAM, .rule = &of_stream},
    {"Algorithm", "string", NULL, 1, 0, 0, .set_values = "SHA1|SHA256|SHA384|SHA512|MD5"},
    {0},
};

static enum digest_kind algorithm(const struct command *cmd)
{
    for (enum digest_kind kind = 0; kind < DIGESTS; kind++)
        if (cmd_bound(cmd, ALGORITHM) && value_is_text(cmd->arg[ALGORITHM], digest_name(kind)))
            return kind;
    return DIGEST_SHA256;
}

static bool write_info(struct command *cmd, struct digest *digest, value path)
{
    char text[2 * DIGEST_MOST + 1];
    uint8_t bytes[DIGEST_MOST];
    value info;
    digest_end(digest, bytes);
    for (size_t i = 0; i < digest_size(digest->kind); i++) {
        text[2 * i] = "0123456789ABCDEF"[bytes[i] >> 4];
        text[2 * i + 1] = "0123456789ABCDEF"[bytes[i] & 15];
    }
    if (!object_new(cmd->in, &type_file_hash_info, &info))
        return false;
    value *at = AS(fields, info)->at;
    bool ok = string_text(cmd->in, digest_name(digest->kind), &at[FILE_HASH_ALGORITHM]) &&
              string_new(cmd->in, text, 2 * digest_size(digest->kind), &at[FILE_HASH_HASH]);
    at[FILE_HASH_PATH] = value_keep(path);
    ok = ok && cmd_write(cmd, info);
    return value_drop(info), ok;
}

static bool add_file(struct command *cmd, int fd, struct digest *digest) // false: errno
{
    char bytes[1 << 14];
    ssize_t got;
    while ((got = read(fd, bytes, sizeof bytes)) > 0) {
        digest_add(digest, bytes, (size_t)got);
        if (cmd_stopped(cmd))
            break;
    }
    return got >= 0;
}

static bool failed(struct command *cmd, int errnum, value path)
{
    if (errnum == ENOENT || errnum == ENOTDIR)
        return cmd_error_as(cmd, &type_item_missing_exception, "FileNotFound", CAT_ObjectNotFound, path,
                            "There is no file '%s'.", value_text(path));
    if (errnum == EACCES || errnum == EPERM || errnum == EISDIR)
        return cmd_error_as(cmd, &type_unauthorized_exception, "UnauthorizedAccessError", CAT_InvalidData,
                            path, "'%s' is not to be read.", value_text(path));
    return cmd_error_as(cmd, &type_io_exception, "FileReadError", CAT_ReadError, path, "'%s': %s.",
                        value_text(path), strerrordesc_np(errnum));
}

static bool hash_file(struct command *cmd, const struct place *place)
{
    struct digest digest;
    if (!place->provider->hierarchical)
        return failed(cmd, ENOENT, place->path);
    int fd = openat(AT_FDCWD, value_text(place->path), O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0)
        return failed(cmd, errno, place->path);
    digest_start(&digest, algorithm(cmd));
    int errnum = add_file(cmd, fd, &digest) ? 0 : errno;
    close(fd);
    return errnum ? failed(cmd, errnum, place->path) : write_info(cmd, &digest, place->path);
}

static bool hash_path(struct command *cmd, value path, unsigned flags)
{
    struct places places = {0};
    bool go_on = places_of(cmd, value_text(path), flags | PATH_QUIET, &places);
    if (go_on && !places.count &&
        (flags & PATH_LITERAL || !wildcard_has(value_text(path), path.string->size)))
        go_on = failed(cmd, ENOENT, path);
    for (size_t i = 0; go_on && i < places.count; i++)
        go_on = hash_file(cmd, &places.items[i]);
    places_free(&places);
    return go_on;
}

static bool process(struct command *cmd)
{
    bool literal = cmd_bound(cmd, LITERAL_PATH);
    value paths = cmd->arg[literal ? LITERAL_PATH : PATH];
    for (size_t i = 0; paths.kind == V_ARRAY && i < paths.array->count; i++)
        if (!hash_path(cmd, paths.array->items[i], literal ? PATH_LITERAL : 0))
            return false;
    return true;
}

const struct cmdlet cmdlet_get_filehash = {.params = params, .sets = sets, .process = process};
