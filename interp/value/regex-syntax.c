// The two languages agree on most; what differs is written out: group numbers, classes with subtraction,
// names of Unicode blocks, blanks and comments, escapes that only one of them knows. What PCRE2 alone
// understands is refused, as .NET refuses it.
#include "interp/value/regex-syntax.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

enum { DEPTH = 200 };
enum before { NOTHING, ATOM, REPEATED }; // what a quantifier would stand behind

struct translation {
    const char *at, *end;
    unsigned options;
    bool wide, failed;
    bool counts; // the first pass: only the groups are of interest
    int depth;
    int32_t plain; // groups without a name so far
    struct regex_groups *groups;
    struct buf *out;
};

static void fail(struct translation *t)
{
    t->failed = true;
    t->at = t->end;
}

static void add(struct translation *t, const char *text)
{
    buf_add_text(t->out, text);
}

static bool next_is(const struct translation *t, const char *text)
{
    size_t size = strlen(text);
    return (size_t)(t->end - t->at) >= size && !memcmp(t->at, text, size);
}

static bool take(struct translation *t, const char *text)
{
    bool is = next_is(t, text);
    t->at += is ? strlen(text) : 0;
    return is;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_word(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           (unsigned char)c >= 0x80;
}

// --- Groups

static int32_t number_of(const char *text, size_t size)
{
    int64_t number = 0;
    for (size_t i = 0; i < size; i++) {
        if (!is_digit(text[i]) || number > INT32_MAX / 10 - 1)
            return -1;
        number = number * 10 + (text[i] - '0');
    }
    return size ? (int32_t)number : -1;
}

static struct regex_slot *find_slot(struct regex_groups *groups, int32_t number, const char *name,
                                    size_t size)
{
    for (size_t i = 0; i < groups->count; i++) {
        struct regex_slot *slot = &groups->slots[i];
        if (size ? slot->name_size == size && !memcmp(groups->names + slot->name, name, size)
                 : !slot->name_size && slot->number == number)
            return slot;
    }
    return NULL;
}

static struct regex_slot *slot_for(struct translation *t, int32_t number, const char *name, size_t size)
{
    struct regex_groups *groups = t->groups;
    struct regex_slot *slot = find_slot(groups, number, name, size);
    if (slot)
        return slot;
    if (groups->count == REGEX_GROUPS || groups->names_size + size > REGEX_NAMES)
        return fail(t), NULL;
    slot = &groups->slots[groups->count++];
    *slot = (struct regex_slot){number, (uint16_t)groups->names_size, (uint16_t)size};
    memcpy(groups->names + groups->names_size, name, size);
    groups->names_size += size;
    return slot;
}

// After the first pass: names take the numbers that are left, in the order they appeared.
static void number_names(struct regex_groups *groups, int32_t next)
{
    for (size_t i = 0; i < groups->count; i++) {
        if (!groups->slots[i].name_size)
            continue;
        while (find_slot(groups, next, "", 0))
            next++;
        groups->slots[i].number = next++;
    }
    for (size_t i = 1; i < groups->count; i++) {
        struct regex_slot slot = groups->slots[i];
        size_t at = i;
        for (; at > 0 && groups->slots[at - 1].number > slot.number; at--)
            groups->slots[at] = groups->slots[at - 1];
        groups->slots[at] = slot;
    }
}

// A group of the translation, and which slot it fills.
static uint32_t open_group(struct translation *t, const char *name, size_t size)
{
    struct regex_groups *groups = t->groups;
    int32_t number = size ? number_of(name, size) : ++t->plain;
    struct regex_slot *slot = number >= 0 ? slot_for(t, number, "", 0) : slot_for(t, -1, name, size);
    if (!slot || groups->own_count == REGEX_GROUPS)
        return fail(t), 0;
    groups->own[groups->own_count] = (uint16_t)(slot - groups->slots);
    add(t, "(");
    return (uint32_t)groups->own_count++;
}

// What the slot holds: of several groups the last that took part.
static void add_reference(struct translation *t, const struct regex_slot *slot)
{
    size_t index = (size_t)(slot - t->groups->slots), open = 0;
    if (t->counts || !slot)
        return;
    add(t, "(?:");
    for (size_t i = t->groups->own_count; i-- > 1;)
        if (t->groups->own[i] == index)
            buf_printf(t->out, "(?(%zu)\\g{%zu}|", i, i), open++;
    add(t, "(?!)");
    buf_add_repeat(t->out, ')', open + 1);
}

// --- Classes

struct block {
    const char *name;
    unsigned first, last;
};
static const struct block blocks[] = {
#define BLOCK(name, first, last) {name, first, last},
#include "interp/value/regex-class.def"
#undef BLOCK
};

static const char categories[] =
    " L Lu Ll Lt Lm Lo M Mn Mc Me N Nd Nl No P Pc Pd Ps Pe Pi Pf Po S Sm Sc Sk So Z Zs "
    "Zl Zp C Cc Cf Cs Co Cn ";

static bool is_category(const char *name, size_t size)
{
    char padded[8] = " ";
    if (!size || size > 2)
        return false;
    memcpy(padded + 1, name, size);
    padded[size + 1] = ' ';
    return strstr(categories, padded);
}

static void add_category(struct translation *t, const char *name, size_t size, bool negative)
{
    bool cased = size == 2 && name[0] == 'L' && strchr("ult", name[1]) && t->options & REGEX_IGNORE_CASE;
    buf_printf(t->out, "\\%c{%.*s}", negative ? 'P' : 'p', cased ? 2 : (int)size, cased ? "L&" : name);
}

// \p{…}, behind the letter. A block is a range, and in a class it cannot be taken away: the two halves around
// it.
static void property(struct translation *t, bool negative, bool in_class)
{
    const char *close = take(t, "{") ? memchr(t->at, '}', (size_t)(t->end - t->at)) : NULL;
    if (!close)
        return fail(t);
    const char *name = t->at;
    size_t size = (size_t)(close - name);
    t->at = close + 1;
    if (is_category(name, size))
        return add_category(t, name, size, negative);
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
        if (strlen(blocks[i].name) != size || memcmp(blocks[i].name, name, size))
            continue;
        if (!in_class)
            buf_printf(t->out, "[%s\\x{%x}-\\x{%x}]", negative ? "^" : "", blocks[i].first, blocks[i].last);
        else if (!negative)
            buf_printf(t->out, "\\x{%x}-\\x{%x}", blocks[i].first, blocks[i].last);
        else
            buf_printf(t->out, "\\x{0}-\\x{%x}\\x{%x}-\\x{10ffff}", blocks[i].first ? blocks[i].first - 1 : 0,
                       blocks[i].last + 1);
        return;
    }
    fail(t);
}

static bool hexadecimal(struct translation *t, size_t digits)
{
    char text[5] = "";
    if ((size_t)(t->end - t->at) < digits)
        return fail(t), false;
    memcpy(text, t->at, digits);
    if (strspn(text, "0123456789abcdefABCDEF") != digits)
        return fail(t), false;
    t->at += digits;
    unsigned long c = strtoul(text, NULL, 16);
    return buf_printf(t->out, c >= 0xd800 && c < 0xe000 ? "\\x{fffd}" : "\\x{%lx}", c);
}

char regex_control(char letter)
{
    static const char letters[] = "aefnrtv", controls[] = "\x07\x1b\x0c\x0a\x0d\x09\x0b";
    const char *at = letter ? strchr(letters, letter) : NULL;
    return at ? controls[at - letters] : '\0';
}

// The escapes that stand for one character. The letter has been taken.
static bool character_escape(struct translation *t, char c)
{
    if (c == 'x')
        return hexadecimal(t, 2), true;
    if (c == 'u')
        return hexadecimal(t, 4), true;
    if (c == 'c') {
        char control = t->at < t->end ? (char)(*t->at++ & ~32) : 0;
        return control >= '@' && control <= '_' ? buf_printf(t->out, "\\x%02x", control - '@')
                                                : (fail(t), true);
    }
    if (regex_control(c))
        return buf_printf(t->out, "\\x%02x", regex_control(c));
    if (!is_word(c) || c == '_')
        return buf_printf(t->out, c == '_' ? "%c" : "\\%c", c);
    return false;
}

static void octal(struct translation *t)
{
    unsigned code = 0;
    for (int i = 0; i < 3 && t->at < t->end && *t->at >= '0' && *t->at <= '7'; i++)
        code = code * 8 + (unsigned)(*t->at++ - '0');
    buf_printf(t->out, "\\x{%x}", code & 0xff);
}

// \w \d \s and their opposites. The text may be known to be ASCII, and then PCRE2's plain classes are right.
static bool class_escape(struct translation *t, char c, bool in_class)
{
    bool ecma = t->options & REGEX_ECMA;
    if (!strchr("wWdDsS", c) || !c)
        return false;
    if (t->wide && c == 'w' && !ecma)
        add(t, in_class ? "\\p{L}\\p{Mn}\\p{Nd}\\p{Pc}" : "[\\p{L}\\p{Mn}\\p{Nd}\\p{Pc}]");
    else if (t->wide && c == 'W' && !ecma && !in_class)
        add(t, "[^\\p{L}\\p{Mn}\\p{Nd}\\p{Pc}]");
    else
        buf_printf(t->out, "\\%c", c);
    return true;
}

static void one_character(struct translation *t)
{
    size_t size;
    utf8_decode(t->at, (size_t)(t->end - t->at), &size);
    buf_add(t->out, t->at, size);
    t->at += size;
}

static void class_item(struct translation *t)
{
    char c = *t->at;
    if (c == '[')
        return t->at++, add(t, "\\[");
    if (c != '\\')
        return one_character(t);
    if (++t->at == t->end)
        return fail(t);
    c = *t->at;
    if (is_digit(c))
        return octal(t);
    t->at++;
    if (c == 'b')
        return add(t, "\\x08");
    if (c == 'p' || c == 'P')
        return property(t, c == 'P', true);
    if (!class_escape(t, c, true) && !character_escape(t, c))
        fail(t);
}

// [a-z-[aeiou]]: the class, where what is taken away does not stand.
static void character_class(struct translation *t)
{
    struct buf base = BUF_INIT, *out = t->out;
    struct buf minus = BUF_INIT;
    bool first = true, closed = false;
    if (++t->depth > DEPTH)
        return fail(t);
    t->out = &base;
    t->at++;
    add(t, take(t, "^") ? "[^" : "[");
    for (; t->at < t->end && !closed; first = false) {
        if (*t->at == ']' && !first) {
            t->at++;
            closed = true;
        } else if (next_is(t, "-[") && !first) {
            t->at++;
            t->out = &minus;
            character_class(t);
            t->out = &base;
            closed = take(t, "]");
            if (!closed)
                break;
        } else if (*t->at == ']')
            t->at++, add(t, "\\]");
        else
            class_item(t);
    }
    t->out = out;
    t->depth--;
    if (!closed && !t->failed)
        fail(t);
    if (minus.size)
        buf_printf(out, "(?:(?!%s)%s])", buf_text(&minus), buf_text(&base));
    else
        buf_printf(out, "%s]", buf_text(&base));
    buf_free(&base);
    buf_free(&minus);
}

// --- Escapes outside of classes

static struct regex_slot *slot_of(struct regex_groups *groups, int32_t number)
{
    for (size_t i = 0; i < groups->count; i++)
        if (groups->slots[i].number == number)
            return &groups->slots[i];
    return NULL;
}

static void numbered(struct translation *t)
{
    size_t digits = 0;
    while (t->at + digits < t->end && is_digit(t->at[digits]))
        digits++;
    int32_t number = number_of(t->at, digits);
    struct regex_slot *slot = number > 0 ? slot_of(t->groups, number) : NULL;
    if (!slot && (number == 0 || number > 9))
        return octal(t);
    t->at += digits;
    if (!slot && !t->counts)
        return fail(t);
    add_reference(t, slot);
}

static struct regex_slot *named(struct translation *t, const char *name, size_t size)
{
    int32_t number = number_of(name, size);
    return number < 0 ? find_slot(t->groups, -1, name, size) : slot_of(t->groups, number);
}

// \k<name>
static void reference(struct translation *t)
{
    char close = next_is(t, "<") ? '>' : next_is(t, "'") ? '\'' : 0;
    const char *name = t->at + 1;
    const char *end = close && name < t->end ? memchr(name, close, (size_t)(t->end - name)) : NULL;
    if (!end)
        return fail(t);
    struct regex_slot *slot = named(t, name, (size_t)(end - name));
    t->at = end + 1;
    if (!slot && !t->counts)
        return fail(t);
    add_reference(t, slot);
}

static void escape(struct translation *t)
{
    if (++t->at == t->end)
        return fail(t);
    char c = *t->at;
    if (is_digit(c))
        return c == '0' ? octal(t) : numbered(t);
    if ((unsigned char)c >= 0x80)
        return one_character(t);
    t->at++;
    if (c == 'k')
        return reference(t);
    if (c == 'p' || c == 'P')
        return property(t, c == 'P', false);
    if (strchr("bBAZzG", c) && c)
        return (void)buf_printf(t->out, "\\%c", c);
    if (!class_escape(t, c, false) && !character_escape(t, c))
        fail(t);
}

// --- Repetition

// {n} {n,} {n,m}: bytes, 0: the brace is itself.
static size_t counted(const struct translation *t)
{
    const char *at = t->at + 1;
    size_t size = (size_t)(t->end - at), low = 0, high = 0;
    while (low < size && is_digit(at[low]))
        low++;
    if (low < size && at[low] == ',')
        for (high = 1; low + high < size && is_digit(at[low + high]);)
            high++;
    return low && low + high < size && at[low + high] == '}' ? low + high + 2 : 0;
}

static bool counts_fit(const char *at, size_t size)
{
    const char *comma = memchr(at, ',', size);
    long low = strtol(at + 1, NULL, 10), high = comma && comma[1] != '}' ? strtol(comma + 1, NULL, 10) : low;
    return low <= high && high <= 65535;
}

static bool quantifier(struct translation *t, enum before *before)
{
    char c = *t->at;
    size_t size = c == '{' ? counted(t) : strchr("*+?", c) != NULL;
    if (!size || !c)
        return false;
    if (*before != ATOM || (c == '{' && !counts_fit(t->at, size)))
        return fail(t), true;
    buf_add(t->out, t->at, size);
    t->at += size;
    if (take(t, "?"))
        add(t, "?");
    return *before = REPEATED, true;
}

// --- Groups and options

static void sequence(struct translation *t, bool nested);

static void close_group(struct translation *t)
{
    if (!take(t, ")"))
        return fail(t);
    add(t, ")");
}

static void inside(struct translation *t, const char *open)
{
    unsigned options = t->options;
    add(t, open);
    sequence(t, true);
    close_group(t);
    t->options = options;
}

static unsigned option_of(char c)
{
    static const struct {
        char letter;
        unsigned option;
    } letters[] = {{'i', REGEX_IGNORE_CASE},
                   {'m', REGEX_MULTILINE},
                   {'n', REGEX_EXPLICIT},
                   {'s', REGEX_SINGLELINE},
                   {'x', REGEX_SPACE}};
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
        if (letters[i].letter == (c | 32))
            return letters[i].option;
    return 0;
}

// (?i-m) and (?i-m:…). Blanks and numbers are dealt with here, so that PCRE2 is told of i, m and s alone.
static bool options_group(struct translation *t, enum before *before)
{
    unsigned options = t->options;
    bool off = false;
    for (; t->at < t->end && *t->at != ')' && *t->at != ':'; t->at++) {
        unsigned option = option_of(*t->at);
        if (*t->at == '-' || *t->at == '+')
            off = *t->at == '-';
        else if (!option)
            return fail(t), true;
        else
            options = off ? options & ~option : options | option;
    }
    if (t->at == t->end)
        return fail(t), true;
    unsigned outer = t->options;
    bool whole = *t->at++ == ')';
    t->options = options;
    buf_printf(t->out, whole ? "(?^%s%s%s)" : "(?^%s%s%s:", options & REGEX_IGNORE_CASE ? "i" : "",
               options & REGEX_MULTILINE ? "m" : "", options & REGEX_SINGLELINE ? "s" : "");
    if (whole)
        return *before = NOTHING, true;
    sequence(t, true);
    close_group(t);
    t->options = outer;
    return *before = ATOM, true;
}

static void capture(struct translation *t, const char *name, size_t size)
{
    unsigned options = t->options;
    bool told = t->groups->repeated && !t->counts;
    add(t, told ? "(?:" : "");
    uint32_t own = open_group(t, name, size);
    sequence(t, true);
    close_group(t);
    t->options = options;
    if (told)
        buf_printf(t->out, "(?C%u))", own < 255 ? own : 255);
}

// (?<name>…) and (?'name'…), behind the opening mark.
static void named_capture(struct translation *t, char close)
{
    const char *name = t->at, *end = memchr(name, close, (size_t)(t->end - name));
    if (!end || end == name)
        return fail(t);
    for (const char *at = name; at < end; at++)
        if (!is_word(*at)) // a dash: a balancing group
            return fail(t);
    if (is_digit(*name) && number_of(name, (size_t)(end - name)) <= 0)
        return fail(t);
    t->at = end + 1;
    capture(t, name, (size_t)(end - name));
}

// (?(name)yes|no): a group that took part, or an expression that would match here.
static void conditional(struct translation *t)
{
    const char *name = t->at, *end = memchr(name, ')', (size_t)(t->end - name));
    struct regex_slot *slot = end ? named(t, name, (size_t)(end - name)) : NULL;
    unsigned options = t->options;
    if (slot) {
        size_t index = (size_t)(slot - t->groups->slots), own = 1;
        while (own + 1 < t->groups->own_count && t->groups->own[own] != index)
            own++;
        buf_printf(t->out, "(?(%zu)", own);
        t->at = end + 1;
    } else {
        static const char *const around[] = {"?=", "?!", "?<=", "?<!"};
        char open[8] = "(?(";
        for (size_t i = 0; i < sizeof around / sizeof *around; i++)
            if (!open[3] && take(t, around[i]))
                strcat(open, around[i]);
        inside(t, open[3] ? open : "(?(?=");
    }
    sequence(t, true);
    close_group(t);
    t->options = options;
}

static void group(struct translation *t, enum before *before)
{
    static const char *const plain[] = {"?:", "?=", "?!", "?>", "?<=", "?<!"};
    *before = ATOM;
    t->at++;
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
        char open[5] = "(";
        if (!take(t, plain[i]))
            continue;
        strcat(open, plain[i]);
        return inside(t, open);
    }
    if (take(t, "?<"))
        return named_capture(t, '>');
    if (take(t, "?'"))
        return named_capture(t, '\'');
    if (take(t, "?("))
        return conditional(t);
    if (take(t, "?"))
        return (void)options_group(t, before);
    if (t->options & REGEX_EXPLICIT)
        return inside(t, "(?:");
    capture(t, "", 0);
}

// Comments anywhere; blanks and # where the option says so.
static bool skipped(struct translation *t)
{
    const char *end;
    if (next_is(t, "(?#")) {
        end = memchr(t->at, ')', (size_t)(t->end - t->at));
        if (!end)
            return fail(t), true;
        return t->at = end + 1, true;
    }
    if (!(t->options & REGEX_SPACE))
        return false;
    if (strchr(" \t\r\n\f\v", *t->at) && *t->at)
        return t->at++, true;
    if (*t->at != '#')
        return false;
    end = memchr(t->at, '\n', (size_t)(t->end - t->at));
    return t->at = end ? end + 1 : t->end, true;
}

static void sequence(struct translation *t, bool nested)
{
    enum before before = NOTHING;
    if (++t->depth > DEPTH)
        return fail(t);
    while (t->at < t->end && !(nested && *t->at == ')')) {
        if (skipped(t) || quantifier(t, &before))
            continue;
        char c = *t->at;
        if (c == '(') {
            group(t, &before);
            continue;
        }
        before = ATOM;
        if (c == ')')
            fail(t);
        else if (c == '|')
            add(t, "|"), t->at++, before = NOTHING;
        else if (c == '[')
            character_class(t);
        else if (c == '\\')
            escape(t);
        else if (c == '{' || c == ']' || c == '}' || c == '#' || c == ' ')
            buf_printf(t->out, "\\%c", c), t->at++;
        else if (c == '\0')
            add(t, "\\x00"), t->at++;
        else
            one_character(t);
    }
    t->depth--;
}

static bool has_repetition(const char *pattern, size_t size)
{
    for (size_t i = 0; i + 1 < size; i++)
        if (pattern[i] == ')' && strchr("*+{", pattern[i + 1]) && pattern[i + 1])
            return true;
    return false;
}

static void start(struct translation *t, const char *pattern, size_t size, unsigned options)
{
    t->at = pattern;
    t->end = pattern + size;
    t->options = options;
    t->plain = 0;
    t->depth = 0;
    t->groups->own[0] = 0;
    t->groups->own_count = 1;
    buf_clear(t->out);
}

bool regex_translate(const char *pattern, size_t size, unsigned options, bool wide,
                     struct regex_groups *ret_groups, struct buf *ret)
{
    struct translation t = {.wide = wide, .groups = ret_groups, .out = ret, .counts = true};
    ret_groups->count = ret_groups->names_size = 0;
    ret_groups->repeated = has_repetition(pattern, size);
    start(&t, pattern, size, options);
    slot_for(&t, 0, "", 0);
    sequence(&t, false);
    if (t.failed || ret->failed)
        return false;
    number_names(ret_groups, t.plain + 1);
    t.counts = false;
    start(&t, pattern, size, options);
    sequence(&t, false);
    return !t.failed && !ret->failed;
}
