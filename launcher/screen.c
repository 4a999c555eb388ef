#include "launcher/screen.h"

#include <string.h>

enum { ESC = 0x1b, BEL = 0x07, DEL = 0x7f, C1_LEAD = 0xc2 };

// The only modes that a session may switch, each with the state that a terminal begins with.
static const struct mode {
    const char *number;
    char usual;
} modes[] = {{"?7", 'h'}, {"?25", 'h'}, {"?2004", 'l'}};

static unsigned length_of(unsigned char lead)
{
    return lead >= 0xf5 ? 0 : lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : lead > C1_LEAD ? 1 : 0;
}

// A byte of C1 is one only outside of UTF-8, or in a form that is longer than it has to be.
static void high_byte(struct screen *s, unsigned char c, struct buf *out)
{
    bool overlong = (s->lead == 0xe0 && c < 0xa0) || (s->lead == 0xf0 && c < 0x90);
    bool follows = s->more && c < 0xc0 && !overlong;
    s->more = follows ? s->more - 1 : length_of(c);
    s->lead = follows || c < 0xc0 ? 0 : c;
    if (follows || c >= 0xa0)
        buf_add_char(out, (char)c);
}

static void text(struct screen *s, unsigned char c, struct buf *out)
{
    if (c >= 0x80 && c != C1_LEAD) {
        high_byte(s, c, out);
        return;
    }
    s->more = s->lead = 0;
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
    } else if (strchr("78DEM", c) && c) {
        buf_add(out, (char[]){ESC, (char)c}, 2); // cursor saved and restored, index
    } else if (c == ESC) {
        s->state = SCREEN_ESCAPE;
    }
}

static bool switches(struct screen *s, char final)
{
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++)
        if (strlen(modes[i].number) == s->held && !memcmp(s->sequence, modes[i].number, s->held)) {
            s->modes = (s->modes & ~(1u << i)) | (unsigned)(final != modes[i].usual) << i;
            return true;
        }
    return false;
}

// Final bytes of CSI sequences that only draw: cursor movement, erasing, inserting, scrolling, colours. With
// a private marker or an intermediate byte many of the same letters ask for an answer (CSI ? u, CSI ? m, CSI
// ? S, CSI # S).
static bool draws(struct screen *s, char final)
{
    if (final == 'h' || final == 'l')
        return switches(s, final);
    for (size_t i = 0; i < s->held; i++)
        if (!strchr("0123456789;:", s->sequence[i]) || !s->sequence[i])
            return false;
    if (final == 'm')
        s->styled = s->held > 1 || (s->held && s->sequence[0] != '0');
    return strchr("@ABCDEFGHIJKLMPSTXZ`adefgmsu", final) && final;
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
        if (s->held == sizeof s->sequence || !draws(s, (char)c))
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

void screen_reset(struct screen *screen, struct buf *out)
{
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++)
        if (screen->modes >> i & 1)
            buf_printf(out, "\x1b[%s%c", modes[i].number, modes[i].usual);
    if (screen->styled)
        buf_add_text(out, "\x1b[m");
    *screen = (struct screen){0};
}
