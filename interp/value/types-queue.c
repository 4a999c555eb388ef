// Queues and stacks. Both are lists; a stack's top is its first item, as its enumeration shows it. Room before
// the first item makes taking it, and pushing another, cost nothing.
#include <string.h>

#include "base/mem.h"
#include "interp/eval/interp.h"
#include "interp/value/items.h"
#include "interp/value/line.h"
#include "interp/value/types-rows.h"

#define LINE(v) ((struct line *)(v).object)

static void move_start(struct line *line, ptrdiff_t by)
{
    line->list.items += by;
    line->list.capacity = (size_t)((ptrdiff_t)line->list.capacity - by);
    line->room = (size_t)((ptrdiff_t)line->room + by);
}

void line_release(struct object *object)
{
    struct line *line = (struct line *)object;
    move_start(line, -(ptrdiff_t)line->room);
}

static value take_first(struct line *line)
{
    value first = line->list.items[0];
    move_start(line, 1);
    line->list.count--;
    return first;
}

// Room at the front is given back when the end is reached, at most once for as many items as there are.
static void settle(struct line *line)
{
    size_t room = line->room;
    if (line->list.count < line->list.capacity || !room || room < line->list.count)
        return;
    move_start(line, -(ptrdiff_t)room);
    memmove(line->list.items, line->list.items + room, line->list.count * sizeof(value));
}

static bool append(struct interp *in, value self, value item)
{
    struct line *line = LINE(self);
    settle(line);
    if (line->list.count < line->list.capacity || !line->room)
        return list_add(in, &line->list, item);
    size_t room = line->room;
    move_start(line, -(ptrdiff_t)room); // the block grows from its start
    line->list.count += room;
    bool ok = list_add(in, &line->list, item);
    line->list.count -= room;
    move_start(line, (ptrdiff_t)room);
    return ok;
}

static bool add_one(struct interp *in, value self, value item)
{
    value own;
    if (!items_convert(in, self, item, &own))
        return false;
    bool ok = append(in, self, own);
    return value_drop(own), ok;
}

METHOD(enqueue)
{
    return UNUSED, add_one(in, self, args[0]);
}
METHOD(take)
{
    UNUSED;
    if (!self.array->count)
        return items_empty(in);
    return *ret = take_first(LINE(self)), true;
}
METHOD(peek)
{
    UNUSED;
    if (!self.array->count)
        return items_empty(in);
    return *ret = value_keep(self.array->items[0]), true;
}

static bool try_first(struct interp *in, value self, value reference, bool take, value *ret)
{
    bool some = self.array->count;
    value first = !some ? value_null : take ? take_first(LINE(self)) : value_keep(self.array->items[0]);
    bool ok = reference_set(in, reference, first);
    value_drop(first);
    return *ret = value_bool(some), ok;
}
METHOD(try_take)
{
    return UNUSED, try_first(in, self, args[0], true, ret);
}
METHOD(try_peek)
{
    return UNUSED, try_first(in, self, args[0], false, ret);
}

// As many free places in front as there are items, so that pushing doubles the block now and then.
static bool make_room(struct interp *in, struct line *line)
{
    size_t more = line->list.count + 8, count = line->list.count;
    value *items = mem_new(more + count, sizeof(value));
    if (!items)
        return throw_memory(in);
    if (count)
        memcpy(items + more, line->list.items, count * sizeof(value));
    line_release(&line->list.head);
    mem_free(line->list.items, line->list.capacity * sizeof(value));
    line->list.items = items;
    line->list.capacity = more + count;
    line->room = 0;
    return move_start(line, (ptrdiff_t)more), true;
}

static bool push_one(struct interp *in, value self, value item)
{
    value own;
    struct line *line = LINE(self);
    if (!items_convert(in, self, item, &own))
        return false;
    if (!line->room && !make_room(in, line))
        return value_drop(own), false;
    move_start(line, -1);
    line->list.items[0] = own;
    return line->list.count++, true;
}
METHOD(push)
{
    return UNUSED, push_one(in, self, args[0]);
}
METHOD(push_range)
{
    return UNUSED, list_each(in, args[0], push_one, self);
}
METHOD(queue_from)
{
    UNUSED;
    if (!list_new(in, self.type, ret))
        return false;
    return list_each(in, args[0], add_one, *ret) || (value_drop(*ret), false);
}
METHOD(stack_from)
{
    UNUSED;
    if (!list_new(in, self.type, ret))
        return false;
    return list_each(in, args[0], push_one, *ret) || (value_drop(*ret), false);
}
METHOD(line_copy)
{
    UNUSED;
    if (!list_new(in, self.object->type, ret))
        return false;
    for (size_t i = 0; i < self.array->count; i++)
        if (!append(in, *ret, self.array->items[i]))
            return value_drop(*ret), false;
    return true;
}

static bool line_count(struct interp *in, value self, value *ret)
{
    (void)in;
    return *ret = value_int((int32_t)self.array->count), true;
}
static bool line_empty(struct interp *in, value self, value *ret)
{
    (void)in;
    return *ret = value_bool(!self.array->count), true;
}
static bool no(struct interp *in, value self, value *ret)
{
    (void)in, (void)self;
    return *ret = value_false, true;
}
static bool itself(struct interp *in, value self, value *ret)
{
    (void)in;
    return *ret = value_keep(self), true;
}
const struct property line_properties[] = {
    {"Count", line_count, NULL}, {"IsSynchronized", no, NULL}, {"SyncRoot", itself, NULL}, {0}};
const struct property concurrent_line_properties[] = {
    {"IsEmpty", line_empty, NULL}, {"Count", line_count, NULL}, {0}};

#define LINE_METHODS                                                                                         \
    {"Clear", list_clear, VOID}, {"Contains", list_contains, BOOLEAN, P(OBJ)}, {"ToArray", list_to_array, OBJS}, \
        {"CopyTo", list_copy_to, VOID, P(ARR, I32)}, {"GetEnumerator", get_enumerator, OBJ},                 \
        {"Clone", line_copy, OBJ}, {"TrimExcess", list_nothing, VOID}, {"TrimToSize", list_nothing, VOID},   \
    {                                                                                                        \
        "Peek", peek, OBJ                                                                                    \
    }
static const struct method queue_methods[] = {{"Enqueue", enqueue, VOID, P(OBJ)},
                                              {"Dequeue", take, OBJ},
                                              {"TryDequeue", try_take, BOOLEAN, P(REF)},
                                              {"TryPeek", try_peek, BOOLEAN, P(REF)},
                                              {"Add", enqueue, VOID, P(OBJ)},
                                              {"TryTake", try_take, BOOLEAN, P(REF)},
                                              LINE_METHODS,
                                              {0}};
static const struct method stack_methods[] = {{"Push", push, VOID, P(OBJ)},
                                              {"PushRange", push_range, VOID, P(ARR)},
                                              {"Pop", take, OBJ},
                                              {"TryPop", try_take, BOOLEAN, P(REF)},
                                              {"TryPeek", try_peek, BOOLEAN, P(REF)},
                                              LINE_METHODS,
                                              {0}};
static const struct method queue_constructors[] = {{"new", list_new_empty, OBJ},
                                                   {"new", list_new_empty, OBJ, P(I32)},
                                                   {"new", queue_from, OBJ, P(SEQUENCE)},
                                                   {0}};
static const struct method stack_constructors[] = {{"new", list_new_empty, OBJ},
                                                   {"new", list_new_empty, OBJ, P(I32)},
                                                   {"new", stack_from, OBJ, P(SEQUENCE)},
                                                   {0}};
const struct type_members full_queue = {queue_methods, NULL, queue_constructors, NULL};
const struct type_members full_stack = {stack_methods, NULL, stack_constructors, NULL};
