// interp/host/keys.h: from the bytes that a terminal sends to keys. Pure.
#ifndef INTERP_HOST_KEYS_H
#define INTERP_HOST_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum key_kind {
    KEY_TEXT,    // `codepoint` is typed or pasted; pasted newlines are '\n'
    KEY_CONTROL, // codepoint 'A'…'_': with Ctrl
    KEY_ALT,     // codepoint: with Alt (or after Escape)
    KEY_ENTER,
    KEY_TAB,
    KEY_BACKSPACE,
    KEY_DELETE,
    KEY_LEFT,
    KEY_RIGHT,
    KEY_UP,
    KEY_DOWN,
    KEY_HOME,
    KEY_END,
    KEY_WORD_LEFT,
    KEY_WORD_RIGHT,
    KEY_ESCAPE,
    KEY_NONE, // a sequence without meaning here
};

struct key {
    enum key_kind kind;
    uint32_t codepoint;
};

struct keys { // zeroed at the start
    unsigned char pending[16];
    size_t count;
    bool pasting; // between the marks of bracketed paste
};

// Takes one byte; true when it completes a key.
bool keys_take(struct keys *keys, unsigned char byte, struct key *ret);
// True while an Escape may be the key itself or begin a sequence: ask keys_timeout if nothing follows soon.
bool keys_undecided(const struct keys *keys);
bool keys_timeout(struct keys *keys, struct key *ret);

#endif
