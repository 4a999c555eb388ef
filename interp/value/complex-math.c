#include "interp/value/complex-math.h"

#include <complex.h>
#include <math.h>

#define AT(real, imaginary) ((struct cartesian){real, imaginary})
static const double LOG10_OF_E = 0.43429448190325;

double complex_abs(struct cartesian z)
{
    return hypot(z.re, z.im);
}
double complex_phase(struct cartesian z)
{
    return atan2(z.im, z.re);
}

struct cartesian complex_polar(double magnitude, double phase)
{
    return AT(magnitude * cos(phase), magnitude * sin(phase));
}

struct cartesian complex_negate(struct cartesian z)
{
    return AT(-z.re, -z.im);
}

struct cartesian complex_conjugate(struct cartesian z)
{
    return AT(z.re, -z.im);
}

// --- Products and quotients

struct cartesian complex_multiply(struct cartesian a, struct cartesian b)
{
    return AT(a.re * b.re - a.im * b.im, a.im * b.re + a.re * b.im);
}

// By the larger of the divisor's parts, so that squares of large ones do not overflow.
struct cartesian complex_divide(struct cartesian a, struct cartesian b)
{
    if (fabs(b.im) < fabs(b.re)) {
        double ratio = b.im / b.re, by = b.re + b.im * ratio;
        return AT((a.re + a.im * ratio) / by, (a.im - a.re * ratio) / by);
    }
    double ratio = b.re / b.im, by = b.im + b.re * ratio;
    return AT((a.im + a.re * ratio) / by, (a.im * ratio - a.re) / by);
}

struct cartesian complex_real_divide(double dividend, struct cartesian b)
{
    if (fabs(b.im) < fabs(b.re)) {
        double ratio = b.im / b.re, by = b.re + b.im * ratio;
        return AT(dividend / by, -dividend * ratio / by);
    }
    double ratio = b.re / b.im, by = b.im + b.re * ratio;
    return AT(dividend * ratio / by, -dividend / by);
}

// Where one part is no finite number the other one has no meaning.
static struct cartesian parts_kept(struct cartesian of, struct cartesian result)
{
    return AT(isfinite(of.im) ? result.re : NAN, isfinite(of.re) ? result.im : NAN);
}

struct cartesian complex_scale(struct cartesian a, double factor)
{
    return parts_kept(a, AT(a.re * factor, a.im * factor));
}

struct cartesian complex_divide_real(struct cartesian a, double divisor)
{
    return divisor == 0 ? AT(NAN, NAN) : parts_kept(a, AT(a.re / divisor, a.im / divisor));
}

struct cartesian complex_reciprocal(struct cartesian z)
{
    return z.re == 0 && z.im == 0 ? z : complex_divide(AT(1, 0), z);
}

// --- Powers

struct cartesian complex_sqrt(struct cartesian z)
{
    if (z.im == 0)
        return z.re < 0 ? AT(0, sqrt(-z.re)) : AT(sqrt(z.re), 0);
    double half = sqrt((complex_abs(z) + fabs(z.re)) * 0.5);
    if (isinf(half) && isfinite(z.re) && isfinite(z.im)) {
        struct cartesian root = complex_sqrt(AT(z.re * 0.25, z.im * 0.25));
        return AT(root.re * 2, root.im * 2);
    }
    if (z.re >= 0)
        return AT(half, z.im / (2 * half));
    half = copysign(half, z.im);
    return AT(z.im / (2 * half), half);
}

struct cartesian complex_exp(struct cartesian z)
{
    return complex_polar(exp(z.re), z.im);
}

struct cartesian complex_log(struct cartesian z)
{
    return AT(log(complex_abs(z)), complex_phase(z));
}

struct cartesian complex_log_ten(struct cartesian z)
{
    z = complex_log(z);
    return AT(z.re * LOG10_OF_E, z.im * LOG10_OF_E);
}

struct cartesian complex_power(struct cartesian z, struct cartesian power)
{
    if (power.re == 0 && power.im == 0)
        return AT(1, 0);
    if (z.re == 0 && z.im == 0)
        return AT(0, 0);
    double magnitude = complex_abs(z), phase = complex_phase(z);
    return complex_polar(pow(magnitude, power.re) * exp(-power.im * phase),
                         power.re * phase + power.im * log(magnitude));
}

// --- Angles

// CMPLX of C11 is not there for every compiler.
static double complex c_of(struct cartesian z)
{
    union {
        double parts[2];
        double complex whole;
    } both = {{z.re, z.im}};
    return both.whole;
}

struct cartesian complex_sin(struct cartesian z)
{
    double up = exp(z.im), down = 1 / up;
    return AT(sin(z.re) * ((up + down) * 0.5), cos(z.re) * ((up - down) * 0.5));
}

struct cartesian complex_cos(struct cartesian z)
{
    double up = exp(z.im), down = 1 / up;
    return AT(cos(z.re) * ((up + down) * 0.5), -sin(z.re) * ((up - down) * 0.5));
}

struct cartesian complex_tan(struct cartesian z)
{
    double up = exp(2 * z.im), down = 1 / up, wide = (up + down) * 0.5;
    if (fabs(z.im) <= 4) {
        double by = cos(2 * z.re) + wide;
        return AT(sin(2 * z.re) / by, (up - down) * 0.5 / by);
    }
    double by = 1 + cos(2 * z.re) / wide;
    return AT(sin(2 * z.re) / wide / by, tanh(2 * z.im) / by);
}

// What the hyperbolic ones are: the others a quarter turned.
static struct cartesian turned(complex_function *function, struct cartesian z)
{
    struct cartesian result = function(AT(-z.im, z.re));
    return AT(result.im, -result.re);
}

struct cartesian complex_sinh(struct cartesian z)
{
    return turned(complex_sin, z);
}

struct cartesian complex_cosh(struct cartesian z)
{
    return complex_cos(AT(-z.im, z.re));
}

struct cartesian complex_tanh(struct cartesian z)
{
    return turned(complex_tan, z);
}

struct cartesian complex_asin(struct cartesian z)
{
    double complex result = casin(c_of(z));
    return AT(creal(result), cimag(result));
}

struct cartesian complex_acos(struct cartesian z)
{
    double complex result = cacos(c_of(z));
    return AT(creal(result), cimag(result));
}

struct cartesian complex_atan(struct cartesian z)
{
    struct cartesian turn = complex_multiply(AT(0, 1), z);
    struct cartesian minus = complex_log(AT(1 - turn.re, -turn.im)),
                     plus = complex_log(AT(1 + turn.re, turn.im));
    return complex_multiply(complex_divide(AT(0, 1), AT(2, 0)), AT(minus.re - plus.re, minus.im - plus.im));
}
