#include "interp/value/regex-compiled.h"

#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "interp/eval/interp.h"
#include "interp/value/regex.h"

enum { KEPT = 32 };

struct compiled {
    char *pattern;
    size_t size;
    uint32_t options;
    pcre2_code *strict;   // takes every subject for valid
    pcre2_code *tolerant; // of subjects with lone surrogates; made when the first comes
    pcre2_match_data *data;
    pcre2_match_context *context;
    bool busy, kept;
};

struct regex_cache {
    struct compiled *kept[KEPT];
    size_t next; // to be replaced
};

static void compiled_free(struct compiled *compiled)
{
    if (!compiled)
        return;
    pcre2_match_context_free(compiled->context);
    pcre2_match_data_free(compiled->data);
    pcre2_code_free(compiled->strict);
    pcre2_code_free(compiled->tolerant);
    mem_free(compiled->pattern, compiled->size + 1);
    mem_free(compiled, sizeof *compiled);
}

// .NET and PCRE2 differ where a pattern leaves room: $ matches before a final newline in both, . excludes \n
// only.
static pcre2_code *compile(const struct compiled *compiled, uint32_t more)
{
    int error;
    PCRE2_SIZE at;
    uint32_t options = compiled->options | more | PCRE2_UTF;
    pcre2_compile_context *context = pcre2_compile_context_create(NULL);
    if (!context)
        return NULL;
    pcre2_set_newline(context, PCRE2_NEWLINE_LF);
    if (!(options & PCRE2_LITERAL))
        options |= PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C; // of no meaning there, and refused
    pcre2_code *code =
        pcre2_compile((PCRE2_SPTR)compiled->pattern, compiled->size, options, &error, &at, context);
    pcre2_compile_context_free(context);
    return code;
}

static struct compiled *compiled_new(const char *pattern, size_t size, uint32_t options)
{
    struct compiled *compiled = mem_new(1, sizeof *compiled);
    if (!compiled)
        return NULL;
    compiled->size = size;
    compiled->options = options;
    compiled->pattern = mem_new(size + 1, 1);
    if (compiled->pattern)
        memcpy(compiled->pattern, pattern, size);
    compiled->strict = compiled->pattern ? compile(compiled, 0) : NULL;
    if (compiled->strict) {
        compiled->data = pcre2_match_data_create_from_pattern(compiled->strict, NULL);
        compiled->context = pcre2_match_context_create(NULL);
    }
    if (compiled->data && compiled->context)
        return compiled;
    return compiled_free(compiled), NULL;
}

static struct regex_cache *cache_of(struct interp *in)
{
    if (!in->regexes)
        in->regexes = mem_new(1, sizeof *in->regexes);
    return in->regexes;
}

static struct compiled *look(const struct regex_cache *cache, const char *pattern, size_t size,
                             uint32_t options)
{
    for (size_t i = 0; cache && i < KEPT; i++) {
        struct compiled *one = cache->kept[i];
        if (one && !one->busy && one->options == options && one->size == size &&
            !memcmp(one->pattern, pattern, size))
            return one;
    }
    return NULL;
}

// Takes the place of the one that came first, if that is not in use.
static void keep(struct regex_cache *cache, struct compiled *compiled)
{
    if (!cache)
        return;
    struct compiled **place = &cache->kept[cache->next];
    cache->next = (cache->next + 1) % KEPT;
    if (*place && (*place)->busy)
        return;
    compiled_free(*place);
    *place = compiled;
    compiled->kept = true;
}

bool regex_take(struct interp *in, const char *pattern, size_t size, uint32_t options, struct regex *ret)
{
    struct regex_cache *cache = cache_of(in);
    struct compiled *compiled = look(cache, pattern, size, options);
    if (!compiled) {
        compiled = compiled_new(pattern, size, options);
        if (!compiled)
            return false;
        keep(cache, compiled);
    }
    compiled->busy = true;
    *ret = (struct regex){compiled, compiled->strict, compiled->data, compiled->context, NULL, 0, false};
    return true;
}

void regex_give(struct regex *regex)
{
    struct compiled *compiled = regex->compiled;
    compiled->busy = false;
    if (!compiled->kept)
        compiled_free(compiled);
}

// A check of the whole subject at each match would make a search for all of them quadratic.
static void look_at(struct regex *regex, const char *text, size_t size)
{
    regex->text = text;
    regex->size = size;
    regex->valid = utf8_is_valid(text, size);
}

int regex_run(struct regex *regex, const char *text, size_t size, size_t from, uint32_t options)
{
    struct compiled *compiled = regex->compiled;
    if (!from || regex->text != text || regex->size != size)
        look_at(regex, text, size);
    if (regex->valid)
        return pcre2_match(compiled->strict, (PCRE2_SPTR)text, size, from, options | PCRE2_NO_UTF_CHECK,
                           regex->data, regex->context);
    if (!compiled->tolerant && !(compiled->tolerant = compile(compiled, PCRE2_MATCH_INVALID_UTF)))
        return PCRE2_ERROR_NOMEMORY;
    return pcre2_match(compiled->tolerant, (PCRE2_SPTR)text, size, from, options, regex->data,
                       regex->context);
}

void regex_cache_free(struct interp *in)
{
    for (size_t i = 0; in->regexes && i < KEPT; i++)
        compiled_free(in->regexes->kept[i]);
    mem_free(in->regexes, sizeof *in->regexes);
    in->regexes = NULL;
}
