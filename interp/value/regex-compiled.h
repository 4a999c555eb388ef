// interp/value/regex-compiled.h: compiled patterns, kept for the session: what -match in a loop asks for is
// compiled once. For regex.c alone.
#ifndef INTERP_REGEX_COMPILED_H
#define INTERP_REGEX_COMPILED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifndef PCRE2_CODE_UNIT_WIDTH
#define PCRE2_CODE_UNIT_WIDTH 8
#endif
#include <pcre2.h>

struct interp;
struct compiled;

struct regex { // a pattern in use
    struct compiled *compiled;
    pcre2_code *code; // for valid UTF-8, which is not checked again
    pcre2_match_data *data;
    pcre2_match_context *context;
    const char *text; // whose validity is known; NULL: of none
    size_t size;
    bool valid;
};

// options: PCRE2's. False: it does not compile, or memory is short; nothing is thrown.
bool regex_take(struct interp *in, const char *pattern, size_t size, uint32_t options, struct regex *ret);
void regex_give(struct regex *regex);
// As pcre2_match; the same text asked for again is not looked through again.
int regex_run(struct regex *regex, const char *text, size_t size, size_t from, uint32_t options);

#endif
