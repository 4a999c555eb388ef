// interp/format/renderer.c: the document as it reaches the screen.
#include "interp/format/renderer.h"

#include "base/mem.h"
#include "interp/eval/interp.h"

enum { HOLD_MILLISECONDS = 300 };

void renderer_init(struct renderer *r, struct interp *in, struct line_sink sink)
{
    *r = (struct renderer){.in = in, .sink = sink};
}

static void drop_wide(struct renderer *r)
{
    for (size_t i = 0; i < r->wide_count; i++)
        value_drop(r->wide[i]);
    mem_free(r->wide, r->wide_columns * sizeof *r->wide);
    r->wide = NULL;
    r->wide_count = r->wide_columns = 0;
}

static void drop_widths(struct renderer *r)
{
    mem_free(r->widths, r->width_count * sizeof *r->widths);
    r->widths = NULL;
    r->width_count = 0;
}

void renderer_free(struct renderer *r)
{
    if (r->has_implicit)
        formatter_free(&r->implicit);
    for (size_t i = 0; i < r->held_count; i++)
        value_drop(r->held[i]);
    mem_free(r->held, r->held_capacity * sizeof *r->held);
    value_drop(r->start);
    table_writer_close(&r->table);
    drop_widths(r);
    drop_wide(r);
    *r = (struct renderer){.in = r->in, .sink = r->sink};
}

// ---- Wide rows ----

static bool write_wide_row(struct renderer *r)
{
    struct text *cells = mem_new(r->wide_columns, sizeof *cells);
    if (!cells)
        return throw_memory(r->in);
    for (size_t i = 0; i < r->wide_columns; i++)
        cells[i] = i < r->wide_count ? text_of(r->wide[i]) : (struct text){"", 0};
    bool ok = table_write_row(&r->table, cells, false);
    mem_free(cells, r->wide_columns * sizeof *cells);
    for (size_t i = 0; i < r->wide_count; i++)
        value_drop(r->wide[i]);
    r->wide_count = 0;
    return ok;
}

static bool flush_wide(struct renderer *r)
{
    return r->wide_count == 0 || write_wide_row(r);
}

static bool add_wide(struct renderer *r, const struct packet *entry)
{
    value none = value_null;
    r->wide[r->wide_count++] = value_keep(entry->field_count ? entry->fields[0].text : none);
    return r->wide_count < r->wide_columns || write_wide_row(r);
}

// As many columns of that width as fit, with one blank between them.
static size_t best_fit(size_t width, size_t screen)
{
    return width == 0 || width >= screen ? 1 : (screen + 1) / (width + 1);
}

static bool open_wide(struct renderer *r, const struct packet *start)
{
    size_t columns =
        start->wide_columns ? start->wide_columns : best_fit(r->widths ? r->widths[0] : 0, r->sink.width);
    size_t *widths = mem_new(columns, sizeof *widths);
    enum align *aligns = mem_new(columns, sizeof *aligns);
    r->wide = mem_new(columns, sizeof *r->wide);
    r->wide_columns = r->wide ? columns : 0;
    for (size_t i = 0; aligns && i < columns; i++)
        aligns[i] = ALIGN_LEFT;
    bool ok = widths && aligns && r->wide
                  ? table_writer_open(r->in, &r->sink, widths, aligns, columns, &r->table)
                  : throw_memory(r->in);
    mem_free(widths, columns * sizeof *widths);
    mem_free(aligns, columns * sizeof *aligns);
    return ok;
}

// ---- Tables ----

static bool write_header(struct renderer *r, const struct packet *start)
{
    struct text *labels = mem_new(start->column_count, sizeof *labels);
    if (!labels)
        return throw_memory(r->in);
    for (size_t i = 0; i < start->column_count; i++)
        labels[i] = text_of(start->columns[i].label);
    bool ok = table_write_header(&r->table, labels);
    mem_free(labels, start->column_count * sizeof *labels);
    r->rows = 0;
    return ok;
}

static bool open_table(struct renderer *r, const struct packet *start)
{
    size_t count = start->column_count;
    if (count == 0)
        return table_writer_open(r->in, &r->sink, NULL, NULL, 0, &r->table);
    size_t *widths = mem_new(count, sizeof *widths);
    enum align *aligns = mem_new(count, sizeof *aligns);
    bool ok = widths && aligns;
    for (size_t i = 0; ok && i < count; i++) {
        widths[i] = r->widths ? r->widths[i] : start->columns[i].width;
        aligns[i] = start->columns[i].align;
    }
    ok = ok ? table_writer_open(r->in, &r->sink, widths, aligns, count, &r->table) : throw_memory(r->in);
    mem_free(widths, count * sizeof *widths);
    mem_free(aligns, count * sizeof *aligns);
    return ok && (start->hide_header || write_header(r, start));
}

static size_t screen_rows(const struct renderer *r)
{
    const struct host *host = r->in->host;
    return host->height ? host->height(host->context) : 0;
}

static bool write_row(struct renderer *r, const struct packet *start, const struct packet *entry)
{
    size_t count = start->column_count;
    if (count == 0)
        return true;
    if (start->repeat_header && screen_rows(r) && r->rows + 2 >= screen_rows(r) && !write_header(r, start))
        return false;
    struct text *cells = mem_new(count, sizeof *cells);
    if (!cells)
        return throw_memory(r->in);
    for (size_t i = 0; i < count; i++)
        cells[i] = i < entry->field_count ? text_of(entry->fields[i].text) : (struct text){"", 0};
    bool ok = table_write_row(&r->table, cells, entry->wrap);
    mem_free(cells, count * sizeof *cells);
    r->rows++;
    return ok;
}

// ---- Packets ----

static const struct packet *document(const struct renderer *r)
{
    return packet_of(r->start);
}

static bool write_out_of_band(struct renderer *r, const struct packet *entry)
{
    if (entry->entry == ENTRY_TEXT)
        return sink_text(&r->sink, text_of(entry->fields[0].text));
    if (entry->entry == ENTRY_MARKUP)
        return markup_write(r->in, &r->sink, entry->marks, entry->mark_count);
    return sink_blank(&r->sink) && list_write(r->in, &r->sink, entry->fields, entry->field_count) &&
           sink_blank(&r->sink);
}

static bool write_entry(struct renderer *r, const struct packet *entry)
{
    if (entry->out_of_band)
        return flush_wide(r) && write_out_of_band(r, entry);
    switch (entry->entry) {
    case ENTRY_ROW:
        return write_row(r, document(r), entry);
    case ENTRY_WIDE:
        return r->wide_columns == 0 || add_wide(r, entry);
    case ENTRY_LIST:
        return list_write(r->in, &r->sink, entry->fields, entry->field_count) && sink_blank(&r->sink);
    default:
        return markup_write(r->in, &r->sink, entry->marks, entry->mark_count);
    }
}

static bool write_group_start(struct renderer *r, const struct packet *group)
{
    const struct packet *start = document(r);
    if (group->mark_count > 0) {
        if (r->grouped && !sink_blank(&r->sink))
            return false;
        if (!markup_write(r->in, &r->sink, group->marks, group->mark_count) || !sink_blank(&r->sink))
            return false;
    }
    r->grouped = true;
    if (start->shape == SHAPE_TABLE)
        return open_table(r, start);
    return start->shape != SHAPE_WIDE || open_wide(r, start);
}

static bool write_group_end(struct renderer *r)
{
    bool ok = flush_wide(r);
    table_writer_close(&r->table);
    drop_wide(r);
    drop_widths(r);
    return ok;
}

// A list has already ended with a blank line.
static bool write_format_end(struct renderer *r)
{
    bool blank = document(r)->shape != SHAPE_LIST;
    value_set(&r->start, value_null);
    return !blank || sink_blank(&r->sink);
}

static bool write_packet(struct renderer *r, value v)
{
    const struct packet *packet = packet_of(v);
    switch (packet->kind) {
    case PACKET_FORMAT_START:
        value_set(&r->start, v);
        r->grouped = false;
        return sink_blank(&r->sink);
    case PACKET_GROUP_START:
        return write_group_start(r, packet);
    case PACKET_ENTRY:
        return write_entry(r, packet);
    case PACKET_GROUP_END:
        return write_group_end(r);
    case PACKET_FORMAT_END:
        return write_format_end(r);
    }
    return true;
}

// ---- Holding rows back ----

static void widen(size_t *width, value text)
{
    size_t cells = text_cells(text_of(text));
    if (cells > *width)
        *width = cells;
}

// Column widths from headers and held rows.
static bool measure(struct renderer *r)
{
    const struct packet *start = document(r);
    size_t count = start->shape == SHAPE_WIDE ? 1 : start->column_count;
    drop_widths(r);
    if (count == 0)
        return true;
    r->widths = mem_new(count, sizeof *r->widths);
    if (!r->widths)
        return throw_memory(r->in);
    r->width_count = count;
    for (size_t i = 0; i < start->column_count; i++)
        widen(&r->widths[i], start->columns[i].label);
    for (size_t k = 0; k < r->held_count; k++) {
        const struct packet *entry = packet_of(r->held[k]);
        if (entry->kind != PACKET_ENTRY || entry->out_of_band)
            continue;
        for (size_t i = 0; i < count && i < entry->field_count; i++)
            widen(&r->widths[i], entry->fields[i].text);
    }
    return true;
}

static bool release_held(struct renderer *r)
{
    bool ok = true;
    for (size_t i = 0; i < r->held_count; i++) {
        ok = ok && write_packet(r, r->held[i]);
        value_drop(r->held[i]);
    }
    r->held_count = 0;
    r->holding = false;
    return ok;
}

static bool hold(struct renderer *r, value v)
{
    if (r->held_count == r->held_capacity) {
        value *held = mem_grow(r->held, &r->held_capacity, 64, sizeof *held);
        if (!held)
            return throw_memory(r->in);
        r->held = held;
    }
    r->held[r->held_count++] = value_keep(v);
    return true;
}

static bool waited_enough(const struct renderer *r)
{
    struct timespec now;
    if (r->whole_group)
        return false;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (now.tv_sec - r->since.tv_sec) * 1000 + (now.tv_nsec - r->since.tv_nsec) / 1000000 >
           HOLD_MILLISECONDS;
}

static void set_caching(struct renderer *r, const struct packet *start)
{
    bool table = start->shape == SHAPE_TABLE && start->column_count > 0;
    r->whole_group = start->autosize;
    r->caching = start->autosize || (table && start->columns[0].width == 0);
}

static bool pass(struct renderer *r, value v)
{
    const struct packet *packet = packet_of(v);
    if (packet->kind == PACKET_FORMAT_START)
        set_caching(r, packet);
    if (!r->holding && !(r->caching && packet->kind == PACKET_GROUP_START))
        return write_packet(r, v);
    if (!hold(r, v))
        return false;
    if (!r->holding) {
        r->holding = true;
        clock_gettime(CLOCK_MONOTONIC, &r->since);
        return true;
    }
    if (packet->kind != PACKET_GROUP_END && !waited_enough(r))
        return true;
    return measure(r) && release_held(r);
}

// ---- Order ----

static bool close_implicit(struct renderer *r)
{
    if (!r->has_implicit)
        return true;
    r->has_implicit = false;
    return formatter_end(&r->implicit);
}

static bool out_of_order(struct renderer *r, value v)
{
    return throw_error(
        r->in, "ConsoleLineOutputOutOfSequencePacket,Microsoft.PowerShell.Commands.OutLineOutputCommand",
        CAT_InvalidData, v, "Formatting data came out of order: give whole documents to Out-*.");
}

// Where a packet may come, and the state after it.
static bool add_packet(void *context, value v)
{
    static const struct {
        enum render_state from, to;
    } order[] = {
        [PACKET_FORMAT_START] = {RENDER_RESET, RENDER_DOCUMENT},
        [PACKET_GROUP_START] = {RENDER_DOCUMENT, RENDER_GROUP},
        [PACKET_ENTRY] = {RENDER_GROUP, RENDER_GROUP},
        [PACKET_GROUP_END] = {RENDER_GROUP, RENDER_DOCUMENT},
        [PACKET_FORMAT_END] = {RENDER_DOCUMENT, RENDER_RESET},
    };
    struct renderer *r = context;
    const struct packet *packet = packet_of(v);
    if (packet->kind == PACKET_ENTRY && packet->out_of_band)
        return pass(r, v);
    if (packet->kind == PACKET_FORMAT_START && r->state != RENDER_RESET && !renderer_end(r))
        return false;
    if (r->state != order[packet->kind].from)
        return out_of_order(r, v);
    r->state = order[packet->kind].to;
    return pass(r, v);
}

bool renderer_add(struct renderer *r, value v)
{
    static const struct format_request none = {0};
    if (value_is_null(v))
        return true;
    if (v.kind == V_STRING && !r->holding && r->wide_count == 0)
        return sink_text(&r->sink, text_of(v)); // most output
    if (packet_of(v))
        return add_packet(r, v);
    if (!r->has_implicit) {
        formatter_init(&r->implicit, r->in, NULL, &none, add_packet, r);
        r->has_implicit = true;
    }
    return formatter_add(&r->implicit, v);
}

bool renderer_end(struct renderer *r)
{
    bool ok = close_implicit(r);
    if (ok && r->holding)
        ok = measure(r) && release_held(r);
    r->state = RENDER_RESET;
    return ok;
}
