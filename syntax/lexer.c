#include "syntax/lexer.h"

#include <string.h>

#include "base/utf8.h"
#include "syntax/lexer-internal.h"
#include "syntax/token-list.h"

enum { LEXER_WORK_FREE = 1 << 20 }; // bytes that may be read again whatever the size of the text

void lex_init(struct lexer *lexer, struct source *source)
{
    *lexer = (struct lexer){
        .text = source->text,
        .size = (uint32_t)source->size,
        .source = source,
        .signature = UINT32_MAX,
        .work_limit = (uint64_t)source->size * LIMIT_WORK + LEXER_WORK_FREE,
    };
}

void lex_free(struct lexer *lexer)
{
    buf_free(&lexer->value);
    buf_free(&lexer->parts);
}

uint32_t lex_peek_at(const struct lexer *lexer, uint32_t at, uint32_t *ret_size)
{
    *ret_size = 0;
    if (at >= lexer->size)
        return 0;
    unsigned char c = (unsigned char)lexer->text[at];
    *ret_size = 1;
    if (c < 0x80)
        return c;
    size_t size;
    uint32_t codepoint = utf8_decode(lexer->text + at, lexer->size - at, &size);
    *ret_size = (uint32_t)size;
    return codepoint;
}

uint32_t lex_peek(const struct lexer *lexer)
{
    uint32_t size;
    return lex_peek_at(lexer, lexer->at, &size);
}

uint32_t lex_take(struct lexer *lexer)
{
    uint32_t size, c = lex_peek_at(lexer, lexer->at, &size);
    lexer->at += size;
    return c;
}

char lex_byte(const struct lexer *lexer, uint32_t ahead)
{
    return lexer->size - lexer->at > ahead ? lexer->text[lexer->at + ahead] : 0;
}

bool lex_at_eof(const struct lexer *lexer)
{
    return lexer->at >= lexer->size;
}

static uint32_t dropped_before(const struct lex_map *map, uint32_t at)
{
    uint32_t low = 0, high = map->dropped_count;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (map->dropped[middle] < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static uint32_t to_source(const struct lex_map *map, uint32_t at)
{
    for (; map; map = map->outer)
        at += map->base + dropped_before(map, at);
    return at;
}

// The inverse of to_source for offsets within this text.
static uint32_t from_source(const struct lexer *lexer, uint32_t offset)
{
    uint32_t low = 0, high = lexer->size;
    if (!lexer->map.outer && !lexer->map.dropped_count)
        return offset < lexer->map.base          ? 0
               : offset - lexer->map.base > high ? high
                                                 : offset - lexer->map.base;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (to_source(&lexer->map, middle) < offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

struct extent lex_range(const struct lexer *lexer, uint32_t start, uint32_t end)
{
    return (struct extent){to_source(&lexer->map, start), to_source(&lexer->map, end)};
}

struct extent lex_extent(const struct lexer *lexer)
{
    return lex_range(lexer, lexer->start, lexer->at);
}

void lex_error(struct lexer *lexer, uint32_t start, uint32_t end, enum parse_error_id id)
{
    diagnose(lexer->source, lex_range(lexer, start, end), id, false);
}

void lex_incomplete(struct lexer *lexer, uint32_t start, enum parse_error_id id)
{
    struct extent at = lex_range(lexer, start, lexer->at);
    diagnose(lexer->source, at, id, lex_at_end(lexer, at));
}

struct ast_text lex_keep(struct lexer *lexer, const char *text, size_t size)
{
    const char *copy = arena_text(&lexer->source->arena, text, size);
    if (!copy)
        lexer->fatal = "OutOfMemory";
    return copy ? (struct ast_text){copy, size} : (struct ast_text){"", 0};
}

void lex_append(struct lexer *lexer, uint32_t codepoint)
{
    char bytes[4];
    buf_add(&lexer->value, bytes, utf8_encode(codepoint, bytes));
}

struct token lex_token(struct lexer *lexer, enum token_kind kind)
{
    struct token token = {.kind = (uint16_t)kind, .at = lex_extent(lexer)};
    const char *text = token_text(kind);
    size_t size = lexer->at - lexer->start;
    if (size == strlen(text) && !memcmp(text, lexer->text + lexer->start, size))
        token.text = (struct ast_text){text, size};
    else
        token.text = lex_keep(lexer, lexer->text + lexer->start, size);
    return token;
}

struct ast_text lex_text_of(struct lexer *lexer, struct extent at)
{
    uint32_t start = from_source(lexer, at.start), end = from_source(lexer, at.end);
    return lex_keep(lexer, lexer->text + start, end > start ? end - start : 0);
}

uint32_t lex_mark(struct lexer *lexer)
{
    return to_source(&lexer->map, lexer->at);
}

void lex_resync(struct lexer *lexer, uint32_t offset)
{
    lexer->at = from_source(lexer, offset);
    token_list_back(lexer, offset);
}

static struct token end_token(const struct lexer *lexer)
{
    uint32_t end = to_source(&lexer->map, lexer->size) + 1;
    return (struct token){.kind = TOK_END_OF_INPUT, .at = {end, end}, .text = {"", 0}};
}

// In a command an operator is one only where nothing but the end of a word follows it.
static struct token operator_or_word(struct lexer *lexer, enum token_kind kind)
{
    if (lexer->mode == LEX_COMMAND && !char_ends_word(lex_peek(lexer)))
        return lex_word_from_start(lexer);
    return lex_token(lexer, kind);
}

static bool take_if(struct lexer *lexer, char c)
{
    if (lex_at_eof(lexer) || lex_byte(lexer, 0) != c)
        return false;
    lexer->at++;
    return true;
}

static bool is_digit_or_dot(uint32_t c)
{
    return (c >= '0' && c <= '9') || c == '.';
}

static struct token lex_plus(struct lexer *lexer)
{
    if (take_if(lexer, '+'))
        return operator_or_word(lexer, TOK_PLUS_PLUS);
    if (take_if(lexer, '='))
        return operator_or_word(lexer, TOK_PLUS_EQUALS);
    if (lexer->signed_numbers && is_digit_or_dot(lex_peek(lexer)))
        return lex_number(lexer);
    return operator_or_word(lexer, TOK_PLUS);
}

static struct token lex_dash(struct lexer *lexer)
{
    uint32_t c = lex_peek(lexer);
    if (char_is_dash(c)) {
        lex_take(lexer);
        return operator_or_word(lexer, TOK_MINUS_MINUS);
    }
    if (take_if(lexer, '='))
        return operator_or_word(lexer, TOK_MINUS_EQUALS);
    if (char_is_letter(c) || c == '_' || c == '?')
        return lex_parameter(lexer);
    if (lexer->signed_numbers && is_digit_or_dot(c))
        return lex_number(lexer);
    return operator_or_word(lexer, TOK_MINUS);
}

// After >: the rest of a redirection from a stream, 0 for all of them.
static struct token lex_redirection(struct lexer *lexer, unsigned from, bool may_merge)
{
    bool append = take_if(lexer, '>'), merge = false;
    char to = lex_byte(lexer, 1);
    if (!append && may_merge && lex_byte(lexer, 0) == '&' && (to == '1' || (to == '2' && from))) {
        lexer->at += 2;
        merge = true;
    }
    struct token token = lex_token(lexer, TOK_REDIRECTION);
    token.from = (uint8_t)from;
    token.to = merge ? (uint8_t)(to - '0') : 0;
    token.append = append;
    token.merge = merge;
    return token;
}

static struct token lex_star(struct lexer *lexer)
{
    if (take_if(lexer, '='))
        return operator_or_word(lexer, TOK_MULTIPLY_EQUALS);
    if (take_if(lexer, '>'))
        return lex_redirection(lexer, 0, true);
    return operator_or_word(lexer, TOK_MULTIPLY);
}

static struct token lex_digit(struct lexer *lexer, uint32_t digit)
{
    if (digit >= '1' && digit <= '6' && !lexer->signed_numbers && take_if(lexer, '>'))
        return lex_redirection(lexer, digit - '0', true);
    return lex_number(lexer);
}

static struct token lex_dot(struct lexer *lexer)
{
    uint32_t c = lex_peek(lexer);
    if (take_if(lexer, '.'))
        return operator_or_word(lexer, TOK_DOT_DOT);
    if (c >= '0' && c <= '9')
        return lex_number(lexer);
    if (lexer->mode == LEX_COMMAND && !char_ends_word(c) && c != '$' && c != '"' && c != '\'')
        return lex_word_from_start(lexer);
    return lex_token(lexer, TOK_DOT);
}

static struct token lex_colon(struct lexer *lexer)
{
    if (take_if(lexer, ':')) {
        if (lexer->mode == LEX_COMMAND && !lexer->simple_name && !char_ends_word(lex_peek(lexer)))
            return lex_word_from_start(lexer);
        return lex_token(lexer, TOK_COLON_COLON);
    }
    return lexer->mode == LEX_COMMAND ? lex_label(lexer) : lex_token(lexer, TOK_COLON);
}

// In an expression !name is a word, and so is what follows ! where it begins like a number and is none.
static struct token lex_exclaim(struct lexer *lexer)
{
    uint32_t c = lex_peek(lexer);
    bool expression = lexer->mode == LEX_EXPRESSION;
    if ((lexer->mode == LEX_COMMAND && !char_ends_word(c)) || (expression && char_starts_identifier(c)))
        return lex_word_from_start(lexer);
    if (expression && is_digit_or_dot(c)) {
        uint32_t start = lexer->start, at = lexer->at;
        lexer->start = at;
        lexer->at = at + 1;
        struct token number = lex_number(lexer);
        lexer->start = start;
        lexer->at = at;
        if (number.kind != TOK_NUMBER)
            return lex_word_from_start(lexer);
    }
    return lex_token(lexer, TOK_EXCLAIM);
}

static struct token lex_question(struct lexer *lexer)
{
    if (lexer->mode != LEX_EXPRESSION)
        return lex_word_from_start(lexer);
    if (!take_if(lexer, '?'))
        return lex_token(lexer, TOK_QUESTION_MARK);
    return lex_token(lexer, take_if(lexer, '=') ? TOK_COALESCE_EQUALS : TOK_COALESCE);
}

static struct token lex_at_sign(struct lexer *lexer)
{
    uint32_t c = lex_peek(lexer);
    if (take_if(lexer, '{'))
        return lex_token(lexer, TOK_AT_CURLY);
    if (take_if(lexer, '('))
        return lex_token(lexer, TOK_AT_PAREN);
    if (char_is_single_quote(c) || char_is_double_quote(c)) {
        lex_take(lexer);
        return lex_here_string(lexer, char_is_double_quote(c));
    }
    if (char_starts_variable(c))
        return lex_variable(lexer, true, false);
    lex_error(lexer, lexer->start, lexer->start + 1, PE_UnrecognizedToken);
    return lex_token(lexer, TOK_UNKNOWN);
}

static struct token lex_dollar_sign(struct lexer *lexer)
{
    if (take_if(lexer, '('))
        return lex_token(lexer, TOK_DOLLAR_PAREN);
    return lex_variable(lexer, false, false);
}

static struct token lex_bracket(struct lexer *lexer)
{
    if (lexer->mode == LEX_COMMAND && !char_ends_word(lex_peek(lexer)))
        return lex_word_from_start(lexer);
    return lex_token(lexer, TOK_LBRACKET);
}

static struct token lex_newline(struct lexer *lexer, uint32_t c)
{
    lex_skip_crlf(lexer, c);
    return lex_token(lexer, TOK_NEWLINE);
}

static struct token lex_other(struct lexer *lexer, uint32_t c)
{
    if (char_is_single_quote(c) || char_is_double_quote(c))
        return lex_string(lexer, char_is_double_quote(c));
    if (char_is_dash(c))
        return lex_dash(lexer);
    return char_starts_identifier(c) ? lex_identifier(lexer) : lex_word_from_start(lexer);
}

static struct token lex_from(struct lexer *lexer, uint32_t c)
{
    switch (c) {
    case '@': return lex_at_sign(lexer);
    case '\n':
    case '\r': return lex_newline(lexer, c);
    case '=': return operator_or_word(lexer, TOK_EQUALS);
    case '+': return lex_plus(lexer);
    case '*': return lex_star(lexer);
    case '/': return operator_or_word(lexer, take_if(lexer, '=') ? TOK_DIVIDE_EQUALS : TOK_DIVIDE);
    case '%': return operator_or_word(lexer, take_if(lexer, '=') ? TOK_REMAINDER_EQUALS : TOK_REM);
    case '$': return lex_dollar_sign(lexer);
    case '<': return lex_token(lexer, TOK_REDIRECT_IN);
    case '>': return lex_redirection(lexer, 1, false);
    case '(': return lex_token(lexer, TOK_LPAREN);
    case ')': return lex_token(lexer, TOK_RPAREN);
    case '[': return lex_bracket(lexer);
    case ']': return lex_token(lexer, TOK_RBRACKET);
    case '{': return lex_token(lexer, TOK_LCURLY);
    case '}': return lex_token(lexer, TOK_RCURLY);
    case '.': return lex_dot(lexer);
    case ';': return lex_token(lexer, TOK_SEMI);
    case ',': return lex_token(lexer, TOK_COMMA);
    case '&': return lex_token(lexer, take_if(lexer, '&') ? TOK_AND_AND : TOK_AMPERSAND);
    case '|': return lex_token(lexer, take_if(lexer, '|') ? TOK_OR_OR : TOK_PIPE);
    case '!': return lex_exclaim(lexer);
    case ':': return lex_colon(lexer);
    case '?': return lex_question(lexer);
    default:
        return c >= '0' && c <= '9' ? lex_digit(lexer, c) : lex_other(lexer, c);
    }
}

// A backtick before a line's end continues the line; before a blank it is one; else it begins a word.
static bool skip_continuation(struct lexer *lexer, bool *ret_word)
{
    uint32_t size, at = lexer->at, c = lex_peek_at(lexer, at + 1, &size);
    *ret_word = false;
    if (size == 0) {
        lexer->at++;
        lex_incomplete(lexer, lexer->at, PE_IncompleteString);
        return true;
    }
    if (c != '\n' && c != '\r' && !char_is_blank(c)) {
        *ret_word = true;
        return false;
    }
    lexer->at += 1 + size;
    lex_skip_crlf(lexer, c);
    if (c == '\n' || c == '\r')
        token_list_add_kind(lexer, TOK_LINE_CONTINUATION, at, lexer->at);
    return true;
}

static bool skip_comment(struct lexer *lexer)
{
    if (lex_byte(lexer, 0) == '#') {
        lex_skip_line_comment(lexer);
        return true;
    }
    if (lex_byte(lexer, 0) != '<' || lex_byte(lexer, 1) != '#')
        return false;
    lexer->at += 2;
    lex_skip_block_comment(lexer);
    return true;
}

// Skips what stands between tokens; newlines are tokens. False: a word begins with a backtick.
static bool skip_to_token(struct lexer *lexer)
{
    bool word = false;
    for (;;) {
        lex_skip_blanks(lexer);
        if (skip_comment(lexer))
            continue;
        if (lex_byte(lexer, 0) != '`' || !skip_continuation(lexer, &word))
            return !word;
    }
}

static struct token lex_escaped_word(struct lexer *lexer)
{
    lexer->start = lexer->at++;
    lex_backtick(lexer);
    return lex_word(lexer);
}

static bool may_go_on(struct lexer *lexer, uint32_t from)
{
    lexer->work += lexer->at - from + 1;
    if (lexer->work > lexer->work_limit)
        lexer->fatal = "ScriptTooComplicated";
    if (lexer->value.failed || lexer->parts.failed)
        lexer->fatal = "OutOfMemory";
    return !lexer->fatal;
}

struct token lex_next(struct lexer *lexer)
{
    uint32_t from = lexer->at;
    struct token token;
    if (lexer->fatal)
        return end_token(lexer);
    buf_clear(&lexer->value);
    buf_clear(&lexer->parts);
    if (!skip_to_token(lexer)) {
        token = lex_escaped_word(lexer);
    } else {
        lexer->start = lexer->at;
        token = lex_at_eof(lexer) ? end_token(lexer) : lex_from(lexer, lex_take(lexer));
    }
    if (!may_go_on(lexer, from))
        return end_token(lexer);
    token_list_add(lexer, &token);
    return token;
}
