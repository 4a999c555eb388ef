// HostInformationMessage: what Write-Host says where somebody listens.
#include "interp/value/objects.h"

#define GET(n)                                                                                               \
    static bool get_##n(struct interp *in, value self, value *ret)                                           \
    {                                                                                                        \
        return (void)in, *ret = value_keep(AS(fields, self)->at[n]), true;                                   \
    }
GET(0)
GET(1)
GET(2)
GET(3)

const struct property host_message_properties[] = {{"Message", get_0, NULL},
                                                   {"NoNewLine", get_1, NULL},
                                                   {"ForegroundColor", get_2, NULL},
                                                   {"BackgroundColor", get_3, NULL},
                                                   {0}};

bool host_message_to_string(struct interp *in, value self, value *ret)
{
    return get_0(in, self, ret);
}

bool host_message_new(struct interp *in, const value fields[4], value *ret)
{
    if (!object_new(in, &type_host_message, ret))
        return false;
    for (size_t i = 0; i < 4; i++)
        AS(fields, *ret)->at[i] = value_keep(fields[i]);
    return true;
}
