// Finding a method, choosing between overloads, calling.
#include "interp/value/method.h"
#include "interp/value/made.h"
#include "interp/value/operate.h"

#include <stdarg.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "interp/eval/interp.h"
#include "interp/value/class.h"
#include "interp/value/enum.h"
#include "interp/value/exceptions.h"
#include "interp/value/gate.h"
#include "interp/value/member-info.h"
#include "interp/value/objects.h"
#include "interp/value/reflection.h"
#include "interp/value/types.h"

const struct type *const no_types[] = {NULL};

static bool named(const char *own, const char *name, size_t size)
{
    return (own[0] | 32) == (name[0] | 32) && strlen(own) == size &&
           utf8_same_ignore_case(own, size, name, size);
}

static size_t parameter_count(const struct method *method)
{
    const struct type *const *types = method_parameters(method);
    size_t n = 0;
    while (types[n])
        n++;
    return n;
}

static bool same_signature(const struct method *a, const struct method *b)
{
    size_t count = parameter_count(a);
    if (count != parameter_count(b))
        return false;
    for (size_t i = 0; i < count; i++)
        if (method_parameters(a)[i] != method_parameters(b)[i])
            return false;
    return true;
}

static bool is_hidden(const struct overloads *found, const struct method *row)
{
    for (size_t i = 0; i < found->count; i++)
        if (same_signature(found->rows[i], row))
            return true;
    return false;
}

static void gather(const struct method *rows, const char *name, size_t size, struct overloads *ret)
{
    for (; rows && rows->name; rows++)
        if (named(rows->name, name, size) && ret->count < sizeof ret->rows / sizeof *ret->rows &&
            !is_hidden(ret, rows))
            ret->rows[ret->count++] = rows;
}

enum side { INSTANCE, STATIC };

// Overloads gather along the chain, those of the derived type first; a signature that it has again hides the
// base's.
static void find(const struct type *type, enum side table, const char *name, size_t size,
                 struct overloads *ret)
{
    const struct type *of = type;
    ret->count = 0;
    for (; type && size; type = type->base)
        if (type->full)
            gather(table == STATIC ? type->full->statics : type->full->methods, name, size, ret);
    if (of == &type_runtime_type && table == INSTANCE)
        gather(reflection_methods, name, size, ret);
    if (!ret->count && size && table == INSTANCE)
        gather(type_object.full->methods, name, size, ret);
}

// --- The choice
// --------------------------------------------------------------------------------------------------

struct candidate {
    const struct method *method;
    size_t parameters;
    bool expanded;
    enum rank ranks[16];
};

static const struct type *parameter_type(const struct candidate *candidate, size_t at)
{
    if (!candidate->expanded || at + 1 < candidate->parameters)
        return method_parameters(candidate->method)[at];
    return method_parameters(candidate->method)[candidate->parameters - 1]->element;
}

static bool rank_all(struct candidate *candidate, const value *args, size_t count)
{
    bool all = true;
    for (size_t i = 0; i < count && i < 16; i++) {
        candidate->ranks[i] = conversion_rank(args[i], parameter_type(candidate, i));
        all &= candidate->ranks[i] != RANK_NONE;
    }
    return all;
}

// Where every rank is the same: the most specific type that loses nothing, else the most general one.
static int prefer(const struct candidate *a, const struct candidate *b, size_t count)
{
    int score = 0, weight = (int)count;
    for (size_t i = 0; i < count && i < 16; i++, weight--) {
        const struct type *left = parameter_type(a, i), *right = parameter_type(b, i);
        bool lossless = a->ranks[i] >= RANK_NUMERIC_IMPLICIT;
        if (left == right || a->ranks[i] < RANK_NULL_TO_VALUE || b->ranks[i] < RANK_NULL_TO_VALUE ||
            lossless != (b->ranks[i] >= RANK_NUMERIC_IMPLICIT))
            continue;
        enum rank to_right = conversion_rank_types(left, right), to_left = conversion_rank_types(right, left);
        if (a->ranks[i] == RANK_NUMERIC_IMPLICIT) // whole numbers go into a decimal rather than into a double
            score += (left == &type_decimal && right == &type_double) -
                     (right == &type_decimal && left == &type_double);
        int specific = (to_right > to_left) - (to_right < to_left);
        score += (lossless ? specific : -specific) * weight;
    }
    return score;
}

static int compare_arrays(const struct candidate *a, const struct candidate *b, size_t i, value arg)
{
    const struct type *own = value_type(arg), *left = parameter_type(a, i), *right = parameter_type(b, i);
    const struct type *element = own && own->element ? own->element : &type_object;
    if (!left->element || !right->element)
        return 0;
    enum rank to_left = conversion_rank_types(element, left->element),
              to_right = conversion_rank_types(element, right->element);
    return (to_left > to_right) - (to_left < to_right);
}

// Above zero: a is the better one. The first argument weighs most.
static int compare(const struct candidate *a, const struct candidate *b, const value *args, size_t count)
{
    int score = 0, weight = (int)count;
    for (size_t i = 0; i < count && i < 16; i++, weight--) {
        int better = (a->ranks[i] > b->ranks[i]) - (a->ranks[i] < b->ranks[i]);
        if (!better && a->ranks[i] == RANK_UNRELATED_ARRAYS)
            better = compare_arrays(a, b, i, args[i]);
        score += better * weight;
    }
    if (!score)
        score = prefer(a, b, count);
    return score || a->expanded == b->expanded ? score : a->expanded ? -1 : 1;
}

static bool takes(const struct method *method, size_t count, bool expanded, struct candidate *ret)
{
    size_t parameters = parameter_count(method);
    if (expanded ? !method->rest || count + 1 < parameters : count != parameters)
        return false;
    *ret = (struct candidate){.method = method, .parameters = parameters, .expanded = expanded};
    return true;
}

// A script block for a delegate is a conversion that the mode may not allow; the overload is then not there.
static bool wants_block(const struct method *method)
{
    bool makes = !strcmp(method->name, "new"); // attributes hold blocks
    const struct type *const *type = method_parameters(method);
    for (; !makes && *type; type++)
        if (*type == &type_scriptblock)
            return true;
    return false;
}

static bool choose(struct interp *in, const struct overloads *overloads, const value *args, size_t count,
                   struct candidate *best)
{
    bool closed = mode_gate(in->mode, GATE_CONVERSION);
    bool found = false, fits = false, ambiguous = false, made = overloads->count && overloads->rows[0]->made;
    if (overloads->count == 1 && !overloads->rows[0]->rest)
        return takes(overloads->rows[0], count, false, best);
    for (size_t i = 0; i < overloads->count * 2; i++) {
        struct candidate candidate;
        if (!takes(overloads->rows[i / 2], count, i & 1, &candidate) ||
            (closed && wants_block(overloads->rows[i / 2])))
            continue;
        bool all = rank_all(&candidate, args, count);
        int order = !found ? 1 : fits != all ? (fits ? -1 : 1) : compare(&candidate, best, args, count);
        ambiguous = order > 0 ? false : ambiguous || !order;
        if (order <= 0)
            continue;
        *best = candidate;
        found = true;
        fits = all;
    }
    return found && !(made && (ambiguous || !fits)); // .NET has more overloads than the native tables
}

// --- The call
// ----------------------------------------------------------------------------------------------------

// The parameter binder's error keeps nothing of the conversion's own.
static bool bad_argument(struct interp *in, const char *name, value arg, const struct type *to)
{
    const struct type *from = value_type(arg);
    return throw_error(in, "MethodArgumentConversionInvalidCastArgument", CAT_NotSpecified, value_null,
                       "An argument of type \"%s\" of \"%s\" cannot be converted to \"%s\".",
                       from ? from->name : "null", name, to->name);
}

static bool convert_argument(struct interp *in, const char *name, value arg, const struct type *to,
                             value *ret)
{
    if (arg.kind == V_VOID || (to == &type_string && value_type(arg) == &type_null_string))
        arg = value_null;
    if (to == &type_object || to == &type_ref)
        return *ret = value_keep(arg), true;
    if (value_is_null(arg) && conversion_rank(value_null, to) == RANK_NULL_TO_REFERENCE)
        return *ret = value_null, true;
    if (arg.kind == V_CHAR && (to == &type_double || to == &type_single || to == &type_decimal))
        arg = value_int((int32_t)arg.i);
    return value_convert(in, arg, to, ret) || bad_argument(in, name, arg, to);
}

static bool collect_rest(struct interp *in, const struct candidate *best, const char *name, const value *args,
                         size_t count, value *ret)
{
    const struct type *element = method_parameters(best->method)[best->parameters - 1]->element;
    size_t first = best->parameters - 1;
    if (!array_of(in, element, count - first, ret))
        return false;
    for (size_t i = first; i < count; i++)
        if (!convert_argument(in, name, args[i], element, &ret->array->items[i - first]))
            return value_drop(*ret), false;
    return true;
}

static bool no_overload(struct interp *in, const char *name, size_t count)
{
    return throw_error(in, "MethodCountCouldNotFindBest", CAT_NotSpecified, value_null,
                       "No overload of \"%s\" takes %zu argument(s).", name, count);
}

static bool convert_all(struct interp *in, const struct candidate *best, const char *name, const value *args,
                        size_t count, value *ret)
{
    size_t plain = best->expanded ? best->parameters - 1 : count, done = 0;
    while (done < plain && convert_argument(in, name, args[done], parameter_type(best, done), &ret[done]))
        done++;
    if (done == plain && (!best->expanded || collect_rest(in, best, name, args, count, &ret[plain])))
        return true;
    // .NET's collections have further overloads, of which none takes what does not convert to a class.
    bool none = done < plain && !best->method->made && parameter_type(best, done)->class;
    while (done)
        value_drop(ret[--done]);
    return none && (value_set(&in->thrown, value_null), no_overload(in, name, count));
}

bool method_call(struct interp *in, const struct overloads *overloads, value self, const char *name,
                 const value *args, size_t count, value *ret)
{
    struct candidate best = {0};
    value converted[MADE_PARAMETERS + 1];
    if (!choose(in, overloads, args, count, &best))
        return no_overload(in, name, count);
    if (!convert_all(in, &best, name, args, count, converted))
        return false;
    value result = value_null;
    bool ok = best.method->made ? in->call_made(in, best.method, self, converted, best.parameters, &result)
                                : best.method->call(in, self, converted, best.parameters, &result);
    for (size_t i = 0; i < best.parameters; i++)
        value_drop(converted[i]);
    if (ok)
        *ret = best.method->returns ? result : value_void;
    return ok;
}

bool method_throw(struct interp *in, const struct type *exception, const char *format, ...)
{
    value record;
    va_list args;
    const char *dot = strrchr(exception->name, '.');
    va_start(args, format);
    bool ok =
        error_vnew(in, dot ? dot + 1 : exception->name, CAT_NotSpecified, value_null, &record, format, args);
    va_end(args);
    value inner, outer;
    if (!ok || !exception_new(in, exception, record.error->message, &inner))
        return ok ? value_drop(record), false : false;
    if (exception_new(in, &type_method_invocation_exception, record.error->message, &outer)) {
        ((struct exception *)outer.object)->inner = inner;
        value_drop(record.error->exception);
        record.error->exception = outer;
        throw_record(in, record);
    } else
        value_drop(inner);
    value_drop(record);
    return false;
}

// To those outside, what ErrorAction Stop ended is an exception of its own that has the record.
static bool stop_exception(struct interp *in, value thrown, value *ret)
{
    value inner = thrown.error->exception;
    if (!thrown.error->stopped || value_is_type(inner, &type_action_stop_exception))
        return (!error_carry || error_carry(in, thrown.error)) && (*ret = value_keep(inner), true);
    if (!exception_new(in, &type_action_stop_exception, thrown.error->message, ret))
        return false;
    value_set(&((struct exception *)ret->object)->record, thrown);
    return true;
}

bool method_rethrow(struct interp *in)
{
    value record, outer, inner, thrown = in->thrown;
    if (value_is_null(thrown) || thrown.object == in->out_of_memory.object)
        return false;
    if (!stop_exception(in, thrown, &inner))
        return false;
    const char *name = value_type(inner)->name, *dot = strrchr(name, '.');
    if (!error_new(in, dot ? dot + 1 : name, CAT_NotSpecified, value_null, &record, "%s",
                   value_text(thrown.error->message)))
        return value_drop(inner), false;
    if (exception_new(in, &type_method_invocation_exception, record.error->message, &outer)) {
        value_set(&((struct exception *)outer.object)->inner, inner);
        value_set(&record.error->exception, outer);
        value_drop(outer);
        value_set(&in->thrown, value_null);
        throw_record(in, record);
    }
    value_drop(inner);
    return value_drop(record), false;
}

static bool not_found(struct interp *in, const char *type, value name)
{
    return throw_error(in, "MethodNotFound", CAT_InvalidOperation,
                       strcmp(type, type_custom.name) ? value_null : name, "[%s] has no method named '%s'.",
                       type, value_text(name));
}

bool method_exists(value target, const char *name, size_t size)
{
    struct overloads found;
    if (value_is_null(target))
        return false;
    find(value_type(target), INSTANCE, name, size, &found);
    return found.count;
}

bool method_value(struct interp *in, value target, const char *name, size_t size, value *ret)
{
    struct overloads found = {0};
    const struct member *own = member_lookup(in, target, name, size);
    if (own && own->kind == MEMBER_SCRIPT_METHOD)
        return member_info_new(in, target, own, true, ret);
    target = side_target(target);
    if (!value_is_null(target))
        find(value_type(target), INSTANCE, name, size, &found);
    return found.count && method_object(in, target, &found, ret);
}

// A method that the collection lacks is called on each item; what they give is one flat collection.
static bool invoke_each(struct interp *in, value target, value name, const value *args, size_t count,
                        value *ret)
{
    struct value_walk walk;
    value item, result, list;
    bool ok = true;
    if (!list_new(in, NULL, &list))
        return false;
    value_walk_start(&walk, target);
    while (ok && value_walk_next(in, &walk, &item)) {
        ok = method_invoke(in, item, name, args, count, &result);
        value_drop(item);
        if (!ok)
            break;
        for (size_t i = 0; ok && value_enumerable(result) && i < result.array->count; i++)
            ok = list_add(in, list.array, result.array->items[i]);
        if (!value_enumerable(result) && result.kind != V_VOID)
            ok = list_add(in, list.array, result);
        value_drop(result);
    }
    if (ok && list.array->count == 1)
        *ret = value_keep(list.array->items[0]);
    else if (ok && !list.array->count)
        *ret = value_void;
    else if (ok)
        ok = array_from(in, list.array->items, list.array->count, ret);
    value_drop(list);
    return ok;
}

static bool script_failed(struct interp *in, value name)
{
    value inner = in->thrown;
    if (inner.kind != V_ERROR || inner.error->escaped || !inner.error->positioned) // it did not begin
        return false;
    in->thrown = value_null;
    interp_remember(in, inner);
    throw_error(in, "ScriptMethodRuntimeException", CAT_NotSpecified, value_null, "'%s': %s",
                value_text(name),
                inner.error->message.kind == V_STRING ? value_text(inner.error->message) : "");
    return value_drop(inner), false;
}

static bool own_method(struct interp *in, value target, value name, const value *args, size_t count,
                       bool *ret_ok, value *ret)
{
    const struct member *member = member_lookup(in, target, value_text(name), name.string->size);
    if (!member || member->kind != MEMBER_SCRIPT_METHOD || !in->member_block)
        return false;
    value block = value_keep(member->val), text = value_keep(member->name);
    *ret_ok = in->member_block(in, block, target, args, count, ret) || script_failed(in, text);
    value_drop(block);
    value_drop(text);
    return true;
}

// Properties of .NET are methods as well: get_Keys().
static bool accessor(struct interp *in, value target, value name, const value *args, size_t count,
                     bool *ret_ok, value *ret)
{
    const char *text = value_text(name);
    bool get = !strncasecmp(text, "get_", 4), set = !strncasecmp(text, "set_", 4);
    if (!(get && count == 0) && !(set && count == 1))
        return false;
    const struct property *property = property_find(value_type(target), text + 4, name.string->size - 4);
    if (!property || property->extended || !(get ? property->get != NULL : property->set != NULL))
        return false;
    *ret_ok = get ? property_read(in, property, target, ret) : property_write(in, property, target, args[0]);
    if (set && *ret_ok)
        *ret = value_null;
    return true;
}

bool method_invoke(struct interp *in, value target, value name, const value *args, size_t count, value *ret)
{
    struct overloads found;
    bool ok;
    target = side_target(target);
    const struct type *type = value_type(target);
    bool own =
        value_is_heap(target) && member_find(target.object->members, value_text(name), name.string->size);
    if (!own && !value_is_null(target) && !gate_method(in, type, name))
        return false;
    if (own_method(in, target, name, args, count, &ok, ret))
        return ok;
    if (type && !value_is_null(target)) {
        find(type, INSTANCE, value_text(name), name.string->size, &found);
        if (found.count)
            return method_call(in, &found, target, value_text(name), args, count, ret);
        if (accessor(in, target, name, args, count, &ok, ret))
            return ok;
    }
    if (value_is_text(name, "ForEach") || value_is_text(name, "Where"))
        return collection_invoke(in, target, value_is_text(name, "Where"), args, count, ret);
    if (value_is_null(target))
        return throw_error(in, "InvokeMethodOnNull", CAT_InvalidOperation, value_null,
                           "$null has no methods.");
    if (value_enumerable(target) && target.array->count)
        return invoke_each(in, target, name, args, count, ret);
    return not_found(in, type->name, name);
}

bool method_exists_in(const struct type *type, value name)
{
    struct overloads found;
    find(type, INSTANCE, value_text(name), name.string->size, &found);
    return found.count;
}

// What a native type says of an object asks the object's class again; so its answers are given here.
static bool native_answer(struct interp *in, const struct type *type, value target, value name, size_t count,
                          value *ret)
{
    if (count || !value_is_text(name, "ToString"))
        return false;
    for (; type; type = type->base)
        if (type->to_string && !type->class)
            return type->to_string(in, target, ret);
    return string_text(in, target.object->type->name, ret);
}

bool method_invoke_base(struct interp *in, const struct type *type, value target, value name,
                        const value *args, size_t count, value *ret)
{
    struct overloads found;
    find(type, INSTANCE, value_text(name), name.string->size, &found);
    if (!found.rows[0]->made && native_answer(in, type, target, name, count, ret))
        return true;
    return method_call(in, &found, target, value_text(name), args, count, ret);
}

bool static_invoke(struct interp *in, const struct type *type, value name, const value *args, size_t count,
                   value *ret)
{
    struct overloads found;
    bool makes = value_is_text(name, "new");
    if (!(makes ? gate_create(in, type) : gate_method(in, type, name)))
        return false;
    if (makes)
        return type_construct(in, type, args, count, ret);
    find(type, STATIC, value_text(name), name.string->size, &found);
    if (!found.count)
        return not_found(in, type->name, name);
    return method_call(in, &found, (value){.kind = V_TYPE, .type = type}, value_text(name), args, count, ret);
}

static const struct property *static_property(const struct type *type, value name)
{
    for (; type; type = type->base)
        for (const struct property *p = type->full ? type->full->static_properties : NULL; p && p->name; p++)
            if (value_is_text(name, p->name))
                return p;
    return NULL;
}

bool static_get(struct interp *in, const struct type *type, value name, value *ret)
{
    int64_t number;
    struct overloads found;
    if (type->enumeration && enum_parse(type, value_text(name), name.string->size, &number))
        return *ret = enum_value(type, number), true;
    const struct property *property = static_property(type, name);
    if (property)
        return property_read(in, property, (value){.kind = V_TYPE, .type = type}, ret);
    find(type, STATIC, value_text(name), name.string->size, &found);
    if (found.count)
        return method_object(in, (value){.kind = V_TYPE, .type = type}, &found, ret);
    if (named("new", value_text(name), name.string->size))
        gather(type_constructors(type), "new", 3, &found);
    if (found.count)
        return method_object(in, (value){.kind = V_TYPE, .type = type}, &found, ret);
    return *ret = value_null, true;
}

bool static_has(const struct type *type, value name)
{
    int64_t number;
    struct overloads found;
    if (static_property(type, name) ||
        (type->enumeration && enum_parse(type, value_text(name), name.string->size, &number)))
        return true;
    find(type, STATIC, value_text(name), name.string->size, &found);
    return found.count > 0;
}

bool static_set(struct interp *in, const struct type *type, value name, value to)
{
    const struct property *property = static_property(type, name);
    if (property && property_is_writable(property))
        return property_write(in, property, (value){.kind = V_TYPE, .type = type}, to);
    return throw_error(in, "PropertyAssignmentException", CAT_InvalidOperation, value_null,
                       "[%s] has no '%s' that can be set.", type->name, value_text(name));
}

// Exceptions have those of their base.
const struct method *type_constructors(const struct type *type)
{
    const struct type_members *own = type->full;
    for (const struct type *from = type->base; !own && from && exception_is(type); from = from->base)
        own = from->full;
    return own ? own->constructors : NULL;
}

bool type_construct(struct interp *in, const struct type *type, const value *args, size_t count, value *ret)
{
    struct overloads found = {0};
    if (type->element)
        return array_construct(in, type, args, count, ret);
    gather(type_constructors(type), "new", 3, &found);
    const struct type *value_types = type;
    while (value_types && value_types != &type_value_type)
        value_types = value_types->base;
    if (!count && value_types && !found.count)
        return type_zero(in, type, ret);
    if (!found.count)
        return throw_error(in, "MethodCountCouldNotFindBest", CAT_NotSpecified, value_null,
                           "[%s] cannot be made.", type->name);
    return method_call(in, &found, (value){.kind = V_TYPE, .type = type}, "new", args, count, ret);
}

bool reference_set(struct interp *in, value reference, value to)
{
    if (!value_is_type(reference, &type_ref))
        return true;
    return member_set(in, reference, "Value", 5, to);
}

bool index_own(struct interp *in, value target, value index, value *ret)
{
    if (target.kind == V_LIST && index.kind != V_I32 && member_collection_item(in, target, index, ret))
        return true;
    if (value_is_type(target, &type_xml_attributes) && index.kind == V_STRING)
        return xml_list_item(in, target, index, ret);
    if (value_is_type(target, &type_group_collection))
        return group_at(in, target, index, ret);
    if (value_is_type(target, &type_name_values))
        return name_values_item(in, target, index, ret);
    if (tuple_is(target)) {
        value items;
        struct fields *own = (struct fields *)target.object;
        if (!array_from(in, own->at + 1, (size_t)own->at[0].i, &items))
            return true;
        operate_index(in, items, index, ret);
        return value_drop(items), true;
    }
    if (!value_is_type(target, &type_string_builder) || value_enumerable(index))
        return false;
    value name = string_static(in, "get_Chars");
    bool ok = method_invoke(in, target, name, &index, 1, ret);
    value_drop(name);
    if (!ok)
        *ret = value_null;
    return true;
}
