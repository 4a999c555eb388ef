// [Parameter(Mandatory)] and the like as objects. jesh-full alone.
#include "interp/eval/attribute.h"

#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "interp/eval/type-definition.h"
#include "interp/value/exceptions.h"
#include "interp/value/types.h"

struct making {
    struct interp *in;
    struct source *source;
    const struct ast *node;
};

static bool fail(struct making *m, const struct ast *node, const char *id, const char *text,
                 struct ast_text name)
{
    const struct code place = {.source = m->source};
    throw_error(m->in, id, CAT_InvalidOperation, value_null, "%s: '%.*s'.", text, (int)name.size, name.at);
    error_place(m->in->thrown, &place, node->start);
    return false;
}

static bool is_attribute(const struct type *type)
{
    for (; type; type = type->base)
        if (type == &type_attribute)
            return true;
    return false;
}

static const struct type *with(struct interp *in, const char *before, const char *name, size_t size,
                               const char *after)
{
    struct buf whole = BUF_INIT;
    buf_printf(&whole, "%s%.*s%s", before, (int)size, name, after);
    const struct type *type = whole.failed ? NULL : type_named(in, buf_text(&whole), whole.size);
    buf_free(&whole);
    return is_attribute(type) ? type : NULL;
}

// The name may leave out "Attribute" and the namespace that PowerShell's own have.
const struct type *attribute_type(struct interp *in, const char *name, size_t size)
{
    static const char space[] = "System.Management.Automation.";
    const struct type *type = with(in, "", name, size, "");
    if (!type)
        type = with(in, "", name, size, "Attribute");
    if (!type)
        type = with(in, space, name, size, "Attribute");
    return type ? type : with(in, space, name, size, "");
}

static size_t positional_count(const struct ast *node)
{
    size_t count = 0;
    for (uint32_t i = ATTR_REST; i < node->count; i++)
        count += node->kids[i]->kind != AST_NAMED_ATTRIBUTE_ARGUMENT;
    return count;
}

// What a constructor refuses is inside of what the text's author gets to see.
static bool not_constructed(struct making *m, const struct type *type)
{
    struct interp *in = m->in;
    const struct code place = {.source = m->source};
    value old = in->thrown;
    if (old.kind == V_ERROR && !type->class)
        error_place(old, &place, m->node->start);
    if (old.kind != V_ERROR || type->class || old.error->category == CAT_MetadataError ||
        old.error->category == CAT_LimitsExceeded)
        return false;
    in->thrown = value_null;
    throw_error(in, "ExceptionConstructingAttribute", CAT_InvalidOperation, value_null, "%s",
                value_text(old.error->message));
    bool ok = in->thrown.kind == V_ERROR && exception_facts(in, in->thrown.error) &&
              exception_facts(in, old.error) && error_carry(in, old.error);
    if (ok && in->thrown.error->exception.kind == V_OBJECT)
        value_set(&((struct exception *)in->thrown.error->exception.object)->inner, old.error->exception);
    if (in->thrown.kind == V_ERROR)
        error_place(in->thrown, &place, m->node->start);
    return value_drop(old), false;
}

static bool construct(struct making *m, const struct type *type, value *ret)
{
    size_t count = positional_count(m->node), at = 0;
    value args;
    if (!array_new(m->in, count, &args))
        return false;
    bool ok = true;
    for (uint32_t i = ATTR_REST; ok && i < m->node->count; i++)
        if (m->node->kids[i]->kind != AST_NAMED_ATTRIBUTE_ARGUMENT)
            ok = constant_value(m->in, m->source, m->node->kids[i], &args.array->items[at++]);
    if (ok)
        ok = type_construct(m->in, type, args.array->items, count, ret) || not_constructed(m, type);
    return value_drop(args), ok;
}

static bool has_property(const struct type *type, struct ast_text name)
{
    for (; type; type = type->base)
        for (const struct property *p = type->properties; p && p->name; p++)
            if (p->set && utf8_same_ignore_case(p->name, strlen(p->name), name.at, name.size))
                return true;
    return false;
}

static bool name_it(struct making *m, value attribute, const struct ast *argument)
{
    value v = value_true;
    bool given = !(argument->flags & NODE_OMITTED) && argument->kids[ONLY];
    bool made = attribute.object->type->size == sizeof(struct attribute) &&
                !has_property(attribute.object->type, argument->text);
    if (made)
        return fail(m, argument, "PropertyNotFoundForType", "The attribute has no such property",
                    argument->text);
    if (given && !constant_value(m->in, m->source, argument->kids[ONLY], &v))
        return false;
    bool ok = member_set(m->in, attribute, argument->text.at, argument->text.size, v);
    return value_drop(v), ok;
}

bool attribute_make(struct interp *in, struct source *source, const struct ast *node, value *ret)
{
    struct making m = {in, source, node};
    value attribute;
    if (node->kind == AST_TYPE_CONSTRAINT) {
        const struct ast *name = node->kids[ONLY];
        const struct type *type = type_named(in, source->text + name->start, name->end - name->start);
        struct ast_text text = {source->text + name->start, name->end - name->start};
        return type ? converter_new(in, type, ret)
                    : fail(&m, name, "TypeNotFound", "There is no such type", text);
    }
    struct ast_text name = node->kids[ATTR_TYPE]->text;
    const struct type *type = attribute_type(in, name.at, name.size);
    if (!type)
        return fail(&m, node, "CustomAttributeTypeNotFound", "There is no such attribute", name);
    if (!construct(&m, type, &attribute))
        return false;
    for (uint32_t i = ATTR_REST; i < node->count; i++)
        if (node->kids[i]->kind == AST_NAMED_ATTRIBUTE_ARGUMENT && !name_it(&m, attribute, node->kids[i]))
            return value_drop(attribute), false;
    return *ret = attribute, true;
}
