// interp/value/token-object.h: tokens as programs see them.
#ifndef INTERP_TOKEN_OBJECT_H
#define INTERP_TOKEN_OBJECT_H

#include "interp/value/value.h"
#include "syntax/parser.h"

extern const struct property token_properties[], value_token_properties[], expandable_token_properties[],
    label_token_properties[], variable_token_properties[], parameter_token_properties[],
    merging_token_properties[], file_redirection_token_properties[], ps_token_properties[],
    ps_parse_error_properties[];
bool token_to_string(struct interp *in, value self, value *ret);
bool token_objects(struct interp *in, struct source *source,
                   value *ret_list); // of a source with tokens: a LIST

#endif
