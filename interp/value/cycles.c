#include "interp/value/cycles.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"

struct link { // before each object
    struct link *next, *before;
    int64_t left; // of its count, once what the others hold is taken off; torn down: its bytes
};

enum { REACHED = -1 };

// The list, and whether blocks must outlive their release: like `doomed` in heap.c, of the process.
static struct link all = {&all, &all, 0};
static struct link *torn;
static bool tearing;

static struct link *link_of(struct object *object)
{
    return (struct link *)object - 1;
}

static struct object *object_of(struct link *link)
{
    return (struct object *)(link + 1);
}

static bool is_linked(const struct object *object)
{
    switch (object->kind) {
    case V_STRING:
    case V_DECIMAL:
    case V_BIGINT:
        return false;
    default:
        return true;
    }
}

static void push(struct link *list, struct link *link)
{
    link->next = list->next;
    link->before = list;
    list->next->before = link;
    list->next = link;
}

void *cycles_new(size_t size)
{
    struct link *link = mem_new(1, sizeof *link + size);
    if (!link)
        return NULL;
    push(&all, link);
    return link + 1;
}

static void unlink_it(struct link *link)
{
    link->next->before = link->before;
    link->before->next = link->next;
}

// While garbage is torn down the others still look at its count.
void cycles_free(void *object, size_t size)
{
    struct link *link = link_of(object);
    unlink_it(link);
    if (!tearing) {
        mem_free(link, sizeof *link + size);
        return;
    }
    link->left = (int64_t)size;
    link->next = torn;
    torn = link;
}

// --- Who is held from outside
// --------------------------------------------------------------------------------------

static void count_outside(void)
{
    for (struct link *link = all.next; link != &all; link = link->next)
        link->left = object_of(link)->refs;
}

static void take_off(struct visitor *visitor, struct object *child)
{
    (void)visitor;
    if (!is_linked(child) || child->refs == UINT32_MAX)
        return;
    link_of(child)->left--;
#ifdef __SANITIZE_ADDRESS__
    if (link_of(child)->left < 0)
        abort(); // more hold it than it knows
#endif
}

// Those still to be looked at stand in a list through `before`, which the walk over all does not use.
struct reach {
    struct visitor visitor;
    struct link *waiting;
};

static void wait(struct reach *r, struct link *link)
{
    link->left = REACHED;
    link->before = r->waiting;
    r->waiting = link;
}

// A count at its top is one from outside.
static void reach(struct visitor *visitor, struct object *child)
{
    if (is_linked(child) && child->refs != UINT32_MAX && link_of(child)->left != REACHED)
        wait((struct reach *)visitor, link_of(child));
}

static void reach_from(struct reach *r, struct link *root)
{
    wait(r, root);
    while (r->waiting) {
        struct link *link = r->waiting;
        r->waiting = link->before;
        visit_children(object_of(link), &r->visitor);
    }
}

static void mend_links(void)
{
    struct link *link = &all;
    for (; link->next != &all; link = link->next)
        link->next->before = link;
    all.before = link;
}

static void find_live(void)
{
    struct visitor off = {take_off};
    struct reach r = {{reach}, NULL};
    count_outside();
    for (struct link *link = all.next; link != &all; link = link->next)
        visit_children(object_of(link), &off);
    for (struct link *link = all.next; link != &all; link = link->next)
        if (link->left > 0)
            reach_from(&r, link);
    mend_links();
}

// --- Freeing
// -------------------------------------------------------------------------------------------------------

// A count at its top is not touched by what the garbage drops of itself.
static size_t take_garbage(struct link *garbage)
{
    size_t count = 0;
    for (struct link *link = all.next, *next; link != &all; link = next) {
        next = link->next;
        if (link->left == REACHED)
            continue;
        object_of(link)->refs = UINT32_MAX;
        unlink_it(link);
        push(garbage, link);
        count++;
    }
    return count;
}

static void tear_down(struct link *garbage)
{
    tearing = true;
    while (garbage->next != garbage)
        object_teardown(object_of(garbage->next));
    tearing = false;
    while (torn) {
        struct link *link = torn;
        torn = link->next;
        mem_free(link, sizeof *link + (size_t)link->left);
    }
}

size_t cycles_collect(void)
{
    struct link garbage = {&garbage, &garbage, 0};
    if (tearing)
        return 0;
    find_live();
    size_t count = take_garbage(&garbage);
    tear_down(&garbage);
    return count;
}

// --- At the end
// ----------------------------------------------------------------------------------------------------

static const char *name_of(const struct object *object)
{
    return object->type ? object->type->name : "";
}

size_t cycles_left(void)
{
    size_t count = 0;
    for (struct link *link = all.next; link != &all; link = link->next, count++)
#ifdef __SANITIZE_ADDRESS__
        fprintf(stderr, "left: kind %d, %s, count %u\n", object_of(link)->kind, name_of(object_of(link)), object_of(link)->refs);
#else
        (void)name_of;
#endif
    return count;
}
