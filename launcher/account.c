#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fd.h"
#include "launcher/login.h"
#include "launcher/user.h"

enum { DATABASE_LIMIT = 16 << 20, PASSWD_FIELDS = 7, GROUP_FIELDS = 4 };

static bool database_read(const char *path, struct buf *out, struct err *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    bool read = fd >= 0 && fd_read_all(fd, DATABASE_LIMIT, out);
    int errnum = errno;

    fd_close(&fd);
    if (!read && errnum != ENOENT)
        return err_sys(err, EXIT_SETUP, errnum, "AccountsUnreadable", "cannot read %s", path);
    buf_text(out);
    return true;
}

// Cuts a line at its colons; false unless it has exactly `count` fields.
static bool fields_cut(char *line, char **fields, size_t count)
{
    size_t found = 0;

    for (char *at = line; at; found++) {
        char *colon = strchr(at, ':');
        if (colon)
            *colon++ = '\0';
        if (found < count)
            fields[found] = at;
        at = colon;
    }
    return found == count;
}

static bool id_read(const char *text, unsigned *ret_id)
{
    char *end;
    unsigned long value;

    if (*text < '0' || *text > '9')
        return false;
    errno = 0;
    value = strtoul(text, &end, 10);
    if (errno || *end || value >= UINT_MAX) // (uid_t)-1 means "unchanged" to the kernel
        return false;
    *ret_id = (unsigned)value;
    return true;
}

static bool entry_take(char *const *fields, struct account *ret_account)
{
    struct account found = {.known = true};

    if (!id_read(fields[2], &found.uid) || !id_read(fields[3], &found.gid) ||
        snprintf(found.name, sizeof found.name, "%s", fields[0]) >= (int)sizeof found.name ||
        snprintf(found.home, sizeof found.home, "%s", fields[5]) >= (int)sizeof found.home ||
        snprintf(found.shell, sizeof found.shell, "%s", fields[6]) >= (int)sizeof found.shell)
        return false;
    if (found.home[0] != '/')
        strcpy(found.home, "/");
    *ret_account = found;
    return true;
}

// By name, or by uid where name is NULL. *ret_account is untouched where there is no such entry.
static bool entry_find(const char *name, uid_t uid, struct account *ret_account, struct err *err)
{
    struct buf text = BUF_INIT;
    struct account account;
    char *fields[PASSWD_FIELDS], *rest;
    bool done = false;

    if (!database_read("/etc/passwd", &text, err)) {
        buf_free(&text);
        return false;
    }
    rest = text.data;
    for (char *line; !done && (line = strsep(&rest, "\n"));)
        if (fields_cut(line, fields, PASSWD_FIELDS) && entry_take(fields, &account) &&
            (name ? !strcmp(account.name, name) : account.uid == uid)) {
            *ret_account = account;
            done = true;
        }
    buf_free(&text);
    return true;
}

static void account_by_number(uid_t uid, gid_t gid, struct account *ret_account)
{
    *ret_account = (struct account){.uid = uid, .gid = gid, .home = "/"};
    snprintf(ret_account->name, sizeof ret_account->name, "%u", uid);
}

// A directory service may know the caller; its answer names things and decides no rights.
static void directory_ask(struct account *account)
{
    struct person person;

    person_find(&person);
    if (person.uid != account->uid || !strcmp(person.home, "/"))
        return;
    snprintf(account->name, sizeof account->name, "%.*s", ACCOUNT_NAME - 1, person.name);
    snprintf(account->home, sizeof account->home, "%.*s", ACCOUNT_PATH - 1, person.home);
    account->known = true;
}

bool account_caller(struct account *ret_account, struct err *err)
{
    struct account account;

    account_by_number(getuid(), getgid(), &account);
    if (!entry_find(NULL, account.uid, &account, err))
        return false;
    if (!account.known)
        directory_ask(&account);
    account.gid = getgid(); // newgrp(1) and the like may have chosen another than the entry's
    *ret_account = account;
    return true;
}

static bool numbers_read(const char *text, uid_t *ret_uid, gid_t *ret_gid)
{
    char copy[ACCOUNT_NAME];
    char *colon;

    if (snprintf(copy, sizeof copy, "%s", text) >= (int)sizeof copy)
        return false;
    colon = strchr(copy, ':');
    if (colon)
        *colon++ = '\0';
    return id_read(copy, ret_uid) && id_read(colon ? colon : copy, ret_gid);
}

bool account_find(const char *text, struct account *ret_account, struct err *err)
{
    struct account account = {0};
    uid_t uid = 0;
    gid_t gid = 0;
    bool number = numbers_read(text, &uid, &gid);

    if (number)
        account_by_number(uid, gid, &account);
    if (!entry_find(number ? NULL : text, uid, &account, err))
        return false;
    if (!number && !account.known)
        return err_set(err, EXIT_SETUP, "UserUnknown", "Linux.User '%s' is not in /etc/passwd; name an account of this "
                       "machine, or write a uid", text);
    if (number && strchr(text, ':'))
        account.gid = gid;
    *ret_account = account;
    return true;
}

static bool group_lists(char *members, const char *name)
{
    for (char *member; (member = strsep(&members, ","));)
        if (!strcmp(member, name))
            return true;
    return false;
}

bool account_groups(const struct account *account, gid_t *ret_groups, size_t most, size_t *ret_count, struct err *err)
{
    struct buf text = BUF_INIT;
    char *fields[GROUP_FIELDS], *rest;
    size_t count = 0;
    gid_t gid;

    if (!database_read("/etc/group", &text, err)) {
        buf_free(&text);
        return false;
    }
    ret_groups[count++] = account->gid;
    rest = text.data;
    for (char *line; count < most && (line = strsep(&rest, "\n"));)
        if (fields_cut(line, fields, GROUP_FIELDS) && id_read(fields[2], &gid) && gid != account->gid &&
            group_lists(fields[3], account->name))
            ret_groups[count++] = gid;
    buf_free(&text);
    *ret_count = count;
    return true;
}

bool account_path(const struct account *account, const char *path, char *ret_path, size_t size)
{
    bool home = path[0] == '~';

    if (home && !account->known)
        return false;
    return snprintf(ret_path, size, "%s%s", home ? account->home : "", path + home) < (int)size;
}
