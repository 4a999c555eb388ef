#include "interp/host/complete.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "interp/host/complete-path.h"

struct span {
    size_t start, end;
};

struct place {                 // where the cursor stands
    struct span word, command; // the command of the statement that the word belongs to; empty: the word is it
};

static const char *const common_parameters[] = {
    "Debug",         "ErrorAction",     "ErrorVariable",    "InformationAction", "InformationVariable",
    "OutBuffer",     "OutVariable",     "PipelineVariable", "ProgressAction",    "Verbose",
    "WarningAction", "WarningVariable",
};

static size_t skip_quoted(const char *text, size_t at, size_t end)
{
    char quote = text[at++];
    while (at < end && text[at] != quote)
        at += text[at] == '`' && quote == '"' ? 2 : 1;
    return at < end ? at + 1 : end;
}

static size_t skip_word(const char *text, size_t at, size_t end)
{
    while (at < end && !strchr(" \t\r\n|;&(){},=", text[at])) {
        if (text[at] == '\'' || text[at] == '"')
            at = skip_quoted(text, at, end);
        else
            at += text[at] == '`' ? 2 : 1;
    }
    return at < end ? at : end;
}

static struct place find_place(const char *text, size_t cursor)
{
    struct place place = {{cursor, cursor}, {cursor, cursor}};
    bool has_command = false;
    for (size_t at = 0; at < cursor;) {
        size_t end = skip_word(text, at, cursor);
        if (end == at) { // a separator or a blank
            if (strchr("\n|;&(){}", text[at]))
                has_command = false;
            at++;
            continue;
        }
        place.word = (struct span){at, end};
        if (!has_command)
            place.command = place.word;
        has_command = true;
        at = end;
    }
    if (place.word.end < cursor || cursor == 0)
        place.word = (struct span){cursor, cursor};
    if (!has_command || place.command.start == place.word.start)
        place.command = (struct span){cursor, cursor};
    return place;
}

static bool add(struct completions *found, struct arena *arena, const char *text, size_t size)
{
    char *copy = found->count < COMPLETIONS ? arena_text(arena, text, size) : NULL;
    if (copy)
        found->texts[found->count++] = copy;
    return copy;
}

static bool begins(const char *name, const char *word, size_t size)
{
    return strlen(name) >= size && utf8_same_ignore_case(name, size, word, size);
}

static void add_commands(struct interp *in, const char *word, size_t size, struct arena *arena,
                         struct completions *ret)
{
    const struct session *session = in->session;
    for (size_t i = 0; i < session->command_count; i++)
        if (session->commands[i].visible && begins(session->commands[i].name, word, size))
            add(ret, arena, session->commands[i].name, strlen(session->commands[i].name));
    for (size_t i = 0; i < session->alias_count; i++)
        if (size && begins(session->aliases[i].name, word, size))
            add(ret, arena, session->aliases[i].name, strlen(session->aliases[i].name));
}

static void add_parameter(const char *name, const char *word, size_t size, struct arena *arena,
                          struct completions *ret)
{
    char *copy = begins(name, word + 1, size - 1) && ret->count < COMPLETIONS
                     ? arena_new(arena, strlen(name) + 2)
                     : NULL;
    if (!copy)
        return;
    copy[0] = '-';
    strcpy(copy + 1, name);
    ret->texts[ret->count++] = copy;
}

static void add_parameters(struct interp *in, const char *text, struct place place, struct arena *arena,
                           struct completions *ret)
{
    const char *word = text + place.word.start;
    size_t size = place.word.end - place.word.start;
    const struct visible_command *command =
        session_command(in->session, text + place.command.start, place.command.end - place.command.start);
    const struct cmdlet *cmdlet = command && command->visible ? in->cmdlets[command->id] : NULL;
    if (!cmdlet)
        return;
    for (const struct param *param = cmdlet->params; param && param->name; param++)
        if (!(param->flags & PARAM_HIDDEN))
            add_parameter(param->name, word, size, arena, ret);
    for (size_t i = 0; i < sizeof common_parameters / sizeof *common_parameters; i++)
        add_parameter(common_parameters[i], word, size, arena, ret);
}

static int compare(const void *a, const void *b)
{
    return strcasecmp(*(const char *const *)a, *(const char *const *)b);
}

static void sort_and_unite(struct completions *ret)
{
    size_t kept = 0;
    qsort(ret->texts, ret->count, sizeof *ret->texts, compare);
    for (size_t i = 0; i < ret->count; i++)
        if (!kept || strcmp(ret->texts[kept - 1], ret->texts[i]))
            ret->texts[kept++] = ret->texts[i];
    ret->count = kept;
}

bool complete(struct interp *in, const char *text, size_t size, size_t cursor, struct arena *arena,
              struct completions *ret)
{
    struct place place = find_place(text, cursor < size ? cursor : size);
    size_t length = place.word.end - place.word.start;
    bool is_command = place.command.start == place.command.end;
    struct completions found = {.start = place.word.start,
                                .end = place.word.end,
                                .texts = arena_new(arena, COMPLETIONS * sizeof *found.texts)};
    if (!found.texts)
        return false;
    if (is_command)
        add_commands(in, text + place.word.start, length, arena, &found);
    else if (length && text[place.word.start] == '-')
        add_parameters(in, text, place, arena, &found);
    if (!found.count && (!is_command || length))
        complete_path(in, text + place.word.start, length, arena, &found);
    sort_and_unite(&found);
    *ret = found;
    return true;
}
