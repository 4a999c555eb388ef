// Environment: names by case, values text; setting one to $null or "" removes it.
#include "interp/providers/environment.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "interp/eval/interp.h"
#include "interp/providers/drives.h"
#include "interp/providers/flat.h"
#include "interp/value/types.h"

// What the launcher built from nothing for this process (policy, environment).
static bool take_process_environment(struct interp *in)
{
    for (char **entry = environ; entry && *entry; entry++) {
        const char *equals = strchr(*entry, '=');
        char name[256];
        size_t size = equals ? (size_t)(equals - *entry) : 0;
        if (!size || size >= sizeof name)
            continue;
        memcpy(name, *entry, size);
        name[size] = '\0';
        if (!environment_set(in, name, equals + 1))
            return false;
    }
    return true;
}

bool environment_start(struct interp *in)
{
    if (!table_new(in, false, &in->drives->environment))
        return false;
    in->drives->environment.table->case_sensitive = true;
    if (!take_process_environment(in))
        return false;
    for (size_t i = 0; i < in->session->variable_count; i++)
        if (!environment_set(in, in->session->variables[i].name, in->session->variables[i].value))
            return false;
    return true;
}

static const value *lookup(const struct interp *in, const char *name)
{
    return in->drives ? table_get_text(in->drives->environment.table, name) : NULL;
}

const char *environment_get(const struct interp *in, const char *name)
{
    const value *found = lookup(in, name);
    return found ? value_text(*found) : NULL;
}

bool environment_set(struct interp *in, const char *name, const char *text)
{
    value key, val;
    if (!string_text(in, name, &key))
        return false;
    if (!text) {
        table_remove(in->drives->environment.table, key);
        return value_drop(key), true;
    }
    bool ok = string_text(in, text, &val);
    if (ok) {
        ok = table_set(in, in->drives->environment.table, key, val);
        value_drop(val);
    }
    value_drop(key);
    return ok;
}

bool environment_expand(const struct interp *in, const char *text, size_t size, struct buf *out)
{
    struct buf name = BUF_INIT;
    for (const char *at = text, *stop = text + size; at < stop;) {
        const char *end = *at == '%' ? memchr(at + 1, '%', (size_t)(stop - at) - 1) : NULL;
        buf_clear(&name);
        buf_add(&name, at + 1, end ? (size_t)(end - at) - 1 : 0);
        const char *found = end ? environment_get(in, buf_text(&name)) : NULL;
        found ? buf_add_text(out, found) : buf_add(out, at, 1);
        at = found ? end + 1 : at + 1;
    }
    buf_free(&name);
    return !out->failed;
}

static size_t block_size(const struct table *table, size_t *ret_count)
{
    size_t size = sizeof(char *);
    *ret_count = 0;
    for (size_t i = 0; i < table->used; i++) {
        if (table->slots[i].key.kind != V_STRING)
            continue;
        size += sizeof(char *) + table->slots[i].key.string->size + table->slots[i].val.string->size + 2;
        ++*ret_count;
    }
    return size;
}

bool environment_block(struct interp *in, char ***ret_block, size_t *ret_size)
{
    const struct table *table = in->drives->environment.table;
    size_t count, at = 0, size = block_size(table, &count);
    char **block = mem_new(size, 1);
    if (!block)
        return throw_memory(in);
    char *text = (char *)(block + count + 1);
    for (size_t i = 0; i < table->used; i++) {
        const struct table_slot *slot = &table->slots[i];
        if (slot->key.kind != V_STRING)
            continue;
        block[at++] = text;
        text += sprintf(text, "%s=%s", value_text(slot->key), value_text(slot->val)) + 1;
    }
    *ret_block = block;
    *ret_size = size;
    return true;
}

static bool find(struct interp *in, const char *name, value *ret_item)
{
    const value *text = lookup(in, name);
    value key;
    *ret_item = value_void;
    if (!text)
        return true;
    if (!string_text(in, name, &key))
        return false;
    bool ok = pair_new(in, key, *text, ret_item);
    value_drop(key);
    return ok;
}

static const struct string *key_of(value item)
{
    return ((const struct pair *)item.object)->key.string;
}

static void sort_items(struct array *items)
{
    for (size_t i = 1; i < items->count; i++)
        for (size_t k = i; k > 0; k--) {
            const struct string *a = key_of(items->items[k - 1]), *b = key_of(items->items[k]);
            if (utf8_compare_ignore_case(a->text, a->size, b->text, b->size) <= 0)
                break;
            value swap = items->items[k];
            items->items[k] = items->items[k - 1];
            items->items[k - 1] = swap;
        }
}

static bool list(struct interp *in, value *ret_items)
{
    const struct table *table = in->drives->environment.table;
    value items;
    size_t count = 0;
    if (!array_new(in, table->count, &items))
        return false;
    for (size_t i = 0; i < table->used; i++) {
        if (table->slots[i].key.kind != V_STRING)
            continue;
        if (!pair_new(in, table->slots[i].key, table->slots[i].val, &items.array->items[count++]))
            return value_drop(items), false;
    }
    sort_items(items.array);
    *ret_items = items;
    return true;
}

static bool name_of(struct interp *in, value item, value *ret_name)
{
    (void)in;
    *ret_name = value_keep(((const struct pair *)item.object)->key);
    return true;
}

static bool content(struct interp *in, value item, value *ret)
{
    (void)in;
    *ret = value_keep(((const struct pair *)item.object)->val);
    return true;
}

static bool put(struct command *cmd, const char *name, value v, struct change *how)
{
    value text;
    if (strchr(name, '=') || !*name)
        return how->failed = true, cmd_error(cmd, "Argument", CAT_InvalidArgument, value_null,
                                             "'%s' cannot be the name of an environment variable.", name);
    if (v.kind == V_NULL)
        return environment_set(cmd->in, name, NULL);
    if (!value_to_string(cmd->in, v, &text))
        return false;
    bool ok = environment_set(cmd->in, name, value_text(text));
    value_drop(text);
    return ok;
}

static bool drop(struct command *cmd, const char *name, struct change *how)
{
    (void)how;
    return environment_set(cmd->in, name, NULL);
}

static const struct flat environment_items = {find, list, name_of, content, put, drop};

const struct provider provider_environment = {
    .name = "Environment",
    .type_name = "Microsoft.PowerShell.Commands.EnvironmentProvider",
    .description = "The environment variables of this session",
    .capabilities = 16, // ShouldProcess
    .flat = &environment_items,
    FLAT_OPERATIONS,
};
