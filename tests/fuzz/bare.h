// tests/fuzz/bare.h: an interpreter without commands, for what needs one to throw and to make strings.
#ifndef FUZZ_BARE_H
#define FUZZ_BARE_H

#include <stdlib.h>

#include "interp/eval/interp.h"

static struct interp bare;

static void bare_start(void)
{
    static const struct cmdlet *const cmdlets[CMDLETS];
    static const struct provider *const providers[PROVIDERS];
    static const struct host host;
    static const struct session session = {.home = "/",
                                           .limits = {[LIMIT_ITEMS] = 10000, [LIMIT_STRING] = 100000, [LIMIT_PATTERN] = 10000}};
    struct err err;
    if (!bare.session && !interp_start(&bare, &session, &host, cmdlets, providers, &err))
        abort();
}

// Between two inputs nothing of the last one is left.
static void bare_clear(void)
{
    value_set(&bare.thrown, value_null);
}

#endif
