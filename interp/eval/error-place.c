// Where an error stands, told in words: ScriptStackTrace when it is raised, InvocationInfo when it is asked
// for. jesh-full alone.
#include <string.h>

#include "interp/eval/block.h"
#include "interp/eval/function-info.h"
#include "interp/eval/invocation.h"
#include "interp/value/exceptions.h"
#include "interp/value/objects.h"
#include "interp/value/types.h"

// --- ScriptStackTrace
// ---------------------------------------------------------------------------------------------

const char *frame_name(const struct frame *frame)
{
    const char *name = frame->stage ? frame->stage->cmd.name : "";
    size_t size = strlen(name);
    bool script = size && frame->stage->held.kind == V_SCRIPTBLOCK && block_is_file(frame->stage->held.scriptblock);
    return size && !script ? name : "<ScriptBlock>";
}

static void add_frame(struct buf *out, const struct frame *frame)
{
    const struct source *source = frame->code->source;
    if (!source || frame->pc >= frame->code->count)
        return;
    struct position at = source_position(source, frame->code->offsets[frame->pc]);
    buf_printf(out, "%sat %s, %s: line %u", out->size ? "\n" : "", frame_name(frame),
               source->name ? source->name : "<No file>", at.line);
}

void error_trace(struct interp *in, struct error_record *record)
{
    enum { DEEPEST = 256 };
    struct buf out = BUF_INIT;
    int depth = 0;
    if (record->stack.kind == V_STRING || record->head.refs == UINT32_MAX)
        return;
    for (const struct frame *f = in->eval->frame; f && depth < DEEPEST; f = f->caller, depth++)
        add_frame(&out, f);
    if (!out.failed && out.size)
        string_new(in, buf_text(&out), out.size, &record->stack);
    buf_free(&out);
}

bool error_of_block(struct interp *in, struct error_record *record, const struct stage *stage)
{
    return stage->block && stage->name.kind == V_STRING && stage->held.kind == V_SCRIPTBLOCK &&
           function_info_new(in, stage->name, stage->held, stage->module, &record->command);
}

// --- InvocationInfo
// -----------------------------------------------------------------------------------------------

struct search {
    uint32_t offset;
    enum error_extent extent;
    const struct ast *found;
};

// A command's place is the command's, a name's the narrowest thing that begins there, another one's the
// widest.
static bool seek(const struct ast *node, void *context)
{
    struct search *search = context;
    if (node->start > search->offset || node->end <= search->offset)
        return false;
    bool whole =
        node->kind == AST_SCRIPT_BLOCK || node->kind == AST_STATEMENT_BLOCK || node->kind == AST_NAMED_BLOCK;
    bool fits = search->extent == EXTENT_COMMAND ? node->kind == AST_COMMAND
                : search->extent == EXTENT_NAME  ? true
                                                 : !whole && !search->found;
    if (node->start == search->offset && fits)
        search->found = node;
    return true;
}

uint32_t error_end(const struct source *source, uint32_t offset, enum error_extent extent)
{
    struct search search = {offset, extent, NULL};
    if (source->root)
        ast_walk(source->root, seek, &search);
    if (!search.found && extent == EXTENT_COMMAND) {
        search.extent = EXTENT_STATEMENT;
        ast_walk(source->root, seek, &search);
    }
    return search.found ? search.found->end : offset;
}

bool error_make_invocation(struct interp *in, value record, value *ret)
{
    const struct error_record *error = record.error;
    struct place place = {.source = error->source, .start = error->offset, .history = error->history};
    if (!error->positioned)
        return true;
    bool unknown = value_is_type(error->exception, &type_command_missing_exception);
    enum error_extent extent = unknown                          ? EXTENT_NAME
                               : !value_is_null(error->command) ? EXTENT_COMMAND
                                                                : EXTENT_STATEMENT;
    if (error->source)
        place.end = error_end(error->source, error->offset, extent);
    return invocation_of_error(in, &place, error->command, unknown ? error->target : error->command, ret);
}
