// What attributes demand of a value, and what they make of it. jesh-full alone.
#include <string.h>

#include "interp/eval/attribute.h"
#include "interp/eval/scope.h"
#include "interp/value/format.h"
#include "interp/value/gate.h"
#include "interp/value/operate.h"

static bool invalid(struct interp *in, const char *id, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

// The exception's own record says which rule it was.
static void carry(struct interp *in, const char *id, value exception)
{
    value *record = &((struct exception *)exception.object)->record;
    value_set(record, value_null);
    error_new(in, id, CAT_MetadataError, value_null, record, "%s", value_text(in->thrown.error->message));
}

// What is thrown carries a ValidationMetadataException, which the binder puts inside of its own.
static bool invalid(struct interp *in, const char *id, const char *format, ...)
{
    va_list args;
    value exception;
    va_start(args, format);
    throw_vrecord(in, "ValidationMetadataException", CAT_MetadataError, value_null, format, args);
    va_end(args);
    if (in->thrown.kind == V_ERROR &&
        exception_new(in, &type_validation_exception, in->thrown.error->message, &exception)) {
        carry(in, id, exception);
        value_drop(in->thrown.error->exception);
        in->thrown.error->exception = exception;
    }
    return false;
}

// The author's own words, with the value at {0} and what was wanted at {1}.
static bool invalid_with(struct interp *in, const char *id, value message, value v, value wanted)
{
    const value args[] = {v, wanted};
    value text, array;
    if (!array_from(in, args, 2, &array))
        return false;
    bool ok = operate_format(in, message, array, &text);
    value_drop(array);
    if (!ok)
        return false;
    invalid(in, id, "%s", value_text(text));
    return value_drop(text), false;
}

static bool refuse(struct interp *in, const char *id, value message, value v, value wanted, const char *text)
{
    value shown;
    if (message.kind == V_STRING && message.string->size)
        return invalid_with(in, id, message, v, wanted);
    if (!value_to_string(in, v, &shown))
        return false;
    invalid(in, id, "'%s' %s", value_text(shown), text);
    return value_drop(shown), false;
}

// --- Elements
// ----------------------------------------------------------------------------------------------------

typedef bool check_function(struct interp *in, value attribute, value v);

static bool by_length(struct interp *in, value attribute, value v)
{
    if (v.kind != V_STRING)
        return invalid(in, "ValidateLengthNotString", "Only texts have a length that could be looked at.");
    int64_t units = v.string->units;
    bool few = units < attribute_field(attribute, LENGTH_MIN).i;
    if (few || units > attribute_field(attribute, LENGTH_MAX).i)
        return refuse(in, few ? "ValidateLengthMinLengthFailure" : "ValidateLengthMaxLengthFailure", value_null, v,
                      value_null, "does not have the length that is asked for.");
    return true;
}

static bool outside(struct interp *in, const char *id, value v)
{
    value_set(&in->thrown, value_null);
    return refuse(in, id, value_null, v, value_null, "is not in the range that is asked for.");
}

static const char wrong_type[] = "ValidationRangeElementType";

static bool by_kind(struct interp *in, enum range_kind kind, value v)
{
    double number;
    if (!value_is_number(v) || !value_to_double(in, v, &number))
        return outside(in, wrong_type, v);
    const struct {
        bool fits;
        const char *id;
    } kinds[] = {[RANGE_POSITIVE] = {number > 0, "ValidateRangePositiveFailure"},
                 [RANGE_NON_NEGATIVE] = {number >= 0, "ValidateRangeNonNegativeFailure"},
                 [RANGE_NEGATIVE] = {number < 0, "ValidateRangeNegativeFailure"},
                 [RANGE_NON_POSITIVE] = {number <= 0, "ValidateRangeNonPositiveFailure"}};
    return kinds[kind].fits || outside(in, kinds[kind].id, v);
}

static bool by_range(struct interp *in, value attribute, value v)
{
    value low = attribute_field(attribute, RANGE_MIN), high = attribute_field(attribute, RANGE_MAX);
    value kind = attribute_field(attribute, RANGE_KIND), same;
    int from, to;
    if (kind.kind == V_ENUM)
        return by_kind(in, (enum range_kind)kind.i, v);
    if (!value_convert(in, v, value_is_number(v) && value_is_number(low) ? value_type(v) : value_type(low),
                       &same))
        return outside(in, wrong_type, v);
    bool ok = value_compare(in, same, low, true, &from) && value_compare(in, same, high, true, &to);
    value_drop(same);
    if (!ok)
        return outside(in, wrong_type, v);
    return (from >= 0 && to <= 0) || outside(in, from < 0 ? "ValidateRangeTooSmall" : "ValidateRangeTooBig", v);
}

// The options stand at the pattern's head.
static bool whole_pattern(struct interp *in, value attribute, value *ret)
{
    static const struct {
        int64_t bit;
        char letter;
    } letters[] = {{1, 'i'}, {2, 'm'}, {4, 'n'}, {16, 's'}, {32, 'x'}};
    int64_t options = attribute_field(attribute, PATTERN_OPTIONS).i;
    char head[sizeof letters / sizeof *letters + 1] = "";
    size_t size = 0;
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
        if (options & letters[i].bit)
            head[size++] = letters[i].letter;
    return string_printf(in, ret, size ? "(?%.*s)%s" : "%.*s%s", (int)size, head,
                         value_text(attribute_field(attribute, PATTERN_TEXT)));
}

static bool by_pattern(struct interp *in, value attribute, value v)
{
    value pattern, text, matches = value_null;
    bool fits = false;
    if (!whole_pattern(in, attribute, &pattern))
        return false;
    bool ok = value_to_string(in, v, &text);
    if (ok)
        ok = operate_match(in, text, pattern, true, &fits, &matches), value_drop(text);
    value_drop(matches);
    value_drop(pattern);
    return ok && (fits || refuse(in, "ValidatePatternFailure", attribute_field(attribute, PATTERN_MESSAGE), v,
                                 attribute_field(attribute, PATTERN_TEXT), "does not match the pattern."));
}

static bool by_script(struct interp *in, value attribute, value v)
{
    value script = attribute_field(attribute, SCRIPT_BLOCK), result;
    if (!block_call_scoped(in, script, v, &result))
        return false;
    bool fits = value_truth(result);
    value_drop(result);
    return fits ||
           refuse(in, "ValidateScriptFailure", attribute_field(attribute, SCRIPT_MESSAGE), v, script, "was refused by a script.");
}

static bool call_method(struct interp *in, value self, const char *name, const value *args, size_t count,
                        value *ret)
{
    value text;
    if (!string_text(in, name, &text))
        return false;
    bool ok = method_invoke(in, self, text, args, count, ret);
    return value_drop(text), ok;
}

// The values of a set: its own, or those that its generator names.
static bool set_values(struct interp *in, value attribute, value *ret)
{
    value generator = attribute_field(attribute, SET_GENERATOR), made;
    if (generator.kind != V_TYPE)
        return *ret = value_keep(attribute_field(attribute, SET_VALUES)), true;
    if (!type_construct(in, generator.type, NULL, 0, &made))
        return false;
    bool ok = call_method(in, made, "GetValidValues", NULL, 0, ret);
    return value_drop(made), ok;
}

static bool is_among(struct interp *in, value values, value text, bool exact)
{
    for (size_t i = 0; value_enumerable(values) && i < values.array->count; i++) {
        bool same = false;
        if (value_equal(in, text, values.array->items[i], exact, &same) && same)
            return true;
    }
    return false;
}

static bool joined(struct interp *in, value values, value *ret)
{
    value comma = string_static(in, ",");
    bool ok = operate_join(in, values, comma, ret);
    return value_drop(comma), ok;
}

static bool by_set(struct interp *in, value attribute, value v)
{
    value values, text, wanted;
    if (!set_values(in, attribute, &values))
        return false;
    bool ok = value_to_string(in, v, &text);
    bool fits = ok && is_among(in, values, text, !value_truth(attribute_field(attribute, SET_IGNORE_CASE)));
    if (ok)
        value_drop(text);
    if (ok && !fits && joined(in, values, &wanted)) {
        refuse(in, "ValidateSetFailure", attribute_field(attribute, SET_MESSAGE), v, wanted,
               "is not in the set of allowed values.");
        value_drop(wanted);
    }
    return value_drop(values), fits;
}

static bool by_element_method(struct interp *in, value attribute, value v)
{
    value nothing;
    if (!call_method(in, attribute, "ValidateElement", &v, 1, &nothing))
        return false;
    return value_drop(nothing), true;
}

// --- Whole arguments
// ---------------------------------------------------------------------------------------------

static bool each(struct interp *in, value attribute, value v, check_function *check)
{
    if (value_is_null(v))
        return invalid(in, "ArgumentIsEmpty", "There is no value to look at.");
    if (!value_enumerable(v))
        return check(in, attribute, v);
    struct value_walk walk;
    value item;
    bool ok = true;
    value_walk_start(&walk, v);
    while (ok && value_walk_next(in, &walk, &item)) {
        ok = value_is_null(item) ? invalid(in, "ArgumentIsEmpty", "An item is $null.") : check(in, attribute, item);
        value_drop(item);
    }
    return ok;
}

static bool by_count(struct interp *in, value attribute, value v)
{
    int64_t count = 0;
    if (value_enumerable(v))
        count = (int64_t)v.array->count;
    else if (v.kind == V_TABLE)
        count = (int64_t)v.table->count;
    else if (v.kind == V_STRING)
        count = v.string->units;
    else if (!value_is_null(v))
        return invalid(in, "NotAnArrayParameter", "This attribute is for collections.");
    int64_t least = attribute_field(attribute, LENGTH_MIN).i, most = attribute_field(attribute, LENGTH_MAX).i;
    if (count < least || count > most)
        return invalid(in, least == most ? "ValidateCountExactFailure" : "ValidateCountMinMaxFailure", "The number of items is not the one that is asked for.");
    return true;
}

static bool is_blank(value v)
{
    for (const char *at = value_text(v); *at; at++)
        if (!strchr(" \t\r\n\v\f", *at))
            return false;
    return true;
}

enum emptiness { NOTHING_IS_NULL, NOTHING_IS_EMPTY, NOTHING_IS_BLANK };

static bool is_empty(value v, enum emptiness how)
{
    if (value_is_null(v))
        return true;
    if (v.kind == V_TABLE)
        return how != NOTHING_IS_NULL && !v.table->count;
    if (v.kind != V_STRING || how == NOTHING_IS_NULL)
        return false;
    return how == NOTHING_IS_BLANK ? is_blank(v) : !v.string->size;
}

static const char *empty_id(value v, enum emptiness how, bool item)
{
    bool blank = how == NOTHING_IS_BLANK && v.kind == V_STRING;
    if (value_is_null(v))
        return "ArgumentIsNull";
    if (item)
        return blank ? "ArgumentCollectionContainsEmptyOrWhiteSpace" : "ArgumentCollectionContainsEmpty";
    return blank ? "ArgumentIsEmptyOrWhiteSpace" : "ArgumentIsEmpty";
}

static bool by_emptiness(struct interp *in, value v, enum emptiness how)
{
    if (is_empty(v, how))
        return invalid(in, empty_id(v, how, false), "The value is null or empty.");
    if (!value_enumerable(v))
        return true;
    if (how != NOTHING_IS_NULL && !v.array->count)
        return invalid(in, "ArgumentIsEmpty", "The collection is empty.");
    for (size_t i = 0; i < v.array->count; i++)
        if (is_empty(v.array->items[i], how))
            return invalid(in, empty_id(v.array->items[i], how, true), "An item of the collection is null or empty.");
    return true;
}

static bool by_drive(struct interp *in, value attribute, value v)
{
    value text, drive;
    if (!value_to_string(in, v, &text))
        return false;
    const char *colon = strchr(value_text(text), ':');
    bool ok = string_new(in, colon ? value_text(text) : "/", colon ? (size_t)(colon - value_text(text)) : 1,
                         &drive);
    value_drop(text);
    if (!ok)
        return false;
    ok = is_among(in, attribute_field(attribute, ONLY_FIELD), drive, false);
    value_drop(drive);
    return ok || refuse(in, "DriveNotFound", value_null, v, value_null, "is on no drive that is allowed.");
}

static bool by_method(struct interp *in, value attribute, value v)
{
    const value *engine = interp_get_variable(in, "ExecutionContext");
    const value args[] = {v, engine ? *engine : value_null};
    value nothing;
    if (!call_method(in, attribute, "Validate", args, 2, &nothing))
        return false;
    return value_drop(nothing), true;
}

static bool not_null(struct interp *in, value attribute, value v)
{
    return (void)attribute, by_emptiness(in, v, NOTHING_IS_NULL);
}
static bool not_empty(struct interp *in, value attribute, value v)
{
    return (void)attribute, by_emptiness(in, v, NOTHING_IS_EMPTY);
}
static bool not_blank(struct interp *in, value attribute, value v)
{
    return (void)attribute, by_emptiness(in, v, NOTHING_IS_BLANK);
}
static bool trusted(struct interp *in, value attribute, value v)
{
    (void)attribute;
    return gate_trusts(in, v) || invalid(in, "ArgumentIsNotTrusted", "The value comes from code that is not trusted.");
}

static const struct {
    const struct type *type;
    check_function *check;
    bool each; // of a collection every item
} checks[] = {{&type_validate_set, by_set, true},
              {&type_validate_range, by_range, true},
              {&type_validate_pattern, by_pattern, true},
              {&type_validate_length, by_length, true},
              {&type_validate_script, by_script, true},
              {&type_validate_count, by_count, false},
              {&type_validate_not_null, not_null, false},
              {&type_validate_not_empty, not_empty, false},
              {&type_validate_not_blank, not_blank, false},
              {&type_validate_drive, by_drive, true},
              {&type_validate_trusted, trusted, false},
              {&type_validate_each, by_element_method, true}, // a class's own
              {&type_validate_attribute, by_method, false}};

bool attribute_validate(struct interp *in, value attribute, value v)
{
    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++)
        if (attribute_is(attribute, checks[i].type))
            return checks[i].each ? each(in, attribute, v, checks[i].check)
                                  : checks[i].check(in, attribute, v);
    return true;
}

bool attributes_validate(struct interp *in, value attributes, value v)
{
    for (size_t i = 0; value_enumerable(attributes) && i < attributes.array->count; i++)
        if (!attribute_validate(in, attributes.array->items[i], v))
            return false;
    return true;
}

// --- Transformations
// ---------------------------------------------------------------------------------------------

static bool transform(struct interp *in, value attribute, value v, value *ret)
{
    const value *engine = interp_get_variable(in, "ExecutionContext");
    const value args[] = {engine ? *engine : value_null, v};
    if (attribute.object->type == &type_credential_attribute)
        return *ret = value_keep(v), true;
    return call_method(in, attribute, "Transform", args, 2, ret);
}

static bool one_after_another(struct interp *in, value attributes, bool conversions, value *io)
{
    for (size_t i = 0; i < attributes.array->count; i++) {
        value attribute = attributes.array->items[i], made;
        if (!attribute_is(attribute, &type_transformation_attribute) ||
            attribute_is(attribute, &type_converter_attribute) != conversions)
            continue;
        bool ok = conversions ? value_convert(in, *io, attribute_field(attribute, ONLY_FIELD).type, &made)
                              : transform(in, attribute, *io, &made);
        if (!ok)
            return false;
        value_drop(*io);
        *io = made;
    }
    return true;
}

bool attributes_transform_own(struct interp *in, value attributes, value v, value *ret)
{
    value made = value_keep(v);
    if (!one_after_another(in, attributes, false, &made))
        return value_drop(made), false;
    return *ret = made, true;
}

bool attributes_transform(struct interp *in, value attributes, value v, value *ret)
{
    value made = value_keep(v);
    if (value_enumerable(attributes) &&
        (!one_after_another(in, attributes, false, &made) || !one_after_another(in, attributes, true, &made)))
        return value_drop(made), false;
    return *ret = made, true;
}
