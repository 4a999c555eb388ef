// System.Environment, as the session's own environment has it.
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "interp/eval/interp.h"
#include "interp/providers/environment.h"
#include "interp/value/types-rows.h"

#define GETTER(name) static bool name(struct interp *in, value self, value *ret)

GETTER(new_line)
{
    return (void)self, string_text(in, "\n", ret);
}
GETTER(process_id)
{
    return (void)in, (void)self, *ret = value_int(getpid()), true;
}
GETTER(yes)
{
    return (void)in, (void)self, *ret = value_true, true;
}
GETTER(no)
{
    return (void)in, (void)self, *ret = value_false, true;
}
static bool variable(struct interp *in, const char *name, value *ret)
{
    const char *text = environment_get(in, name);
    return string_text(in, text ? text : "", ret);
}
GETTER(user)
{
    return (void)self, variable(in, environment_get(in, "USER") ? "USER" : "LOGNAME", ret);
}
GETTER(machine)
{
    return (void)self, variable(in, "HOSTNAME", ret);
}
GETTER(ticks)
{
    return (void)in, (void)self, *ret = value_int((int32_t)clock_ms()), true;
}
GETTER(long_ticks)
{
    return (void)in, (void)self, *ret = value_long((int64_t)clock_ms()), true;
}
GETTER(one) // the process runs on one thread
{
    return (void)in, (void)self, *ret = value_int(1), true;
}
GETTER(page)
{
    return (void)in, (void)self, *ret = value_int((int32_t)sysconf(_SC_PAGESIZE)), true;
}
GETTER(nothing)
{
    return (void)self, string_text(in, "", ret);
}
static const struct property environment_properties[] = {{"NewLine", new_line, NULL},
                                                         {"ProcessId", process_id, NULL},
                                                         {"Is64BitProcess", yes, NULL},
                                                         {"Is64BitOperatingSystem", yes, NULL},
                                                         {"HasShutdownStarted", no, NULL},
                                                         {"UserInteractive", yes, NULL},
                                                         {"IsPrivilegedProcess", no, NULL},
                                                         {"UserName", user, NULL},
                                                         {"MachineName", machine, NULL},
                                                         {"UserDomainName", machine, NULL},
                                                         {"SystemDirectory", nothing, NULL},
                                                         {"TickCount", ticks, NULL},
                                                         {"TickCount64", long_ticks, NULL},
                                                         {"ProcessorCount", one, NULL},
                                                         {"CurrentManagedThreadId", one, NULL},
                                                         {"SystemPageSize", page, NULL},
                                                         {0}};

METHOD(leave)
{
    return UNUSED, interp_leave(in, (int)args[0].i);
}
METHOD(get_variable)
{
    UNUSED;
    if (value_is_null(args[0]))
        return method_throw(in, &type_argument_null_exception, "The name must not be $null.");
    const char *text = environment_get(in, value_text(args[0]));
    return text ? string_text(in, text, ret) : (*ret = value_null, true);
}
METHOD(set_variable)
{
    UNUSED;
    if (value_is_null(args[0]))
        return method_throw(in, &type_argument_null_exception, "The name must not be $null.");
    const char *name = value_text(args[0]);
    if (!*name || strchr(name, '='))
        return method_throw(in, &type_argument_exception, "'%s' is no name of a variable.", name);
    return environment_set(in, name,
                           args[1].kind == V_STRING ? value_text(args[1]) : NULL);
}
METHOD(expand)
{
    struct buf out = BUF_INIT;
    UNUSED;
    if (value_is_null(args[0]))
        return method_throw(in, &type_argument_null_exception, "The text must not be $null.");
    environment_expand(in, value_text(args[0]), args[0].string->size, &out);
    return buf_take(in, &out, ret);
}
static const struct method environment_statics[] = {
    {"Exit", leave, VOID, P(I32)},
    {"ExpandEnvironmentVariables", expand, STR, P(STR)},
    {"GetEnvironmentVariable", get_variable, STR, P(STR)},
    {"SetEnvironmentVariable", set_variable, VOID, P(STR, STR)},
    {0}};
const struct type_members full_environment = {NULL, environment_statics, NULL, environment_properties};
