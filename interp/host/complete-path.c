#include "interp/host/complete-path.h"

#include <string.h>

#include "base/utf8.h"
#include "profiles/rights.h"

struct wanted {        // the word without its quotes
    struct buf folder; // up to and with the last separator
    const char *name;  // what the child's name must begin with
    size_t size;
};

static bool split(struct buf *path, struct wanted *ret)
{
    const char *text = buf_text(path), *last = NULL;
    for (const char *at = text; *at; at++)
        if (*at == '/' || *at == ':')
            last = at;
    size_t folder = last ? (size_t)(last - text) + 1 : 0;
    ret->name = text + folder;
    ret->size = path->size - folder;
    return buf_add(&ret->folder, text, folder);
}

static void unquote(const char *word, size_t size, struct buf *out)
{
    char quote = size && (word[0] == '\'' || word[0] == '"') ? word[0] : '\0';
    for (size_t i = quote ? 1 : 0; i < size; i++)
        if (!quote || word[i] != quote)
            buf_add_char(out, word[i]);
        else if (i + 1 < size && word[i + 1] == quote)
            buf_add_char(out, word[i++]);
}

static bool needs_quotes(const char *text)
{
    return strpbrk(text, " \t'\"`$;|&(){}[]<>,@#") != NULL || text[0] == '-';
}

// A name as the parser takes it back; wildcards stay what they are and are quoted for being special.
static void add_completion(struct completions *found, struct arena *arena, const char *folder,
                           const char *name, bool container)
{
    struct buf text = BUF_INIT, plain = BUF_INIT;
    buf_printf(&plain, "%s%s%s", folder, name, container ? "/" : "");
    if (needs_quotes(buf_text(&plain))) {
        buf_add_char(&text, '\'');
        for (const char *at = buf_text(&plain); *at; at++)
            buf_add_text(&text, *at == '\'' ? "''" : (char[]){*at, '\0'});
        buf_add_char(&text, '\'');
    } else {
        buf_add(&text, buf_text(&plain), plain.size);
    }
    char *copy =
        !text.failed && found->count < COMPLETIONS ? arena_text(arena, buf_text(&text), text.size) : NULL;
    if (copy)
        found->texts[found->count++] = copy;
    buf_free(&text);
    buf_free(&plain);
}

static bool has_controls(const char *name)
{
    for (; *name; name++)
        if ((unsigned char)*name < 0x20 || *name == 0x7f)
            return true;
    return false;
}

static void add_item(struct interp *in, value item, const struct wanted *wanted, struct arena *arena,
                     struct completions *ret)
{
    value name = value_null, container = value_null;
    bool found = false;
    if (member_get(in, item, "PSChildName", strlen("PSChildName"), &name, &found) && found &&
        name.kind == V_STRING && name.string->size >= wanted->size && !has_controls(name.string->text) &&
        utf8_same_ignore_case(name.string->text, wanted->size, wanted->name, wanted->size)) {
        member_get(in, item, "PSIsContainer", strlen("PSIsContainer"), &container, &found);
        add_completion(ret, arena, buf_text((struct buf *)&wanted->folder), name.string->text,
                       value_truth(container));
    }
    value_drop(name);
    value_drop(container);
}

static enum cmdlet_id children_command(void)
{
    enum cmdlet_id id = 0;
    while (id < CMDLETS && strcmp(cmdlet_rows[id].name, "Get-ChildItem"))
        id++;
    return id;
}

static bool list(struct interp *in, const struct wanted *wanted, value *ret)
{
    const char *folder = wanted->folder.size ? buf_text((struct buf *)&wanted->folder) : ".";
    value path, quiet;
    if (!string_text(in, folder, &path))
        return false;
    bool ok = string_text(in, "Ignore", &quiet);
    if (ok) {
        struct named_arg args[] = {{"LiteralPath", path}, {"ErrorAction", quiet}};
        enum cmdlet_id id = children_command();
        ok = id < CMDLETS && in->cmdlets[id] && interp_call(in, id, args, 2, NULL, 0, ret);
        value_drop(quiet);
    }
    value_drop(path);
    return ok;
}

static void add_items(struct interp *in, const struct wanted *wanted, struct arena *arena,
                      struct completions *ret)
{
    value items = value_null, item;
    struct value_walk walk;
    if (list(in, wanted, &items)) {
        value_walk_start(&walk, items);
        while (value_walk_next(in, &walk, &item)) {
            add_item(in, item, wanted, arena, ret);
            value_drop(item);
        }
    }
    value_drop(items);
    value_set(&in->thrown, value_null); // a question by the editor leaves no trace
}

void complete_path(struct interp *in, const char *word, size_t size, struct arena *arena,
                   struct completions *ret)
{
    struct buf path = BUF_INIT;
    struct wanted wanted = {.folder = BUF_INIT};
    unquote(word, size, &path);
    bool drive = memchr(buf_text(&path), ':', path.size);
    if (in->session->providers >> PROVIDER_filesystem & 1 || drive)
        if (split(&path, &wanted))
            add_items(in, &wanted, arena, ret);
    buf_free(&wanted.folder);
    buf_free(&path);
}
