// Names of types that have nothing but a name. jesh-full alone.
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "interp/value/opaque.h"

static const struct opaque opaque_types[] = {
#define OPAQUE(full_name, short_name) {full_name, short_name},
#include "interp/value/opaque.def"
#undef OPAQUE
};

static bool same(const char *name, const char *text, size_t size)
{
    return name && strlen(name) == size && utf8_same_ignore_case(name, size, text, size);
}

// `Func[int]` is looked for as its definition, System.Func`1.
static bool is_named(const char *full, const char *text, size_t size, size_t arity)
{
    const char *tick = strrchr(full, '`');
    size_t own = tick ? (size_t)(tick - full) : strlen(full);
    bool fits = tick ? arity == strtoul(tick + 1, NULL, 10) : !arity;
    if (!fits)
        return false;
    if (own == size && utf8_same_ignore_case(full, own, text, size))
        return true;
    return own == size + 7 && !strncmp(full, "System.", 7) && utf8_same_ignore_case(full + 7, size, text, size);
}

const struct opaque *opaque_find(const char *name, size_t size, size_t arity)
{
    for (size_t i = 0; i < sizeof opaque_types / sizeof *opaque_types; i++)
        if (is_named(opaque_types[i].name, name, size, arity) || (!arity && same(opaque_types[i].shorthand, name, size)))
            return &opaque_types[i];
    return NULL;
}
