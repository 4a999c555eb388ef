// interp/cmdlets/items.h: what the commands share that work on items of providers.
//
// Such a command begins its table of parameters with ITEM_PARAMS, in this order, and its sets are item_sets.
#ifndef INTERP_ITEMS_H
#define INTERP_ITEMS_H

#include "interp/eval/command.h"
#include "interp/providers/path.h"

enum item_param {
    ITEM_PATH,
    ITEM_LITERAL_PATH,
    ITEM_FILTER,
    ITEM_INCLUDE,
    ITEM_EXCLUDE,
    ITEM_CREDENTIAL,
    ITEM_PARAM_COUNT
};
enum item_set { ITEM_SET_PATH = 1, ITEM_SET_LITERAL = 2 };
extern const char *const item_sets[]; // Path, LiteralPath

// by_pipeline: PARAM_PIPELINE where -Path takes the objects of the pipeline as well as their properties.
#define ITEM_PARAMS(by_pipeline)                                                                             \
    {"Path", "string[]", NULL, 0, PARAM_MANDATORY | PARAM_PROPERTY | (by_pipeline), ITEM_SET_PATH},          \
        {"LiteralPath",   "string[]", "PSPath LP", PARAM_NAMED, PARAM_MANDATORY | PARAM_PROPERTY,            \
         ITEM_SET_LITERAL},                                                                                  \
        {"Filter", "string", NULL, PARAM_NAMED, 0, 0}, {"Include", "string[]", NULL, PARAM_NAMED, 0, 0},     \
        {"Exclude", "string[]", NULL, PARAM_NAMED, 0, 0},                                                    \
    {                                                                                                        \
        "Credential", "pscredential", NULL, PARAM_NAMED, PARAM_PROPERTY, 0                                   \
    }

typedef bool item_function(struct command *cmd, const struct place *place);

enum { ITEMS_ALL_NAMES = 1 << 16 }; // beside path_flags: -Filter is the function's own business

// Calls each for every item that -Path or -LiteralPath names and the filters let through. more: further
// path_flags.
bool items_each(struct command *cmd, unsigned more, item_function *each);
// The paths given, -Path or -LiteralPath; *ret_flags PATH_LITERAL for the latter. Borrowed; $null: none.
value items_paths(const struct command *cmd, unsigned *ret_flags);
bool items_pass(const struct command *cmd, const char *name);    // -Filter, -Include and -Exclude
bool items_include(const struct command *cmd, const char *name); // without -Filter
bool items_like_any(value patterns, const char *name);           // one of the wildcards fits
bool items_filter(value filter, const char *name);               // the file system's own: only * and ?
const char *items_leaf(const struct place *place, value *holder,
                       struct interp *in);     // text lives as long as holder
bool items_no_credential(struct command *cmd); // throws where -Credential was given
bool items_not_supported(struct command *cmd, const struct provider *provider);

#endif
