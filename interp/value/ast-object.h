// interp/value/ast-object.h: syntax as programs see it: [Language.Parser]::ParseInput, ScriptBlock.Ast and
// what hangs below. An object is a source, counted, and a node of it; its properties are rows of
// ast-properties.def.
#ifndef INTERP_AST_OBJECT_H
#define INTERP_AST_OBJECT_H

#include "interp/value/value.h"
#include "syntax/parser.h"

struct ast_object { // also extents and positions, which are [start, end) of the source
    struct object head;
    struct source *source;
    const struct ast *node;
    uint32_t start, end;
};
extern const struct adapter ast_adapter;
extern const struct property script_extent_properties[], script_position_properties[],
    parse_error_properties[], variable_path_properties[];

bool ast_object_new(struct interp *in, struct source *source, const struct ast *node,
                    value *ret); // NULL: $null
bool ast_extent_new(struct interp *in, struct source *source, uint32_t start, uint32_t end, value *ret);
void ast_object_release(struct object *object);
bool ast_object_to_string(struct interp *in, value self, value *ret);
bool ast_object_equal(value a, value b);
bool parse_error_to_string(struct interp *in, value self, value *ret);
bool variable_path_to_string(struct interp *in, value self, value *ret);
bool variable_path_new(struct interp *in, struct ast_text path, value *ret);
// Makes the exception of a record the one that a text which cannot be parsed gives: with all of its errors. A
// session's own text that more input could complete has a type of its own.
bool parse_exception_set(struct interp *in, value record, struct source *source, bool own)
    __attribute__((weak));
void parse_exception_mark(value record); // gives the exception of incomplete input its own type

#endif
