// profiles/profile.h: what may be seen: mode, commands, providers, programs, paths. A checked .pssc file.
//
// Loading never executes anything. A key that would widen, or drop a constraint, is an error; what only narrows
// is a note. Keys whose effect is not built are type-checked and notes that refuse: a session with one is
// refused (exit 125), `jeshctl check` names them.
#ifndef PROFILES_PROFILE_H
#define PROFILES_PROFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "profiles/session.h"
#include "syntax/data.h"

enum view {
#define VIEW(id, name, what) VIEW_##id,
#include "profiles/views.def"
#undef VIEW
    VIEWS
};
enum network { NETWORK_NONE, NETWORK_LOOPBACK, NETWORK_HOST };

struct profile_mount {
    const char *path;   // absolute, or ~ (the home) and what is below; normalised
    bool writable;
    bool optional;      // may be absent
    unsigned line, column;
};

struct profile_note { // what `jeshctl check` reports
    const char *id, *text, *key;
    unsigned line, column;
    bool refuses; // an unbuilt effect: no session
};

struct profile {
    const char *file, *name;
    enum session_type type;
    enum language_mode mode;
    enum view view;
    struct profile_mount *mounts;
    size_t mount_count;
    enum network network;
    uint16_t *ports; // NETWORK_LOOPBACK and NETWORK_HOST: TCP ports that may be connected to; none: all
    size_t port_count;
    enum tier minimum_tier;
    rights_t wrap_rights;   // Linux.Rights
    bool has_wrap_rights;
    const char *user;       // Linux.User, or NULL
    struct session_pair *environment;
    size_t environment_count;
    uint64_t limits[LIMITS]; // profiles/limits.h; 0: the file does not say
    const char **visible_cmdlets;  size_t visible_cmdlet_count;   // VisibleCmdlets and VisibleFunctions, as written
    const char **visible_aliases;  size_t visible_alias_count;
    const char **visible_providers; size_t visible_provider_count;
    bool has_visible; // some Visible* key is given and not empty
    uint32_t providers;     // resolved, bit per enum provider_id
    struct session_pair *aliases; // AliasDefinitions and visible built-in ones
    size_t alias_count;
    struct visible_command *commands; // resolved
    size_t command_count;
    struct profile_note *notes;
    size_t note_count;
    const struct data *table; // the whole file
    struct source *source;    // owns everything above
};

// Reads and checks the bytes of a .pssc. On success free with profile_free.
bool profile_load(const char *bytes, size_t size, const char *name, struct profile **ret_profile, struct err *err);

// Both open by path and check the file and every folder above it: root's (or those of `caller`, a uid; (uid_t)-1: of
// nobody else), writable by nobody else, reached without links; a sticky folder of root's such as /tmp will do.
// Appends the bytes of a file that is trusted so far; ids ProfileNotFound, ProfileNotTrusted, ProfileUnreadable,
// ProfileNotRegular, ProfileTooLarge.
bool profile_read(const char *path, unsigned caller, struct buf *out, struct err *err);
bool profile_open(const char *path, unsigned caller, struct profile **ret_profile, struct err *err);
void profile_free(struct profile *profile);

// The first note that refuses a session, or NULL.
const struct profile_note *profile_refusal(const struct profile *profile);
bool profile_admits(const struct profile *profile, struct err *err); // false: with that note as the error

// Fills what the interpreter is told. Borrows from the profile.
// Whether the session itself executes programs: FullLanguage alone; other modes ask the broker, whose sandboxes are others.
bool profile_runs_programs(const struct profile *profile);
void profile_session(const struct profile *profile, enum tier tier, struct session *ret_session);

#endif
