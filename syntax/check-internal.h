// syntax/check-internal.h: what the files of the check share.
#ifndef SYNTAX_CHECK_INTERNAL_H
#define SYNTAX_CHECK_INTERNAL_H

#include "syntax/diagnose.h"
#include "syntax/name-set.h"

struct check {
    struct source *source;
    struct name_set classes;  // that the text defines
    const struct ast *member; // the member of a class whose body this is; NULL in any other script block
};

void complain(struct check *check, const struct ast *node, enum parse_error_id id);
bool is_type_named(const struct ast *type_name, const char *name); // with or without "System."
const struct ast *pure_expression(const struct ast *pipeline); // of a pipeline that is nothing else, or NULL
bool is_constant_variable(const struct ast *node);                 // $true $false $null
bool is_void_method(const struct ast *member);

// A variable's name without a scope that means this one. False: it names something else (global:, env:).
bool local_name(const struct ast *variable, struct ast_text *ret_name);

// check-symbols.c: classes and the properties that their methods assign to.
void check_symbols(struct check *check, const struct ast *root);

// check-flow.c: does every way through the method end in a return? Marks the variables that may have no
// value.
bool check_method_flow(struct check *check, const struct ast *method);

// check-class.c
bool is_known_attribute(struct ast_text name); // or one of a namespace, which may have any
void check_attribute_place(struct check *check, const struct ast *attribute);
void check_resource(struct check *check, const struct ast *type); // [DscResource()]

// check-requires.c: the #requires lines of the whole text.
void check_requires(struct check *check);

// check-constant.c
bool is_constant_argument(const struct ast *expression, bool of_class);

// check-assignment.c
void check_assignment(struct check *check, const struct ast *target, bool simple, enum parse_error_id id);
void check_cast(struct check *check, const struct ast *cast);

#endif
