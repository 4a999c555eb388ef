#include "interp/value/enum.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "interp/value/error.h"
#include "interp/value/types.h"

#define ENUM(symbol, name, flags) static const struct enum_member symbol##_members[] = {
#define MEMBER(symbol, name, number) {name, number},
#define END_ENUM(symbol)                                                                                     \
    {                                                                                                        \
        0                                                                                                    \
    }                                                                                                        \
    }                                                                                                        \
    ;
#include "interp/value/enums.def"
#undef ENUM
#undef MEMBER
#undef END_ENUM

enum enum_row {
#define ENUM(symbol, name, flags) ROW_##symbol,
#define MEMBER(symbol, name, number)
#define END_ENUM(symbol)
#include "interp/value/enums.def"
#undef ENUM
    ENUM_ROWS
};

#define ENUM(symbol, name, is_flags)                                                                         \
    static const struct enum_info symbol##_info = {#symbol, is_flags, ROW_##symbol, NULL, symbol##_members}; \
    const struct type type_##symbol = {name, .base = &type_enum, .enumeration = &symbol##_info,              \
                                       .type_code = 9};
#include "interp/value/enums.def"
#undef ENUM

const struct type *const enum_types[] = {
#define ENUM(symbol, name, flags) &type_##symbol,
#include "interp/value/enums.def"
#undef ENUM
    NULL,
};

// The address in the 56 bits beside the number: its low half in aux, the next 16 bits in pad, and a mark.
static value made_value(const struct type *type, int64_t number)
{
    uint64_t address = (uintptr_t)type;
    return (value){.kind = V_ENUM,
                   .pad = {(uint8_t)(address >> 32), (uint8_t)(address >> 40), 1},
                   .aux = (uint32_t)address,
                   .i = number};
}

const struct type *enum_type(value v)
{
    if (v.pad[2])
        return (const struct type *)((uintptr_t)v.aux | (uintptr_t)v.pad[0] << 32 |
                                     (uintptr_t)v.pad[1] << 40);
    return v.aux < ENUM_ROWS ? enum_types[v.aux] : NULL;
}

bool enum_same_type(value a, value b)
{
    return enum_type(a) == enum_type(b);
}

value enum_value(const struct type *type, int64_t number)
{
    if (type->enumeration->row == ENUM_MADE)
        return made_value(type, number);
    return (value){.kind = V_ENUM, .aux = type->enumeration->row, .i = number};
}

value enum_to_number(value v)
{
    static const uint8_t kinds[] = {V_I8, V_U8, V_I16, V_U16, V_I32, V_U32, V_I64, V_U64};
    const struct type *underlying = enum_type(v)->enumeration->underlying;
    unsigned at = (underlying ? underlying : &type_int)->type_code - type_sbyte.type_code;
    return (value){.kind = kinds[at], .i = v.i};
}

static const struct enum_member *find_number(const struct enum_info *info, int64_t number)
{
    for (const struct enum_member *member = info->members; member->name; member++)
        if (member->number == number)
            return member;
    return NULL;
}

// As .NET: the largest members first, written in order of number; a rest that has no name gives the number.
static bool flags_text(const struct enum_info *info, int64_t number, struct buf *out)
{
    const struct enum_member *parts[64];
    size_t count = 0, last = 0;
    while (info->members[last].name)
        last++;
    for (size_t i = last; i-- > 0 && number && count < 64;) {
        const struct enum_member *member = &info->members[i];
        if (!member->number || (number & member->number) != member->number)
            continue;
        parts[count++] = member;
        number &= ~member->number;
    }
    if (number || !count)
        return false;
    while (count-- > 0) {
        buf_add_text(out, parts[count]->name);
        if (count)
            buf_add_text(out, ", ");
    }
    return true;
}

bool enum_to_string(struct interp *in, value v, value *ret)
{
    const struct enum_info *info = enum_type(v)->enumeration;
    const struct enum_member *member = find_number(info, v.i);
    if (member)
        return string_text(in, member->name, ret);
    struct buf out = BUF_INIT;
    if (!info->flags || !flags_text(info, v.i, &out))
        buf_printf(&out, "%lld", (long long)v.i);
    bool ok = !out.failed ? string_new(in, buf_text(&out), out.size, ret) : throw_full(in, &out);
    buf_free(&out);
    return ok;
}

// What PowerShell prefers where a beginning fits several attributes of a file.
static bool favourite(const struct enum_info *info, const char *text, size_t size, int64_t *ret_number)
{
    static const struct enum_member members[] = {{"Directory", 16}, {"ReadOnly", 1}, {"System", 4}};
    for (size_t i = 0; info->row == ROW_file_attributes && i < sizeof members / sizeof *members; i++)
        if (size <= strlen(members[i].name) && utf8_same_ignore_case(members[i].name, size, text, size))
            return *ret_number = members[i].number, true;
    return false;
}

static bool one_name(const struct enum_info *info, const char *text, size_t size, int64_t *ret_number)
{
    const struct enum_member *found = NULL;
    for (const struct enum_member *member = info->members; member->name; member++) {
        size_t length = strlen(member->name);
        if (length < size || !utf8_same_ignore_case(member->name, size, text, size))
            continue;
        if (found)
            return favourite(info, text, size, ret_number); // two begin like that, and none is the whole
        found = member;
    }
    if (found)
        *ret_number = found->number;
    return found;
}

static bool one_part(const struct enum_info *info, const char *text, size_t size, int64_t *ret_number)
{
    bool nothing = !size;
    while (size && (*text == ' ' || *text == '\t'))
        text++, size--;
    while (size && (text[size - 1] == ' ' || text[size - 1] == '\t'))
        size--;
    if (!size)
        return nothing && favourite(info, "", 0, ret_number);
    for (const struct enum_member *member = info->members; member->name; member++)
        if (strlen(member->name) == size && utf8_same_ignore_case(member->name, size, text, size))
            return *ret_number = member->number, true;
    return one_name(info, text, size, ret_number);
}

static const char *skip_blanks(const char *text, const char *end)
{
    while (text < end && strchr(" \t\r\n", *text))
        text++;
    return text;
}

bool enum_is_number(const char *text, size_t size)
{
    const char *end = text + size, *at = skip_blanks(text, end);
    at += at < end && (*at == '-' || *at == '+');
    const char *digits = at;
    while (at < end && *at >= '0' && *at <= '9')
        at++;
    return at > digits && skip_blanks(at, end) == end;
}

bool enum_number(const char *text, size_t size, int64_t *ret_number)
{
    char digits[32];
    const char *at = skip_blanks(text, text + size);
    size -= (size_t)(at - text);
    if (size >= sizeof digits)
        return false;
    memcpy(digits, at, size);
    digits[size] = 0;
    errno = 0;
    *ret_number = strtoll(digits, NULL, 10);
    return !errno;
}

// A number stands alone; among names it is none.
bool enum_parse(const struct type *type, const char *text, size_t size, int64_t *ret_number)
{
    int64_t sum = 0;
    if (enum_is_number(text, size))
        return enum_number(text, size, ret_number);
    for (size_t at = 0; at <= size;) {
        const char *comma = memchr(text + at, ',', size - at);
        size_t length = comma ? (size_t)(comma - text) - at : size - at;
        int64_t part;
        if (!one_part(type->enumeration, text + at, length, &part))
            return false;
        sum |= part;
        at += length + 1;
    }
    *ret_number = sum;
    return true;
}

bool enum_is_defined(const struct type *type, int64_t number)
{
    const struct enum_info *info = type->enumeration;
    if (find_number(info, number))
        return true;
    if (!info->flags)
        return false;
    struct buf out = BUF_INIT;
    bool named = flags_text(info, number, &out);
    buf_free(&out);
    return named;
}
