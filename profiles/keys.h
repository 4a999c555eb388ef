// profiles/keys.h: the keys of .pssc and .psrc files, and the test that each value has to pass.
#ifndef PROFILES_KEYS_H
#define PROFILES_KEYS_H

#include "profiles/load.h"

enum key_type {
    OF_STRING,
    OF_STRINGS, // PowerShell's test lets elements of any type pass
    OF_SESSION_TYPE,
    OF_MODE,
    OF_POLICY,
    OF_BOOL,
    OF_INTEGER,
    OF_TABLE,
    OF_ALIASES,
    OF_FUNCTIONS,
    OF_VARIABLES,
    OF_MODULES,
    OF_SCRIPTS,
    OF_XML,
    OF_LINUX,
};

// A session's file, a role's file, or the entry of a role inside of RoleDefinitions.
enum key_place { IN_SESSION = 1, IN_ROLE = 2, IN_ENTRY = 4, IN_FILES = IN_SESSION | IN_ROLE, IN_ANY = 7 };

enum key_effect { BUILT, TELLS, NOTED, UNBUILT };

enum key {
#define KEY(id, name, type, files, effect, what) KEY_##id,
#include "profiles/keys.def"
#undef KEY
    KEYS
};

struct key_row {
    const char *name;
    enum key_type type;
    unsigned places;
    enum key_effect effect;
    const char *what;
};
extern const struct key_row key_rows[KEYS];

enum key key_find(const struct data *name); // ignoring case; KEYS: none

// Tests every key of a table, in the order written, as Test-PSSessionConfigurationFile does, with its ids. An
// unknown key is an error, for a misspelt restriction would be none.
bool keys_check(struct loader *loader, const struct data *table, enum key_place place);

// Values of the two enums, by name or number.
bool session_type_of(const struct data *value, enum session_type *ret_type);
bool language_mode_of(const struct data *value, enum language_mode *ret_mode);

#endif
