// interp/cmdlets/unix-format.h: Get-Date -UFormat: strftime as PowerShell understands it.
#ifndef CMDLETS_UNIX_FORMAT_H
#define CMDLETS_UNIX_FORMAT_H

#include "base/datetime.h"

bool unix_format(int64_t ticks, enum date_kind kind, const struct zone *zone, const char *format,
                 struct buf *out);

#endif
