// jesh-restricted: the interpreter of NoLanguage and RestrictedLanguage, with nothing that they do not need.
#include "interp/host/main.h"
#include "interp/providers/provider.h"
#include "profiles/rights.h"

#define CMDLET(id, name, rights, class_name, flags) extern const struct cmdlet cmdlet_##id;
#include "profiles/cmdlets.def"
#undef CMDLET
#define PROVIDER(id, name, rights, drives) extern const struct provider provider_##id;
#include "profiles/providers.def"
#undef PROVIDER

static const struct cmdlet *const cmdlets[CMDLETS] = {
#define CMDLET(id, name, rights, class_name, flags) [CMDLET_##id] = (flags)&CMD_FULL ? NULL : &cmdlet_##id,
#include "profiles/cmdlets.def"
#undef CMDLET
};

static const struct provider *const providers[PROVIDERS] = {
#define PROVIDER(id, name, rights, drives) [PROVIDER_##id] = &provider_##id,
#include "profiles/providers.def"
#undef PROVIDER
};

int main(void)
{
    return host_main(cmdlets, providers);
}
