// The comments that stand before a parameter, or inside of it, which are its help. jesh-full alone.
#include <string.h>

#include "base/buf.h"
#include "interp/eval/comment-help.h"

struct piece { // a comment
    const char *at, *end;
};
enum { MOST_PIECES = 32 };
struct pieces {
    struct piece at[MOST_PIECES];
    size_t count;
};

static const char *skip_string(const char *at, const char *end)
{
    char quote = *at++;
    while (at < end && *at != quote)
        at += *at == '`' && quote == '"' && at + 1 < end ? 2 : 1;
    return at < end ? at + 1 : end;
}

static const char *comment_end(const char *at, const char *end)
{
    const char *close =
        *at == '<' ? memmem(at, (size_t)(end - at), "#>", 2) : memchr(at, '\n', (size_t)(end - at));
    return !close ? end : *at == '<' ? close + 2 : close;
}

static bool begins_comment(const char *text, const char *at, const char *end)
{
    if (*at == '<')
        return at + 1 < end && at[1] == '#';
    return *at == '#' && (at == text || strchr(" \t\r\n,;({)]", at[-1]));
}

static void find_comments(const char *text, const char *at, const char *end, struct pieces *ret)
{
    while (at < end) {
        if (*at == '\'' || *at == '"') {
            at = skip_string(at, end);
        } else if (begins_comment(text, at, end)) {
            const char *last = comment_end(at, end);
            if (ret->count < MOST_PIECES)
                ret->at[ret->count++] = (struct piece){at, last};
            at = last;
        } else {
            at++;
        }
    }
}

static size_t lines_between(const char *from, const char *to)
{
    size_t count = 0;
    for (; from < to; from++)
        count += *from == '\n';
    return count;
}

// Those right before the parameter: nothing but a blank line may stand between it and the last of them, and
// no blank line between two of them.
static void keep_near(struct pieces *pieces, const char *to)
{
    size_t first = pieces->count, most = 2;
    for (; first > 0 && lines_between(pieces->at[first - 1].end, to) <= most; first--)
        to = pieces->at[first - 1].at, most = 1;
    memmove(pieces->at, pieces->at + first, (pieces->count - first) * sizeof *pieces->at);
    pieces->count -= first;
}

static void add_comment(struct buf *out, struct piece piece)
{
    if (*piece.at == '<')
        piece.at += 2, piece.end -= piece.end - piece.at >= 2 ? 2 : 0;
    for (const char *at = piece.at, *end; at < piece.end; at = end + 1) {
        end = memchr(at, '\n', (size_t)(piece.end - at));
        end = end ? end : piece.end;
        at += strspn(at, " \t#");
        if (at < end)
            buf_add(out, at, (size_t)(end - at));
        buf_add_char(out, '\n');
    }
}

void comment_help_parameter(const struct scriptblock *block, const struct ast *parameter, struct buf *out)
{
    const char *text = block->source->text, *from = text + parameter->start, *to = text + parameter->end;
    const char *start = text + parameter->parent->start;
    struct pieces before = {0}, inside = {0};
    for (uint32_t i = 0; i < parameter->parent->count; i++) {
        const struct ast *other = parameter->parent->kids[i];
        if (other && other->end <= parameter->start && text + other->end > start)
            start = text + other->end;
    }
    find_comments(text, start, from, &before);
    keep_near(&before, from);
    find_comments(text, from, to, &inside);
    for (size_t i = 0; i < before.count; i++)
        add_comment(out, before.at[i]);
    for (size_t i = 0; i < inside.count; i++)
        add_comment(out, inside.at[i]);
}
