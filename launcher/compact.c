#include "launcher/compact.h"

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { MOST = 1024, NONE = -1, JUMP_MOST = 250, SINGLES_MOST = 3 };
enum { LOAD = BPF_LD | BPF_W | BPF_ABS, MASK = BPF_ALU | BPF_AND | BPF_K, RETURN = BPF_RET | BPF_K, GO = BPF_JMP | BPF_JA };
enum { EQUAL = BPF_JMP | BPF_JEQ | BPF_K, ABOVE = BPF_JMP | BPF_JGT | BPF_K, FROM = BPF_JMP | BPF_JGE | BPF_K };
enum { AT_NUMBER = offsetof(struct seccomp_data, nr), AT_MACHINE = offsetof(struct seccomp_data, arch) };

// An instruction of the new program. It is written from its end, so that whatever a jump leads to stands already.
struct node {
    uint16_t code;
    uint32_t k;
    int yes, no; // nodes; of what is no jump: `no` comes next
};

struct span { // the numbers from `first` to the next span's
    uint32_t first;
    int node;
};

struct compact {
    const struct sock_filter *old;
    size_t count;
    int moved[MOST]; // instruction of the old program → node
    struct node nodes[MOST];
    size_t node_count;
    struct span spans[2 * MOST];
    size_t span_count;
    bool failed;
};

static bool is_compare(uint16_t code)
{
    return BPF_CLASS(code) == BPF_JMP && code != GO;
}

// ---- writing ----

static int put(struct compact *c, struct node node)
{
    if (c->node_count == MOST) {
        c->failed = true;
        return 0;
    }
    c->nodes[c->node_count] = node;
    return (int)c->node_count++;
}

// The newest stand-in of a node that a jump from here can reach.
static int reachable(struct compact *c, int node)
{
    if (c->node_count - (size_t)node <= JUMP_MOST)
        return node;
    struct node far = c->nodes[node];
    return put(c, far.code == RETURN ? far : (struct node){GO, 0, NONE, node});
}

static int find(const struct compact *c, const struct node *wanted)
{
    for (size_t i = c->node_count; i-- > 0;) {
        const struct node *node = &c->nodes[i];

        if (node->code == wanted->code && node->k == wanted->k && node->yes == wanted->yes && node->no == wanted->no)
            return (int)i;
    }
    return NONE;
}

static int node_of(struct compact *c, struct node wanted)
{
    if (is_compare(wanted.code)) {
        wanted.yes = reachable(c, wanted.yes);
        wanted.no = reachable(c, wanted.no);
    }
    int same = find(c, &wanted);
    if (same != NONE)
        return same;
    bool falls = wanted.code == LOAD || wanted.code == MASK;
    if (falls && wanted.no != (int)c->node_count - 1)
        wanted.no = put(c, (struct node){GO, 0, NONE, wanted.no});
    return put(c, wanted);
}

static int compare(struct compact *c, uint16_t code, uint32_t k, int yes, int no)
{
    return yes == no ? yes : node_of(c, (struct node){code, k, yes, no});
}

// ---- reading ----

// LOAD half, MASK 0, EQUAL 0: true whatever is there. What follows loads something of its own.
static bool is_idle(const struct compact *c, size_t at)
{
    const struct sock_filter *i = c->old + at;

    if (at + 2 >= c->count || i[0].code != LOAD || i[1].code != MASK || i[1].k || i[2].code != EQUAL || i[2].k)
        return false;
    size_t next = at + 3 + i[2].jt;
    return next < c->count && (c->old[next].code == LOAD || c->old[next].code == RETURN);
}

static int move(struct compact *c, size_t at);

static int move_on(struct compact *c, size_t at)
{
    const struct sock_filter *i = c->old + at;

    if (is_idle(c, at))
        return move(c, at + 3 + i[2].jt);
    if (i->code == GO)
        return move(c, at + 1 + i->k);
    if (i->code == RETURN)
        return node_of(c, (struct node){RETURN, i->k, NONE, NONE});
    if (i->code == LOAD || i->code == MASK)
        return node_of(c, (struct node){i->code, i->k, NONE, move(c, at + 1)});
    if (!is_compare(i->code) || BPF_SRC(i->code) != BPF_K) {
        c->failed = true;
        return 0;
    }
    int no = move(c, at + 1 + i->jf);
    return compare(c, i->code, i->k, move(c, at + 1 + i->jt), no);
}

// Where an instruction of the old program stands in the new one. Jumps lead forward only, so this ends.
static int move(struct compact *c, size_t at)
{
    if (at >= c->count || c->failed) {
        c->failed = true;
        return 0;
    }
    if (c->moved[at] == NONE)
        c->moved[at] = move_on(c, at);
    return c->moved[at];
}

// The first instruction for this number that asks for more than the number.
static size_t follow(const struct compact *c, size_t at, uint32_t number)
{
    while (at < c->count) {
        const struct sock_filter *i = c->old + at;

        if (i->code == GO)
            at += 1 + i->k;
        else if (i->code == LOAD && i->k == AT_NUMBER)
            at++;
        else if (i->code == EQUAL)
            at += 1 + (number == i->k ? i->jt : i->jf);
        else if (i->code == ABOVE)
            at += 1 + (number > i->k ? i->jt : i->jf);
        else if (i->code == FROM)
            at += 1 + (number >= i->k ? i->jt : i->jf);
        else
            break;
    }
    return at;
}

// ---- the tree of numbers ----

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

// Answers change nowhere but at what some comparison names, and behind it.
static size_t edges_of(const struct compact *c, uint32_t ret_edges[2 * MOST + 1])
{
    size_t count = 1;

    ret_edges[0] = 0;
    for (size_t i = 0; i < c->count; i++)
        if (is_compare(c->old[i].code)) {
            ret_edges[count++] = c->old[i].k;
            ret_edges[count++] = c->old[i].k + 1;
        }
    qsort(ret_edges, count, sizeof *ret_edges, by_number);
    return count;
}

static void spans_find(struct compact *c, size_t start)
{
    uint32_t edges[2 * MOST + 1];
    size_t count = edges_of(c, edges);

    for (size_t i = 0; i < count && !c->failed; i++) {
        int node = move(c, follow(c, start, edges[i]));

        if (!c->span_count || c->spans[c->span_count - 1].node != node)
            c->spans[c->span_count++] = (struct span){edges[i], node};
    }
}

// Not for the last span, which has no end.
static bool is_single(const struct compact *c, size_t span)
{
    return c->spans[span + 1].first == c->spans[span].first + 1;
}

// A number alone among others of one answer is one comparison; as a range it would be two.
static void singles_join(struct compact *c)
{
    size_t kept = 0;

    for (size_t at = 0, next; at < c->span_count; at = next) {
        struct span span = c->spans[at];
        int others = span.node;

        for (next = at + 1; next + 1 < c->span_count && next < at + 2 * SINGLES_MOST && is_single(c, next) &&
                            c->spans[next + 1].node == others; next += 2)
            span.node = compare(c, EQUAL, c->spans[next].first, c->spans[next].node, span.node);
        c->spans[kept++] = span;
    }
    c->span_count = kept;
}

static int tree(struct compact *c, size_t first, size_t end)
{
    if (end - first == 1)
        return c->spans[first].node;
    size_t middle = first + (end - first) / 2;
    int no = tree(c, first, middle);
    return compare(c, FROM, c->spans[middle].first, tree(c, middle, end), no);
}

// ---- the whole ----

// As libseccomp begins for one machine: LOAD the machine, the right one goes on, LOAD the number.
static bool is_known(const struct compact *c)
{
    const struct sock_filter *i = c->old;

    return c->count > 3 && c->count <= MOST && i[0].code == LOAD && i[0].k == AT_MACHINE && i[1].code == EQUAL &&
           i[1].jt == 0 && i[2].code == LOAD && i[2].k == AT_NUMBER;
}

static bool rewrite(struct compact *c)
{
    for (size_t i = 0; i < c->count; i++)
        c->moved[i] = NONE;
    spans_find(c, 3);
    if (c->failed)
        return false;
    singles_join(c);
    int root = tree(c, 0, c->span_count);
    int other = move(c, 2 + c->old[1].jf);
    int number = node_of(c, (struct node){LOAD, AT_NUMBER, NONE, root});
    int machine = node_of(c, (struct node){EQUAL, c->old[1].k, number, other});
    int first = node_of(c, (struct node){LOAD, AT_MACHINE, NONE, machine});
    return !c->failed && first == (int)c->node_count - 1 && c->node_count < c->count;
}

static struct sock_filter instruction_of(const struct compact *c, size_t at)
{
    const struct node *node = &c->nodes[at];
    struct sock_filter result = {.code = node->code, .k = node->k};

    if (node->code == GO)
        result.k = (uint32_t)(at - (size_t)node->no - 1);
    if (is_compare(node->code)) {
        result.jt = (uint8_t)(at - (size_t)node->yes - 1);
        result.jf = (uint8_t)(at - (size_t)node->no - 1);
    }
    return result;
}

bool filter_compact(struct buf *bpf)
{
    struct compact *c = mem_new(1, sizeof *c);
    struct sock_filter *code = (struct sock_filter *)(void *)bpf->data;

    if (!c)
        return false;
    c->old = code;
    c->count = bpf->size / sizeof *code;
    if (is_known(c) && rewrite(c)) {
        for (size_t i = 0; i < c->node_count; i++)
            code[i] = instruction_of(c, c->node_count - 1 - i);
        bpf->size = c->node_count * sizeof *code;
    }
    mem_free(c, sizeof *c);
    return true;
}
