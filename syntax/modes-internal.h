// syntax/modes-internal.h: what the parts of modes.* share, and nobody else needs.
#ifndef SYNTAX_MODES_INTERNAL_H
#define SYNTAX_MODES_INTERNAL_H

#include <stdbool.h>

#include "syntax/ast.h"

// True where a TYPE_NAME names a type that RestrictedLanguage allows: one of a simple type code, an enum, or an
// array of these of one level. `text` is the script block whose `using namespace` statements count; may be NULL.
bool mode_type_is_simple(const struct ast *type_name, const struct ast *text);

// True where a TYPE_NAME names one of .NET's primitive types, the only casts that the command-list converter makes.
bool mode_type_is_primitive(const struct ast *type_name, const struct ast *text);

// PowerShell visits kids of rank 0 first, then 1, then 2; only the order of errors depends on it.
enum { MODE_RANKS = 3 };
unsigned mode_kid_rank(const struct ast *parent, uint32_t kid);

// The element that names a COMMAND's command: redirections may stand before it. NULL: none.
const struct ast *mode_command_name(const struct ast *command);

// What RestrictedLanguage answers to that kind of node wherever it stands; NULL: it asks first, or allows it.
const char *mode_restricted_id(enum ast_kind kind);

#endif
