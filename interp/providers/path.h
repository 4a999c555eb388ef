// interp/providers/path.h: drives, the current location, and what a path means.
#ifndef INTERP_PATH_H
#define INTERP_PATH_H

#include "interp/providers/provider.h"

struct drive {
    struct drive *next;
    value name;        // STRING: "/", "Temp", "Env"
    value root;        // STRING: FileSystem: a folder; flat providers: ""
    value current;     // STRING: current location below the root, without a leading separator; "" is the root
    value description; // STRING
    enum provider_id provider;
    const struct scope *scope; // with which it ends; NULL: with the session
};

// A path, resolved. path is provider-internal, shown is how users see it ("Env:/HOME", "/etc/passwd"; as
// written where they named the provider). Both are STRINGs, owned.
struct place {
    const struct provider *provider;
    struct drive *drive; // NULL: written as Provider::path
    value path, shown;
};

struct places {
    struct place *items;
    size_t count, capacity;
    bool reported; // an error told why something is missing here
};

enum path_flag {
    PATH_LITERAL = 1 << 0, // no wildcards
    PATH_FORCE = 1 << 1,   // wildcards see hidden items
    PATH_QUIET = 1 << 2,   // nothing is reported, there is just no place (Test-Path)
    PATH_NEW = 1 << 3,     // the item need not exist (without wildcards)
};

// One path text, wildcards taken as they stand. *ret_found false: reported (DriveNotFound, ProviderNotFound),
// or quiet. False: the pipeline ends.
bool place_of(struct command *cmd, const char *text, unsigned flags, struct place *ret_place,
              bool *ret_found);
// The items that a path names. One without wildcards that does not exist is PathNotFound, unless PATH_NEW;
// wildcards that match nothing give none. Appends to *places.
bool places_of(struct command *cmd, const char *text, unsigned flags, struct places *places);
bool places_add(struct interp *in, struct places *places, struct place place); // takes the place
void places_free(struct places *places);
void place_drop(struct place *place);
bool place_child(struct command *cmd, const struct place *parent, const char *name, struct place *ret_child);
bool place_look(struct command *cmd, const struct place *place, struct item_look *ret_look);
bool place_not_found(struct command *cmd, const char *path); // reports PathNotFound

// The item with its PSPath, PSParentPath, PSChildName, PSDrive, PSProvider and PSIsContainer. V_VOID: gone.
bool place_item(struct command *cmd, const struct place *place, value *ret_item);
bool place_write(struct command *cmd, const struct place *place); // the item, to the next command
bool place_notes(struct interp *in, const struct place *place, value item,
                 bool container);                                             // adds them to item
bool place_origin(struct interp *in, const struct place *place, value item); // those but PSIsContainer
bool place_ps_path(struct interp *in, const struct place *place, value *ret); // Provider::path

// Drives and the current location.
bool drives_start(struct interp *in); // done by the first use as well
void drives_end(struct interp *in);
struct drive *drive_first(struct interp *in);
struct drive *drive_find(struct interp *in, const char *name, size_t size);
bool drive_add(struct interp *in, const char *name, enum provider_id provider, const char *root,
               const char *description);
bool drive_remove(struct interp *in, struct drive *drive); // who stands there stands at the first one then
struct drive *drive_current(struct interp *in);
bool location_show(struct interp *in, const struct drive *drive, value *ret_text);   // "Env:/", "/etc"
bool location_object(struct interp *in, const struct drive *drive, value *ret_info); // PathInfo
bool location_set(struct interp *in, const struct place *place); // the place is a container
// Stacks of locations, by name; the one without name is "default".
bool location_push(struct interp *in, const char *stack);
bool location_pop(struct interp *in, const char *stack, bool *ret_popped);
bool location_stack(struct interp *in, const char *stack, value *ret_stack); // PathInfoStack
bool location_use_stack(struct interp *in, const char *stack);

// Text of FileSystem paths; `out` is appended to.
bool path_normalise(const char *text, size_t size, struct buf *out); // absolute: no //, ., .. ; \ becomes /
const char *path_leaf(const char *path,
                      size_t *ret_size);            // after the last separator, a final one not counted
size_t path_parent_size(const char *path);          // bytes of the parent; 0: none
bool path_is_rooted(const char *text, size_t size); // begins with a separator or a drive or Provider::

#endif
