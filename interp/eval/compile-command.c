#include <string.h>

#include "interp/eval/compiler.h"
#include "interp/value/error.h"

// After -- everything is an argument; the parser has seen to that. A command list loses the meaning
// (recorded): there
// -- is a parameter without a name, which the name of every parameter begins with.
static bool is_dashes(const struct ast *node)
{
    return node->kind == AST_COMMAND_PARAMETER && node->text.size == 1 && *node->text.at == '-';
}

static void *arena_of(struct compiler *c, size_t size)
{
    void *block = c->failed ? NULL : arena_new(&c->code->arena, size ? size : 1);
    if (!block && !c->failed)
        c->failed = true, throw_memory(c->in);
    return block;
}

// An operand that later arguments cannot overwrite: a constant, or a register of its own.
static uint16_t own_operand(struct compiler *c, const struct ast *node)
{
    uint16_t operand = compile_expression(c, node);
    if (operand & CONSTANT_BIT || operand + 1 == c->top)
        return operand;
    uint16_t reg = compile_register(c);
    if (operand != reg)
        compile_emit(c, OP_LOAD, 0, reg, operand, 0);
    return reg;
}

// Does a number print as it was written?
static bool is_plain_decimal(struct ast_text text)
{
    size_t digit = text.size > 1 && *text.at == '-', digits = text.size - digit;
    if (digits > 9 || (digits > 1 && text.at[digit] == '0') || (digit && text.at[digit] == '0'))
        return false;
    for (size_t i = digit; i < text.size; i++)
        if (text.at[i] < '0' || text.at[i] > '9')
            return false;
    return true;
}

// Numbers as arguments: a command list passes the text where it says more than the number, a script the
// number that remembers its text.
static void number_argument(struct compiler *c, const struct ast *node, struct argument_code *argument)
{
    argument->text = (struct ast_text){c->code->source->text + node->start, node->end - node->start};
    argument->operand = c->code->command_list && !is_plain_decimal(argument->text)
                            ? compile_text_constant(c, argument->text)
                            : compile_expression(c, node);
}

static bool is_literal_number(const struct ast *node)
{
    return node->kind == AST_CONSTANT_EXPRESSION;
}

static bool is_quoted(const struct compiler *c, const struct ast *node)
{
    if (node->kind != AST_STRING_CONSTANT_EXPRESSION && node->kind != AST_EXPANDABLE_STRING_EXPRESSION)
        return false;
    const char *text = c->code->source->text + node->start;
    bool curly = node->end - node->start > 2 && !memcmp(text, "\xe2\x80", 2) &&
                 (unsigned char)text[2] >= 0x98 && (unsigned char)text[2] <= 0x9e;
    return curly || strchr("\"'@", *text);
}

// A program gets what was written where PowerShell's value would not say it.
static void argument_form(struct compiler *c, const struct ast *node, struct argument_code *argument)
{
    argument->form = node->flags & NODE_VERBATIM       ? FORM_VERBATIM
                     : node->kind == AST_ARRAY_LITERAL ? FORM_LIST
                     : is_quoted(c, node)              ? FORM_QUOTED
                                                       : FORM_VALUE;
    if (argument->form == FORM_LIST)
        argument->written = (struct ast_text){c->code->source->text + node->start, node->end - node->start};
}

// The dash, the name and the colon as they stand; what follows the colon at once belongs to it.
static void parameter_form(struct compiler *c, const struct ast *node, struct argument_code *argument)
{
    const char *text = c->code->source->text + node->start;
    const struct ast *kid = argument->has_value ? node->kids[ONLY] : NULL;
    const char *colon = kid ? memchr(text, ':', kid->start - node->start) : NULL;
    size_t size = colon ? (size_t)(colon + 1 - text) : node->end - node->start;
    bool joined = kid && kid->start == node->start + size;
    argument->written = (struct ast_text){text, size};
    argument->form = !joined ? FORM_VALUE : kid->kind == AST_ARRAY_LITERAL ? FORM_LIST : FORM_JOINED;
    if (argument->form == FORM_LIST)
        argument->written.size = node->end - node->start;
}

static void value_argument(struct compiler *c, const struct ast *node, struct argument_code *argument)
{
    if (is_literal_number(node))
        number_argument(c, node, argument);
    else
        argument->operand = own_operand(c, node);
    if (node->kind == AST_VARIABLE_EXPRESSION && node->flags & NODE_SPLATTED)
        argument->kind = ARGUMENT_SPLAT;
}

static void compile_argument(struct compiler *c, const struct ast *node, struct argument_code *argument)
{
    argument->offset = node->start;
    argument->kind = ARGUMENT_VALUE;
    argument_form(c, node, argument);
    if (node->kind != AST_COMMAND_PARAMETER)
        return value_argument(c, node, argument);
    argument->name = node->text;
    argument->has_value = node->count && node->kids[ONLY];
    if (argument->has_value)
        value_argument(c, node->kids[ONLY], argument), argument->value_offset = node->kids[ONLY]->start;
    parameter_form(c, node, argument);
    argument->kind = ARGUMENT_PARAMETER;
}

static void add_merge(struct compiler *c, const struct ast *node, struct element_code *element)
{
    if (node->kind == AST_MERGING_REDIRECTION && node->to == 1) {
        for (int stream = 2; stream <= 6; stream++)
            if (node->from == 0 || node->from == stream)
                element->merge[stream] = MERGE_OUTPUT;
        return;
    }
    const struct ast *location = node->kind == AST_FILE_REDIRECTION && node->count ? node->kids[ONLY] : NULL;
    bool discard =
        location && location->kind == AST_VARIABLE_EXPRESSION && !strcasecmp(location->text.at, "null");
    uint8_t merge = MERGE_DISCARD;
    if (!discard) {
        if (!location || element->file_count == MOST_FILES)
            return compile_too_complex(c);
        merge = (uint8_t)(MERGE_FILE + element->file_count);
        element->files[element->file_count].append = (node->flags & NODE_APPEND) != 0;
        element->files[element->file_count++].operand = own_operand(c, location);
    }
    for (int stream = 1; stream <= 6; stream++)
        if (node->from == stream || (node->from == 0 && element->merge[stream] < MERGE_DISCARD))
            element->merge[stream] = merge; // *> leaves alone what has a redirection of its own
}

static bool is_redirection(const struct ast *node)
{
    return node->kind == AST_MERGING_REDIRECTION || node->kind == AST_FILE_REDIRECTION;
}

// name(a, b), with nothing between the name and the list: a method's call by its looks.
static bool is_like_method(const struct ast *node)
{
    uint32_t count = node->count;
    while (count && is_redirection(node->kids[count - 1]))
        count--;
    if (count != 2 || node->kids[1]->kind != AST_PAREN_EXPRESSION ||
        node->kids[0]->end != node->kids[1]->start)
        return false;
    const struct ast *inner = node->kids[1]->kids[ONLY];
    return inner->kind == AST_PIPELINE && inner->count == 1 &&
           inner->kids[0]->kind == AST_COMMAND_EXPRESSION &&
           inner->kids[0]->kids[CMDEXPR_EXPRESSION]->kind == AST_ARRAY_LITERAL;
}

static void compile_command(struct compiler *c, const struct ast *node, struct element_code *element)
{
    bool have_name = false;
    element->offset = node->start;
    element->arguments = arena_of(c, node->count * sizeof *element->arguments);
    element->dot = node->op == TOK_DOT;
    element->like_method = is_like_method(node);
    for (uint32_t i = 0; i < node->count && !c->failed; i++) {
        const struct ast *kid = node->kids[i];
        if (is_redirection(kid)) {
            add_merge(c, kid, element);
        } else if (!have_name) {
            element->name_offset = kid->start;
            element->operand = kid->kind == AST_CONSTANT_EXPRESSION ? compile_text_constant(c, kid->text)
                                                                    : own_operand(c, kid);
            have_name = true;
        } else if (is_dashes(kid)) {
            element->arguments[element->count++] =
                (struct argument_code){.kind = ARGUMENT_PARAMETER,
                                       .name = {"", 0},
                                       .form = c->code->command_list ? FORM_VALUE : FORM_DASHES,
                                       .written = {"--", 2},
                                       .offset = kid->start};
        } else {
            compile_argument(c, kid, &element->arguments[element->count++]);
        }
    }
}

// What an expression's own commands write on another stream is redirected too.
static bool redirects_others(const struct ast *node)
{
    for (uint32_t i = CMDEXPR_REDIRECTIONS; i < node->count; i++)
        if (node->kids[i]->from != 1)
            return true;
    return false;
}

static void compile_element(struct compiler *c, const struct ast *node, struct element_code *element)
{
    if (node->kind == AST_COMMAND)
        return compile_command(c, node, element);
    element->offset = node->start;
    element->dot = element->redirected = compile_block_of && redirects_others(node);
    element->expression = !element->dot;
    element->operand = element->dot ? compile_block_of(c, node->kids[CMDEXPR_EXPRESSION], 0)
                                    : own_operand(c, node->kids[CMDEXPR_EXPRESSION]);
    for (uint32_t i = CMDEXPR_REDIRECTIONS; i < node->count; i++)
        add_merge(c, node->kids[i], element);
}

static void add_pipe(struct compiler *c, struct pipe_code *pipe)
{
    struct code *code = c->code;
    if (c->failed || !compile_grow(c, &code->pipes, &code->pipe_capacity, code->pipe_count, sizeof pipe))
        return;
    code->pipes[code->pipe_count] = pipe;
    size_t at = compile_emit(c, OP_PIPE, 0, 0, 0, 0);
    code->ins[at].target = (uint32_t)code->pipe_count++;
}

void compile_pipeline(struct compiler *c, const struct ast *node)
{
    uint16_t top = c->top;
    if (compile_is_background(c, node))
        return compile_background(c, node);
    struct pipe_code *pipe = arena_of(c, sizeof *pipe);
    if (!pipe)
        return;
    pipe->count = node->count;
    pipe->offset = node->start;
    pipe->elements = arena_of(c, node->count * sizeof *pipe->elements);
    if (!pipe->elements)
        return;
    for (uint32_t i = 0; i < node->count && !c->failed; i++)
        compile_element(c, node->kids[i], &pipe->elements[i]);
    c->offset = node->start;
    add_pipe(c, pipe);
    c->top = top;
}
