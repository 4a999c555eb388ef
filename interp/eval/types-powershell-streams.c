// The streams of a PowerShell, and the collections that they are. jesh-full alone.
#include "interp/eval/types-powershell.h"
#include "interp/value/items.h"

// --- Streams
// -------------------------------------------------------------------------------------------------------

bool streams_new(struct interp *in, value *ret)
{
    bool ok = object_new(in, &type_ps_streams, ret);
    for (int i = 0; i < STREAM_FIELDS && ok; i++)
        ok = list_new(in, &type_ps_data_collection, &FIELD(*ret, i));
    return ok;
}

FIELD_GETTER(stream_error, STREAM_ERROR)
FIELD_GETTER(stream_warning, STREAM_WARNING)
FIELD_GETTER(stream_verbose, STREAM_VERBOSE)
FIELD_GETTER(stream_debug, STREAM_DEBUG)
FIELD_GETTER(stream_information, STREAM_INFORMATION)
FIELD_GETTER(stream_progress, PROGRESS_FIELD)
const struct property ps_streams_properties[] = {{.name = "Error", .get = stream_error},
                                                 {.name = "Progress", .get = stream_progress},
                                                 {.name = "Verbose", .get = stream_verbose},
                                                 {.name = "Debug", .get = stream_debug},
                                                 {.name = "Warning", .get = stream_warning},
                                                 {.name = "Information", .get = stream_information},
                                                 {0}};

static void list_empty(value list)
{
    items_take_out(list.array, 0, list.array->count);
}

METHOD(clear_streams)
{
    UNUSED;
    for (int i = 0; i < STREAM_FIELDS; i++)
        list_empty(FIELD(self, i));
    return *ret = value_null, true;
}
static const struct method streams_methods[] = {{"ClearStreams", clear_streams, VOID}, {0}};
const struct type_members full_ps_streams = {.methods = streams_methods};

METHOD(read_all)
{
    UNUSED;
    if (!list_new(in, &type_ps_data_collection, ret))
        return false;
    bool ok = true;
    for (size_t i = 0; i < self.array->count && ok; i++)
        ok = list_add(in, ret->array, self.array->items[i]);
    list_empty(self);
    return ok;
}
METHOD(add_item)
{
    (void)count;
    return *ret = value_null, list_add(in, self.array, args[0]);
}
METHOD(clear_items)
{
    UNUSED;
    return list_empty(self), *ret = value_null, true;
}
METHOD(nothing)
{
    UNUSED;
    return *ret = value_null, true;
}
METHOD(make_collection)
{
    UNUSED;
    return list_new(in, &type_ps_data_collection, ret);
}
static const struct method data_methods[] = {{"ReadAll", read_all, OBJ},     {"Add", add_item, VOID, P(OBJ)},
                                             {"Clear", clear_items, VOID},   {"Complete", nothing, VOID},
                                             {"Dispose", nothing, VOID},     {0}};
static const struct method data_constructors[] = {{"new", make_collection, &type_ps_data_collection}, {0}};
const struct type_members full_ps_data_collection = {.methods = data_methods, .constructors = data_constructors};
