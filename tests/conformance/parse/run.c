// Holds the parser against recorded answers: run CASES.jsonl KNOWN.tsv. One line for each case that
// differs; exit status 1 if there is one that the second file does not name (id, tab, reason), or names
// without need.
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "syntax/parser.h"

struct tally {
    const char *known_ids; // the text of the second file
    unsigned cases, differ, known, surprise;
};

static bool is_known(const struct tally *tally, const char *id)
{
    const char *found = tally->known_ids ? strstr(tally->known_ids, id) : NULL;
    return found && found[strlen(id)] == '\t' && (found == tally->known_ids || found[-1] == '\n');
}

static char *read_text(const char *path)
{
    static char text[1 << 16];
    FILE *file = fopen(path, "r");
    if (!file)
        return NULL;
    text[fread(text, 1, sizeof text - 1, file)] = 0;
    fclose(file);
    return text;
}

static bool same_error(const struct parse_error *error, const json_t *want)
{
    const char *id = json_string_value(json_array_get(want, 0));
    return !strcmp(error->id, id) && error->start_units == json_integer_value(json_array_get(want, 1));
}

static bool same_errors(const struct source *source, const json_t *want)
{
    if (source->error_count != json_array_size(want))
        return false;
    for (size_t i = 0; i < source->error_count; i++)
        if (!same_error(&source->errors[i], json_array_get(want, i)))
            return false;
    return true;
}

// Incomplete input has no position in PowerShell's answer.
static bool same_position(const struct source *source, const json_t *want)
{
    if (!want || !source->error_count)
        return true;
    const struct parse_error *first = &source->errors[0];
    struct position at = source_position(source, first->start);
    if (first->incomplete)
        at.line = at.column = 0;
    return at.line == json_integer_value(json_array_get(want, 0))
           && at.column == json_integer_value(json_array_get(want, 1));
}

static void print_difference(const char *id, const struct source *source, const json_t *want,
                             const json_t *pos)
{
    char *text = json_dumps(want, 0), *place = pos ? json_dumps(pos, 0) : NULL;
    printf("%s: want %s %s got", id, text, place ? place : "");
    for (size_t i = 0; i < source->error_count; i++)
        printf(" %s@%u%s", source->errors[i].id, source->errors[i].start_units,
               source->errors[i].incomplete ? " incomplete" : "");
    putchar('\n');
    free(text);
    free(place);
}

static void run_case(const json_t *one, struct tally *tally)
{
    const json_t *in = json_object_get(one, "in"), *want = json_object_get(one, "parse");
    const json_t *pos = json_object_get(one, "at");
    const char *id = json_string_value(json_object_get(one, "id"));
    struct source *source;
    struct err err;
    tally->cases++;
    if (!parse(json_string_value(in), json_string_length(in), NULL, 0, &source, &err)) {
        printf("%s: %s\n", id, err.id);
        tally->differ++;
        return;
    }
    bool same = same_errors(source, want) && same_position(source, pos), known = is_known(tally, id);
    if (!same && !known)
        print_difference(id, source, want, pos);
    tally->differ += !same && !known;
    tally->known += !same && known;
    tally->surprise += same && known;
    if (same && known)
        printf("%s: passes, and is listed as a known failure\n", id);
    source_free(source);
}

int main(int argc, char **argv)
{
    struct tally tally = {.known_ids = argc > 2 ? read_text(argv[2]) : NULL};
    char line[1 << 18];
    FILE *cases = argc > 1 ? fopen(argv[1], "r") : NULL;
    if (!cases)
        return 2;
    while (fgets(line, sizeof line, cases)) {
        json_t *one = json_loads(line, JSON_ALLOW_NUL, NULL);
        if (!one)
            return 2;
        run_case(one, &tally);
        json_decref(one);
    }
    fclose(cases);
    printf("parse: %u passed, %u failed, %u known\n", tally.cases - tally.differ - tally.known, tally.differ, tally.known);
    return tally.differ || tally.surprise;
}
