#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "interp/eval/interp.h"
#include "interp/value/enum.h"
#include "interp/value/number-text.h"
#include "interp/value/operate.h"
#include "interp/value/types.h"

static struct interp in;
static struct session session;
static const struct cmdlet *cmdlets[CMDLETS];
static const struct provider *providers[PROVIDERS];
static struct host host;

static void start(void)
{
    struct err err;
    session = (struct session){.home = "/", .limits = {[LIMIT_ITEMS] = 100000, [LIMIT_STRING] = 1000000, [LIMIT_PATTERN] = 100000}};
    cr_assert(interp_start(&in, &session, &host, cmdlets, providers, &err));
}

static void stop(void)
{
    interp_end(&in);
    cr_assert_eq(mem_used(), 0, "%zu bytes are left", mem_used());
}

TestSuite(value, .init = start, .fini = stop);

static value text(const char *content)
{
    value v;
    cr_assert(string_text(&in, content, &v));
    return v;
}

static void expect_text(value v, const char *want)
{
    value got;
    cr_assert(value_to_string(&in, v, &got));
    cr_assert_str_eq(value_text(got), want);
    value_drop(got);
    value_drop(v);
}

static void expect_error(const char *id)
{
    cr_assert_eq(in.thrown.kind, V_ERROR, "%s was not thrown", id);
    cr_assert_str_eq(value_text(in.thrown.error->id), id);
    value_set(&in.thrown, value_null);
}

Test(value, a_structure_of_any_depth_is_released_without_recursion)
{
    value outer, inner;
    cr_assert(list_new(&in, NULL, &inner));
    for (int i = 0; i < 1000000; i++) {
        cr_assert(list_new(&in, NULL, &outer));
        cr_assert(list_add(&in, outer.array, inner));
        value_drop(inner);
        inner = outer;
    }
    value_drop(inner);
}

Test(value, a_count_that_reached_the_top_is_never_freed)
{
    value v = text("kept");
    v.object->refs = UINT32_MAX;
    value_drop(v);
    cr_assert_str_eq(value_text(value_keep(v)), "kept");
    cr_assert_eq(v.object->refs, UINT32_MAX);
    v.object->refs = 1;
    value_drop(v);
}

Test(value, strings_count_utf16_units)
{
    value v = text("aé€😀");
    cr_assert_eq(v.string->units, 5);
    value unit;
    string_unit(v.string, 3, &unit);
    cr_assert_eq(unit.i, 0xD83D);
    string_unit(v.string, 4, &unit);
    cr_assert_eq(unit.i, 0xDE00);
    value_drop(v);
}

Test(value, tables_ignore_case_and_keep_order)
{
    value table, key;
    char name[16];
    cr_assert(table_new(&in, true, &table));
    for (int i = 0; i < 1000; i++) {
        snprintf(name, sizeof name, "Key%d", i);
        key = text(name);
        cr_assert(table_set(&in, table.table, key, value_int(i)));
        value_drop(key);
    }
    for (int i = 0; i < 1000; i += 2) {
        snprintf(name, sizeof name, "KEY%d", i);
        key = text(name);
        cr_assert(table_remove(table.table, key));
        value_drop(key);
    }
    cr_assert_eq(table.table->count, 500);
    cr_assert_eq(table_get_text(table.table, "key501")->i, 501);
    cr_assert_null(table_get_text(table.table, "key500"));
    cr_assert(table_set(&in, table.table, value_int(1), value_true));
    cr_assert_null(table_get(table.table, value_long(1)), "1 and 1L are two keys");
    value_drop(table);
}

Test(value, members_of_custom_objects)
{
    value object, found;
    bool has;
    cr_assert(custom_new(&in, &object));
    cr_assert(member_add(&in, object, "Name", value_int(1)));
    cr_assert(member_add(&in, object, "name", value_int(2)));
    cr_assert(member_get(&in, object, "NAME", 4, &found, &has) && has);
    cr_assert_eq(found.i, 2);
    cr_assert_not(member_set(&in, object, "Other", 5, value_null));
    expect_error("ExceptionWhenSetting");
    cr_assert(member_add_type_name(&in, object, "My.Type"));
    cr_assert_str_eq(value_type_name(object, 0), "My.Type");
    cr_assert_str_eq(value_type_name(object, 1), "System.Management.Automation.PSCustomObject");
    expect_text(object, "@{Name=2}");
}

Test(value, reals_are_written_as_net_does)
{
    static const struct { double v; const char *g15, *shortest; } rows[] = {
        {0.1 + 0.2, "0.3", "0.30000000000000004"}, {1e15, "1E+15", "1E+15"}, {123456789012345.0, "123456789012345", "123456789012345"},
        {1e-5, "1E-05", "1E-05"}, {0.0001, "0.0001", "0.0001"}, {-0.0, "-0", "-0"}, {1.0 / 3, "0.333333333333333", "0.3333333333333333"},
        {1e300 * 1e300, "Infinity", "Infinity"}, {5e-324, "4.94065645841247E-324", "5E-324"},
    };
    char got[DOUBLE_TEXT];
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double_text(rows[i].v, false, false, got);
        cr_expect_str_eq(got, rows[i].g15);
        double_text(rows[i].v, false, true, got);
        cr_expect_str_eq(got, rows[i].shortest);
    }
}

Test(value, enums_by_beginning_list_and_number)
{
    int64_t number;
    cr_assert(enum_parse(&type_day_of_week, "tue", 3, &number));
    cr_assert_eq(number, 2);
    cr_assert_not(enum_parse(&type_day_of_week, "s", 1, &number), "Saturday or Sunday");
    cr_assert(enum_parse(&type_file_attributes, "Hidden, readonly", 16, &number));
    cr_assert_eq(number, 3);
    expect_text(enum_value(&type_file_attributes, 3), "ReadOnly, Hidden");
    expect_text(enum_value(&type_day_of_week, 9), "9");
}

Test(value, limits_have_ids_of_their_own)
{
    value list, big = text("xxxxxxxxxxxxxxxx"), out, pattern;
    cr_assert_not(operate_multiply(&in, big, value_int(100000), &out));
    expect_error("StringLimit");
    cr_assert_not(array_new(&in, 100001, &list));
    expect_error("CollectionLimit");
    bool matches;
    value found;
    value subject = text("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab");
    pattern = text("(a|aa|aaa)+$");
    cr_assert_not(operate_match(&in, subject, pattern, false, &matches, &found));
    expect_error("PatternLimit");
    value_drop(subject);
    value_drop(pattern);
    value_drop(big);
}

Test(value, multiplication_is_bounded_in_restricted_language_only)
{
    value x = text("x"), out;
    in.mode = MODE_RESTRICTED;
    cr_assert(operate_multiply(&in, x, value_int(1024), &out));
    value_drop(out);
    cr_assert_not(operate_multiply(&in, x, value_int(1025), &out));
    expect_error("StringMultiplyToolongInDataSection");
    in.mode = MODE_FULL;
    cr_assert(operate_multiply(&in, x, value_int(1025), &out));
    value_drop(out);
    value_drop(x);
}

// Every allocation made to fail in turn: an error each time, and nothing left behind.
Test(value, running_out_of_memory_leaves_nothing)
{
    for (size_t n = 1; n < 200; n++) {
        value left = value_null, right = value_null, out = value_null, table = value_null;
        mem_fail_at(n);
        bool ok = string_text(&in, "one two three", &left) && operate_split_blanks(&in, left, &right) &&
                  operate_join(&in, right, left, &out) && table_new(&in, false, &table) && table_set(&in, table.table, left, out);
        mem_fail_at(0);
        cr_assert(ok || in.thrown.kind == V_ERROR, "allocation %zu failed and nobody said so", n);
        value_set(&in.thrown, value_null);
        value_drop(left);
        value_drop(right);
        value_drop(out);
        value_drop(table);
        if (ok)
            return;
    }
}
