// What a command line means to a program: one word for a value, none for $null, one for each item of a list;
// names with wildcards stand for the files that they match unless they were quoted.
#include <stdio.h>
#include <string.h>

#include "base/base64.h"
#include "base/encoding.h"
#include "base/mem.h"
#include "interp/cmdlets/program.h"
#include "interp/providers/environment.h"
#include "interp/providers/path.h"
#include "interp/value/types.h"

bool words_add(struct interp *in, struct words *words, const char *text, size_t size)
{
    if (words->count + 2 > words->capacity) {
        char **at = mem_grow(words->at, &words->capacity, 8, sizeof *at);
        if (!at)
            return throw_memory(in);
        words->at = at;
    }
    char *copy = mem_new(size + 1, 1);
    if (!copy)
        return throw_memory(in);
    memcpy(copy, text, size);
    words->at[words->count++] = copy;
    words->at[words->count] = NULL;
    return true;
}

void words_free(struct words *words)
{
    for (size_t i = 0; i < words->count; i++)
        mem_free(words->at[i], strlen(words->at[i]) + 1);
    mem_free(words->at, words->capacity * sizeof *words->at);
    *words = (struct words){0};
}

// A program's arguments end at a NUL, so a word that has one cannot be given.
static bool add(struct interp *in, struct words *words, const char *text, size_t size)
{
    if (!memchr(text, '\0', size))
        return words_add(in, words, text, size);
    return throw_error(in, "NativeCommandFailed", CAT_InvalidArgument, value_null,
                       "An argument of a program cannot hold a NUL character.");
}

static bool has_wildcards(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (strchr("*?[", text[i]))
            return true;
    return false;
}

// Relative patterns give relative names.
static bool add_place(struct interp *in, struct words *words, const char *pattern, const char *folder,
                      value path)
{
    const char *text = value_text(path);
    size_t size = strlen(folder);
    if (*pattern != '/' && *pattern != '~' && !strncmp(text, folder, size)) {
        text += size;
        text += *text == '/';
    }
    return words_add(in, words, text, strlen(text));
}

static bool add_places(struct command *cmd, struct words *words, const char *pattern,
                       const struct places *places)
{
    value folder;
    if (!program_folder(cmd->in, &folder))
        return false;
    bool ok = true;
    for (size_t i = 0; i < places->count && ok; i++)
        ok = add_place(cmd->in, words, pattern, value_text(folder), places->items[i].path);
    value_drop(folder);
    return ok;
}

static bool all_files(const struct places *places)
{
    for (size_t i = 0; i < places->count; i++)
        if (!places->items[i].provider->hierarchical)
            return false;
    return places->count > 0;
}

static bool add_matches(struct command *cmd, struct words *words, const char *pattern, bool *ret_found)
{
    struct places places = {0};
    bool ok = places_of(cmd, pattern, PATH_QUIET, &places);
    *ret_found = ok && all_files(&places);
    if (*ret_found)
        ok = add_places(cmd, words, pattern, &places);
    places_free(&places);
    return ok;
}

static bool add_home(struct interp *in, struct words *words, const char *rest)
{
    const char *home = environment_get(in, "HOME");
    value text;
    if (!string_printf(in, &text, "%s%s", home ? home : "", rest))
        return false;
    bool ok = words_add(in, words, value_text(text), text.string->size);
    value_drop(text);
    return ok;
}

static bool add_expanded(struct command *cmd, struct words *words, const char *text, size_t size, bool quoted)
{
    bool found = false;
    if (quoted)
        return add(cmd->in, words, text, size);
    if (has_wildcards(text, size) && strlen(text) == size && !add_matches(cmd, words, text, &found))
        return false;
    if (found)
        return true;
    if (size && *text == '~' && (size == 1 || text[1] == '/'))
        return add_home(cmd->in, words, text + 1);
    return add(cmd->in, words, text, size);
}

// Words between blanks, with the variables of %NAME% as cmd.exe writes them.
static bool add_verbatim(struct interp *in, struct words *words, value v)
{
    struct buf text = BUF_INIT;
    bool ok = (environment_expand(in, value_text(v), v.string->size, &text) || throw_memory(in)) &&
              (v.string->size || words_add(in, words, "", 0));
    const char *at = buf_text(&text);
    while (ok && *(at += strspn(at, " "))) {
        size_t size = strcspn(at, " ");
        ok = words_add(in, words, at, size);
        at += size;
    }
    buf_free(&text);
    return ok;
}

// A list as it was written: a,b is one word.
static bool add_list(struct command *cmd, struct words *words, struct ast_text written)
{
    size_t i = 0;
    while (i < written.size) {
        size_t start = i;
        while (i < written.size && written.at[i] != ' ')
            i++;
        value word;
        if (i > start) {
            if (!string_new(cmd->in, written.at + start, i - start, &word))
                return false;
            bool ok = add_expanded(cmd, words, value_text(word), word.string->size, false);
            value_drop(word);
            if (!ok)
                return false;
        }
        i++;
    }
    return true;
}

// PowerShell takes every program that gets a block for another PowerShell.
static bool add_block(struct interp *in, struct words *words, value block)
{
    struct buf units = BUF_INIT, base64 = BUF_INIT;
    value text;
    if (!value_to_string(in, block, &text))
        return false;
    encoding_add(ENCODING_UTF16, value_text(text), text.string->size, &units);
    value_drop(text);
    base64_encode(buf_text(&units), units.size, &base64);
    bool ok =
        units.failed || base64.failed ? throw_full(in, &base64) : words_add(in, words, "-encodedCommand", 15);
    ok = ok && words_add(in, words, buf_text(&base64), base64.size);
    buf_free(&units);
    buf_free(&base64);
    return ok && words_add(in, words, "-inputFormat", 12) && words_add(in, words, "xml", 3) &&
           words_add(in, words, "-outputFormat", 13) && words_add(in, words, "xml", 3);
}

static bool add_item(struct command *cmd, struct words *words, value v, bool quoted)
{
    value text;
    if (value_is_null(v) || v.kind == V_VOID)
        return true;
    if (v.kind == V_SCRIPTBLOCK)
        return add_block(cmd->in, words, v);
    if (!value_to_string(cmd->in, v, &text))
        return false;
    bool ok = add_expanded(cmd, words, value_text(text), text.string->size, quoted);
    value_drop(text);
    return ok;
}

static bool add_items(struct command *cmd, struct words *words, value v, bool quoted)
{
    struct value_walk walk;
    value item;
    if (!value_enumerable(v))
        return add_item(cmd, words, v, quoted);
    value_walk_start(&walk, v);
    while (value_walk_next(cmd->in, &walk, &item)) {
        bool ok = add_item(cmd, words, item, quoted);
        value_drop(item);
        if (!ok)
            return false;
    }
    return value_is_null(cmd->in->thrown);
}

static bool add_value(struct command *cmd, struct words *words, const struct argument *argument)
{
    if (argument->form == FORM_VERBATIM && argument->val.kind == V_STRING)
        return add_verbatim(cmd->in, words, argument->val);
    if (argument->form == FORM_LIST && argument->written.size)
        return add_list(cmd, words, argument->written);
    if (argument->text.size)
        return words_add(cmd->in, words, argument->text.at, argument->text.size);
    return add_items(cmd, words, argument->val, argument->form == FORM_QUOTED);
}

static char *joined_word(const char *name, const char *val)
{
    size_t size = strlen(name) + strlen(val) + 1;
    char *word = mem_new(size, 1);
    if (word)
        snprintf(word, size, "%s%s", name, val);
    return word;
}

// -name:value is one word where it was written as one.
static bool join_last(struct interp *in, struct words *words, size_t first)
{
    char **at = words->at + first;
    if (words->count < first + 2)
        return true;
    char *word = joined_word(at[0], at[1]);
    if (!word)
        return throw_memory(in);
    mem_free(at[0], strlen(at[0]) + 1);
    mem_free(at[1], strlen(at[1]) + 1);
    at[0] = word;
    memmove(at + 1, at + 2, (words->count - first - 1) * sizeof *at);
    words->count--;
    return true;
}

static bool add_parameter(struct command *cmd, struct words *words, const struct argument *argument)
{
    struct interp *in = cmd->in;
    value text;
    size_t first = words->count;
    if (argument->form == FORM_LIST)
        return add_list(cmd, words, argument->written);
    if (argument->written.size) {
        if (!string_new(in, argument->written.at, argument->written.size, &text))
            return false;
    } else if (!string_printf(in, &text, "-%.*s%s", (int)argument->name_size, argument->name,
                              argument->has_value ? ":" : "")) {
        return false;
    }
    bool ok = add_expanded(cmd, words, value_text(text), text.string->size, false);
    value_drop(text);
    if (!ok || !argument->has_value)
        return ok;
    struct argument val = *argument;
    if (val.form == FORM_JOINED)
        val.form = FORM_VALUE;
    val.written.size = 0;
    return add_value(cmd, words, &val) &&
           (!(argument->form == FORM_JOINED || argument->splatted) || join_last(in, words, first));
}

static bool is_verbatim_mark(const struct argument *argument)
{
    return argument->kind == ARGUMENT_VALUE && argument->val.kind == V_STRING &&
           !strcmp(value_text(argument->val), "--%") && argument->form != FORM_QUOTED;
}

bool program_words(struct command *cmd, const struct argument *arguments, size_t count, struct words *words)
{
    for (size_t i = 0; i < count; i++) {
        const struct argument *argument = &arguments[i];
        if (is_verbatim_mark(argument))
            continue;
        bool ok = argument->kind == ARGUMENT_PARAMETER ? add_parameter(cmd, words, argument)
                                                       : add_value(cmd, words, argument);
        if (!ok)
            return false;
    }
    return true;
}
