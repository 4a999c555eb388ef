// interp/eval/type-definition.h: types that texts define. Weak: jesh-restricted has none.
//
// They exist before the text runs, as in PowerShell: types_define makes all of a text. A name is looked for
// in the blocks around the node that names it, then in the scopes that run, then among the native types.
#ifndef INTERP_TYPE_DEFINITION_H
#define INTERP_TYPE_DEFINITION_H

#include "interp/eval/state.h"
#include "interp/value/class.h"
#include "interp/value/method.h"
#include "syntax/diagnose.h"

struct defined { // in the session's arena
    struct defined *next;
    const struct ast *node, *block; // TYPE_DEFINITION, and the SCRIPT_BLOCK it stands in
    const struct type *type;
    struct source *source;
};

// False: source->errors says why, or thrown.
bool types_define(struct interp *in, struct source *source) __attribute__((weak));
void types_end(struct interp *in) __attribute__((weak));
const struct type *defined_type(struct interp *in, const char *name, size_t size)
    __attribute__((weak));                                                        // in->find_type
const struct type *type_of_node(const struct interp *in, const struct ast *node); // of a TYPE_DEFINITION
bool types_know(struct interp *in, value types);           // an array of TYPE, in the current scope
bool type_late(struct interp *in, value name, value *ret); // TypeNotFound where there is none

// What the files of definitions share.
struct definition {
    struct interp *in;
    struct source *source;
    size_t errors; // of the source, before
};
void definition_error(struct definition *def, const struct ast *at, enum parse_error_id id);
bool definition_add(struct definition *def, const struct ast *node, const struct type *type);
const char *definition_name(struct definition *def, const struct ast *node,
                            const char *after);                                          // NULL: thrown
bool enums_define(struct definition *def, const struct ast *const *nodes, size_t count); // enum-definition.c
bool class_define(struct definition *def, const struct ast *node, struct class **ret); // without its members
bool class_define_members(struct definition *def, struct class *class);                // class-definition.c

static inline const struct type *type_named(struct interp *in, const char *name, size_t size)
{
    return type_find_in ? type_find_in(in, name, size) : type_find(name, size);
}

static inline const struct type *type_named_at(struct interp *in, const struct ast *place, const char *name,
                                               size_t size)
{
    const struct ast *outer = in->eval->place;
    in->eval->place = place;
    const struct type *type = type_named(in, name, size);
    in->eval->place = outer;
    return type;
}

#endif
