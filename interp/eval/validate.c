// Validation attributes of script parameters that the tables of commands have no column for. jesh-full alone.
#include <string.h>

#include "base/utf8.h"
#include "interp/eval/block.h"
#include "interp/eval/validate.h"
#include "interp/value/operate.h"
#include "interp/value/types.h"

static bool by_script(struct interp *in, value script, value v, bool *ret)
{
    value result;
    if (!block_call(in, script, v, &result))
        return value_set(&in->thrown, value_null), *ret = false, true;
    *ret = value_truth(result);
    value_drop(result);
    return true;
}

static bool in_range(struct interp *in, const struct param_more *more, value v, bool *ret)
{
    int low, high;
    *ret = value_compare(in, v, more->low, true, &low) && value_compare(in, v, more->high, true, &high) &&
           low >= 0 && high <= 0;
    return value_set(&in->thrown, value_null), true;
}

static bool only_blanks(value v)
{
    if (v.kind != V_STRING)
        return false;
    for (const char *at = value_text(v); *at; at++)
        if (!strchr(" \t\r\n\v\f", *at))
            return false;
    return true;
}

static bool on_drive(const char *drives, value text)
{
    const char *colon = strchr(value_text(text), ':');
    size_t size = colon ? (size_t)(colon - value_text(text)) : 0;
    for (const char *at = drives; at && *at;) {
        size_t own = strcspn(at, "|");
        if (own == size && utf8_same_ignore_case(at, own, value_text(text), size))
            return true;
        at += own + (at[own] == '|');
    }
    return false;
}

static bool in_exact_set(const char *set, value text)
{
    for (const char *at = set; *at;) {
        size_t own = strcspn(at, "|");
        if (own == text.string->size && !memcmp(at, value_text(text), own))
            return true;
        at += own + (at[own] == '|');
    }
    return false;
}

static bool by_text(struct interp *in, const struct param_more *more, value v, bool *ret)
{
    value text, pattern = more->pattern, matches = value_null;
    if (!value_to_string(in, v, &text))
        return false;
    bool ok = true;
    if (more->exact_set)
        *ret = in_exact_set(more->exact_set, text);
    if (*ret && more->drives)
        *ret = on_drive(more->drives, text);
    if (*ret && pattern.kind == V_STRING)
        ok = operate_match(in, text, pattern, more->case_sensitive, ret, &matches);
    value_drop(matches);
    value_drop(text);
    return ok;
}

bool validate_more(struct interp *in, const struct param_more *more, value v, bool *ret)
{
    *ret = true;
    if (more->not_blank && (value_is_null(v) || only_blanks(v)))
        *ret = false;
    if (*ret && more->length && v.kind != V_STRING)
        *ret = false;
    if (*ret && more->low.kind != V_NULL && !in_range(in, more, v, ret))
        return false;
    if (*ret && more->script.kind == V_SCRIPTBLOCK && !by_script(in, more->script, v, ret))
        return false;
    return !*ret || by_text(in, more, v, ret);
}
