#include <criterion/criterion.h>
#include <string.h>

#include "base/wildcard.h"

static bool match(const char *pattern, const char *text, bool ignore_case)
{
    return wildcard_match(pattern, strlen(pattern), text, strlen(text), ignore_case);
}

Test(wildcard, matches)
{
    cr_expect(match("*", "", true));
    cr_expect(match("a*c", "abbbc", true));
    cr_expect(match("a?c", "aBC", true));
    cr_expect(match("[a-c]x", "Bx", true));
    cr_expect(!match("[a-c]x", "Bx", false));
    cr_expect(match("[]]", "]", true));
    cr_expect(match("a`*", "a*", true));
    cr_expect(match("*ö*", "GRÖSSE", true));
    cr_expect(match("日?", "日本", true));
    cr_expect(!match("a", "ab", true));
    cr_expect(!match("[a", "a", true));
    cr_expect(!match("", "a", true));
}

// Each star is tried once for each place, not once for each way to place those before it.
Test(wildcard, many_stars_end_soon, .timeout = 5)
{
    char text[4096];
    memset(text, 'a', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    cr_expect(!match("*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*ab", text, true));
}

Test(wildcard, escapes)
{
    struct buf out = BUF_INIT;
    cr_expect(!wildcard_has("a`*b", 4));
    cr_expect(wildcard_has("a[b]", 4));
    cr_expect(!wildcard_valid("a[b", 3));
    wildcard_unescape("a`[b`]", 6, &out);
    cr_expect_str_eq(buf_text(&out), "a[b]");
    buf_clear(&out);
    wildcard_escape("a[b]*", 5, &out);
    cr_expect_str_eq(buf_text(&out), "a`[b`]`*");
    buf_free(&out);
}
