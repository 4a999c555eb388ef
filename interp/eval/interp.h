// interp/eval/interp.h: one session's state. There is exactly one in a process, made by main, passed
// everywhere.
//
// eval knows neither cmdlets/ nor providers/: main hands it their tables. It prints nothing itself: what is
// left over at the end of a pipeline goes to Out-Default, which writes through `host`.
#ifndef INTERP_INTERP_H
#define INTERP_INTERP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "interp/eval/command.h"
#include "interp/value/value.h"
#include "profiles/session.h"
#include "syntax/modes.h"
#include "syntax/parser.h"

// Where output goes and input comes from: the broker's wire, a terminal, or a buffer in tests.
struct host {
    void *context;
    bool (*write)(void *context, int fd, const char *text,
                  size_t size); // fd 1 or 2; false: nobody reads any more
    bool (*read_line)(void *context, const char *prompt, bool secret, char **ret_line,
                      size_t *ret_size); // false: end. prompt NULL: a line of input, nobody is asked
    // Shows what reached the top on another stream than output: an ErrorRecord, or a record or text of the
    // warning, verbose, debug or information stream. While a terminating error is shown, in->thrown holds it.
    // False: nobody reads any more.
    bool (*report)(void *context, struct interp *in, enum stream stream, value record);
    void (*flush)(void *context); // to be called before anything that waits (Start-Sleep); may be NULL
    // Sends the payload of OWNER and waits for that of OWNERS (profiles/broker.def); false: no answer. NULL:
    // nobody is asked.
    bool (*owners)(void *context, const struct buf *question, struct buf *ret_answer);
    // Sends a JOB_ message and waits for its JOB_DATA; false: no answer. NULL: there are no jobs.
    bool (*job)(void *context, unsigned message, const struct buf *question, struct buf *ret_answer);
    unsigned (*width)(void *context);  // columns
    unsigned (*height)(void *context); // rows
    bool colour, interactive, error_json;
};

struct class;
struct field;
struct method;
struct interp {
    const struct session *session; // mode, what is visible; borrowed
    const struct host *host;
    const struct cmdlet *const *cmdlets;     // by enum cmdlet_id; NULL where not linked in
    const struct provider *const *providers; // by enum provider_id; NULL where not linked in
    value thrown;                            // ErrorRecord of the error being raised; V_NULL: none
    value errors;                            // LIST: $Error, newest first
    value ended_by; // ErrorRecord that ended the text run last before its end (errors JSON: "term"); V_NULL:
                    // none
    value out_of_memory; // the ErrorRecord of throw_memory, made beforehand
    size_t string_limit; // bytes of one string
    value matches;       // $Matches, a table; or $null
    struct zone zone;    // local time
    value ofs;           // $OFS, STRING; $null: one blank
    const char
        *stack_floor; // calls do not go below: what is left is for what one call may need; NULL: no limit
    enum language_mode mode;  // of the code that runs
    enum language_mode floor; // the session's own: what a text becomes. It only narrows, for good
    bool narrowed;            // FullLanguage code made before may still run
    bool binds_trusted;       // an argument of a command that is not the text's own is converted
    volatile int interrupted; // set by the wire or a signal handler; cmd_stopped looks at it
    bool bare; // the global code is commands alone: who asked for them gets what ends one of them
    bool exit_requested;
    bool takes_input; // $input is the host's
    bool exit_asked;  // $Host.SetShouldExit: when the text has run through
    int exit_code;
    uint32_t history; // how many texts the history holds, before the one that runs
    bool success;     // $?
    struct scope *global, *scope;
    value aliases; // TABLE of name → AliasInfo (interp/eval/names.h)
    struct drives
        *drives; // private to providers/; drives_end (interp/providers/path.h) frees it before interp_end
    // Runs a script block with $_ = self; several results are an array, none is $null. NULL in
    // jesh-restricted, where nothing can make a script block.
    bool (*call_block)(struct interp *in, value block, value self, value *ret);
    // Runs a script block with $args = args and $this = $_ = self; its output as above. NULL in
    // jesh-restricted.
    bool (*invoke_block)(struct interp *in, value block, value self, const value *args, size_t count,
                         value *ret);
    value type_data;      // TABLE of type name → TypeData (interp/value/type-data.h); $null: none
    struct boxes *boxes;  // members of values without heap (interp/value/member.h)
    unsigned alias_depth; // aliases being followed
    unsigned text_depth;  // objects whose text is part of another's (value_to_string)
    // Runs the script of a member with $this = self and $args = args; its output as above. NULL in
    // jesh-restricted.
    bool (*member_block)(struct interp *in, value block, value self, const value *args, size_t count,
                         value *ret);
    const struct programs *programs; // NULL: none can be run here (interp/eval/program.h)
    // Runs a method of a class that a text defined; arguments are converted. These are NULL in
    // jesh-restricted.
    bool (*call_made)(struct interp *in, const struct method *method, value self, const value *args,
                      size_t count, value *ret);
    bool (*start_class)(struct interp *in, struct class *class); // gives static properties their values, once
    bool (*allows)(struct interp *in, struct field *field, value v); // validation attributes; else thrown
    const struct type *(*find_type)(struct interp *in, const char *name,
                                    size_t size); // those of texts; NULL: none
    struct random_numbers *numbers;               // Get-Random's, since a seed was set; NULL: the kernel's
    struct regex_pool *regexes;                   // compiled patterns: private to value/regex.c
    struct made_types *made;                      // types made at run time: private to value/types-made.c
    struct interp *running; // the runspace of this one that runs now (interp/eval/runspace.h); NULL: none
    const volatile int
        *outer_interrupted; // of the interp that this one runs for; its own where there is none
    void (*providers_end)(struct interp *in); // set by providers/ once they hold something
    void (*scope_ended)(struct interp *in, const struct scope *scope); // the same: drives of that scope go
    struct runspace *runspaces;        // those made here: private to eval/runspace.c
    struct eval_state *eval;           // private to eval/
    value accelerators;                // names of types, once asked for: private to value/types-assembly.c
    struct shared_names *shared_names; // private to value/shared-name.c
};

bool interp_start(struct interp *in, const struct session *session, const struct host *host,
                  const struct cmdlet *const *cmdlets, const struct provider *const *providers,
                  struct err *err);
void interp_end(struct interp *in); // the two that follow
void interp_let_go(struct interp *in); // drops what it holds; its types stay, for others may hold objects of them
void interp_free(struct interp *in);   // nobody does any more

// Runs one text as the session's mode demands (a command list in NoLanguage, checked as a whole in
// RestrictedLanguage). Errors are reported and recorded, not returned. False: the text did not end well ($?
// or term).
enum text_flag { TEXT_INTERACTIVE = 1, TEXT_FILE = 2 };
bool interp_run_text(struct interp *in, const char *text, size_t size, const char *name, unsigned flags);

// A file as -File names it, with the words after its name (STRINGs).
bool interp_run_file(struct interp *in, const char *text, size_t size, const char *name, const value *words,
                     size_t count);

// Ends the session with that status; always false, nothing is thrown.
bool interp_leave(struct interp *in, int status);

// $input is what the host reads, line by line, when the text first asks for it.
void interp_open_input(struct interp *in);

void interp_remember(struct interp *in, value record); // puts an ErrorRecord into $Error

// Variables by name without scope prefix; the value is borrowed, NULL where there is none.
const value *interp_get_variable(struct interp *in, const char *name);
bool interp_set_variable(struct interp *in, const char *name, value v);

// Runs a command by name with bound values and collects its output (host and format use it).
struct named_arg {
    const char *name;
    value val;
};
bool interp_call(struct interp *in, enum cmdlet_id id, const struct named_arg *args, size_t count,
                 const value *input, size_t input_count, value *ret_output);

#endif
