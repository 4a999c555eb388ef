// Classes: which attributes there are and where they may stand, and what a DSC resource must have.
#include <string.h>

#include "base/utf8.h"
#include "syntax/check-internal.h"

enum target {
    ON_CLASS = 1 << 0,
    ON_ENUM = 1 << 1,
    ON_PROPERTY = 1 << 2,
    ON_METHOD = 1 << 3,
    ON_CONSTRUCTOR = 1 << 4,
    ON_PARAMETER = 1 << 5,
    ANYWHERE = (1 << 6) - 1,
};

static const struct {
    const char *name;
    unsigned targets;
} attributes[] = {
#define ATTRIBUTE(name, targets) {name, targets},
#include "syntax/attributes.def"
#undef ATTRIBUTE
};

static struct ast_text without_suffix(struct ast_text name)
{
    static const char suffix[] = "Attribute";
    size_t size = sizeof suffix - 1;
    if (name.size > size && utf8_same_ignore_case(name.at + name.size - size, size, suffix, size))
        name.size -= size;
    return name;
}

static bool is_attribute(struct ast_text name, const char *wanted)
{
    static const char automation[] = "System.Management.Automation.";
    size_t size = sizeof automation - 1;
    name = without_suffix(name);
    if (same_name(name, wanted))
        return true;
    return name.size > size && utf8_same_ignore_case(name.at, size, automation, size) &&
           same_name((struct ast_text){name.at + size, name.size - size}, wanted);
}

bool is_known_attribute(struct ast_text name)
{
    struct ast_text bare = without_suffix(name);
    for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++)
        if (same_name(bare, attributes[i].name))
            return true;
    return memchr(bare.at, '.', bare.size) != NULL;
}

static unsigned target_of(const struct check *check, const struct ast *attribute)
{
    const struct ast *parent = attribute->parent;
    switch (parent->kind) {
    case AST_TYPE_DEFINITION:
        return parent->op == TOK_ENUM ? ON_ENUM : ON_CLASS;
    case AST_PROPERTY_MEMBER:
        return ON_PROPERTY;
    case AST_FUNCTION_MEMBER:
        return parent->flags & NODE_CONSTRUCTOR ? ON_CONSTRUCTOR : ON_METHOD;
    case AST_PARAMETER:
        return check->member ? ON_PARAMETER : 0;
    default:
        return 0;
    }
}

void check_attribute_place(struct check *check, const struct ast *attribute)
{
    unsigned target = target_of(check, attribute);
    struct ast_text name = attribute->kids[ATTR_TYPE]->text;
    for (size_t i = 0; target && i < sizeof attributes / sizeof *attributes; i++)
        if (!(attributes[i].targets & target) && is_attribute(name, attributes[i].name))
            complain(check, attribute, PE_AttributeNotAllowedOnDeclaration);
}

// --- DSC resources
// -------------------------------------------------------------------------------------------------

struct resource {
    struct check *check;
    const struct ast *type;
    bool set, get, test, key, constructor, plain_constructor;
};

static const struct ast *attribute_of(const struct ast *node, uint32_t first, const char *name)
{
    for (uint32_t i = first; i < node->count; i++)
        if (node->kids[i] && node->kids[i]->kind == AST_ATTRIBUTE &&
            is_attribute(node->kids[i]->kids[ATTR_TYPE]->text, name))
            return node->kids[i];
    return NULL;
}

static bool is_false(const struct ast *node)
{
    return node && node->kind == AST_VARIABLE_EXPRESSION && same_name(node->text, "false");
}

static bool says_key(const struct ast *attribute)
{
    for (uint32_t i = ATTR_REST; i < attribute->count; i++) {
        const struct ast *named = attribute->kids[i];
        if (named->kind == AST_NAMED_ATTRIBUTE_ARGUMENT && same_name(named->text, "Key"))
            return !is_false(named->count ? named->kids[ONLY] : NULL);
    }
    return false;
}

static bool is_key_type(const struct ast *constraint)
{
    static const char *const names[] = {"string", "int",    "byte",   "sbyte",  "int16",
                                        "int32",  "int64",  "short",  "ushort", "uint",
                                        "uint16", "uint32", "uint64", "long",   "ulong"};
    for (size_t i = 0; constraint && i < sizeof names / sizeof *names; i++)
        if (is_type_named(constraint->kids[ONLY], names[i]))
            return true;
    return false;
}

static void see_property(struct resource *resource, const struct ast *member)
{
    const struct ast *attribute = attribute_of(member, MEMBER_REST, "DscProperty");
    if (!attribute || !says_key(attribute))
        return;
    resource->key = true;
    if (!is_key_type(member->kids[MEMBER_TYPE]))
        complain(resource->check, member, PE_DscResourceInvalidKeyProperty);
}

static void see_get(struct resource *resource, const struct ast *member)
{
    const struct ast *type = member->kids[MEMBER_TYPE];
    resource->get = true;
    if (!type || !utf8_same_ignore_case(type->kids[ONLY]->text.at, type->kids[ONLY]->text.size,
                                        resource->type->text.at, resource->type->text.size))
        complain(resource->check, member, PE_DscResourceInvalidGetMethod);
}

static void see_method(struct resource *resource, const struct ast *member)
{
    const struct ast *type = member->kids[MEMBER_TYPE];
    bool plain = member->kids[MEMBER_VALUE]->count <= FUNC_PARAMS;
    if (member->flags & NODE_CONSTRUCTOR) {
        resource->constructor |= !(member->flags & NODE_STATIC);
        resource->plain_constructor |= plain && !(member->flags & NODE_STATIC);
    } else if (plain && same_name(member->text, "Set")) {
        resource->set |= is_void_method(member);
    } else if (plain && same_name(member->text, "Get")) {
        see_get(resource, member);
    } else if (plain && same_name(member->text, "Test")) {
        resource->test |=
            type && (is_type_named(type->kids[ONLY], "bool") || is_type_named(type->kids[ONLY], "Boolean"));
    }
}

static const struct ast *defined(const struct ast *node, struct ast_text name)
{
    while (node->parent)
        node = node->parent;
    for (uint32_t i = SB_DYNAMICPARAM; i < SB_REST; i++)
        for (uint32_t j = 0; node->kids[i] && j < node->kids[i]->count; j++) {
            const struct ast *found = node->kids[i]->kids[j];
            if (found->kind == AST_TYPE_DEFINITION &&
                utf8_same_ignore_case(found->text.at, found->text.size, name.at, name.size))
                return found;
        }
    return NULL;
}

static void see_members(struct resource *resource, const struct ast *type, int depth)
{
    for (uint32_t i = 0; i < type->count; i++) {
        if (type->kids[i]->kind == AST_PROPERTY_MEMBER)
            see_property(resource, type->kids[i]);
        else if (type->kids[i]->kind == AST_FUNCTION_MEMBER &&
                 (type == resource->type || !(type->kids[i]->flags & NODE_CONSTRUCTOR)))
            see_method(resource, type->kids[i]);
    }
    for (uint32_t i = 0; i < type->count && depth < 16; i++) {
        const struct ast *base = type->kids[i]->kind == AST_TYPE_CONSTRAINT
                                     ? defined(type, type->kids[i]->kids[ONLY]->text)
                                     : NULL;
        if (base)
            see_members(resource, base, depth + 1);
    }
}

void check_resource(struct check *check, const struct ast *type)
{
    struct resource resource = {.check = check, .type = type};
    const struct ast *attribute = attribute_of(type, 0, "DscResource");
    if (!attribute)
        return;
    see_members(&resource, type, 0);
    if (!resource.set)
        complain(check, attribute, PE_DscResourceMissingSetMethod);
    if (!resource.get)
        complain(check, attribute, PE_DscResourceMissingGetMethod);
    if (!resource.test)
        complain(check, attribute, PE_DscResourceMissingTestMethod);
    if (resource.constructor && !resource.plain_constructor)
        complain(check, attribute, PE_DscResourceMissingDefaultConstructor);
    if (!resource.key)
        complain(check, attribute, PE_DscResourceMissingKeyProperty);
}
