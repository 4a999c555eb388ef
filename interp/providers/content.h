// interp/providers/content.h: the content of files, read and written piece by piece.
#ifndef INTERP_CONTENT_H
#define INTERP_CONTENT_H

#include "interp/eval/command.h"
#include "base/encoding.h"

struct content_reader {
    struct command *cmd;
    const char *path; // for messages; borrowed
    int fd;
    struct decoder decoder;
    const char *delimiter; // NULL: lines end in \n, \r\n or \r
    struct buf text;       // decoded and not yet given
    size_t at, scanned;    // given up to; no separator begins before
    bool started, end;
};

// Opens for reading. *ret_errnum 0, or why not. encoding holds where the file has no mark of its own.
void content_open(struct command *cmd, const char *path, enum encoding encoding,
                  struct content_reader *ret_reader, int *ret_errnum);
void content_close(struct content_reader *reader);
// The next piece without its end; valid until the next call. *ret_more false: there is none. False: thrown.
bool content_piece(struct content_reader *reader, const char **ret_text, size_t *ret_size, bool *ret_more);
bool content_all(struct content_reader *reader, value *ret_text);                   // the rest as one STRING
bool content_bytes(struct content_reader *reader, struct buf *out, bool *ret_more); // one block, undecoded

// Writing. What the file's own mark says is kept when appending, unless an encoding is given.
struct content_writer {
    int fd;
    enum encoding encoding;
    bool bytes;
};
enum content_write { CONTENT_APPEND = 1, CONTENT_FORCE = 2, CONTENT_BYTES = 4, CONTENT_ENCODING_GIVEN = 8 };
void content_create(const char *path, enum encoding encoding, unsigned flags,
                    struct content_writer *ret_writer, int *ret_errnum);
bool content_put(struct content_writer *writer, const char *text, size_t size); // errno
void content_finish(struct content_writer *writer);

#endif
