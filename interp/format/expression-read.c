// interp/format/expression-read.c: -Property arguments, and the keys that hashtables among them may have.
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "interp/format/expression.h"

static const struct key {
    const char *name, *other; // each may be shortened
    enum { TAKES_EXPRESSION, TAKES_TEXT, TAKES_NUMBER, TAKES_BOOL, TAKES_TEXT_OR_NUMBER } takes;
} keys_by_id[EXPRESSION_KEYS] = {
    [KEY_EXPRESSION] = {"expression", NULL, TAKES_EXPRESSION},
    [KEY_FORMAT] = {"formatString", NULL, TAKES_TEXT},
    [KEY_LABEL] = {"label", "name", TAKES_TEXT},
    [KEY_WIDTH] = {"width", NULL, TAKES_NUMBER},
    [KEY_ALIGNMENT] = {"alignment", NULL, TAKES_TEXT},
    [KEY_DEPTH] = {"depth", NULL, TAKES_NUMBER},
    [KEY_ASCENDING] = {"ascending", NULL, TAKES_BOOL},
    [KEY_DESCENDING] = {"descending", NULL, TAKES_BOOL},
    [KEY_SPAN] = {"width", NULL, TAKES_TEXT_OR_NUMBER},
    [KEY_SIDE] = {"alignment", NULL, TAKES_TEXT},
};

static bool begins(const char *name, struct text key)
{
    return name && key.size > 0 && key.size <= strlen(name) &&
           utf8_same_ignore_case(name, key.size, key.at, key.size);
}

// The id of a key of the hashtable; EXPRESSION_KEYS where it is none (thrown).
static enum expression_key key_find(struct command *cmd, value key, unsigned keys)
{
    if (key.kind != V_STRING) {
        cmd_throw(cmd, "DictionaryKeyNonString", CAT_InvalidArgument, key,
                  "A key of the hashtable is not a string.");
        return EXPRESSION_KEYS;
    }
    enum expression_key found = EXPRESSION_KEYS;
    for (enum expression_key i = 0; i < EXPRESSION_KEYS; i++) {
        if (!(keys >> i & 1))
            continue;
        if (!begins(keys_by_id[i].name, text_of(key)) && !begins(keys_by_id[i].other, text_of(key)))
            continue;
        if (found != EXPRESSION_KEYS) {
            cmd_throw(cmd, "DictionaryKeyAmbiguous", CAT_InvalidArgument, key, "'%s' may mean '%s' or '%s'.",
                      value_text(key), keys_by_id[found].name, keys_by_id[i].name);
            return EXPRESSION_KEYS;
        }
        found = i;
    }
    if (found == EXPRESSION_KEYS)
        cmd_throw(cmd, "DictionaryKeyIllegal", CAT_InvalidArgument, key,
                  "'%s' is not a key that this command takes here.", value_text(key));
    return found;
}

static bool illegal_value(struct command *cmd, enum expression_key key, value v)
{
    const char *id = key == KEY_EXPRESSION ? "DictionaryKeyIllegalValue1" : "DictionaryKeyIllegalValue2";
    return cmd_throw(cmd, id, CAT_InvalidArgument, v, "The value of '%s' has the wrong type.",
                     keys_by_id[key].name);
}

static bool type_fits(enum expression_key key, value v)
{
    switch (keys_by_id[key].takes) {
    case TAKES_EXPRESSION:
        return v.kind == V_STRING || v.kind == V_SCRIPTBLOCK;
    case TAKES_TEXT:
        return v.kind == V_STRING;
    case TAKES_NUMBER:
        return v.kind == V_I32;
    case TAKES_TEXT_OR_NUMBER:
        return v.kind == V_STRING || v.kind == V_I32;
    case TAKES_BOOL:
        return v.kind == V_BOOL;
    }
    return false;
}

static bool take_alignment(struct command *cmd, value v, enum align *ret)
{
    static const char *const names[] = {
        [ALIGN_LEFT] = "left", [ALIGN_CENTER] = "center", [ALIGN_RIGHT] = "right"};
    for (enum align align = ALIGN_LEFT; align <= ALIGN_RIGHT; align++)
        if (begins(names[align], text_of(v)))
            return *ret = align, true;
    return cmd_throw(cmd, "AlignmentIllegalValue", CAT_InvalidArgument, v,
                     "'%s' is not left, center or right.", value_text(v));
}

static bool take_key(struct command *cmd, struct expression *expression, enum expression_key key, value v)
{
    bool empty = v.kind == V_STRING && v.string->size == 0;
    if (empty && (key == KEY_EXPRESSION || key == KEY_LABEL || key == KEY_FORMAT))
        return cmd_throw(cmd, "DictionaryKeyEmptyEntry", CAT_InvalidArgument, v,
                         "The value of '%s' is empty.", keys_by_id[key].name);
    switch (key) {
    case KEY_EXPRESSION:
        value_set(&expression->source, v);
        return true;
    case KEY_LABEL:
        value_set(&expression->label, v);
        return true;
    case KEY_FORMAT:
        value_set(&expression->format, v);
        return true;
    case KEY_ALIGNMENT:
        return take_alignment(cmd, v, &expression->align);
    case KEY_WIDTH:
        if (v.i <= 0)
            return cmd_throw(cmd, "OutOfRangeWidthValue", CAT_InvalidArgument, v,
                             "The width must be above 0.");
        expression->width = (size_t)v.i;
        return true;
    case KEY_SPAN:
        value_set(&expression->span, v);
        return true;
    case KEY_SIDE:
        value_set(&expression->side, v);
        return true;
    case KEY_DEPTH:
        expression->depth = v.i > 0 ? (unsigned)v.i : 0;
        return true;
    default:
        expression->descending = key == KEY_DESCENDING ? v.b : !v.b;
        expression->has_order = true;
        return true;
    }
}

static bool read_entry(struct command *cmd, struct expression *expression, const struct table_slot *slot,
                       unsigned keys, unsigned *seen)
{
    enum expression_key key = key_find(cmd, slot->key, keys);
    if (key == EXPRESSION_KEYS)
        return false;
    if (*seen >> key & 1)
        return cmd_throw(cmd, "DictionaryKeyDuplicate", CAT_InvalidArgument, slot->key,
                         "'%s' is given twice.", keys_by_id[key].name);
    *seen |= 1u << key;
    if (!type_fits(key, slot->val))
        return illegal_value(cmd, key, slot->val);
    return take_key(cmd, expression, key, slot->val);
}

static bool read_table(struct command *cmd, struct expression *expression, const struct table *table,
                       unsigned keys)
{
    unsigned seen = 0;
    for (size_t i = 0; i < table->used; i++)
        if (table->slots[i].key.kind != V_VOID && !read_entry(cmd, expression, &table->slots[i], keys, &seen))
            return false;
    if (seen & KEYS(EXPRESSION))
        return true;
    return cmd_throw(cmd, "DictionaryKeyMandatoryEntry", CAT_InvalidArgument, value_null,
                     "The hashtable lacks the key 'expression'.");
}

static struct expression *expressions_more(struct interp *in, struct expressions *list)
{
    if (list->count == list->capacity) {
        struct expression *items = mem_grow(list->items, &list->capacity, 4, sizeof *items);
        if (!items)
            return throw_memory(in), NULL;
        list->items = items;
    }
    list->items[list->count] = (struct expression){0};
    return &list->items[list->count++];
}

static bool read_item(struct command *cmd, value item, unsigned keys, struct expressions *ret)
{
    struct expression *expression = expressions_more(cmd->in, ret);
    if (!expression)
        return false;
    if (item.kind == V_TABLE)
        return read_table(cmd, expression, item.table, keys);
    if (item.kind == V_STRING && item.string->size == 0)
        return cmd_throw(cmd, "ExpressionEmptyString1", CAT_InvalidArgument, item,
                         "A property name is empty.");
    if (item.kind != V_STRING && item.kind != V_SCRIPTBLOCK)
        return cmd_throw(cmd, "DictionaryKeyUnknownType", CAT_InvalidArgument, item,
                         "A property is named by a string, a script block or a hashtable.");
    expression->source = value_keep(item);
    return true;
}

bool expressions_read(struct command *cmd, value property, unsigned keys, struct expressions *ret)
{
    *ret = (struct expressions){0};
    if (property.kind != V_ARRAY && property.kind != V_LIST)
        return value_is_null(property) || read_item(cmd, property, keys, ret);
    for (size_t i = 0; i < property.array->count; i++) {
        if (value_is_null(property.array->items[i]))
            continue;
        if (!read_item(cmd, property.array->items[i], keys, ret))
            return false;
    }
    return true;
}
