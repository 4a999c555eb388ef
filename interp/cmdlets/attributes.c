#include "interp/cmdlets/attributes.h"

#include <string.h>
#include <strings.h>

#include "interp/providers/files.h"
#include "interp/value/enum.h"

struct term {
    const char *name;
    size_t size;
    bool negated;
};

static size_t read_term(const char *text, struct term *ret)
{
    const char *at = text + strspn(text, " ");
    ret->negated = *at == '!';
    at += ret->negated;
    at += strspn(at, " ");
    ret->name = at;
    ret->size = strcspn(at, "+, ");
    at += ret->size;
    return (size_t)(at + strspn(at, " ") - text);
}

static bool term_bits(const struct term *term, int64_t *ret_bits)
{
    if (term->size == 1 && strchr("dDhHrRsSaA", *term->name)) { // dir's own letters
        static const struct {
            char letter;
            unsigned bits;
        } letters[] = {{'d', 16}, {'h', 2}, {'r', 1}, {'s', 4}, {'a', 32}};
        for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
            if ((*term->name | 32) == letters[i].letter)
                return *ret_bits = letters[i].bits, true;
    }
    return term->size > 0 && enum_parse(&type_file_attributes, term->name, term->size, ret_bits);
}

bool attributes_match(const char *expression, unsigned bits)
{
    bool group = true;
    for (const char *at = expression;; at++) {
        struct term term;
        int64_t wanted;
        at += read_term(at, &term);
        group = group && term_bits(&term, &wanted) && ((bits & (unsigned)wanted) != 0) != term.negated;
        if (*at == '+')
            continue;
        if (group)
            return true;
        group = true;
        if (*at != ',')
            return false;
    }
}

bool attributes_valid(const char *expression)
{
    for (const char *at = expression;; at++) {
        struct term term;
        int64_t bits;
        at += read_term(at, &term);
        if (!term_bits(&term, &bits))
            return false;
        if (*at != '+' && *at != ',')
            return *at == '\0';
    }
}

bool attributes_name_hidden(const char *expression)
{
    for (const char *at = expression;; at++) {
        struct term term;
        int64_t bits;
        at += read_term(at, &term);
        if (!term.negated && term_bits(&term, &bits) && bits & ATTRIBUTE_HIDDEN)
            return true;
        if (*at != '+' && *at != ',')
            return false;
    }
}

unsigned attributes_of_item(value item)
{
    if (item.kind != V_OBJECT || !value_is_type(item, &type_file_system_info))
        return 0;
    return file_attributes(file_look(item));
}
