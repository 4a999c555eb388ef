// Which types texts have defined, and how their names are found. jesh-full alone.
#include "interp/eval/type-definition.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "interp/eval/scope.h"
#include "interp/value/error.h"
#include "interp/value/types.h"

// --- Names
// --------------------------------------------------------------------------------------------------------

static const struct ast *block_around(const struct ast *node)
{
    do
        node = node->parent;
    while (node && node->kind != AST_SCRIPT_BLOCK);
    return node;
}

static const struct type *in_block(const struct interp *in, const struct ast *block, const char *name,
                                   size_t size)
{
    for (const struct defined *at = in->eval->defined; at; at = at->next)
        if (at->block == block && utf8_same_ignore_case(at->node->text.at, at->node->text.size, name, size))
            return at->type;
    return NULL;
}

static const struct type *around(const struct interp *in, const char *name, size_t size)
{
    const struct type *found = NULL;
    for (const struct ast *at = in->eval->place; at && !found; at = at->parent)
        if (at->kind == AST_SCRIPT_BLOCK)
            found = in_block(in, at, name, size);
    return found;
}

static const struct type *in_scopes(const struct interp *in, const char *name, size_t size)
{
    const value *found = NULL;
    for (const struct scope *scope = in->scope; scope && !found; scope = scope->parent)
        if (scope->types.kind == V_TABLE)
            found = table_get_name(scope->types.table, name, size);
    return found ? found->type : NULL;
}

static const struct type *in_namespace(struct interp *in, struct ast_text space, const char *name,
                                       size_t size)
{
    char whole[256];
    int length = snprintf(whole, sizeof whole, "%.*s.%.*s", (int)space.size, space.at, (int)size, name);
    return length > 0 && (size_t)length < sizeof whole ? type_find_in(in, whole, (size_t)length) : NULL;
}

static const struct type *by_using(struct interp *in, const char *name, size_t size)
{
    const struct ast *root = in->eval->place;
    const struct type *found = NULL;
    while (root && root->parent)
        root = root->parent;
    for (uint32_t i = SB_REST; root && root->kind == AST_SCRIPT_BLOCK && i < root->count && !found; i++) {
        const struct ast *using = root->kids[i];
        if (using->kind == AST_USING_STATEMENT && using->op == TOK_NAMESPACE && using->kids[USING_NAME])
            found = in_namespace(in, using->kids[USING_NAME]->text, name, size);
    }
    for (const struct named_space *at = in->eval->spaces; at && !found; at = at->next)
        found = in_namespace(in, at->name, name, size);
    return found;
}

const struct type *defined_type(struct interp *in, const char *name, size_t size)
{
    const struct type *found = NULL;
    size_t plain = 0;
    while (plain < size && name[plain] != '[' && name[plain] != '.')
        plain++;
    if (plain == size && in->eval->defined) {
        found = around(in, name, size);
        if (!found)
            found = in_scopes(in, name, size);
    }
    if (found || (plain < size && name[plain] == '.') || (!in->eval->spaces && !in->eval->place))
        return found;
    if (plain == size && (found = type_find(name, size)))
        return found;
    return by_using(in, name, size);
}

const struct type *type_of_node(const struct interp *in, const struct ast *node)
{
    for (const struct defined *at = in->eval->defined; at; at = at->next)
        if (at->node == node)
            return at->type;
    return NULL;
}

bool types_know(struct interp *in, value types)
{
    struct scope *scope = in->scope;
    if (scope->types.kind != V_TABLE && !table_new(in, false, &scope->types))
        return false;
    for (size_t i = 0; i < types.array->count; i++) {
        value type = types.array->items[i];
        const char *name = type.type->name, *dot = strrchr(name, '.');
        if (!table_set_text(in, scope->types.table, dot ? dot + 1 : name, type))
            return false;
    }
    return true;
}

bool type_late(struct interp *in, value name, value *ret)
{
    const struct type *type = type_named(in, value_text(name), name.string->size);
    if (type)
        return *ret = (value){.kind = V_TYPE, .type = type}, true;
    return throw_error(in, "TypeNotFound", CAT_InvalidOperation, name, "TypeNotFound: %s", value_text(name));
}

// --- Definitions
// --------------------------------------------------------------------------------------------------

void definition_error(struct definition *def, const struct ast *at, enum parse_error_id id)
{
    diagnose(def->source, (struct extent){at->start, at->end}, id, false);
}

// "f.Color" of a type that a function f defines.
static size_t add_name(const struct ast *node, char *to, size_t room)
{
    const struct ast *block = block_around(node);
    size_t size = 0;
    if (!block || !block->parent)
        return 0;
    const struct ast *outer = block->parent;
    size = add_name(outer, to, room);
    bool function = outer->kind == AST_FUNCTION_DEFINITION;
    int more = function ? snprintf(to + size, room - size, "%.*s.", (int)outer->text.size, outer->text.at)
                        : snprintf(to + size, room - size, "<%x>.", block->end - block->start);
    return more < 0 || (size_t)more >= room - size ? size : size + (size_t)more;
}

const char *definition_name(struct definition *def, const struct ast *node, const char *after)
{
    char prefix[256] = "";
    size_t size = add_name(node, prefix, sizeof prefix), more = strlen(after);
    char *copy = arena_new(&def->in->eval->arena, size + node->text.size + more + 1);
    if (!copy)
        return throw_memory(def->in), NULL;
    memcpy(copy, prefix, size);
    memcpy(copy + size, node->text.at, node->text.size);
    memcpy(copy + size + node->text.size, after, more + 1);
    return copy;
}

bool definition_add(struct definition *def, const struct ast *node, const struct type *type)
{
    struct eval_state *eval = def->in->eval;
    struct defined *made = arena_new(&eval->arena, sizeof *made);
    if (!made)
        return throw_memory(def->in);
    *made = (struct defined){eval->defined, node, block_around(node), type, source_ref(def->source)};
    eval->defined = made;
    return true;
}

struct found {
    const struct ast **nodes;
    size_t count;
};

static bool count_types(const struct ast *node, void *context)
{
    struct found *found = context;
    if (node->kind != AST_TYPE_DEFINITION)
        return true;
    if (found->nodes)
        found->nodes[found->count] = node;
    found->count++;
    return true;
}

// In PowerShell's order: the classes without their members, the enums, the members.
static bool define_all(struct definition *def, const struct found *found)
{
    struct class **classes = mem_new(found->count, sizeof *classes);
    bool ok = classes || throw_memory(def->in);
    for (size_t i = 0; ok && i < found->count; i++)
        ok = found->nodes[i]->op == TOK_ENUM || class_define(def, found->nodes[i], &classes[i]);
    ok = ok && enums_define(def, found->nodes, found->count);
    for (size_t i = 0; ok && i < found->count; i++)
        ok = !classes[i] || class_define_members(def, classes[i]);
    mem_free(classes, found->count * sizeof *classes);
    return ok && def->source->error_count == def->errors;
}

static bool remember_spaces(struct interp *in, const struct ast *root)
{
    for (uint32_t i = SB_REST; i < root->count; i++) {
        const struct ast *using = root->kids[i];
        if (using->kind != AST_USING_STATEMENT || using->op != TOK_NAMESPACE || !using->kids[USING_NAME])
            continue;
        struct named_space *space = arena_new(&in->eval->arena, sizeof *space);
        struct ast_text name = using->kids[USING_NAME]->text;
        const char *copy = space ? arena_text(&in->eval->arena, name.at, name.size) : NULL;
        if (!copy)
            return throw_memory(in);
        *space = (struct named_space){in->eval->spaces, {copy, name.size}};
        in->eval->spaces = space;
    }
    return true;
}

bool types_define(struct interp *in, struct source *source)
{
    struct definition def = {in, source, source->error_count};
    struct found found = {0};
    if (!source->name && !remember_spaces(in, source->root))
        return false;
    ast_walk(source->root, count_types, &found);
    if (!found.count)
        return true;
    size_t count = found.count;
    found = (struct found){.nodes = mem_new(count, sizeof *found.nodes)};
    if (!found.nodes)
        return throw_memory(in);
    ast_walk(source->root, count_types, &found);
    bool ok = define_all(&def, &found);
    mem_free(found.nodes, count * sizeof *found.nodes);
    return ok;
}

static void class_end(struct class *class)
{
    const struct method *tables[] = {class->members.methods, class->members.statics,
                                     class->members.constructors};
    for (size_t i = 0; i < 3; i++)
        for (const struct method *row = tables[i]; row && row->name; row++)
            value_drop(row->made->block);
    if (class->starter)
        value_drop(class->starter->block);
    for (const struct property *p = class->members.static_properties; p && p->name; p++)
        value_drop(*p->field->at), value_drop(p->field->rules);
    for (const struct property *p = class->type.properties; p && p->name; p++)
        value_drop(p->field->rules);
    for (size_t i = 0; class->first && i < class->slots; i++)
        value_drop(class->first[i]);
    for (size_t i = 0; i < 2; i++)
        if (class->initializers[i])
            code_free(class->initializers[i]);
}

void types_end(struct interp *in)
{
    for (struct class *class = in->eval->classes; class; class = class->next)
        class_end(class);
    for (struct defined *at = in->eval->defined; at; at = at->next)
        source_free(at->source);
}
