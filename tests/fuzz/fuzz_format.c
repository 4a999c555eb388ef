// Formats of numbers, composite formats (-f), and dates by an exact format: the first byte chooses.
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/datetime.h"
#include "interp/value/format.h"
#include "interp/value/number-format.h"
#include "tests/fuzz/bare.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void number(unsigned which, const char *spec, size_t size)
{
    const value numbers[] = {value_int(1234),         value_int(-7),          value_long(INT64_MIN),
                             value_double(1234.5678), value_double(-0.005),   value_double(1e300),
                             value_double(NAN),       value_double(INFINITY), {.kind = V_U8, .u = 255}};
    struct buf out = {.limit = 1 << 16};
    number_format(NULL, numbers[which % (sizeof numbers / sizeof *numbers)], spec, size, &out);
    buf_free(&out);
}

static void composite(const char *format, size_t size)
{
    value text, result;
    bare_start();
    if (!string_text(&bare, "h\303\251!", &text))
        return;
    const value args[] = {value_int(-42),        value_double(1234.5678), text, value_bool(true), value_null,
                          value_date(638452458156780000, DATE_UTC), value_span(-905001234)};
    if (value_format_composite(&bare, format, size, args, sizeof args / sizeof *args, &result))
        value_drop(result);
    value_drop(text);
    bare_clear();
}

// What a date writes by a format without loss it reads by the same.
static void exact(const char *text, size_t size)
{
    char format[256];
    struct date_exact date;
    const char *line = memchr(text, '\n', size);
    size_t length = line ? (size_t)(line - text) : size;
    if (length >= sizeof format)
        return;
    memcpy(format, text, length);
    format[length] = 0;
    if (line)
        date_read_exact(line + 1, size - length - 1, format, 638452458156780000, &date);
}

static void round_trip(int64_t ticks)
{
    struct buf out = BUF_INIT;
    struct date_exact date;
    ticks = (int64_t)((uint64_t)ticks % (uint64_t)DATE_MAX_TICKS);
    if (date_format(ticks, DATE_UNSPECIFIED, NULL, "o", 1, &out) &&
        (!date_read_exact(buf_text(&out), out.size, "o", 0, &date) || date.ticks != ticks))
        abort();
    buf_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    int64_t ticks = 0;
    if (size < 2)
        return 0;
    switch (data[0] % 4) {
    case 0:
        number(data[0] / 4, (const char *)data + 1, size - 1);
        break;
    case 1:
        exact((const char *)data + 1, size - 1);
        break;
    case 2:
        composite((const char *)data + 1, size - 1);
        break;
    default:
        memcpy(&ticks, data + 1, size - 1 < 8 ? size - 1 : 8);
        round_trip(ticks);
    }
    return 0;
}
