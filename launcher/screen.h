// launcher/screen.h: what may reach the user's real terminal from a session without programs.
//
// Passes text, the controls BEL BS HT LF CR, colours and cursor movement; drops control strings (titles,
// clipboard, DCS, APC, PM), C1 bytes, every sequence that makes a terminal answer as if the user had typed
// (also later: reports of the mouse or of focus would reach the shell behind jesh), and what would outlast
// the session.
#ifndef LAUNCHER_SCREEN_H
#define LAUNCHER_SCREEN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

enum screen_state { SCREEN_TEXT, SCREEN_C1, SCREEN_ESCAPE, SCREEN_CSI, SCREEN_STRING, SCREEN_STRING_ESCAPE };

struct screen { // zeroed: start of text
    enum screen_state state;
    unsigned more;      // bytes that the UTF-8 sequence being read still has
    unsigned char lead; // its first byte, until the second has come
    unsigned modes;     // bit per row of the table of modes that is not as a terminal has it
    bool styled;        // the last SGR was no reset
    size_t held;
    char sequence[64]; // the CSI sequence that is being read
};

void screen_filter(struct screen *screen, const char *bytes, size_t size, struct buf *out);
// Takes back what the session has left switched: bracketed paste, a hidden cursor, colours.
void screen_reset(struct screen *screen, struct buf *out);

#endif
