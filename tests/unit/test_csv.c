// Records of comma-separated values.
#include <criterion/criterion.h>
#include <string.h>

#include "interp/cmdlets/csv-read.h"

static void expect(const char *text, const char *const *fields)
{
    struct csv_reader reader = {text, text + strlen(text), ","};
    struct csv_record record = {0};
    bool more;
    size_t count = 0;
    cr_assert(csv_next(&reader, &record, &more) && more);
    for (; fields[count]; count++) {
        cr_assert_lt(count, record.count, "%s", text);
        cr_expect_str_eq(record.text.data + record.fields[count].at, fields[count], "%s", text);
    }
    cr_expect_eq(record.count, count, "%s", text);
    csv_free(&record);
}

Test(csv, fields)
{
    expect("a,b", (const char *[]){"a", "b", NULL});
    expect("\"a,b\",c", (const char *[]){"a,b", "c", NULL});
    expect("\"x\"\"y\"", (const char *[]){"x\"y", NULL});
    expect("x\"y,z\"w", (const char *[]){"x\"y", "z\"w", NULL});
    expect("\"a\"b , c", (const char *[]){"ab", "c", NULL});
    expect("  lead, tail ", (const char *[]){"lead", "tail ", NULL});
    expect(",,", (const char *[]){"", "", NULL});
    expect("\"one\ntwo\",3\nnext", (const char *[]){"one\ntwo", "3", NULL});
    expect("1,2\r\n3", (const char *[]){"1", "2", NULL});
    expect("\"open", (const char *[]){"open", NULL});
}

Test(csv, ends)
{
    const char *blank = "\n";
    struct csv_reader reader = {blank, blank + 1, ","};
    struct csv_record record = {0};
    bool more;
    cr_assert(csv_next(&reader, &record, &more) && more);
    cr_expect(csv_is_blank(&record));
    cr_assert(csv_next(&reader, &record, &more));
    cr_expect(!more);
    csv_free(&record);
}
