// What a command's name leads to: a function, a module's, a command of the session.
#include "interp/eval/command-find.h"

#include <string.h>

#include "interp/eval/module.h"
#include "interp/eval/names.h"
#include "interp/eval/scope.h"

static const struct visible_command *find_visible(struct interp *in, value name)
{
    alias_follow(in, &name);
    return session_command(in->session, value_text(name), name.string->size);
}

const struct visible_command *command_find(struct interp *in, value name)
{
    const struct visible_command *found = find_visible(in, name);
    if (found || memchr(value_text(name), '-', name.string->size))
        return found;
    value get;
    if (!string_printf(in, &get, "Get-%s", value_text(name)))
        return NULL;
    found = find_visible(in, get);
    value_drop(get);
    return found;
}

static struct scriptblock *find_function(struct interp *in, value name)
{
    return function_find && alias_follow(in, &name) ? function_find(in, value_text(name), name.string->size)
                                                    : NULL;
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
