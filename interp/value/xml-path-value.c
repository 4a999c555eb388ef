// Values of XPath: sets of nodes in the order of the document, numbers, texts and truths, and how they
// compare.
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "interp/value/xml-path.h"

void path_free_result(struct result *r)
{
    buf_free(&r->ids);
    buf_free(&r->text);
}

// --- Ids ---

size_t path_id_count(const struct buf *ids)
{
    return ids->size / sizeof(xml_id);
}
xml_id path_id_at(const struct buf *ids, size_t n)
{
    xml_id id;
    memcpy(&id, buf_text((struct buf *)ids) + n * sizeof id, sizeof id);
    return id;
}
void path_add_id(struct buf *ids, xml_id id)
{
    buf_add(ids, (const char *)&id, sizeof id);
}

// The place of a node in the document: a walk from the root counts up to it.
static bool number_nodes(const struct xml_store *store, xml_id at, uint32_t *order, uint32_t *next)
{
    order[at] = (*next)++;
    for (xml_id a = XML_NODE(store, at)->attributes; a; a = XML_NODE(store, a)->next)
        order[a] = (*next)++;
    for (xml_id child = XML_NODE(store, at)->first; child; child = XML_NODE(store, child)->next)
        number_nodes(store, child, order, next);
    return true;
}
struct placed {
    uint32_t order;
    xml_id id;
};
static int by_order(const void *a, const void *b)
{
    const struct placed *left = a, *right = b;
    return (left->order > right->order) - (left->order < right->order);
}
xml_id path_top_of(const struct xml_store *store, xml_id at)
{
    while (XML_NODE(store, at)->parent)
        at = XML_NODE(store, at)->parent;
    return at;
}
bool path_sort_ids(const struct xml_store *store, struct buf *ids)
{
    size_t count = path_id_count(ids);
    uint32_t next = 1;
    if (count < 2)
        return true;
    uint32_t *order = mem_new(store->count, sizeof *order);
    struct placed *placed = mem_new(count, sizeof *placed);
    if (order && placed) {
        number_nodes(store, path_top_of(store, path_id_at(ids, 0)), order, &next);
        for (size_t i = 0; i < count; i++)
            placed[i] = (struct placed){order[path_id_at(ids, i)], path_id_at(ids, i)};
        qsort(placed, count, sizeof *placed, by_order);
        buf_clear(ids);
        for (size_t i = 0; i < count; i++)
            if (!i || placed[i].id != placed[i - 1].id)
                path_add_id(ids, placed[i].id);
    }
    bool ok = order && placed;
    mem_free(order, store->count * sizeof *order);
    mem_free(placed, count * sizeof *placed);
    return ok;
}

// --- Values ---

void path_text_of(const struct path *p, const struct result *r, struct buf *out)
{
    char number[40];
    if (r->kind == TEXT)
        buf_add(out, buf_text((struct buf *)&r->text), r->text.size);
    if (r->kind == TRUTH)
        buf_add_text(out, r->number != 0 ? "true" : "false");
    if (r->kind == NODES && r->ids.size)
        xml_inner_text(p->store, path_id_at(&r->ids, 0), out);
    if (r->kind == NUMBER) {
        snprintf(number, sizeof number, isnan(r->number) ? "NaN" : "%.15g", r->number);
        buf_add_text(out, number);
    }
}
double path_number_of_text(const char *text)
{
    char *end;
    while (isspace((unsigned char)*text))
        text++;
    double number = strtod(text, &end);
    while (isspace((unsigned char)*end))
        end++;
    return end == text || *end ? (double)NAN : number;
}
double path_number_of(const struct path *p, const struct result *r)
{
    if (r->kind == NUMBER || r->kind == TRUTH)
        return r->number;
    struct buf text = BUF_INIT;
    path_text_of(p, r, &text);
    double number = path_number_of_text(buf_text(&text));
    return buf_free(&text), number;
}
bool path_truth_of(const struct result *r)
{
    switch (r->kind) {
    case NODES:
        return r->ids.size;
    case TEXT:
        return r->text.size;
    default:
        return r->number != 0 && !isnan(r->number);
    }
}
void path_set_number(struct result *r, enum result_kind kind, double number)
{
    path_free_result(r);
    *r = (struct result){.kind = kind, .ids = BUF_INIT, .text = BUF_INIT, .number = number};
}

static bool numbers_relate(double a, double b, enum relation how)
{
    switch (how) {
    case EQUAL:
        return a == b;
    case UNEQUAL:
        return a != b;
    case LESS:
        return a < b;
    case LESS_EQUAL:
        return a <= b;
    case GREATER:
        return a > b;
    default:
        return a >= b;
    }
}
static bool plain_relate(const struct path *p, const struct result *a, const struct result *b,
                         enum relation how)
{
    bool truths = a->kind == TRUTH || b->kind == TRUTH, numbers = a->kind == NUMBER || b->kind == NUMBER;
    if (truths && how <= UNEQUAL)
        return (path_truth_of(a) == path_truth_of(b)) == (how == EQUAL);
    if (numbers || how > UNEQUAL)
        return numbers_relate(path_number_of(p, a), path_number_of(p, b), how);
    struct buf left = BUF_INIT, right = BUF_INIT;
    path_text_of(p, a, &left);
    path_text_of(p, b, &right);
    bool same = left.size == right.size && !memcmp(buf_text(&left), buf_text(&right), left.size);
    buf_free(&left);
    buf_free(&right);
    return same == (how == EQUAL);
}
// A set of nodes relates as any of its nodes does.
bool path_relate(const struct path *p, const struct result *a, const struct result *b, enum relation how)
{
    const struct result *many = a->kind == NODES ? a : b->kind == NODES ? b : NULL;
    if (!many || a->kind == TRUTH || b->kind == TRUTH)
        return plain_relate(p, a, b, how);
    for (size_t i = 0; i < path_id_count(&many->ids); i++) {
        struct result one = {.kind = NODES, .ids = BUF_INIT, .text = BUF_INIT};
        path_add_id(&one.ids, path_id_at(&many->ids, i));
        struct result text = {.kind = TEXT, .ids = BUF_INIT, .text = BUF_INIT};
        path_text_of(p, &one, &text.text);
        bool yes = many == a ? path_relate(p, &text, b, how) : path_relate(p, a, &text, how);
        path_free_result(&one);
        path_free_result(&text);
        if (yes)
            return true;
    }
    return false;
}
