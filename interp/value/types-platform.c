// System.Management.Automation.Platform: what kind of system this is. jesh-full alone.
#include "interp/value/objects.h"

static bool yes(struct interp *in, value self, value *ret)
{
    return (void)in, (void)self, *ret = value_true, true;
}
static bool no(struct interp *in, value self, value *ret)
{
    return (void)in, (void)self, *ret = value_false, true;
}
static const struct property statics[] = {
    {"IsLinux", yes, NULL},         {"IsMacOS", no, NULL},        {"IsWindows", no, NULL},
    {"IsCoreCLR", yes, NULL},       {"IsNanoServer", no, NULL},   {"IsIoT", no, NULL},
    {"IsWindowsDesktop", no, NULL}, {"IsStaSupported", no, NULL}, {0}};
const struct type_members full_platform = {.static_properties = statics};
