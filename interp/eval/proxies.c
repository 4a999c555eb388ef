// The restricted forms that RestrictedRemoteServer shows instead of seven cmdlets.
#include <string.h>

#include "interp/eval/bind.h"

#define PROXY(symbol) static const struct param symbol##_params[] = {
#define PARAM(param_name, param_type, at, param_flags, ...)                                                  \
    {.name = param_name, .type = param_type, .position = at, .flags = param_flags, __VA_ARGS__},
#define END_PROXY                                                                                            \
    {                                                                                                        \
        0                                                                                                    \
    }                                                                                                        \
    }                                                                                                        \
    ;
#include "interp/eval/proxies.def"
#undef PROXY
#undef PARAM
#undef END_PROXY

static const struct {
    const char *symbol;
    const struct param *params;
} proxies[] = {
#define PROXY(symbol) {#symbol, symbol##_params},
#define PARAM(...)
#define END_PROXY
#include "interp/eval/proxies.def"
#undef PROXY
#undef PARAM
#undef END_PROXY
};

static const char *const symbols[CMDLETS] = {
#define CMDLET(id, name, rights, class_name, flags) #id,
#include "profiles/cmdlets.def"
#undef CMDLET
};

const struct param *proxy_params(enum cmdlet_id id)
{
    for (size_t i = 0; i < sizeof proxies / sizeof *proxies; i++)
        if (!strcmp(proxies[i].symbol, symbols[id]))
            return proxies[i].params;
    return NULL;
}
