// profiles/rights.h: sets of rights, and the tables of commands and providers that ask for them.
#ifndef PROFILES_RIGHTS_H
#define PROFILES_RIGHTS_H

#include <stddef.h>
#include <stdint.h>

enum right {
#define RIGHT(name, what) RIGHT_##name,
#include "profiles/rights.def"
#undef RIGHT
    RIGHTS
};

typedef uint32_t rights_t; // one bit a right
#define RIGHT_BIT(name) ((rights_t)1 << RIGHT_##name)

const char *right_name(enum right right); // "FILE_READ"
const char *right_what(enum right right);

enum cmdlet_flag { CMD_CORE = 1, CMD_FUNCTION = 2, CMD_FULL = 4 };

enum cmdlet_id {
#define CMDLET(id, name, rights, class_name, flags) CMDLET_##id,
#include "profiles/cmdlets.def"
#undef CMDLET
    CMDLETS
};

struct cmdlet_row {
    char name[32];          // "Get-Date"
    rights_t rights;
    char class_name[72];    // suffix of its error ids
    unsigned flags;
};
extern const struct cmdlet_row cmdlet_rows[CMDLETS];

enum provider_id {
#define PROVIDER(id, name, rights, drives) PROVIDER_##id,
#include "profiles/providers.def"
#undef PROVIDER
    PROVIDERS
};

struct provider_row {
    const char *name;
    rights_t rights;
    const char *drives; // separated by blanks
};
extern const struct provider_row provider_rows[PROVIDERS];

// The row of that name, ignoring case; NULL: no such command.
const struct cmdlet_row *cmdlet_find(const char *name, size_t size);
enum cmdlet_id cmdlet_id_of(const struct cmdlet_row *row);

// PowerShell's name of the module that the command belongs to; "" for a function.
const char *cmdlet_module(enum cmdlet_id id);

enum alias_option { ALIAS_READONLY = 1, ALIAS_ALLSCOPE = 2 };

struct alias_row { char name[16], value[40]; unsigned options; };
extern const struct alias_row alias_rows[]; // built-in aliases (profiles/aliases.def), sorted by the bytes of the name
extern const size_t alias_count;
const struct alias_row *alias_find(const char *name, size_t size); // ignoring case; NULL: none

#endif
