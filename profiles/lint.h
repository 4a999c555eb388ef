// profiles/lint.h: advice that loading cannot give by refusing: the recommendations for restricted sessions.
#ifndef PROFILES_LINT_H
#define PROFILES_LINT_H

#include "profiles/load.h"

// Adds a note for each piece of advice that the profile does not follow. False: no memory.
bool lint(struct loader *loader, const struct profile *profile);

#endif
