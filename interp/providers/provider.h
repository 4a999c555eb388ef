// interp/providers/provider.h: what a provider is: a namespace of items behind a drive.
//
// Paths are provider-internal. FileSystem's are absolute and normalised (a final / stays where the user wrote
// one); the other providers are flat: the path is the item's name, and "" is the container of all items.
// Resolution (drives, current location, wildcards, ~) is done once, in path.c and glob.c, for every provider
// and command; a provider that the session does not show answers ProviderNotFound there.
//
// Functions report what went wrong through cmd_error and return true, or false where the pipeline ends. NULL:
// the provider cannot do that (NotSupported). An item that is not there is no error of look and get: callers
// check.
#ifndef INTERP_PROVIDER_H
#define INTERP_PROVIDER_H

#include "interp/eval/command.h"
#include "interp/value/value.h"
#include "profiles/rights.h"

struct item_look {
    bool exists, container, hidden;
};

enum item_flag {
    ITEM_FORCE = 1 << 0,
    ITEM_RECURSE = 1 << 1,
    ITEM_FLATTEN = 1 << 2, // Copy-Item -Container:$false
};

// A change that a command asks for; `failed` says afterwards that something was reported.
struct change {
    unsigned flags; // enum item_flag
    bool failed;
    bool has_options;
    unsigned options;   // enum name_option, of what has such
    const char *filter; // Copy-Item -Filter: what files below a folder count; NULL: all
};

struct flat;

struct provider {
    const char *name;      // "FileSystem"
    const char *type_name; // "Microsoft.PowerShell.Commands.FileSystemProvider"
    const char *description;
    unsigned capabilities;   // ProviderCapabilities
    bool hierarchical;       // containers within containers
    bool ignore_case;        // of names written without wildcards
    const struct flat *flat; // NULL for FileSystem
    bool (*look)(struct command *cmd, const struct provider *self, const char *path,
                 struct item_look *ret_look);
    // Names of a container's items, containers first, each part sorted; hidden ones only with force. ARRAY of
    // STRING.
    bool (*names)(struct command *cmd, const struct provider *self, const char *path, bool force,
                  value *ret_names);
    bool (*get)(struct command *cmd, const struct provider *self, const char *path,
                value *ret_item); // V_VOID: none
    bool (*set)(struct command *cmd, const struct provider *self, const char *path, value v,
                struct change *how);
    bool (*create)(struct command *cmd, const struct provider *self, const char *path, const char *type,
                   value v, struct change *how);
    bool (*remove)(struct command *cmd, const struct provider *self, const char *path, struct change *how);
    bool (*rename)(struct command *cmd, const struct provider *self, const char *path, const char *name,
                   struct change *how);
    bool (*copy)(struct command *cmd, const struct provider *self, const char *from, const char *to,
                 struct change *how);
    bool (*move)(struct command *cmd, const struct provider *self, const char *from, const char *to,
                 struct change *how);
    bool (*clear)(struct command *cmd, const struct provider *self, const char *path, struct change *how);
    // The whole content of a flat item; FileSystem's content is read and written by content.h.
    bool (*read)(struct command *cmd, const struct provider *self, const char *path, value *ret);
    bool (*write)(struct command *cmd, const struct provider *self, const char *path, value v,
                  struct change *how);
};

extern const struct provider *const provider_table[PROVIDERS];

// Whether the session shows it.
bool provider_visible(const struct interp *in, enum provider_id id);

#endif
