// interp/providers/provider.h: what a provider is: a namespace of items behind a drive.
//
// Path resolution (drives, current location, wildcards, ~) is done once, in path.c, for every provider and
// every command; a provider that the session does not show answers ProviderNotFound there.
#ifndef INTERP_PROVIDER_H
#define INTERP_PROVIDER_H

#include "interp/eval/command.h"
#include "interp/value/value.h"

struct provider {
    const char *name;   // "FileSystem"
    char separator;     // '/' for FileSystem
    bool ignore_case;
    bool hierarchical;  // containers within containers
    // Paths are provider-internal: absolute, no drive, normalised.
    bool (*exists)(struct command *cmd, const char *path, bool *ret_exists, bool *ret_container);
    bool (*get_item)(struct command *cmd, const char *path, value *ret);
    bool (*children)(struct command *cmd, const char *path, bool force, value *ret_names); // ARRAY of names, unsorted
    bool (*set_item)(struct command *cmd, const char *path, value v);
    bool (*new_item)(struct command *cmd, const char *path, const char *type, value v, bool force, value *ret);
    bool (*remove_item)(struct command *cmd, const char *path, bool recurse, bool force);
    bool (*get_content)(struct command *cmd, const char *path, value *ret); // whole content, provider's own form
};

#endif
