// syntax/data.h: values written as data: what .pssc, .psrc and .psd1 files may hold. Nothing is executed.
//
// The strict subset of spec jea.md §9: one @{ }; strings, numbers, $true $false $null, arrays, nested tables,
// script blocks kept as source text. Anything else is an error with file, line, column and the id of the data check.
#ifndef SYNTAX_DATA_H
#define SYNTAX_DATA_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/number.h"
#include "syntax/parser.h"

enum data_kind { DATA_NULL, DATA_BOOL, DATA_NUMBER, DATA_STRING, DATA_ARRAY, DATA_TABLE, DATA_SCRIPT };

struct data; // immutable, lives in its source's arena

struct data_entry {
    struct data *key; // DATA_STRING or DATA_NUMBER
    struct data *value;
};

struct data {
    enum data_kind kind;
    unsigned line, column; // where it was written, 1-based
    union {
        bool flag;
        struct number number;
        struct ast_text text; // DATA_STRING; DATA_SCRIPT: the source between the braces
        struct { struct data **items; size_t count; } array;
        struct { struct data_entry *entries; size_t count; } table; // in the order written
    };
};

// Reads a file's bytes (any encoding that source_decode knows). *ret_source owns the data; free it last.
bool data_read(const char *bytes, size_t size, const char *name, struct source **ret_source,
               const struct data **ret_table, struct err *err);

// The entry of that name ignoring case, or NULL.
const struct data_entry *data_find(const struct data *table, const char *name);

#endif
