// The ways through a method: whether each ends in a return, and which variables have a value where they are
// used.
//
// A state says whether a place can be reached and which variables have been assigned on every way to it.
// Where ways meet, a variable is assigned if it is on all of them. What cannot be reached is not judged, as
// in PowerShell.
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "syntax/check-internal.h"

enum { MAX_VARIABLES = 512, WORDS = MAX_VARIABLES / 64 }; // later ones count as assigned

struct state {
    bool reached;
    uint64_t assigned[WORDS];
};

struct variable {
    struct ast_text name;
    struct ast_text type;   // of its typed assignments, as written; size 0: none yet
    bool anywhere;          // assigned at some place that can be reached
    bool dynamic; // PowerShell keeps it outside of its table: then one assignment anywhere is enough
};

struct target {
    struct target *outer;
    struct ast_text label;
    struct state on_break, on_continue;
};

struct suspect {
    struct suspect *next;
    struct ast *node;
    uint32_t variable;
};

struct flow {
    struct check *check;
    struct state now;
    struct target *targets;
    struct variable *variables;
    uint32_t count;
    struct suspect *suspects;
    bool all_dynamic; // Set-Variable and its like, dot sourcing or private: make every variable dynamic
};

static void walk(struct flow *flow, struct ast *node);

static void meet(struct state *into, const struct state *from)
{
    if (!from->reached)
        return;
    if (!into->reached) {
        *into = *from;
        return;
    }
    for (int i = 0; i < WORDS; i++)
        into->assigned[i] &= from->assigned[i];
}

static void stop(struct flow *flow)
{
    flow->now.reached = false;
}

static uint32_t variable_index(struct flow *flow, struct ast_text name)
{
    for (uint32_t i = 0; i < flow->count; i++)
        if (utf8_same_ignore_case(flow->variables[i].name.at, flow->variables[i].name.size, name.at,
                                  name.size))
            return i;
    if (flow->count == MAX_VARIABLES)
        return MAX_VARIABLES;
    flow->variables[flow->count] = (struct variable){.name = name};
    return flow->count++;
}

static bool has_value(const struct flow *flow, uint32_t variable)
{
    return flow->now.assigned[variable / 64] >> variable % 64 & 1;
}

static void assign(struct flow *flow, struct ast_text name)
{
    uint32_t variable = variable_index(flow, name);
    if (variable == MAX_VARIABLES || !flow->now.reached)
        return;
    flow->variables[variable].anywhere = true;
    flow->now.assigned[variable / 64] |= (uint64_t)1 << variable % 64;
}

static void assign_word(struct flow *flow, const char *name)
{
    assign(flow, (struct ast_text){name, strlen(name)});
}

// Variables that have a value in every method, or are no variables of the method at all.
static bool is_given(struct ast_text name)
{
    static const char *const names[] = {
        "?", "_", "args", "this", "input", "PSCmdlet", "PSBoundParameters", "MyInvocation", "PSScriptRoot",
        "PSCommandPath", "true", "false", "null", "LASTEXITCODE", "Error", "StackTrace", "OutputEncoding",
        "NestedPromptLevel", "PWD", "Matches", "PSApplicationOutputEncoding", "PSItem",
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (same_name(name, names[i]))
            return true;
    return false;
}

static void use_variable(struct flow *flow, struct ast *node)
{
    struct ast_text name;
    if (!local_name(node, &name) || is_given(name) || !flow->now.reached)
        return;
    uint32_t variable = variable_index(flow, name);
    if (variable == MAX_VARIABLES || has_value(flow, variable))
        return;
    struct suspect *suspect = arena_new(&flow->check->source->arena, sizeof *suspect);
    if (!suspect)
        return;
    *suspect = (struct suspect){flow->suspects, node, variable};
    flow->suspects = suspect;
}

static void walk_kids(struct flow *flow, const struct ast *node, uint32_t first)
{
    for (uint32_t i = first; i < node->count; i++)
        if (node->kids[i])
            walk(flow, node->kids[i]);
}

// A variable that is given values of two types, or one that the parser cannot know, is dynamic.
static void note_type(struct flow *flow, struct ast_text name, const struct ast *cast, unsigned casts,
                      bool attributes)
{
    static const char *const known[] = {"string",   "int",   "bool",     "object",    "long",     "double",
                                        "char",     "byte",  "array",    "hashtable", "datetime", "int32",
                                        "string[]", "int[]", "object[]", "decimal"};
    uint32_t index = variable_index(flow, name);
    if (index == MAX_VARIABLES)
        return;
    struct variable *variable = &flow->variables[index];
    const struct ast *type = cast ? cast->kids[CONVERT_TYPE]->kids[0] : NULL;
    bool simple = !type;
    for (size_t i = 0; type && i < sizeof known / sizeof *known; i++)
        simple = simple || is_type_named(type, known[i]);
    struct ast_text written = type ? type->text : (struct ast_text){"object", 6};
    bool other = variable->type.size && (type || !has_value(flow, index))
                 && !utf8_same_ignore_case(variable->type.at, variable->type.size, written.at, written.size);
    if (casts > 1 || attributes || !simple || other)
        variable->dynamic = true;
    if (!variable->type.size)
        variable->type = written;
}

static void assign_target(struct flow *flow, struct ast *target)
{
    struct ast *node = target, *cast = NULL;
    struct ast_text name;
    unsigned casts = 0;
    bool attributes = false;
    if (node->kind == AST_PAREN_EXPRESSION && pure_expression(node->kids[0])) {
        assign_target(flow, node->kids[0]->kids[0]->kids[0]);
        return;
    }
    if (node->kind == AST_ARRAY_LITERAL) {
        for (uint32_t i = 0; i < node->count; i++)
            assign_target(flow, node->kids[i]);
        return;
    }
    while (node->kind == AST_CONVERT_EXPRESSION || node->kind == AST_ATTRIBUTED_EXPRESSION) {
        casts += node->kind == AST_CONVERT_EXPRESSION;
        attributes = attributes || node->kind == AST_ATTRIBUTED_EXPRESSION;
        cast = node->kind == AST_CONVERT_EXPRESSION ? node : cast;
        node = node->kids[CONVERT_CHILD];
    }
    if (node->kind != AST_VARIABLE_EXPRESSION) {
        walk(flow, target);
    } else if (local_name(node, &name)) {
        note_type(flow, name, cast, casts, attributes);
        assign(flow, name);
    }
}

static void walk_if(struct flow *flow, const struct ast *node)
{
    struct state end = {0};
    uint32_t i = 0;
    for (; i + 1 < node->count; i += 2) {
        walk(flow, node->kids[i]);
        struct state otherwise = flow->now;
        walk(flow, node->kids[i + 1]);
        meet(&end, &flow->now);
        flow->now = otherwise;
    }
    if (i < node->count)
        walk(flow, node->kids[i]);
    meet(&end, &flow->now);
    flow->now = end;
}

static void enter_loop(struct flow *flow, struct target *target, const struct ast *node)
{
    *target = (struct target){.outer = flow->targets, .label = node->text};
    flow->targets = target;
}

static void switch_clauses(struct flow *flow, const struct ast *node)
{
    for (uint32_t i = SWITCH_CLAUSES; i + 1 < node->count; i += 2) {
        walk(flow, node->kids[i]);
        struct state otherwise = flow->now;
        walk(flow, node->kids[i + 1]);
        meet(&otherwise, &flow->now);
        flow->now = otherwise;
    }
    if (node->kids[SWITCH_DEFAULT])
        walk(flow, node->kids[SWITCH_DEFAULT]);
}

static void walk_switch(struct flow *flow, const struct ast *node)
{
    struct target target;
    walk(flow, node->kids[SWITCH_CONDITION]);
    assign_word(flow, "switch");
    enter_loop(flow, &target, node);
    target.on_break = flow->now;
    switch_clauses(flow, node);
    flow->targets = target.outer;
    flow->now = target.on_break;
}

static void walk_foreach(struct flow *flow, const struct ast *node)
{
    struct target target;
    walk(flow, node->kids[FOREACH_CONDITION]);
    assign_word(flow, "foreach");
    assign_target(flow, node->kids[FOREACH_VARIABLE]); // $null where there is nothing to go through
    struct state empty = flow->now;
    enter_loop(flow, &target, node);
    target.on_break = flow->now;
    walk(flow, node->kids[FOREACH_BODY]);
    flow->targets = target.outer;
    meet(&target.on_break, &empty);
    flow->now = target.on_break;
}

static void walk_for(struct flow *flow, const struct ast *node)
{
    struct target target;
    if (node->kids[FOR_INITIAL])
        walk(flow, node->kids[FOR_INITIAL]);
    enter_loop(flow, &target, node);
    if (node->kids[FOR_CONDITION]) {
        walk(flow, node->kids[FOR_CONDITION]);
        target.on_break = flow->now;
    }
    walk(flow, node->kids[FOR_BODY]);
    meet(&flow->now, &target.on_continue);
    if (node->kids[FOR_ITERATOR])
        walk(flow, node->kids[FOR_ITERATOR]);
    flow->targets = target.outer;
    flow->now = target.on_break;
}

static void walk_while(struct flow *flow, const struct ast *node)
{
    struct target target;
    walk(flow, node->kids[LOOP_CONDITION]);
    enter_loop(flow, &target, node);
    target.on_break = flow->now;
    walk(flow, node->kids[LOOP_BODY]);
    flow->targets = target.outer;
    flow->now = target.on_break;
}

static void walk_do(struct flow *flow, const struct ast *node)
{
    struct target target;
    enter_loop(flow, &target, node);
    walk(flow, node->kids[LOOP_BODY]);
    meet(&flow->now, &target.on_continue);
    walk(flow, node->kids[LOOP_CONDITION]);
    flow->targets = target.outer;
    meet(&flow->now, &target.on_break);
}

// An exception may come from anywhere in the body: catch and finally begin with what held before it.
static void walk_try(struct flow *flow, const struct ast *node)
{
    struct state start = flow->now, end;
    bool catch_all = false;
    walk(flow, node->kids[TRY_BODY]);
    end = flow->now;
    for (uint32_t i = TRY_CATCHES; i < node->count; i++) {
        catch_all = catch_all || node->kids[i]->count == CATCH_TYPES;
        flow->now = start;
        walk(flow, node->kids[i]->kids[CATCH_BODY]);
        meet(&end, &flow->now);
    }
    flow->now = end;
    if (!node->kids[TRY_FINALLY])
        return;
    bool through = end.reached; // finally runs anyway, but what follows it only then
    if (!catch_all)
        meet(&flow->now, &start);
    walk(flow, node->kids[TRY_FINALLY]);
    if (!through)
        stop(flow);
}

static void walk_jump(struct flow *flow, const struct ast *node)
{
    struct ast *label = node->kids[0];
    struct target *target = flow->targets;
    if (label)
        walk(flow, label);
    while (target && label &&
           (label->kind != AST_STRING_CONSTANT_EXPRESSION ||
            !utf8_same_ignore_case(target->label.at, target->label.size, label->text.at, label->text.size)))
        target = target->outer;
    if (target)
        meet(node->kind == AST_BREAK_STATEMENT ? &target->on_break : &target->on_continue, &flow->now);
    stop(flow);
}

// A command may break out of the loops around it.
static void walk_pipeline(struct flow *flow, const struct ast *node)
{
    bool command = false;
    walk_kids(flow, node, 0);
    for (uint32_t i = 0; i < node->count; i++)
        command = command || node->kids[i]->kind == AST_COMMAND;
    for (struct target *target = flow->targets; command && target; target = target->outer) {
        meet(&target->on_break, &flow->now);
        meet(&target->on_continue, &flow->now);
    }
}

static void walk_branch(struct flow *flow, struct ast *branch)
{
    struct state before_branch = flow->now;
    walk(flow, branch);
    meet(&flow->now, &before_branch);
}

static void walk_binary(struct flow *flow, const struct ast *node)
{
    walk(flow, node->kids[LEFT]);
    if (node->op == TOK_AND || node->op == TOK_OR)
        walk_branch(flow, node->kids[RIGHT]);
    else
        walk(flow, node->kids[RIGHT]);
}

static void walk_ternary(struct flow *flow, const struct ast *node)
{
    walk(flow, node->kids[TERNARY_CONDITION]);
    struct state start = flow->now;
    walk(flow, node->kids[TERNARY_TRUE]);
    struct state end = flow->now;
    flow->now = start;
    walk(flow, node->kids[TERNARY_FALSE]);
    meet(&flow->now, &end);
}

static void walk_statements(struct flow *flow, const struct ast *node)
{
    for (uint32_t i = 0; i < node->count; i++)
        if (node->kids[i]->kind != AST_TRAP_STATEMENT)
            walk(flow, node->kids[i]);
}

static void walk(struct flow *flow, struct ast *node)
{
    switch (node->kind) {
    case AST_NAMED_BLOCK: case AST_STATEMENT_BLOCK: walk_statements(flow, node); return;
    case AST_IF_STATEMENT: walk_if(flow, node); return;
    case AST_SWITCH_STATEMENT: walk_switch(flow, node); return;
    case AST_FOREACH_STATEMENT: walk_foreach(flow, node); return;
    case AST_FOR_STATEMENT: walk_for(flow, node); return;
    case AST_WHILE_STATEMENT: walk_while(flow, node); return;
    case AST_DO_WHILE_STATEMENT: case AST_DO_UNTIL_STATEMENT: walk_do(flow, node); return;
    case AST_TRY_STATEMENT: walk_try(flow, node); return;
    case AST_BREAK_STATEMENT: case AST_CONTINUE_STATEMENT: walk_jump(flow, node); return;
    case AST_RETURN_STATEMENT: case AST_THROW_STATEMENT: case AST_EXIT_STATEMENT:
        walk_kids(flow, node, 0);
        stop(flow);
        return;
    case AST_DATA_STATEMENT:
        walk(flow, node->kids[DATA_BODY]);
        if (node->text.size)
            assign(flow, node->text);
        return;
    case AST_ASSIGNMENT_STATEMENT:
        walk(flow, node->kids[RIGHT]);
        assign_target(flow, node->kids[LEFT]);
        return;
    case AST_PIPELINE: walk_pipeline(flow, node); return;
    case AST_BINARY_EXPRESSION: walk_binary(flow, node); return;
    case AST_TERNARY_EXPRESSION: walk_ternary(flow, node); return;
    case AST_VARIABLE_EXPRESSION: use_variable(flow, node); return;
    case AST_CONVERT_EXPRESSION:
    case AST_ATTRIBUTED_EXPRESSION:
        walk(flow, node->kids[CONVERT_CHILD]);
        return;
    case AST_FUNCTION_DEFINITION:
    case AST_SCRIPT_BLOCK_EXPRESSION:
    case AST_TYPE_DEFINITION:
    case AST_USING_EXPRESSION:
    case AST_BASE_CTOR_EXPRESSION: case AST_TYPE_NAME:
        return;
    default: walk_kids(flow, node, 0); return;
    }
}

static bool makes_dynamic(const struct ast *node)
{
    static const char *const names[] = {"New-Variable",
                                        "Remove-Variable",
                                        "Set-Variable",
                                        "Set-PSBreakpoint",
                                        "Clear-Variable",
                                        "nv",
                                        "rv",
                                        "sv",
                                        "sbp",
                                        "clv",
                                        "set",
                                        "Import-Module",
                                        "ipmo",
                                        "Microsoft.PowerShell.Utility\\Set-Variable"};
    if (node->kind == AST_VARIABLE_EXPRESSION)
        return node->text.size > 8 && utf8_same_ignore_case(node->text.at, 8, "private:", 8);
    if (node->kind != AST_COMMAND)
        return false;
    if (node->op == TOK_DOT)
        return true;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (node->kids[0]->kind == AST_STRING_CONSTANT_EXPRESSION && same_name(node->kids[0]->text, names[i]))
            return true;
    return false;
}

static bool note_dynamic(const struct ast *node, void *context)
{
    bool *found = context;
    if (node->kind == AST_SCRIPT_BLOCK_EXPRESSION || node->kind == AST_FUNCTION_DEFINITION)
        return false;
    *found = *found || makes_dynamic(node);
    return true;
}

static void assign_parameters(struct flow *flow, const struct ast *function)
{
    struct ast_text name;
    for (uint32_t i = FUNC_PARAMS; i < function->count; i++)
        if (local_name(function->kids[i]->kids[PARAM_VARIABLE], &name))
            assign(flow, name);
}

static void mark_suspects(const struct flow *flow)
{
    for (struct suspect *suspect = flow->suspects; suspect; suspect = suspect->next) {
        const struct variable *variable = &flow->variables[suspect->variable];
        if (!variable->anywhere || !(variable->dynamic || flow->all_dynamic))
            suspect->node->flags |= NODE_UNASSIGNED;
    }
}

bool check_method_flow(struct check *check, const struct ast *method)
{
    const struct ast *function = method->kids[MEMBER_VALUE], *script = function->kids[FUNC_BODY];
    struct flow flow = {.check = check, .now = {.reached = true}};
    flow.variables = mem_new(MAX_VARIABLES, sizeof *flow.variables);
    if (!flow.variables)
        return true;
    ast_walk(script, note_dynamic, &flow.all_dynamic);
    assign_parameters(&flow, function);
    for (int i = SB_DYNAMICPARAM; i < SB_REST; i++)
        if (script->kids[i])
            walk(&flow, script->kids[i]);
    mark_suspects(&flow);
    mem_free(flow.variables, MAX_VARIABLES * sizeof *flow.variables);
    return !flow.now.reached;
}
