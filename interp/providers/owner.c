#include "interp/providers/owner.h"

#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/auxv.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/wire.h"
#include "interp/eval/interp.h"
#include "interp/providers/drives.h"
#include "profiles/message.h"

enum { OVERFLOW_ID = 65534, FRESH_TICKS = 2 * TICKS_PER_SECOND };

struct owned {
    value name, user, group;
}; // name: STRING; user, group: STRING, or $null where nobody knows

struct owners {                      // drives.h keeps it
    value expected_folder, expected; // STRING, ARRAY of STRING; $null: none
    size_t next;                     // of `expected`: where the last batch ended
    value folder;                    // STRING: of `batch`
    int64_t asked;                   // when, in ticks UTC: owners change
    struct owned batch[OWNER_MOST];
    size_t count, at; // at: found last
};

// --- The folder without links, as the broker wants it --------------------------------------------

static void drop_last(struct buf *path)
{
    while (path->size && path->data[path->size - 1] != '/')
        path->size--;
    path->size -= path->size > 0;
}

// What a link says comes before what is left of the path.
static bool follow(struct buf *path, struct buf *rest, const char *link, size_t size)
{
    struct buf whole = BUF_INIT;
    buf_add(&whole, link, size);
    buf_add_char(&whole, '/');
    buf_add(&whole, rest->data, rest->size);
    buf_free(rest);
    *rest = whole;
    if (whole.failed || whole.size > PATH_MAX)
        return false;
    if (link[0] == '/')
        path->size = 0;
    else
        drop_last(path);
    return true;
}

static bool enter(struct buf *path, struct buf *rest, const char *name, size_t size)
{
    char link[PATH_MAX];
    if (size == 0 || (size == 1 && name[0] == '.'))
        return true;
    if (size == 2 && !memcmp(name, "..", 2))
        return drop_last(path), true;
    if (!buf_add_char(path, '/') || !buf_add(path, name, size))
        return false;
    ssize_t got = readlinkat(AT_FDCWD, buf_text(path), link, sizeof link);
    return got <= 0 || (got < (ssize_t)sizeof link && follow(path, rest, link, (size_t)got));
}

// Takes the first name off `rest`, which may then begin with what a link says.
static bool step(struct buf *path, struct buf *rest)
{
    char name[NAME_MAX + 1];
    const char *slash = memchr(rest->data, '/', rest->size);
    size_t size = slash ? (size_t)(slash - rest->data) : rest->size;
    if (size >= sizeof name)
        return false;
    memcpy(name, rest->data, size);
    buf_drop_front(rest, size + (slash != NULL));
    return enter(path, rest, name, size);
}

static bool without_links(const char *folder, struct buf *ret_path)
{
    struct buf rest = BUF_INIT;
    bool ok = buf_add_text(&rest, folder);
    for (unsigned steps = 0; ok && rest.size; steps++)
        ok = steps < PATH_MAX && step(ret_path, &rest);
    buf_free(&rest);
    if (ok && !ret_path->size)
        buf_add_char(ret_path, '/');
    return ok && !ret_path->failed;
}

// --- One question --------------------------------------------------------------------------------

static bool may_ask(const struct string *name)
{
    return name->size <= NAME_MAX && strcmp(name->text, ".") && strcmp(name->text, "..");
}

static bool put_question(const struct owners *o, struct buf *question)
{
    struct buf path = BUF_INIT;
    bool ok = without_links(value_text(o->folder), &path) && path.size < PATH_MAX;
    if (ok)
        wire_put_text(question, path.data, path.size);
    buf_free(&path);
    wire_put_u32(question, (uint32_t)o->count);
    for (size_t i = 0; ok && i < o->count; i++)
        wire_put_text(question, value_text(o->batch[i].name), o->batch[i].name.string->size);
    return ok && !question->failed;
}

static bool take_name(struct interp *in, struct wire_reader *reader, value *name)
{
    size_t size;
    const char *text = wire_get_text(reader, &size);
    return !text || string_new(in, text, size, name);
}

static bool take_answer(struct interp *in, struct owners *o, const struct buf *answer)
{
    struct wire_reader reader = wire_reader_of(answer->data, answer->size);
    bool ok = true;
    if (answer->size == 0 || wire_get_u32(&reader) != o->count)
        return true;
    for (size_t i = 0; ok && i < o->count; i++)
        ok = take_name(in, &reader, &o->batch[i].user) && take_name(in, &reader, &o->batch[i].group);
    return ok;
}

static bool ask(struct interp *in, struct owners *o)
{
    struct buf question = BUF_INIT, answer = BUF_INIT;
    o->asked = date_now_utc();
    bool ok = !in->host || !in->host->owners || !put_question(o, &question) ||
              !in->host->owners(in->host->context, &question, &answer) || take_answer(in, o, &answer);
    buf_free(&question);
    buf_free(&answer);
    return ok;
}

// --- What is kept --------------------------------------------------------------------------------

static void drop_batch(struct owners *o)
{
    for (size_t i = 0; i < o->count; i++) {
        value_drop(o->batch[i].name);
        value_drop(o->batch[i].user);
        value_drop(o->batch[i].group);
    }
    o->count = o->at = 0;
}

static void add_to_batch(struct owners *o, value name)
{
    o->batch[o->count++] = (struct owned){value_keep(name), value_null, value_null};
}

static bool same(value a, value b)
{
    return a.kind == V_STRING && b.kind == V_STRING && a.string->size == b.string->size &&
           !memcmp(a.string->text, b.string->text, a.string->size);
}

static bool find_expected(const struct owners *o, value name, size_t *ret_at)
{
    const struct array *names = o->expected.array;
    for (size_t i = 0; i < names->count; i++) {
        size_t at = (o->next + i) % names->count;
        if (same(names->items[at], name))
            return *ret_at = at, true;
    }
    return false;
}

// The entry itself, and with it those that are expected after it.
static void make_batch(struct owners *o, value folder, value name)
{
    size_t at;
    drop_batch(o);
    value_set(&o->folder, folder);
    add_to_batch(o, name);
    if (!same(o->expected_folder, folder) || !find_expected(o, name, &at))
        return;
    const struct array *names = o->expected.array;
    for (at++; at < names->count && o->count < OWNER_MOST && may_ask(names->items[at].string); at++)
        add_to_batch(o, names->items[at]);
    o->next = at;
}

// Mostly the one found last, or the one after it.
static const struct owned *find_owned(struct owners *o, value folder, value name)
{
    if (!same(o->folder, folder) || date_now_utc() - o->asked > FRESH_TICKS)
        return NULL;
    for (size_t i = 0; i < o->count; i++) {
        size_t at = (o->at + i) % o->count;
        if (same(o->batch[at].name, name))
            return &o->batch[o->at = at];
    }
    return NULL;
}

static struct owners *owners_of(struct interp *in)
{
    if (!drives_start(in))
        return NULL;
    if (!in->drives->owners && !(in->drives->owners = mem_new(1, sizeof *in->drives->owners)))
        throw_memory(in);
    return in->drives->owners;
}

void owner_forget(struct interp *in)
{
    struct owners *o = in->drives->owners;
    if (!o)
        return;
    drop_batch(o);
    value_drop(o->expected);
    value_drop(o->expected_folder);
    value_drop(o->folder);
    mem_free(o, sizeof *o);
    in->drives->owners = NULL;
}

bool owner_expect(struct interp *in, const char *folder, value names)
{
    value text;
    struct owners *o = owners_of(in);
    if (!o || !string_text(in, folder, &text))
        return false;
    drop_batch(o);
    value_set(&o->expected_folder, text);
    value_set(&o->expected, names);
    value_drop(text);
    o->next = 0;
    return true;
}

// --- Names ---------------------------------------------------------------------------------------

static bool split(struct interp *in, const char *path, value *ret_folder, value *ret_name)
{
    const char *slash = strrchr(path, '/');
    if (!string_new(in, path, slash == path ? 1 : (size_t)(slash - path), ret_folder))
        return false;
    if (string_text(in, slash + 1, ret_name))
        return true;
    value_drop(*ret_folder);
    return false;
}

static bool look_up(struct interp *in, struct owners *o, value folder, value name,
                    const struct owned **ret_owned)
{
    const struct owned *owned = find_owned(o, folder, name);
    if (!owned && may_ask(name.string)) {
        make_batch(o, folder, name);
        owned = o->batch;
        if (!ask(in, o))
            return false;
    }
    *ret_owned = owned;
    return true;
}

// Borrowed, until somebody asks again; $null: nobody knows.
static bool find_name(struct interp *in, const char *path, bool group, value *ret_name)
{
    value folder, name;
    const struct owned *owned = NULL;
    struct owners *o = owners_of(in);
    if (!o || !split(in, path, &folder, &name))
        return false;
    bool ok = look_up(in, o, folder, name, &owned);
    *ret_name = !ok || !owned ? value_null : group ? owned->group : owned->user;
    value_drop(folder);
    value_drop(name);
    return ok;
}

static bool own_name(struct interp *in, bool group, unsigned id, value *ret_name, bool *ret_found)
{
    const char *user = in->session->user;
    *ret_found = !group && id == getauxval(AT_UID) && user && *user;
    return !*ret_found || string_text(in, user, ret_name);
}

static bool any_name(struct interp *in, bool group, unsigned id, value *ret_name)
{
    bool found;
    if (!own_name(in, group, id, ret_name, &found))
        return false;
    if (found)
        return true;
    if (id == OVERFLOW_ID)
        return string_text(in, group ? "nogroup" : "nobody", ret_name);
    return string_printf(in, ret_name, "%u", id);
}

static bool name_of(struct interp *in, const char *path, bool group, unsigned id, value *ret_name)
{
    value known;
    bool found = false;
    if (id == 0) // true where it is seen at all
        return string_text(in, "root", ret_name);
    if (id != OVERFLOW_ID &&
        !own_name(in, group, id, ret_name, &found)) // nobody's own files look like anybody's
        return false;
    if (found)
        return true;
    if (!find_name(in, path, group, &known))
        return false;
    if (known.kind != V_STRING)
        return any_name(in, group, id, ret_name);
    *ret_name = value_keep(known);
    return true;
}

bool owner_user(struct interp *in, const char *path, const struct stat *stat, value *ret_name)
{
    return name_of(in, path, false, stat->st_uid, ret_name);
}

bool owner_group(struct interp *in, const char *path, const struct stat *stat, value *ret_name)
{
    return name_of(in, path, true, stat->st_gid, ret_name);
}
