// What a command's name leads to: a function, a module's, a command of the session.
#include "interp/eval/command-find.h"

#include <string.h>

#include "interp/eval/module.h"
#include "interp/eval/names.h"
#include "interp/eval/scope.h"

static const struct visible_command *find_visible(struct interp *in, const char *name, size_t size)
{
    for (int hops = 0; hops < 16; hops++) { // an alias may name an alias
        struct alias *alias = alias_get(in, name, size);
        if (!alias)
            break;
        name = value_text(alias->definition);
        size = alias->definition.string->size;
    }
    return session_command(in->session, name, size);
}

const struct visible_command *command_find(struct interp *in, value name)
{
    const struct visible_command *found = find_visible(in, value_text(name), name.string->size);
    if (found || memchr(value_text(name), '-', name.string->size))
        return found;
    value get;
    if (!string_printf(in, &get, "Get-%s", value_text(name)))
        return NULL;
    found = find_visible(in, value_text(get), get.string->size);
    value_drop(get);
    return found;
}

static struct scriptblock *find_function(struct interp *in, value name)
{
    for (int hops = 0; function_find && hops < 16; hops++) {
        struct alias *alias = alias_get(in, value_text(name), name.string->size);
        if (!alias)
            return function_find(in, value_text(name), name.string->size);
        name = alias->definition;
    }
    return NULL;
}

// Mod\Name is that module's member; a file system path has no such form.
static struct scriptblock *find_qualified(struct interp *in, value name, value *ret_module)
{
    const char *bar = strchr(value_text(name), '\\');
    if (!bar || bar == value_text(name) || !module_function)
        return NULL;
    return module_function(in, value_text(name), (size_t)(bar - value_text(name)), bar + 1, ret_module);
}

struct scriptblock *command_function(struct interp *in, value name, value *ret_module)
{
    struct scriptblock *function = find_function(in, name);
    return function ? function : find_qualified(in, name, ret_module);
}
