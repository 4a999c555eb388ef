// System.Management.Automation.SemanticVersion: at[0…2] the numbers, at[3] and at[4] the labels or $null.
#include <stdlib.h>
#include <string.h>

#include "interp/eval/interp.h"
#include "interp/value/types-rows.h"

enum { MAJOR, MINOR, PATCH, PRE, BUILD };
#define SEMVER &type_semver
#define VERSION &type_version
#define PART(v, n) AS(fields, v)->at[n]

struct reading {
    int64_t numbers[3];
    size_t count;
    const char *labels[2];
    size_t sizes[2];
};

static bool read_number(const char **io_at, int64_t *ret)
{
    const char *at = *io_at;
    int64_t number = 0;
    for (; *at >= '0' && *at <= '9' && number <= INT32_MAX; at++)
        number = number * 10 + (*at - '0');
    bool ok = at > *io_at && number <= INT32_MAX;
    *io_at = at;
    return ok && (*ret = number, true);
}

// Identifiers of letters, digits and dashes, with dots between them.
static bool read_label(const char **io_at, char stop, const char **ret, size_t *ret_size)
{
    static const char allowed[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-.";
    const char *start = *io_at;
    size_t size = strspn(start, allowed);
    if (!size || start[0] == '.' || start[size - 1] == '.' || start[size - 1] == '-' || (start[size] && start[size] != stop))
        return false;
    for (size_t i = 1; i < size; i++)
        if (start[i] == '.' && start[i - 1] == '.')
            return false;
    *io_at = start + size;
    return *ret = start, *ret_size = size, true;
}

// major[.minor[.patch]][-label][+build]
static bool read(const char *text, struct reading *ret)
{
    const char *at = text;
    *ret = (struct reading){{0}, 0, {NULL, NULL}, {0}};
    do {
        if (!read_number(&at, &ret->numbers[ret->count++]))
            return false;
    } while (*at == '.' && ret->count < 3 && at++);
    if (*at == '-' && (at++, !read_label(&at, '+', &ret->labels[0], &ret->sizes[0])))
        return false;
    if (*at == '+' && (at++, !read_label(&at, 0, &ret->labels[1], &ret->sizes[1])))
        return false;
    return !*at;
}

static bool semver_from(struct interp *in, const struct reading *reading, value *ret)
{
    if (!object_new(in, &type_semver, ret))
        return false;
    for (size_t i = 0; i < 3; i++)
        PART(*ret, i) = value_int((int32_t)reading->numbers[i]);
    for (size_t i = 0; i < 2; i++)
        if (reading->labels[i] &&
            !string_new(in, reading->labels[i], reading->sizes[i], &PART(*ret, PRE + i)))
            return value_drop(*ret), false;
    return true;
}

static bool read_value(struct interp *in, value text, struct reading *ret)
{
    if (value_is_null(text))
        return method_throw(in, &type_argument_null_exception, "The text must not be $null.");
    return (*value_text(text) && read(value_text(text), ret)) ||
           method_throw(in, &type_format_exception, "'%s' is not a version.", value_text(text));
}

bool semver_to_string(struct interp *in, value self, value *ret)
{
    struct buf out = BUF_INIT;
    buf_printf(&out, "%d.%d.%d", (int)PART(self, MAJOR).i, (int)PART(self, MINOR).i,
               (int)PART(self, PATCH).i);
    if (PART(self, PRE).kind == V_STRING)
        buf_printf(&out, "-%s", value_text(PART(self, PRE)));
    if (PART(self, BUILD).kind == V_STRING)
        buf_printf(&out, "+%s", value_text(PART(self, BUILD)));
    return buf_take(in, &out, ret);
}

// --- Order: numbers before words, fewer identifiers before more, no label after any.

static bool is_number(const char *text, size_t size)
{
    return size && strspn(text, "0123456789") >= size;
}

static int compare_identifiers(const char *a, size_t a_size, const char *b, size_t b_size)
{
    bool a_number = is_number(a, a_size), b_number = is_number(b, b_size);
    if (a_number && b_number) {
        long x = strtol(a, NULL, 10), y = strtol(b, NULL, 10);
        return (x > y) - (x < y);
    }
    if (a_number != b_number)
        return a_number ? -1 : 1;
    int order = memcmp(a, b, a_size < b_size ? a_size : b_size);
    return order ? order : (a_size > b_size) - (a_size < b_size);
}

static int compare_labels(const char *a, const char *b)
{
    for (;;) {
        size_t a_size = strcspn(a, "."), b_size = strcspn(b, ".");
        int order = compare_identifiers(a, a_size, b, b_size);
        if (order)
            return order < 0 ? -1 : 1;
        if (!a[a_size] || !b[b_size])
            return (a[a_size] != 0) - (b[b_size] != 0);
        a += a_size + 1;
        b += b_size + 1;
    }
}

int semver_compare(value a, value b)
{
    for (size_t i = MAJOR; i <= PATCH; i++)
        if (PART(a, i).i != PART(b, i).i)
            return PART(a, i).i < PART(b, i).i ? -1 : 1;
    bool a_label = PART(a, PRE).kind == V_STRING, b_label = PART(b, PRE).kind == V_STRING;
    if (!a_label || !b_label)
        return b_label - a_label;
    return compare_labels(value_text(PART(a, PRE)), value_text(PART(b, PRE)));
}

bool semver_equal(value a, value b)
{
    return semver_compare(a, b) == 0;
}

// --- Members

static bool from_numbers(struct interp *in, const value *args, size_t count, value *ret)
{
    struct reading reading = {{0}, 3, {NULL, NULL}, {0}};
    for (size_t i = 0; i < count && i < 3; i++) {
        if (args[i].i < 0)
            return method_throw(in, &type_ps_argument_exception, "A part must not be negative.");
        reading.numbers[i] = args[i].i;
    }
    for (size_t i = 3; i < count; i++) {
        if (args[i].kind != V_STRING || !args[i].string->size)
            continue;
        reading.labels[i - 3] = value_text(args[i]);
        reading.sizes[i - 3] = args[i].string->size;
    }
    return semver_from(in, &reading, ret);
}

METHOD(semver_new)
{
    return (void)self, from_numbers(in, args, count, ret);
}
METHOD(semver_parse)
{
    struct reading reading;
    UNUSED;
    return read_value(in, args[0], &reading) && semver_from(in, &reading, ret);
}
// "label+build" as one text.
METHOD(semver_labelled)
{
    struct buf text = BUF_INIT;
    struct reading reading;
    UNUSED;
    buf_printf(&text, "%d.%d.%d", (int)args[0].i, (int)args[1].i, (int)args[2].i);
    if (args[3].kind == V_STRING && args[3].string->size)
        buf_printf(&text, "%s%s", *value_text(args[3]) == '+' ? "" : "-", value_text(args[3]));
    bool ok = read(buf_text(&text), &reading)
                  ? semver_from(in, &reading, ret)
                  : method_throw(in, &type_format_exception, "The label is not one of a version.");
    buf_free(&text);
    return ok;
}
// A Version has no place for labels: they become properties, from which semver_from_version has them again.
static const char *const label_names[] = {"PSSemVerPreReleaseLabel", "PSSemVerBuildLabel"};

METHOD(semver_from_version)
{
    value numbers[5] = {{0}};
    UNUSED;
    if (value_is_null(args[0]))
        return method_throw(in, &type_ps_argument_null_exception, "A version is needed, not $null.");
    const int32_t *parts = AS(version, args[0])->parts;
    if (parts[3] >= 0)
        return method_throw(in, &type_ps_argument_exception, "A semantic version has three numbers.");
    for (size_t i = 0; i < 3; i++)
        numbers[i] = value_int(parts[i] < 0 ? 0 : parts[i]);
    bool ok = true, found;
    for (size_t i = 0; i < 2 && ok; i++)
        ok = member_get(in, args[0], label_names[i], strlen(label_names[i]), &numbers[3 + i], &found);
    ok = ok && from_numbers(in, numbers, 5, ret);
    value_drop(numbers[3]), value_drop(numbers[4]);
    return ok;
}
METHOD(semver_try_parse)
{
    struct reading reading;
    value made = value_null;
    UNUSED;
    bool ok = args[0].kind == V_STRING && *value_text(args[0]) && read(value_text(args[0]), &reading);
    if (ok && !semver_from(in, &reading, &made))
        return false;
    bool set = reference_set(in, args[1], made);
    value_drop(made);
    return *ret = value_bool(ok), set;
}
METHOD(semver_order)
{
    UNUSED;
    return *ret = value_int(value_is_null(args[0]) ? 1 : semver_compare(self, args[0])), true;
}
METHOD(semver_same)
{
    UNUSED;
    return *ret = value_bool(!value_is_null(args[0]) && semver_equal(self, args[0])), true;
}
METHOD(semver_order_of)
{
    UNUSED;
    if (value_is_null(args[0]) || value_is_null(args[1]))
        return *ret = value_int(value_is_null(args[1]) - value_is_null(args[0])), true;
    return *ret = value_int(semver_compare(args[0], args[1])), true;
}

static bool add_labels(struct interp *in, value self, value version)
{
    bool ok = true, any = false;
    for (size_t i = 0; i < 2 && ok; i++) {
        if (PART(self, PRE + i).kind != V_STRING)
            continue;
        ok = member_add(in, version, label_names[i], PART(self, PRE + i));
        any = true;
    }
    return ok && (!any || member_add_type_name(in, version, "System.Version#IncludeLabel"));
}

bool semver_to_version(struct interp *in, value self, value *ret)
{
    if (!object_new(in, &type_version, ret))
        return false;
    for (size_t i = 0; i < 3; i++)
        AS(version, *ret)->parts[i] = (int32_t)PART(self, i).i;
    AS(version, *ret)->parts[3] = -1;
    if (add_labels(in, self, *ret))
        return true;
    return value_drop(*ret), false;
}

#define FIELD(name, n)                                                                                       \
    static bool name(struct interp *in, value self, value *ret)                                              \
    {                                                                                                        \
        return (void)in, *ret = value_keep(PART(self, n)), true;                                             \
    }
FIELD(major, MAJOR)
FIELD(minor, MINOR)
FIELD(patch, PATCH)
FIELD(pre_release, PRE)
FIELD(build, BUILD)
#undef FIELD
const struct property semver_properties[] = {
    {"Major", major, NULL},      {"Minor", minor, NULL},
    {"Patch", patch, NULL},      {"PreReleaseLabel", pre_release, NULL},
    {"BuildLabel", build, NULL}, {0},
};
static const struct method semver_methods[] = {
    {"CompareTo", semver_order, I32, P(SEMVER)},
    {"Equals", semver_same, BOOLEAN, P(SEMVER)},
    {0},
};
static const struct method semver_statics[] = {
    {"Parse", semver_parse, SEMVER, P(STR)},
    {"TryParse", semver_try_parse, BOOLEAN, P(STR, REF)},
    {"Compare", semver_order_of, I32, P(SEMVER, SEMVER)},
    {0},
};
static const struct method semver_constructors[] = {
    {"new", semver_parse, SEMVER, P(STR)},
    {"new", semver_new, SEMVER, P(I32)},
    {"new", semver_new, SEMVER, P(I32, I32)},
    {"new", semver_new, SEMVER, P(I32, I32, I32)},
    {"new", semver_labelled, SEMVER, P(I32, I32, I32, STR)},
    {"new", semver_new, SEMVER, P(I32, I32, I32, STR, STR)},
    {"new", semver_from_version, SEMVER, P(VERSION)},
    {0},
};
const struct type_members full_semver = {semver_methods, semver_statics, semver_constructors, NULL};
