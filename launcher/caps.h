// launcher/caps.h: the only user of libcap-ng.
#ifndef LAUNCHER_CAPS_H
#define LAUNCHER_CAPS_H

// Empties the bounding set and locks the securebits as far as the kernel lets this process; step_capabilities reads
// back what came of it.
void caps_drop_bounding(void);

// Gives up every capability that is held. With NO_SETUID_FIXUP locked a change of identity keeps them.
void caps_drop_held(void);

#endif
