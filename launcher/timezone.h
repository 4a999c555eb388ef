// launcher/timezone.h: the machine's time zone as a rule that needs no files (POSIX.1, TZ).
#ifndef LAUNCHER_TIMEZONE_H
#define LAUNCHER_TIMEZONE_H

#include <stdbool.h>
#include <stddef.h>

// The last line of a version 2 or later TZif file (RFC 8536 §3.3): "CET-1CEST,M3.5.0,M10.5.0/3". False: there is none.
bool timezone_rule(const char *file, char *ret_rule, size_t size);

#endif
