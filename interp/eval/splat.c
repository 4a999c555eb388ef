// @name among the arguments of a command: the items of a list, or names and values of a table. jesh-full
// alone.
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "interp/eval/pipeline.h"
#include "interp/eval/scope.h"
#include "interp/value/member.h"

static const char mark[] = "<CommandParameterName>";

void splat_mark(struct interp *in, value word, const char *name)
{
    value text;
    if (!string_text(in, name, &text))
        return;
    member_add(in, word, mark, text);
    value_drop(text);
}

static struct argument item_argument(value item, uint32_t offset)
{
    struct argument argument = {.kind = ARGUMENT_VALUE, .val = item, .offset = offset};
    const struct member *found =
        item.kind == V_STRING ? member_find(item.object->members, mark, sizeof mark - 1) : NULL;
    if (!found)
        return argument;
    argument.kind = ARGUMENT_PARAMETER;
    argument.name = value_text(item) + 1; // without the dash
    argument.name_size = item.string->size - 1;
    if (argument.name_size && argument.name[argument.name_size - 1] == ':')
        argument.name_size--;
    return argument;
}

size_t splat_count(value v)
{
    if (v.kind == V_TABLE)
        return v.table->count;
    if (v.kind == V_STRING)
        return v.string->units;
    return v.kind == V_ARRAY || v.kind == V_LIST ? v.array->count : 1;
}

// A text is a list of its characters here.
static void splat_text(const struct string *text, uint32_t offset, struct argument *to)
{
    for (size_t byte = 0, used; byte < text->size; byte += used) {
        uint32_t c = utf8_decode(text->text + byte, text->size - byte, &used);
        bool pair = c > 0xffff;
        *to++ = item_argument((value){.kind = V_CHAR, .i = pair ? utf16_high(c) : c}, offset);
        if (pair)
            *to++ = item_argument((value){.kind = V_CHAR, .i = utf16_low(c)}, offset);
    }
}

void splat_write(value v, uint32_t offset, struct argument *to)
{
    if (v.kind == V_TABLE) {
        for (size_t i = 0; i < v.table->used; i++) {
            const struct table_slot *slot = &v.table->slots[i];
            if (v.object->flags & OBJECT_UNTRUSTED && value_is_heap(slot->val))
                slot->val.object->flags |= OBJECT_UNTRUSTED;
            if (slot->key.kind != V_STRING) {
                if (slot->key.kind != V_VOID)
                    *to++ = item_argument(slot->val, offset);
                continue;
            }
            *to++ = (struct argument){.kind = ARGUMENT_PARAMETER,
                                      .has_value = true,
                                      .splatted = true,
                                      .name = value_text(slot->key),
                                      .name_size = slot->key.string->size,
                                      .val = slot->val,
                                      .offset = offset};
        }
    } else if (v.kind == V_ARRAY || v.kind == V_LIST) {
        for (size_t i = 0; i < v.array->count; i++)
            *to++ = item_argument(v.array->items[i], offset);
    } else if (v.kind == V_STRING) {
        splat_text(v.string, offset, to);
    } else {
        *to = item_argument(v, offset);
    }
}
