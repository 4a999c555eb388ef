// Redirection to files: what a stream writes is kept, and written as Out-File would when its command ends.
// jesh-full alone.
#include "interp/eval/redirect.h"

#include "base/mem.h"
#include "interp/value/types.h"

static bool as_text(struct interp *in, value items, value *ret)
{
    if (items.kind != V_LIST)
        return string_text(in, "", ret);
    value text;
    const struct named_arg args[] = {{"Width", value_int(120)}};
    if (!interp_call(in, cmdlet_id_of(cmdlet_find("Out-String", 10)), args, 1, items.array->items,
                     items.array->count, &text))
        return false;
    bool ok = value_to_string(in, text, ret);
    return value_drop(text), ok;
}

static bool write_text(struct interp *in, value path, value text, bool append)
{
    const struct cmdlet_row *row = append ? cmdlet_find("Add-Content", 11) : cmdlet_find("Set-Content", 11);
    const struct named_arg args[] = {{"LiteralPath", path}, {"Value", text}, {"NoNewline", value_true}};
    value nothing;
    if (!interp_call(in, cmdlet_id_of(row), args, 3, NULL, 0, &nothing))
        return false;
    return value_drop(nothing), true;
}

static bool write_file(struct interp *in, struct redirect *redirect)
{
    value path, text;
    if (!value_to_string(in, redirect->path, &path))
        return false;
    bool ok = as_text(in, redirect->items, &text);
    if (ok)
        ok = write_text(in, path, text, redirect->append), value_drop(text);
    return value_drop(path), ok;
}

bool redirects_open(struct frame *frame, const struct element_code *element, struct redirects **ret)
{
    if (!element->file_count)
        return *ret = NULL, true;
    struct redirects *all = mem_new(1, sizeof *all);
    if (!all)
        return throw_memory(frame->in);
    all->count = element->file_count;
    for (size_t i = 0; i < all->count; i++) {
        all->files[i].path = value_keep(frame_operand(frame, element->files[i].operand));
        all->files[i].append = element->files[i].append;
    }
    return *ret = all, true;
}

bool redirects_put(struct interp *in, struct redirects *all, unsigned merge, value v)
{
    struct redirect *redirect = &all->files[merge - MERGE_FILE];
    if (redirect->items.kind != V_LIST && !list_new(in, NULL, &redirect->items))
        return false;
    return list_add(in, redirect->items.array, v);
}

bool redirects_close(struct interp *in, struct redirects *all)
{
    bool ok = true;
    for (size_t i = 0; i < all->count; i++) {
        ok = write_file(in, &all->files[i]) && ok;
        value_drop(all->files[i].path);
        value_drop(all->files[i].items);
    }
    mem_free(all, sizeof *all);
    return ok;
}
