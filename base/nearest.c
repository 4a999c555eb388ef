#include "base/nearest.h"

#include <stdio.h>
#include <string.h>

enum { LONGEST = 48 }; // bytes of a word or name that is compared at all

static unsigned least(unsigned a, unsigned b, unsigned c)
{
    unsigned m = a < b ? a : b;
    return m < c ? m : c;
}

// Levenshtein's distance; both at most LONGEST bytes.
static unsigned distance(const char *a, size_t a_size, const char *b, size_t b_size)
{
    unsigned row[LONGEST + 1];
    for (unsigned j = 0; j <= b_size; j++)
        row[j] = j;
    for (size_t i = 1; i <= a_size; i++) {
        unsigned diagonal = row[0];
        row[0] = (unsigned)i;
        for (size_t j = 1; j <= b_size; j++) {
            unsigned cost = (a[i - 1] | 0x20) != (b[j - 1] | 0x20);
            unsigned next = least(row[j] + 1, row[j - 1] + 1, diagonal + cost);
            diagonal = row[j];
            row[j] = next;
        }
    }
    return row[b_size];
}

const char *nearest_name(const char *written, size_t size, struct names names)
{
    const char *best = NULL;
    if (size > LONGEST)
        return NULL;
    unsigned nearest = 2 + (unsigned)size / 3;
    for (size_t i = 0; i < names.count; i++) {
        const char *name = names.at(i);
        size_t length = strlen(name);
        unsigned d = length > LONGEST ? nearest : distance(written, size, name, length);
        if (d < nearest) {
            nearest = d;
            best = name;
        }
    }
    return best;
}

struct hint nearest_hint(const char *written, size_t size, struct names names)
{
    struct hint hint = {""};
    const char *name = nearest_name(written, size, names);
    if (name)
        snprintf(hint.text, sizeof hint.text, "; did you mean '%s'?", name);
    return hint;
}
