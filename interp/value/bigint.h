// interp/value/bigint.h: System.Numerics.BigInteger on libtommath. Bounded: longer results throw.
#ifndef INTERP_BIGINT_H
#define INTERP_BIGINT_H

#include "base/buf.h"
#include "interp/value/value.h"

void bigint_release(struct object *object);
bool bigint_from_text(struct interp *in, const char *digits, size_t size, bool negative,
                      value *ret); // decimal digits
bool bigint_from_int(struct interp *in, int64_t number, value *ret);
bool bigint_from_uint(struct interp *in, uint64_t number, value *ret);
bool bigint_from_double(struct interp *in, double number,
                        value *ret); // truncates; throws for NaN and infinities
bool bigint_to_string(struct interp *in, value v, value *ret);
double bigint_to_double(value v);
bool bigint_to_int64(value v, int64_t *ret);   // false: out of range
bool bigint_to_uint64(value v, uint64_t *ret); // false: out of range
int bigint_compare(value a, value b);
bool bigint_is_zero(value v);
// op is one of + - * / % & | ^; a zero divisor throws.
bool bigint_operate(struct interp *in, char op, value a, value b, value *ret);
bool bigint_shift(struct interp *in, value v, int32_t by, value *ret); // to the left; negative: to the right
bool bigint_negate(struct interp *in, value v, value *ret);
uint32_t bigint_hash(value v);

bool bigint_is_odd(value v);
size_t bigint_bits(value v);   // of its magnitude
size_t bigint_ones(value v);   // set bits of its magnitude
size_t bigint_length(value v); // bits of the shortest two's complement, without the sign
double bigint_scaled(value v, int bits); // v / 2^bits
// Two's complement, the lowest byte first, the shortest that keeps the sign.
bool bigint_to_bytes(value v, struct buf *out);
bool bigint_from_bytes(struct interp *in, const unsigned char *bytes, size_t size, value *ret);

#endif
