// Patterns of .NET's language, translated and searched with: the first byte gives the options, a newline ends
// the pattern, the rest is the text.
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "interp/value/regex-syntax.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void look(const struct buf *pattern, const struct regex_groups *groups, const char *text, size_t size)
{
    int error;
    PCRE2_SIZE at;
    pcre2_code *code = pcre2_compile(
        (PCRE2_SPTR)pattern->data, pattern->size,
        PCRE2_UTF | PCRE2_UCP | PCRE2_MATCH_INVALID_UTF | PCRE2_NEVER_BACKSLASH_C, &error, &at, NULL);
    if (!code)
        return;
    pcre2_match_data *data = pcre2_match_data_create_from_pattern(code, NULL);
    pcre2_match_context *context = pcre2_match_context_create(NULL);
    pcre2_set_match_limit(context, 10000);
    pcre2_set_depth_limit(context, 1000);
    pcre2_match(code, (PCRE2_SPTR)text, size, 0, 0, data, context);
    if (pcre2_get_ovector_count(data) != groups->own_count)
        abort(); // every group of the translation is known
    pcre2_match_context_free(context);
    pcre2_match_data_free(data);
    pcre2_code_free(code);
}

static void check_groups(const struct regex_groups *groups)
{
    for (size_t i = 0; i < groups->own_count; i++)
        if (groups->own[i] >= groups->count)
            abort();
    for (size_t i = 1; i < groups->count; i++)
        if (groups->slots[i].number <= groups->slots[i - 1].number)
            abort(); // numbers rise and are never the same
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct regex_groups groups;
    if (size < 2 || size > 4096)
        return 0;
    const char *pattern = (const char *)data + 1, *end = pattern + size - 1;
    const char *line = memchr(pattern, '\n', size - 1), *text = line ? line + 1 : end;
    struct buf own = {.limit = 1 << 20};
    if (regex_translate(pattern, (size_t)((line ? line : end) - pattern), data[0] & 0x37, data[0] & 0x80,
                        &groups, &own)) {
        check_groups(&groups);
        look(&own, &groups, text, (size_t)(end - text));
    }
    buf_free(&own);
    return 0;
}
