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

Test(screen, drops_questions_in_the_letters_of_drawing)
{
    expect("a\x1b[?ub\x1b[?4mc\x1b[?2;1;0Sd\x1b[#Se\x1b[<uf\x1b[>4;2mg\x1b[=1uh", "abcdefgh");
    expect("a\x1b[ @b\x1b[3$rc\x1b[5bd\x1b[1;5re\x1b=f", "abcdef");
}

Test(screen, drops_modes_that_would_make_the_terminal_type)
{
    expect("a\x1b[?1000hb\x1b[?1003hc\x1b[?1004hd\x1b[?1006he\x1b[?2hf\x1b[?1049hg\x1b[?25;1000hi\x1b[20hj", "abcdefgij");
    expect("\x1b[?25l\x1b[?7l\x1b[?2004h", "\x1b[?25l\x1b[?7l\x1b[?2004h"); // positive control
}

Test(screen, drops_control_bytes_outside_of_utf8)
{
    expect("a\x9b" "6nb\x9d" "0;t\x9c" "c", "a6nb0;tc");
    expect("\xe6\x9b\xb8\xf0\x9f\x9b\x91", "\xe6\x9b\xb8\xf0\x9f\x9b\x91"); // the same byte inside of UTF-8
    expect("\xe6\x9b\xb8\x9b" "c", "\xe6\x9b\xb8" "c");
    expect("\xe0\x82\x9b" "6n", "\xe0" "6n"); // longer than it has to be
    expect("\xe6" "a\x9b" "b", "\xe6" "ab");
}

Test(screen, takes_back_what_the_session_has_switched)
{
    struct screen screen = {0};
    struct buf shown = BUF_INIT;
    screen_filter(&screen, "\x1b[?2004h\x1b[?25l\x1b[?25h\x1b[31m", 25, &shown);
    buf_clear(&shown);
    screen_reset(&screen, &shown);
    cr_expect_str_eq(buf_text(&shown), "\x1b[?2004l\x1b[m");
    buf_clear(&shown);
    screen_reset(&screen, &shown);
    cr_expect_str_eq(buf_text(&shown), "");
    buf_free(&shown);
}
