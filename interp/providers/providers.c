#include "interp/providers/provider.h"

#define PROVIDER(id, name, rights, drives) extern const struct provider provider_##id;
#include "profiles/providers.def"
#undef PROVIDER

const struct provider *const provider_table[PROVIDERS] = {
#define PROVIDER(id, name, rights, drives) &provider_##id,
#include "profiles/providers.def"
#undef PROVIDER
};
