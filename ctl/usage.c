#include <stdarg.h>

#include "ctl/ctl.h"

int ctl_usage(struct ctl *ctl, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    buf_add_text(&ctl->err, "jeshctl: ");
    buf_vprintf(&ctl->err, format, args);
    buf_add_text(&ctl->err, "\n");
    va_end(args);
    return EXIT_USAGE;
}
