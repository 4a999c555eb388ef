// Text in screen cells: width, cuts, padding, lines.
#include <criterion/criterion.h>

#include "interp/format/text.h"

static struct text text(const char *at)
{
    return (struct text){at, strlen(at)};
}

static void check_field(const char *in, size_t width, enum align align, bool pad, const char *expected)
{
    struct buf out = {0};
    text_field(&out, text(in), width, align, pad);
    cr_expect_str_eq(buf_text(&out), expected, "'%s' in %zu: '%s', not '%s'", in, width, buf_text(&out),
                     expected);
    buf_free(&out);
}

static void check_lines(const char *in, size_t first, size_t next, const char *const *expected)
{
    struct line_walk walk;
    struct text line;
    line_walk_start(&walk, text(in), first, next);
    for (; *expected; expected++) {
        cr_assert(line_walk_next(&walk, &line), "'%s' lacks the line '%s'", in, *expected);
        cr_expect(line.size == strlen(*expected) && !memcmp(line.at, *expected, line.size),
                  "'%.*s', not '%s'", (int)line.size, line.at, *expected);
    }
    cr_expect(!line_walk_next(&walk, &line), "'%s' has more lines than expected", in);
}

Test(format_text, cells)
{
    cr_expect_eq(text_cells(text("")), 0);
    cr_expect_eq(text_cells(text("tab\there")), 8);
    cr_expect_eq(text_cells(text("日本")), 4);
    cr_expect_eq(text_cells(text("é")), 1);
    cr_expect_eq(text_cells(text("😀")), 2);
    cr_expect_eq(text_cells(text("\x1b[32;1mok\x1b[0m")), 2);
    cr_expect_eq(text_cells(text("\x1b]0;title\x07x")), 1);
}

Test(format_text, heads_and_tails)
{
    cr_expect_eq(text_head(text("日本語"), 5), 6);
    cr_expect_eq(text_tail(text("日本語"), 3), 3);
    cr_expect_eq(text_head(text("abc"), 10), 3);
    cr_expect_eq(text_tail(text("abc"), 0), 0);
}

Test(format_text, fields)
{
    check_field("ab", 4, ALIGN_LEFT, true, "ab  ");
    check_field("ab", 4, ALIGN_LEFT, false, "ab");
    check_field("ab", 5, ALIGN_RIGHT, false, "   ab");
    check_field("ab", 5, ALIGN_CENTER, true, " ab  ");
    check_field("ab", 5, ALIGN_CENTER, false, " ab");
    check_field("abcdef", 4, ALIGN_LEFT, true, "abc…");
    check_field("abcdef", 4, ALIGN_RIGHT, true, "…def");
    check_field("18", 1, ALIGN_RIGHT, true, "8");
    check_field("ab", 1, ALIGN_LEFT, true, "a");
    check_field("one\ntwo", 7, ALIGN_LEFT, true, "one…   ");
    check_field("日本語テキスト", 7, ALIGN_LEFT, true, "日本語…");
    check_field("日本語テキスト", 8, ALIGN_RIGHT, true, " …キスト");
    check_field("", 3, ALIGN_LEFT, true, "   ");
}

Test(format_text, lines)
{
    check_lines("", 5, 5, (const char *[]){"", NULL});
    check_lines("a\n", 5, 5, (const char *[]){"a", "", NULL});
    check_lines("a\r\nb", 5, 5, (const char *[]){"a", "b", NULL});
    check_lines("abcdef", 3, 3, (const char *[]){"abc", "def", NULL});
    check_lines("abcdefg", 2, 4, (const char *[]){"ab", "cdef", "g", NULL});
    check_lines("日本", 1, 1, (const char *[]){"?", "?", NULL});
    check_lines("abc\ndefg", 3, 3, (const char *[]){"abc", "def", "g", NULL});
}
