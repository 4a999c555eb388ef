// syntax/lexer-internal.h: what the files of the lexer share.
#ifndef SYNTAX_LEXER_INTERNAL_H
#define SYNTAX_LEXER_INTERNAL_H

#include "syntax/chars.h"
#include "syntax/lexer.h"

uint32_t lex_peek_at(const struct lexer *lexer, uint32_t at, uint32_t *ret_size); // 0 with size 0 at the end
uint32_t lex_peek(const struct lexer *lexer);
uint32_t lex_take(struct lexer *lexer); // 0 at the end, where nothing is taken
char lex_byte(const struct lexer *lexer, uint32_t ahead); // 0 beyond the end
bool lex_at_eof(const struct lexer *lexer);
void lex_skip_blanks(struct lexer *lexer);
void lex_skip_line_comment(struct lexer *lexer);
void lex_skip_block_comment(struct lexer *lexer); // after <#
void lex_skip_crlf(struct lexer *lexer, uint32_t taken); // \n after a \r that was taken

struct extent lex_extent(const struct lexer *lexer); // of the token read so far
struct extent lex_range(const struct lexer *lexer, uint32_t start, uint32_t end);
void lex_error(struct lexer *lexer, uint32_t start, uint32_t end, enum parse_error_id id);
void lex_incomplete(struct lexer *lexer, uint32_t start, enum parse_error_id id); // to where reading stands

struct token lex_token(struct lexer *lexer, enum token_kind kind); // its text is what was read
struct ast_text lex_keep(struct lexer *lexer, const char *text, size_t size);
void lex_append(struct lexer *lexer, uint32_t codepoint);

struct token lex_word(struct lexer *lexer); // goes on after lexer->value
struct token lex_word_from_start(struct lexer *lexer);
struct token lex_identifier(struct lexer *lexer);
struct token lex_variable(struct lexer *lexer, bool splatted, bool in_string);
struct token lex_parameter(struct lexer *lexer);
struct token lex_number(struct lexer *lexer);
struct token lex_label(struct lexer *lexer);

struct token lex_string(struct lexer *lexer, bool expandable);
struct token lex_here_string(struct lexer *lexer, bool expandable);
void lex_single_quoted(struct lexer *lexer); // after the quote; appends to the value
void lex_double_quoted(struct lexer *lexer);
bool lex_dollar(struct lexer *lexer, bool here_string); // after $ in a string or word: takes an expression
void lex_backtick(struct lexer *lexer);                 // after `: appends what the escape means
uint32_t lex_escape(struct lexer *lexer);               // after `: takes the escape and gives its code point
void lex_set_parts(struct lexer *lexer, struct token *token);

#endif
