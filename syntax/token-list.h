// syntax/token-list.h: the tokens of a text, in their order, as programs ask for them.
//
// The parser reads some characters more than once, each time as another token: what is read again takes the
// place of what was read before.
#ifndef SYNTAX_TOKEN_LIST_H
#define SYNTAX_TOKEN_LIST_H

#include "syntax/lexer.h"

struct token_list {
    struct token *at;
    size_t count, capacity;
    bool failed; // memory
};

void token_list_add(struct lexer *lexer, const struct token *token); // nothing where nobody asked for them
void token_list_add_kind(struct lexer *lexer, enum token_kind kind, uint32_t start, uint32_t end);
void token_list_back(struct lexer *lexer, uint32_t offset); // it is read again from there
void token_list_free(struct token_list *list);

#endif
