// Types made at run time: List[int], Dictionary[string,int[]], int[,], int[][].
#include "interp/value/made.h"

#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "interp/eval/interp.h"
#include "interp/value/delegate.h"
#include "interp/value/line.h"
#include "interp/value/objects.h"
#include "interp/value/opaque.h"
#include "interp/value/set.h"
#include "interp/value/type-facts.h"

enum { NAME_SIZE = 512, FULL_SIZE = 1024 };
struct made {
    struct type type;
    struct made *next;
    size_t rank;
    const struct type *arguments[TYPE_ARGUMENTS + 1];
    char name[NAME_SIZE], shown[NAME_SIZE], full[FULL_SIZE];
};
struct made_types {
    struct made *first;
};

#define GENERIC_FULL(symbol) extern const struct type_members full_##symbol;
GENERIC_FULL(list)
GENERIC_FULL(collection)
GENERIC_FULL(dictionary)
GENERIC_FULL(sorted_dictionary)
GENERIC_FULL(hash_set)
GENERIC_FULL(sorted_set)
GENERIC_FULL(linked_list)
GENERIC_FULL(queue)
GENERIC_FULL(stack)
GENERIC_FULL(tuple)
GENERIC_FULL(value_tuple)
GENERIC_FULL(array)
GENERIC_FULL(delegate)
GENERIC_FULL(key_value_pair)

#define LIKE(symbol) .full = &full_##symbol
#define FIELDS .size = sizeof(struct fields), .release = fields_release
#define DELEGATE .base = &type_multicast_delegate, .full = &full_delegate, FIELDS
#define LINE(symbol) LIKE(symbol), .size = sizeof(struct line), .release = line_release
#define SET(symbol) LIKE(symbol), .size = sizeof(struct set), .release = set_release
#define TUPLE(symbol) LIKE(symbol), FIELDS, .to_string = tuple_to_string, .equal = tuple_equal
#define PAIR                                                                                                 \
    LIKE(key_value_pair), .base = &type_value_type, .size = sizeof(struct pair), .release = pair_release,    \
                          .to_string = pair_to_string, .properties = key_value_properties
#define GENERIC(full_name, fewest, most, ...) {full_name, fewest, most, {__VA_ARGS__}},
static const struct {
    const char *name;
    size_t fewest, most;
    struct type like;
} definitions[] = {
#include "interp/value/generics.def"
};

static const struct type *const known[] = {&type_list, &type_list_string, &type_collection,
                                           &type_string_collection, &type_dictionary};

// Classes of several texts may have one name.
static bool same_parts(const struct type *made, const struct type *like)
{
    bool same = made->element == like->element && !made->of == !like->of;
    for (size_t i = 0; same && type_argument(made, i); i++)
        same = made->of[i] == like->of[i];
    return same; // one name has one number of arguments
}

static const struct type *find_made(struct interp *in, const char *name, const struct type *like)
{
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (!strcmp(known[i]->name, name))
            return known[i];
    for (struct made *made = in->made ? in->made->first : NULL; made; made = made->next)
        if (!strcmp(made->name, name) && same_parts(&made->type, like))
            return &made->type;
    return NULL;
}

static void name_in_full(struct made *made)
{
    struct buf full = BUF_INIT;
    if (!type_argument(&made->type, 0))
        return;
    type_add_full_name(&made->type, &full);
    if (full.size < FULL_SIZE) {
        memcpy(made->full, buf_text(&full), full.size + 1);
        made->type.full_name = made->full;
    }
    buf_free(&full);
}

static const struct type *add(struct interp *in, const struct type *like, const char *name, const char *shown,
                              size_t rank)
{
    if (!in->made && !(in->made = mem_new(1, sizeof *in->made)))
        return throw_memory(in), NULL;
    struct made *made = mem_new(1, sizeof *made);
    if (!made)
        return throw_memory(in), NULL;
    made->type = *like;
    for (size_t i = 0; type_argument(like, i); i++)
        made->arguments[i] = like->of[i];
    made->type.of = like->of ? made->arguments : NULL;
    made->rank = rank;
    strncpy(made->name, name, NAME_SIZE - 1);
    strncpy(made->shown, shown ? shown : "", NAME_SIZE - 1);
    made->type.name = made->name;
    made->type.shorthand = shown ? made->shown : NULL;
    made->type.type_code = 1;
    name_in_full(made);
    made->next = in->made->first;
    in->made->first = made;
    return &made->type;
}

void made_types_free(struct interp *in)
{
    while (in->made && in->made->first) {
        struct made *made = in->made->first;
        in->made->first = made->next;
        mem_free(made, sizeof *made);
    }
    mem_free(in->made, sizeof *in->made);
    in->made = NULL;
}

size_t type_rank(const struct type *type)
{
    size_t size = strlen(type->name), commas = 0;
    while (size > 1 && type->name[size - 2 - commas] == ',')
        commas++;
    return commas + 1;
}

// Arrays of made types and of arrays, which types.def has no row for.
static const struct type *make_array(struct interp *in, const struct type *element, size_t rank)
{
    if (rank == 1 && element->vector)
        return element->vector;
    struct buf name = BUF_INIT, shown = BUF_INIT;
    buf_printf(&name, "%s[", element->name);
    buf_add_text(&shown, type_display(element));
    if (element->element && element->element->shorthand)
        buf_clear(&shown), buf_printf(&shown, "%s[]", element->element->shorthand);
    buf_add_char(&shown, '[');
    buf_add_repeat(&name, ',', rank - 1);
    buf_add_repeat(&shown, ',', rank - 1);
    buf_add_char(&name, ']');
    buf_add_char(&shown, ']');
    struct type like = {.base = &type_array, .element = element};
    const struct type *found = find_made(in, buf_text(&name), &like);
    if (!found && name.size < NAME_SIZE && shown.size < NAME_SIZE)
        found = add(in, &like, buf_text(&name), buf_text(&shown), rank);
    if (found && rank == 1 && element != found) {
        for (struct made *made = in->made->first; made; made = made->next)
            if (&made->type == element)
                made->type.vector = found;
    }
    buf_free(&name);
    buf_free(&shown);
    return found;
}

static size_t definition_of(const char *name, size_t size)
{
    size_t i = 0;
    const char *tick = memchr(name, '`', size);
    if (tick)
        size = (size_t)(tick - name);
    for (; i < sizeof definitions / sizeof *definitions; i++) {
        const char *own = definitions[i].name;
        if (strlen(own) == size && utf8_same_ignore_case(own, size, name, size))
            break;
        if (strlen(own) == size + 7 && utf8_same_ignore_case(own + 7, size, name, size))
            break;
    }
    return i;
}

static const struct type *make_generic(struct interp *in, size_t definition,
                                       const struct type *const *arguments, size_t count)
{
    if (count < definitions[definition].fewest || count > definitions[definition].most)
        return NULL;
    struct buf name = BUF_INIT, shown = BUF_INIT;
    buf_printf(&name, "%s`%zu[", definitions[definition].name, count);
    buf_printf(&shown, "%s[", definitions[definition].name);
    struct type like = definitions[definition].like;
    const struct type *own[TYPE_ARGUMENTS + 1] = {NULL};
    like.of = own;
    if (!like.base && !like.interface)
        like.base = &type_object;
    if (like.to_string == tuple_to_string)
        like.properties = tuple_properties_of(count, like.base == &type_value_type);
    for (size_t i = 0; i < count; i++) {
        buf_printf(&name, "%s%s", i ? "," : "", arguments[i]->name);
        buf_printf(&shown, "%s%s%s", i ? "," : "",
                   arguments[i]->element ? type_display(arguments[i]->element) : type_display(arguments[i]),
                   arguments[i]->element ? "[]" : "");
        own[i] = arguments[i];
    }
    buf_add_char(&name, ']');
    buf_add_char(&shown, ']');
    const struct type *found = find_made(in, buf_text(&name), &like);
    if (!found && name.size < NAME_SIZE && shown.size < NAME_SIZE)
        found = add(in, &like, buf_text(&name), buf_text(&shown), 0);
    buf_free(&name);
    buf_free(&shown);
    return found;
}

// What has a number and no arguments is the definition of those that have.
static const struct type *make_definition(struct interp *in, size_t definition, size_t count)
{
    struct type like = {.base = definitions[definition].like.base};
    if (count < definitions[definition].fewest || count > definitions[definition].most)
        return NULL;
    like.interface = definitions[definition].like.interface;
    if (!like.base && !like.interface)
        like.base = &type_object;
    struct buf name = BUF_INIT;
    buf_printf(&name, "%s`%zu", definitions[definition].name, count);
    const struct type *found = find_made(in, buf_text(&name), &like);
    if (!found)
        found = add(in, &like, buf_text(&name), buf_text(&name), 0);
    buf_free(&name);
    return found;
}

const struct type *generic_definition(struct interp *in, const char *name, size_t size)
{
    const char *tick = memchr(name, '`', size);
    size_t definition = definition_of(name, size);
    if (!tick || tick + 2 != name + size || tick[1] < '1' || tick[1] > '9' ||
        definition == sizeof definitions / sizeof *definitions)
        return NULL;
    return make_definition(in, definition, (size_t)(tick[1] - '0'));
}

bool type_is_definition(const struct type *type)
{
    size_t size = strlen(type->name);
    return size > 2 && type->name[size - 2] == '`' && !type_argument(type, 0) &&
           definition_of(type->name, size) < sizeof definitions / sizeof *definitions;
}

const struct type *made_interface(struct interp *in, const char *name)
{
    struct type like = {.interface = true};
    const struct type *found = find_made(in, name, &like);
    return found || strlen(name) >= NAME_SIZE ? found : add(in, &like, name, name, 0);
}

const struct type *generic_close(struct interp *in, const struct type *definition,
                                 const struct type *const *arguments, size_t count)
{
    size_t size = strlen(definition->name);
    if (count != (size_t)(definition->name[size - 1] - '0'))
        return NULL;
    return make_generic(in, definition_of(definition->name, size), arguments, count);
}

const struct type *generic_opened(struct interp *in, const struct type *made)
{
    const char *open = strchr(made->name, '[');
    if (type_is_definition(made))
        return made;
    return open && type_argument(made, 0) ? generic_definition(in, made->name, (size_t)(open - made->name))
                                      : NULL;
}

const struct type *generic_of(struct interp *in, const char *name, const struct type *const *arguments,
                              size_t count)
{
    const struct type *made = make_generic(in, definition_of(name, strlen(name)), arguments, count);
    if (!made && value_is_null(in->thrown))
        throw_error(in, "TypeNameTooLong", CAT_LimitsExceeded, value_null,
                    "A %s of these types would have a name of more than %d bytes.", name, NAME_SIZE - 1);
    return made;
}

// The bracket that the last one closes; NULL: none.
static const char *opening(const char *name, size_t size)
{
    size_t depth = 0;
    for (size_t i = size; i-- > 0;) {
        if (name[i] == ']')
            depth++;
        if (name[i] == '[' && --depth == 0)
            return name + i;
    }
    return NULL;
}

const struct type *type_opaque(struct interp *in, const char *name, size_t size, size_t arity)
{
    const struct opaque *row = opaque_find(name, size, arity);
    const struct type like = {.base = &type_object};
    const struct type *found = row ? find_made(in, row->name, &like) : NULL;
    return found || !row ? found : add(in, &like, row->name, row->shorthand, 0);
}

// Where programs get at no member of it, a type need not be more than its name.
static const struct type *only_named(struct interp *in, const char *name, size_t size, size_t arity)
{
    return mode_gate(in->mode, GATE_CREATE_TYPE) ? type_opaque(in, name, size, arity) : NULL;
}

// An argument may stand in brackets of its own, with its assembly behind a comma.
static const struct type *argument_named(struct interp *in, const char *name, size_t size)
{
    size_t depth = 0, end = 1;
    while (size && name[size - 1] == ' ')
        size--;
    if (size < 2 || name[0] != '[' || name[size - 1] != ']')
        return type_find_in(in, name, size);
    for (; end < size - 1 && (depth || name[end] != ','); end++)
        depth += (name[end] == '[') - (name[end] == ']');
    return type_find_in(in, name + 1, end - 1);
}

static const struct type *find_arguments(struct interp *in, const char *name, size_t name_size,
                                         const char *at, const char *end)
{
    const struct type *arguments[TYPE_ARGUMENTS];
    size_t count = 0, depth = 0, definition = definition_of(name, name_size);
    const char *start = at;
    for (; at <= end; at++) {
        if (at < end && *at == '[')
            depth++;
        if (at < end && *at == ']')
            depth--;
        if (at < end && (depth || *at != ','))
            continue;
        while (start < at && *start == ' ')
            start++;
        if (count == TYPE_ARGUMENTS || !(arguments[count++] = argument_named(in, start, (size_t)(at - start))))
            return NULL;
        start = at + 1;
    }
    if (definition == sizeof definitions / sizeof *definitions)
        return only_named(in, name, name_size, count);
    return make_generic(in, definition, arguments, count);
}

const struct type *type_find_in(struct interp *in, const char *name, size_t size)
{
    const struct type *plain = in->find_type ? in->find_type(in, name, size) : NULL;
    if (!plain)
        plain = type_find(name, size);
    if (!plain)
        plain = type_accelerated(in, name, size);
    if (!plain && !mode_gate(in->mode, GATE_CREATE_TYPE))
        plain = generic_definition(in, name, size);
    if (plain || !size || name[size - 1] != ']')
        return plain ? plain : only_named(in, name, size, 0);
    const char *open = opening(name, size);
    if (!open || open == name)
        return NULL;
    size_t inside = (size_t)(name + size - 1 - open - 1);
    if (strspn(open + 1, ", ") < inside)
        return find_arguments(in, name, (size_t)(open - name), open + 1, name + size - 1);
    const struct type *element = type_find_in(in, name, (size_t)(open - name));
    return element ? make_array(in, element, inside + 1) : NULL;
}
