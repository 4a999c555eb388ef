// interp/eval/names.h: variables and aliases by name, as commands and providers see and change them.
//
// Both are live objects: $v = Get-Variable x; $v.Value = 4 changes $x. Scopes are given as users write them:
// NULL or "" is the current scope and those around it, else "Global", "Local", "Script", "Private" or a
// number of scopes up. A scope that is none: false, thrown (ArgumentOutOfRange for a number, Argument for a
// word).
#ifndef INTERP_NAMES_H
#define INTERP_NAMES_H

#include "interp/value/value.h"

enum name_option { // ScopedItemOptions
    OPTION_NONE = 0,
    OPTION_READONLY = 1,
    OPTION_CONSTANT = 2,
    OPTION_PRIVATE = 4,
    OPTION_ALLSCOPE = 8,
};

struct symbol;
struct variable { // a PSVariable; V_OBJECT of type_psvariable
    struct object head;
    value name; // STRING, as first written
    value val;
    value description;     // STRING or $null
    value attributes;      // ARRAY of validation and conversion attributes, or $null
    unsigned options;      // enum name_option
    bool watched;          // something else follows its value: $OFS
    bool hidden;           // Visibility Private
    value *at;             // where its value is: val, or a register of a running frame
    struct symbol *symbol; // what is looked for by (interp/eval/scope.h)
};
extern const struct type type_psvariable;
bool variable_new(struct interp *in, struct symbol *symbol, struct variable **ret); // in no scope yet

// The variable of that name; the reference is borrowed, *ret NULL where there is none.
bool variable_find(struct interp *in, const char *name, const char *scope, struct variable **ret);
// Finds or makes one in exactly that scope (NULL: the current one). New ones are $null without options.
bool variable_make(struct interp *in, const char *name, const char *scope, struct variable **ret);
// Assigns through its attributes; ReadOnly and Constant throw VariableNotWritable, ReadOnly only without
// force.
bool variable_assign(struct interp *in, struct variable *variable, value v, bool force);
// Of Visibility Private: neither for what is typed nor for the commands it calls, only for functions.
bool variable_is_private(const struct interp *in, const struct variable *variable);
bool variable_private(struct interp *in, const struct variable *variable); // throws that it is, returns false
// The value as attributes let it in; what they have against it is thrown as the variable's error.
bool variable_check(struct interp *in, value attributes, value name, value v, value *ret)
    __attribute__((weak)); // typed-variable.c
// The same of a parameter or a variable of a function: a type's error is that of the cast.
bool parameter_check(struct interp *in, value attributes, value name, value v, value *ret)
    __attribute__((weak));
// ReadOnly without force, Constant and AllScope ones: VariableNotRemovable thrown.
bool variable_remove(struct interp *in, struct variable *variable, const char *scope, bool force);
// Every variable that is visible there, sorted by name ignoring case: an ARRAY of PSVariable.
bool variable_list(struct interp *in, const char *scope, value *ret);

struct alias { // an AliasInfo; V_OBJECT of type_alias_info
    struct object head;
    value name, definition; // STRING
    value description;      // STRING or $null
    unsigned options;       // enum name_option
    uint8_t mode;           // enum language_mode of the code that made it
};
extern const struct type type_alias_info;

// The session's visible aliases are those of the global scope; every other scope may have its own.
struct scope;
bool aliases_start(struct interp *in); // fills in->aliases from the session
struct alias *alias_get(const struct interp *in, const char *name, size_t size); // NULL: none
// What a name stands for (borrowed): an alias may name an alias. False: they never come to an end.
bool alias_follow(const struct interp *in, value *io_name);
bool alias_put(struct interp *in, const char *name, const char *definition,
               struct alias **ret);                     // adds or redefines in the current scope
bool alias_remove(struct interp *in, const char *name); // the innermost of that name
// The same in exactly that scope. AllScope ones are the global scope's, whichever is named.
struct alias *alias_in(struct interp *in, struct scope *scope, const char *name); // NULL: none
bool alias_put_in(struct interp *in, struct scope *scope, const char *name, const char *definition,
                  struct alias **ret);
bool alias_remove_in(struct interp *in, struct scope *scope, const char *name);
bool alias_share(struct interp *in, struct scope *scope, struct alias *alias); // one object, known here too
struct scope *scope_find(struct interp *in, const char *name); // as users write it; NULL: none, thrown
bool alias_list(struct interp *in, value *ret); // ARRAY of AliasInfo, sorted by name ignoring case

#endif
