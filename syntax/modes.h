// syntax/modes.h: what each language mode permits. Every rule about language modes lives in syntax/modes.*.
//
// NoLanguage and RestrictedLanguage judge a text before it runs; ConstrainedLanguage judges single operations
// at run time through the gates below. The mode is the launcher's: set from inside it only narrows.
#ifndef SYNTAX_MODES_H
#define SYNTAX_MODES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "syntax/parser.h"

// PowerShell's values; their order says nothing about strictness.
enum language_mode { MODE_FULL = 0, MODE_RESTRICTED = 1, MODE_NONE = 2, MODE_CONSTRAINED = 3 };

const char *mode_name(enum language_mode mode);                     // "FullLanguage"
bool mode_from_name(const char *name, size_t size, enum language_mode *ret_mode); // any letter case, or '0'..'3'

// What a RestrictedLanguage text may use beyond the language itself. All NULL: the rules of a session.
struct mode_allow {
    const char *const *commands; // NULL: any command name; else only these, ignoring case
    size_t command_count;
    const char *const *variables; // NULL: PSCulture PSUICulture true false null
    size_t variable_count;
    bool environment; // $env:NAME
};

// Judges a parsed text in RestrictedLanguage (or a data section, or a data file). Adds every violation to
// source->errors, outer nodes first, duplicates removed as PowerShell does. True: nothing found. On false there is at
// least one error, of id OutOfMemory if nothing else could be kept.
bool mode_check_restricted(struct source *source, const struct ast *root, const struct mode_allow *allow);

// Judges a parsed text in ConstrainedLanguage, the parse-time part (classes, configurations). To be asked where the
// text has syntax errors as well: PowerShell finds these things while it parses, so they are put in by position.
bool mode_check_constrained(struct source *source, const struct ast *root);

// Judges a typed line in NoLanguage: may it be turned into a list of commands? NULL: yes. Otherwise the id of
// the converter's refusal (CantConvertWithScriptBlocks…); the session then answers ScriptsNotAllowed.
// A syntax error gives the parser's id.
const char *mode_check_command_list(const struct source *source);
const char *mode_error_text(const char *id); // what a person reads of a mode's refusal; an unknown id is its own text

// Operations that only run time knows. The table is syntax/modes.def; NULL: permitted, else the error id.
enum mode_gate {
#define GATE(name, full, restricted, none, constrained) GATE_##name,
#define NODE(kind, restricted, constrained)
#include "syntax/modes.def"
#undef GATE
#undef NODE
    MODE_GATES
};
const char *mode_gate(enum language_mode mode, enum mode_gate gate);

// The gates of types let through what is core: a type by its full name. Enums, Nullable<T> and arrays of core types
// are core as well; whoever knows types sees to that.
bool mode_type_is_core(const char *full_name);
// Of two modes the one that permits less: what a session becomes that was one and is asked to be the other.
enum language_mode mode_narrower(enum language_mode one, enum language_mode other);

#endif
