// base/fd.h: file descriptors: whole reads and writes, and closing without forgetting.
//
// All functions set errno and return false (or -1) on failure.
#ifndef BASE_FD_H
#define BASE_FD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

void fd_close(int *fd); // closes where it is not negative, and sets it to -1; errno is kept
bool fd_write_all(int fd, const void *bytes, size_t size); // waits where the descriptor does not block
// Appends everything up to the end of file, `limit` bytes at most; EFBIG when there is more.
bool fd_read_all(int fd, size_t limit, struct buf *out);
// One read(2) appended to the buffer; *ret_size 0 at the end of file. EINTR and EAGAIN are failures.
bool fd_read_some(int fd, size_t most, struct buf *out, size_t *ret_size);
bool fd_set_nonblocking(int fd, bool on);
bool fd_set_cloexec(int fd, bool on);

#endif
