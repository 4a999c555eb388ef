// interp/cmdlets/modules.h: what the commands of modules share: files found, manifests read, modules loaded.
#ifndef CMDLETS_MODULES_H
#define CMDLETS_MODULES_H

#include "interp/eval/interp.h"
#include "interp/eval/module.h"
#include "interp/value/enum.h"
#include "interp/value/types.h"

// What version somebody wants: VERSIONs, a GUID, each $null where it does not matter.
struct module_wish {
    value name; // STRING, borrowed with what it came from
    value minimum, maximum, required, guid;
};
// "Name" or @{ ModuleName=; ModuleVersion=; RequiredVersion=; MaximumVersion=; GUID= }. False: thrown.
bool module_wish(struct interp *in, value from, struct module_wish *ret);
void module_wish_drop(struct module_wish *wish);
bool module_wish_met(const struct module_wish *wish, const struct module *module);
bool module_wish_fits(const struct module_wish *wish, value version); // whatever the GUID
bool module_wish_any(const struct module_wish *wish); // of no version

// --- Files
bool module_is_path(const char *name);                                     // has a separator, or is rooted
bool module_whole_path(struct command *cmd, const char *path, value *ret); // absolute and normal
enum module_entry { ENTRY_NONE, ENTRY_FILE, ENTRY_FOLDER };
bool module_entry(struct command *cmd, const char *path, enum module_entry *ret);
// The file to load for a path, with or without extension, or a folder; $null: none.
bool module_file_at(struct command *cmd, const char *path, value *ret);
// The same by name through $env:PSModulePath, the highest version that meets the wish first.
bool module_file_named(struct command *cmd, const struct module_wish *wish, value *ret);
// Every module file below $env:PSModulePath: a LIST of paths.
bool module_files(struct command *cmd, value *ret);
bool module_name_of(struct interp *in, value path, value *ret); // "tools" of /x/tools.psm1
bool module_path_ends(const char *path, const char *end);       // in this extension, say

// --- Manifests
// The table of a .psd1, checked as RestrictedLanguage. *ret_valid false: thrown away, reported as
// Modules_InvalidManifest.
bool manifest_read(struct command *cmd, value path, value *ret, bool *ret_valid);
// Name, version and the rest of the fields of a module, from its table.
bool manifest_apply(struct command *cmd, value table, struct module *module, bool *ret_valid);
bool manifest_invalid(struct command *cmd, value path, const char *why); // reports
bool manifest_texts(struct interp *in, value table, const char *key,
                    value *ret); // ARRAY of STRING; $null: no key

// What the files tell of a module, without running any; $null: reported.
bool module_describe(struct command *cmd, value path, value *ret);

// --- Loading
struct module_load {
    const struct module_wish *wish;
    value arguments; // ARRAY or $null
    bool nested;     // not registered by itself
    bool silent;     // no warnings of names
    bool needed;     // whoever needs it says that there is no such version
};
// Loads the file into a module of the running session state. $null: reported, nothing loaded.
bool module_load(struct command *cmd, value path, const struct module_load *how, value *ret);

// A module of that path, named after it, with nothing in it yet.
bool module_new_at(struct interp *in, value path, value *ret);
// All functions and aliases, unless it has said itself what it exports.
bool module_export_default(struct interp *in, struct module *module);

bool module_verb_approved(const char *name); // of "Verb-Noun"; what has no dash has no verb
// One of the session's own, as an object. False: there is none of that name, or thrown.
bool module_built_in(struct interp *in, value name, value *ret);
bool module_verbose(struct command *cmd, const char *format, ...) __attribute__((format(printf, 2, 3)));
// The parameter as an ARRAY of patterns; $null where it is not bound.
value module_patterns(const struct command *cmd, unsigned param);

#endif
