// interp/eval/pipeline.h: a running pipeline: its stages, each with one command.
#ifndef INTERP_PIPELINE_H
#define INTERP_PIPELINE_H

#include "interp/eval/bind.h"

enum kept_stream { KEPT_OUTPUT, KEPT_ERRORS, KEPT_WARNINGS, KEPT_INFORMATION, KEPT_STREAMS };

struct stage {
    struct command cmd; // first: what the cmdlet sees; cmd.pipeline and cmd.index lead back here
    const struct meta *meta;
    const char *bind_class; // suffix of binding errors: the class, or the name of a function
    bool function;          // binds as functions do
    bool block;             // runs a script block
    bool takes_host_input;  // $input is what the session was given
    bool redirected;        // an expression, which is a block for its redirections alone
    bool script;            // that of a file: exit leaves it and nothing else
    const struct code *code;
    uint32_t offset;             // of the command in the source
    const uint8_t *merge;        // by stream; see element_code
    struct redirects *redirects; // its files; or NULL
    struct stage *outer;         // whose block opened the pipeline of this one; NULL: none
    value *bound_args;           // by meta's parameters; V_VOID: not bound
    value common[COMMON_PARAMETERS];
    uint64_t bound;
    uint32_t common_bound;
    uint8_t order[OWN_PARAMETERS + COMMON_PARAMETERS]; // the parameters as they were bound
    uint8_t ordered, line_ordered;
    uint64_t delayed; // parameters whose block is run for each object
    bool delaying;    // that is happening now
    bool placing;     // an argument is bound by its position
    unsigned sets;    // still possible
    value *line_args; // what the command line bound, for bind_reset
    uint64_t line_bound;
    unsigned line_sets;
    struct dynamic *dynamic; // parameters of this call alone (dynamic.h); or NULL
    bool variable_stays;     // there was one of -PipelineVariable's name before
    bool has_dynamic;        // its block can make some
    bool began, wants_input;
    value kept[KEPT_STREAMS]; // what -OutVariable and its kin keep: LISTs, or $null
    value name;               // of a function or script: STRING
    value held;               // the block that it runs
    value called_as;          // what stood on the command line
    value module;             // whose member it was called as; or $null
    value inside;             // the module in whose state a cmdlet runs; or $null
    bool skip_first;          // the first argument was the command
    struct module *caller;    // whose session state ran when it was called
    value input;              // the object being processed, borrowed
};

struct pipeline {
    struct interp *in;
    const struct code *code; // NULL: called by interp_call
    struct stage *stages;
    size_t count;
    struct sink *out;
    value input; // of a leading expression; V_VOID with has_input false
    bool has_input;
    size_t stopped_by;   // the stage that wants no more, from 1; 0: none
    struct scope *scope; // the one it was called in
    bool handed;         // a steppable one: objects come one by one
    bool failed;         // a non-terminating error was written
};

static inline struct stage *stage_of(const struct command *cmd)
{
    return (struct stage *)cmd;
}

bool pipeline_run(struct pipeline *pipeline);   // its stages are bound
bool pipeline_begin(struct pipeline *pipeline); // the parts of that
bool pipeline_end(struct pipeline *pipeline);
bool pipeline_goes_on(const struct pipeline *pipeline, bool ok); // a stage that wants no more ended a step
// What every stage begins with, whatever it runs.
void stage_start(struct stage *stage, struct pipeline *pipeline, size_t index, const struct cmdlet *cmdlet,
                 const char *name, const char *class_name);
bool stage_open(struct stage *stage, struct pipeline *pipeline, size_t index, enum cmdlet_id id, bool proxy);
bool stage_begin(struct stage *stage);
bool stage_input(struct stage *stage, value v);
bool stage_call(struct stage *stage, bool (*function)(struct command *cmd));
void block_clean(struct stage *stage) __attribute__((weak)); // runs the clean block, once (call.c)
void pipeline_close(struct pipeline *pipeline); // also where opening or binding failed; keeps in->thrown
bool stage_allocate(struct stage *stage, struct interp *in); // room for the values of stage->meta
// Shows what nobody around that stage (NULL: the top) has redirected.
bool stage_report(struct interp *in, struct stage *stage, enum stream stream, value record);
bool stage_output(struct stage *stage, value v); // to the next stage or the pipeline's output

// One command that is fed from C: Out-Default at the top. close ends it, cleans it, and must be called even
// where open failed.
bool pipeline_open_sink(struct interp *in, struct pipeline *pipeline, struct stage *stage, enum cmdlet_id id);
bool pipeline_sink_put(struct pipeline *pipeline, value v);
bool pipeline_sink_close(struct pipeline *pipeline);

// The preference of a stage for a stream: its own parameter, else the variable.
enum action {
    ACTION_SILENT,
    ACTION_STOP,
    ACTION_CONTINUE,
    ACTION_INQUIRE,
    ACTION_IGNORE,
    ACTION_SUSPEND,
    ACTION_BREAK
};
enum action stage_action(const struct stage *stage, enum stream stream);

// jesh-full alone. kept.c: -OutVariable and its kin.
bool kept_start(struct stage *stage) __attribute__((weak));
bool kept_add(struct stage *stage, enum kept_stream at, value v) __attribute__((weak));
bool kept_around(struct stage *stage, enum kept_stream at, value v) __attribute__((weak));
bool kept_object(struct stage *stage, value v) __attribute__((weak)); // on its way to the next stage
void kept_end(struct stage *stage) __attribute__((weak));
// breakpoint-object.c, where the session has breakpoints: a bound stage is about to run that was called so; drops that.
bool breakpoints_meet(struct stage *stage, value as) __attribute__((weak));
// engine-events.c, where actions wait: runs them. False: they ended all.
bool events_run(struct interp *in) __attribute__((weak));
// splat.c: what @name puts among the arguments.
bool block_is_trusted(value block) __attribute__((weak)); // made by FullLanguage
size_t splat_count(value v) __attribute__((weak));
void splat_write(value v, uint32_t offset, struct argument *to) __attribute__((weak));
void splat_mark(struct interp *in, value word, const char *name)
    __attribute__((weak)); // a parameter's name in $args

#endif
