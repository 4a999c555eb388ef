#include "interp/host/keys.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

enum { ESC = 0x1b, DEL = 0x7f };

struct sequence {
    const char *text;
    enum key_kind kind;
};

// What follows "ESC [" or "ESC O": xterm's, the Linux console's, rxvt's and screen's.
static const struct sequence sequences[] = {
    {"A", KEY_UP},           {"B", KEY_DOWN},          {"C", KEY_RIGHT},        {"D", KEY_LEFT},
    {"F", KEY_END},          {"H", KEY_HOME},          {"1~", KEY_HOME},        {"7~", KEY_HOME},
    {"4~", KEY_END},         {"8~", KEY_END},          {"3~", KEY_DELETE},      {"1;5C", KEY_WORD_RIGHT},
    {"1;5D", KEY_WORD_LEFT}, {"1;3C", KEY_WORD_RIGHT}, {"1;3D", KEY_WORD_LEFT}, {"5C", KEY_WORD_RIGHT},
    {"5D", KEY_WORD_LEFT},
};

static bool done(struct keys *keys, struct key *ret, enum key_kind kind, uint32_t codepoint)
{
    keys->count = 0;
    *ret = (struct key){kind, codepoint};
    return true;
}

static bool control(struct keys *keys, unsigned char byte, struct key *ret)
{
    if (keys->pasting)
        return done(keys, ret, KEY_TEXT, byte == '\r' ? '\n' : byte);
    if (byte == '\r' || byte == '\n')
        return done(keys, ret, KEY_ENTER, 0);
    if (byte == '\t')
        return done(keys, ret, KEY_TAB, 0);
    if (byte == DEL || byte == '\b')
        return done(keys, ret, KEY_BACKSPACE, 0);
    return done(keys, ret, byte ? KEY_CONTROL : KEY_NONE, byte + 0x40u);
}

static bool sequence(struct keys *keys, struct key *ret)
{
    const char *text = (const char *)keys->pending + 2;
    size_t size = keys->count - 2;
    if (size == 4 && !memcmp(text, "200~", 4)) {
        keys->pasting = true;
        return done(keys, ret, KEY_NONE, 0);
    }
    if (size == 4 && !memcmp(text, "201~", 4)) {
        keys->pasting = false;
        return done(keys, ret, KEY_NONE, 0);
    }
    for (size_t i = 0; i < sizeof sequences / sizeof *sequences; i++)
        if (strlen(sequences[i].text) == size && !memcmp(sequences[i].text, text, size))
            return done(keys, ret, sequences[i].kind, 0);
    return done(keys, ret, KEY_NONE, 0);
}

static bool escape(struct keys *keys, unsigned char byte, struct key *ret)
{
    if (keys->count == 1)
        return false;
    if (keys->count == 2) {
        if (byte == '[' || byte == 'O')
            return false;
        if (byte == ESC) {
            keys->count = 1;
            return false;
        }
        return done(keys, ret, byte < 0x20 || byte >= DEL ? KEY_NONE : KEY_ALT, byte);
    }
    if (byte >= 0x40 && byte < DEL)
        return sequence(keys, ret);
    return keys->count == sizeof keys->pending ? done(keys, ret, KEY_NONE, 0) : false;
}

static size_t length_of(unsigned char lead)
{
    return lead < 0xc2 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 1;
}

static bool text(struct keys *keys, struct key *ret)
{
    if (keys->count < length_of(keys->pending[0]))
        return false;
    size_t used;
    uint32_t codepoint = utf8_decode((const char *)keys->pending, keys->count, &used);
    return done(keys, ret, codepoint == 0xfffd || used < keys->count ? KEY_NONE : KEY_TEXT, codepoint);
}

bool keys_take(struct keys *keys, unsigned char byte, struct key *ret)
{
    keys->pending[keys->count++] = byte;
    unsigned char first = keys->pending[0];
    if (first == ESC)
        return escape(keys, byte, ret);
    if (first < 0x20 || first == DEL)
        return control(keys, byte, ret);
    return text(keys, ret);
}

bool keys_undecided(const struct keys *keys)
{
    return keys->count && keys->pending[0] == ESC;
}

bool keys_timeout(struct keys *keys, struct key *ret)
{
    return keys->count == 1 && done(keys, ret, KEY_ESCAPE, 0);
}
