// Profiles and roles: any bytes are read or refused, with a position, and nothing leaks.
#include <stdint.h>
#include <stdlib.h>

#include "profiles/profile.h"
#include "profiles/role.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void check_error(const struct err *err)
{
    if (!err->id || !err->text[0])
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct profile *profile = NULL;
    struct role *role = NULL;
    struct err err = {0};
    struct session session;
    if (profile_load((const char *)bytes, size, "x.pssc", &profile, &err)) {
        profile_session(profile, TIER_FULL, &session);
        if (profile_refusal(profile) && !profile_refusal(profile)->text)
            abort();
        profile_free(profile);
    } else {
        check_error(&err);
    }
    err = (struct err){0};
    if (role_check((const char *)bytes, size, "x.psrc", &role, &err))
        role_free(role);
    else
        check_error(&err);
    return 0;
}
