// Strings, here-strings, escapes, and the expressions inside them.
#include <string.h>

#include "base/utf8.h"
#include "syntax/lexer-internal.h"

enum { ESCAPE_DIGITS = 6, INVALID_UNIT = 0xFFFF };

static int hex_value(uint32_t c)
{
    if (c >= '0' && c <= '9')
        return (int)c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? (int)c - 'a' + 10 : -1;
}

static uint32_t bad_escape(struct lexer *lexer, uint32_t start, uint32_t end, enum parse_error_id id)
{
    lex_error(lexer, start, end, id);
    return INVALID_UNIT;
}

static uint32_t unicode_escape(struct lexer *lexer)
{
    uint32_t start = lexer->at - 2, value = 0;
    if (lex_byte(lexer, 0) != '{')
        return bad_escape(lexer, start, lexer->at, PE_InvalidUnicodeEscapeSequence);
    lexer->at++;
    for (int i = 0; lex_byte(lexer, 0) != '}'; i++) {
        int digit = hex_value((unsigned char)lex_byte(lexer, 0));
        if (digit < 0)
            return bad_escape(lexer, lexer->at, lexer->at + 1,
                              i < ESCAPE_DIGITS ? PE_InvalidUnicodeEscapeSequence
                                                : PE_MissingUnicodeEscapeSequenceTerminator);
        if (i == ESCAPE_DIGITS)
            return bad_escape(lexer, lexer->at, lexer->at + 1, PE_TooManyDigitsInUnicodeEscapeSequence);
        value = value << 4 | (uint32_t)digit;
        lexer->at++;
    }
    lexer->at++;
    if (lexer->at == start + 4)
        return bad_escape(lexer, start, lexer->at, PE_InvalidUnicodeEscapeSequence);
    if (value > 0x10FFFF)
        return bad_escape(lexer, start + 3, lexer->at - 1, PE_InvalidUnicodeEscapeSequenceValue);
    return value;
}

uint32_t lex_escape(struct lexer *lexer)
{
    static const char letters[] = "0abefnrtv";
    static const char meanings[] = "\0\a\b\x1b\f\n\r\t\v";
    uint32_t c = lex_take(lexer);
    const char *found = c && c < 0x80 ? strchr(letters, (int)c) : NULL;
    if (c == 'u')
        return unicode_escape(lexer);
    return found ? (unsigned char)meanings[found - letters] : c;
}

// Halves of a pair that were escaped one after the other are one character.
static void join_surrogates(struct buf *value)
{
    if (value->size < 6)
        return;
    size_t used;
    const char *at = value->data + value->size - 6;
    uint32_t high = utf8_decode(at, 6, &used), low = used == 3 ? utf8_decode(at + 3, 3, &used) : 0;
    if (!utf16_is_pair(high, low))
        return;
    value->size -= 6;
    buf_add_codepoint(value, utf16_join(high, low));
}

void lex_backtick(struct lexer *lexer)
{
    uint32_t c = lex_escape(lexer);
    lex_append(lexer, c);
    if (c >= 0xDC00 && c <= 0xDFFF)
        join_surrogates(&lexer->value);
}

static uint32_t before(const struct lexer *lexer)
{
    return lexer->at - ((unsigned char)lexer->text[lexer->at - 1] < 0x80 ? 1 : 3);
}

static void take_raw(struct lexer *lexer, uint32_t size)
{
    buf_add(&lexer->value, lexer->text + lexer->at, size);
    lexer->at += size;
}

void lex_single_quoted(struct lexer *lexer)
{
    uint32_t opening = before(lexer), size, c;
    while (!lex_at_eof(lexer)) {
        c = lex_peek_at(lexer, lexer->at, &size);
        if (char_is_single_quote(c)) {
            lexer->at += size;
            if (!char_is_single_quote(lex_peek_at(lexer, lexer->at, &size)))
                return;
        }
        take_raw(lexer, size);
    }
    lex_incomplete(lexer, opening, PE_TerminatorExpectedAtEndOfString);
}

// The text of $( ) as it is read later. Quotes do not count in the search for its end; in a string "" and
// `" are ".
struct nested {
    struct buf text, dropped;
    unsigned depth;
};

static bool nested_character(struct lexer *lexer, struct nested *nested, bool here_string)
{
    uint32_t size, next, c = lex_peek_at(lexer, lexer->at, &size);
    bool quote = c == '`' || char_is_double_quote(c);
    if (quote && !here_string && char_is_double_quote(lex_peek_at(lexer, lexer->at + size, &next))) {
        for (uint32_t i = 0; i < size; i++)
            buf_add(&nested->dropped, &(uint32_t){(uint32_t)nested->text.size}, sizeof(uint32_t));
        lexer->at += size;
        size = next;
    }
    buf_add(&nested->text, lexer->text + lexer->at, size);
    lexer->at += size;
    if (c == '(')
        nested->depth++;
    return c != ')' || --nested->depth;
}

static struct token_part nested_part(struct lexer *lexer, const struct nested *nested, uint32_t start)
{
    struct token_part part = {.at = lex_range(lexer, start, lexer->at)};
    part.text = lex_keep(lexer, nested->text.data, nested->text.size);
    if (!nested->dropped.size && !lexer->map.outer) {
        part.map.base = lexer->map.base + start;
        return part;
    }
    struct ast_text dropped = lex_keep(lexer, nested->dropped.data, nested->dropped.size);
    struct lex_map *outer = arena_new(&lexer->source->arena, sizeof *outer);
    uint32_t *copy = arena_new(&lexer->source->arena, dropped.size + 1);
    if (!outer || !copy) {
        lexer->fatal = "OutOfMemory";
        return part;
    }
    *outer = lexer->map;
    memcpy(copy, dropped.at, dropped.size);
    part.map = (struct lex_map){outer, start, copy, (uint32_t)(dropped.size / sizeof *copy)};
    return part;
}

static struct token_part lex_nested(struct lexer *lexer, bool here_string)
{
    uint32_t start = lexer->at - 1;
    struct nested nested = {.depth = 1};
    buf_add_text(&nested.text, "$(");
    lexer->at++;
    while (!lex_at_eof(lexer) && nested_character(lexer, &nested, here_string))
        ;
    if (nested.depth)
        lex_incomplete(lexer, start, PE_IncompleteDollarSubexpressionReference);
    if (nested.text.failed || nested.dropped.failed)
        lexer->fatal = "OutOfMemory";
    struct token_part part = nested_part(lexer, &nested, start);
    buf_free(&nested.text);
    buf_free(&nested.dropped);
    return part;
}

static struct token_part variable_part(struct lexer *lexer)
{
    uint32_t start = lexer->start;
    enum lex_mode mode = lexer->mode;
    lexer->start = lexer->at - 1;
    lexer->mode = LEX_EXPRESSION;
    struct token token = lex_variable(lexer, false, true);
    lexer->start = start;
    lexer->mode = mode;
    return (struct token_part){
        .is_variable = true, .is_braced = token.braced, .at = token.at, .text = token.text};
}

bool lex_dollar(struct lexer *lexer, bool here_string)
{
    uint32_t dollar = lexer->at - 1, c = lex_peek(lexer);
    struct token_part part;
    if (c == '(')
        part = lex_nested(lexer, here_string);
    else if (char_starts_variable(c) || c == '{')
        part = variable_part(lexer);
    else
        return false;
    part.before = (uint32_t)lexer->value.size;
    buf_add(&lexer->value, lexer->text + dollar, lexer->at - dollar);
    part.after = (uint32_t)lexer->value.size;
    buf_add(&lexer->parts, &part, sizeof part);
    return true;
}

// What is not an ordinary character inside of "…" or @"…"@; false: it is one.
static bool expandable_part(struct lexer *lexer, uint32_t c, bool here_string)
{
    uint32_t at = lexer->at;
    lexer->at++;
    if (c == '$' && lex_dollar(lexer, here_string))
        return true;
    if (c == '`' && lex_byte(lexer, 0)) {
        lex_backtick(lexer);
        return true;
    }
    lexer->at = at;
    return false;
}

void lex_double_quoted(struct lexer *lexer)
{
    uint32_t opening = before(lexer), size, c;
    while (!lex_at_eof(lexer)) {
        c = lex_peek_at(lexer, lexer->at, &size);
        if ((c == '$' || c == '`') && expandable_part(lexer, c, false))
            continue;
        if (char_is_double_quote(c)) {
            lexer->at += size;
            if (!char_is_double_quote(lex_peek_at(lexer, lexer->at, &size)))
                return;
        }
        take_raw(lexer, size);
    }
    lex_incomplete(lexer, opening, PE_TerminatorExpectedAtEndOfString);
}

void lex_set_parts(struct lexer *lexer, struct token *token)
{
    size_t size = lexer->parts.size;
    token->text = lex_keep(lexer, lexer->value.data, lexer->value.size);
    if (!size)
        return;
    struct token_part *parts = arena_new(&lexer->source->arena, size);
    if (!parts) {
        lexer->fatal = "OutOfMemory";
        return;
    }
    memcpy(parts, lexer->parts.data, size);
    token->parts = parts;
    token->part_count = (uint32_t)(size / sizeof *parts);
}

static struct token string_token(struct lexer *lexer, enum token_kind kind, enum ast_quote quote)
{
    struct token token = {.kind = (uint16_t)kind, .quote = (uint8_t)quote, .at = lex_extent(lexer)};
    lex_set_parts(lexer, &token);
    token.expandable = quote == QUOTE_DOUBLE || quote == QUOTE_DOUBLE_HERE;
    return token;
}

struct token lex_string(struct lexer *lexer, bool expandable)
{
    if (expandable)
        lex_double_quoted(lexer);
    else
        lex_single_quoted(lexer);
    return string_token(lexer, expandable ? TOK_STRING_EXPANDABLE : TOK_STRING_LITERAL,
                        expandable ? QUOTE_DOUBLE : QUOTE_SINGLE);
}

struct here_string {
    bool expandable;
    uint32_t header;       // offset of the @
    uint32_t false_footer; // of the first end that does not stand at the beginning of its line; 0: none
};

static bool is_quote(uint32_t c, bool expandable)
{
    return expandable ? char_is_double_quote(c) : char_is_single_quote(c);
}

static void skip_rest_of_header(struct lexer *lexer, const struct here_string *here)
{
    char quote = here->expandable ? '"' : '\'';
    while (!lex_at_eof(lexer) && lex_byte(lexer, 0) != '\n' && lex_byte(lexer, 0) != '\r') {
        if (lex_byte(lexer, 0) == quote && lex_byte(lexer, 1) == '@') {
            lexer->at += 2;
            return;
        }
        lexer->at++;
    }
}

static bool here_header(struct lexer *lexer, const struct here_string *here)
{
    lex_skip_blanks(lexer);
    if (lex_at_eof(lexer)) {
        lex_incomplete(lexer, here->header, PE_TerminatorExpectedAtEndOfString);
        return false;
    }
    uint32_t c = lex_peek(lexer);
    if (c == '\n' || c == '\r') {
        lexer->at++;
        lex_skip_crlf(lexer, c);
        return true;
    }
    lex_error(lexer, lexer->at, lexer->at + 1, PE_UnexpectedCharactersAfterHereStringHeader);
    skip_rest_of_header(lexer, here);
    return false;
}

static bool footer_here(const struct lexer *lexer, bool expandable, uint32_t *ret_size)
{
    uint32_t size, after;
    if (!is_quote(lex_peek_at(lexer, lexer->at, &size), expandable)
        || lex_peek_at(lexer, lexer->at + size, &after) != '@')
        return false;
    *ret_size = size + 1;
    return true;
}

static bool at_footer(struct lexer *lexer, struct here_string *here)
{
    uint32_t size;
    if (footer_here(lexer, here->expandable, &size)) {
        lexer->at += size;
        return true;
    }
    while (char_is_blank(lex_peek_at(lexer, lexer->at, &size)))
        take_raw(lexer, size);
    if (footer_here(lexer, here->expandable, &size)) {
        if (!here->false_footer)
            here->false_footer = lexer->at;
        take_raw(lexer, size);
    }
    return false;
}

// False at the footer, whose newline does not belong to the value.
static bool here_newline(struct lexer *lexer, struct here_string *here)
{
    size_t size = lexer->value.size;
    take_raw(lexer, lex_byte(lexer, 0) == '\r' && lex_byte(lexer, 1) == '\n' ? 2 : 1);
    if (!at_footer(lexer, here))
        return true;
    lexer->value.size = size;
    return false;
}

static void here_body(struct lexer *lexer, struct here_string *here)
{
    if (at_footer(lexer, here))
        return;
    while (!lex_at_eof(lexer)) {
        uint32_t size, c = lex_peek_at(lexer, lexer->at, &size);
        if (c == '\n' || c == '\r') {
            if (!here_newline(lexer, here))
                return;
        } else if (!here->expandable || (c != '$' && c != '`') || !expandable_part(lexer, c, true)) {
            take_raw(lexer, size);
        }
    }
    lex_incomplete(lexer, here->false_footer ? here->false_footer : here->header,
                   here->false_footer ? PE_WhitespaceBeforeHereStringFooter
                                      : PE_TerminatorExpectedAtEndOfString);
}

struct token lex_here_string(struct lexer *lexer, bool expandable)
{
    struct here_string here = {.expandable = expandable, .header = lexer->start};
    if (here_header(lexer, &here))
        here_body(lexer, &here);
    return string_token(lexer, expandable ? TOK_HERE_STRING_EXPANDABLE : TOK_HERE_STRING_LITERAL,
                        expandable ? QUOTE_DOUBLE_HERE : QUOTE_SINGLE_HERE);
}
