#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/mem.h"
#include "interp/host/editor.h"
#include "interp/host/run.h"
#include "interp/providers/path.h"

static bool edits(const struct wire_host *wh)
{
    return wire_host_is_terminal(wh, STDIN_FILENO);
}

// Prompts and echoes go where a person looks: to the terminal, else to standard output.
static void show(struct wire_host *wh, const char *text, size_t size)
{
    int terminal = wire_host_terminal(wh);
    wire_host_write(wh, terminal >= 0 ? terminal : STDOUT_FILENO, text, size);
}

static void add_location(struct wire_host *wh, struct buf *out)
{
    if (!(wh->session.providers >> PROVIDER_filesystem & 1) || !drives_start(&wh->in))
        return;
    const value *location = interp_get_variable(&wh->in, "PWD");
    value text;
    if (!location || value_is_null(*location) || !value_to_string(&wh->in, *location, &text))
        return;
    if (text.string->size) {
        buf_add_char(out, ' ');
        buf_add(out, text.string->text, text.string->size);
    }
    value_drop(text);
}

// "PS /path> ", red at its end after a failure; without a location "PS> ".
static void add_prompt(struct wire_host *wh, bool colour, bool ok, struct buf *out)
{
    buf_add_text(out, "PS");
    add_location(wh, out);
    buf_add_text(out, colour && !ok ? "\x1b[31;1m>\x1b[0m " : "> ");
}

static void show_banner(struct wire_host *wh)
{
    const struct session *session = &wh->session;
    struct buf banner = BUF_INIT;
    if (session->flags & SESSION_NO_LOGO || !edits(wh))
        return;
    buf_printf(&banner, "jesh: %s, %s, sandbox tier %s\n",
               session->profile && *session->profile ? session->profile : "session", mode_name(session->mode),
               session->tier == TIER_FULL ? "full" : "in-place");
    show(wh, buf_text(&banner), banner.size);
    buf_free(&banner);
}

static enum edit_result ask(struct wire_host *wh, bool ok, struct buf *ret_line)
{
    struct buf prompt = BUF_INIT;
    enum edit_result result;
    add_prompt(wh, edits(wh) && wh->host.colour, ok, &prompt);
    if (edits(wh)) {
        result = editor_read(wh, buf_text(&prompt), EDIT_PROGRAM, ret_line);
    } else {
        show(wh, buf_text(&prompt), prompt.size);
        result = wire_host_read_line(wh, ret_line) ? EDIT_LINE : EDIT_ENDED;
        if (result == EDIT_LINE) { // pwsh echoes what it read, so that a log shows question and answer
            show(wh, buf_text(ret_line), ret_line->size);
            show(wh, "\n", 1);
        }
    }
    buf_free(&prompt);
    return result;
}

static bool is_blank(const struct buf *line)
{
    for (size_t i = 0; i < line->size; i++)
        if (!strchr(" \t\r\n", line->data[i]))
            return false;
    return true;
}

// Lines that do not come from an editor are collected while they are incomplete, until an empty one: pwsh's
// rule for input that is not a terminal. True: `block` holds a program.
static bool collect(struct buf *block, const struct buf *line, bool *collecting)
{
    if (*collecting && is_blank(line)) {
        *collecting = false;
        return true;
    }
    if (block->size)
        buf_add_char(block, '\n');
    buf_add(block, buf_text((struct buf *)line), line->size);
    if (!*collecting)
        *collecting = editor_incomplete(buf_text(block), block->size);
    return !*collecting;
}

// Where no text is a script, `exit` and `exit N` cannot be statements: they are the prompt's own, as they are
// the client's in a remote session.
static bool leaves(struct wire_host *wh, const struct buf *line)
{
    const char *at = buf_text((struct buf *)line), *digits;
    if (wh->in.mode != MODE_NONE && wh->in.mode != MODE_RESTRICTED)
        return false;
    at += strspn(at, " \t");
    if (strncasecmp(at, "exit", 4))
        return false;
    digits = at + 4 + strspn(at + 4, " \t");
    size_t count = strspn(digits, "0123456789");
    if (digits[count + strspn(digits + count, " \t\r")] || count > 9 || (count && digits == at + 4))
        return false;
    wh->in.exit_requested = true;
    wh->in.exit_code = atoi(digits);
    return true;
}

static bool run_block(struct wire_host *wh, struct buf *block, unsigned flags, bool ok)
{
    if (!is_blank(block))
        ok = run_one(wh, buf_text(block), block->size, NULL, flags);
    buf_clear(block);
    return ok;
}

bool prompt_loop(struct wire_host *wh)
{
    struct buf line = BUF_INIT, block = BUF_INIT;
    bool ok = true, collecting = false;
    enum edit_result result;
    show_banner(wh);
    while (!wh->in.exit_requested && (result = ask(wh, ok, &line)) != EDIT_ENDED) {
        if (result == EDIT_LINE && !collecting && leaves(wh, &line))
            break;
        if (result == EDIT_LINE && edits(wh)) {
            history_add(&wh->history, buf_text(&line), line.size);
            ok = run_block(wh, &line, TEXT_INTERACTIVE, ok);
        } else if (result == EDIT_LINE && collect(&block, &line, &collecting)) {
            ok = run_block(wh, &block, TEXT_INTERACTIVE, ok);
        }
        buf_clear(&line);
    }
    buf_free(&line);
    buf_free(&block);
    return ok;
}

bool piped_loop(struct wire_host *wh)
{
    struct buf line = BUF_INIT, block = BUF_INIT;
    bool ok = true, collecting = false;
    while (!wh->in.exit_requested && wire_host_read_line(wh, &line)) {
        if (collect(&block, &line, &collecting))
            ok = run_block(wh, &block, 0, ok);
        buf_clear(&line);
    }
    if (!wh->in.exit_requested) // the end of input ends a block too
        ok = run_block(wh, &block, 0, ok);
    buf_free(&line);
    buf_free(&block);
    return ok;
}

bool prompt_read_line(void *context, const char *prompt, bool secret, char **ret_line, size_t *ret_size)
{
    struct wire_host *wh = context;
    struct buf line = BUF_INIT;
    bool ok;
    if (prompt && wh->session.flags & SESSION_NON_INTERACTIVE)
        return false;
    if (prompt && edits(wh)) {
        ok = editor_read(wh, prompt, secret ? EDIT_SECRET : 0, &line) == EDIT_LINE;
    } else {
        if (prompt)
            show(wh, prompt, strlen(prompt));
        ok = wire_host_read_line(wh, &line);
    }
    char *copy = ok ? mem_new(1, line.size + 1) : NULL;
    if (copy) {
        memcpy(copy, buf_text(&line), line.size);
        *ret_line = copy;
        *ret_size = line.size;
    }
    buf_free(&line);
    return copy;
}
