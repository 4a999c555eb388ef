// System.Numerics.Complex.
#include <math.h>
#include <string.h>

#include "interp/eval/interp.h"
#include "interp/value/complex-math.h"
#include "interp/value/format.h"
#include "interp/value/number-format.h"
#include "interp/value/number-style.h"
#include "interp/value/types-rows.h"

#define COMPLEX &type_complex_number
#define Z(v) ((struct complex_number *)(v).object)->z
struct complex_number {
    struct object head;
    struct cartesian z;
};
_Static_assert(sizeof(struct complex_number) == COMPLEX_SIZE, "its row in the table of types");

static bool made(struct interp *in, struct cartesian z, value *ret)
{
    if (!object_new(in, COMPLEX, ret))
        return false;
    return Z(*ret) = z, true;
}

bool complex_equal(value a, value b)
{
    return Z(a).re == Z(b).re && Z(a).im == Z(b).im;
}

// --- Texts

bool complex_format(struct interp *in, value v, const char *spec, size_t size, struct buf *out, bool *ret_ok)
{
    if (v.object->type != COMPLEX)
        return false;
    *ret_ok = buf_add_char(out, '<') && number_format(in, value_double(Z(v).re), spec, size, out) &&
              buf_add_text(out, "; ") && number_format(in, value_double(Z(v).im), spec, size, out) &&
              buf_add_char(out, '>');
    return true;
}
static bool formatted(struct interp *in, value self, const char *spec, value *ret)
{
    struct buf out = BUF_INIT;
    bool ok;
    if (complex_format(in, self, spec, strlen(spec), &out, &ok) && ok)
        return buf_take(in, &out, ret);
    buf_free(&out);
    return value_is_null(in->thrown) && method_throw(in, &type_format_exception, "'%s' is no format.", spec);
}
bool complex_number_to_string(struct interp *in, value self, value *ret)
{
    return formatted(in, self, "", ret);
}
METHOD(text_as)
{
    return UNUSED, formatted(in, self, value_text(args[0]), ret);
}
METHOD(text_plain)
{
    return UNUSED, formatted(in, self, "", ret);
}

static bool read_part(struct interp *in, const char *text, size_t size, double *ret)
{
    value part, number;
    if (!string_new(in, text, size, &part))
        return false;
    bool ok = number_read_styled(in, F64, part, STYLE_FLOAT | STYLE_THOUSANDS, &number) == READ_WELL;
    value_drop(part);
    return ok && (*ret = number.f, true);
}
// "<1; 2>". False: it is none.
static bool read(struct interp *in, value text, struct cartesian *ret)
{
    const char *at = value_text(text), *open = at + strspn(at, " \t\r\n");
    const char *middle = strchr(open, ';'), *end = middle ? strchr(middle, '>') : NULL;
    if (*open != '<' || !end || end[1 + strspn(end + 1, " \t\r\n")])
        return false;
    return read_part(in, open + 1, (size_t)(middle - open - 1), &ret->re) &&
           read_part(in, middle + 1, (size_t)(end - middle - 1), &ret->im);
}
METHOD(parsed)
{
    struct cartesian z;
    UNUSED;
    if (!read(in, args[0], &z))
        return value_is_null(in->thrown) &&
               method_throw(in, &type_format_exception, "'%s' is no complex number.", value_text(args[0]));
    return made(in, z, ret);
}
METHOD(try_parse)
{
    struct cartesian z = {0};
    value number;
    UNUSED;
    bool ok = args[0].kind == V_STRING && read(in, args[0], &z);
    if (!value_is_null(in->thrown) || !made(in, ok ? z : (struct cartesian){0}, &number))
        return false;
    bool set = reference_set(in, args[count - 1], number);
    return value_drop(number), *ret = value_bool(ok), set;
}

bool complex_of(struct interp *in, value v, value *ret)
{
    struct cartesian z = {0};
    if (v.kind == V_STRING ? !read(in, v, &z) : !value_to_double(in, v, &z.re))
        return false;
    return made(in, z, ret);
}

// --- Its parts

#define PART(name, expression)                                                                               \
    static bool name(struct interp *in, value self, value *ret)                                              \
    {                                                                                                        \
        return (void)in, *ret = value_double(expression), true;                                              \
    }
PART(real, Z(self).re)
PART(imaginary, Z(self).im)
PART(magnitude, complex_abs(Z(self)))
PART(phase, complex_phase(Z(self)))
const struct property complex_number_properties[] = {{"Real", real, NULL},
                                                     {"Imaginary", imaginary, NULL},
                                                     {"Magnitude", magnitude, NULL},
                                                     {"Phase", phase, NULL},
                                                     {0}};
#define CONSTANT(name, re, im)                                                                               \
    static bool name(struct interp *in, value self, value *ret)                                              \
    {                                                                                                        \
        return (void)self, made(in, (struct cartesian){re, im}, ret);                                        \
    }
CONSTANT(zero, 0, 0)
CONSTANT(one, 1, 0)
CONSTANT(imaginary_one, 0, 1)
CONSTANT(not_a_number, NAN, NAN)
CONSTANT(infinity, INFINITY, INFINITY)
static const struct property constants[] = {
    {"Zero", zero, NULL},        {"One", one, NULL},           {"ImaginaryOne", imaginary_one, NULL},
    {"NaN", not_a_number, NULL}, {"Infinity", infinity, NULL}, {0}};

// --- Calculations

METHOD(complex_new)
{
    return UNUSED, made(in, (struct cartesian){args[0].f, args[1].f}, ret);
}
METHOD(polar)
{
    return UNUSED, made(in, complex_polar(args[0].f, args[1].f), ret);
}
METHOD(absolute)
{
    return UNUSED, *ret = value_double(complex_abs(Z(args[0]))), true;
}
#define FUNCTION(name)                                                                                       \
    METHOD(number_##name)                                                                                    \
    {                                                                                                        \
        return UNUSED, made(in, complex_##name(Z(args[0])), ret);                                            \
    }
FUNCTION(negate)
FUNCTION(conjugate)
FUNCTION(reciprocal)
FUNCTION(sqrt)
FUNCTION(exp)
FUNCTION(log)
FUNCTION(log_ten)
FUNCTION(sin)
FUNCTION(cos)
FUNCTION(tan)
FUNCTION(sinh)
FUNCTION(cosh)
FUNCTION(tanh)
FUNCTION(asin)
FUNCTION(acos)
FUNCTION(atan)

// Each operator thrice: of two complex numbers, with a real one to the right, with a real one to the left.
#define OPERATION(name, both, real_right, real_left)                                                         \
    METHOD(name)                                                                                             \
    {                                                                                                        \
        struct cartesian a = Z(args[0]), b = Z(args[1]);                                                     \
        return UNUSED, made(in, both, ret);                                                                  \
    }                                                                                                        \
    METHOD(name##_right)                                                                                     \
    {                                                                                                        \
        struct cartesian a = Z(args[0]);                                                                     \
        double b = args[1].f;                                                                                \
        return UNUSED, made(in, real_right, ret);                                                            \
    }                                                                                                        \
    METHOD(name##_left)                                                                                      \
    {                                                                                                        \
        double a = args[0].f;                                                                                \
        struct cartesian b = Z(args[1]);                                                                     \
        return UNUSED, made(in, real_left, ret);                                                             \
    }
#define AT(real, imaginary) ((struct cartesian){real, imaginary})
OPERATION(add, AT(a.re + b.re, a.im + b.im), AT(a.re + b, a.im), AT(a + b.re, b.im))
OPERATION(subtract, AT(a.re - b.re, a.im - b.im), AT(a.re - b, a.im), AT(a - b.re, -b.im))
OPERATION(multiply, complex_multiply(a, b), complex_scale(a, b), complex_scale(b, a))
OPERATION(divide, complex_divide(a, b), complex_divide_real(a, b), complex_real_divide(a, b))

METHOD(power)
{
    return UNUSED, made(in, complex_power(Z(args[0]), Z(args[1])), ret);
}
METHOD(power_real)
{
    return UNUSED, made(in, complex_power(Z(args[0]), AT(args[1].f, 0)), ret);
}
METHOD(log_of)
{
    struct cartesian base = complex_log(AT(args[1].f, 0));
    return UNUSED, made(in, complex_divide(complex_log(Z(args[0])), base), ret);
}
METHOD(larger)
{
    bool first = complex_abs(Z(args[0])) >= complex_abs(Z(args[1]));
    return UNUSED, *ret = value_keep(args[!first]), true;
}
METHOD(smaller)
{
    bool first = complex_abs(Z(args[0])) <= complex_abs(Z(args[1]));
    return UNUSED, *ret = value_keep(args[!first]), true;
}

// --- Questions

#define ASKED(name, expression)                                                                              \
    METHOD(name)                                                                                             \
    {                                                                                                        \
        struct cartesian z = Z(args[0]);                                                                     \
        return UNUSED, *ret = value_bool(expression), true;                                                  \
    }
#define IS_REAL (z.im == 0)
ASKED(is_finite, isfinite(z.re) && isfinite(z.im))
ASKED(is_infinity, isinf(z.re) || isinf(z.im))
ASKED(is_nan, !isinf(z.re) && !isinf(z.im) && (isnan(z.re) || isnan(z.im)))
ASKED(is_complex, z.re != 0 && z.im != 0)
ASKED(is_imaginary, z.re == 0 && !isnan(z.im) && z.im != 0)
ASKED(is_real, IS_REAL && !isnan(z.re))
ASKED(is_integer, IS_REAL &&isfinite(z.re) && trunc(z.re) == z.re)
ASKED(is_even, IS_REAL &&isfinite(z.re) && fmod(z.re, 2) == 0)
ASKED(is_odd, IS_REAL &&isfinite(z.re) && fabs(fmod(z.re, 2)) == 1)
ASKED(is_negative, IS_REAL &&signbit(z.re))
ASKED(is_positive, IS_REAL && !signbit(z.re))
METHOD(equals)
{
    UNUSED;
    if (value_type(args[0]) != COMPLEX)
        return *ret = value_false, true;
    struct cartesian a = Z(self), b = Z(args[0]);
    bool real_same = a.re == b.re || (isnan(a.re) && isnan(b.re));
    return *ret = value_bool(real_same && (a.im == b.im || (isnan(a.im) && isnan(b.im)))), true;
}
METHOD(op_equal)
{
    return UNUSED, *ret = value_bool(complex_equal(args[0], args[1])), true;
}

static const struct method methods[] = {{"Equals", equals, BOOLEAN, P(OBJ)},
                                        {"ToString", text_as, STR, P(STR)},
                                        {"ToString", text_plain, STR, P(PROVIDER)},
                                        {"ToString", text_as, STR, P(STR, PROVIDER)},
                                        {0}};
#define ONE(name, function)                                                                                  \
    {                                                                                                        \
        name, function, COMPLEX, P(COMPLEX)                                                                  \
    }
#define ASK(name, function)                                                                                  \
    {                                                                                                        \
        name, function, BOOLEAN, P(COMPLEX)                                                                  \
    }
#define THRICE(name, function)                                                                               \
    {name, function, COMPLEX, P(COMPLEX, COMPLEX)}, {name, function##_right, COMPLEX, P(COMPLEX, F64)},      \
    {                                                                                                        \
        name, function##_left, COMPLEX, P(F64, COMPLEX)                                                      \
    }
static const struct method statics[] = {
    {"Abs", absolute, F64, P(COMPLEX)},
    {"FromPolarCoordinates", polar, COMPLEX, P(F64, F64)},
    ONE("Negate", number_negate),
    ONE("Conjugate", number_conjugate),
    ONE("Reciprocal", number_reciprocal),
    ONE("Sqrt", number_sqrt),
    ONE("Exp", number_exp),
    ONE("Log", number_log),
    {"Log", log_of, COMPLEX, P(COMPLEX, F64)},
    ONE("Log10", number_log_ten),
    ONE("Sin", number_sin),
    ONE("Cos", number_cos),
    ONE("Tan", number_tan),
    ONE("Sinh", number_sinh),
    ONE("Cosh", number_cosh),
    ONE("Tanh", number_tanh),
    ONE("Asin", number_asin),
    ONE("Acos", number_acos),
    ONE("Atan", number_atan),
    THRICE("Add", add),
    THRICE("Subtract", subtract),
    THRICE("Multiply", multiply),
    THRICE("Divide", divide),
    THRICE("op_Addition", add),
    THRICE("op_Subtraction", subtract),
    THRICE("op_Multiply", multiply),
    THRICE("op_Division", divide),
    {"op_Equality", op_equal, BOOLEAN, P(COMPLEX, COMPLEX)},
    {"Pow", power, COMPLEX, P(COMPLEX, COMPLEX)},
    {"Pow", power_real, COMPLEX, P(COMPLEX, F64)},
    {"MaxMagnitude", larger, COMPLEX, P(COMPLEX, COMPLEX)},
    {"MinMagnitude", smaller, COMPLEX, P(COMPLEX, COMPLEX)},
    ASK("IsFinite", is_finite),
    ASK("IsInfinity", is_infinity),
    ASK("IsNaN", is_nan),
    ASK("IsComplexNumber", is_complex),
    ASK("IsImaginaryNumber", is_imaginary),
    ASK("IsRealNumber", is_real),
    ASK("IsInteger", is_integer),
    ASK("IsEvenInteger", is_even),
    ASK("IsOddInteger", is_odd),
    ASK("IsNegative", is_negative),
    ASK("IsPositive", is_positive),
    {"Parse", parsed, COMPLEX, P(STR, PROVIDER)},
    {"TryParse", try_parse, BOOLEAN, P(STR, PROVIDER, REF)},
    {0},
};
static const struct method constructors[] = {{"new", complex_new, COMPLEX, P(F64, F64)}, {0}};
const struct type_members full_complex_number = {methods, statics, constructors, constants,
                                                 .operators = true};
