#include "interp/providers/content.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fd.h"
#include "interp/eval/interp.h"

enum { BLOCK = 65536, MARK_SIZE = 4 };

// A pipe or a device is opened without waiting for its other end.
void content_open(struct command *cmd, const char *path, enum encoding encoding,
                  struct content_reader *ret_reader, int *ret_errnum)
{
    *ret_reader = (struct content_reader){.cmd = cmd, .path = path, .decoder.encoding = encoding};
    ret_reader->text.limit = cmd->in->string_limit ? cmd->in->string_limit + 2 * (size_t)BLOCK : 0;
    ret_reader->fd = openat(AT_FDCWD, path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    *ret_errnum = ret_reader->fd < 0 ? errno : 0;
}

void content_close(struct content_reader *reader)
{
    buf_free(&reader->text);
    fd_close(&reader->fd);
}

static bool failed_read(struct content_reader *reader, int errnum)
{
    if (errnum == EISDIR || errnum == EAGAIN)
        return true;
    return cmd_throw(reader->cmd, "GetContentReaderIOError", CAT_ReadError, value_null, "%s: %s",
                     reader->path, strerror(errnum));
}

static bool read_block(struct content_reader *reader, char *block, size_t *ret_size)
{
    ssize_t size;
    do {
        if (cmd_stopped(reader->cmd))
            return false;
        size = read(reader->fd, block, BLOCK);
    } while (size < 0 && errno == EINTR);
    *ret_size = size > 0 ? (size_t)size : 0;
    return size >= 0 || failed_read(reader, errno);
}

static const char *skip_mark(struct content_reader *reader, const char *block, size_t *size)
{
    enum encoding encoding;
    size_t mark;
    if (reader->started || *size == 0)
        return block;
    reader->started = true;
    if (!encoding_mark(block, *size, &encoding, &mark))
        return block;
    reader->decoder.encoding = encoding;
    *size -= mark;
    return block + mark;
}

static bool fill(struct content_reader *reader)
{
    char block[BLOCK];
    size_t size;
    if (reader->at > BLOCK) {
        buf_drop_front(&reader->text, reader->at);
        reader->scanned -= reader->scanned > reader->at ? reader->at : reader->scanned;
        reader->at = 0;
    }
    if (!read_block(reader, block, &size))
        return false;
    reader->end = size == 0;
    const char *bytes = skip_mark(reader, block, &size);
    if (decoder_add(&reader->decoder, bytes, size, reader->end, &reader->text))
        return true;
    return throw_error(reader->cmd->in, "StringTooLong", CAT_LimitsExceeded, value_null,
                       "%s holds a line that is longer than this session allows.", reader->path);
}

// The end of the piece in text[from..size): its offset, and the bytes of the separator. False: not there yet.
static bool find_end(const struct content_reader *reader, size_t from, size_t *ret_end, size_t *ret_separator)
{
    from = reader->scanned > from ? reader->scanned : from;
    const char *text = buf_text((struct buf *)&reader->text) + from;
    size_t size = reader->text.size - from;
    if (reader->delimiter) {
        const char *found = memmem(text, size, reader->delimiter, strlen(reader->delimiter));
        *ret_separator = strlen(reader->delimiter);
        return found && (*ret_end = (size_t)(found - text) + from, true);
    }
    const char *lf = memchr(text, '\n', size);
    const char *cr = memchr(text, '\r', lf ? (size_t)(lf - text) : size);
    if (cr && cr + 1 == text + size && !reader->end)
        return false; // a \n may follow
    const char *end = cr ? cr : lf;
    if (!end)
        return false;
    *ret_separator = cr && cr + 1 == lf ? 2 : 1;
    *ret_end = (size_t)(end - text) + from;
    return true;
}

// What has been looked through once is not looked through again: a line may be long. A separator may be cut
// in two.
static void note_scanned(struct content_reader *reader)
{
    size_t keep = reader->delimiter ? strlen(reader->delimiter) : 1;
    reader->scanned = reader->text.size > keep ? reader->text.size - keep : 0;
}

bool content_piece(struct content_reader *reader, const char **ret_text, size_t *ret_size, bool *ret_more)
{
    size_t end, separator = 0;
    while (!find_end(reader, reader->at, &end, &separator)) {
        if (reader->end) {
            end = reader->text.size;
            separator = 0;
            break;
        }
        note_scanned(reader);
        if (!fill(reader))
            return false;
    }
    *ret_more = end + separator > reader->at;
    *ret_text = buf_text(&reader->text) + reader->at;
    *ret_size = end - reader->at;
    reader->at = end + separator;
    return true;
}

bool content_all(struct content_reader *reader, value *ret_text)
{
    while (!reader->end)
        if (!fill(reader))
            return false;
    return string_new(reader->cmd->in, buf_text(&reader->text) + reader->at, reader->text.size - reader->at,
                      ret_text);
}

bool content_bytes(struct content_reader *reader, struct buf *out, bool *ret_more)
{
    char block[BLOCK];
    size_t size;
    if (!read_block(reader, block, &size))
        return false;
    *ret_more = size > 0;
    return buf_add(out, block, size) || throw_memory(reader->cmd->in);
}

// --- Writing
// ----------------------------------------------------------------------------------------------------------

static int open_writer(const char *path, unsigned flags)
{
    struct stat stat;
    int how =
        O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK | (flags & CONTENT_APPEND ? O_APPEND : O_TRUNC);
    int fd = openat(AT_FDCWD, path, how, 0666);
    if (fd < 0 && errno == EACCES)
        fd = openat(AT_FDCWD, path, (how & ~O_RDWR) | O_WRONLY,
                    0666); // a file that may be written and not read
    if (fd >= 0 || errno != EACCES || !(flags & CONTENT_FORCE) || fstatat(AT_FDCWD, path, &stat, 0) != 0)
        return fd;
    if (fchmodat(AT_FDCWD, path, (stat.st_mode & 0777) | S_IWUSR, 0) != 0)
        return errno = EACCES, -1;
    fd = openat(AT_FDCWD, path, how, 0666);
    int errnum = errno, restored = fchmodat(AT_FDCWD, path, stat.st_mode & 0777, 0);
    if (fd >= 0 && restored != 0)
        fd_close(&fd);
    errno = fd < 0 ? errnum : 0;
    return fd;
}

// The mark of a new file, or the encoding of the one that is appended to.
static bool begin(struct content_writer *writer, unsigned flags)
{
    char mark[MARK_SIZE];
    struct buf out = BUF_INIT;
    size_t size;
    ssize_t got = flags & CONTENT_APPEND ? pread(writer->fd, mark, sizeof mark, 0) : 0;
    if (got > 0) {
        if (!(flags & CONTENT_ENCODING_GIVEN))
            encoding_mark(mark, (size_t)got, &writer->encoding, &size);
        return true;
    }
    if (writer->bytes || got < 0)
        return true;
    bool ok = encoding_add_mark(writer->encoding, &out) && fd_write_all(writer->fd, buf_text(&out), out.size);
    buf_free(&out);
    return ok;
}

void content_create(const char *path, enum encoding encoding, unsigned flags,
                    struct content_writer *ret_writer, int *ret_errnum)
{
    *ret_writer = (struct content_writer){.encoding = encoding, .bytes = flags & CONTENT_BYTES};
    *ret_errnum = 0;
    ret_writer->fd = open_writer(path, flags);
    if (ret_writer->fd < 0 || !begin(ret_writer, flags)) {
        *ret_errnum = errno;
        fd_close(&ret_writer->fd);
    }
}

bool content_put(struct content_writer *writer, const char *text, size_t size)
{
    struct buf out = BUF_INIT;
    if (writer->bytes)
        return fd_write_all(writer->fd, text, size);
    bool ok = encoding_add(writer->encoding, text, size, &out);
    if (!ok)
        errno = ENOMEM;
    ok = ok && fd_write_all(writer->fd, buf_text(&out), out.size);
    buf_free(&out);
    return ok;
}

void content_finish(struct content_writer *writer)
{
    fd_close(&writer->fd);
}
