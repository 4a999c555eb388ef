// syntax/ast.h: one piece of syntax. Immutable once parsed; all nodes of a text live in one arena.
//
// Every node has the same shape: a kind, an operator, flags, its extent in the source, its text, and child
// nodes in source order of evaluation. So a walk over all syntax is one loop, and the language-mode check is
// a table over kinds. The slots of each kind have names (enum ast_slot), an absent child is NULL.
//
//   kind                        kids (slot names below)                       text / op / flags
//   SCRIPT_BLOCK                param_block dynamicparam begin process end clean, then usings and attributes
//   PARAM_BLOCK                 attributes and PARAMETERs
//   NAMED_BLOCK                 statements and traps                          op: TOK_BEGIN..; NODE_UNNAMED
//   when implied ATTRIBUTE                   type_name, positional args, NAMED_ATTRIBUTE_ARGUMENTs
//   NAMED_ATTRIBUTE_ARGUMENT    value                                         text: name; NODE_OMITTED
//   without '=' TYPE_CONSTRAINT             type_name PARAMETER                   variable default, then
//   attributes/constraints STATEMENT_BLOCK             statements and traps TYPE_DEFINITION attributes, base
//   TYPE_CONSTRAINTs, members    text: name; op: TOK_CLASS TOK_ENUM TOK_INTERFACE USING_STATEMENT name alias
//   module_spec                        op: TOK_NAMESPACE TOK_MODULE TOK_ASSEMBLY TOK_TYPE TOK_COMMAND
//   PROPERTY_MEMBER             type initial, then attributes                 text: name; NODE_STATIC
//   NODE_HIDDEN FUNCTION_MEMBER             return_type function, then attributes         text: name;
//   NODE_STATIC NODE_HIDDEN NODE_CONSTRUCTOR FUNCTION_DEFINITION         body, then PARAMETERs of the (…)
//   form         text: name; op: TOK_FUNCTION TOK_FILTER TOK_WORKFLOW IF_STATEMENT                condition
//   block, condition block, …; an odd last kid is the else block DATA_STATEMENT              body, then
//   -SupportedCommand expressions      text: variable name or "" SWITCH_STATEMENT            condition
//   default, then value block pairs     text: label; NODE_SWITCH_* flags FOREACH_STATEMENT           variable
//   condition body throttle              text: label; NODE_PARALLEL FOR_STATEMENT               initial
//   condition iterator body               text: label DO_WHILE/DO_UNTIL/WHILE     condition body text: label
//   CATCH_CLAUSE                body, then TYPE_CONSTRAINTs
//   TRY_STATEMENT               body finally, then CATCH_CLAUSEs
//   TRAP_STATEMENT              type body
//   BREAK/CONTINUE              label
//   RETURN/EXIT/THROW           pipeline
//   PIPELINE_CHAIN              left right                                    op: TOK_AND_AND TOK_OR_OR;
//   NODE_BACKGROUND PIPELINE                    COMMANDs, COMMAND_EXPRESSIONs                 NODE_BACKGROUND
//   COMMAND                     elements and redirections in source order     op: TOK_NONE TOK_AMPERSAND
//   TOK_DOT COMMAND_PARAMETER           argument (of -name:argument)                  text: name without dash
//   COMMAND_EXPRESSION          expression, then redirections
//   MERGING_REDIRECTION         –                                             from to: stream numbers, 0 =
//   all FILE_REDIRECTION            location                                      from; NODE_APPEND
//   ASSIGNMENT_STATEMENT        left right                                    op: the assignment token
//   BLOCK_STATEMENT             body                                          op: TOK_PARALLEL TOK_SEQUENCE
//   TERNARY_EXPRESSION          condition if_true if_false
//   BINARY_EXPRESSION           left right                                    op, text: the operator as
//   written UNARY_EXPRESSION            operand                                       op; NODE_POSTFIX for
//   x++ x-- ATTRIBUTED_EXPRESSION       attribute child CONVERT_EXPRESSION          type (TYPE_CONSTRAINT)
//   child MEMBER_EXPRESSION           target member                                 NODE_STATIC
//   NODE_NULL_CONDITIONAL INVOKE_MEMBER_EXPRESSION    target member, then arguments and, with NODE_GENERIC,
//   last a TYPE_NAME whose kids
//                               are the generic arguments                     as above
//   BASE_CTOR_EXPRESSION        arguments; a COMMAND_EXPRESSION of it is the first statement of every
//   constructor TYPE_EXPRESSION             type_name VARIABLE_EXPRESSION         – text: path as written,
//   without $ @ {}; NODE_SPLATTED NODE_BRACED CONSTANT_EXPRESSION         – number; text: source text
//   STRING_CONSTANT_EXPRESSION  –                                             text: value; quote
//   EXPANDABLE_STRING_EXPRESSION  nested expressions                          text: value as written between
//   the quotes;
//                               kids come with `parts`: literal text before each nested expression, and after
//                               the last
//   SCRIPT_BLOCK_EXPRESSION     script_block
//   ARRAY_LITERAL               elements
//   HASHTABLE                   key value, key value, … (values are statements)  NODE_ORDERED is not used:
//   [ordered] is a CONVERT ARRAY_EXPRESSION, SUB_EXPRESSION  block (STATEMENT_BLOCK) PAREN_EXPRESSION
//   pipeline USING_EXPRESSION            expression INDEX_EXPRESSION            target index
//   NODE_NULL_CONDITIONAL ERROR_STATEMENT/EXPRESSION  whatever could be parsed TYPE_NAME generic arguments or
//   the element type         text: name; rank; NODE_ARRAY NODE_GENERIC
#ifndef SYNTAX_AST_H
#define SYNTAX_AST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/number.h"
#include "syntax/token.h"

enum ast_kind {
#define AST(kind, name, base) AST_##kind,
#include "syntax/ast.def"
#undef AST
    AST_KINDS
};

enum ast_flag {
    NODE_UNNAMED = 1 << 0,
    NODE_OMITTED = 1 << 1,
    NODE_STATIC = 1 << 2,
    NODE_HIDDEN = 1 << 3,
    NODE_CONSTRUCTOR = 1 << 4,
    NODE_BACKGROUND = 1 << 5,
    NODE_APPEND = 1 << 6,
    NODE_POSTFIX = 1 << 7,
    NODE_NULL_CONDITIONAL = 1 << 8,
    NODE_SPLATTED = 1 << 9,
    NODE_BRACED = 1 << 10,
    NODE_ARRAY = 1 << 11,
    NODE_GENERIC = 1 << 12,
    NODE_PARALLEL = 1 << 13,
    NODE_SWITCH_REGEX = 1 << 14,
    NODE_SWITCH_WILDCARD = 1 << 15,
    NODE_SWITCH_EXACT = 1 << 16,
    NODE_SWITCH_CASESENSITIVE = 1 << 17,
    NODE_SWITCH_FILE = 1 << 18,
    NODE_SWITCH_PARALLEL = 1 << 19,
    NODE_VERBATIM = 1 << 20,    // the argument after --%
    NODE_PARENTHESES = 1 << 21, // FUNCTION_DEFINITION: a (…) list was written, even an empty one
    NODE_UNASSIGNED = 1 << 23,  // VARIABLE_EXPRESSION of a method: no assignment is sure to have come before
    NODE_TRAP_BODY = 1 << 24,   // SCRIPT_BLOCK: of a trap, whose return leaves what is around it
    NODE_ASSEMBLY = 1 << 22, // TYPE_NAME: the last kid is a STRING_CONSTANT_EXPRESSION, the assembly's name
};

enum ast_quote { QUOTE_BARE, QUOTE_SINGLE, QUOTE_DOUBLE, QUOTE_SINGLE_HERE, QUOTE_DOUBLE_HERE };

// Names of the fixed slots in kids[]; the rest of the kids follow them.
enum ast_slot {
    SB_PARAM = 0,
    SB_DYNAMICPARAM,
    SB_BEGIN,
    SB_PROCESS,
    SB_END,
    SB_CLEAN,
    SB_REST,
    ATTR_TYPE = 0,
    ATTR_REST,
    PARAM_VARIABLE = 0,
    PARAM_DEFAULT,
    PARAM_REST,
    USING_NAME = 0,
    USING_ALIAS,
    USING_MODULE_SPEC,
    MEMBER_TYPE = 0,
    MEMBER_VALUE,
    MEMBER_REST, // PROPERTY_MEMBER: initial value; FUNCTION_MEMBER: FUNCTION_DEFINITION
    FUNC_BODY = 0,
    FUNC_PARAMS,
    DATA_BODY = 0,
    DATA_COMMANDS,
    SWITCH_CONDITION = 0,
    SWITCH_DEFAULT,
    SWITCH_CLAUSES,
    FOREACH_VARIABLE = 0,
    FOREACH_CONDITION,
    FOREACH_BODY,
    FOREACH_THROTTLE,
    FOR_INITIAL = 0,
    FOR_CONDITION,
    FOR_ITERATOR,
    FOR_BODY,
    LOOP_CONDITION = 0,
    LOOP_BODY,
    CATCH_BODY = 0,
    CATCH_TYPES,
    TRY_BODY = 0,
    TRY_FINALLY,
    TRY_CATCHES,
    TRAP_TYPE = 0,
    TRAP_BODY,
    LEFT = 0,
    RIGHT,
    CMDEXPR_EXPRESSION = 0,
    CMDEXPR_REDIRECTIONS,
    TERNARY_CONDITION = 0,
    TERNARY_TRUE,
    TERNARY_FALSE,
    CONVERT_TYPE = 0,
    CONVERT_CHILD, // also ATTRIBUTED_EXPRESSION
    MEMBER_TARGET = 0,
    MEMBER_NAME,
    MEMBER_ARGUMENTS,
    INDEX_TARGET = 0,
    INDEX_INDEX,
    ONLY = 0, // nodes with a single kid
};

struct ast_text {
    const char *at; // UTF-8, NUL-terminated (a BINARY_EXPRESSION's is a part of the source), may hold NUL bytes
    size_t size;
};

struct ast {
    uint8_t kind;  // enum ast_kind
    uint8_t quote; // enum ast_quote, of string nodes
    uint8_t from;  // redirections: stream, 0 = all
    uint8_t to;
    uint16_t op;    // enum token_kind
    uint16_t rank;  // TYPE_NAME with NODE_ARRAY
    uint32_t flags; // enum ast_flag
    uint32_t start; // byte offsets into the source text, [start, end)
    uint32_t end;
    uint32_t count;  // of kids
    uint32_t height; // of the tree below, itself included: bounds every recursion over it
    struct ast **kids;
    struct ast_text text;
    struct ast_text *parts;      // EXPANDABLE_STRING: count + 1 pieces of literal text
    const struct number *number; // CONSTANT_EXPRESSION
    const struct ast *parent;    // NULL at the root
};

const char *ast_name(enum ast_kind kind); // PowerShell's name

// Calls `visit` for node and everything below it, parents first, in source order; a visit that returns false
// skips that node's children. Depth is bounded by the parser's nesting limit.
void ast_walk(const struct ast *node, bool (*visit)(const struct ast *node, void *context), void *context);

#endif
