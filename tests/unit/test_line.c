#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "interp/host/line-view.h"
#include "interp/host/line.h"

static enum line_result type_into(struct line *line, const char *bytes, size_t size)
{
    struct keys keys = {0};
    enum line_result result = LINE_EDITING;
    for (size_t i = 0; i < size; i++) {
        struct key key;
        if (keys_take(&keys, (unsigned char)bytes[i], &key))
            result = line_take(line, key);
    }
    return result;
}

// Types the bytes into an empty line and compares text and cursor.
static void expect(const char *bytes, const char *text, size_t cursor)
{
    static struct history history;
    struct line line;
    line_start(&line, &history);
    type_into(&line, bytes, strlen(bytes));
    cr_expect_str_eq(buf_text(&line.text), text, "%s gives %s", bytes, buf_text(&line.text));
    cr_expect_eq(line.cursor, cursor, "%s: cursor at %zu", bytes, line.cursor);
    line_free(&line);
}

Test(line, edits)
{
    expect("abc", "abc", 3);
    expect("abc\x01x", "xabc", 1);     // Ctrl-A
    expect("abc\x01\x05x", "abcx", 4); // Ctrl-E
    expect("ab\x7f"
           "c",
           "ac", 2);                                     // Backspace
    expect("abc\x1b[D\x1b[Dx", "axbc", 2);               // left twice
    expect("abc\x1b[D\x1b[3~", "ab", 2);                 // Delete
    expect("Get-Item foo bar\x17", "Get-Item foo ", 13); // Ctrl-W
    expect("a b\x15x", "x", 1);                          // Ctrl-U
    expect("abc\x1b[D\x0b\x19\x19", "abcc", 4);          // Ctrl-K, Ctrl-Y twice
    expect("ab\x14", "ba", 2);                           // Ctrl-T
    expect("one two\x1b"
           "b\x1b"
           "bX",
           "Xone two", 1); // Alt-B
    expect("\x1b[H\x1b[F\x1b[1;5C\x1bOH", "", 0);
}

Test(line, characters_are_whole)
{
    expect("\xc3\xa9\xe6\x97\xa5\x7f", "\xc3\xa9", 2);
    expect("a\xf0\x9f\x98\x80"
           "b\x1b[D\x1b[D\x1b[3~",
           "ab", 1);
    expect("\xff\xfe"
           "a",
           "a", 1); // what is no UTF-8 is not typed
    expect("a\x03", "a", 1);
}

Test(line, pasted_text_is_text)
{
    expect("\x1b[200~a\rb\x03\tc\x1b[201~", "a\nb\tc", 5); // newlines kept, controls dropped, nothing run
    struct history history = {.count = 0};
    struct line line;
    line_start(&line, &history);
    static const char paste[] = "\x1b[200~x\r";
    cr_expect_eq(type_into(&line, paste, sizeof paste - 1), LINE_EDITING);
    line_free(&line);
}

Test(line, keys_that_end_it)
{
    struct history history = {.count = 0};
    struct line line;
    line_start(&line, &history);
    cr_expect_eq(type_into(&line, "\x04", 1), LINE_END);
    cr_expect_eq(type_into(&line, "a\x04", 2), LINE_EDITING); // deletes forward, if there is something
    cr_expect_eq(type_into(&line, "\x03", 1), LINE_ABANDON);
    cr_expect_eq(type_into(&line, "\r", 1), LINE_ACCEPT);
    cr_expect_eq(type_into(&line, "\t", 1), LINE_COMPLETE);
    cr_expect_eq(type_into(&line, "\x0c", 1), LINE_CLEAR);
    line_free(&line);
}

Test(line, history_is_walked_and_searched)
{
    struct history history = {.count = 0};
    struct line line;
    history_add(&history, "first", 5);
    history_add(&history, "second", 6);
    history_add(&history, "second", 6);
    history_add(&history, "  ", 2);
    cr_assert_eq(history.count, 2);
    line_start(&line, &history);
    type_into(&line, "new\x1b[A", 6);
    cr_expect_str_eq(buf_text(&line.text), "second");
    type_into(&line, "\x1b[A\x1b[A", 6);
    cr_expect_str_eq(buf_text(&line.text), "first");
    type_into(&line, "\x1b[B\x1b[B", 6);
    cr_expect_str_eq(buf_text(&line.text), "new");
    type_into(&line,
              "\x12"
              "ir",
              3);
    cr_expect(line.searching);
    cr_expect_str_eq(buf_text(&line.text), "first");
    type_into(&line, "\x07", 1);
    cr_expect_not(line.searching);
    cr_expect_str_eq(buf_text(&line.text), "new");
    line_free(&line);
    history_free(&history);
}

Test(line, history_is_bounded)
{
    struct history history = {.count = 0};
    for (int i = 0; i < HISTORY_LINES + 7; i++) {
        char text[16];
        history_add(&history, text, (size_t)snprintf(text, sizeof text, "line %d", i));
    }
    cr_expect_eq(history.count, HISTORY_LINES);
    cr_expect_str_eq(history.lines[0].text, "line 7");
    history_free(&history);
}

Test(line, is_drawn_over_as_many_rows_as_it_needs)
{
    static struct history history;
    struct line line;
    struct line_view view = {.prompt = "\x1b[31mP\x1b[0m> ", .columns = 10};
    struct buf out = BUF_INIT;
    line_start(&line, &history);
    type_into(&line, "abcdefgh", 8); // 3 + 8 cells
    line_view_draw(&view, &line, &out);
    cr_expect_eq(view.row, 1);
    type_into(&line, "\x7f\x7f\x7f", 3);
    line_view_draw(&view, &line, &out);
    cr_expect_eq(view.row, 0);
    type_into(&line, "\xe6\x97\xa5", 3); // two cells: 3 + 5 + 2 fill the row
    buf_clear(&out);
    line_view_draw(&view, &line, &out);
    cr_expect_eq(view.row, 1, "a full row puts the cursor on the next");
    cr_expect_eq(line_cells(0x65e5), 2);
    cr_expect_eq(line_cells(0x301), 0);
    buf_free(&out);
    line_free(&line);
}
