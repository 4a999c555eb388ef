// interp/value/operate.h: the operators of the language on values. All borrow their operands and own their
// result.
#ifndef INTERP_OPERATE_H
#define INTERP_OPERATE_H

#include "interp/value/value.h"
#include "syntax/token.h"

typedef bool binary_operator(struct interp *in, value left, value right, value *ret);

binary_operator operate_add, operate_subtract, operate_multiply, operate_divide, operate_remainder;
binary_operator operate_range, operate_format, operate_is, operate_as, operate_join;

// Any binary operator by its token, but not the short-circuit ones (-and -or ??).
bool operate_binary(struct interp *in, enum token_kind op, value left, value right, value *ret);
bool operate_unary(struct interp *in, enum token_kind op, value operand,
                   value *ret); // - + ! -not -bnot -split -join ,

// The comparison operators; on a collection to the left they filter it. `op` is any of their tokens.
bool operate_compare(struct interp *in, enum token_kind op, value left, value right, value *ret);
bool operate_like(struct interp *in, value left, value pattern, bool case_sensitive, bool *ret);
bool operate_contains(struct interp *in, value collection, value item, bool case_sensitive, bool *ret);

// Reads target[index] as the language does: negative from the end, several, out of range $null.
bool operate_index(struct interp *in, value target, value index, value *ret);

// operate-regex.c: step-limited. *ret_matches: the $Matches table or $null.
bool operate_match(struct interp *in, value left, value pattern, bool case_sensitive, bool *ret,
                   value *ret_matches);
bool operate_replace(struct interp *in, value left, value right, bool case_sensitive, value *ret);
bool operate_split(struct interp *in, value left, value right, bool case_sensitive, value *ret);
// What -replace and -split ask of their right side: how many elements, which options together.
bool operate_right_fits(struct interp *in, enum token_kind op, value right);
bool operate_split_blanks(struct interp *in, value operand, value *ret);

#endif
