// interp/value/regex-syntax.h: a pattern of .NET's language as one of PCRE2's, and its groups as .NET numbers
// them.
#ifndef INTERP_REGEX_SYNTAX_H
#define INTERP_REGEX_SYNTAX_H

#include "base/buf.h"

// .NET's RegexOptions, and one of our own.
enum regex_option {
    REGEX_IGNORE_CASE = 1,
    REGEX_MULTILINE = 2,
    REGEX_EXPLICIT = 4,
    REGEX_SINGLELINE = 16,
    REGEX_SPACE = 32,
    REGEX_RIGHT_TO_LEFT = 64,
    REGEX_ECMA = 256,
    REGEX_LITERAL = 1 << 16, // the pattern is a text
};

enum { REGEX_GROUPS = 256, REGEX_NAMES = 4096 };

struct regex_slot {
    int32_t number;
    uint16_t name, name_size; // in names[]; size 0: only a number
};

// Slots in order of their numbers, the whole match first. A name used twice is one slot of two groups.
struct regex_groups {
    size_t count;
    struct regex_slot slots[REGEX_GROUPS];
    size_t own_count;           // groups of the translation, 0 the whole match
    uint16_t own[REGEX_GROUPS]; // of each its slot
    bool repeated;              // some group stands inside a repetition
    size_t names_size;
    char names[REGEX_NAMES];
};

// options: of .NET. wide: the text that is searched may hold more than ASCII. Callouts tell each capture of a
// group, where a group may have several. False: not a pattern (or one beyond what is built: balancing
// groups).
bool regex_translate(const char *pattern, size_t size, unsigned options, bool wide,
                     struct regex_groups *ret_groups, struct buf *ret);

char regex_control(char letter); // what \a \e \f \n \r \t \v stand for; 0: no such escape

#endif
