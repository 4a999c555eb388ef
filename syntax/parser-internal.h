// syntax/parser-internal.h: what the files of the parser share. One rule of the grammar is one function; a
// rule that finds nothing returns NULL, has taken no token, and lets its caller say what is missing.
#ifndef SYNTAX_PARSER_INTERNAL_H
#define SYNTAX_PARSER_INTERNAL_H

#include <stdbool.h>
#include <stdint.h>

#include "syntax/ast.h"
#include "syntax/diagnose.h"
#include "syntax/lexer.h"
#include "syntax/parser.h"

enum { PARSER_OVERFLOW = 16, REREAD_LEAST = 1 << 16, REREAD_TIMES = 16 };

struct parser {
    struct source *source;
    struct lexer lexer;
    struct token ahead; // one token may be taken back
    bool has_ahead;
    bool no_comma; // the comma separates arguments and is no operator
    unsigned depth;
    uint64_t reread; // bytes that were read again
    struct ast spare; // stands for every node once memory has ended: the tree is thrown away then
    struct ast *overflow[PARSER_OVERFLOW];
};

struct nodes {
    struct ast **at;
    uint32_t count, capacity;
};

// Tokens.
struct token next_token(struct parser *p);
const struct token *peek_token(struct parser *p);
enum token_kind peek_kind(struct parser *p);
void skip_token(struct parser *p);
void unget_token(struct parser *p, const struct token *token);
bool take_token(struct parser *p, enum token_kind kind, struct token *ret); // else the token stays ahead
void skip_newlines(struct parser *p);
void skip_separators(struct parser *p); // newlines and semicolons
enum lex_mode set_mode(struct parser *p, enum lex_mode mode); // gives the old one
void resync(struct parser *p, uint32_t offset);
uint32_t mark(struct parser *p);
bool is_parameter(const struct token *token, const char *name); // -name, or a beginning of it
void sync_on_error(struct parser *p, bool consume, const enum token_kind *kinds, size_t count);
bool is_binary(enum token_kind kind);
struct ast_text raw_text(struct parser *p, const struct token *token);

// Extents.
struct extent span(struct extent first, struct extent last);
struct extent before(struct extent at);
struct extent after(struct extent at);
struct extent extent_of(const struct ast *node);

// Errors.
void report(struct parser *p, struct extent at, enum parse_error_id id);
bool report_incomplete(struct parser *p, struct extent at,
                       enum parse_error_id id); // true: more input could help
void report_unclosed(struct parser *p, struct extent at, struct extent found, enum parse_error_id id);

// Nesting. Every recursion of the grammar passes through here.
bool enter(struct parser *p);
void leave(struct parser *p);

// Nodes.
struct ast *new_node(struct parser *p, enum ast_kind kind, struct extent at);
void add_node(struct parser *p, struct nodes *nodes, struct ast *node);
void add_nodes(struct parser *p, struct nodes *nodes, const struct nodes *more);
void set_kids(struct parser *p, struct ast *node, struct nodes *nodes); // nodes->at is the node's from now on
struct ast *node_of(struct parser *p, enum ast_kind kind, struct extent at, struct ast *const *kids,
                    uint32_t count);
#define NODE(p, kind, at, ...)                                                                               \
    node_of(p, kind, at, (struct ast *[]){__VA_ARGS__},                                                      \
            sizeof((struct ast *[]){__VA_ARGS__}) / sizeof(struct ast *))
struct ast *error_statement(struct parser *p, struct extent at, struct nodes *parsed); // parsed may be NULL
void error_parts(struct ast *error, enum token_kind keyword,
                 bool conditional); // its kids: a condition, if there is one, then bodies
struct ast *error_expression(struct parser *p, struct extent at);
struct ast *word_node(struct parser *p, struct extent at, struct ast_text text);
struct ast *variable_node(struct parser *p, const struct token *token);

// parser-block.c
struct ast *script_block_rule(struct parser *p, const struct token *lcurly, bool filter, struct ast *first);
struct ast *statement_block_rule(struct parser *p);
struct extent statement_list_rule(struct parser *p,
                                  struct nodes *statements); // {0, 0} with no statement: empty
void parameter_list_rule(struct parser *p, struct nodes *parameters);

// parser-statement.c
struct ast *statement_rule(struct parser *p);
struct ast *simple_name_rule(struct parser *p);
struct ast *label_or_key_rule(struct parser *p);
struct ast *function_rule(struct parser *p, const struct token *keyword);
void function_parameters_rule(struct parser *p, struct nodes *parameters, bool *ret_list,
                              struct extent *ret_rparen, struct extent *ret_error);

// parser-try.c, parser-loop.c, parser-switch.c, parser-using.c
struct ast *try_rule(struct parser *p, const struct token *keyword);
struct ast *trap_rule(struct parser *p, const struct token *keyword);
struct ast *data_rule(struct parser *p, const struct token *keyword);
struct ast *loop_rule(struct parser *p, const struct token *label, const struct token *keyword);
struct ast *switch_rule(struct parser *p, const struct token *label, const struct token *keyword);
struct ast *using_rule(struct parser *p, const struct token *keyword);
void usings_rule(struct parser *p, struct nodes *usings);

// parser-class.c
struct ast *class_rule(struct parser *p, struct nodes *attributes, const struct token *keyword);
struct ast *enum_rule(struct parser *p, struct nodes *attributes, const struct token *keyword);

// parser-type.c
struct ast *attribute_rule(struct parser *p);
void attribute_list_rule(struct parser *p, bool in_expression, struct nodes *ret);
struct ast *type_name_rule(struct parser *p, bool assembly_allowed);
bool generic_arguments_rule(struct parser *p, const struct token *first, struct nodes *ret,
                            struct token *ret_last);

// parser-command.c
struct ast *pipeline_chain_rule(struct parser *p);
enum argument_context { COMMAND_NAME, INVOKED_NAME, FILE_NAME, ARGUMENT, CLAUSE_CONDITION };
struct ast *single_argument_rule(struct parser *p, enum argument_context context);
struct ast *argument_rule(struct parser *p, enum argument_context context, struct token token);
bool is_redirection(enum token_kind kind);
struct ast *redirection_rule(struct parser *p, const struct token *token, unsigned *redirected,
                             struct extent *ret_extent);
struct ast *command_rule(struct parser *p);

// parser-expression.c
struct ast *expression_rule(struct parser *p);
struct ast *unary_rule(struct parser *p, bool ternary);

// parser-primary.c
struct ast *primary_rule(struct parser *p, bool members);
struct ast *postfix_rule(struct parser *p, bool found, struct token token, struct ast *target);
void arguments_rule(struct parser *p, const struct token *lparen, struct nodes *arguments,
                    struct extent *ret_last);
struct ast *expandable_node(struct parser *p, const struct token *token); // a string or a word
struct ast *script_block_expression_rule(struct parser *p, const struct token *lcurly);

// check.c: what PowerShell refuses before it runs anything although the grammar allows it.
void check_source(struct source *source, struct ast *root);

#endif
