// interp/providers/flat.h: what the providers share whose items are names in one table: Alias, Environment,
// Function, Variable.
#ifndef INTERP_FLAT_H
#define INTERP_FLAT_H

#include "interp/providers/provider.h"

struct flat {
    bool (*find)(struct interp *in, const char *name, value *ret_item); // V_VOID: none
    bool (*list)(struct interp *in, value *ret_items);                  // ARRAY of items, sorted by name
    bool (*name_of)(struct interp *in, value item, value *ret_name);    // STRING
    bool (*content)(struct interp *in, value item, value *ret); // what Get-Content gives and Copy-Item copies
    bool (*put)(struct command *cmd, const char *name, value v, struct change *how); // adds or changes
    bool (*drop)(struct command *cmd, const char *name, struct change *how);
    bool container_gate; // the language mode says whether New-Item may be asked for a folder
};

bool flat_look(struct command *cmd, const struct provider *self, const char *path,
               struct item_look *ret_look);
bool flat_names(struct command *cmd, const struct provider *self, const char *path, bool force,
                value *ret_names);
bool flat_get(struct command *cmd, const struct provider *self, const char *path, value *ret_item);
bool flat_set(struct command *cmd, const struct provider *self, const char *path, value v,
              struct change *how);
bool flat_create(struct command *cmd, const struct provider *self, const char *path, const char *type,
                 value v, struct change *how);
bool flat_remove(struct command *cmd, const struct provider *self, const char *path, struct change *how);
bool flat_rename(struct command *cmd, const struct provider *self, const char *path, const char *name,
                 struct change *how);
bool flat_copy(struct command *cmd, const struct provider *self, const char *from, const char *to,
               struct change *how);
bool flat_clear(struct command *cmd, const struct provider *self, const char *path, struct change *how);
bool flat_read(struct command *cmd, const struct provider *self, const char *path, value *ret);
bool flat_write(struct command *cmd, const struct provider *self, const char *path, value v,
                struct change *how);

#define FLAT_OPERATIONS                                                                                      \
    .look = flat_look, .names = flat_names, .get = flat_get, .set = flat_set, .create = flat_create,         \
    .remove = flat_remove, .rename = flat_rename, .copy = flat_copy, .clear = flat_clear, .read = flat_read, \
    .write = flat_write

#endif
