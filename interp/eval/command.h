// interp/eval/command.h: what a command is, and what it may ask of the pipeline that runs it.
//
// A cmdlet is a constant: its parameters as a table and up to four functions. The binder fills arg[] before
// begin (named and positional) and again before each process (pipeline input); cmdlets never parse arguments.
#ifndef INTERP_COMMAND_H
#define INTERP_COMMAND_H

#include "interp/value/error.h"
#include "interp/value/value.h"

enum param_flag {
    PARAM_MANDATORY = 1 << 0,
    PARAM_PIPELINE = 1 << 1,  // ValueFromPipeline
    PARAM_PROPERTY = 1 << 2,  // ValueFromPipelineByPropertyName
    PARAM_REMAINING = 1 << 3, // ValueFromRemainingArguments
    PARAM_ALLOW_NULL = 1 << 4,
    PARAM_ALLOW_EMPTY = 1 << 5, // empty string
    PARAM_ALLOW_EMPTY_COLLECTION = 1 << 6,
    PARAM_NOT_NULL = 1 << 7, // ValidateNotNull
    PARAM_NOT_NULL_OR_EMPTY = 1 << 8,
    PARAM_WILDCARD = 1 << 9,
    PARAM_HIDDEN = 1 << 10,  // DontShow
    PARAM_TRUSTED = 1 << 15, // ValidateTrustedData
};

struct param_more;
struct param_rule { // what a parameter of a cmdlet does to its argument besides; either may be NULL
    bool (*transform)(struct interp *in, value v,
                      value *ret); // before the conversion; own out. False: refused
    bool (*allows)(value v);       // of the converted value
    const struct type *type;       // what its type's name stands for, where the tables of types do not have it
};
enum { PARAM_NAMED = -1 }; // position of a parameter that has none

struct param {
    const char *name;
    const char *type;                       // "string", "string[]", "int", "switch", "object", "datetime",
                                            // "Microsoft.PowerShell.Commands.X" …
    const char *aliases;                    // separated by blanks, or NULL
    int position;                           // 0-based or PARAM_NAMED
    unsigned flags;                         // enum param_flag
    unsigned sets;                          // bit n: belongs to sets[n]; 0: all sets
    const char *set_values;                 // ValidateSet, separated by '|', or NULL
    long long min, max;                     // ValidateRange, where min < max
    unsigned min_count, max_count;          // ValidateCount, where max_count > 0
    unsigned min_length, max_length;        // ValidateLength, where max_length > 0
    const char *pattern;                    // ValidatePattern (ignoring case), or NULL
    unsigned mandatory_sets, pipeline_sets; // where a flag holds in some sets only; else 0
    const struct param_more *more;          // of script parameters (interp/eval/parameters.h), or NULL
    const struct param_rule *rule;
};

enum cmdlet_impact { ASKS_NONE = 1, ASKS_LOW, ASKS_MEDIUM, ASKS_HIGH }; // ConfirmImpact + 1
enum cmdlet_property {
    CMDLET_SHOULD_PROCESS = 1 << 0, // -WhatIf and -Confirm
    CMDLET_PAGING = 1 << 1,
    CMDLET_FUNCTION = 1 << 2, // Get-Command says Function
    CMDLET_NO_POSITIONS = 1 << 3,
    CMDLET_NAMELESS = 1 << 5,        // its errors name no command
    CMDLET_CALLER_POSITION = 1 << 4, // its errors stand where the script or function that holds it was called
};

struct command; // one invocation in a pipeline

struct cmdlet {
    const struct param *params; // ends with name NULL
    const char *const *sets;    // names of the parameter sets, NULL-terminated; NULL: only __AllParameterSets
    unsigned default_set;       // index into sets
    unsigned properties;        // enum cmdlet_property
    uint8_t impact;             // enum cmdlet_impact; 0: Medium
    size_t state_size;          // bytes of cmd->state, zeroed
    bool (*begin)(struct command *cmd);
    bool (*process)(struct command *cmd); // once per input object, or once where there is no pipeline input
    bool (*end)(struct command *cmd);
    void (*clean)(struct command *cmd); // always, frees the state; must not write
};

struct command {
    struct interp *in;
    const struct cmdlet *cmdlet;
    const char *name;       // canonical, "Get-Date"
    const char *class_name; // suffix of its error ids
    value *arg;             // by index into params; V_VOID where not bound
    uint64_t bound;         // bit per parameter
    unsigned set;           // resolved parameter set
    void *state;
    bool expects_input; // not first in its pipeline
    struct pipeline *pipeline;
    size_t index; // position in the pipeline
};

static inline bool cmd_bound(const struct command *cmd, unsigned param)
{
    return cmd->bound >> param & 1;
}
static inline bool cmd_switch(const struct command *cmd, unsigned param)
{
    return cmd_bound(cmd, param) && value_truth(cmd->arg[param]);
}

// Output. A false means that the pipeline ends (an error, or a later command wants no more): return false at
// once.
bool cmd_write(struct command *cmd, value v);      // one object to the next command; borrows
bool cmd_write_each(struct command *cmd, value v); // enumerates one level, as WriteObject(v, true)
bool cmd_take(struct command *cmd, value v);       // cmd_write, and drops v

// Non-terminating error; ",ClassName" is appended to id. Returns false where ErrorAction makes it
// terminating.
bool cmd_error(struct command *cmd, const char *id, enum category category, value target, const char *format,
               ...) __attribute__((format(printf, 5, 6)));
// The same with an exception of that type; NULL: the one that the id stands for.
bool cmd_error_as(struct command *cmd, const struct type *reason, const char *id, enum category category,
                  value target, const char *format, ...) __attribute__((format(printf, 6, 7)));
// Terminating error of this command; always returns false. ",ClassName" is appended.
bool cmd_throw(struct command *cmd, const char *id, enum category category, value target, const char *format,
               ...) __attribute__((format(printf, 5, 6)));
void cmd_remember(struct command *cmd, value record);     // an ErrorRecord goes into $Error and nowhere else
bool cmd_error_record(struct command *cmd, value record); // an existing ErrorRecord, as it is

enum stream {
    STREAM_OUTPUT = 1,
    STREAM_ERROR,
    STREAM_WARNING,
    STREAM_VERBOSE,
    STREAM_DEBUG,
    STREAM_INFORMATION
};
bool cmd_stream(struct command *cmd, enum stream stream, value record_or_text);
// Whether somebody has what is written to the stream here: a redirection, a variable.
bool cmd_stream_is_taken(const struct command *cmd, enum stream stream);
bool cmd_should_process(struct command *cmd, const char *target, const char *operation, bool *ret_yes);
// This command wants no more input: those before it end without their end block, its own and later ones still
// run.
bool cmd_stop_upstream(struct command *cmd); // always false: return it
bool cmd_stopped(const struct command *cmd); // Ctrl-C or a limit: give up soon

#endif
