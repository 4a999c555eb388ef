#include "launcher/screen.h"

#include <string.h>

enum { ESC = 0x1b, BEL = 0x07, DEL = 0x7f, C1_LEAD = 0xc2 };

static void text(struct screen *s, unsigned char c, struct buf *out)
{
    if (c == ESC)
        s->state = SCREEN_ESCAPE;
    else if (c == C1_LEAD)
        s->state = SCREEN_C1; // U+0080 to U+00BF
    else if (c >= 0x20 ? c != DEL : strchr("\a\b\t\n\r", c) && c)
        buf_add_char(out, (char)c);
}

static void second_byte(struct screen *s, unsigned char c, struct buf *out)
{
    s->state = SCREEN_TEXT;
    if (c >= 0xa0 && c <= 0xbf)
        buf_add(out, (char[]){(char)C1_LEAD, (char)c}, 2);
    else if (c < 0x80 || c > 0xbf)
        text(s, c, out);
}

static void escape(struct screen *s, unsigned char c, struct buf *out)
{
    s->state = SCREEN_TEXT;
    if (c == '[') {
        s->state = SCREEN_CSI;
        s->held = 0;
    } else if (strchr("]PX^_", c) && c) {
        s->state = SCREEN_STRING;
    } else if (strchr("78DEM=>", c) && c) {
        buf_add(out, (char[]){ESC, (char)c}, 2); // cursor saved and restored, index, keypad
    } else if (c == ESC) {
        s->state = SCREEN_ESCAPE;
    }
}

// Final bytes of CSI sequences that only draw: cursor movement, erasing, inserting, scrolling, colours,
// modes. c, n, t, x, y, p and q with intermediates ask for an answer or drive the window.
static bool draws(const char *sequence, size_t size, char final)
{
    if (memchr(sequence, '$', size) || memchr(sequence, '>', size) || memchr(sequence, '=', size))
        return false;
    return strchr("@ABCDEFGHIJKLMPSTXZ`abdefghlmrsu", final) && final;
}

static void csi(struct screen *s, unsigned char c, struct buf *out)
{
    if (c == ESC || c < 0x20 || c >= DEL) {
        s->state = SCREEN_TEXT;
        text(s, c, out);
    } else if (c < 0x40) {
        if (s->held < sizeof s->sequence)
            s->sequence[s->held++] = (char)c;
    } else {
        s->state = SCREEN_TEXT;
        if (s->held == sizeof s->sequence || !draws(s->sequence, s->held, (char)c))
            return;
        buf_add_text(out, "\x1b[");
        buf_add(out, s->sequence, s->held);
        buf_add_char(out, (char)c);
    }
}

static void string(struct screen *s, unsigned char c)
{
    if (c == BEL)
        s->state = SCREEN_TEXT;
    else if (c == ESC)
        s->state = SCREEN_STRING_ESCAPE;
}

void screen_filter(struct screen *screen, const char *bytes, size_t size, struct buf *out)
{
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)bytes[i];
        switch (screen->state) {
        case SCREEN_TEXT:
            text(screen, c, out);
            break;
        case SCREEN_C1:
            second_byte(screen, c, out);
            break;
        case SCREEN_ESCAPE:
            escape(screen, c, out);
            break;
        case SCREEN_CSI:
            csi(screen, c, out);
            break;
        case SCREEN_STRING:
            string(screen, c);
            break;
        case SCREEN_STRING_ESCAPE: // ST is ESC \; any other escape ends the string too
            screen->state = SCREEN_TEXT;
            if (c != '\\')
                escape(screen, c, out);
            break;
        }
    }
}
