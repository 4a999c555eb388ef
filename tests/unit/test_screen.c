#include <criterion/criterion.h>
#include <string.h>

#include "launcher/screen.h"

static void expect(const char *in, const char *out)
{
    for (size_t piece = 1; piece <= strlen(in) + 1; piece++) { // however it is cut
        struct screen screen = {0};
        struct buf shown = BUF_INIT;
        for (size_t at = 0; at < strlen(in); at += piece)
            screen_filter(&screen, in + at, strlen(in) - at < piece ? strlen(in) - at : piece, &shown);
        cr_expect_str_eq(buf_text(&shown), out);
        buf_free(&shown);
    }
}

Test(screen, passes_text_and_what_draws)
{
    expect("a\tb\r\nc\a\b", "a\tb\r\nc\a\b");
    expect("\xc3\xa9\xe6\x97\xa5\xf0\x9f\x98\x80\xc2\xa0", "\xc3\xa9\xe6\x97\xa5\xf0\x9f\x98\x80\xc2\xa0");
    expect("\x1b[31;1mred\x1b[0m\x1b[2J\x1b[3;4H\x1b[?2004h",
           "\x1b[31;1mred\x1b[0m\x1b[2J\x1b[3;4H\x1b[?2004h");
}

Test(screen, drops_what_speaks_to_the_terminal)
{
    expect("a\x1b]0;title\ab", "ab");                     // title
    expect("a\x1b]52;c;aGk=\x1b\\b", "ab");               // clipboard
    expect("a\x1bP$q q\x1b\\b", "ab");                    // DCS
    expect("a\x1b_x\x1b\\b\x1b^y\x1b\\c", "abc");         // APC, PM
    expect("a\x1b[6nb\x1b[cc\x1b[>qd\x1b[21te", "abcde"); // answers as if typed
    expect("a\x1b[?1$pb\x1b[!pc", "abc");
    expect("a\xc2\x9b"
           "6nb\xc2\x9d",
           "a6nb"); // C1 as UTF-8
    expect("a\x01\x02\x0e\x7f"
           "b",
           "ab");
    expect("\x1b[31\x1b]0;x\ay", "y"); // a sequence inside of another
    expect("\x1b]0;never ends", "");
}
