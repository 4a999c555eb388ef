// interp/eval/compiler.h: the compiler's own state, shared by its files.
#ifndef INTERP_COMPILER_H
#define INTERP_COMPILER_H

#include "interp/eval/code.h"
#include "interp/eval/interp.h"

// A loop or switch that is being compiled (compile-loop.c).
struct loop {
    struct loop *outer;
    struct ast_text label;
    uint16_t collectors;
    unsigned barriers;        // try … finally and traps around it
    size_t breaks, continues; // chains of jumps through their targets; NO_JUMP: none
};
enum { NO_JUMP = UINT32_MAX };

struct compiler {
    struct interp *in;
    struct code *code;
    uint16_t top;                      // first free register
    uint16_t collectors;               // open ones
    uint32_t offset;                   // where an error of the next instruction is
    uint32_t statement;                // of the statement: where the errors of its expressions are
    bool scoped;                       // the code has a scope of its own: its variables are slots
    bool by_name; // its variables may come and go by name: what it changes it seeks further out too
    const struct signature *signature; // of the block; NULL: a text
    const struct ast *last;            // the statement whose error ends the text, or NULL
    struct loop *loop;                 // the innermost; NULL: none
    const uint16_t *caught;            // in a catch: the register of its ErrorRecord
    unsigned barriers;                 // open ones that a jump must not pass unseen
    bool assigned; // the statements are an assignment's value: their errors are the assignment's
    const struct ast
        *method; // FUNCTION_MEMBER whose body this is, or PROPERTY_MEMBER: its errors are its caller's
    bool failed; // in->thrown says why
};

uint16_t compile_register(struct compiler *c);
uint16_t compile_constant(struct compiler *c, value v);             // takes the reference
uint16_t compile_symbol(struct compiler *c, struct symbol *symbol); // its number
// $node = operand, whatever scope or drive its name says.
void compile_store(struct compiler *c, const struct ast *variable, uint16_t operand);
uint16_t compile_variable(struct compiler *c, const struct ast *variable); // its value: an operand
// The same where the sum or the like of it becomes its new value.
void compile_changed(struct compiler *c, const struct ast *variable, uint16_t reg);
void compile_append(struct compiler *c, const struct ast *variable, uint16_t operand); // $variable += operand
// $variable = operand, through the attributes that it has from now on: a register with an array.
void compile_declare(struct compiler *c, const struct ast *variable, uint16_t operand, uint16_t attributes);
uint16_t compile_text_constant(struct compiler *c, struct ast_text text);
size_t compile_emit(struct compiler *c, enum op op, unsigned flag, uint16_t a, uint16_t b,
                    uint16_t operand_c);
size_t compile_jump(struct compiler *c, enum op op, uint16_t a); // target set by compile_land
void compile_land(struct compiler *c, size_t jump);              // at the next instruction
void compile_jump_back(struct compiler *c, enum op op, uint16_t a, size_t target);
bool compile_grow(struct compiler *c, void *items, size_t *capacity, size_t count, size_t size);
void compile_raise(struct compiler *c, const char *id, struct ast_text about);

void compile_background(struct compiler *c, const struct ast *node)
    __attribute__((weak)); // a pipeline or chain with & behind it
// A command list runs everything in the foreground (recorded).
static inline bool compile_is_background(const struct compiler *c, const struct ast *node)
{
    return node->flags & NODE_BACKGROUND && compile_background && !c->code->command_list;
}
void compile_guard(struct compiler *c, struct guard row); // that ends at the next instruction
void compile_too_complex(struct compiler *c);

uint16_t compile_expression(struct compiler *c, const struct ast *node); // any operand
void compile_expression_to(struct compiler *c, const struct ast *node, uint16_t reg);
void compile_block(struct compiler *c, const struct ast *block); // statements, written to the output
bool compile_succeeds(const struct ast *node); // the statement sets $? by being an expression
void compile_statement(struct compiler *c, const struct ast *node);
void compile_collected(struct compiler *c, const struct ast *statement,
                       uint16_t reg); // what a statement writes
void compile_condition(struct compiler *c, const struct ast *node,
                       uint16_t reg); // the same of if, while, switch
void compile_not_built(struct compiler *c, const struct ast *node);
// compile-full.c, which jesh-restricted does not have: statements beyond RestrictedLanguage. False: not one
// of its.
bool compile_full(struct compiler *c, const struct ast *node) __attribute__((weak));
bool compile_full_expression(struct compiler *c, const struct ast *node, uint16_t *ret)
    __attribute__((weak)); // the same
uint16_t compile_block_of(struct compiler *c, const struct ast *node, uint32_t flags)
    __attribute__((weak)); // a script block around a STATEMENT_BLOCK or an expression; flags of its node
uint16_t compile_script_block(struct compiler *c, const struct ast *node); // compile-block.c
void compile_function(struct compiler *c, const struct ast *node);
void compile_return(struct compiler *c, const struct ast *node);
// compile-class.c
void compile_method_return(struct compiler *c, const struct ast *node);
void compile_base_call(struct compiler *c, const struct ast *node);                    // BASE_CTOR_EXPRESSION
void compile_types(struct compiler *c, const struct ast *block) __attribute__((weak)); // of a SCRIPT_BLOCK
uint16_t compile_late_type(struct compiler *c, const struct ast *node, struct ast_text name)
    __attribute__((weak));                                                 // one that is not known yet
void compile_statement_inside(struct compiler *c, const struct ast *node); // without a guard of its own
// The value of a statement that has one and writes none: an assignment. False: not one of its.
bool compile_full_value(struct compiler *c, const struct ast *node, uint16_t reg) __attribute__((weak));
// An expression that as a statement writes nothing: $x++. False: not one of its.
bool compile_silent(struct compiler *c, const struct ast *expression) __attribute__((weak));
uint16_t compile_invoke(struct compiler *c, const struct ast *node)
    __attribute__((weak));                                         // compile-member.c: likewise
void compile_pipeline(struct compiler *c, const struct ast *node); // writes to the output

// jesh-full alone.
void compile_loop(struct compiler *c, const struct ast *node);     // compile-loop.c: while, do, for, foreach
void compile_jump_out(struct compiler *c, const struct ast *node); // break, continue
void compile_switch(struct compiler *c, const struct ast *node);   // compile-switch.c
void compile_try(struct compiler *c, const struct ast *node);      // compile-try.c
// What follows runs however the code since start was left; pending is the first of two registers.
void compile_finally(struct compiler *c, size_t start, uint16_t pending);
void compile_traps(struct compiler *c, const struct ast *block, size_t start)
    __attribute__((weak)); // those of the block that began there
void compile_assignment(struct compiler *c, const struct ast *node, uint16_t *ret_value); // compile-assign.c
uint16_t compile_step(struct compiler *c, const struct ast *node, bool wanted);           // ++ and --
uint16_t compile_type(struct compiler *c, const struct ast *node,
                      const struct ast *name);                               // a TYPE_NAME, a constant
void compile_load_name(struct compiler *c, const char *name, uint16_t reg);  // $name
void compile_store_name(struct compiler *c, const char *name, uint16_t reg); // $name = reg
// In a loop whose text names it, $name is the enumerator in list; what it was before is saved.
bool loop_show(struct compiler *c, const struct ast *node, const char *name, uint16_t list,
               uint16_t *ret_saved);
void loop_open(struct compiler *c, struct loop *loop, struct ast_text label);
void loop_next(struct compiler *c, struct loop *loop); // where continue goes: the next instruction
void loop_close(struct compiler *c, struct loop *loop, size_t start, size_t next); // where break goes

#endif
