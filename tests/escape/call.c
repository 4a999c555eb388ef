#include "attempt.h"

#include <errno.h>
#include <stdarg.h>
#include <unistd.h>

static int run(long number, va_list args)
{
    long a[6];
    for (int i = 0; i < 6; i++)
        a[i] = va_arg(args, long);
    errno = 0;
    return syscall(number, a[0], a[1], a[2], a[3], a[4], a[5]) < 0 ? errno : 0;
}

int call(long number, ...)
{
    va_list args;
    va_start(args, number);
    int error = run(number, args);
    va_end(args);
    return error;
}

int reached(long number, ...)
{
    va_list args;
    va_start(args, number);
    int error = run(number, args);
    va_end(args);
    return error == EFAULT || error == EBADF || error == EINVAL || error == ENXIO ? 0 : error;
}
