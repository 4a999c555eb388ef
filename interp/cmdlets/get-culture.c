// The invariant culture is the only one: what a script prints does not depend on who runs it.
#include <string.h>

#include "interp/eval/interp.h"
#include "interp/value/types.h"

enum { NAME, NO_OVERRIDES, LIST_AVAILABLE };

static const char *const sets[] = {"CurrentCulture", "Name", "ListAvailable", NULL};
static const struct param params[] = {
    {"Name", "string[]", NULL, 0, PARAM_PIPELINE | PARAM_ALLOW_EMPTY, 2},
    {"NoUserOverrides", "switch", NULL, PARAM_NAMED, 0, 1 | 2},
    {"ListAvailable", "switch", NULL, PARAM_NAMED, 0, 4},
    {0},
};

struct entry {
    const char *name, *text;
};
static const struct entry numbers[] = {
    {"CurrencyDecimalSeparator", "."},
    {"CurrencyGroupSeparator", ","},
    {"CurrencySymbol", "\u00A4"},
    {"NaNSymbol", "NaN"},
    {"NegativeInfinitySymbol", "-Infinity"},
    {"NegativeSign", "-"},
    {"NumberDecimalSeparator", "."},
    {"NumberGroupSeparator", ","},
    {"PositiveInfinitySymbol", "Infinity"},
    {"PositiveSign", "+"},
    {"PercentDecimalSeparator", "."},
    {"PercentGroupSeparator", ","},
    {"PercentSymbol", "%"},
    {"PerMilleSymbol", "\u2030"},
};
static const struct entry dates[] = {
    {"AMDesignator", "AM"},
    {"DateSeparator", "/"},
    {"FullDateTimePattern", "dddd, dd MMMM yyyy HH:mm:ss"},
    {"LongDatePattern", "dddd, dd MMMM yyyy"},
    {"LongTimePattern", "HH:mm:ss"},
    {"MonthDayPattern", "MMMM dd"},
    {"PMDesignator", "PM"},
    {"RFC1123Pattern", "ddd, dd MMM yyyy HH':'mm':'ss 'GMT'"},
    {"ShortDatePattern", "MM/dd/yyyy"},
    {"ShortTimePattern", "HH:mm"},
    {"SortableDateTimePattern", "yyyy'-'MM'-'dd'T'HH':'mm':'ss"},
    {"TimeSeparator", ":"},
    {"UniversalSortableDateTimePattern", "yyyy'-'MM'-'dd HH':'mm':'ss'Z'"},
    {"YearMonthPattern", "yyyy MMMM"},
};
static const struct entry texts[] = {{"CultureName", ""}, {"ListSeparator", ","}};
static const struct entry names[] = {
    {"Name", ""},
    {"IetfLanguageTag", ""},
    {"DisplayName", "Invariant Language (Invariant Country)"},
    {"NativeName", "Invariant Language (Invariant Country)"},
    {"EnglishName", "Invariant Language (Invariant Country)"},
    {"TwoLetterISOLanguageName", "iv"},
    {"ThreeLetterISOLanguageName", "ivl"},
    {"ThreeLetterWindowsLanguageName", "IVL"},
};

static bool add_entries(struct interp *in, value object, const struct entry *entries, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        value text;
        if (!string_text(in, entries[i].text, &text))
            return false;
        bool ok = member_add(in, object, entries[i].name, text);
        value_drop(text);
        if (!ok)
            return false;
    }
    return true;
}

static bool add_part(struct interp *in, value culture, const char *name, const char *type,
                     const struct entry *entries, size_t count)
{
    value part;
    if (!custom_new(in, &part))
        return false;
    bool ok = member_add_type_name(in, part, type) && add_entries(in, part, entries, count) &&
              member_add(in, culture, name, part);
    value_drop(part);
    return ok;
}

#define COUNT(a) (sizeof(a) / sizeof *(a))

static bool write_culture(struct command *cmd)
{
    struct interp *in = cmd->in;
    value culture;
    if (type_cultureinfo.properties) // the whole language has the type itself
        return object_new(in, &type_cultureinfo, &culture) && cmd_take(cmd, culture);
    if (!custom_new(in, &culture))
        return false;
    bool ok = member_add_type_name(in, culture, "System.Globalization.CultureInfo") &&
              member_add(in, culture, "LCID", value_int(127)) &&
              add_entries(in, culture, names, COUNT(names)) &&
              add_part(in, culture, "TextInfo", "System.Globalization.TextInfo", texts, COUNT(texts)) &&
              add_part(in, culture, "NumberFormat", "System.Globalization.NumberFormatInfo", numbers,
                       COUNT(numbers)) &&
              add_part(in, culture, "DateTimeFormat", "System.Globalization.DateTimeFormatInfo", dates,
                       COUNT(dates)) &&
              member_add(in, culture, "IsNeutralCulture", value_false) &&
              member_add(in, culture, "IsReadOnly", value_true);
    if (!ok)
        return value_drop(culture), false;
    return cmd_take(cmd, culture);
}

static bool process(struct command *cmd)
{
    value wanted = cmd->arg[NAME];
    if (!cmd_bound(cmd, NAME) || wanted.kind != V_ARRAY)
        return write_culture(cmd);
    for (size_t i = 0; i < wanted.array->count; i++) {
        value name = wanted.array->items[i];
        bool known = name.kind == V_STRING && (name.string->size == 0 || value_is_text(name, "iv"));
        if (!(known ? write_culture(cmd)
                    : cmd_error(cmd, "ItemNotFoundException", CAT_ObjectNotFound, name,
                                "The invariant culture is the only one here.")))
            return false;
    }
    return true;
}

const struct cmdlet cmdlet_get_culture = {.params = params, .sets = sets, .process = process};
