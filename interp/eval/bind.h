// interp/eval/bind.h: parameter binding (spec: language-core §6), driven by the params table of a cmdlet or
// proxy.
#ifndef INTERP_BIND_H
#define INTERP_BIND_H

#include "interp/eval/state.h"

struct stage; // pipeline.h

enum common_parameter {
    COMMON_VERBOSE,
    COMMON_DEBUG,
    COMMON_ERROR_ACTION,
    COMMON_WARNING_ACTION,
    COMMON_INFORMATION_ACTION,
    COMMON_PROGRESS_ACTION,
    COMMON_ERROR_VARIABLE,
    COMMON_WARNING_VARIABLE,
    COMMON_INFORMATION_VARIABLE,
    COMMON_OUT_VARIABLE,
    COMMON_OUT_BUFFER,
    COMMON_PIPELINE_VARIABLE,
    COMMON_WHAT_IF,
    COMMON_CONFIRM,
};
extern const struct param common_params[COMMON_PARAMETERS];
extern const struct type *const common_types[COMMON_PARAMETERS];

enum { OWN_PARAMETERS = 64, NO_PARAMETER = 255 };

// What is known of a params table once it has been looked at. Parameters are numbered 0…, common ones from
// OWN_PARAMETERS.
struct meta {
    const struct param *params;
    const struct type **types;
    uint8_t *target; // proxies: the parameter of the real cmdlet that each stands for; NULL: itself
    size_t count, real_count;
    unsigned all_sets;    // a bit for each set
    unsigned default_set; // its bit
    uint64_t by_value, by_name, mandatory; // a bit for each parameter: takes objects, their properties; must be given
    uint8_t remaining;                     // ValueFromRemainingArguments, or NO_PARAMETER
    bool takes_input, common_confirm;
    bool simple; // a block without attributes: no common parameters, what is left over becomes $args
};

struct argument {
    enum argument_kind kind;
    uint32_t value_offset; // of -name:value
    bool has_value, used, splatted;
    bool paired;      // follows a name that no parameter has: never positional
    const char *name; // PARAMETER
    size_t name_size;
    value val;            // borrowed
    struct ast_text text; // of a number: as it was written
    uint8_t form;            // enum argument_form
    struct ast_text written; // see argument_code
    uint32_t offset;
};

// The params table that a stage binds to; NULL: out of memory, thrown.
const struct meta *bind_meta(struct interp *in, const struct cmdlet *cmdlet, enum cmdlet_id id, bool proxy);
struct meta *bind_meta_new(struct interp *in, struct arena *arena, const struct cmdlet *cmdlet); // of a block
const struct param *proxy_params(enum cmdlet_id id); // proxies.c; NULL: the command has no restricted form

bool bind_line(struct stage *stage, struct argument *arguments, size_t count); // the command line; throws
// Those of a block that no pipeline calls, each to the parameter that stands where it does (bind-order.c).
bool bind_in_order(struct stage *stage, const value *args, size_t count) __attribute__((weak));
bool bind_defaults(struct stage *stage) __attribute__((weak));                 // $PSDefaultParameterValues
bool bind_input(struct stage *stage, value input); // one object; throws where nothing takes it
void bind_reset(struct stage *stage);              // back to what the command line bound
unsigned bind_set(const struct stage *stage);      // the number of the set, of those still possible
void bind_publish(struct stage *stage);            // hands the bound values to the cmdlet

// One value to one parameter, converted and validated. coerce false: only where no conversion is needed.
enum bind_result { BIND_DONE, BIND_MISFIT, BIND_THROWN };
enum bind_result bind_value(struct stage *stage, size_t parameter, value v, const struct ast_text *text,
                            bool coerce, uint32_t offset);
bool bind_convert(struct stage *stage, const struct param *param, const struct type *type, value v,
                  const struct ast_text *text, uint32_t offset, value *ret); // throws
bool bind_fits(const struct type *type, value v);                            // without conversion
bool bind_validate(struct stage *stage, const struct param *param, const struct type *type, value v, uint32_t offset);
// What a ParameterBindingException says besides. Weak: jesh-restricted's have no such properties.
struct misbinding {
    const char *id;
    enum category category;
    uint32_t offset;
    const char *parameter; // its name, or what was given for one; NULL: none
    size_t size;           // of the name
    const struct type *wanted;
    value given; // what was given for it
    value inner; // the exception inside, or $null
};
bool bind_fail(struct stage *stage, const struct misbinding *what, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
bool bind_details(struct stage *stage, const struct misbinding *what, value record) __attribute__((weak));
bool bind_throw(struct stage *stage, const char *id, enum category category, uint32_t offset, value target,
                const char *format, ...) __attribute__((format(printf, 6, 7)));

const struct param *bind_param(const struct stage *stage, size_t parameter);
bool bind_is_bound(const struct stage *stage, size_t parameter);
unsigned bind_sets_of(const struct meta *meta, size_t parameter);
bool bind_is_mandatory(const struct param *param, unsigned sets); // in some one of these sets
int bind_position_of(const struct param *param, unsigned sets);   // where it stands in one of these sets
bool bind_takes_pipeline(const struct param *param, unsigned sets);

#endif
