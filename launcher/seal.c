#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/mman.h>

#include "base/fd.h"
#include "launcher/kernel.h"
#include "launcher/steps.h"

bool filter_seal(const struct filter *filter, int *ret_fd, struct err *err)
{
    int fd = memfd_create("jesh-filter", MFD_CLOEXEC | MFD_ALLOW_SEALING);

    if (fd >= 0 && fd_write_all(fd, filter->code, filter->size) &&
        fcntl(fd, F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE) == 0) {
        *ret_fd = fd;
        return true;
    }
    err_sys(err, EXIT_SETUP, errno, "FilterFailed", "cannot seal the interpreter's filter");
    fd_close(&fd);
    return false;
}

bool filter_install(const struct filter *filter, struct err *err)
{
    struct sock_fprog program = {
        .len = (unsigned short)(filter->size / sizeof(struct sock_filter)),
        .filter = (struct sock_filter *)(uintptr_t)filter->code,
    };

    if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0)
        return true;
    return err_sys(err, EXIT_SETUP, errno, "FilterFailed", "the kernel refused the system call filter");
}

bool step_filter(struct confine *confine, struct err *err)
{
    return filter_install(&confine->filter, err);
}
