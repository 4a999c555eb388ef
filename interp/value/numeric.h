// interp/value/numeric.h: arithmetic by PowerShell's promotion of types (spec: language-core §3.3).
#ifndef INTERP_NUMERIC_H
#define INTERP_NUMERIC_H

#include "interp/value/value.h"

// Both as one kind of number: I32 U32 I64 U64 F64 DECIMAL or BIGINT. Strings are read as numbers, $null is 0.
// left must be a number (or bool or char where right is). False: not numbers (a thrown error may say why).
bool numeric_operands(struct interp *in, value left, value right, value *ret_left, value *ret_right);
int numeric_compare(value a, value b); // any two numbers, I8 … BIGINT; NaN gives 2

// The number that a string, bool, char or $null stands for; a number is itself. Throws InvalidCast….
bool numeric_of(struct interp *in, value v, value *ret);
// The same of one side of an operator: a text that is no number fails as a cast to the other side's type does.
bool numeric_operand(struct interp *in, value v, value other, value *ret);
bool number_value(struct interp *in, const struct number *number, value *ret); // of a literal

bool numeric_add(struct interp *in, value left, value right, value *ret);
bool numeric_subtract(struct interp *in, value left, value right, value *ret);
bool numeric_multiply(struct interp *in, value left, value right, value *ret);
bool numeric_divide(struct interp *in, value left, value right, value *ret);
bool numeric_remainder(struct interp *in, value left, value right, value *ret);
bool numeric_negate(struct interp *in, value v, value *ret);
bool numeric_bits(struct interp *in, char op, value left, value right, value *ret); // & | ^
bool numeric_not(struct interp *in, value v, value *ret);
bool numeric_shift(struct interp *in, bool to_left, value left, value right, value *ret);

#endif
