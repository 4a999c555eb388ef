// What stands between tokens, and the few places where the parser asks for characters instead of a token.
#include <string.h>
#include <strings.h>

#include "syntax/lexer-internal.h"
#include "syntax/token-list.h"

void lex_skip_blanks(struct lexer *lexer)
{
    uint32_t size;
    while (char_is_blank(lex_peek_at(lexer, lexer->at, &size)))
        lexer->at += size;
}

void lex_skip_crlf(struct lexer *lexer, uint32_t taken)
{
    if (taken == '\r' && lex_byte(lexer, 0) == '\n')
        lexer->at++;
}

// "# SIG # Begin signature block", whatever the blanks.
static bool begins_signature(const char *line, const char *end)
{
    const char *want = "#sig#beginsignatureblock";
    for (; line < end && *want; line++) {
        if (*line == ' ' || *line == '\t')
            continue;
        if ((*line | 0x20) != (*want | 0x20))
            return false;
        want++;
    }
    return !*want;
}

// The same line may be read more than once.
static void note_requires(struct lexer *lexer, const char *line, const char *end)
{
    static const char word[] = "#requires";
    struct source *source = lexer->source;
    size_t size = sizeof word - 1;
    if ((size_t)(end - line) <= size || strncasecmp(line, word, size) || (line[size] != ' ' && line[size] != '\t'))
        return;
    uint32_t at = lex_mark(lexer);
    for (unsigned i = 0; i < source->require_count; i++)
        if (source->requirements[i].start == at)
            return;
    if (source->require_count < REQUIRES)
        source->requirements[source->require_count++] = (struct requirement){at, 0};
}

void lex_skip_line_comment(struct lexer *lexer)
{
    const char *line = lexer->text + lexer->at, *end = lexer->text + lexer->size, *at = line;
    while (at < end && *at != '\n' && *at != '\r')
        at++;
    if (begins_signature(line, at))
        lexer->signature = lex_mark(lexer);
    note_requires(lexer, line, at);
    token_list_add_kind(lexer, TOK_COMMENT, lexer->at, (uint32_t)(at - lexer->text));
    lexer->at = (uint32_t)(at - lexer->text);
}

void lex_skip_block_comment(struct lexer *lexer)
{
    uint32_t start = lexer->at - 2;
    const char *end = memmem(lexer->text + lexer->at, lexer->size - lexer->at, "#>", 2);
    if (end) {
        lexer->at = (uint32_t)(end - lexer->text) + 2;
        token_list_add_kind(lexer, TOK_COMMENT, start, lexer->at);
        return;
    }
    lexer->at = lexer->size;
    lex_incomplete(lexer, start, PE_MissingTerminatorMultiLineComment);
}

static bool skip_newline_or_comment(struct lexer *lexer)
{
    char c = lex_byte(lexer, 0);
    lexer->start = lexer->at;
    if (c == '\n' || c == '\r') {
        lexer->at += c == '\r' && lex_byte(lexer, 1) == '\n' ? 2 : 1;
        token_list_add_kind(lexer, TOK_NEWLINE, lexer->start, lexer->at);
        return true;
    }
    if (c == '#') {
        lex_skip_line_comment(lexer);
        return true;
    }
    if (c != '<' || lex_byte(lexer, 1) != '#')
        return false;
    lexer->at += 2;
    lex_skip_block_comment(lexer);
    return true;
}

static bool skip_backtick(struct lexer *lexer)
{
    uint32_t size, c = lex_peek_at(lexer, lexer->at + 1, &size);
    if (lex_byte(lexer, 0) != '`' || !size || (c != '\n' && c != '\r' && !char_is_blank(c)))
        return false;
    if (c == '\n' || c == '\r')
        token_list_add_kind(lexer, TOK_LINE_CONTINUATION, lexer->at, lexer->at + 1 + size);
    lexer->at += 1 + size;
    return true;
}

void lex_skip_newlines(struct lexer *lexer, bool semicolons)
{
    uint32_t from = lexer->at;
    for (;;) {
        lex_skip_blanks(lexer);
        if (skip_newline_or_comment(lexer) || skip_backtick(lexer))
            continue;
        if (!semicolons || lex_byte(lexer, 0) != ';')
            break;
        token_list_add_kind(lexer, TOK_SEMI, lexer->at, lexer->at + 1);
        lexer->at++;
    }
    lexer->work += lexer->at - from;
}

static bool take_operator(struct lexer *lexer, uint32_t size, enum token_kind kind, struct token *ret)
{
    lexer->start = lexer->at;
    lexer->at += size;
    *ret = lex_token(lexer, kind);
    token_list_add(lexer, ret);
    return true;
}

// In a command, ". " and ":: " end an argument: they are no member access.
static bool is_argument_end(const struct lexer *lexer, uint32_t ahead)
{
    uint32_t size, c = lex_peek_at(lexer, lexer->at + ahead, &size);
    return lexer->mode == LEX_COMMAND && (!c || c == '\n' || c == '\r' || char_is_blank(c));
}

bool lex_member_operator(struct lexer *lexer, bool brackets, struct token *ret)
{
    while (lex_byte(lexer, 0) == '<' && lex_byte(lexer, 1) == '#') {
        lexer->at += 2;
        lex_skip_block_comment(lexer);
    }
    if (lexer->fatal)
        return false;
    char c = lex_byte(lexer, 0), next = lex_byte(lexer, 1);
    if (c == '.' && next != '.' && !is_argument_end(lexer, 1))
        return take_operator(lexer, 1, TOK_DOT, ret);
    if (c == ':' && next == ':' && !is_argument_end(lexer, 2))
        return take_operator(lexer, 2, TOK_COLON_COLON, ret);
    if (c == '[' && brackets)
        return take_operator(lexer, 1, TOK_LBRACKET, ret);
    if (c == '?' && next == '.')
        return take_operator(lexer, 2, TOK_QUESTION_DOT, ret);
    return c == '?' && next == '[' && brackets && take_operator(lexer, 2, TOK_QUESTION_LBRACKET, ret);
}

bool lex_invoke_open(struct lexer *lexer, struct token *ret)
{
    char c = lexer->fatal ? 0 : lex_byte(lexer, 0);
    if (c == '(')
        return take_operator(lexer, 1, TOK_LPAREN, ret);
    return c == '{' && take_operator(lexer, 1, TOK_LCURLY, ret);
}

bool lex_left_bracket(struct lexer *lexer, struct token *ret)
{
    uint32_t from = lexer->at;
    bool blanks = false;
    for (;;) {
        uint32_t before = lexer->at;
        lex_skip_blanks(lexer);
        blanks = blanks || lexer->at > before;
        if (lex_byte(lexer, 0) == '#') {
            lex_skip_line_comment(lexer);
            blanks = true;
        } else if (lex_byte(lexer, 0) == '<' && lex_byte(lexer, 1) == '#') {
            lexer->at += 2;
            lex_skip_block_comment(lexer);
            blanks = false;
        } else {
            break;
        }
    }
    char c = lexer->fatal ? 0 : lex_byte(lexer, 0);
    if (c == '[')
        return take_operator(lexer, 1, TOK_LBRACKET, ret);
    if (blanks && (c == '.' || c == ':'))
        lexer->at = from;
    return false;
}

struct token lex_verbatim(struct lexer *lexer)
{
    bool quoted = false;
    lex_skip_blanks(lexer);
    lexer->start = lexer->at;
    while (!lex_at_eof(lexer)) {
        uint32_t size, c = lex_peek_at(lexer, lexer->at, &size);
        if (c == '\n' || c == '\r')
            break;
        if (!quoted && (c == '|' || (c == '&' && lex_byte(lexer, 1) == '&')))
            break;
        quoted = quoted != char_is_double_quote(c);
        lexer->at += size;
    }
    struct token token = lex_token(lexer, TOK_GENERIC);
    token_list_add(lexer, &token);
    return token;
}

static bool skip_assembly_part(struct lexer *lexer)
{
    uint32_t size, start;
    lex_skip_blanks(lexer);
    start = lexer->at;
    while (!lex_at_eof(lexer) && !char_ends_assembly_part(lex_peek_at(lexer, lexer->at, &size)))
        lexer->at += size;
    bool any = lexer->at > start;
    lex_skip_blanks(lexer);
    return any;
}

struct extent lex_assembly_name(struct lexer *lexer)
{
    uint32_t start = lexer->at;
    bool any = skip_assembly_part(lexer);
    while (lex_byte(lexer, 0) == ',') {
        lexer->at++;
        any = true;
        skip_assembly_part(lexer);
        if (lex_byte(lexer, 0) == '=') {
            lexer->at++;
            skip_assembly_part(lexer);
        }
    }
    return any ? lex_range(lexer, start, lexer->at) : lex_range(lexer, start, start);
}

// Looks ahead of the token being read without moving; positions are those of this text.
struct look {
    const struct lexer *lexer;
    uint32_t at;
};

static void look_over_line(struct look *look)
{
    while (look->at < look->lexer->size && look->lexer->text[look->at] != '\n' &&
           look->lexer->text[look->at] != '\r')
        look->at++;
}

static void look_over_block(struct look *look)
{
    const struct lexer *lexer = look->lexer;
    look->at += 2;
    const char *end =
        look->at < lexer->size ? memmem(lexer->text + look->at, lexer->size - look->at, "#>", 2) : NULL;
    look->at = end ? (uint32_t)(end - lexer->text) + 2 : lexer->size;
}

static bool look_over_comment(struct look *look)
{
    const char *at = look->lexer->text + look->at;
    if (*at == '#') {
        look_over_line(look);
        return true;
    }
    if (*at != '<' || look->at + 1 >= look->lexer->size || at[1] != '#')
        return false;
    look_over_block(look);
    return true;
}

// Newlines are not blanks here: an open bracket at the end of a line that another line follows is a mistake.
bool lex_at_end(const struct lexer *lexer, struct extent at)
{
    if (lexer->map.outer || lexer->map.base)
        return at.end >= lexer->size; // as PowerShell, which compares with the text of $( ) alone
    struct look look = {lexer, at.end};
    while (look.at < lexer->size) {
        uint32_t size, c = lex_peek_at(lexer, look.at, &size);
        if (look_over_comment(&look))
            continue;
        if (!char_is_blank(c))
            return false;
        look.at += size;
    }
    return true;
}

bool lex_pipe_follows(const struct lexer *lexer, struct extent newline)
{
    (void)newline;
    struct look look = {lexer, lexer->at};
    bool blank_line = true;
    while (look.at < lexer->size) {
        uint32_t size, c = lex_peek_at(lexer, look.at, &size);
        if (char_is_blank(c)) {
            look.at += size;
            continue;
        }
        if (c == '\n' || c == '\r') {
            if (blank_line)
                return false;
            blank_line = true;
            look.at += c == '\r' && look.at + 1 < lexer->size && lexer->text[look.at + 1] == '\n' ? 2 : 1;
            continue;
        }
        blank_line = false;
        if (!look_over_comment(&look))
            return c == '|';
    }
    return false;
}
