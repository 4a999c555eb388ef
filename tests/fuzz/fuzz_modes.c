// The language modes over any text that parses: every refusal has an id, a place inside of the text and
// words, no place is reported twice for one id, and what is turned into a list of commands holds commands
// only.
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "syntax/modes.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void check_errors(const struct source *source)
{
    for (size_t i = 0; i < source->error_count; i++) {
        const struct parse_error *error = &source->errors[i];
        if (!error->id || !error->text || error->start > source->size || error->end < error->start)
            abort();
        for (size_t k = 0; k < i; k++)
            if (source->errors[k].start == error->start && source->errors[k].end == error->end &&
                strcmp(source->errors[k].id, error->id) == 0)
                abort();
    }
}

static struct source *read_text(const uint8_t *bytes, size_t size)
{
    struct source *source = NULL;
    return parse((const char *)bytes, size, NULL, 0, &source, NULL) ? source : NULL;
}

static void check_list(const struct source *source)
{
    if (mode_check_command_list(source))
        return;
    const struct ast *end = source->root->kids[SB_END];
    for (uint32_t i = 0; i < end->count; i++)
        for (uint32_t k = 0; k < end->kids[i]->count; k++)
            if (end->kids[i]->kids[k]->kind != AST_COMMAND)
                abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct source *source = read_text(bytes, size);
    if (!source)
        return 0;
    check_list(source);
    if (source->error_count == 0) {
        bool clean = mode_check_restricted(source, source->root, NULL);
        if (clean != (source->error_count == 0))
            abort();
        check_errors(source);
    }
    source_free(source);
    source = read_text(bytes, size);
    if (source && source->error_count == 0 &&
        mode_check_constrained(source, source->root) != (source->error_count == 0))
        abort();
    if (source)
        source_free(source);
    return 0;
}
