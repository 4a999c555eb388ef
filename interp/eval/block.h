// interp/eval/block.h: script blocks as values, and what a call of one is. In jesh-full only.
//
// A literal { } is one object, made when its text is compiled; its own code is compiled when it first runs,
// in one form for a scope of its own (variables are slots) and one for the scope of whoever runs it
// (variables go by name).
#ifndef INTERP_BLOCK_H
#define INTERP_BLOCK_H

#include "interp/eval/pipeline.h"
#include "interp/eval/scope.h"

struct signature { // the parameters of a block
    struct arena arena;
    struct cmdlet cmdlet;
    struct meta *meta;
    struct symbol **names;    // by parameter
    const struct ast **nodes; // PARAMETERs
    value *missing;           // what an unbound parameter without a default is
    value *attributes;        // ARRAYs, by parameter
    value own;                // ARRAY: of the block
    size_t count;
    bool advanced;            // common parameters, no $args
};

struct scriptblock {
    struct object head;
    struct source *source;
    const struct ast *node;     // SCRIPT_BLOCK
    const struct ast *function; // FUNCTION_DEFINITION, or NULL
    struct code *codes[2];      // for the caller's scope, for its own
    struct signature *signature;
    uint8_t options; // enum name_option: of a function
    uint8_t mode; // enum language_mode: of the code that made it, and so its own
    struct scriptblock *behind; // a function: the one of the same name that only trusted code still sees; or NULL
    value home; // the module (module.h) in whose session state it runs, or $null: the global one
};

extern const struct property scriptblock_properties[]; // block-members.c

static inline struct module *block_module(const struct scriptblock *block)
{
    return value_is_null(block->home) ? NULL : (struct module *)block->home.object;
}

// Whether it is all of a file: a script's or a module's text.
static inline bool block_is_file(const struct scriptblock *block)
{
    return !block->function && block->source->name && block->node == block->source->root;
}

bool block_new(struct interp *in, struct source *source, const struct ast *node, const struct ast *function,
               value *ret);
// A literal where it is evaluated: the block itself, or another one of the mode that has come since. A new reference.
bool block_here(struct interp *in, value literal, value *ret);
// The mode while a block runs, and what comes back behind it; in the scope of others it only narrows.
bool block_is_simple(const struct scriptblock *block); // nothing but a pipeline of commands with constant arguments
struct modes {
    uint8_t mode, floor;
    bool same; // the block's is the one that was: what it makes of it stays
};
struct modes block_enter_mode(struct interp *in, const struct scriptblock *block, bool in_place);
void block_leave_mode(struct interp *in, struct modes outer);
// A frame of the block's code for the scope that runs, with none of its parameters set.
bool block_frame(struct interp *in, struct scriptblock *block, struct frame *frame); // false: thrown
struct code *block_code(struct interp *in, struct scriptblock *block, bool scoped); // NULL: thrown
struct signature *block_signature(struct interp *in, struct scriptblock *block);    // NULL: thrown
struct signature *signature_new(struct interp *in, const struct scriptblock *block);
void signature_free(struct signature *signature);
bool code_compile_block(struct interp *in, const struct scriptblock *block, bool scoped, struct code **ret);

// Around what a method runs: to that, the statement that calls the method is its caller.
struct method_caller {
    const struct code *code;
    uint32_t offset;
    const char *name;
};
struct method_caller method_caller_enter(struct interp *in);
void method_caller_leave(struct interp *in, struct method_caller outer);

struct scope *block_scope(struct stage *stage); // where an opened stage's block runs
// script.c: a file's text as a block; refused as the mode refuses texts.
bool script_block(struct interp *in, const char *text, size_t size, const char *path, value *ret);
// Runs a file's block as -File does: the words after its name are its arguments.
bool script_run(struct interp *in, value block, const char *path, const value *words, size_t count,
                struct sink *out) __attribute__((weak));
bool script_path(struct interp *in, const char *path, value *ret) // told from where the session stands
    __attribute__((weak));
bool script_place(struct interp *in, struct scope *scope, const char *path); // $PSScriptRoot, $PSCommandPath

#endif
