// LinkedList: an array behind the interface of a chain. A node is its list and the item; what it once stood beside is
// asked of the list.
#include "interp/eval/interp.h"
#include "interp/value/items.h"
#include "interp/value/set.h"
#include "interp/value/types-rows.h"

enum { NODE_LIST, NODE_VALUE };
#define AT(node, n) AS(fields, node)->at[n]

static bool node_of(struct interp *in, value list, ptrdiff_t at, value *ret)
{
    if (at < 0 || (size_t)at >= list.array->count)
        return *ret = value_null, true;
    if (!object_new(in, &type_linked_node, ret))
        return false;
    AT(*ret, NODE_LIST) = value_keep(list);
    AT(*ret, NODE_VALUE) = value_keep(list.array->items[at]);
    return true;
}

static bool neighbour(struct interp *in, value node, ptrdiff_t by, value *ret)
{
    ptrdiff_t at;
    value list = AT(node, NODE_LIST);
    if (value_is_null(list) || !items_find(in, list.array, AT(node, NODE_VALUE), 0, &at))
        return *ret = value_null, value_is_null(list);
    return at < 0 ? (*ret = value_null, true) : node_of(in, list, at + by, ret);
}
static bool node_next(struct interp *in, value self, value *ret)
{
    return neighbour(in, self, 1, ret);
}
static bool node_previous(struct interp *in, value self, value *ret)
{
    return neighbour(in, self, -1, ret);
}
static bool node_list(struct interp *in, value self, value *ret)
{
    (void)in;
    return *ret = value_keep(AT(self, NODE_LIST)), true;
}
static bool node_value(struct interp *in, value self, value *ret)
{
    (void)in;
    return *ret = value_keep(AT(self, NODE_VALUE)), true;
}
const struct property linked_node_properties[] = {{"List", node_list, NULL},
                                                  {"Next", node_next, NULL},
                                                  {"Previous", node_previous, NULL},
                                                  {"Value", node_value, NULL},
                                                  {0}};

static bool insert(struct interp *in, value self, size_t at, value item, value *ret)
{
    value own;
    if (!items_convert(in, self, item, &own))
        return false;
    bool ok = items_put_in(in, self.array, at, own);
    value_drop(own);
    return ok && node_of(in, self, (ptrdiff_t)at, ret);
}
METHOD(add_first)
{
    return UNUSED, insert(in, self, 0, args[0], ret);
}
METHOD(add_last)
{
    return UNUSED, insert(in, self, self.array->count, args[0], ret);
}
static bool beside(struct interp *in, value self, value node, value item, size_t by, value *ret)
{
    ptrdiff_t at;
    if (value_is_null(node))
        return method_throw(in, &type_argument_null_exception, "A node is needed.");
    if (!items_find(in, self.array, AT(node, NODE_VALUE), 0, &at))
        return false;
    if (at < 0)
        return method_throw(in, &type_invalid_operation_exception, "The node is not one of this list.");
    return insert(in, self, (size_t)at + by, item, ret);
}
METHOD(add_before)
{
    return UNUSED, beside(in, self, args[0], args[1], 0, ret);
}
METHOD(add_after)
{
    return UNUSED, beside(in, self, args[0], args[1], 1, ret);
}
static bool take_at(struct interp *in, value self, size_t at)
{
    if (!self.array->count)
        return items_empty(in);
    return items_take_out(self.array, at, 1), true;
}
METHOD(remove_first)
{
    return UNUSED, take_at(in, self, 0);
}
METHOD(remove_last)
{
    return UNUSED, take_at(in, self, self.array->count - 1);
}
METHOD(remove_one)
{
    value item = value_is_type(args[0], &type_linked_node) ? AT(args[0], NODE_VALUE) : args[0];
    return list_remove(in, self, &item, count, ret);
}
METHOD(find_first)
{
    ptrdiff_t at;
    UNUSED;
    return items_find(in, self.array, args[0], 0, &at) && node_of(in, self, at, ret);
}
static bool add_one(struct interp *in, value self, value item)
{
    return list_add(in, self.array, item);
}
METHOD(list_from)
{
    UNUSED;
    if (!list_new(in, self.type, ret))
        return false;
    return list_each(in, args[0], add_one, *ret) || (value_drop(*ret), false);
}
static bool first(struct interp *in, value self, value *ret)
{
    return node_of(in, self, 0, ret);
}
static bool last(struct interp *in, value self, value *ret)
{
    return node_of(in, self, (ptrdiff_t)self.array->count - 1, ret);
}
static bool count_of(struct interp *in, value self, value *ret)
{
    (void)in;
    return *ret = value_int((int32_t)self.array->count), true;
}
const struct property linked_list_properties[] = {
    {"Count", count_of, NULL}, {"First", first, NULL}, {"Last", last, NULL}, {0}};
#define NODE &type_linked_node
static const struct method methods[] = {{"AddFirst", add_first, OBJ, P(OBJ)},
                                        {"AddLast", add_last, OBJ, P(OBJ)},
                                        {"AddBefore", add_before, OBJ, P(NODE, OBJ)},
                                        {"AddAfter", add_after, OBJ, P(NODE, OBJ)},
                                        {"RemoveFirst", remove_first, VOID},
                                        {"RemoveLast", remove_last, VOID},
                                        {"Remove", remove_one, BOOLEAN, P(OBJ)},
                                        {"Find", find_first, OBJ, P(OBJ)},
                                        {"Contains", list_contains, BOOLEAN, P(OBJ)},
                                        {"Clear", list_clear, VOID},
                                        {"CopyTo", list_copy_to, VOID, P(ARR, I32)},
                                        {"GetEnumerator", get_enumerator, OBJ},
                                        {0}};
static const struct method constructors[] = {{"new", list_new_empty, OBJ}, {"new", list_from, OBJ, P(SEQUENCE)}, {0}};
const struct type_members full_linked_list = {.methods = methods, .constructors = constructors};
