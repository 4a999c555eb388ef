// Classes that a text defines: their types, properties and methods, and what PowerShell refuses in them.
// jesh-full alone.
#include "interp/eval/type-definition.h"

#include <string.h>

#include "base/utf8.h"
#include "interp/eval/class-rules.h"
#include "interp/eval/scope.h"
#include "interp/value/error.h"
#include "interp/value/exceptions.h"
#include "interp/value/objects.h"
#include "interp/value/made.h"
#include "interp/value/opaque.h"

static bool same(struct ast_text a, struct ast_text b)
{
    return utf8_same_ignore_case(a.at, a.size, b.at, b.size);
}

static bool named(struct ast_text text, const char *name)
{
    return utf8_same_ignore_case(text.at, text.size, name, strlen(name));
}

static void *new_items(struct definition *def, size_t count, size_t size)
{
    void *items = arena_new(&def->in->eval->arena, (count + 1) * size);
    if (!items)
        throw_memory(def->in);
    return items;
}

// The type of a TYPE_CONSTRAINT; $void, nothing and a name that is not known give NULL, the last is told.
static const struct type *type_at(struct definition *def, const struct ast *constraint)
{
    const struct ast *name = constraint->kids[ONLY];
    const char *text = def->source->text + name->start;
    if (named(name->text, "void") || named(name->text, "System.Void"))
        return NULL;
    const struct type *type = type_named_at(def->in, name, text, name->end - name->start);
    if (!type)
        type = type_opaque(def->in, text, name->end - name->start, 0);
    if (!type)
        definition_error(def, name, PE_TypeNotFound);
    return type;
}

// --- Bases
// --------------------------------------------------------------------------------------------------------

static bool is_interface(const struct type *type)
{
    return type->interface || (!type->base && type != &type_object);
}

static bool is_sealed(const struct type *type)
{
    static const struct type *const sealed[] = {&type_string, &type_version,     &type_semver,
                                                &type_dbnull, &type_scriptblock, &type_string_builder,
                                                &type_custom};
    for (const struct type *at = type; at; at = at->base)
        if (at == &type_value_type)
            return true;
    for (size_t i = 0; i < sizeof sealed / sizeof *sealed; i++)
        if (type == sealed[i])
            return true;
    return type->element;
}

static bool uses(const struct type *type, const struct property *properties)
{
    for (; type; type = type->base)
        if (type->properties == properties)
            return true;
    return false;
}

static void take_native(struct class *class, const struct type *native)
{
    size_t size = sizeof(struct object);
    class->native = native;
    class->kind = V_OBJECT;
    for (const struct type *at = native; at; at = at->base)
        if (at->size) {
            size = at->size;
            break;
        }
    if (uses(native, list_properties))
        class->kind = V_LIST, size = sizeof(struct array);
    else if (uses(native, table_properties))
        class->kind = V_TABLE, size = sizeof(struct table);
    class->native_bytes = size;
    class->native_size = (size + sizeof(value) - 1) / sizeof(value) * sizeof(value);
}

static void take_base(struct class *class, const struct type *base)
{
    class->type.base = base;
    class->base = class_of(base);
    if (!class->base)
        return take_native(class, base);
    class->native = class->base->native;
    class->kind = class->base->kind;
    class->native_bytes = class->base->native_bytes;
    class->native_size = class->base->native_size;
}

// The first base is a class or an interface, all others are interfaces.
static void read_base(struct definition *def, struct class *class, const struct ast *node, bool first,
                      const struct type **io_interfaces)
{
    const struct ast *name = node->kids[ONLY];
    if (name->flags & NODE_ARRAY) {
        definition_error(def, node, PE_SubtypeArray);
        return;
    }
    if (memchr(name->text.at, '`', name->text.size) && !(name->flags & NODE_GENERIC)) {
        definition_error(def, node, first ? PE_SubtypeUnclosedGeneric : PE_InterfaceNameExpected);
        return;
    }
    const struct type *type = type_at(def, node);
    if (!type)
        return;
    if (is_interface(type)) {
        while (*io_interfaces)
            io_interfaces++;
        *io_interfaces = type;
    } else if (!first)
        definition_error(def, node, PE_InterfaceNameExpected);
    else if (is_sealed(type))
        definition_error(def, node, PE_SealedBaseClass);
    else if (type == &type_type || type == &type_array)
        definition_error(def, class->node, PE_TypeCreationError);
    else
        take_base(class, type);
}

static bool read_bases(struct definition *def, struct class *class)
{
    const struct ast *node = class->node;
    const struct type **interfaces = new_items(def, node->count, sizeof *interfaces);
    bool first = true;
    if (!interfaces)
        return false;
    for (uint32_t i = 0; i < node->count; i++)
        if (node->kids[i]->kind == AST_TYPE_CONSTRAINT) {
            read_base(def, class, node->kids[i], first, interfaces);
            first = false;
        }
    class->interfaces = interfaces;
    return true;
}

bool class_define(struct definition *def, const struct ast *node, struct class **ret)
{
    struct class *class = arena_new(&def->in->eval->arena, sizeof *class);
    const char *name = definition_name(def, node, ""), *array = definition_name(def, node, "[]");
    if (!class || !name || !array)
        return throw_memory(def->in);
    class->in = def->in;
    class->node = node;
    class->source = def->source;
    class->type = (struct type){.name = name, .base = &type_object, .type_code = 1, .vector = &class->array};
    class->array = (struct type){.name = array, .base = &type_array, .type_code = 1, .element = &class->type};
    class->type.full = &class->members;
    class->type.class = class;
    take_native(class, &type_object);
    if (!read_bases(def, class) || !definition_add(def, node, &class->type))
        return false;
    class->next = def->in->eval->classes;
    def->in->eval->classes = class;
    return *ret = class, true;
}

// --- Properties
// ---------------------------------------------------------------------------------------------------

struct properties {
    struct property *own, *statics;
    size_t own_count, static_count;
};

static bool zero_of(struct definition *def, const struct type *type, value *ret)
{
    const struct type *at = type;
    while (at && at != &type_value_type)
        at = at->base;
    *ret = value_null;
    if (!at || type_argument(type, 0))
        return true;
    if (type == &type_bool)
        return *ret = value_false, true;
    if (type == &type_switch)
        return *ret = (value){.kind = V_SWITCH}, true;
    if (!type_zero(def->in, type, ret))
        *ret = value_null;
    return value_set(&def->in->thrown, value_null), true;
}

static bool repeats(const struct ast *class, const struct ast *member)
{
    for (uint32_t i = 0; class->kids[i] != member; i++)
        if (class->kids[i]->kind == AST_PROPERTY_MEMBER && same(class->kids[i]->text, member->text))
            return true;
    return false;
}

static bool add_property(struct definition *def, struct class *class, struct properties *to,
                         const struct ast *node)
{
    struct arena *arena = &def->in->eval->arena;
    bool is_static = node->flags & NODE_STATIC;
    struct property *property = is_static ? &to->statics[to->static_count] : &to->own[to->own_count];
    struct field *field = arena_new(arena, sizeof *field);
    const char *name = arena_text(arena, node->text.at, node->text.size);
    if (!field || !name)
        return throw_memory(def->in);
    const struct type *type = node->kids[MEMBER_TYPE] ? type_at(def, node->kids[MEMBER_TYPE]) : NULL;
    *field = (struct field){.type = type ? type : &type_object,
                            .owner = class,
                            .node = has_attribute(node) ? node : NULL,
                            .slot = (uint32_t)(is_static ? 0 : class->slots),
                            .hidden = node->flags & NODE_HIDDEN};
    value *first = is_static ? field->at = arena_new(arena, sizeof *first) : &class->first[class->slots];
    if (!first)
        return throw_memory(def->in);
    *property = (struct property){.name = name, .field = field};
    if (!is_static)
        class->slots++;
    to->static_count += is_static;
    to->own_count += !is_static;
    return zero_of(def, field->type, first);
}

static bool define_properties(struct definition *def, struct class *class)
{
    const struct ast *node = class->node;
    size_t inherited = class->base ? class->base->slots : 0;
    struct properties to = {.own = new_items(def, node->count, sizeof *to.own),
                            .statics = new_items(def, node->count, sizeof *to.statics)};
    class->first = new_items(def, inherited + node->count, sizeof *class->first);
    if (!to.own || !to.statics || !class->first)
        return false;
    for (; class->slots < inherited; class->slots++)
        class->first[class->slots] = value_keep(class->base->first[class->slots]);
    class->type.properties = to.own;
    class->members.static_properties = to.statics;
    for (uint32_t i = 0; i < node->count; i++) {
        const struct ast *kid = node->kids[i];
        if (kid->kind == AST_PROPERTY_MEMBER && repeats(node, kid))
            definition_error(def, kid, PE_MemberAlreadyDefined);
        else if (kid->kind == AST_PROPERTY_MEMBER && !add_property(def, class, &to, kid))
            return false;
    }
    return true;
}

// --- Methods
// ------------------------------------------------------------------------------------------------------

struct methods {
    struct method *own, *statics, *constructors;
    size_t own_count, static_count, constructor_count;
    struct method *all; // in the order written
    size_t count;
};

static const struct ast *constraint_of(const struct ast *parameter)
{
    for (uint32_t i = PARAM_REST; i < parameter->count; i++)
        if (parameter->kids[i]->kind == AST_TYPE_CONSTRAINT)
            return parameter->kids[i];
    return NULL;
}

static const struct type *parameter_type(struct definition *def, const struct ast *parameter)
{
    const struct ast *constraint = constraint_of(parameter);
    if (!constraint)
        return &type_object;
    const struct type *type = type_at(def, constraint);
    const struct ast *name = constraint->kids[ONLY];
    if (!type && (named(name->text, "void") || named(name->text, "System.Void")))
        definition_error(def, constraint, PE_TypeNotAllowedForParameter);
    return type ? type : &type_object;
}

static bool read_parameters(struct definition *def, const struct ast *function, struct made_method *made,
                            struct method *row)
{
    const struct type **types = new_items(def, function->count, sizeof *types);
    const char **names = new_items(def, function->count, sizeof *names);
    if (!types || !names)
        return false;
    for (uint32_t i = FUNC_PARAMS; i < function->count; i++) {
        const struct ast *node = function->kids[i];
        if (node->kind != AST_PARAMETER)
            continue;
        struct ast_text name = node->kids[PARAM_VARIABLE]->text;
        if (made->count == MADE_PARAMETERS)
            return throw_error(def->in, "ScriptTooComplex", CAT_LimitsExceeded, value_null,
                               "A method has more than %d parameters.", MADE_PARAMETERS);
        types[made->count] = parameter_type(def, node);
        if (!(names[made->count] = arena_text(&def->in->eval->arena, name.at, name.size)))
            return throw_memory(def->in);
        made->count++;
    }
    row->parameters = made->types = types;
    made->names = names;
    return true;
}

static bool same_types(const struct made_method *a, const struct made_method *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (a->types[i] != b->types[i])
            return false;
    return true;
}

static bool is_known(const struct methods *to, const struct method *row)
{
    const struct made_method *made = row->made;
    bool constructor = made->node->flags & NODE_CONSTRUCTOR;
    for (size_t i = 0; i < to->count; i++) {
        const struct made_method *other = to->all[i].made;
        if (same(other->node->text, made->node->text) && same_types(other, made) &&
            (other->is_static == made->is_static || !constructor))
            return true;
    }
    return false;
}

static void file_method(struct class *class, struct methods *to, const struct method *row)
{
    bool constructor = row->made->node->flags & NODE_CONSTRUCTOR;
    to->all[to->count++] = *row;
    if (constructor && row->made->is_static)
        class->starter = row->made;
    else if (constructor) {
        to->constructors[to->constructor_count] = *row;
        to->constructors[to->constructor_count++].name = "new";
    } else if (row->made->is_static)
        to->statics[to->static_count++] = *row;
    else
        to->own[to->own_count++] = *row;
}

static bool refused(struct definition *def, const struct methods *to, const struct method *row)
{
    const struct made_method *made = row->made;
    const struct ast *function = made->node->kids[MEMBER_VALUE];
    if (is_known(to, row))
        return definition_error(def, function, PE_MemberAlreadyDefined), true;
    if (made->node->flags & NODE_CONSTRUCTOR && made->is_static && made->count)
        return definition_error(def, function->kids[FUNC_PARAMS], PE_StaticConstructorCantHaveParameters),
               true;
    return false;
}

static bool add_method(struct definition *def, struct class *class, struct methods *to,
                       const struct ast *node)
{
    struct arena *arena = &def->in->eval->arena;
    const struct ast *function = node->kids[MEMBER_VALUE];
    struct made_method *made = arena_new(arena, sizeof *made);
    struct method row = {.name = arena_text(arena, node->text.at, node->text.size), .made = made};
    if (!made || !row.name)
        return throw_memory(def->in);
    *made = (struct made_method){.owner = class,
                                 .node = node,
                                 .is_static = node->flags & NODE_STATIC,
                                 .hidden = node->flags & NODE_HIDDEN};
    if (node->kids[MEMBER_TYPE])
        row.returns = made->returns = type_at(def, node->kids[MEMBER_TYPE]);
    if (node->flags & NODE_CONSTRUCTOR)
        row.returns = &class->type;
    if (!read_parameters(def, function, made, &row))
        return false;
    if (refused(def, to, &row))
        return true;
    if (!block_new(def->in, def->source, function->kids[FUNC_BODY], function, &made->block))
        return false;
    return file_method(class, to, &row), true;
}

static bool has_default_constructor(const struct type *type)
{
    const struct method *row = type_constructors(type);
    if (!row || !row->name)
        return true;
    for (; row->name; row++)
        if (!(row->made ? row->made->count > 0 : method_parameters(row)[0] != NULL))
            return true;
    return false;
}

// The constructor that nobody wrote.
static bool add_default(struct definition *def, struct class *class, struct methods *to)
{
    struct made_method *made = new_items(def, 1, sizeof *made);
    const struct type **none = new_items(def, 1, sizeof *none);
    if (!has_default_constructor(class->type.base))
        return definition_error(def, class->node, PE_BaseClassNoDefaultCtor), true;
    if (!made || !none)
        return false;
    *made = (struct made_method){.owner = class, .types = none};
    to->constructors[to->constructor_count++] =
        (struct method){.name = "new", .returns = &class->type, .made = made};
    return true;
}

static bool define_methods(struct definition *def, struct class *class)
{
    const struct ast *node = class->node;
    size_t size = sizeof(struct method), most = node->count + 1;
    struct methods to = {.own = new_items(def, most, size),
                         .statics = new_items(def, most, size),
                         .constructors = new_items(def, most, size),
                         .all = new_items(def, most, size)};
    if (!to.own || !to.statics || !to.constructors || !to.all)
        return false;
    class->members.methods = to.own;
    class->members.statics = to.statics;
    class->members.constructors = to.constructors;
    for (uint32_t i = 0; i < node->count; i++)
        if (node->kids[i]->kind == AST_FUNCTION_MEMBER && !add_method(def, class, &to, node->kids[i]))
            return false;
    return to.constructor_count || add_default(def, class, &to);
}

// What methods name must be known as well; types of .NET that jesh lacks are told where they are used.
static bool check_name(const struct ast *node, void *context)
{
    struct definition *def = context;
    if (node->kind == AST_SCRIPT_BLOCK_EXPRESSION)
        return false;
    if (node->kind == AST_FUNCTION_DEFINITION && node->parent->kind != AST_FUNCTION_MEMBER)
        return false;
    if ((node->kind != AST_TYPE_EXPRESSION && node->kind != AST_TYPE_CONSTRAINT) ||
        node->parent->kind == AST_PROPERTY_MEMBER || node->parent->kind == AST_FUNCTION_MEMBER ||
        node->parent->kind == AST_PARAMETER)
        return true;
    const struct ast *name = node->kids[ONLY];
    const char *text = def->source->text + name->start;
    bool plain = !memchr(text, '.', name->end - name->start) && !named(name->text, "void");
    if (plain && !type_named_at(def->in, name, text, name->end - name->start) &&
        !opaque_find(text, name->end - name->start, 0))
        definition_error(def, name, PE_TypeNotFound);
    return true;
}

static void check_names(struct definition *def, const struct ast *class)
{
    for (uint32_t i = 0; i < class->count; i++)
        if (class->kids[i]->kind == AST_FUNCTION_MEMBER || class->kids[i]->kind == AST_PROPERTY_MEMBER)
            ast_walk(class->kids[i], check_name, def);
}

bool class_define_members(struct definition *def, struct class *class)
{
    check_names(def, class->node);
    if (!define_properties(def, class) || !define_methods(def, class))
        return false;
    class_set_behaviour(class);
    if (!class_fulfils(class))
        definition_error(def, class->node, PE_TypeCreationError);
    return true;
}
