#include <errno.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "base/wildcard.h"
#include "interp/cmdlets/encodings.h"
#include "interp/cmdlets/items.h"
#include "interp/eval/interp.h"
#include "interp/providers/content.h"
#include "interp/providers/files.h"
#include "interp/providers/locations.h"
#include "interp/value/member.h"
#include "interp/value/types.h"

enum { READ_COUNT = ITEM_PARAM_COUNT, TOTAL_COUNT, TAIL, FORCE, DELIMITER, WAIT, RAW, ENCODING, AS_BYTES };

static const struct param params[] = {
    ITEM_PARAMS(0),
    {"ReadCount", "long", NULL, PARAM_NAMED, PARAM_PROPERTY, 0},
    {"TotalCount", "long", "First Head", PARAM_NAMED, PARAM_PROPERTY, 0},
    {"Tail", "int", "Last", PARAM_NAMED, PARAM_PROPERTY, 0, .min = 0, .max = INT32_MAX},
    {"Force", "switch", NULL, PARAM_NAMED, 0, 0},
    {"Delimiter", "string", NULL, PARAM_NAMED, 0, 0},
    {"Wait", "switch", NULL, PARAM_NAMED, 0, 0},
    {"Raw", "switch", NULL, PARAM_NAMED, 0, 0},
    {"Encoding", "System.Text.Encoding", NULL, PARAM_NAMED, PARAM_NOT_NULL_OR_EMPTY, 0,
     .rule = &encoding_rule},
    {"AsByteStream", "switch", NULL, PARAM_NAMED, 0, 0},
    {0},
};

// Pieces on their way out: the notes they carry, and those that wait for a whole batch.
struct output {
    struct command *cmd;
    value notes;       // made once for each file
    int64_t per_batch; // -ReadCount: 0 is all in one
    int64_t written;   // pieces so far
    int64_t left;      // -TotalCount, or -1
    value batch;       // LIST, or $null
};

// --- Notes
// ----------------------------------------------------------------------------------------------------------

struct notes {
    struct promise promise;
    value path, parent, leaf, drive, provider;
};

static void notes_release(struct object *object)
{
    struct notes *notes = (struct notes *)object;
    value_drop(notes->path);
    value_drop(notes->parent);
    value_drop(notes->leaf);
    value_drop(notes->drive);
    value_drop(notes->provider);
}

static const struct type type_notes = {
    .name = "System.Object",
    .base = &type_object,
    .type_code = 1,
    .size = sizeof(struct notes),
    .release = notes_release,
};

static bool notes_fill(struct interp *in, struct promise *promise, int64_t number, value v)
{
    const struct notes *notes = (const struct notes *)promise;
    return member_add(in, v, "PSPath", notes->path) && member_add(in, v, "PSParentPath", notes->parent) &&
           member_add(in, v, "PSChildName", notes->leaf) && member_add(in, v, "PSDrive", notes->drive) &&
           member_add(in, v, "PSProvider", notes->provider) &&
           member_add(in, v, "ReadCount", value_long(number));
}

static bool make_notes(struct output *out, const struct place *place)
{
    struct interp *in = out->cmd->in;
    const char *path = value_text(place->path);
    size_t size;
    const char *leaf = path_leaf(path, &size);
    if (!object_new(in, &type_notes, &out->notes))
        return false;
    struct notes *notes = (struct notes *)out->notes.object;
    notes->promise.fill = notes_fill;
    notes->path = value_keep(place->path);
    if (place->drive && !drive_info_new(in, place->drive, &notes->drive))
        return false;
    return string_new(in, path, path_parent_size(path), &notes->parent) &&
           string_new(in, leaf, size, &notes->leaf) &&
           provider_info_new(in, PROVIDER_filesystem, &notes->provider);
}

static bool add_notes(struct output *out, value v)
{
    if (!value_is_heap(v))
        return true;
    return member_promise(out->cmd->in, v, (struct promise *)out->notes.object, out->written);
}

// --- Batches
// --------------------------------------------------------------------------------------------------------

static bool write_with_notes(struct output *out, value v)
{
    return add_notes(out, v) && cmd_write(out->cmd, v);
}

static bool flush_batch(struct output *out)
{
    value array;
    if (value_is_null(out->batch) || out->batch.array->count == 0)
        return true;
    if (!array_from(out->cmd->in, out->batch.array->items, out->batch.array->count, &array))
        return false;
    value_drop(out->batch);
    out->batch = value_null;
    bool go_on = write_with_notes(out, array);
    value_drop(array);
    return go_on;
}

static bool put_piece(struct output *out, value piece) // takes the piece
{
    bool go_on;
    out->written++;
    if (out->per_batch == 1) {
        go_on = write_with_notes(out, piece);
        value_drop(piece);
        return go_on;
    }
    go_on = (!value_is_null(out->batch) || list_new(out->cmd->in, NULL, &out->batch)) &&
            list_add(out->cmd->in, out->batch.array, piece);
    value_drop(piece);
    if (go_on && out->per_batch > 0 && (int64_t)out->batch.array->count >= out->per_batch)
        go_on = flush_batch(out);
    return go_on;
}

static bool wants_more(const struct output *out)
{
    return out->left < 0 || out->written < out->left;
}

// --- Text
// -----------------------------------------------------------------------------------------------------------

static bool put_lines(struct output *out, struct content_reader *reader)
{
    const char *text;
    size_t size;
    bool more = true;
    value line;
    while (more && wants_more(out)) {
        if (cmd_stopped(out->cmd) || !content_piece(reader, &text, &size, &more))
            return false;
        if (more && (!string_new(out->cmd->in, text, size, &line) || !put_piece(out, line)))
            return false;
    }
    return flush_batch(out);
}

// A ring of the last pieces seen.
struct ring {
    value *items;
    size_t size, used, next;
};

static void ring_free(struct ring *ring)
{
    for (size_t i = 0; i < ring->used; i++)
        value_drop(ring->items[i]);
    mem_free(ring->items, ring->size * sizeof *ring->items);
}

static bool ring_grow(struct interp *in, struct ring *ring, size_t limit)
{
    size_t size = ring->size ? ring->size * 2 : 64;
    size = size > limit ? limit : size;
    value *items = mem_resize(ring->items, ring->size * sizeof *items, size * sizeof *items);
    if (!items)
        return throw_memory(in);
    ring->items = items;
    ring->size = size;
    return true;
}

static bool ring_put(struct interp *in, struct ring *ring, size_t limit, value v) // takes v
{
    if (ring->used < limit) {
        if (ring->used == ring->size && !ring_grow(in, ring, limit))
            return value_drop(v), false;
        ring->items[ring->used++] = v;
        return true;
    }
    value_drop(ring->items[ring->next]);
    ring->items[ring->next] = v;
    ring->next = (ring->next + 1) % limit;
    return true;
}

static bool fill_ring(struct output *out, struct content_reader *reader, struct ring *ring, size_t limit)
{
    const char *text;
    size_t size;
    bool more = true;
    value line;
    while (more) {
        if (cmd_stopped(out->cmd) || !content_piece(reader, &text, &size, &more))
            return false;
        if (more &&
            (!string_new(out->cmd->in, text, size, &line) || !ring_put(out->cmd->in, ring, limit, line)))
            return false;
    }
    return true;
}

static bool put_tail(struct output *out, struct content_reader *reader, size_t limit)
{
    struct ring ring = {0};
    if (limit == 0)
        return true;
    bool go_on = fill_ring(out, reader, &ring, limit);
    for (size_t i = 0; go_on && i < ring.used; i++)
        go_on = put_piece(out, value_keep(ring.items[(ring.next + i) % ring.used]));
    ring_free(&ring);
    return go_on && flush_batch(out);
}

static bool put_raw(struct output *out, struct content_reader *reader)
{
    value text;
    if (!content_all(reader, &text))
        return false;
    bool go_on = text.string->size == 0;
    if (!go_on) {
        out->written++;
        go_on = write_with_notes(out, text);
    }
    value_drop(text);
    return go_on;
}

// --- Bytes
// ----------------------------------------------------------------------------------------------------------

static bool put_bytes(struct output *out, struct content_reader *reader)
{
    struct buf block = BUF_INIT;
    bool more = true, go_on = true;
    while (more && go_on && wants_more(out)) {
        buf_clear(&block);
        go_on = content_bytes(reader, &block, &more);
        for (size_t i = 0; go_on && i < block.size && wants_more(out); i++)
            go_on = put_piece(out, (value){.kind = V_U8, .u = (unsigned char)block.data[i]});
    }
    buf_free(&block);
    return go_on && flush_batch(out);
}

static bool put_raw_bytes(struct output *out, struct content_reader *reader)
{
    struct buf all = BUF_INIT;
    bool more = true, go_on = true;
    value array;
    while (more && go_on)
        go_on = content_bytes(reader, &all, &more);
    if (go_on && all.size > 0 && (go_on = array_of(out->cmd->in, &type_byte, all.size, &array))) {
        for (size_t i = 0; i < all.size; i++)
            array.array->items[i] = (value){.kind = V_U8, .u = (unsigned char)all.data[i]};
        go_on = write_with_notes(out, array);
        value_drop(array);
    }
    buf_free(&all);
    return go_on;
}

static bool put_tail_bytes(struct output *out, struct content_reader *reader, size_t limit)
{
    struct buf all = BUF_INIT;
    bool more = true, go_on = true;
    while (more && go_on) {
        go_on = content_bytes(reader, &all, &more);
        if (all.size > limit)
            buf_drop_front(&all, all.size - limit);
    }
    for (size_t i = 0; go_on && i < all.size; i++)
        go_on = put_piece(out, (value){.kind = V_U8, .u = (unsigned char)all.data[i]});
    buf_free(&all);
    return go_on && flush_batch(out);
}

// --- Files
// ----------------------------------------------------------------------------------------------------------

// -Wait: what is added to the file until the pipeline is stopped.
static bool follow(struct output *out, struct content_reader *reader)
{
    const struct timespec pause = {0, 100000000};
    while (!cmd_stopped(out->cmd)) {
        if (out->cmd->in->host->flush)
            out->cmd->in->host->flush(out->cmd->in->host->context);
        nanosleep(&pause, NULL);
        reader->end = false;
        if (!put_lines(out, reader))
            return false;
    }
    return false;
}

static bool put_all(struct output *out, struct content_reader *reader)
{
    const struct command *cmd = out->cmd;
    bool bytes = cmd_switch(cmd, AS_BYTES), tail = cmd_bound(cmd, TAIL);
    if (cmd_switch(cmd, RAW))
        return bytes ? put_raw_bytes(out, reader) : put_raw(out, reader);
    if (tail && bytes)
        return put_tail_bytes(out, reader, (size_t)cmd->arg[TAIL].i);
    if (tail    ? !put_tail(out, reader, (size_t)cmd->arg[TAIL].i)
        : bytes ? !put_bytes(out, reader)
                : !put_lines(out, reader))
        return false;
    return !cmd_switch(cmd, WAIT) || follow(out, reader);
}

static bool put_file(struct command *cmd, const struct place *place)
{
    static const struct file_error failed = {"GetContentReaderUnauthorizedAccessError",
                                             "GetContentReaderIOError", CAT_ReadError};
    struct output out = {.cmd = cmd,
                         .per_batch = cmd_bound(cmd, READ_COUNT) ? cmd->arg[READ_COUNT].i : 1,
                         .left = cmd_bound(cmd, TOTAL_COUNT) ? cmd->arg[TOTAL_COUNT].i : -1};
    struct content_reader reader;
    enum encoding encoding;
    int errnum;
    if (!encoding_param(cmd, ENCODING, &encoding))
        return false;
    content_open(cmd, value_text(place->path), encoding, &reader, &errnum);
    if (errnum)
        return file_report(cmd, NULL, &failed, errnum, value_text(place->path));
    reader.delimiter = cmd_bound(cmd, DELIMITER) && cmd->arg[DELIMITER].string->size
                           ? value_text(cmd->arg[DELIMITER])
                           : NULL;
    bool go_on = make_notes(&out, place) && put_all(&out, &reader);
    value_drop(out.notes);
    value_drop(out.batch);
    content_close(&reader);
    return go_on;
}

static bool put_flat(struct command *cmd, const struct place *place)
{
    value content;
    if (!place->provider->read)
        return items_not_supported(cmd, place->provider);
    if (!place->provider->read(cmd, place->provider, value_text(place->path), &content))
        return false;
    bool go_on = content.kind == V_VOID || cmd_write_each(cmd, content);
    value_drop(content);
    return go_on;
}

// Options that exclude each other are told for every item, as pwsh does.
static bool unfit(struct command *cmd, bool *ret_unfit)
{
    *ret_unfit = true;
    if (cmd_switch(cmd, AS_BYTES) && cmd_bound(cmd, DELIMITER))
        return cmd_error(cmd, "GetContentReaderArgumentError", CAT_InvalidArgument, value_null,
                         "-Delimiter is for text, -AsByteStream for bytes.");
    if (cmd_switch(cmd, RAW) && (cmd_bound(cmd, TAIL) || cmd_bound(cmd, TOTAL_COUNT) ||
                                 cmd_switch(cmd, WAIT) || cmd_bound(cmd, DELIMITER)))
        return cmd_error(cmd, "InvalidOperation", CAT_InvalidOperation, value_null,
                         "-Raw gives everything in one; leave out -Tail, -TotalCount, -Wait and -Delimiter.");
    *ret_unfit = false;
    return true;
}

static bool put_item(struct command *cmd, const struct place *place)
{
    struct item_look look;
    bool no;
    if (!place_look(cmd, place, &look) || !unfit(cmd, &no))
        return false;
    if (no)
        return true;
    if (look.container)
        return cmd_error(cmd, "GetContainerContentException", CAT_InvalidOperation, place->path,
                         "'%s' is a folder.", value_text(place->path));
    return place->provider->hierarchical ? put_file(cmd, place) : put_flat(cmd, place);
}

static bool begin(struct command *cmd)
{
    value text;
    if (!cmd_switch(cmd, AS_BYTES) || !cmd_bound(cmd, ENCODING))
        return true;
    if (!string_text(cmd->in, "-Encoding has no effect with -AsByteStream.", &text))
        return false;
    bool go_on = cmd_stream(cmd, STREAM_WARNING, text);
    value_drop(text);
    return go_on;
}

// A wildcard that matches nothing is an error here, unlike for the other commands.
static bool each_path(struct command *cmd, value path, unsigned flags)
{
    struct places places = {0};
    bool go_on = places_of(cmd, value_text(path), flags | PATH_FORCE, &places);
    if (go_on && places.count == 0 && !places.reported)
        go_on = cmd_error(cmd, "ItemNotFound", CAT_ObjectNotFound, path, "Nothing is named '%s'.",
                          value_text(path));
    for (size_t i = 0; go_on && i < places.count; i++) {
        value holder;
        bool pass = items_pass(cmd, items_leaf(&places.items[i], &holder, cmd->in));
        value_drop(holder);
        go_on = !pass || put_item(cmd, &places.items[i]);
    }
    places_free(&places);
    return go_on;
}

static bool process(struct command *cmd)
{
    unsigned flags;
    value paths = items_paths(cmd, &flags);
    if (cmd_bound(cmd, TAIL) && cmd_bound(cmd, TOTAL_COUNT))
        return cmd_error(cmd, "TailAndHeadCannotCoexist", CAT_InvalidOperation, value_null,
                         "-Tail and -TotalCount exclude each other.");
    if (!items_no_credential(cmd))
        return false;
    for (size_t i = 0; paths.kind == V_ARRAY && i < paths.array->count; i++)
        if (!each_path(cmd, paths.array->items[i], flags))
            return false;
    return true;
}

const struct cmdlet cmdlet_get_content = {
    .params = params, .sets = item_sets, .begin = begin, .process = process};
