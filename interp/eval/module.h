// interp/eval/module.h: modules: a session state of their own, and what of it others are given.
//
// A module is a PSModuleInfo (V_OBJECT of type_psmodule) whose scope is the top of its session state; its
// parent is the global scope. Blocks made in it hold it, and it holds the functions among them: such rings
// live until the session ends, when modules_end empties every module. A closure's module is one like any
// other.
#ifndef INTERP_MODULE_H
#define INTERP_MODULE_H

#include "interp/eval/scope.h"

enum module_kind { MODULE_SCRIPT, MODULE_BINARY, MODULE_MANIFEST }; // PowerShell's ModuleType
enum module_access { ACCESS_READ_WRITE, ACCESS_READ_ONLY, ACCESS_CONSTANT };
enum member_set { MEMBERS_FUNCTIONS, MEMBERS_ALIASES, MEMBERS_VARIABLES, MEMBERS_CMDLETS, MEMBER_SETS };

struct module {
    struct object head;
    struct scope scope;
    struct scope *inner;            // the innermost one while another state runs
    struct module *previous, *next; // of eval->modules
    value name, path, base, file;   // STRING, or $null; file: what was imported, which may name another path
    value version, guid, prefix, private_data;
    value manifest;                    // TABLE: the keys of its .psd1; or $null
    value nested, required, on_remove; // LISTs of modules or $null; SCRIPTBLOCK or $null
    value imported;                    // TABLE: modules imported into its state by file; or $null
    value exports[MEMBER_SETS];        // TABLEs: name → SCRIPTBLOCK, AliasInfo, PSVariable; or $null: none
    value root;                        // RootModule as the manifest says; or $null
    uint8_t kind;                      // enum module_kind
    uint8_t access;                    // PowerShell's ModuleAccessMode
    uint8_t mode;                      // enum language_mode that it was loaded in
    bool chosen;                       // Export-ModuleMember was called
    bool linked;                       // on the ring
    struct module **owner;             // where the ring begins
};
extern const struct type type_psmodule __attribute__((weak));
void module_release(struct object *object);

#define MODULE(v) ((struct module *)(v).object)
static inline value module_value(struct module *module)
{
    return (value){.kind = V_OBJECT, .object = &module->head};
}
static inline bool value_is_module(value v)
{
    return v.kind == V_OBJECT && v.object->type == &type_psmodule;
}

bool module_new(struct interp *in, const char *name, value *ret) // NULL: __DynamicModule_ and a GUID
    __attribute__((weak));
void modules_end(struct interp *in) __attribute__((weak));

// The modules imported into the running session state, by file: a TABLE, made where there is none yet.
bool module_table(struct interp *in, struct table **ret);
struct module *module_imported(struct interp *in, const char *name,
                               size_t size); // the last one of that name; NULL: none
bool module_register(struct interp *in, struct module *module);                   // to both tables
void module_forget(struct interp *in, struct module *module);                     // out of all of them

// Adds what of the module's scope fits the patterns (an ARRAY of strings, or $null: nothing) to its exports.
bool module_export(struct interp *in, struct module *module, enum member_set set, value patterns);
bool module_export_one(struct interp *in, struct module *module, enum member_set set, value name,
                       value member);

// Member of an exported set by name; NULL: none.
const value *module_member(const struct module *module, enum member_set set, const char *name, size_t size);

// Makes what the module exports known in a scope: of each set what fits its patterns (an ARRAY; $null: all,
// where all of them are $null; else nothing). told is called for each, to say so or to leave it out.
struct module_import {
    value patterns[MEMBER_SETS];
    value prefix;
    bool (*told)(void *context, enum member_set set, value name, bool *ret_leave);
    void *context;
};
bool module_import(struct interp *in, struct module *module, struct scope *scope,
                   const struct module_import *how);
struct scope *module_target(struct interp *in); // the top of the running session state
// Out of every session state that it was imported into: its members, and the module itself.
bool module_remove(struct interp *in, struct module *module);
bool patterns_fit(value patterns, value name); // an ARRAY of wildcards

// "Get-X" with the prefix "My": "Get-MyX".
bool module_prefixed(struct interp *in, value prefix, value name, value *ret);

// What a module named Mod exports as Name, and the module; NULL: no such. Borrowed, *ret_module owned.
struct scriptblock *module_function(struct interp *in, const char *module, size_t size, const char *name,
                                    value *ret_module) __attribute__((weak));
// The module that gave the running state that function; NULL: none did.
struct module *module_exporting(struct interp *in, value block);
// Loads the module of $env:PSModulePath that has that command. False: none, or thrown.
bool module_autoload(struct interp *in, value name) __attribute__((weak));
bool info_block(value info, value *ret) __attribute__((weak)); // a FunctionInfo's or script's block, borrowed
bool module_custom_object(struct interp *in, struct module *module, value *ret);

// A block of the same text bound to another module ($null: the global state).
bool block_bound(struct interp *in, value block, value home, value *ret) __attribute__((weak));

#endif
