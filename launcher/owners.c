#include "launcher/owners.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/wire.h"
#include "launcher/user.h"
#include "profiles/landlock.h"

enum { DATABASE_LIMIT = 4 << 20, PIECE = 4096 };

// --- Names of numbers ----------------------------------------------------------------------------

struct line { // as far as it has been read
    char name[OWNER_NAME + 1];
    size_t size; // of the name; longer than OWNER_NAME: of no use
    unsigned field;
    unsigned long long id;
    bool bad;
};

static void take_name(struct line *line, char c)
{
    if (line->size < OWNER_NAME)
        line->name[line->size] = c;
    line->size++;
    line->bad |= (unsigned char)c <= ' ' || c == 0x7f; // a name is shown on terminals
}

static void take_digit(struct line *line, char c)
{
    line->bad |= c < '0' || c > '9' || line->id > UINT_MAX;
    if (!line->bad)
        line->id = line->id * 10 + (unsigned)(c - '0');
}

// True at the end of the third field of a well-formed line about `id`.
static bool take_byte(struct line *line, char c, unsigned id)
{
    bool found = c == ':' && line->field == 2 && !line->bad && line->size && line->size <= OWNER_NAME &&
                 line->id == id;
    if (c == '\n')
        *line = (struct line){0};
    else if (c == ':')
        line->field++;
    else if (line->field == 0)
        take_name(line, c);
    else if (line->field == 2)
        take_digit(line, c);
    return found;
}

static bool database_find(int fd, unsigned id, char *ret_name)
{
    char piece[PIECE];
    struct line line = {0};
    ssize_t got;

    for (off_t at = 0; fd >= 0 && at < DATABASE_LIMIT && (got = pread(fd, piece, sizeof piece, at)) > 0;
         at += got)
        for (ssize_t i = 0; i < got; i++)
            if (take_byte(&line, piece[i], id)) {
                memcpy(ret_name, line.name, line.size);
                ret_name[line.size] = '\0';
                return true;
            }
    return false;
}

// A number always has the same place among the kept, so that there is nothing to look through.
static const char *name_of(struct owners *owners, bool group, unsigned id)
{
    struct owners_kept *kept = &owners->kept[(id * 2 + group) % OWNERS_KEPT];

    if (kept->used && kept->group == group && kept->id == id)
        return kept->name;
    *kept = (struct owners_kept){.used = true, .group = group, .id = id};
    if (!database_find(group ? owners->groups : owners->users, id, kept->name))
        snprintf(kept->name, sizeof kept->name, "%u", id);
    return kept->name;
}

// --- Paths ---------------------------------------------------------------------------------------

static bool is_place(const struct owners *owners, const struct stat *info)
{
    for (size_t i = 0; i < owners->place_count; i++)
        if (owners->places[i].device == info->st_dev && owners->places[i].inode == info->st_ino)
            return true;
    return false;
}

static bool is_name(const char *text, size_t size)
{
    bool dots = (size == 1 && text[0] == '.') || (size == 2 && !memcmp(text, "..", 2));

    return size && size <= NAME_MAX && !dots && !memchr(text, '/', size) && !memchr(text, '\0', size);
}

// "/", or "/NAME/NAME".
static bool is_path(const char *path, size_t size)
{
    const char *end = path + size;

    if (size && path[0] == '/' && size == 1)
        return true;
    if (!size || size >= OWNERS_FOLDER || path[0] != '/')
        return false;
    for (const char *at = path, *stop; at < end; at = stop) {
        stop = memchr(at + 1, '/', (size_t)(end - at) - 1);
        stop = stop ? stop : end;
        if (!is_name(at + 1, (size_t)(stop - at) - 1))
            return false;
    }
    return true;
}

struct folder {
    int fd;     // -1: it is not there; may be owners->root
    bool shown; // what is in it may be named
};

static void folder_look(const struct owners *owners, struct folder *folder)
{
    struct stat info;
    folder->shown =
        folder->shown || owners->everywhere || (fstat(folder->fd, &info) == 0 && is_place(owners, &info));
}

static void folder_close(const struct owners *owners, struct folder *folder)
{
    if (folder->fd != owners->root)
        fd_close(&folder->fd);
}

static void folder_enter(const struct owners *owners, struct folder *folder, const char *name)
{
    int next = openat(folder->fd, name, OWNERS_OPEN);

    folder_close(owners, folder);
    folder->fd = next;
    if (next >= 0)
        folder_look(owners, folder);
}

static struct folder folder_open(const struct owners *owners, const char *path, size_t size)
{
    struct folder folder = {.fd = owners->root};
    char copy[OWNERS_FOLDER], *rest = copy;

    snprintf(copy, sizeof copy, "%.*s", (int)size, path);
    if (folder.fd >= 0)
        folder_look(owners, &folder);
    for (char *name; folder.fd >= 0 && (name = strsep(&rest, "/"));)
        if (*name)
            folder_enter(owners, &folder, name);
    return folder;
}

static bool entry_look(const struct owners *owners, const struct folder *folder, const char *name,
                       struct stat *ret_info)
{
    int flags = AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT | (*name ? 0 : AT_EMPTY_PATH);

    return folder->fd >= 0 && fstatat(folder->fd, name, ret_info, flags) == 0 &&
           (folder->shown || is_place(owners, ret_info));
}

static void put_name(struct buf *answer, const char *name)
{
    wire_put_text(answer, name, name ? strlen(name) : 0);
}

static void answer_entry(struct owners *owners, const struct folder *folder, const char *name,
                         struct buf *answer)
{
    struct stat info;
    bool there = entry_look(owners, folder, name, &info);

    put_name(answer, there ? name_of(owners, false, info.st_uid) : NULL);
    put_name(answer, there ? name_of(owners, true, info.st_gid) : NULL);
}

static bool answer_next(struct owners *owners, const struct folder *folder, struct wire_reader *reader,
                        struct buf *answer)
{
    char name[NAME_MAX + 1];
    size_t size;
    const char *text = wire_get_text(reader, &size);

    if (!text || (size && !is_name(text, size)))
        return false;
    snprintf(name, sizeof name, "%.*s", (int)size, text);
    answer_entry(owners, folder, name, answer);
    return true;
}

bool owners_answer(struct owners *owners, const char *payload, size_t size, struct buf *answer)
{
    struct wire_reader reader = wire_reader_of(payload, size);
    size_t path_size;
    const char *path = wire_get_text(&reader, &path_size);
    unsigned count = wire_get_u32(&reader);
    bool ok = path && !reader.failed && is_path(path, path_size) && count && count <= OWNER_MOST;

    if (!ok)
        return false;
    struct folder folder = folder_open(owners, path, path_size);
    wire_put_u32(answer, count);
    for (unsigned i = 0; ok && i < count; i++)
        ok = answer_next(owners, &folder, &reader, answer);
    folder_close(owners, &folder);
    return ok && !reader.failed && reader.at == reader.end && !answer->failed;
}

// --- Before the broker is confined ---------------------------------------------------------------

bool owners_add_place(struct owners *owners, const char *path)
{
    struct stat info;

    if (owners->place_count == OWNERS_PLACES || stat(path, &info))
        return false;
    owners->places[owners->place_count++] = (struct owners_place){info.st_dev, info.st_ino};
    return true;
}

// "FOLDER/*" opens what a rule on FOLDER lets a session list.
static void add_rule(struct owners *owners, const struct account *account,
                     const struct policy_landlock_rule *rule)
{
    char path[OWNERS_FOLDER];
    size_t size = strlen(rule->path);
    bool entries = size >= 2 && !strcmp(rule->path + size - 2, "/*");

    if (rule->access & (LL_FS_READ_FILE | LL_FS_READ_DIR) && strcmp(rule->path, POLICY_PAYLOAD) && !entries &&
        account_path(account, rule->path, path, sizeof path))
        owners_add_place(owners, path);
}

static void add_rules(struct owners *owners, const struct policy *policy)
{
    struct account account = {0};
    struct err err;

    account_caller(&account, &err); // without one no rule on a home has been made either
    for (size_t i = 0; i < policy->landlock_count; i++)
        add_rule(owners, &account, &policy->landlock[i]);
}

// The root is that of the interpreter, which waits for its first text: nothing of the user's has run in it yet.
void owners_open(struct owners *owners, const struct running *running)
{
    char root[48] = "/";

    owners->everywhere = running->tier == TIER_FULL;
    if (owners->everywhere)
        snprintf(root, sizeof root, "/proc/%d/root", running->program);
    else
        add_rules(owners, &running->policy);
    owners->root = open(root, O_PATH | O_DIRECTORY | O_CLOEXEC);
    owners->users = open("/etc/passwd", O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    owners->groups = open("/etc/group", O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
}

void owners_close(struct owners *owners)
{
    fd_close(&owners->root);
    fd_close(&owners->users);
    fd_close(&owners->groups);
}
