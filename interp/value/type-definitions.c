#include "interp/value/type-definitions.h"

#include <string.h>

#include "base/utf8.h"
#include "interp/eval/interp.h"
#include "interp/value/types-rows.h"

static const struct definition {
    const char *type;
    enum definition_kind kind;
    const char *name, *lines;
} definitions[] = {
#define DEFINED(type, kind, name, lines) {type, DEFINED_##kind, name, lines},
#include "interp/value/definitions-collections.def"
#include "interp/value/definitions-numbers.def"
#include "interp/value/definitions-others.def"
#include "interp/value/definitions-powershell.def"
#include "interp/value/definitions-texts.def"
#undef DEFINED
};
enum { DEFINITIONS = sizeof definitions / sizeof *definitions };

// A generic type is listed by its definition.
static bool is_of(const struct definition *definition, const struct type *type)
{
    size_t size = type_argument(type, 0) && !type->element ? strcspn(type->name, "[") : strlen(type->name);
    return !strncmp(definition->type, type->name, size) && !definition->type[size];
}

static size_t first_of(const struct type *type)
{
    size_t i = 0;
    while (i < DEFINITIONS && !is_of(&definitions[i], type))
        i++;
    return i;
}

bool type_is_defined(const struct type *type)
{
    return type && type_defined_name(type, DEFINED_M, 0);
}

const char *type_defined_name(const struct type *type, enum definition_kind kind, size_t n)
{
    type = type->enumeration ? &type_enum : type;
    for (size_t i = first_of(type); i < DEFINITIONS && is_of(&definitions[i], type); i++)
        if (definitions[i].kind == kind && n-- == 0)
            return definitions[i].name;
    return NULL;
}

// As signatures write a type: System.Object in full, without its namespace where it is part of a name.
static const char *shown(const struct type *type, bool brief)
{
    const char *name = type == &type_object ? "System.Object" : type_display(type), *dot = strrchr(name, '.');
    return brief && dot && !strchr(name, '[') ? dot + 1 : name;
}

static void add_line(const struct type *type, const char *line, size_t size, struct buf *out)
{
    for (size_t i = 0; i < size; i++) {
        const struct type *argument =
            line[i] >= 1 && line[i] <= 4 ? type_argument(type, (size_t)(line[i] - 1) % 2) : NULL;
        if (argument)
            buf_add_text(out, shown(argument, line[i] > 2));
        else
            buf_add_char(out, line[i]);
    }
}

static size_t lines_in(const char *text)
{
    size_t n = 1;
    for (; *text; text++)
        n += *text == '\n';
    return n;
}

static bool split(struct interp *in, const struct type *type, const char *text, value *ret)
{
    size_t count = lines_in(text);
    if (!array_of(in, STR, count, ret))
        return false;
    for (size_t i = 0; i < count; i++) {
        struct buf line = BUF_INIT;
        size_t size = strcspn(text, "\n");
        add_line(type, text, size, &line);
        if (!buf_take(in, &line, &ret->array->items[i]))
            return value_drop(*ret), false;
        text += size + 1;
    }
    return true;
}

bool type_definition(struct interp *in, const struct type *type, enum definition_kind kind, const char *name,
                     value *ret, bool *ret_found)
{
    size_t size = strlen(name);
    type = type && type->enumeration ? &type_enum : type;
    size_t i = type ? first_of(type) : DEFINITIONS;
    for (; i < DEFINITIONS && is_of(&definitions[i], type); i++) {
        const struct definition *d = &definitions[i];
        if (d->kind == kind && utf8_same_ignore_case(d->name, strlen(d->name), name, size))
            return *ret_found = true, split(in, type, d->lines, ret);
    }
    return *ret_found = false, true;
}
