// interp/value/complex-math.h: complex numbers as .NET calculates with them. jesh-full alone.
#ifndef INTERP_COMPLEX_MATH_H
#define INTERP_COMPLEX_MATH_H

#include <stdbool.h>

struct cartesian {
    double re, im;
};
typedef struct cartesian complex_function(struct cartesian z);

double complex_abs(struct cartesian z);
double complex_phase(struct cartesian z);
struct cartesian complex_polar(double magnitude, double phase);
complex_function complex_negate, complex_conjugate, complex_reciprocal, complex_sqrt, complex_exp,
    complex_log, complex_log_ten, complex_sin, complex_cos, complex_tan, complex_sinh, complex_cosh,
    complex_tanh, complex_asin, complex_acos, complex_atan;
struct cartesian complex_power(struct cartesian z, struct cartesian power);
struct cartesian complex_divide(struct cartesian a, struct cartesian b);
// With a factor, a divisor or a dividend that is real, which NaN and infinities tell from the others.
struct cartesian complex_scale(struct cartesian a, double factor);
struct cartesian complex_divide_real(struct cartesian a, double divisor);
struct cartesian complex_real_divide(double dividend, struct cartesian b);
struct cartesian complex_multiply(struct cartesian a, struct cartesian b);

#endif
