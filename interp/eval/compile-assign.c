// Assignments, ++ and --: where a value goes is worked out once, then read and written there. jesh-full
// alone.
#include "base/utf8.h"
#include "interp/eval/attribute.h"
#include "interp/eval/compiler.h"
#include "interp/value/types.h"

struct place {
    const struct ast *start; // with what is written before it
    const struct ast *node;  // a VARIABLE, MEMBER, INDEX expression or a list of places
    uint16_t object, index;  // of MEMBER and INDEX
    uint16_t types[8];       // conversions written before it, the outermost first
    unsigned type_count;
    bool attributed; // there are other attributes too
};

static void place_types(struct compiler *c, struct place *place)
{
    for (;;) {
        const struct ast *node = place->node;
        if (node->kind == AST_PAREN_EXPRESSION) { // ($a, $b) = …
            const struct ast *inner = node->kids[ONLY];
            if (inner->kind != AST_PIPELINE || inner->count != 1 ||
                inner->kids[0]->kind != AST_COMMAND_EXPRESSION)
                return;
            place->node = inner->kids[0]->kids[CMDEXPR_EXPRESSION];
            continue;
        }
        if (node->kind != AST_CONVERT_EXPRESSION && node->kind != AST_ATTRIBUTED_EXPRESSION)
            return;
        if (node->kind == AST_ATTRIBUTED_EXPRESSION)
            place->attributed = true;
        else if (place->type_count == 8)
            compile_too_complex(c);
        else
            place->types[place->type_count++] = compile_type(c, node, node->kids[CONVERT_TYPE]->kids[ONLY]);
        place->node = node->kids[CONVERT_CHILD];
    }
}

static void place_open(struct compiler *c, struct place *place, const struct ast *node)
{
    *place = (struct place){.start = node, .node = node};
    place_types(c, place);
    node = place->node;
    if (node->kind != AST_MEMBER_EXPRESSION && node->kind != AST_INDEX_EXPRESSION)
        return;
    place->object = compile_register(c);
    place->index = compile_register(c);
    compile_expression_to(c, node->kids[0], place->object);
    compile_expression_to(c, node->kids[1], place->index);
}

static void place_load(struct compiler *c, const struct place *place, uint16_t reg)
{
    const struct ast *node = place->node;
    c->offset = c->statement;
    if (node->kind == AST_MEMBER_EXPRESSION)
        compile_emit(c, OP_MEMBER, (node->flags & NODE_STATIC) != 0, reg, place->object, place->index);
    else if (node->kind == AST_INDEX_EXPRESSION)
        compile_emit(c, OP_INDEX, 0, reg, place->object, place->index);
    else if (node->kind == AST_VARIABLE_EXPRESSION)
        compile_expression_to(c, node, reg);
    else
        compile_not_built(c, node);
}

// What = then changes; ++ and -- seek a variable like any other use of it.
static void place_load_changed(struct compiler *c, const struct place *place, uint16_t reg)
{
    if (place->node->kind != AST_VARIABLE_EXPRESSION)
        return place_load(c, place, reg);
    compile_changed(c, place->node, reg);
}

static void place_store(struct compiler *c, const struct place *place, uint16_t reg);

static void store_list(struct compiler *c, const struct ast *list, uint16_t reg)
{
    uint16_t top = c->top, first = c->top;
    for (uint32_t i = 0; i < list->count; i++)
        compile_register(c);
    compile_emit(c, OP_ITEMS, 0, first, reg, (uint16_t)list->count);
    for (uint32_t i = 0; i < list->count && !c->failed; i++) {
        struct place place;
        place_open(c, &place, list->kids[i]);
        place_store(c, &place, (uint16_t)(first + i));
    }
    c->top = top;
}

// One attribute of those written before a variable; what cannot be made is thrown where it stands.
static uint16_t attribute_object(struct compiler *c, const struct ast *node, uint16_t type)
{
    value made = value_null;
    bool converter = node->kind == AST_CONVERT_EXPRESSION;
    if (c->failed || (converter && c->code->constants[type & ~CONSTANT_BIT].kind != V_TYPE))
        return compile_constant(c, value_null);
    bool ok = converter ? converter_new(c->in, c->code->constants[type & ~CONSTANT_BIT].type, &made)
                        : attribute_make(c->in, c->code->source, node->kids[CONVERT_TYPE], &made);
    if (ok)
        return compile_constant(c, made);
    made = c->in->thrown;
    c->in->thrown = value_null;
    compile_emit(c, OP_RETHROW, 0, 0, compile_constant(c, made), 0);
    return compile_constant(c, value_null);
}

// [attribute()][type]$x = …: from now on the variable holds nothing else.
static void declare(struct compiler *c, const struct ast *node, const struct place *place, uint16_t reg)
{
    uint16_t top = c->top, first = c->top, count = 0, type = 0, made[16];
    for (; node != place->node && !c->failed; node = node->kids[CONVERT_CHILD]) {
        if (node->kind != AST_CONVERT_EXPRESSION && node->kind != AST_ATTRIBUTED_EXPRESSION)
            break;
        bool converter = node->kind == AST_CONVERT_EXPRESSION;
        if (count == 16)
            return compile_too_complex(c);
        made[count++] = attribute_object(c, node, converter ? place->types[type++] : 0);
    }
    for (uint16_t i = count; i--;) // the variable's list begins with the innermost
        compile_emit(c, OP_LOAD, 0, compile_register(c), made[i], 0);
    compile_emit(c, OP_ARRAY, 0, first, first, count);
    c->offset = c->statement;
    compile_declare(c, place->node, reg, first);
    c->top = top;
}

static void place_store(struct compiler *c, const struct place *place, uint16_t reg)
{
    const struct ast *node = place->node;
    c->offset = c->statement;
    if (node->kind == AST_VARIABLE_EXPRESSION && place->start != node &&
        (place->type_count || place->attributed))
        return declare(c, place->start, place, reg);
    for (unsigned i = place->type_count; i--;)
        compile_emit(c, OP_CONVERT, 0, reg, reg, place->types[i]);
    switch ((enum ast_kind)node->kind) {
    case AST_VARIABLE_EXPRESSION:
        return compile_store(c, node, reg);
    case AST_MEMBER_EXPRESSION:
        compile_emit(c, OP_MEMBER_SET, (node->flags & NODE_STATIC) != 0, reg, place->object, place->index);
        return;
    case AST_INDEX_EXPRESSION:
        compile_emit(c, OP_INDEX_SET, 0, reg, place->object, place->index);
        return;
    case AST_ARRAY_LITERAL:
        return store_list(c, node, reg);
    default:
        return compile_not_built(c, node);
    }
}

static void compile_value(struct compiler *c, const struct ast *statement, uint16_t reg)
{
    bool outer = c->assigned;
    c->assigned = statement->kind == AST_TRY_STATEMENT;
    compile_collected(c, statement, reg);
    c->assigned = outer;
}

static enum token_kind compound_operator(enum token_kind op)
{
    switch (op) {
    case TOK_PLUS_EQUALS:
        return TOK_PLUS;
    case TOK_MINUS_EQUALS:
        return TOK_MINUS;
    case TOK_MULTIPLY_EQUALS:
        return TOK_MULTIPLY;
    case TOK_DIVIDE_EQUALS:
        return TOK_DIVIDE;
    case TOK_REMAINDER_EQUALS:
        return TOK_REM;
    default:
        return TOK_NONE;
    }
}

static enum op compound_instruction(enum token_kind op)
{
    return op == TOK_PLUS ? OP_ADD : op == TOK_MINUS ? OP_SUBTRACT : OP_BINARY;
}

static bool seek_change(const struct ast *node, void *context)
{
    bool step =
        node->kind == AST_UNARY_EXPRESSION && (node->op == TOK_PLUS_PLUS || node->op == TOK_MINUS_MINUS);
    bool other = node->kind == AST_ASSIGNMENT_STATEMENT || node->kind == AST_COMMAND ||
                 node->kind == AST_INVOKE_MEMBER_EXPRESSION;
    if (step || other)
        *(bool *)context = true;
    return true;
}

// $x += … where the right side cannot change $x: then it does not matter that $x is read last.
static bool can_append(const struct ast *node)
{
    bool changes = false;
    if (node->op != TOK_PLUS_EQUALS || node->kids[LEFT]->kind != AST_VARIABLE_EXPRESSION)
        return false;
    ast_walk(node->kids[RIGHT], seek_change, &changes);
    return !changes;
}

static void compile_in_place(struct compiler *c, const struct ast *node)
{
    uint16_t reg = compile_register(c);
    compile_value(c, node->kids[RIGHT], reg);
    if (compile_succeeds(node))
        compile_emit(c, OP_SUCCESS, 0, 0, 0, 0);
    c->offset = c->statement;
    compile_append(c, node->kids[LEFT], reg);
}

void compile_assignment(struct compiler *c, const struct ast *node, uint16_t *ret_value)
{
    if (!ret_value && can_append(node))
        return compile_in_place(c, node);
    enum token_kind op = compound_operator((enum token_kind)node->op);
    uint16_t reg = compile_register(c);
    struct place place;
    size_t out = NO_JUMP;
    place_open(c, &place, node->kids[LEFT]);
    if (node->op == TOK_COALESCE_EQUALS) {
        place_load_changed(c, &place, reg);
        out = compile_jump(c, OP_JUMP_SET, reg);
    }
    uint16_t old = op == TOK_NONE ? 0 : compile_register(c);
    if (op != TOK_NONE)
        place_load_changed(c, &place, old);
    compile_value(c, node->kids[RIGHT], reg);
    if (op != TOK_NONE) {
        c->offset = c->statement;
        compile_emit(c, compound_instruction(op), op, reg, old, reg);
    }
    if (compile_succeeds(node))
        compile_emit(c, OP_SUCCESS, 0, 0, 0, 0);
    place_store(c, &place, reg);
    if (out != NO_JUMP)
        compile_land(c, out);
    if (ret_value)
        *ret_value = reg;
}

// $x++ gives the value from before, where one is asked for.
uint16_t compile_step(struct compiler *c, const struct ast *node, bool wanted)
{
    uint16_t before = compile_register(c), after = compile_register(c);
    struct place place;
    place_open(c, &place, node->kids[ONLY]);
    place_load(c, &place, before);
    c->offset = c->statement;
    compile_emit(c, OP_STEP, node->op == TOK_MINUS_MINUS, after, before, 0);
    if (wanted && node->flags & NODE_POSTFIX)
        compile_emit(c, OP_STEP, 2, before, before, 0);
    place_store(c, &place, after);
    return node->flags & NODE_POSTFIX ? before : after;
}
