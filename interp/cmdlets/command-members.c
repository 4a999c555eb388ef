// What programs call on the objects of Get-Command. jesh-full alone.
#include "interp/cmdlets/command-info.h"
#include "interp/value/types-rows.h"

METHOD(resolve)
{
    return (void)count, command_resolve(in, self, args[0], ret);
}
static const struct method methods[] = {{"ResolveParameter", resolve, OBJ, P(STR)}, {0}};
const struct type_members full_cmdlet_info = {methods, NULL, NULL, NULL};
