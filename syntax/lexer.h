// syntax/lexer.h: from text to tokens, one at a time, in the mode that the parser asks for.
//
// PowerShell has no tokens apart from its grammar: the same characters are a word in a command and an
// operator in an expression. So the parser sets the mode, may take a token back, and has it read again in
// another mode.
#ifndef SYNTAX_LEXER_H
#define SYNTAX_LEXER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/number.h"
#include "syntax/ast.h"
#include "syntax/diagnose.h"
#include "syntax/token.h"

enum lex_mode { LEX_COMMAND, LEX_EXPRESSION, LEX_TYPE_NAME, LEX_SIGNATURE };

// Where a text that is read stands in the source: a piece of `outer`, or of the source where that is NULL,
// from which single characters may have been dropped ("" is " inside of $( ) in a string).
struct lex_map {
    const struct lex_map *outer;
    uint32_t base;
    const uint32_t *dropped; // ascending: the positions in this text before which a byte was dropped
    uint32_t dropped_count;
};

// An expression inside a string or a word.
struct token_part {
    bool is_variable; // else $( ), whose text is read later
    bool is_braced;
    struct extent at;
    struct ast_text text; // name of the variable, or the text of $( ) with its parentheses
    struct lex_map map;
    uint32_t before, after; // the literal text around it: offsets in the token's text
};

struct token {
    uint16_t kind; // enum token_kind
    uint8_t quote; // enum ast_quote
    uint8_t from, to;
    bool append;  // >>
    bool merge;   // n>&m
    bool colon;   // -name:
    bool braced;  // ${name}
    struct extent at;
    struct ast_text text; // value of strings and words, name of variables and parameters, else as written
    const struct number *number;
    const struct token_part *parts;
    uint32_t part_count;
    bool expandable; // "…", even without parts
};

struct lexer {
    const char *text;
    uint32_t size, at;
    uint32_t start; // of the token being read
    struct lex_map map;
    enum lex_mode mode;
    bool signed_numbers;  // an operand is due: -1 is one token, 2> is a number and a redirection
    bool ternary;         // ? and : end a number
    bool simple_name;     // no keywords, and a name ends where a word would go on
    uint32_t signature;   // offset of the signature block in the source, or UINT32_MAX
    uint64_t work, work_limit;
    struct source *source;
    struct buf value;     // of the token being read
    struct buf parts;     // struct token_part
    const char *fatal;    // an error id: nothing more is read
};

void lex_init(struct lexer *lexer, struct source *source);
void lex_free(struct lexer *lexer);
struct token lex_next(struct lexer *lexer);

// Reading continues at an offset of the source (a token's start, or lex_mark).
void lex_resync(struct lexer *lexer, uint32_t offset);
uint32_t lex_mark(struct lexer *lexer);

void lex_skip_newlines(struct lexer *lexer, bool semicolons);
bool lex_member_operator(struct lexer *lexer, bool brackets,
                         struct token *ret); // . :: ?. [ ?[ without blanks before
bool lex_invoke_open(struct lexer *lexer, struct token *ret);                   // ( { without blanks before
bool lex_left_bracket(struct lexer *lexer, struct token *ret);                  // [ with blanks before
struct token lex_verbatim(struct lexer *lexer);                                 // what follows --%
struct extent lex_assembly_name(struct lexer *lexer); // after the comma of a type's name
bool lex_at_end(const struct lexer *lexer,
                struct extent at); // nothing but blanks and comments follow: incomplete input
bool lex_pipe_follows(const struct lexer *lexer, struct extent newline); // the next line continues with |
struct ast_text lex_text_of(struct lexer *lexer, struct extent at);

#endif
