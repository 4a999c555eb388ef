#include "interp/host/filter.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/fd.h"

#ifndef PR_SET_MDWE
#define PR_SET_MDWE 65 // Linux 6.3
#define PR_MDWE_REFUSE_EXEC_GAIN 1
#endif

enum { SEALS = F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL };

static bool read_filter(int fd, struct sock_filter *code, size_t *ret_count, struct err *err)
{
    struct stat status;
    int seals = fcntl(fd, F_GET_SEALS);
    if (seals < 0 || (seals & SEALS) != SEALS)
        return err_set(err, EXIT_SETUP, "FilterUnsealed",
                       "descriptor %d holds no sealed filter: start jesh, not its interpreter", fd);
    size_t size = fstat(fd, &status) == 0 ? (size_t)status.st_size : 0;
    if (!size || size % sizeof *code || size > BPF_MAXINSNS * sizeof *code ||
        pread(fd, code, size, 0) != (ssize_t)size)
        return err_set(err, EXIT_SETUP, "FilterMalformed", "the sealed filter is not whole");
    *ret_count = size / sizeof *code;
    return true;
}

bool filter_two(int fd, struct err *err)
{
    struct sock_filter code[BPF_MAXINSNS];
    size_t count = 0;
    if (!read_filter(fd, code, &count, err))
        return false;
    struct sock_fprog program = {.len = (unsigned short)count, .filter = code};
    // execve made the process dumpable again. Kernels before 6.3 do not know MDWE; the filter refuses the
    // same.
    if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0))
        return err_sys(err, EXIT_SETUP, errno, "FilterRefused", "the interpreter stays dumpable");
    prctl(PR_SET_MDWE, PR_MDWE_REFUSE_EXEC_GAIN, 0, 0, 0);
    if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program))
        return err_sys(err, EXIT_SETUP, errno, "FilterRefused",
                       "the kernel refused the interpreter's filter");
    fd_close(&fd);
    return true;
}
