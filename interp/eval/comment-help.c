// Comments that are help. jesh-full alone.
#include "interp/eval/comment-help.h"

#include <ctype.h>
#include <string.h>

#include "base/buf.h"

static const struct directive {
    const char *name;
    bool argument;
} directives[] = {{"COMPONENT", false},
                  {"DESCRIPTION", false},
                  {"EXAMPLE", false},
                  {"EXTERNALHELP", true},
                  {"FORWARDHELPCATEGORY", true},
                  {"FORWARDHELPTARGETNAME", true},
                  {"FUNCTIONALITY", false},
                  {"INPUTS", false},
                  {"LINK", false},
                  {"NOTES", false},
                  {"OUTPUTS", false},
                  {"PARAMETER", true},
                  {"REMOTEHELPRUNSPACE", true},
                  {"ROLE", false},
                  {"SYNOPSIS", false}};

// --- Where it stands
// ---------------------------------------------------------------------------------------------

struct span {
    const char *at, *end;
};

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static const char *line_end(const char *at, const char *end)
{
    const char *newline = memchr(at, '\n', (size_t)(end - at));
    return newline ? newline : end;
}

// The comment, or the run of # lines, that begins at `at`.
static bool comment_at(const char *at, const char *end, struct span *ret)
{
    while (at < end && is_space(*at))
        at++;
    if (at == end || (*at != '#' && strncmp(at, "<#", 2) != 0))
        return false;
    ret->at = at;
    if (*at == '<') {
        const char *close = strstr(at + 2, "#>");
        return close && close < end && (ret->end = close + 2, true);
    }
    while (at < end) {
        const char *line = at;
        while (line < end && (*line == ' ' || *line == '\t'))
            line++;
        if (line == end || *line != '#')
            break;
        at = line_end(line, end);
        ret->end = at;
        at += at < end;
    }
    return true;
}

static const char *line_start(const char *at, const char *from)
{
    while (at > from && at[-1] != '\n')
        at--;
    return at;
}

static bool is_comment_line(const char *line, const char *end)
{
    while (line < end && (*line == ' ' || *line == '\t'))
        line++;
    return line < end && *line == '#';
}

// The comment that ends before `at`, with so many newlines between.
static bool comment_before(const char *from, const char *at, int newlines, struct span *ret)
{
    while (at > from && is_space(at[-1]))
        newlines -= *--at == '\n';
    if (newlines < 0 || at == from)
        return false;
    ret->end = at;
    if (at - from >= 4 && !memcmp(at - 2, "#>", 2)) {
        for (at -= 2; at > from + 1; at--)
            if (at[-2] == '<' && at[-1] == '#')
                return ret->at = at - 2, true;
        return false;
    }
    const char *line = line_start(at, from);
    if (!is_comment_line(line, at))
        return false;
    while (line > from) {
        const char *above = line_start(line - 1, from);
        if (!is_comment_line(above, line - 1))
            break;
        line = above;
    }
    return ret->at = line, true;
}

// --- What it says
// ------------------------------------------------------------------------------------------------

struct lines { // of a comment, without what makes it one
    const char *at, *end;
    bool block;
};

static bool next_line(struct lines *lines, struct span *ret)
{
    if (lines->at >= lines->end)
        return false;
    ret->at = lines->at;
    ret->end = line_end(lines->at, lines->end);
    lines->at = ret->end + (ret->end < lines->end);
    if (ret->end > ret->at && ret->end[-1] == '\r')
        ret->end--;
    if (lines->block)
        return true;
    while (ret->at < ret->end && (*ret->at == ' ' || *ret->at == '\t'))
        ret->at++;
    while (ret->at < ret->end && *ret->at == '#')
        ret->at++;
    return true;
}

static bool is_blank(struct span line)
{
    for (; line.at < line.end; line.at++)
        if (!is_space(*line.at))
            return false;
    return true;
}

static struct span trim(struct span text)
{
    while (text.at < text.end && is_space(*text.at))
        text.at++;
    while (text.end > text.at && is_space(text.end[-1]))
        text.end--;
    return text;
}

// ".NAME" or ".NAME argument".
static bool is_directive(struct span line, struct span *ret_name, struct span *ret_argument)
{
    line = trim(line);
    if (line.end - line.at < 2 || *line.at != '.')
        return false;
    const char *at = line.at + 1;
    while (at < line.end && (isalnum((unsigned char)*at) || *at == '_'))
        at++;
    if (at == line.at + 1 || (at < line.end && !is_space(*at)))
        return false;
    *ret_name = (struct span){line.at + 1, at};
    *ret_argument = trim((struct span){at, line.end});
    return true;
}

static const struct directive *directive_named(struct span name)
{
    size_t size = (size_t)(name.end - name.at);
    for (size_t i = 0; i < sizeof directives / sizeof *directives; i++)
        if (strlen(directives[i].name) == size && !strncasecmp(directives[i].name, name.at, size))
            return &directives[i];
    return NULL;
}

static size_t indent_of(struct span line)
{
    size_t count = 0;
    while (line.at + count < line.end && (line.at[count] == ' ' || line.at[count] == '\t'))
        count++;
    return count;
}

// Lines up to the next section; the first one says how far all are indented.
static void read_section(struct lines *lines, struct buf *out)
{
    struct span line, name, argument;
    size_t indent = 0;
    bool any = false;
    for (struct lines before = *lines; next_line(lines, &line); before = *lines) {
        if (is_directive(line, &name, &argument)) {
            *lines = before;
            return;
        }
        if (!any && is_blank(line))
            continue;
        if (!any)
            indent = indent_of(line);
        any = true;
        size_t own = indent_of(line);
        line.at += own < indent ? own : indent;
        buf_add(out, line.at, (size_t)(line.end - line.at));
        buf_add_char(out, '\n');
    }
}

static bool add_section(struct comment_help *help, const struct directive *directive, struct span argument,
                        struct lines *lines)
{
    struct buf text = BUF_INIT;
    struct help_section *section = &help->sections[help->count];
    size_t size = (size_t)(argument.end - argument.at);
    if ((size > 0) != directive->argument || help->count == MOST_SECTIONS)
        return false;
    read_section(lines, &text);
    section->name = directive->name;
    section->argument = size ? arena_text(&help->arena, argument.at, size) : NULL;
    section->text = arena_text(&help->arena, buf_text(&text), text.size);
    buf_free(&text);
    return help->count++, section->text && (!size || section->argument);
}

static bool read_comment(struct span comment, struct comment_help *help)
{
    bool block = *trim(comment).at == '<';
    struct lines lines = {comment.at, comment.end, block};
    struct span line, name, argument;
    if (block)
        lines.at = strstr(comment.at, "<#") + 2, lines.end -= 2;
    help->count = 0;
    while (next_line(&lines, &line)) {
        if (is_blank(line))
            continue;
        const struct directive *directive =
            is_directive(line, &name, &argument) ? directive_named(name) : NULL;
        if (!directive || !add_section(help, directive, argument, &lines))
            return help->count = 0, false;
    }
    return help->count > 0;
}

// What stands right before a function is that function's.
static bool is_function_near(const char *at, const char *end)
{
    int newlines = 0;
    for (; at < end && is_space(*at); at++)
        newlines += *at == '\n';
    return newlines <= 2 && (size_t)(end - at) > 9 && !strncasecmp(at, "function", 8) && is_space(at[8]);
}

bool comment_help_read(const struct scriptblock *block, struct comment_help *ret)
{
    const char *text = block->source->text;
    const struct ast *whole = block->function ? block->function : block->node;
    const char *from = text + block->node->start, *to = text + block->node->end;
    struct span comment;
    bool script = !block->function && !block->node->parent;
    *ret = (struct comment_help){0};
    if (from < to && *from == '{')
        from++, to--;
    if (block->function && comment_before(text, text + whole->start, 2, &comment) &&
        read_comment(comment, ret))
        return true;
    while (comment_at(from, to, &comment)) {
        if (!(script && is_function_near(comment.end, to)) && read_comment(comment, ret))
            return true;
        if (!script)
            break;
        from = comment.end;
    }
    return comment_before(from, to, 1000, &comment) && read_comment(comment, ret);
}

const struct help_section *comment_help_section(const struct comment_help *help, const char *name,
                                                const char *argument)
{
    for (size_t i = 0; i < help->count; i++)
        if (!strcmp(help->sections[i].name, name) &&
            (!argument || !strcasecmp(help->sections[i].argument, argument)))
            return &help->sections[i];
    return NULL;
}
