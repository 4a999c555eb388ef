#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "interp/cmdlets/random.h"
#include "interp/eval/interp.h"
#include "interp/providers/environment.h"
#include "interp/providers/files.h"

enum { TRIES = 16, LETTERS = 6 };

static const struct param params[] = {{0}};

static const char *folder(const struct interp *in)
{
    const char *given = environment_get(in, "TMPDIR");
    return given && *given == '/' ? given : "/tmp";
}

static bool name_of(struct command *cmd, value *ret_path)
{
    static const char letters[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVabcdefghijklmnopqrstuvWXYZwxyz+-";
    unsigned char bytes[LETTERS];
    char name[LETTERS + 1] = "";
    if (!random_bytes(bytes, sizeof bytes))
        return cmd_throw(cmd, "NewTemporaryFileWriteError", CAT_WriteError, value_null,
                         "There is no chance here.");
    for (size_t i = 0; i < LETTERS; i++)
        name[i] = letters[bytes[i] % 62];
    return string_printf(cmd->in, ret_path, "%s/tmp%s.tmp", folder(cmd->in), name);
}

// A name that nobody has yet; 0 or errno.
static int create(const char *path)
{
    int fd = openat(AT_FDCWD, path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return errno;
    close(fd);
    return 0;
}

static bool make_one(struct command *cmd)
{
    value path, file;
    int errnum = EEXIST;
    for (int i = 0; i < TRIES && errnum == EEXIST; i++) {
        if (!name_of(cmd, &path))
            return false;
        errnum = create(value_text(path));
        bool ok = errnum != 0 || (file_new(cmd->in, value_text(path), &file) && cmd_take(cmd, file));
        value_drop(path);
        if (!ok)
            return false;
    }
    return errnum == 0 || cmd_error(cmd, "NewTemporaryFileWriteError", CAT_WriteError, value_null,
                                    "No file can be made in '%s'.", folder(cmd->in));
}

// No path is written that a provider would look at: whether files are to be seen at all is asked here.
static bool no_files(struct command *cmd)
{
    return cmd_error(cmd, "ProviderNotFound", CAT_ObjectNotFound, value_null,
                     "This session shows no provider with the name 'FileSystem'.");
}

static bool end(struct command *cmd)
{
    value target;
    bool yes;
    if (!provider_visible(cmd->in, PROVIDER_filesystem))
        return no_files(cmd);
    if (!string_printf(cmd->in, &target, "%s/", folder(cmd->in)))
        return false;
    bool ok = cmd_should_process(cmd, value_text(target), "New-TemporaryFile", &yes);
    value_drop(target);
    return ok && (!yes || make_one(cmd));
}

const struct cmdlet cmdlet_new_temporaryfile = {
    .params = params, .properties = CMDLET_SHOULD_PROCESS, .impact = ASKS_LOW, .end = end};
