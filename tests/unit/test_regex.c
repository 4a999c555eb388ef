// Patterns of .NET's language as PCRE2 gets them, and the numbers of their groups.
#include <criterion/criterion.h>

#include "interp/value/regex-syntax.h"

static struct regex_groups groups;

static void check(const char *pattern, unsigned options, const char *expected)
{
    struct buf out = BUF_INIT;
    bool ok = regex_translate(pattern, strlen(pattern), options, false, &groups, &out);
    cr_expect_str_eq(ok ? buf_text(&out) : "refused", expected, "%s: '%s', not '%s'", pattern,
                     ok ? buf_text(&out) : "refused", expected);
    buf_free(&out);
}

Test(regex, escapes)
{
    check("\\d\\w\\s\\b", 0, "\\d\\w\\s\\b");
    check("\\v\\e\\x41\\u0042\\cA", 0, "\\x0b\\x1b\\x{41}\\x{42}\\x01");
    check("a b", REGEX_SPACE, "ab");
    check("a # b\nc", REGEX_SPACE, "ac");
    check("a(?#b)c", 0, "ac");
    check("x{y}", 0, "x\\{y\\}");
}

Test(regex, what_only_pcre_knows_is_refused)
{
    static const char *const patterns[] = {
        "a++", "\\Qa\\E", "\\R", "\\h", "\\K", "(?P<n>a)", "(?R)",     "(?|a)",  "*a",  "(*FAIL)a",
        "\\N", "(?1)",    "[z",  "(a",  "a)",  "\\",       "\\p{Foo}", "\\k<n>", "\\1", "a{2,1}"};
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++)
        check(patterns[i], 0, "refused");
}

Test(regex, classes)
{
    check("[a-z-[aeiou]]", 0, "(?:(?![aeiou])[a-z])");
    check("[]a]", 0, "[\\]a]");
    check("[[:alpha:]]", 0, "[\\[:alpha:]\\]");
    check("\\p{Lu}", REGEX_IGNORE_CASE, "\\p{L&}");
    check("\\p{IsGreek}", 0, "[\\x{370}-\\x{3ff}]");
}

Test(regex, names_are_numbered_after_plain_groups)
{
    check("(?<y>a)(b)", 0, "(a)(b)");
    cr_expect_eq(groups.count, 3);
    cr_expect_eq(groups.own[1], 2); // y is group 2
    cr_expect_eq(groups.own[2], 1);
    cr_expect_eq(groups.slots[2].number, 2);
    cr_expect_eq(groups.slots[2].name_size, 1);
}

Test(regex, explicit_capture_and_options)
{
    check("(a)(?<n>b)", REGEX_EXPLICIT, "(?:a)(b)");
    check("(?i-s)a", 0, "(?^i)a");
    check("(?i:a)b", 0, "(?^i:a)b");
    check("(?n)(a)", 0, "(?^)(?:a)");
}

Test(regex, references)
{
    check("(a)\\1", 0, "(a)(?:(?(1)\\g{1}|(?!)))");
    check("(?<n>a)\\k<n>", 0, "(a)(?:(?(1)\\g{1}|(?!)))");
    check("(a)?(?(1)b|c)", 0, "(a)?(?(1)b|c)");
    check("(?(?=a)b|c)", 0, "(?(?=a)b|c)");
}
