// interp/eval/comment-help.h: what a function's comment says of it: .SYNOPSIS and the other sections.
// jesh-full alone.
#ifndef INTERP_COMMENT_HELP_H
#define INTERP_COMMENT_HELP_H

#include "interp/eval/block.h"

struct help_section {
    const char *name;     // of the row in comment-help.c, "SYNOPSIS"
    const char *argument; // of .PARAMETER Name; or NULL
    const char *text;     // lines, each with its newline
};
enum { MOST_SECTIONS = 256 };
struct comment_help {
    struct arena arena;
    struct help_section sections[MOST_SECTIONS];
    size_t count;
};

// The comment before a function, at the start of its body, or at its end. False: there is none that is help.
bool comment_help_read(const struct scriptblock *block, struct comment_help *ret);
const struct help_section *comment_help_section(const struct comment_help *help, const char *name,
                                                const char *argument); // the first; NULL: none
// What the comments before a parameter, and inside of it, say.
void comment_help_parameter(const struct scriptblock *block, const struct ast *parameter, struct buf *out);
// The MamlCommandHelpInfo of a function; where it has no help of its own, of its parameters.
bool function_help(struct interp *in, value info, value *ret) __attribute__((weak));

#endif
