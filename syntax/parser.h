// syntax/parser.h: from text to syntax, for programs, profiles and command lines alike: there is one parser.
//
// The whole language of PowerShell 7.6 is parsed whatever the language mode; what a mode forbids is asked
// afterwards (syntax/modes.h). Error ids are PowerShell's own.
#ifndef SYNTAX_PARSER_H
#define SYNTAX_PARSER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "syntax/ast.h"

struct parse_error {
    const char *id;       // "UnexpectedToken"
    uint32_t start, end;  // byte offsets
    uint32_t start_units; // the same start in UTF-16 code units, as PowerShell reports it
    bool incomplete;      // more input could make the text valid: an interactive shell asks for another line
    const char *text;     // our own words, in the arena
};

enum { REQUIRES = 16 }; // #requires lines of a file that count
struct requirement {
    uint32_t start; // of such a line
    uint32_t end;   // of the command that its words are; 0: they are none
};

// One parsed text. Holds its own copy of the source; free with source_free.
struct source {
    struct arena arena;
    const char *name; // file name for messages, or NULL for typed text
    const char *text; // UTF-8, NUL-terminated
    size_t size;
    const struct ast *root;     // SCRIPT_BLOCK; NULL only when memory or a limit ended the parse
    struct parse_error *errors; // in the order PowerShell reports them
    size_t error_count;
    struct parse_error no_memory; // stands in errors where a refusal could not be written down
    size_t error_capacity;
    uint32_t *line_starts; // byte offsets; \n, \r and \r\n each end a line
    uint32_t *line_units;  // the same in UTF-16 code units
    size_t line_count;
    struct requirement requirements[REQUIRES];
    unsigned require_count;
    struct token_list *tokens; // syntax/token-list.h; NULL: nobody asked for them
    unsigned references; // compiled code keeps its source; see source_ref
};

enum parse_flag {
    PARSE_GRAMMAR_ONLY =
        1 << 0, // without the checks that follow it: enough to tell incomplete input, or to colour it
    PARSE_TOKENS = 1 << 1, // and keeps the tokens
};

// Parses text (copied). A syntax error is not a failure: look at error_count. Fails only for what leaves no
// tree at all: memory, text over the size limit, nesting over the limit (ids ScriptTooLarge,
// ParserNestingTooDeep, OutOfMemory).
bool parse(const char *text, size_t size, const char *name, unsigned flags, struct source **ret_source,
           struct err *err);

struct source *source_ref(struct source *source);
void source_free(struct source *source); // drops one reference

struct position {
    unsigned line;   // 1-based
    unsigned column; // 1-based, UTF-16 code units
    uint32_t units;  // offset in UTF-16 code units
};
struct position source_position(const struct source *source, uint32_t offset);

// Decodes the bytes of a file as PowerShell would: BOMs of UTF-8, UTF-16LE/BE and UTF-32, else UTF-8.
// Fails with id FileEncoding when the bytes are not valid in that encoding. The caller frees *ret_text with
// mem_free(text, size + 1); it is NUL-terminated.
bool source_decode(const char *bytes, size_t size, char **ret_text, size_t *ret_size, struct err *err);

#endif
