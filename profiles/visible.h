// profiles/visible.h: from what a profile lists to what a session shows: commands, aliases, providers.
#ifndef PROFILES_VISIBLE_H
#define PROFILES_VISIBLE_H

#include "profiles/load.h"

// Fills visible_*, has_visible, commands, aliases and providers of the profile, whose type and mode are set. What
// is listed and does not exist here is noted.
bool visible_resolve(struct loader *loader, struct profile *profile);

#endif
