// interp/eval/scope.h: symbols and scopes: where the name of a variable leads.
//
// A name is interned once as a symbol. A symbol that no scope but the global one was ever given is its global
// variable, without a walk. The variables that compiled code knows are registers of its frame ("slots");
// others hang on the scope as PSVariables, and so does the PSVariable of a slot once somebody asked for the
// object.
#ifndef INTERP_SCOPE_H
#define INTERP_SCOPE_H

#include "interp/eval/code.h"
#include "interp/eval/names.h"
#include "interp/eval/state.h"

// Variables that a call has by itself. They are fields of its scope and need no name to be found by.
enum special {
    SPECIAL_UNDERSCORE,
    SPECIAL_ARGS,
    SPECIAL_INPUT,
    SPECIAL_THIS,
    SPECIAL_INVOCATION,
    SPECIAL_BOUND,
    SPECIAL_CMDLET,
    SPECIAL_ROOT,
    SPECIAL_PATH,
    SPECIAL_SENDER,
    SCOPE_SPECIALS,
    SPECIAL_SUCCESS = SCOPE_SPECIALS,
    SPECIAL_MATCHES,
    SPECIAL_CONTEXT,
    SPECIAL_NONE,
};

enum scope_prefix { PREFIX_NONE, PREFIX_GLOBAL, PREFIX_SCRIPT, PREFIX_LOCAL, PREFIX_PRIVATE, PREFIX_DRIVE };

struct symbol {
    struct object head;
    value name;
    struct variable *global; // owned; NULL: none
    bool local;              // some other scope has or had it
    bool local_function;     // the same of functions
    uint8_t special;         // enum special
    value function;          // global: a SCRIPTBLOCK, or $null
};

struct scope_function {
    struct symbol *symbol;
    value block;
};

struct scope {
    struct scope *parent;    // who is asked next; NULL: the global one
    const struct code *code; // whose slots these are; NULL: none
    value *slots;
    struct variable **own; // those that are no slots, and the objects of those that are
    size_t own_count, own_capacity;
    struct scope_function *functions;
    size_t function_count, function_capacity;
    value aliases;                 // TABLE: name → AliasInfo; or $null. The global ones are in->aliases
    value special[SCOPE_SPECIALS]; // value_unset: not this scope's
    bool (*make_special)(struct interp *in, struct scope *scope, enum special which,
                         value *ret); // of those marked lazy
    void *call;                       // what make_special works from
    value types;    // TABLE: name → TYPE, those defined by a block that runs here; or $null
    bool script;    // what script: means
    uint8_t strict; // Set-StrictMode here; 0: as the parent says
};

// No variable, in a slot: a VOID that is told from AutomationNull.
#define value_unset ((value){.kind = V_VOID, .aux = 1})
#define value_lazy ((value){.kind = V_VOID, .aux = 2})
static inline bool value_is_unset(value v)
{
    return v.kind == V_VOID && v.aux == 1;
}
static inline bool value_is_lazy(value v)
{
    return v.kind == V_VOID && v.aux == 2;
}

struct symbol *symbol_of(struct interp *in, const char *name, size_t size);         // NULL: memory, thrown
struct symbol *symbol_look(const struct interp *in, const char *name, size_t size); // NULL: never heard of
// Cuts "script:" and the like off; PREFIX_DRIVE leaves the text whole.
enum scope_prefix scope_prefix(const char **io_name, size_t *io_size);

void scope_start(struct scope *scope, struct scope *parent);
void scope_end(struct interp *in, struct scope *scope); // what is still asked for lives on by itself
struct scope *scope_named(struct interp *in, enum scope_prefix prefix);

// Session states: the global one (NULL) and one of every module. Each has its own chain of scopes, which ends
// in the global scope; a block runs in that of the state it was made in, whoever calls it.
struct module; // module.h
struct entered {
    struct module *module;
    struct scope *scope, *inner;
};
struct scope *state_scope(const struct interp *in, const struct module *module); // its innermost one now
void state_enter(struct interp *in, struct module *module, struct scope *scope, struct entered *ret);
void state_leave(struct interp *in, const struct entered *entered);

// The value, borrowed; NULL: there is none. False: thrown (a lazy special could not be made).
bool scope_get(struct interp *in, const struct symbol *symbol, enum scope_prefix prefix, const value **ret);
bool scope_set(struct interp *in, struct symbol *symbol, enum scope_prefix prefix,
               value v);                                                   // through constraints
value *scope_slot(const struct scope *scope, const struct symbol *symbol); // NULL: none of that name
struct variable *scope_own(const struct scope *scope, const struct symbol *symbol);
// The object of a variable of exactly this scope, made where there is none of it yet.
bool scope_variable(struct interp *in, struct scope *scope, struct symbol *symbol, bool create,
                    struct variable **ret);
// Where a variable of the global scope that is running keeps its value, if reading and writing it need no
// further rule; else NULL.
static inline value *scope_plain_global(const struct interp *in, const struct symbol *symbol,
                                        enum scope_prefix prefix)
{
    const struct variable *variable = symbol->global;
    bool plain = prefix == PREFIX_NONE && in->scope == in->global && symbol->special == SPECIAL_NONE &&
                 !symbol->local && variable && !variable->options && variable->attributes.kind == V_NULL &&
                 !variable->hidden && !variable->watched && !in->narrowed;
    return plain ? variable->at : NULL;
}
bool scope_may_set(struct interp *in, const struct symbol *symbol);                  // false: private, thrown
bool scope_share(struct interp *in, struct scope *scope, struct variable *variable); // keeps it
void scope_forget(struct scope *scope, struct variable *variable);                   // one of that scope
unsigned scope_strict(const struct interp *in); // Set-StrictMode's version, 0: off

// function.c and call.c, which jesh-restricted does not have: weak references find them.
struct stage;
struct pipeline;
// typed-variable.c: [type]$name = v.
bool variable_declare(struct interp *in, struct symbol *symbol, enum scope_prefix prefix, value attributes,
                      value v) __attribute__((weak));
bool function_define(struct interp *in, struct symbol *symbol, enum scope_prefix prefix, value block)
    __attribute__((weak));
// In exactly that scope.
bool function_put(struct interp *in, struct scope *scope, struct symbol *symbol, value block)
    __attribute__((weak));
void function_drop(struct scope *scope, struct symbol *symbol) __attribute__((weak));
const value *function_own(const struct scope *scope, const struct symbol *symbol)
    __attribute__((weak)); // borrowed; NULL: none
struct ast_text block_defined_as(const struct scriptblock *block)
    __attribute__((weak)); // the name behind `function`; NULL: none
struct scriptblock *function_find(struct interp *in, const char *name, size_t size)
    __attribute__((weak)); // the innermost scope's first; NULL: none
// A stage that runs a block; name is what errors of binding end in.
bool block_open(struct stage *stage, struct pipeline *pipeline, size_t index, value block, const char *name,
                bool dotted) __attribute__((weak));
bool drive_get(struct interp *in, const struct symbol *symbol, const value **ret)
    __attribute__((weak)); // drive-variable.c
bool drive_set(struct interp *in, const struct symbol *symbol, value v) __attribute__((weak));
bool block_new(struct interp *in, struct source *source, const struct ast *node, const struct ast *function,
               value *ret) __attribute__((weak));
bool script_open_block(struct stage *stage, struct pipeline *pipeline, size_t index, value path, value text,
                       bool dotted) __attribute__((weak));
void block_give_args(struct stage *stage, value args) __attribute__((weak)); // what no parameter took
bool block_call(struct interp *in, value block, value self, value *ret)
    __attribute__((weak)); // in->call_block
bool block_call_scoped(struct interp *in, value block, value self, value *ret)
    __attribute__((weak)); // the same in a scope of its own: what properties and validations are
bool block_method(struct interp *in, value block, value self, const value *args, size_t count, value *ret)
    __attribute__((weak)); // in->invoke_block
bool block_this(struct interp *in, value block, value self, const value *args, size_t count, value *ret)
    __attribute__((weak)); // in->member_block
bool block_run(struct interp *in, value block, value self, struct sink *out)
    __attribute__((weak)); // in the current scope, with $_ = self

// The same of a block with a name, a file's: STRING or $null.
bool block_invoke_as(struct interp *in, value block, value name, const value *args, size_t count, bool dotted,
                     struct sink *out) __attribute__((weak));
// As & or . would: with arguments, what it writes to out.
bool block_invoke_fed(struct interp *in, value block, value input, const value *args, size_t count,
                      bool dotted,
                      struct sink *out)
    __attribute__((weak)); // with the items of a LIST from the pipeline, or $null
// As a method: an error ends the block, and is that of whoever called it.
bool block_invoke_relayed(struct interp *in, value block, const value *args, size_t count, struct sink *out)
    __attribute__((weak));
bool block_invoke(struct interp *in, value block, const value *args, size_t count, bool dotted,
                  struct sink *out) __attribute__((weak));
bool block_collect(struct interp *in, value block, const value *args, size_t count, bool dotted,
                   value *ret) __attribute__((weak)); // what it writes, as collector_take has it

#endif
