// syntax/token.h: the kinds of tokens and what each may do.
#ifndef SYNTAX_TOKEN_H
#define SYNTAX_TOKEN_H

enum token_kind {
#define TOKEN(kind, text, flags) TOK_##kind,
#include "syntax/token.def"
#undef TOKEN
    TOKEN_KINDS
};

enum token_flag {
    TF_PRECEDENCE = 0x0f, // the low bits are the binary precedence, higher binds tighter
    TF_BINARY = 1 << 4,
    TF_UNARY = 1 << 5,
    TF_ASSIGN = 1 << 6,
    TF_KEYWORD = 1 << 7,
    TF_CASE = 1 << 8,        // the case-sensitive form of an operator
    TF_INVARIANT = 1 << 10,     // the same token whatever the lexer's mode
    TF_BLOCK_NAME = 1 << 11,    // begin, process, …
    TF_NO_ATTRIBUTES = 1 << 12, // a statement that no attribute may precede
    TF_RESTRICTED = 1 << 9,  // disallowed in RestrictedLanguage and data sections
};

const char *token_text(enum token_kind kind);
unsigned token_flags(enum token_kind kind);

#endif
