// profiles/shapes.h: what stands inside the values of a .pssc or .psrc file: constraints, roles, groups, templates.
#ifndef PROFILES_SHAPES_H
#define PROFILES_SHAPES_H

#include "profiles/keys.h"

// Tests the shapes inside of every key's value (after keys_check), and notes what is not in force: keys without an
// effect here, and keys whose effect is not built, which refuse a session.
bool shapes_check(struct loader *loader, const struct data *table, enum key_place place);

// Linux = @{ RunAs = 'Caller' }: the session keeps the caller's identity whatever the other keys ask for.
bool runs_as_caller(const struct data *table);

#endif
