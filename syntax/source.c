#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "syntax/parser.h"
#include "syntax/token-list.h"

struct source *source_ref(struct source *source)
{
    if (source)
        source->references++;
    return source;
}

void source_free(struct source *source)
{
    if (!source || --source->references)
        return;
    arena_free(&source->arena);
    token_list_free(source->tokens);
    mem_free(source, sizeof *source);
}

static size_t line_of(const struct source *source, uint32_t offset)
{
    size_t low = 0, high = source->line_count;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (source->line_starts[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    return low;
}

struct position source_position(const struct source *source, uint32_t offset)
{
    if (offset > source->size)
        offset = (uint32_t)source->size;
    size_t line = line_of(source, offset);
    uint32_t start = source->line_starts[line];
    return (struct position){
        .line = (unsigned)line + 1,
        .column = (unsigned)utf8_units(source->text + start, offset - start) + 1,
        .units = source->line_units[line] + (uint32_t)utf8_units(source->text + start, offset - start),
    };
}

enum encoding { UTF8, UTF16LE, UTF16BE, UTF32LE, UTF32BE };

static enum encoding encoding_of(const unsigned char *bytes, size_t size, size_t *ret_mark)
{
    static const struct {
        const char *mark;
        size_t size;
        enum encoding encoding;
    } marks[] = {
        {"\xFF\xFE\0\0", 4, UTF32LE}, {"\0\0\xFE\xFF", 4, UTF32BE}, {"\xEF\xBB\xBF", 3, UTF8},
        {"\xFF\xFE", 2, UTF16LE}, {"\xFE\xFF", 2, UTF16BE},
    };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (size >= marks[i].size && !memcmp(bytes, marks[i].mark, marks[i].size)) {
            *ret_mark = marks[i].size;
            return marks[i].encoding;
        }
    }
    *ret_mark = 0;
    return UTF8;
}

static uint32_t read_unit(const unsigned char *at, enum encoding encoding)
{
    switch (encoding) {
    case UTF16LE:
        return at[0] | (uint32_t)at[1] << 8;
    case UTF16BE:
        return at[1] | (uint32_t)at[0] << 8;
    case UTF32LE:
        return at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
    default:
        return at[3] | (uint32_t)at[2] << 8 | (uint32_t)at[1] << 16 | (uint32_t)at[0] << 24;
    }
}

static bool is_surrogate(uint32_t unit, uint32_t first)
{
    return (unit & 0xFFFFFC00u) == first;
}

// Appends the code points of fixed-width units as UTF-8. False: a lone surrogate, or no code point.
static bool add_units(struct buf *out, const unsigned char *at, size_t size, enum encoding encoding)
{
    size_t width = encoding == UTF16LE || encoding == UTF16BE ? 2 : 4;
    if (size % width)
        return false;
    for (const unsigned char *end = at + size; at < end; at += width) {
        uint32_t unit = read_unit(at, encoding);
        if (width == 2 && is_surrogate(unit, 0xD800) && end - at >= 4) {
            uint32_t low = read_unit(at + 2, encoding);
            if (!is_surrogate(low, 0xDC00))
                return false;
            unit = utf16_join(unit, low);
            at += 2;
        }
        if (unit > 0x10FFFF || (unit >= 0xD800 && unit <= 0xDFFF))
            return false;
        buf_add_codepoint(out, unit);
    }
    return true;
}

bool source_decode(const char *bytes, size_t size, char **ret_text, size_t *ret_size, struct err *err)
{
    size_t mark;
    enum encoding encoding = encoding_of((const unsigned char *)bytes, size, &mark);
    struct buf out = BUF_INIT;
    bool valid = encoding == UTF8
                     ? utf8_is_valid(bytes + mark, size - mark)
                     : add_units(&out, (const unsigned char *)bytes + mark, size - mark, encoding);
    if (valid && encoding == UTF8)
        buf_add(&out, bytes + mark, size - mark);
    char *text = valid && !out.failed ? mem_new(1, out.size + 1) : NULL;
    if (text) {
        memcpy(text, buf_text(&out), out.size);
        *ret_text = text;
        *ret_size = out.size;
    }
    buf_free(&out);
    if (!valid)
        return err_set(err, EXIT_SETUP, "FileEncoding",
                       "the file is not valid in its encoding; save it as UTF-8 or UTF-16");
    return text || err_set(err, EXIT_SETUP, "OutOfMemory", "no memory to read the file");
}
