// Profiles made by hand, so that policies can be tested with any rights, not only with those of shipped files.
#ifndef TESTS_UNIT_MADE_PROFILES_H
#define TESTS_UNIT_MADE_PROFILES_H

#include "profiles/policy.h"

static uint16_t made_ports[] __attribute__((unused)) = {443};

// A program with these rights, in the caller's view; the network is opened as the rights need it.
static inline struct profile made_wrap(rights_t rights)
{
    return (struct profile){
        .name = "made", .mode = MODE_FULL, .type = SESSION_DEFAULT, .view = VIEW_CALLER, .minimum_tier = TIER_INPLACE,
        .network = rights & RIGHT_BIT(NETWORK) ? NETWORK_HOST : rights & RIGHT_BIT(LOOPBACK) ? NETWORK_LOOPBACK : NETWORK_NONE,
        .wrap_rights = rights, .has_wrap_rights = true};
}

// A session of that mode with these providers and one command, or none (CMDLETS).
static inline struct profile made_session(enum language_mode mode, uint32_t providers, struct visible_command *command)
{
    return (struct profile){.name = "made", .mode = mode, .type = SESSION_RESTRICTED, .view = VIEW_CALLER,
                            .minimum_tier = TIER_INPLACE, .providers = providers, .has_visible = true,
                            .commands = command, .command_count = command != NULL};
}

#endif
