// Words, names, parameters, numbers.
#include <string.h>

#include "base/utf8.h"
#include "syntax/lexer-internal.h"

static void append_bytes(struct lexer *lexer, uint32_t size)
{
    buf_add(&lexer->value, lexer->text + lexer->at, size);
    lexer->at += size;
}

static bool word_part(struct lexer *lexer, uint32_t c, uint32_t size)
{
    bool more = size < lexer->size - lexer->at;
    if (c == '`' && more && lexer->text[lexer->at + 1]) {
        lexer->at += size;
        lex_backtick(lexer);
        return true;
    }
    if (!char_is_single_quote(c) && !char_is_double_quote(c) && c != '$')
        return false;
    uint32_t at = lexer->at;
    lexer->at += size;
    if (char_is_single_quote(c))
        lex_single_quoted(lexer);
    else if (char_is_double_quote(c))
        lex_double_quoted(lexer);
    else if (!lex_dollar(lexer, false)) {
        lexer->at = at;
        return false;
    }
    return true;
}

struct token lex_word(struct lexer *lexer)
{
    uint32_t size, c;
    while (!char_ends_word(c = lex_peek_at(lexer, lexer->at, &size)))
        if (!word_part(lexer, c, size))
            append_bytes(lexer, size);
    struct token token = {.kind = TOK_GENERIC, .at = lex_extent(lexer)};
    lex_set_parts(lexer, &token);
    token.expandable = token.part_count > 0;
    return token;
}

// The first character belongs to the word even where it would end one.
struct token lex_word_from_start(struct lexer *lexer)
{
    uint32_t size, c;
    lexer->at = lexer->start;
    buf_clear(&lexer->value);
    buf_clear(&lexer->parts);
    c = lex_peek_at(lexer, lexer->at, &size);
    if (char_ends_word(c))
        append_bytes(lexer, size);
    return lex_word(lexer);
}

static bool keyword_of(const char *text, size_t size, enum token_kind *ret_kind)
{
    for (enum token_kind kind = TOK_BEGIN; kind <= TOK_COMMAND; kind++) {
        const char *word = token_text(kind);
        if ((word[0] ^ text[0]) & 0xDF || !utf8_same_ignore_case(text, size, word, strlen(word)))
            continue;
        *ret_kind = kind;
        return kind != TOK_INLINESCRIPT; // a keyword of workflows only
    }
    return false;
}

static bool follows_type_name(uint32_t c)
{
    return (c && c < 0x80 && strchr(".`_+#\\", (int)c)) || char_is_letter_or_digit(c);
}

static struct token lex_type_name(struct lexer *lexer)
{
    uint32_t size;
    while (follows_type_name(lex_peek_at(lexer, lexer->at, &size)))
        lexer->at += size;
    return lex_token(lexer, TOK_IDENTIFIER);
}

struct token lex_identifier(struct lexer *lexer)
{
    uint32_t size, c;
    enum token_kind kind;
    bool command = lexer->mode == LEX_COMMAND;
    while (char_follows_identifier(c = lex_peek_at(lexer, lexer->at, &size)))
        lexer->at += size;
    if (lexer->mode == LEX_TYPE_NAME)
        return lex_type_name(lexer);
    if (lexer->simple_name)
        return lex_token(lexer, TOK_IDENTIFIER);
    if (command && !char_ends_word(c))
        return lex_word_from_start(lexer);
    if ((command || lexer->mode == LEX_SIGNATURE)
        && keyword_of(lexer->text + lexer->start, lexer->at - lexer->start, &kind))
        return lex_token(lexer, kind);
    return lex_token(lexer, TOK_IDENTIFIER);
}

static bool starts_ignoring_case(struct ast_text text, const char *prefix)
{
    size_t size = strlen(prefix);
    return text.size >= size && utf8_same_ignore_case(text.at, size, prefix, size);
}

// What stands after the scope or drive of a variable's name. *ret_drive: it is a drive.
static size_t path_after_colon(struct ast_text name, bool *ret_drive)
{
    static const char *const scopes[] = {"global:", "local:", "private:", "script:", "variable:"};
    *ret_drive = false;
    for (size_t i = 0; i < sizeof scopes / sizeof *scopes; i++)
        if (starts_ignoring_case(name, scopes[i]))
            return name.size - strlen(scopes[i]);
    const char *colon = memchr(name.at, ':', name.size);
    *ret_drive = colon && colon > name.at;
    return colon ? name.size - (size_t)(colon - name.at) - 1 : name.size;
}

static struct token variable_token(struct lexer *lexer, struct ast_text name, bool splatted, bool braced)
{
    bool drive;
    if (!path_after_colon(name, &drive))
        lex_error(lexer, lexer->start, lexer->at, braced ? PE_InvalidBracedVariableReference
                  : drive ? PE_InvalidVariableReferenceWithDrive : PE_InvalidVariableReference);
    return (struct token){
        .kind = splatted ? TOK_SPLATTED_VARIABLE : TOK_VARIABLE,
        .at = lex_extent(lexer),
        .text = name,
        .braced = braced,
    };
}

// One character of a name in braces; false where the name ends.
static bool braced_character(struct lexer *lexer, struct buf *name, bool in_string)
{
    char bytes[4];
    uint32_t size, at = lexer->at, c = lex_peek_at(lexer, at, &size);
    if (!size || c == '}')
        return false;
    lexer->at += size;
    if (c == '`') {
        if (lex_at_eof(lexer))
            return false;
        c = lex_escape(lexer);
        return buf_add(name, bytes, utf8_encode(c, bytes)) || true;
    }
    if (char_is_double_quote(c) && in_string) {
        if (lex_at_eof(lexer))
            return false;
        uint32_t next_size;
        if (char_is_double_quote(lex_peek_at(lexer, lexer->at, &next_size))) {
            at = lexer->at;
            size = next_size;
            lexer->at += size;
        }
    }
    if (c == '{')
        lex_error(lexer, lexer->at, lexer->at + 1, PE_OpenBraceNeedsToBeBackTickedInVariableName);
    buf_add(name, lexer->text + at, size);
    return true;
}

static struct token lex_braced_variable(struct lexer *lexer, bool in_string)
{
    uint32_t brace = lexer->at++;
    struct buf name = BUF_INIT;
    while (braced_character(lexer, &name, in_string))
        ;
    bool closed = lex_byte(lexer, 0) == '}' && !lex_at_eof(lexer);
    if (closed)
        lexer->at++;
    else
        lex_incomplete(lexer, brace, PE_IncompleteDollarVariableReference);
    if (!name.size) {
        if (closed)
            lex_error(lexer, lexer->at - 1, lexer->at, PE_EmptyVariableReference);
        buf_add_text(&name, ":Error:");
    }
    uint32_t c = lex_peek(lexer);
    struct token token;
    if (lexer->mode == LEX_COMMAND && !char_ends_word(c) && c != '.' && c != '[')
        token = lex_word_from_start(lexer);
    else
        token = variable_token(lexer, lex_keep(lexer, name.data, name.size), false, true);
    buf_free(&name);
    return token;
}

static bool ends_variable(uint32_t c)
{
    return !c || (c < 0x80 && strchr("\t\r\n &(),;{}|.[=", (int)c));
}

// Skips a name; false where in a command the name is the beginning of a word.
static bool skip_name(struct lexer *lexer)
{
    for (;;) {
        uint32_t size, c = lex_peek_at(lexer, lexer->at, &size);
        if (c == ':' && lex_byte(lexer, 1) == ':')
            return true;
        if (c != ':' && c != '_' && c != '?' && !char_is_letter_or_digit(c))
            return ends_variable(c) || lexer->mode != LEX_COMMAND || char_ends_word(c);
        lexer->at += size;
    }
}

struct token lex_variable(struct lexer *lexer, bool splatted, bool in_string)
{
    uint32_t start = lexer->at, size, c = lex_peek_at(lexer, start, &size);
    if (c == '{' && !splatted)
        return lex_braced_variable(lexer, in_string);
    if (!char_starts_variable(c))
        return lex_word_from_start(lexer);
    lexer->at += size;
    bool whole = c == '$' || c == '?' || c == '^';
    bool word = whole ? lexer->mode == LEX_COMMAND && !char_ends_word(lex_peek(lexer)) : !skip_name(lexer);
    if (word)
        return lex_word_from_start(lexer);
    return variable_token(lexer, lex_keep(lexer, lexer->text + start, lexer->at - start), splatted, false);
}

static bool operator_of(const char *text, size_t size, enum token_kind *ret_kind)
{
    for (enum token_kind kind = TOK_FORMAT; kind <= TOK_SHR; kind++) {
        const char *name = token_text(kind) + 1;
        size_t length = strlen(name);
        bool insensitive = kind >= TOK_IEQ && kind <= TOK_ISPLIT && size && (text[0] | 0x20) == 'i';
        if (!utf8_same_ignore_case(text, size, name, length)
            && !(insensitive && utf8_same_ignore_case(text + 1, size - 1, name, length)))
            continue;
        *ret_kind = kind;
        return true;
    }
    return false;
}

enum parameter_end { GOES_ON, ENDS, ENDS_WITH_COLON, IS_WORD };

static enum parameter_end parameter_character(const struct lexer *lexer, uint32_t c)
{
    bool command = lexer->mode == LEX_COMMAND;
    if (!c || char_is_blank(c) || (c < 0x80 && strchr("{}();,|&.[\r\n", (int)c)))
        return ENDS;
    if (c == ':')
        return ENDS_WITH_COLON;
    if (char_is_single_quote(c) || char_is_double_quote(c))
        return command ? IS_WORD : ENDS;
    bool letter = c < 0x80 && char_is_letter(c);
    return letter || command ? GOES_ON : ENDS;
}

struct token lex_parameter(struct lexer *lexer)
{
    uint32_t size, name = lexer->at;
    enum parameter_end end;
    while ((end = parameter_character(lexer, lex_peek_at(lexer, lexer->at, &size))) == GOES_ON)
        lexer->at += size;
    if (end == IS_WORD)
        return lex_word_from_start(lexer);
    const char *text = lexer->text + name;
    size_t length = lexer->at - name;
    enum token_kind kind;
    if (end == ENDS_WITH_COLON && lexer->mode == LEX_COMMAND)
        lexer->at++;
    if (lexer->mode == LEX_EXPRESSION && operator_of(text, length, &kind))
        return lex_token(lexer, kind);
    if (!length)
        return lex_token(lexer, TOK_MINUS);
    return (struct token){
        .kind = TOK_PARAMETER,
        .at = lex_extent(lexer),
        .text = lex_keep(lexer, text, length),
        .colon = end == ENDS_WITH_COLON,
    };
}

static bool number_ends(const struct lexer *lexer)
{
    uint32_t c = lex_peek(lexer);
    return char_ends_word(c) || (lexer->mode == LEX_EXPRESSION && char_ends_number(c, lexer->ternary));
}

struct token lex_number(struct lexer *lexer)
{
    const char *text = lexer->text + lexer->start;
    bool malformed = true;
    uint32_t first = *text == '.' || (*text >= '0' && *text <= '9') ? 0 : NUMBER_SIGN;
    size_t size = number_scan(text, lexer->size - lexer->start, first, &malformed);
    lexer->at = lexer->start + (uint32_t)size;
    if (!size || malformed || !number_ends(lexer))
        return lex_word_from_start(lexer);
    struct number *number = arena_new(&lexer->source->arena, sizeof *number);
    if (!number)
        lexer->fatal = "OutOfMemory";
    else if (!number_parse(text, size, first, &lexer->source->arena, number)) {
        if (lexer->mode != LEX_EXPRESSION)
            return lex_word_from_start(lexer);
        lex_error(lexer, lexer->start, lexer->at, PE_BadNumericConstant);
    }
    struct token token = lex_token(lexer, TOK_NUMBER);
    token.number = number;
    return token;
}

struct token lex_label(struct lexer *lexer)
{
    uint32_t size, name = lexer->at, c = lex_peek_at(lexer, name, &size);
    if (!char_starts_identifier(c))
        return lex_word_from_start(lexer);
    while (char_follows_identifier(c)) {
        lexer->at += size;
        c = lex_peek_at(lexer, lexer->at, &size);
    }
    if (lexer->mode == LEX_COMMAND && !char_ends_word(c))
        return lex_word_from_start(lexer);
    struct token token = lex_token(lexer, TOK_LABEL);
    token.text = lex_keep(lexer, lexer->text + name, lexer->at - name);
    return token;
}
