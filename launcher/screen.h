// launcher/screen.h: what may reach the user's real terminal from a session without programs.
//
// Passes text, the controls BEL BS HT LF CR, colours and cursor movement; drops control strings (titles,
// clipboard, DCS, APC, PM), C1 bytes, and every sequence that makes a terminal answer as if the user had
// typed.
#ifndef LAUNCHER_SCREEN_H
#define LAUNCHER_SCREEN_H

#include <stddef.h>

#include "base/buf.h"

enum screen_state { SCREEN_TEXT, SCREEN_C1, SCREEN_ESCAPE, SCREEN_CSI, SCREEN_STRING, SCREEN_STRING_ESCAPE };

struct screen { // zeroed: start of text
    enum screen_state state;
    size_t held;
    char sequence[64]; // the CSI sequence that is being read
};

void screen_filter(struct screen *screen, const char *bytes, size_t size, struct buf *out);

#endif
