// jeshctl check: what a profile or role would do, without doing it.
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/log.h"
#include "ctl/ctl.h"
#include "profiles/json.h"
#include "profiles/profile.h"
#include "profiles/role.h"

enum { CHECK_BYTES = 1 << 20 };

struct verdict {
    const char *file;
    bool role, loads, refused;
    struct err error;    // where it does not load
    struct err distrust; // id NULL: the file is owned as a profile has to be
    const struct profile *profile;
    const struct profile_note *notes;
    size_t note_count;
};

static bool is_role(const char *file)
{
    size_t size = strlen(file);
    return size > 5 && strcasecmp(file + size - 5, ".psrc") == 0;
}

static bool read_anything(const char *file, struct buf *out, struct err *err)
{
    int fd = open(file, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    bool read = fd >= 0 && fd_read_all(fd, CHECK_BYTES, out);
    int error = errno;
    fd_close(&fd);
    if (read)
        return true;
    err_sys(err, EXIT_SETUP, error, error == ENOENT ? "ProfileNotFound" : "ProfileUnreadable",
            "cannot read the file");
    return err_at(err, file, 0, 0);
}

// A file in the wrong place or with the wrong owner is reported and read all the same: it is to be checked
// before it is put where it belongs.
static bool read_file(struct verdict *verdict, struct buf *out)
{
    if (profile_read(verdict->file, geteuid(), out, &verdict->distrust)) {
        verdict->distrust.id = NULL;
        return true;
    }
    return read_anything(verdict->file, out, &verdict->error);
}

// ---- as text ----

static void add_place(struct buf *out, const char *file, unsigned line, unsigned column)
{
    log_add_safe(out, file, strlen(file));
    if (line)
        buf_printf(out, ":%u:%u", line, column);
    buf_add_text(out, ": ");
}

static void add_line(struct buf *out, const char *kind, const char *text, const char *id)
{
    buf_add_text(out, kind);
    log_add_safe(out, text, strlen(text));
    buf_printf(out, " (%s)\n", id);
}

static void print_notes(struct buf *out, const struct verdict *v)
{
    for (size_t i = 0; i < v->note_count; i++) {
        const struct profile_note *note = &v->notes[i];
        add_place(out, v->file, note->line, note->column);
        add_line(out, note->refuses ? "refuses: " : "note: ", note->text, note->id);
    }
}

static void print_summary(struct buf *out, const struct verdict *v)
{
    add_place(out, v->file, 0, 0);
    if (v->role)
        buf_add_text(out, "loads as a role; roles are not in force yet\n");
    else if (v->refused || v->distrust.id)
        buf_add_text(out, "loads, but a session from it is refused (125)\n");
    else
        buf_printf(out, "loads: %s, %zu commands visible\n", mode_name(v->profile->mode),
                   v->profile->command_count);
}

static void print_text(struct buf *out, const struct verdict *v)
{
    if (v->distrust.id && v->loads) {
        add_place(out, v->file, 0, 0);
        add_line(out, "refuses: ", v->distrust.text, v->distrust.id);
    }
    if (v->loads) {
        print_notes(out, v);
        print_summary(out, v);
        return;
    }
    add_place(out, v->file, v->error.line, v->error.column);
    add_line(out, "error: ", v->error.text, v->error.id);
}

// ---- as JSON ----

static void json_error(struct buf *out, const char *name, const struct err *err)
{
    json_key(out, name);
    buf_add_char(out, '{');
    json_field(out, "id", err->id);
    json_number(out, "line", err->line);
    json_number(out, "column", err->column);
    json_field(out, "text", err->text);
    buf_add_char(out, '}');
}

static void json_note(struct buf *out, const struct profile_note *note)
{
    json_next(out);
    buf_add_char(out, '{');
    json_field(out, "id", note->id);
    json_field(out, "key", note->key);
    json_number(out, "line", note->line);
    json_number(out, "column", note->column);
    json_bool(out, "refuses", note->refuses);
    json_field(out, "text", note->text);
    buf_add_char(out, '}');
}

static void json_notes(struct buf *out, const struct verdict *v)
{
    json_key(out, "notes");
    buf_add_char(out, '[');
    for (size_t i = 0; i < v->note_count; i++)
        json_note(out, &v->notes[i]);
    buf_add_char(out, ']');
}

static void print_json(struct buf *out, const struct verdict *v)
{
    buf_add_char(out, '{');
    json_field(out, "file", v->file);
    json_field(out, "kind", v->role ? "role" : "profile");
    json_bool(out, "loads", v->loads);
    json_bool(out, "refused", !v->loads || v->refused || v->distrust.id);
    if (v->profile) {
        json_field(out, "mode", mode_name(v->profile->mode));
        json_number(out, "commands", v->profile->command_count);
    }
    if (v->distrust.id && v->loads)
        json_error(out, "distrust", &v->distrust);
    if (v->loads)
        json_notes(out, v);
    else
        json_error(out, "error", &v->error);
    buf_add_text(out, "}\n");
}

// ---- the command ----

static int conclude(struct ctl *ctl, const struct verdict *v)
{
    (ctl->json ? print_json : print_text)(&ctl->out, v);
    return v->loads && !v->refused && !v->distrust.id ? 0 : EXIT_SETUP;
}

static int check_role(struct ctl *ctl, struct verdict *v, const struct buf *bytes)
{
    struct role *role = NULL;
    v->loads = role_check(bytes->data ? bytes->data : "", bytes->size, v->file, &role, &v->error);
    if (role) {
        v->notes = role->notes;
        v->note_count = role->note_count;
    }
    int status = conclude(ctl, v);
    role_free(role);
    return status;
}

static int check_profile(struct ctl *ctl, struct verdict *v, const struct buf *bytes)
{
    struct profile *profile = NULL;
    v->loads = profile_load(bytes->data ? bytes->data : "", bytes->size, v->file, &profile, &v->error);
    if (profile) {
        v->profile = profile;
        v->notes = profile->notes;
        v->note_count = profile->note_count;
        v->refused = profile_refusal(profile) != NULL;
    }
    int status = conclude(ctl, v);
    profile_free(profile);
    return status;
}

static int check_file(struct ctl *ctl, const char *file)
{
    struct verdict verdict = {.file = file, .role = is_role(file)};
    struct buf bytes = BUF_INIT;
    int status;
    if (!read_file(&verdict, &bytes))
        status = conclude(ctl, &verdict);
    else if (verdict.role)
        status = check_role(ctl, &verdict, &bytes);
    else
        status = check_profile(ctl, &verdict, &bytes);
    buf_free(&bytes);
    return status;
}

int ctl_check(struct ctl *ctl, int argc, char **argv)
{
    int status = 0;
    if (argc > 0 && strcmp(argv[0], "--") == 0)
        argc--, argv++;
    else if (argc > 0 && argv[0][0] == '-')
        return ctl_usage(ctl, "check does not know %s", argv[0]);
    if (argc == 0)
        return ctl_usage(ctl, "which file? jeshctl check FILE…");
    for (int i = 0; i < argc; i++) {
        int one = check_file(ctl, argv[i]);
        status = status ? status : one;
    }
    return status;
}
