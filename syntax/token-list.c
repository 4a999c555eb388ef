#include "syntax/token-list.h"

#include "base/mem.h"
#include "syntax/parser.h"

// Texts inside of strings have tokens of their own.
static struct token_list *list_of(const struct lexer *lexer)
{
    return lexer->text == lexer->source->text ? lexer->source->tokens : NULL;
}

static bool grow(struct token_list *list)
{
    size_t capacity = list->capacity ? 2 * list->capacity : 64;
    struct token *at = mem_resize(list->at, list->capacity * sizeof *at, capacity * sizeof *at);
    if (!at)
        return list->failed = true, false;
    list->at = at;
    list->capacity = capacity;
    return true;
}

static void drop_from(struct token_list *list, uint32_t offset)
{
    while (list->count && list->at[list->count - 1].at.start >= offset)
        list->count--;
}

void token_list_add(struct lexer *lexer, const struct token *token)
{
    struct token_list *list = list_of(lexer);
    if (!list)
        return;
    drop_from(list, token->at.start);
    if (list->count < list->capacity || grow(list))
        list->at[list->count++] = *token;
}

void token_list_add_kind(struct lexer *lexer, enum token_kind kind, uint32_t start, uint32_t end)
{
    struct token token = {.kind = (uint16_t)kind, .at = {start, end}};
    token.text = (struct ast_text){lexer->text + start, end - start};
    token_list_add(lexer, &token);
}

void token_list_back(struct lexer *lexer, uint32_t offset)
{
    struct token_list *list = list_of(lexer);
    if (list)
        drop_from(list, offset);
}

void token_list_free(struct token_list *list)
{
    if (list)
        mem_free(list->at, list->capacity * sizeof *list->at), mem_free(list, sizeof *list);
}
