#include "syntax/diagnose.h"

#include <string.h>

static const struct {
    const char *name, *text;
} rows[] = {
#define PARSE_ERROR(id, text) {#id, text},
#include "syntax/parse-errors.def"
#undef PARSE_ERROR
};

const char *parse_error_name(enum parse_error_id id)
{
    return rows[id].name;
}

static bool is_known(const struct source *source, const char *name, struct extent at)
{
    for (size_t i = 0; i < source->error_count; i++) {
        const struct parse_error *error = &source->errors[i];
        if (error->start == at.start && error->end == at.end && !strcmp(error->id, name))
            return true;
    }
    return false;
}

static bool make_room(struct source *source)
{
    if (source->error_count < source->error_capacity)
        return true;
    size_t capacity = source->error_count ? 2 * source->error_count : 4;
    struct parse_error *errors = arena_new(&source->arena, capacity * sizeof *errors);
    if (!errors)
        return false;
    if (source->error_count)
        memcpy(errors, source->errors, source->error_count * sizeof *errors);
    source->errors = errors;
    source->error_capacity = capacity;
    return true;
}

void diagnose(struct source *source, struct extent at, enum parse_error_id id, bool incomplete)
{
    if (source->error_count >= LIMIT_ERRORS || is_known(source, rows[id].name, at) || !make_room(source))
        return;
    source->errors[source->error_count++] = (struct parse_error){
        .id = rows[id].name,
        .start = at.start,
        .end = at.end,
        .incomplete = incomplete,
        .text = rows[id].text,
    };
}
