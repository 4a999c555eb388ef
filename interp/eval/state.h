// interp/eval/state.h: what the evaluator's files share: sinks, the machine, the state behind interp->eval.
#ifndef INTERP_STATE_H
#define INTERP_STATE_H

#include "interp/eval/code.h"
#include "interp/eval/interp.h"
#include "interp/value/error.h"

// Where objects go. False: an error was thrown, or nobody wants more.
struct sink {
    bool (*put)(struct sink *sink, struct interp *in, value v); // borrows
    // Bytes as they are, where the sink is what the host shows; NULL: not.
    bool (*raw)(struct sink *sink, struct interp *in, const char *bytes, size_t size);
};
bool sink_put_each(struct sink *sink, struct interp *in, value v); // enumerates one level
bool sink_put_nowhere(struct sink *sink, struct interp *in, value v);

// What a block or text that a command runs writes is what the command writes.
struct command_sink {
    struct sink sink;
    struct command *cmd;
};
struct command_sink command_sink(struct command *cmd);

// Keeps what it is given.
struct collector {
    struct sink sink;
    value list; // LIST, made at the first object
};
void collector_start(struct collector *collector);
bool collector_take(struct collector *collector, struct interp *in,
                    value *ret); // nothing: VOID; one: itself; else object[]
bool collector_take_array(struct collector *collector, struct interp *in, value *ret); // as @() has it

struct scope;    // scope.h
struct pipeline; // pipeline.h
struct frame {
    struct interp *in;
    const struct code *code;
    value *registers;
    struct sink *out;
    struct collector *collectors;
    struct sink *outer; // where the frame's own output goes
    size_t depth;       // of open collectors
    size_t pc;          // of the instruction that runs
    struct frame *caller;
    struct stage *stage;     // whose block this is; NULL: a text's
    value *result;           // of a method: what it returns
    struct pipeline *handed; // where its one pipeline goes instead of running; NULL: it runs
    bool method;             // of a class: its errors are its caller's
    bool relays;             // of a block that a member or an expression runs: as a method
    bool cleaning;           // its errors are nobody's: what stands around it does not handle them
};

// Registers of frames, taken and given back in turn.
struct stack_chunk;
struct stack {
    struct stack_chunk *chunk;
};
value *stack_take(struct interp *in, size_t count);             // $null each; NULL: memory, thrown
void stack_give(struct interp *in, value *block, size_t count); // the one taken last; drops the values
void stack_free(struct stack *stack);
// A jump that a guard has to meet: it travels as an error does, with nothing thrown.
// STOP: nobody wants more; it is a flow only while a finally block interrupts it.
enum flow { FLOW_NONE, FLOW_BREAK, FLOW_CONTINUE, FLOW_RETURN, FLOW_EXIT, FLOW_STOP };

struct named_space {
    struct named_space *next;
    struct ast_text name;
};

enum { COMMON_PARAMETERS = 14 };

struct meta; // bind.h
struct eval_state {
    struct meta *metas[2 * CMDLETS + 1]; // by cmdlet, proxies in the second half; made when first bound
    value symbols;                       // TABLE: name → struct symbol (scope.h)
    struct arena arena;                  // what lives as long as the session
    struct {
        enum cmdlet_id id;
        bool known;
    } out_default;
    const struct code *caller; // what called the script that runs, and where; NULL: typed at the top
    uint32_t caller_offset;
    const char *caller_name;    // of a function; NULL: a script
    struct defined *defined;    // the types of texts (type-definition.c)
    struct named_space *spaces; // using namespace, of texts typed at the top
    struct class *classes;
    const struct ast *place; // the node that names a type now: its text's types come first; NULL: none
    struct stack stack;
    value drive_value;      // of $env:NAME, as read last
    struct module *module;  // whose session state runs; NULL: the global one
    struct scope *outside;  // the global state's innermost scope while another one runs
    struct module *modules; // all that live: a ring
    value children;    // LIST of the Process objects of programs that run beside (process-child.h), or $null
    value jobs;        // LIST of Job objects (interp/cmdlets/jobs.h), or $null
    int32_t job_ids;   // the last one given
    value breakpoints; // LIST of Breakpoint objects (interp/cmdlets/breakpoints.h); $null: never one
    int32_t breakpoint_ids; // the last one given
    bool in_breakpoint;     // the action of one runs
    value events;      // LIST of PSEventArgs that nobody has taken (interp/cmdlets/engine-events.h), or $null
    value subscribers; // LIST of those who wait for events, or $null
    value pending;     // LIST: one of them and its event in turn, for the next pipeline; or $null
    value runspace_id; // GUID, once asked for
    int32_t event_ids, subscriber_ids; // the last ones given
    bool in_event;                     // their actions run
    value context;                     // $ExecutionContext, as asked for last
    value imported, loaded; // TABLEs: modules of the global state by name; all that were loaded, by path
    unsigned module_depth;  // modules that are being loaded, one for another
    bool autoloading;       // a module is looked for because of a command
    bool local_aliases;     // some scope but the global one has aliases
    struct frame *frame;    // the innermost that runs
    struct source *typed;   // the text at the top that runs now; NULL: none, or a file
    bool relays;            // the block that is opened next gives its errors to whoever asked for it
    enum flow flow;
    value flow_label; // of BREAK and CONTINUE; or $null
    unsigned depth;   // of nested pipelines and frames
};

// A frame that several entries are run in, one after the other. False: memory, thrown.
bool frame_open(struct frame *frame, struct interp *in, const struct code *code);
bool frame_enter(struct frame *frame, enum code_entry entry, struct sink *out); // false: as vm_run
void frame_close(struct frame *frame);
// Runs code; what it writes goes to out. False: the text is over (thrown, or nobody reads, or interrupted).
bool vm_run(struct interp *in, const struct code *code, struct sink *out);
// Shared by vm.c and the files of jesh-full.
static inline value frame_operand(const struct frame *frame, uint16_t at)
{
    return at & CONSTANT_BIT ? frame->code->constants[at & ~CONSTANT_BIT] : frame->registers[at];
}
static inline void frame_put_take(struct frame *frame, uint16_t at, value v)
{
    value old = frame->registers[at];
    frame->registers[at] = v;
    value_drop(old);
}
struct enumerator { // what WALK makes and NEXT asks
    struct object head;
    struct value_walk walk;
    size_t count; // of a collection's items when it began
};
// One instruction by the general rules; *pc is already behind it. False: thrown, or over.
bool frame_step(struct frame *frame, const struct ins *ins, size_t *pc);
bool frame_walk(struct frame *frame, value over, bool null_too,
                value *ret);                       // an enumerator; of $null none unless said
void frame_cut(struct frame *frame, size_t depth); // drops the collectors above that depth
// jesh-full alone. An instruction beyond OP_FULL; *pc is already behind it.
bool frame_step_full(struct frame *frame, const struct ins *ins, size_t *pc) __attribute__((weak));
// What failed at *pc is met by a guard: *pc becomes its target. False: the frame is over.
bool frame_unwind(struct frame *frame, size_t *pc) __attribute__((weak));
unsigned preference_of_errors(struct interp *in); // $ErrorActionPreference, an enum action
// As parse, within the session's own limit of nesting.
bool source_parse(const struct interp *in, const char *text, size_t size, const char *name,
                  struct source **ret_source, struct err *err);
bool frame_pipeline(struct frame *frame, const struct pipe_code *pipe); // pipeline.c

// Settles the position of an error that has none yet. Command lists have no positions.
void error_place(value record, const struct code *code, uint32_t offset);
void error_remember(struct interp *in, value record);         // puts it into $Error
void error_remember_outcome(struct interp *in, value record); // what ended all that a runspace ran
void error_remember_end(struct interp *in,
                        value record); // once more where it was no throw that ended the text
void error_name(struct interp *in, struct error_record *error, const struct command *cmd);
struct stage;
bool error_of_block(struct interp *in, struct error_record *record, const struct stage *stage)
    __attribute__((weak)); // the function or script that the stage runs is the record's command
void error_trace(struct interp *in, struct error_record *record)
    __attribute__((weak)); // error-place.c: its ScriptStackTrace, from the frames that run
void error_forget(struct interp *in, value record);                      // takes it out if it is the newest
void error_forget_last(struct interp *in);                               // takes the newest out of $Error
bool stream_report(struct interp *in, enum stream stream, value record); // to the host; false: nobody reads
// The thrown error ends a statement: it is recorded, shown and forgotten.
bool error_report_thrown(struct interp *in, const struct code *code, uint32_t offset);

// vm-member.c, which jesh-restricted does not have. at: target, name, arguments. flags: 1 static, 2 a TYPE
// behind them is the base whose method is called.
bool vm_invoke(struct interp *in, unsigned flags, const value *at, size_t count, value *ret)
    __attribute__((weak));
bool vm_reference(struct interp *in, value name, value *ret) __attribute__((weak));
// A method that is not called. False: there is none of that name (or thrown).
bool vm_method(struct interp *in, value target, value name, value *ret) __attribute__((weak));
bool vm_static_set(struct interp *in, value target, value name, value v);
bool vm_static(struct interp *in, value target, value member, value *ret) __attribute__((weak));
const value *variable_get_value(struct interp *in, const char *name, size_t size);
bool automatic_variables(struct interp *in);                    // automatic.c: those that every session has
bool engine_variables(struct interp *in) __attribute__((weak)); // engine-variables.c: those that tell of it
bool host_input(struct interp *in, value *ret);                 // the lines that the host has, as an array
bool depth_enter(struct interp *in);                            // false: CallDepthOverflow thrown
void depth_leave(struct interp *in);

#endif
