#include "profiles/session.h"

#include <string.h>
#include <strings.h>

#include "base/wire.h"
#include "profiles/message.h"

enum { LIMITS_SENT = sizeof((struct session *)0)->limits / sizeof(uint64_t) };

static void put_text(struct buf *out, const char *text)
{
    wire_put_text(out, text, text ? strlen(text) : 0);
}

static void put_pairs(struct buf *out, const struct session_pair *pairs, size_t count)
{
    wire_put_u32(out, (uint32_t)count);
    for (size_t i = 0; i < count; i++) {
        put_text(out, pairs[i].name);
        put_text(out, pairs[i].value);
    }
}

static void put_commands(struct buf *out, const struct session *session)
{
    wire_put_u32(out, (uint32_t)session->command_count);
    for (size_t i = 0; i < session->command_count; i++) {
        const struct visible_command *command = &session->commands[i];
        put_text(out, command->name);
        wire_put_u32(out, (uint32_t)command->id);
        wire_put_u32(out, (uint32_t)command->proxy | (uint32_t)command->visible << 1);
    }
}

static void put_limits(struct buf *out, const struct session *session)
{
    for (size_t i = 0; i < LIMITS_SENT; i++)
        wire_put_u64(out, session->limits[i]);
}

static uint32_t mix(uint32_t hash, const char *text)
{
    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * 16777619U; // FNV-1a
    return hash;
}

// Commands, providers and rights travel as numbers of rows, so both ends must have been built from the same rows.
static uint32_t tables(void)
{
    uint32_t hash = 2166136261U;
    for (size_t i = 0; i < CMDLETS; i++)
        hash = mix(hash, cmdlet_rows[i].name);
    for (size_t i = 0; i < PROVIDERS; i++)
        hash = mix(hash, provider_rows[i].name);
    for (enum right right = 0; right < RIGHTS; right++)
        hash = mix(hash, right_name(right));
    for (enum message message = 0; message < MESSAGES; message++)
        hash = mix(hash, message_name(message));
    return hash ^ LIMITS_SENT;
}

bool session_encode(const struct session *session, struct buf *out)
{
    const uint32_t numbers[] = {tables(),       session->mode,      session->type,
                                session->tier,   session->providers, session->rights,
                                session->flags,  session->columns,   session->rows};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        wire_put_u32(out, numbers[i]);
    put_commands(out, session);
    put_pairs(out, session->aliases, session->alias_count);
    put_pairs(out, session->variables, session->variable_count);
    put_text(out, session->profile);
    put_text(out, session->user);
    put_text(out, session->home);
    put_text(out, session->directory);
    put_text(out, session->hostname);
    put_limits(out, session);
    return !out->failed;
}

struct decoder {
    struct wire_reader reader;
    struct arena *arena;
    bool other_build;
};

static const char *get_text(struct decoder *d)
{
    size_t size;
    const char *text = wire_get_text(&d->reader, &size);
    if (!text)
        return NULL;
    const char *copy = arena_text(d->arena, text, size);
    if (!copy || memchr(text, '\0', size))
        d->reader.failed = true;
    return copy;
}

static const char *get_required(struct decoder *d)
{
    const char *text = get_text(d);
    if (!text)
        d->reader.failed = true;
    return text;
}

static uint32_t get_below(struct decoder *d, uint32_t bound)
{
    uint32_t v = wire_get_u32(&d->reader);
    if (v >= bound)
        d->reader.failed = true;
    return d->reader.failed ? 0 : v;
}

// A count is believed only where the bytes that are left could hold that many, so a short message never makes
// a large allocation.
static void *get_items(struct decoder *d, size_t least_bytes, size_t item_size, size_t *ret_count)
{
    size_t count = wire_get_u32(&d->reader);
    if (d->reader.failed || count > (size_t)(d->reader.end - d->reader.at) / least_bytes) {
        d->reader.failed = true;
        return NULL;
    }
    void *items = arena_new(d->arena, count * item_size + 1);
    if (!items)
        d->reader.failed = true;
    else
        *ret_count = count;
    return items;
}

static void get_commands(struct decoder *d, struct session *s)
{
    s->commands = get_items(d, 12, sizeof *s->commands, &s->command_count);
    for (size_t i = 0; i < s->command_count && !d->reader.failed; i++) {
        s->commands[i].name = get_required(d);
        s->commands[i].id = (enum cmdlet_id)get_below(d, CMDLETS);
        uint32_t bits = get_below(d, 4);
        s->commands[i].proxy = bits & 1;
        s->commands[i].visible = bits & 2;
    }
}

static struct session_pair *get_pairs(struct decoder *d, size_t *ret_count)
{
    struct session_pair *pairs = get_items(d, 8, sizeof *pairs, ret_count);
    for (size_t i = 0; i < *ret_count && !d->reader.failed; i++) {
        pairs[i].name = get_required(d);
        pairs[i].value = get_required(d);
    }
    return pairs;
}

static void get_numbers(struct decoder *d, struct session *s)
{
    uint32_t theirs = wire_get_u32(&d->reader);
    d->other_build = !d->reader.failed && theirs != tables();
    s->mode = (enum language_mode)get_below(d, MODE_CONSTRAINED + 1);
    s->type = (enum session_type)get_below(d, SESSION_DEFAULT + 1);
    s->tier = (enum tier)get_below(d, TIER_INPLACE + 1);
    s->providers = wire_get_u32(&d->reader);
    s->rights = wire_get_u32(&d->reader);
    s->flags = wire_get_u32(&d->reader);
    s->columns = wire_get_u32(&d->reader);
    s->rows = wire_get_u32(&d->reader);
}

bool session_decode(const void *bytes, size_t size, struct arena *arena, struct session *ret_session,
                    struct err *err)
{
    struct decoder d = {.reader = {.at = bytes, .end = (const unsigned char *)bytes + size}, .arena = arena};
    struct session s = {0};
    get_numbers(&d, &s);
    get_commands(&d, &s);
    s.aliases = get_pairs(&d, &s.alias_count);
    s.variables = get_pairs(&d, &s.variable_count);
    s.profile = get_text(&d);
    s.user = get_text(&d);
    s.home = get_text(&d);
    s.directory = get_text(&d);
    s.hostname = get_text(&d);
    for (size_t i = 0; i < LIMITS_SENT; i++)
        s.limits[i] = wire_get_u64(&d.reader);
    if (d.other_build)
        return err_set(err, EXIT_SETUP, "SessionOtherBuild",
                       "jesh and its interpreters come from different builds; install them together");
    if (d.reader.failed || d.reader.at != d.reader.end)
        return err_set(err, EXIT_SETUP, "SessionMalformed", "the description of the session is malformed");
    *ret_session = s;
    return true;
}

static const struct visible_command *command_named(const struct session *session, const char *name,
                                                   size_t size)
{
    for (size_t i = 0; i < session->command_count; i++) {
        const struct visible_command *command = &session->commands[i];
        if (command->visible && strlen(command->name) == size && strncasecmp(command->name, name, size) == 0)
            return command;
    }
    return NULL;
}

// Module\Name. A proxy is a function, and functions belong to no module.
static const struct visible_command *command_qualified(const struct session *session, const char *name, size_t size)
{
    const char *slash = memrchr(name, '\\', size);
    if (!slash)
        return NULL;
    size_t before = (size_t)(slash - name);
    const struct visible_command *command = command_named(session, slash + 1, size - before - 1);
    if (!command || command->proxy)
        return NULL;
    const char *module = cmdlet_module(command->id);
    return strlen(module) == before && before && strncasecmp(module, name, before) == 0 ? command : NULL;
}

static const char *alias_value(const struct session *session, const char *name, size_t size)
{
    for (size_t i = 0; i < session->alias_count; i++)
        if (strlen(session->aliases[i].name) == size &&
            strncasecmp(session->aliases[i].name, name, size) == 0)
            return session->aliases[i].value;
    return NULL;
}

// An alias may name an alias; a circle of them ends after as many steps as there are aliases.
const struct visible_command *session_command(const struct session *session, const char *name, size_t size)
{
    for (size_t steps = 0; steps <= session->alias_count; steps++) {
        const char *value = alias_value(session, name, size);
        if (!value && memchr(name, '\\', size))
            return command_qualified(session, name, size);
        if (!value)
            return command_named(session, name, size);
        name = value;
        size = strlen(value);
    }
    return NULL;
}
