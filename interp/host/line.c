#include "interp/host/line.h"

#include <ctype.h>
#include <string.h>

#include "base/utf8.h"

void line_start(struct line *line, const struct history *history)
{
    *line = (struct line){.history = history, .at = history->count};
}

void line_free(struct line *line)
{
    buf_free(&line->text);
    buf_free(&line->cut);
    buf_free(&line->typed);
    buf_free(&line->pattern);
}

void line_replace(struct line *line, size_t start, size_t end, const char *text, size_t size)
{
    struct buf *all = &line->text;
    if (!buf_reserve(all, size))
        return; // without memory the line stays as it is
    char *data = all->data;
    memmove(data + start + size, data + end, all->size - end);
    memcpy(data + start, text, size);
    all->size = all->size - (end - start) + size;
    data[all->size] = '\0';
    line->cursor = start + size;
}

void line_insert(struct line *line, const char *text, size_t size)
{
    line_replace(line, line->cursor, line->cursor, text, size);
}

static size_t before(const struct line *line, size_t at)
{
    while (at && ((unsigned char)line->text.data[--at] & 0xc0) == 0x80)
        ;
    return at;
}

static size_t after(const struct line *line, size_t at)
{
    size_t size = line->text.size;
    if (at < size)
        at++;
    while (at < size && ((unsigned char)line->text.data[at] & 0xc0) == 0x80)
        at++;
    return at;
}

static bool in_word(char c)
{
    return isalnum((unsigned char)c) || (unsigned char)c >= 0x80 || c == '_';
}

static size_t word_left(const struct line *line)
{
    size_t at = line->cursor;
    while (at && !in_word(line->text.data[at - 1]))
        at--;
    while (at && in_word(line->text.data[at - 1]))
        at--;
    return at;
}

static size_t word_right(const struct line *line)
{
    size_t at = line->cursor;
    while (at < line->text.size && !in_word(line->text.data[at]))
        at++;
    while (at < line->text.size && in_word(line->text.data[at]))
        at++;
    return at;
}

static size_t blank_left(const struct line *line) // Ctrl-W: a word is what blanks surround
{
    size_t at = line->cursor;
    while (at && isspace((unsigned char)line->text.data[at - 1]))
        at--;
    while (at && !isspace((unsigned char)line->text.data[at - 1]))
        at--;
    return at;
}

static size_t row_start(const struct line *line)
{
    size_t at = line->cursor;
    while (at && line->text.data[at - 1] != '\n')
        at--;
    return at;
}

static size_t row_end(const struct line *line)
{
    size_t at = line->cursor;
    while (at < line->text.size && line->text.data[at] != '\n')
        at++;
    return at;
}

static void cut(struct line *line, size_t start, size_t end)
{
    if (start == end)
        return;
    buf_clear(&line->cut);
    buf_add(&line->cut, line->text.data + start, end - start);
    line_replace(line, start, end, "", 0);
}

static void show(struct line *line, const char *text, size_t size)
{
    buf_clear(&line->text);
    buf_add(&line->text, text, size);
    line->cursor = line->text.size;
}

static void older(struct line *line)
{
    if (!line->at)
        return;
    if (line->at == line->history->count) {
        buf_clear(&line->typed);
        buf_add(&line->typed, buf_text(&line->text), line->text.size);
    }
    line->at--;
    show(line, line->history->lines[line->at].text, line->history->lines[line->at].size);
}

static void newer(struct line *line)
{
    if (line->at >= line->history->count)
        return;
    line->at++;
    if (line->at == line->history->count)
        show(line, buf_text(&line->typed), line->typed.size);
    else
        show(line, line->history->lines[line->at].text, line->history->lines[line->at].size);
}

// Moves a row up or down inside of a line of several rows; false where there is none.
static bool move_row(struct line *line, bool up)
{
    size_t start = row_start(line), column = line->cursor - start, end = row_end(line);
    if (up ? start == 0 : end == line->text.size)
        return false;
    line->cursor = up ? start - 1 : end + 1;
    start = row_start(line);
    end = row_end(line);
    line->cursor = start + column < end ? start + column : end;
    while (line->cursor > start && ((unsigned char)line->text.data[line->cursor] & 0xc0) == 0x80)
        line->cursor--;
    return true;
}

static void search(struct line *line, size_t from)
{
    size_t index;
    if (!history_search(line->history, from, buf_text(&line->pattern), line->pattern.size, &index))
        return;
    line->at = index;
    show(line, line->history->lines[index].text, line->history->lines[index].size);
}

static void start_search(struct line *line)
{
    if (line->searching) {
        search(line, line->at); // once more: the next older
        return;
    }
    line->searching = true;
    buf_clear(&line->pattern);
    buf_clear(&line->typed);
    buf_add(&line->typed, buf_text(&line->text), line->text.size);
}

static void shrink_pattern(struct line *line)
{
    struct buf *pattern = &line->pattern;
    while (pattern->size && ((unsigned char)pattern->data[--pattern->size] & 0xc0) == 0x80)
        ;
    search(line, line->history->count);
}

// Keys that belong to the search; false: the search ends, and the key means what it always means.
static bool search_take(struct line *line, struct key key, enum line_result *ret)
{
    *ret = LINE_EDITING;
    if (key.kind == KEY_TEXT) {
        buf_add_codepoint(&line->pattern, key.codepoint);
        search(line, line->history->count);
    } else if (key.kind == KEY_BACKSPACE) {
        shrink_pattern(line);
    } else if (key.kind == KEY_ESCAPE ||
               (key.kind == KEY_CONTROL && (key.codepoint == 'G' || key.codepoint == 'C'))) {
        show(line, buf_text(&line->typed), line->typed.size);
        line->at = line->history->count;
        line->searching = false;
    } else if (key.kind == KEY_CONTROL && key.codepoint == 'R') {
        start_search(line);
    } else {
        line->searching = false;
        return false;
    }
    return true;
}

static void swap_characters(struct line *line)
{
    size_t right = line->cursor < line->text.size ? line->cursor : before(line, line->cursor);
    size_t left = before(line, right), end = after(line, right);
    char copy[8];
    if (!line->text.size || left == right)
        return;
    memcpy(copy, line->text.data + left, right - left);
    memmove(line->text.data + left, line->text.data + right, end - right);
    memcpy(line->text.data + left + (end - right), copy, right - left);
    line->cursor = end;
}

static enum line_result control(struct line *line, uint32_t letter)
{
    switch (letter) {
    case 'A':
        line->cursor = row_start(line);
        break;
    case 'B':
        line->cursor = before(line, line->cursor);
        break;
    case 'C':
        return LINE_ABANDON;
    case 'D':
        if (!line->text.size)
            return LINE_END;
        line_replace(line, line->cursor, after(line, line->cursor), "", 0);
        break;
    case 'E':
        line->cursor = row_end(line);
        break;
    case 'F':
        line->cursor = after(line, line->cursor);
        break;
    case 'K':
        cut(line, line->cursor, row_end(line));
        break;
    case 'L':
        return LINE_CLEAR;
    case 'N':
        newer(line);
        break;
    case 'P':
        older(line);
        break;
    case 'R':
        start_search(line);
        break;
    case 'T':
        swap_characters(line);
        break;
    case 'U':
        cut(line, row_start(line), line->cursor);
        break;
    case 'W':
        cut(line, blank_left(line), line->cursor);
        break;
    case 'Y':
        line_insert(line, buf_text(&line->cut), line->cut.size);
        break;
    default:
        break;
    }
    return LINE_EDITING;
}

static void alt(struct line *line, uint32_t letter)
{
    if (letter == 'b' || letter == 'B')
        line->cursor = word_left(line);
    else if (letter == 'f' || letter == 'F')
        line->cursor = word_right(line);
    else if (letter == 'd' || letter == 'D')
        cut(line, line->cursor, word_right(line));
}

static void type(struct line *line, uint32_t codepoint)
{
    char bytes[4];
    bool control_character = codepoint < 0x20 && codepoint != '\n' && codepoint != '\t';
    if (!control_character && codepoint != 0x7f && !(codepoint >= 0x80 && codepoint < 0xa0))
        line_insert(line, bytes, utf8_encode(codepoint, bytes));
}

static void move(struct line *line, enum key_kind kind)
{
    switch (kind) {
    case KEY_LEFT:
        line->cursor = before(line, line->cursor);
        break;
    case KEY_RIGHT:
        line->cursor = after(line, line->cursor);
        break;
    case KEY_WORD_LEFT:
        line->cursor = word_left(line);
        break;
    case KEY_WORD_RIGHT:
        line->cursor = word_right(line);
        break;
    case KEY_HOME:
        line->cursor = row_start(line);
        break;
    case KEY_END:
        line->cursor = row_end(line);
        break;
    case KEY_UP:
        if (!move_row(line, true))
            older(line);
        break;
    case KEY_DOWN:
        if (!move_row(line, false))
            newer(line);
        break;
    default:
        break;
    }
}

enum line_result line_take(struct line *line, struct key key)
{
    enum line_result result;
    if (line->searching && search_take(line, key, &result))
        return result;
    switch (key.kind) {
    case KEY_ENTER:
        return LINE_ACCEPT;
    case KEY_TAB:
        return LINE_COMPLETE;
    case KEY_CONTROL:
        return control(line, key.codepoint);
    case KEY_TEXT:
        type(line, key.codepoint);
        break;
    case KEY_ALT:
        alt(line, key.codepoint);
        break;
    case KEY_BACKSPACE:
        line_replace(line, before(line, line->cursor), line->cursor, "", 0);
        break;
    case KEY_DELETE:
        line_replace(line, line->cursor, after(line, line->cursor), "", 0);
        break;
    default:
        move(line, key.kind);
    }
    return LINE_EDITING;
}
