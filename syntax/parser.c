#include "syntax/parser.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "syntax/parser-internal.h"
#include "syntax/token-list.h"

struct token next_token(struct parser *p)
{
    if (p->has_ahead && !p->lexer.fatal) {
        p->has_ahead = false;
        return p->ahead;
    }
    p->has_ahead = false;
    return lex_next(&p->lexer);
}

const struct token *peek_token(struct parser *p)
{
    if (!p->has_ahead || p->lexer.fatal) {
        p->ahead = lex_next(&p->lexer);
        p->has_ahead = true;
    }
    return &p->ahead;
}

enum token_kind peek_kind(struct parser *p)
{
    return (enum token_kind)peek_token(p)->kind;
}

void skip_token(struct parser *p)
{
    p->has_ahead = false;
}

void unget_token(struct parser *p, const struct token *token)
{
    p->ahead = *token;
    p->has_ahead = true;
}

bool take_token(struct parser *p, enum token_kind kind, struct token *ret)
{
    *ret = next_token(p);
    if (ret->kind == kind)
        return true;
    unget_token(p, ret);
    return false;
}

void skip_newlines(struct parser *p)
{
    if (p->has_ahead && p->ahead.kind != TOK_NEWLINE)
        return;
    p->has_ahead = false;
    lex_skip_newlines(&p->lexer, false);
}

void skip_separators(struct parser *p)
{
    if (p->has_ahead && p->ahead.kind != TOK_NEWLINE && p->ahead.kind != TOK_SEMI)
        return;
    p->has_ahead = false;
    lex_skip_newlines(&p->lexer, true);
}

enum lex_mode set_mode(struct parser *p, enum lex_mode mode)
{
    enum lex_mode old = p->lexer.mode;
    if (mode != old && p->has_ahead && !(token_flags(p->ahead.kind) & TF_INVARIANT))
        resync(p, p->ahead.at.start);
    p->lexer.mode = mode;
    return old;
}

// What may be attributes is read up to three times, so nested ones would cost 3^n.
static void note_reread(struct parser *p, uint32_t from, uint32_t to)
{
    p->reread += from > to ? from - to : 0;
    if (p->reread > REREAD_LEAST + (uint64_t)REREAD_TIMES * p->source->size && !p->lexer.fatal)
        p->lexer.fatal = "ScriptTooComplicated";
}

void resync(struct parser *p, uint32_t offset)
{
    note_reread(p, mark(p), offset);
    p->has_ahead = false;
    lex_resync(&p->lexer, offset);
}

uint32_t mark(struct parser *p)
{
    return lex_mark(&p->lexer);
}

bool is_parameter(const struct token *token, const char *name)
{
    size_t size = token->text.size;
    return size <= strlen(name) && utf8_same_ignore_case(token->text.at, size, name, size);
}

bool is_binary(enum token_kind kind)
{
    return token_flags(kind) & TF_BINARY;
}

struct ast_text raw_text(struct parser *p, const struct token *token)
{
    switch (token->kind) {
    case TOK_PARAMETER:
    case TOK_LABEL:
    case TOK_VARIABLE:
    case TOK_SPLATTED_VARIABLE:
        return lex_text_of(&p->lexer, token->at);
    default:
        return token->text;
    }
}

static int bracket_of(enum token_kind kind, int *ret_step)
{
    static const enum token_kind open[] = {TOK_LPAREN, TOK_LCURLY, TOK_LBRACKET};
    static const enum token_kind close[] = {TOK_RPAREN, TOK_RCURLY, TOK_RBRACKET};
    for (int i = 0; i < 3; i++) {
        *ret_step = kind == open[i] ? 1 : -1;
        if (kind == open[i] || kind == close[i])
            return i;
    }
    return -1;
}

static bool is_among(enum token_kind kind, const enum token_kind *kinds, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (kinds[i] == kind)
            return true;
    return false;
}

// Skips to one of the tokens, over balanced brackets; a bracket that is waited for counts as open already.
void sync_on_error(struct parser *p, bool consume, const enum token_kind *kinds, size_t count)
{
    int open[3] = {is_among(TOK_RPAREN, kinds, count), is_among(TOK_RCURLY, kinds, count),
                   is_among(TOK_RBRACKET, kinds, count)};
    for (;;) {
        struct token token = next_token(p);
        int step, bracket = bracket_of(token.kind, &step);
        bool wanted = is_among(token.kind, kinds, count);
        if (bracket >= 0)
            open[bracket] += step;
        if (token.kind == TOK_END_OF_INPUT || (bracket >= 0 && step < 0 && !open[bracket] && wanted)) {
            if (token.kind == TOK_END_OF_INPUT || !consume)
                unget_token(p, &token);
            return;
        }
        if (wanted && !open[0] && !open[1] && !open[2])
            return;
    }
}

struct extent span(struct extent first, struct extent last)
{
    return (struct extent){first.start, last.end > first.start ? last.end : first.end};
}

struct extent before(struct extent at)
{
    uint32_t offset = at.start ? at.start - 1 : 0;
    return (struct extent){offset, offset};
}

struct extent after(struct extent at)
{
    return (struct extent){at.end, at.end};
}

struct extent extent_of(const struct ast *node)
{
    return (struct extent){node->start, node->end};
}

void report(struct parser *p, struct extent at, enum parse_error_id id)
{
    diagnose(p->source, at, id, false);
}

bool report_incomplete(struct parser *p, struct extent at, enum parse_error_id id)
{
    bool incomplete = lex_at_end(&p->lexer, at);
    diagnose(p->source, at, id, incomplete);
    return incomplete;
}

void report_unclosed(struct parser *p, struct extent at, struct extent found, enum parse_error_id id)
{
    diagnose(p->source, at, id, lex_at_end(&p->lexer, found));
}

bool enter(struct parser *p)
{
    if (++p->depth > LIMIT_NESTING && !p->lexer.fatal)
        p->lexer.fatal = "ParserNestingTooDeep";
    return !p->lexer.fatal;
}

void leave(struct parser *p)
{
    p->depth--;
}

struct ast *new_node(struct parser *p, enum ast_kind kind, struct extent at)
{
    struct ast *node = arena_new(&p->source->arena, sizeof *node);
    if (!node) {
        p->lexer.fatal = p->lexer.fatal ? p->lexer.fatal : "OutOfMemory";
        node = &p->spare;
    }
    *node =
        (struct ast){.kind = (uint8_t)kind, .start = at.start, .end = at.end, .height = 1, .text = {"", 0}};
    return node;
}

// Without memory a list stands in a place of the parser's own that is never read again: callers may count on
// the elements that they added.
static void grow_nodes(struct parser *p, struct nodes *nodes)
{
    uint32_t capacity = nodes->capacity ? 2 * nodes->capacity : 4;
    struct ast **at = arena_new(&p->source->arena, capacity * sizeof *at);
    if (!at) {
        p->lexer.fatal = "OutOfMemory";
        at = p->overflow;
        capacity = PARSER_OVERFLOW;
        nodes->count = nodes->count < PARSER_OVERFLOW ? nodes->count : PARSER_OVERFLOW - 1;
        memset(at, 0, sizeof p->overflow);
    } else if (nodes->count) {
        memcpy(at, nodes->at, nodes->count * sizeof *at);
    }
    nodes->at = at;
    nodes->capacity = capacity;
}

void add_node(struct parser *p, struct nodes *nodes, struct ast *node)
{
    if (nodes->count == nodes->capacity)
        grow_nodes(p, nodes);
    nodes->at[nodes->count++] = node;
}

void add_nodes(struct parser *p, struct nodes *nodes, const struct nodes *more)
{
    for (uint32_t i = 0; i < more->count; i++)
        add_node(p, nodes, more->at[i]);
}

void set_kids(struct parser *p, struct ast *node, struct nodes *nodes)
{
    node->kids = nodes->at;
    node->count = nodes->count;
    for (uint32_t i = 0; i < nodes->count; i++) {
        struct ast *kid = nodes->at[i];
        if (!kid)
            continue;
        kid->parent = node;
        if (kid->height >= node->height)
            node->height = kid->height + 1;
    }
    if (node->height > LIMIT_NESTING && !p->lexer.fatal)
        p->lexer.fatal = "ParserNestingTooDeep";
}

struct ast *node_of(struct parser *p, enum ast_kind kind, struct extent at, struct ast *const *kids,
                    uint32_t count)
{
    struct ast *node = new_node(p, kind, at);
    struct nodes nodes = {.count = count, .at = arena_new(&p->source->arena, count * sizeof *kids)};
    if (!nodes.at) {
        p->lexer.fatal = "OutOfMemory";
        return node;
    }
    memcpy(nodes.at, kids, count * sizeof *kids);
    set_kids(p, node, &nodes);
    return node;
}

struct ast *error_statement(struct parser *p, struct extent at, struct nodes *parsed)
{
    struct ast *node = new_node(p, AST_ERROR_STATEMENT, at);
    if (parsed)
        set_kids(p, node, parsed);
    return node;
}

void error_parts(struct ast *error, enum token_kind keyword, bool conditional)
{
    error->op = (uint16_t)keyword;
    error->from = conditional;
}

struct ast *error_expression(struct parser *p, struct extent at)
{
    return new_node(p, AST_ERROR_EXPRESSION, at);
}

struct ast *word_node(struct parser *p, struct extent at, struct ast_text text)
{
    struct ast *node = new_node(p, AST_STRING_CONSTANT_EXPRESSION, at);
    node->quote = QUOTE_BARE;
    node->text = text;
    return node;
}

struct ast *variable_node(struct parser *p, const struct token *token)
{
    struct ast *variable = new_node(p, AST_VARIABLE_EXPRESSION, token->at);
    variable->text = token->text;
    variable->flags =
        (token->kind == TOK_SPLATTED_VARIABLE ? NODE_SPLATTED : 0) | (token->braced ? NODE_BRACED : 0);
    return variable;
}

static bool is_line_end(const struct source *source, size_t at)
{
    char c = source->text[at];
    return c == '\n' || (c == '\r' && source->text[at + 1] != '\n');
}

static bool map_lines(struct source *source)
{
    size_t lines = 1;
    for (size_t i = 0; i < source->size; i++)
        lines += is_line_end(source, i);
    source->line_starts = arena_new(&source->arena, lines * sizeof *source->line_starts);
    source->line_units = arena_new(&source->arena, lines * sizeof *source->line_units);
    if (!source->line_starts || !source->line_units)
        return false;
    source->line_count = 1;
    for (size_t i = 0; i < source->size; i++) {
        if (!is_line_end(source, i))
            continue;
        size_t line = source->line_count++, start = source->line_starts[line - 1];
        source->line_starts[line] = (uint32_t)i + 1;
        source->line_units[line] =
            source->line_units[line - 1] + (uint32_t)utf8_units(source->text + start, i + 1 - start);
    }
    return true;
}

static struct source *source_new(const char *text, size_t size, const char *name)
{
    struct source *source = mem_new(1, sizeof *source);
    if (!source)
        return NULL;
    source->references = 1;
    source->size = size;
    source->text = arena_text(&source->arena, text, size);
    source->name = name ? arena_text(&source->arena, name, strlen(name)) : NULL;
    if (source->text && (!name || source->name) && map_lines(source))
        return source;
    source_free(source);
    return NULL;
}

static int by_start(const void *a, const void *b)
{
    const struct parse_error *const *x = a, *const *y = b;
    return (*x)->start < (*y)->start ? -1 : (*x)->start > (*y)->start;
}

// The place before a token may lie within a character of several bytes.
static size_t character_start(const struct source *source, size_t offset)
{
    for (int i = 0; i < 3 && offset && ((unsigned char)source->text[offset] & 0xC0) == 0x80; i++)
        offset--;
    return offset;
}

// One pass over the text for all errors, however long its lines are.
static void count_units(const struct source *source, struct parse_error **sorted)
{
    size_t at = 0, units = 0;
    for (size_t i = 0; i < source->error_count; i++) {
        size_t start =
            sorted[i]->start < source->size ? character_start(source, sorted[i]->start) : source->size;
        start = start < at ? at : start;
        units += utf8_units(source->text + at, start - at);
        at = start;
        sorted[i]->start_units = (uint32_t)(units + (sorted[i]->start > source->size));
    }
}

static void position_errors(struct source *source)
{
    struct parse_error **sorted = arena_new(&source->arena, source->error_count * sizeof *sorted + 1);
    if (!sorted)
        return;
    for (size_t i = 0; i < source->error_count; i++)
        sorted[i] = &source->errors[i];
    qsort(sorted, source->error_count, sizeof *sorted, by_start);
    count_units(source, sorted);
}

static void parse_source(struct source *source, unsigned flags, const char **ret_fatal)
{
    struct parser p = {.source = source};
    lex_init(&p.lexer, source);
    struct ast *root = script_block_rule(&p, NULL, false, NULL);
    if (!p.lexer.fatal && !(flags & PARSE_GRAMMAR_ONLY))
        check_source(source, root);
    *ret_fatal = p.lexer.fatal;
    source->root = p.lexer.fatal ? NULL : root;
    lex_free(&p.lexer);
    position_errors(source);
}

bool parse(const char *text, size_t size, const char *name, unsigned flags, struct source **ret_source,
           struct err *err)
{
    const char *fatal;
    if (size > LIMIT_BYTES)
        return err_set(err, EXIT_SETUP, "ScriptTooLarge", "the text is longer than %d bytes", LIMIT_BYTES);
    struct source *source = source_new(text, size, name);
    if (!source)
        return err_set(err, EXIT_SETUP, "OutOfMemory", "no memory to read the text");
    if (flags & PARSE_TOKENS && !(source->tokens = mem_new(1, sizeof *source->tokens)))
        return source_free(source), err_set(err, EXIT_SETUP, "OutOfMemory", "no memory to keep the tokens");
    parse_source(source, flags, &fatal);
    if (!fatal) {
        *ret_source = source;
        return true;
    }
    source_free(source);
    return err_set(err, EXIT_SETUP, fatal,
                   "the text is nested too deeply, or takes too much work or memory to read");
}
