#include "base/wildcard.h"

#include <string.h>

#include "base/utf8.h"

struct cursor {
    const char *at, *end;
};

static uint32_t next(struct cursor *c)
{
    size_t size;
    uint32_t codepoint = utf8_decode(c->at, (size_t)(c->end - c->at), &size);
    c->at += size;
    return codepoint;
}

static bool same(uint32_t a, uint32_t b, bool ignore_case)
{
    return a == b || (ignore_case && utf8_upper(a) == utf8_upper(b));
}

static bool within(uint32_t c, uint32_t low, uint32_t high, bool ignore_case)
{
    if (c >= low && c <= high)
        return true;
    if (!ignore_case)
        return false;
    uint32_t upper = utf8_upper(c), lower = utf8_lower(c);
    return (upper >= low && upper <= high) || (lower >= low && lower <= high);
}

static uint32_t next_escaped(struct cursor *p)
{
    uint32_t c = next(p);
    return c == '`' && p->at < p->end ? next(p) : c;
}

// p stands after "["; on success it stands after "]". False: no "]", or c is not of the set.
static bool in_set(struct cursor *p, uint32_t c, bool ignore_case)
{
    bool found = false, first = true;
    while (p->at < p->end && (first || *p->at != ']')) {
        uint32_t low = next_escaped(p), high = low;
        first = false;
        if (p->end - p->at > 1 && *p->at == '-' && p->at[1] != ']') {
            p->at++;
            high = next_escaped(p);
        }
        found |= within(c, low, high, ignore_case);
    }
    return p->at++ < p->end && found;
}

// One element of the pattern, not a star, against one character; both move on.
static bool step(struct cursor *p, struct cursor *t, bool ignore_case)
{
    uint32_t c = next(t), wanted = next(p);
    if (wanted == '?')
        return true;
    if (wanted == '[')
        return in_set(p, c, ignore_case);
    if (wanted == '`' && p->at < p->end)
        wanted = next(p);
    return same(c, wanted, ignore_case);
}

bool wildcard_match(const char *pattern, size_t pattern_size, const char *text, size_t text_size,
                    bool ignore_case)
{
    struct cursor p = {pattern, pattern + pattern_size}, t = {text, text + text_size};
    struct cursor star = {0}, star_text = {0}; // where to go on when what follows the last * does not fit
    while (t.at < t.end) {
        if (p.at < p.end && *p.at == '*') {
            p.at++;
            star = p;
            star_text = t;
            continue;
        }
        if (p.at < p.end && step(&p, &t, ignore_case))
            continue;
        if (!star.at)
            return false;
        next(&star_text);
        p = star;
        t = star_text;
    }
    while (p.at < p.end && *p.at == '*')
        p.at++;
    return p.at == p.end;
}

bool wildcard_has(const char *pattern, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (pattern[i] == '`')
            i++;
        else if (strchr("*?[", pattern[i]) && pattern[i])
            return true;
    }
    return false;
}

// In brackets: a range whose end comes before its beginning.
static bool is_backwards(const char *at, size_t size)
{
    return size > 2 && at[1] == '-' && at[2] != ']' && !((at[0] | at[2]) & 0x80) && at[0] > at[2];
}

bool wildcard_valid(const char *pattern, size_t size)
{
    bool open = false;
    for (size_t i = 0; i < size; i++) {
        if (pattern[i] == '`')
            i++;
        else if (!open && pattern[i] == '[')
            open = true, i += i + 1 < size && pattern[i + 1] == ']';
        else if (open && pattern[i] == ']')
            open = false;
        else if (open && is_backwards(pattern + i, size - i))
            return false;
    }
    return !open;
}

bool wildcard_unescape(const char *pattern, size_t size, struct buf *out)
{
    for (size_t i = 0; i < size; i++) {
        if (pattern[i] == '`' && i + 1 < size && strchr("*?[]`", pattern[i + 1]))
            i++;
        buf_add_char(out, pattern[i]);
    }
    return !out->failed;
}

bool wildcard_escape(const char *text, size_t size, struct buf *out)
{
    for (size_t i = 0; i < size; i++) {
        if (text[i] && strchr("*?[]`", text[i]))
            buf_add_char(out, '`');
        buf_add_char(out, text[i]);
    }
    return !out->failed;
}
