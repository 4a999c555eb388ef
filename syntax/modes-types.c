#include <string.h>

#include "base/utf8.h"
#include "syntax/modes-internal.h"

enum simple_flag { PRIMITIVE = 1 };

static const struct {
    char name[80]; // full name; what may stand for it are its accelerators, and the name without "System."
    unsigned flags;
} simple_types[] = {
#define SIMPLE(name, flags) {name, flags},
#define ACCELERATOR(name, full)
#include "syntax/simple-types.def"
#undef ACCELERATOR
#undef SIMPLE
};

static const struct {
    char name[40], full[80];
} accelerators[] = {
#define SIMPLE(name, flags)
#define ACCELERATOR(name, full) {name, full},
#include "syntax/simple-types.def"
#undef ACCELERATOR
#undef SIMPLE
};

struct dotted { // namespace and name, either may be all of a full name
    struct ast_text space, name;
};

static bool same(const char *full, size_t full_size, struct ast_text text)
{
    return utf8_same_ignore_case(full, full_size, text.at, text.size);
}

static bool names(const char *full, struct dotted wanted)
{
    size_t size = strlen(full), space = wanted.space.size;
    if (space == 0)
        return same(full, size, wanted.name);
    return size > space && full[space] == '.' && same(full, space, wanted.space) &&
           same(full + space + 1, size - space - 1, wanted.name);
}

static bool is_simple(struct dotted wanted, unsigned flags)
{
    for (size_t i = 0; i < sizeof simple_types / sizeof *simple_types; i++)
        if ((simple_types[i].flags & flags) == flags && names(simple_types[i].name, wanted))
            return true;
    return false;
}

static struct ast_text accelerated(struct ast_text name)
{
    for (size_t i = 0; i < sizeof accelerators / sizeof *accelerators; i++)
        if (same(accelerators[i].name, strlen(accelerators[i].name), name))
            return (struct ast_text){accelerators[i].full, strlen(accelerators[i].full)};
    return name;
}

// Spaces that a bare name is looked up in: none, System, and those of `using namespace`.
static bool resolves(struct ast_text name, const struct ast *text, unsigned flags)
{
    name = accelerated(name);
    if (is_simple((struct dotted){{NULL, 0}, name}, flags) ||
        is_simple((struct dotted){{"System", 6}, name}, flags))
        return true;
    for (uint32_t i = SB_REST; text && text->kind == AST_SCRIPT_BLOCK && i < text->count; i++) {
        const struct ast *using = text->kids[i];
        if (using->kind == AST_USING_STATEMENT && using->op == TOK_NAMESPACE && using->count &&
            using->kids[USING_NAME] && is_simple((struct dotted){using->kids[USING_NAME]->text, name}, flags))
            return true;
    }
    return false;
}

static bool is_plain(const struct ast *type_name)
{
    return type_name->kind == AST_TYPE_NAME &&
           !(type_name->flags & (NODE_ARRAY | NODE_GENERIC | NODE_ASSEMBLY));
}

bool mode_type_is_simple(const struct ast *type_name, const struct ast *text)
{
    if (type_name->kind == AST_TYPE_NAME && type_name->flags & NODE_ARRAY)
        type_name = type_name->kids[ONLY];
    return is_plain(type_name) && resolves(type_name->text, text, 0);
}

bool mode_type_is_primitive(const struct ast *type_name, const struct ast *text)
{
    return is_plain(type_name) && resolves(type_name->text, text, PRIMITIVE);
}
