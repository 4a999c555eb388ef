// interp/eval/code.h: the compact form of a text, and the compiler that makes it. See docs/EVALUATOR.md.
#ifndef INTERP_CODE_H
#define INTERP_CODE_H

#include "base/arena.h"
#include "interp/value/value.h"
#include "syntax/parser.h"

enum op {
#define OP(name) OP_##name,
#include "interp/eval/ops.def"
#undef OP
    OPS
};

enum { CONSTANT_BIT = 0x8000 };
enum { IN_OWN = 0x20 }; // beside the flag of LOCAL and APPEND_LOCAL: $null where this scope has no such variable
enum { IN_TEXT = 0x40 }; // beside the flag of VARIABLE and LOCAL: a piece of an expandable string
#define NO_ENTRY UINT32_MAX

struct ins {
    uint8_t op;
    uint8_t flag;
    uint16_t a;
    union {
        struct {
            uint16_t b, c;
        };
        uint32_t target; // of jumps, and of NEXT's continuation
    };
};

// A statement: an error inside [start, end) is reported and execution goes on at `end`, with the collectors
// of that depth. The innermost comes first in the table; nothing is paid for it while nothing fails. The
// other kinds are jesh-full's (flow.c): an error or a jump inside is met by the innermost row that wants it.
enum guard_kind { GUARD_STATEMENT, GUARD_LOOP, GUARD_TRY, GUARD_FINALLY, GUARD_TRAP, GUARD_TRAP_BODY };

struct guard {
    uint32_t start, end;
    uint16_t collectors;
    uint16_t a; // TRY: the register of the caught record; FINALLY, TRAP, TRAP_BODY: the first of two; LOOP:
                // its label
    uint32_t target; // where the handler begins; LOOP: where the next round begins
    uint8_t kind;    // enum guard_kind
};

enum argument_kind { ARGUMENT_VALUE, ARGUMENT_PARAMETER, ARGUMENT_SPLAT };

struct argument_code {
    uint8_t kind;            // enum argument_kind
    bool has_value;          // PARAMETER: -name:value
    uint16_t operand;        // register or constant
    uint32_t offset;         // in the source, for error positions
    uint32_t value_offset;   // of -name:value
    struct ast_text name;    // PARAMETER
    struct ast_text text;    // VALUE: a number as it was written, which string parameters get
    uint8_t form;            // enum argument_form
    struct ast_text written; // PARAMETER: with its dash and colon; FORM_LIST: the list
};

// How an argument was written, which programs see and cmdlets do not.
enum argument_form {
    FORM_VALUE,
    FORM_QUOTED,   // in quotes: no wildcards
    FORM_LIST,     // a,b; PARAMETER: -name:a,b
    FORM_VERBATIM, // what follows --%
    FORM_JOINED,   // PARAMETER: its value follows the colon at once
    FORM_DASHES,   // --, which is for programs alone
};

enum { MOST_FILES = 6 };
enum merge { MERGE_NONE, MERGE_OUTPUT, MERGE_DISCARD, MERGE_FILE }; // MERGE_FILE + n: to files[n]

struct element_code {
    bool expression;  // else a command
    bool dot;         // run in the scope of the caller
    bool redirected;  // an expression, made a block for the sake of its redirections
    bool like_method; // name(a, b): strict mode refuses it
    uint16_t operand; // expression: its value; command: its name
    uint32_t offset, name_offset;
    uint8_t merge[8]; // stream → enum merge
    uint8_t file_count;
    struct {
        uint16_t operand;
        bool append;
    } files[MOST_FILES];
    size_t count;
    struct argument_code *arguments;
};

struct pipe_code {
    size_t count;
    struct element_code *elements;
    uint32_t offset;
};

// The parts of a script block; MAIN is `end`, which a text has alone. DEFAULTS: of parameters.
enum code_entry {
    ENTRY_MAIN,
    ENTRY_BEGIN,
    ENTRY_PROCESS,
    ENTRY_CLEAN,
    ENTRY_DYNAMIC,
    ENTRY_DEFAULTS,
    ENTRIES
};

struct symbol; // scope.h
struct code {
    struct arena arena; // everything below but the constants' heap parts
    struct source *source;
    struct ins *ins;
    uint32_t *offsets; // by instruction
    size_t count;
    value *constants;
    size_t constant_count;
    struct pipe_code **pipes;
    size_t pipe_count;
    struct guard *guards;
    size_t guard_count;
    size_t ins_capacity, offset_capacity, constant_capacity, pipe_capacity, guard_capacity; // as allocated
    struct symbol **symbols; // names of variables, by number
    size_t symbol_count, symbol_capacity;
    struct symbol **locals; // the first registers are these variables
    size_t local_count, local_capacity;
    uint32_t entries[ENTRIES]; // the instruction each begins with; a part that is not there: NO_ENTRY
    uint16_t registers;
    uint16_t parameters; // the first registers, of a block
    uint16_t collectors; // the deepest nesting
    bool trap_body;      // return leaves the frame around this one
    bool command_list;   // NoLanguage: positions are 0:0 and numbers keep their text
};

// Compiles the statements of a checked text. False: a limit or memory, thrown. Keeps a reference to the
// source.
bool code_compile(struct interp *in, struct source *source, bool command_list, struct code **ret_code);
void code_free(struct code *code);

#endif
