// .NET's number formats, as recorded.
#include <criterion/criterion.h>

#include "interp/value/number-format.h"
#include "interp/value/types.h"

static void check(value v, const char *spec, const char *expected)
{
    struct buf out = {0};
    bool ok = number_format(NULL, v, spec, strlen(spec), &out);
    cr_expect_str_eq(ok ? buf_text(&out) : "FormatError", expected, "%s: '%s', not '%s'", spec,
                     ok ? buf_text(&out) : "FormatError", expected);
    buf_free(&out);
}

struct row {
    const char *spec, *expected;
};

static void check_all(value v, const struct row *rows)
{
    for (; rows->spec; rows++)
        check(v, rows->spec, rows->expected);
}

Test(number_format, integers)
{
    check_all(value_int(1234), (struct row[]){{"C", "\u00A41,234.00"},
                                              {"D", "1234"},
                                              {"D5", "01234"},
                                              {"E", "1.234000E+003"},
                                              {"E3", "1.234E+003"},
                                              {"e1", "1.2e+003"},
                                              {"F", "1234.00"},
                                              {"F0", "1234"},
                                              {"F3", "1234.000"},
                                              {"G", "1234"},
                                              {"G3", "1.23E+03"},
                                              {"G17", "1234"},
                                              {"N", "1,234.00"},
                                              {"N0", "1,234"},
                                              {"P", "123,400.00 %"},
                                              {"P1", "123,400.0 %"},
                                              {"X", "4D2"},
                                              {"X8", "000004D2"},
                                              {"x2", "4d2"},
                                              {"B", "10011010010"},
                                              {"0", "1234"},
                                              {"000.00", "1234.00"},
                                              {"#,##0.00", "1,234.00"},
                                              {"0.##", "1234"},
                                              {"##.#%", "123400%"},
                                              {"0.0E+00", "1.2E+03"},
                                              {"0;(0);zero", "1234"},
                                              {"'q'0", "q1234"},
                                              {"0,", "1"},
                                              {"0,,", "0"},
                                              {"00-00", "12-34"},
                                              {"", "1234"},
                                              {"Q", "FormatError"},
                                              {"\\0", "0"},
                                              {NULL, NULL}});
    check_all(value_int(-1234567), (struct row[]){{"C", "(\u00A41,234,567.00)"},
                                                  {"D5", "-1234567"},
                                                  {"E", "-1.234567E+006"},
                                                  {"G3", "-1.23E+06"},
                                                  {"N4", "-1,234,567.0000"},
                                                  {"P", "-123,456,700.00 %"},
                                                  {"X", "FFED2979"},
                                                  {"B", "11111111111011010010100101111001"},
                                                  {"0;(0);zero", "(1234567)"},
                                                  {"'q'0", "-q1234567"},
                                                  {"0,", "-1235"},
                                                  {"0,,", "-1"},
                                                  {"0.0E+00", "-1.2E+06"},
                                                  {NULL, NULL}});
    check_all(value_int(0),
              (struct row[]){
                  {"#", ""}, {"0.00;(0.00);zero", "zero"}, {"#,##0.##;(#,##0.##);-", "-"}, {NULL, NULL}});
    check(value_int(-5), "0;;zero", "-5");
    check(value_int(5), "0\\%", "5%");
    check(value_int(1234567), "#,##0,K", "1,235K");
    check(value_int(1500000), "0.0,,M", "1500000.0M");
}

Test(number_format, doubles)
{
    check_all(value_double(2.345), (struct row[]){{"F0", "2"}, {"F1", "2.3"}, {"F2", "2.35"}, {NULL, NULL}});
    check_all(value_double(1e20), (struct row[]){{"C", "\u00A4100,000,000,000,000,000,000.00"},
                                                 {"D", "FormatError"},
                                                 {"E", "1.000000E+020"},
                                                 {"G3", "1E+20"},
                                                 {"G17", "1E+20"},
                                                 {"R", "1E+20"},
                                                 {"X", "FormatError"},
                                                 {"0", "100000000000000000000"},
                                                 {NULL, NULL}});
    check(value_double(0.5), "F0", "0");
    check(value_double(1.5), "F0", "2");
    check(value_double(2.5), "F0", "2");
    check(value_double(2.5), "0", "3");
    check(value_double(2.675), "F2", "2.67");
    check(value_double(0.1), "G17", "0.10000000000000001");
    check(value_double(0.00001234), "g2", "1.2e-05");
    check(value_double(12345.678), "G3", "1.23E+04");
    check(value_double(12345.678), "G10", "12345.678");
    check(value_double(0.375), "P0", "38 %");
    check(value_double(0.256), "P1", "25.6 %");
    check(value_double(0.0), "N2", "0.00");
    check(value_double(1234567.891), "N", "1,234,567.89");
    check(value_double(12345.6), "0.0e+0", "1.2e+4");
    check(value_double(12345.6), "0.00E00", "1.23E04");
    check(value_double(12345.6), "#e0", "1e4");
    check(value_double(0.5), "#.##", ".5");
    check(value_double(0.001), "#.##", "");
    check(value_double(0.1234), "#.##%", "12.34%");
    check(value_double(0.1), "0.####################", "0.1");
}
