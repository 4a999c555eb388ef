#include <string.h>
#include <strings.h>

#include "interp/value/member.h"
#include "interp/cmdlets/unix-format.h"
#include "interp/eval/interp.h"
#include "interp/value/enum.h"

enum {
    DATE,
    UNIX_SECONDS,
    YEAR,
    MONTH,
    DAY,
    HOUR,
    MINUTE,
    SECOND,
    MILLISECOND,
    DISPLAY_HINT,
    UFORMAT,
    FORMAT,
    AS_UTC
};
enum { S_FORMAT = 1, S_UFORMAT = 2, S_UNIX_FORMAT = 4, S_UNIX_UFORMAT = 8 };

static const char *const sets[] = {"DateAndFormat", "DateAndUFormat", "UnixTimeSecondsAndFormat",
                                   "UnixTimeSecondsAndUFormat", NULL};
static const struct param params[] = {
    {"Date", "datetime", "LastWriteTime", 0, PARAM_PIPELINE | PARAM_PROPERTY, S_FORMAT | S_UFORMAT},
    {"UnixTimeSeconds", "long", "UnixTime", PARAM_NAMED, PARAM_MANDATORY, S_UNIX_FORMAT | S_UNIX_UFORMAT},
    {"Year", "int", NULL, PARAM_NAMED, 0, 0, .min = 1, .max = 9999},
    {"Month", "int", NULL, PARAM_NAMED, 0, 0, .min = 1, .max = 12},
    {"Day", "int", NULL, PARAM_NAMED, 0, 0, .min = 1, .max = 31},
    {"Hour", "int", NULL, PARAM_NAMED, 0, 0, .min = 0, .max = 23},
    {"Minute", "int", NULL, PARAM_NAMED, 0, 0, .min = 0, .max = 59},
    {"Second", "int", NULL, PARAM_NAMED, 0, 0, .min = 0, .max = 59},
    {"Millisecond", "int", NULL, PARAM_NAMED, 0, 0, .min = 0, .max = 999},
    {"DisplayHint", "Microsoft.PowerShell.Commands.DisplayHintType", NULL, PARAM_NAMED, 0, 0},
    {"UFormat", "string", NULL, PARAM_NAMED, PARAM_MANDATORY, S_UFORMAT | S_UNIX_UFORMAT},
    {"Format", "string", NULL, PARAM_NAMED, 0, S_FORMAT | S_UNIX_FORMAT},
    {"AsUTC", "switch", NULL, PARAM_NAMED, 0, 0},
    {0},
};

struct moment {
    int64_t ticks;
    enum date_kind kind;
};

static bool start(struct command *cmd, struct moment *m)
{
    const struct zone *zone = &cmd->in->zone;
    *m = (struct moment){date_to_local(date_now_utc(), DATE_UTC, zone), DATE_LOCAL};
    if (cmd_bound(cmd, DATE))
        *m = (struct moment){cmd->arg[DATE].i, (enum date_kind)cmd->arg[DATE].aux};
    if (!cmd_bound(cmd, UNIX_SECONDS))
        return true;
    int64_t seconds = cmd->arg[UNIX_SECONDS].i, epoch = UNIX_EPOCH_TICKS / TICKS_PER_SECOND;
    if (seconds < -epoch || seconds > DATE_MAX_TICKS / TICKS_PER_SECOND - epoch)
        return cmd_throw(cmd, "System.ArgumentOutOfRangeException", CAT_NotSpecified, cmd->arg[UNIX_SECONDS],
                         "That many seconds lie outside of the years 1 to 9999.");
    *m = (struct moment){date_to_local(UNIX_EPOCH_TICKS + seconds * TICKS_PER_SECOND, DATE_UTC, zone),
                         DATE_LOCAL};
    return true;
}

// A day that the month does not have is not cut but counted on, as .NET's AddDays does.
static bool replace_parts(const struct command *cmd, struct moment *m)
{
    struct date_parts p;
    date_split(m->ticks, &p);
    int day = cmd_bound(cmd, DAY) ? (int)cmd->arg[DAY].i : p.day;
    int *const fields[] = {&p.year, &p.month, NULL, &p.hour, &p.minute, &p.second};
    for (unsigned i = YEAR; i <= SECOND; i++)
        if (i != DAY && cmd_bound(cmd, i))
            *fields[i - YEAR] = (int)cmd->arg[i].i;
    if (cmd_bound(cmd, MILLISECOND))
        p.fraction =
            (int)(cmd->arg[MILLISECOND].i * TICKS_PER_MILLISECOND);
    if (!cmd_bound(cmd, DAY) && day > date_month_days(p.year, p.month))
        day = date_month_days(p.year, p.month);
    p.day = 1;
    if (!date_join(&p, &m->ticks))
        return false;
    m->ticks += (day - 1) * TICKS_PER_DAY;
    return m->ticks <= DATE_MAX_TICKS;
}

struct file_format {
    const char *name, *pattern;
    bool utc;
};
static const struct file_format file_formats[] = {
    {"FileDate", "yyyyMMdd", false},
    {"FileDateTime", "yyyyMMddTHHmmssffff", false},
    {"FileDateTimeUniversal", "yyyyMMddTHHmmssffffZ", true},
    {"FileDateUniversal", "yyyyMMddZ", true},
};

static const char *pattern_of(const struct command *cmd, struct moment *m)
{
    const char *format = value_text(cmd->arg[FORMAT]);
    for (size_t i = 0; i < sizeof file_formats / sizeof *file_formats; i++) {
        if (strcasecmp(format, file_formats[i].name) != 0)
            continue;
        if (file_formats[i].utc)
            *m = (struct moment){date_to_utc(m->ticks, m->kind, &cmd->in->zone), DATE_UTC};
        return file_formats[i].pattern;
    }
    return format;
}

static bool write_text(struct command *cmd, struct buf *out, bool formatted)
{
    value text;
    bool ok = formatted     ? string_new(cmd->in, buf_text(out), out->size, &text)
              : out->failed ? throw_full(cmd->in, out)
                            : cmd_throw(cmd, "System.FormatException", CAT_NotSpecified, value_null,
                                        "That is not a format of dates and times.");
    buf_free(out);
    return ok && cmd_take(cmd, text);
}

static bool write_formatted(struct command *cmd, struct moment m)
{
    struct buf out = BUF_INIT;
    bool fine;
    if (cmd_bound(cmd, UFORMAT)) {
        fine = unix_format(m.ticks, m.kind, &cmd->in->zone, value_text(cmd->arg[UFORMAT]), &out);
    } else {
        const char *pattern = pattern_of(cmd, &m);
        fine = date_format(m.ticks, m.kind, &cmd->in->zone, pattern, strlen(pattern), &out);
    }
    return write_text(cmd, &out, fine);
}

static bool process(struct command *cmd)
{
    struct moment m;
    if (!start(cmd, &m))
        return false;
    if (!replace_parts(cmd, &m))
        return cmd_throw(cmd, "System.ArgumentOutOfRangeException", CAT_NotSpecified, value_null,
                         "There is no such day.");
    if (cmd_switch(cmd, AS_UTC))
        m = (struct moment){date_to_utc(m.ticks, m.kind, &cmd->in->zone), DATE_UTC};
    if (cmd_bound(cmd, UFORMAT) || cmd_bound(cmd, FORMAT))
        return write_formatted(cmd, m);
    value date = {.kind = V_DATETIME, .aux = m.kind, .i = m.ticks};
    return value_box(cmd->in, &date) && cmd_write(cmd, date); // others may add members to it
}

const struct cmdlet cmdlet_get_date = {.params = params, .sets = sets, .process = process};
