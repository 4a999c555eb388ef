// interp/format/packet.c: formatting packets are objects of the pipeline, so that Format-* output can be
// kept, passed on and printed later.
#include "interp/format/packet.h"

#include "base/mem.h"
#include "interp/value/error.h"
#include "interp/value/types.h"

static void packet_release(struct object *object)
{
    struct packet *packet = (struct packet *)object;
    for (size_t i = 0; i < packet->column_count; i++)
        value_drop(packet->columns[i].label);
    for (size_t i = 0; i < packet->field_count; i++) {
        value_drop(packet->fields[i].label);
        value_drop(packet->fields[i].text);
    }
    for (size_t i = 0; i < packet->mark_count; i++)
        value_drop(packet->marks[i].text);
    mem_free(packet->columns, packet->column_capacity * sizeof *packet->columns);
    mem_free(packet->fields, packet->field_capacity * sizeof *packet->fields);
    mem_free(packet->marks, packet->mark_capacity * sizeof *packet->marks);
}

#define PACKET_TYPE(symbol, id)                                                                              \
    const struct type type_##symbol = {.name = "Microsoft.PowerShell.Commands.Internal.Format." id,          \
                                       .base = &type_object,                                                 \
                                       .release = packet_release,                                            \
                                       .size = sizeof(struct packet),                                        \
                                       .type_code = 1};
PACKET_TYPE(format_start, "FormatStartData")
PACKET_TYPE(group_start, "GroupStartData")
PACKET_TYPE(format_entry, "FormatEntryData")
PACKET_TYPE(group_end, "GroupEndData")
PACKET_TYPE(format_end, "FormatEndData")

static const struct type *const packet_types[] = {
    [PACKET_FORMAT_START] = &type_format_start, [PACKET_GROUP_START] = &type_group_start,
    [PACKET_ENTRY] = &type_format_entry,        [PACKET_GROUP_END] = &type_group_end,
    [PACKET_FORMAT_END] = &type_format_end,
};

bool packet_new(struct interp *in, enum packet_kind kind, value *ret)
{
    if (!object_new(in, packet_types[kind], ret))
        return false;
    packet_of(*ret)->kind = kind;
    return true;
}

struct packet *packet_of(value v)
{
    if (v.kind != V_OBJECT || v.object->type->release != packet_release)
        return NULL;
    return (struct packet *)v.object;
}

// Makes room for one more item; NULL: out of memory, thrown.
static void *grow(struct interp *in, void *items, size_t count, size_t *capacity, size_t size)
{
    if (count < *capacity)
        return items;
    void *grown = mem_grow(items, capacity, 4, size);
    if (!grown)
        return throw_memory(in), NULL;
    return grown;
}

bool packet_add_column(struct interp *in, struct packet *packet, value label, size_t width, enum align align)
{
    struct column *columns =
        grow(in, packet->columns, packet->column_count, &packet->column_capacity, sizeof *columns);
    if (!columns)
        return false;
    packet->columns = columns;
    columns[packet->column_count++] = (struct column){value_keep(label), width, align};
    return true;
}

bool packet_add_field(struct interp *in, struct packet *packet, value label, value text)
{
    struct field *fields =
        grow(in, packet->fields, packet->field_count, &packet->field_capacity, sizeof *fields);
    if (!fields)
        return false;
    packet->fields = fields;
    fields[packet->field_count++] = (struct field){value_keep(label), value_keep(text)};
    return true;
}

bool packet_add_mark(struct interp *in, struct packet *packet, enum mark_kind kind, unsigned indent,
                     value text)
{
    struct mark *marks = grow(in, packet->marks, packet->mark_count, &packet->mark_capacity, sizeof *marks);
    if (!marks)
        return false;
    packet->marks = marks;
    marks[packet->mark_count++] = (struct mark){kind, indent, value_keep(text)};
    return true;
}

bool packet_add_text(struct interp *in, struct packet *packet, const char *text)
{
    value v;
    if (!string_text(in, text, &v))
        return false;
    bool ok = packet_add_mark(in, packet, MARK_TEXT, 0, v);
    value_drop(v);
    return ok;
}
