#include "interp/value/shared-name.h"

#include "base/mem.h"
#include "interp/eval/interp.h"
#include "interp/value/error.h"

enum { SHARED = 256, LONGEST = 64 };

struct shared_names {
    value by_hash[SHARED]; // a STRING without members, or $null
};

static bool is_it(value v, const char *text, size_t size)
{
    return v.kind == V_STRING && v.string->size == size && !memcmp(v.string->text, text, size) &&
           !v.object->members;
}

bool name_shared(struct interp *in, const char *text, size_t size, value *ret)
{
    if (size > LONGEST)
        return string_new(in, text, size, ret);
    if (!in->shared_names && !(in->shared_names = mem_new(1, sizeof *in->shared_names)))
        return throw_memory(in);
    value *place = &in->shared_names->by_hash[text_hash(text, size) % SHARED];
    if (is_it(*place, text, size))
        return *ret = value_keep(*place), true;
    if (!string_new(in, text, size, ret))
        return false;
    return value_set(place, *ret), true;
}

void shared_names_free(struct interp *in)
{
    for (size_t i = 0; in->shared_names && i < SHARED; i++)
        value_drop(in->shared_names->by_hash[i]);
    mem_free(in->shared_names, sizeof *in->shared_names);
    in->shared_names = NULL;
}
