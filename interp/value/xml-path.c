// XPath 1.0 over the nodes of a document: paths with all axes that trees need, predicates, the core functions.
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "interp/value/xml-path.h"

static bool expression(struct path *p, struct result *ret);

static bool fail(struct path *p, const char *why)
{
    if (!p->why)
        p->why = why;
    return false;
}
static void skip(struct path *p)
{
    while (p->at < p->end && isspace((unsigned char)*p->at))
        p->at++;
}
static bool looks(struct path *p, const char *text)
{
    size_t size = strlen(text);
    skip(p);
    return (size_t)(p->end - p->at) >= size && !memcmp(p->at, text, size);
}
static bool take(struct path *p, const char *text)
{
    return looks(p, text) && (p->at += strlen(text), true);
}
static bool is_name_char(char c)
{
    return isalnum((unsigned char)c) || strchr("_-.", c) || (c & 0x80);
}
static bool take_word(struct path *p, const char *word) // an operator's name, not the beginning of another
{
    size_t size = strlen(word);
    if (!looks(p, word) || (p->at + size < p->end && p->at[size] && is_name_char(p->at[size])))
        return false;
    p->at += size;
    return true;
}
static size_t name_size(const struct path *p)
{
    size_t size = 0;
    while (p->at + size < p->end && p->at[size] && is_name_char(p->at[size]))
        size++;
    return size;
}

// --- Steps ---

enum axis { CHILD, DESCENDANT, DESCENDANT_SELF, SELF, PARENT, ANCESTOR, ANCESTOR_SELF, FOLLOWING, PRECEDING, ATTRIBUTES };
static const struct {
    const char *name;
    enum axis axis;
} axes[] = {{"child", CHILD},
            {"descendant-or-self", DESCENDANT_SELF},
            {"descendant", DESCENDANT},
            {"self", SELF},
            {"parent", PARENT},
            {"ancestor-or-self", ANCESTOR_SELF},
            {"ancestor", ANCESTOR},
            {"following-sibling", FOLLOWING},
            {"preceding-sibling", PRECEDING},
            {"attribute", ATTRIBUTES}};

struct test {
    enum { ANY_NAMED, ANY_NODE, TEXT_NODE, COMMENT_NODE, NAMED } kind;
    const char *name, *uri; // NAMED: local name, and what its prefix stands for
    size_t size, uri_size;
};

static bool passes(const struct path *p, const struct test *test, xml_id id)
{
    const struct xml_node *node = XML_NODE(p->store, id);
    bool named = node->kind == XML_ELEMENT || node->kind == XML_ATTRIBUTE;
    size_t size, prefix_size, uri_size;
    if (test->kind == ANY_NODE)
        return true;
    if (test->kind == TEXT_NODE)
        return node->kind == XML_TEXT || node->kind == XML_CDATA || node->kind == XML_WHITESPACE;
    if (test->kind == COMMENT_NODE)
        return node->kind == XML_COMMENT;
    const char *local = xml_local(node, &size), *prefix = xml_prefix(node, &prefix_size);
    if (!named || (node->kind == XML_ATTRIBUTE && (!strncmp(node->name, "xmlns:", 6) || !strcmp(node->name, "xmlns"))))
        return false;
    if (test->kind == NAMED && (size != test->size || memcmp(local, test->name, size)))
        return false;
    if (test->kind == ANY_NAMED && !test->uri)
        return true;
    const char *uri = node->kind == XML_ATTRIBUTE && !prefix_size
                          ? (uri_size = 0, "")
                          : xml_namespace(p->store, id, prefix, prefix_size, &uri_size);
    return uri_size == test->uri_size && !memcmp(uri, test->uri ? test->uri : "", uri_size);
}

static void add_below(const struct path *p, const struct test *test, xml_id at, struct buf *out)
{
    for (xml_id child = XML_NODE(p->store, at)->first; child; child = XML_NODE(p->store, child)->next) {
        if (passes(p, test, child))
            path_add_id(out, child);
        add_below(p, test, child, out);
    }
}
static void add_chain(const struct path *p, const struct test *test, xml_id at, int way, struct buf *out)
{
    for (; at; at = way == 0   ? XML_NODE(p->store, at)->parent
                    : way > 0  ? XML_NODE(p->store, at)->next
                               : XML_NODE(p->store, at)->previous)
        if (passes(p, test, at))
            path_add_id(out, at);
}
static void add_axis(const struct path *p, enum axis axis, const struct test *test, xml_id from, struct buf *out)
{
    const struct xml_node *node = XML_NODE(p->store, from);
    if ((axis == SELF || axis == DESCENDANT_SELF || axis == ANCESTOR_SELF) && passes(p, test, from))
        path_add_id(out, from);
    if (axis == CHILD)
        add_chain(p, test, node->first, 1, out);
    if (axis == ATTRIBUTES)
        add_chain(p, test, node->attributes, 1, out);
    if (axis == DESCENDANT || axis == DESCENDANT_SELF)
        add_below(p, test, from, out);
    if (axis == PARENT && node->parent && passes(p, test, node->parent))
        path_add_id(out, node->parent);
    if (axis == ANCESTOR || axis == ANCESTOR_SELF)
        add_chain(p, test, node->parent, 0, out);
    if (axis == FOLLOWING && node->kind != XML_ATTRIBUTE)
        add_chain(p, test, node->next, 1, out);
    if (axis == PRECEDING && node->kind != XML_ATTRIBUTE)
        add_chain(p, test, node->previous, -1, out);
}

static bool read_prefix(struct path *p, struct test *test, const char *prefix, size_t size)
{
    for (size_t i = 0; p->names && p->names->table && i < p->names->table->used; i++) {
        const struct table_slot *slot = &p->names->table->slots[i];
        if (slot->key.kind == V_STRING && slot->key.string->size == size &&
            !memcmp(value_text(slot->key), prefix, size) && slot->val.kind == V_STRING) {
            test->uri = value_text(slot->val);
            test->uri_size = slot->val.string->size;
            return true;
        }
    }
    return fail(p, "a prefix is not declared");
}
static bool read_test(struct path *p, struct test *test)
{
    static const struct {
        const char *name;
        int kind;
    } kinds[] = {{"text()", TEXT_NODE}, {"node()", ANY_NODE}, {"comment()", COMMENT_NODE}};
    *test = (struct test){.kind = ANY_NAMED};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (take(p, kinds[i].name))
            return test->kind = kinds[i].kind, true;
    if (take(p, "*"))
        return true;
    skip(p);
    size_t size = name_size(p);
    if (!size)
        return fail(p, "the name of a node was expected");
    const char *name = p->at;
    p->at += size;
    if (p->at < p->end && *p->at == ':' && p->at + 1 < p->end && p->at[1] != ':') {
        if (!read_prefix(p, test, name, size))
            return false;
        p->at++;
        if (take(p, "*"))
            return true;
        name = p->at;
        size = name_size(p);
        p->at += size;
    }
    test->kind = NAMED;
    test->name = name;
    test->size = size;
    return size || fail(p, "the name of a node was expected");
}

// The predicate is read once for each node that is asked; a number is a position.
static bool filter(struct path *p, struct buf *ids)
{
    const char *start = p->at, *end = p->at;
    struct path outer = *p;
    struct buf kept = BUF_INIT;
    size_t count = path_id_count(ids);
    bool ok = true;
    for (size_t i = 0; ok && i < (count ? count : 1); i++) {
        struct result r = {.ids = BUF_INIT, .text = BUF_INIT};
        p->at = start;
        p->node = count ? path_id_at(ids, i) : p->node;
        p->position = i + 1;
        p->last = count;
        ok = expression(p, &r);
        end = p->at;
        if (ok && count && (r.kind == NUMBER ? r.number == (double)(i + 1) : path_truth_of(&r)))
            path_add_id(&kept, path_id_at(ids, i));
        path_free_result(&r);
    }
    const char *why = p->why;
    *p = outer;
    p->why = why;
    p->at = end;
    buf_free(ids);
    *ids = kept;
    return ok && (take(p, "]") || fail(p, "']' is missing"));
}

static bool add_step(struct path *p, enum axis axis, const struct test *test, const struct buf *from, struct buf *to)
{
    const char *predicates = p->at, *end = p->at;
    bool ok = true;
    for (size_t i = 0; ok && i < (path_id_count(from) ? path_id_count(from) : 1); i++) {
        struct buf some = BUF_INIT;
        p->at = predicates;
        if (path_id_count(from))
            add_axis(p, axis, test, path_id_at(from, i), &some);
        while (ok && take(p, "["))
            ok = filter(p, &some);
        end = p->at;
        buf_add(to, buf_text(&some), some.size);
        buf_free(&some);
    }
    p->at = end;
    return ok && (path_sort_ids(p->store, to) || fail(p, NULL));
}

static bool step(struct path *p, struct buf *ids)
{
    enum axis axis = CHILD;
    struct test test = {.kind = ANY_NODE};
    struct buf next = BUF_INIT;
    bool ok = true;
    if (take(p, "..")) {
        axis = PARENT;
    } else if (take(p, ".")) {
        axis = SELF;
    } else {
        if (take(p, "@"))
            axis = ATTRIBUTES;
        for (size_t i = 0; axis == CHILD && i < sizeof axes / sizeof *axes; i++) {
            size_t size = strlen(axes[i].name);
            if (looks(p, axes[i].name) && p->at + size + 2 <= p->end && !memcmp(p->at + size, "::", 2)) {
                axis = axes[i].axis;
                p->at += size + 2;
                break;
            }
        }
        ok = read_test(p, &test);
    }
    ok = ok && add_step(p, axis, &test, ids, &next);
    buf_free(ids);
    *ids = next;
    return ok;
}

static bool below(struct path *p, struct buf *ids)
{
    struct buf next = BUF_INIT;
    struct test any = {.kind = ANY_NODE};
    for (size_t i = 0; i < path_id_count(ids); i++)
        add_axis(p, DESCENDANT_SELF, &any, path_id_at(ids, i), &next);
    buf_free(ids);
    *ids = next;
    return path_sort_ids(p->store, ids) || fail(p, NULL);
}

static bool is_step_start(struct path *p)
{
    skip(p);
    return p->at < p->end && (strchr("@.*", *p->at) || name_size(p));
}

static bool steps(struct path *p, struct buf *ids)
{
    bool ok = true;
    for (bool more = true; ok && more;) {
        ok = step(p, ids);
        more = looks(p, "/");
        if (ok && take(p, "//"))
            ok = below(p, ids);
        else if (more)
            p->at++;
    }
    return ok;
}

static bool location(struct path *p, struct result *ret)
{
    *ret = (struct result){.kind = NODES, .ids = BUF_INIT, .text = BUF_INIT};
    bool rooted = looks(p, "/");
    path_add_id(&ret->ids, rooted ? path_top_of(p->store, p->node) : p->node);
    if (take(p, "//"))
        return below(p, &ret->ids) && steps(p, &ret->ids);
    if (rooted)
        p->at++;
    return (rooted && !is_step_start(p)) || steps(p, &ret->ids);
}

// --- Functions ---

enum { MOST_ARGUMENTS = 4 };
struct call {
    struct path *p;
    struct result args[MOST_ARGUMENTS];
    struct buf text[MOST_ARGUMENTS];
    size_t count;
};
static bool set_text(struct result *r, const char *text, size_t size)
{
    path_set_number(r, TEXT, 0);
    return buf_add(&r->text, text, size);
}
static void argument_texts(struct call *c)
{
    for (size_t i = 0; i < c->count; i++)
        path_text_of(c->p, &c->args[i], &c->text[i]);
}
static const char *find_text(const struct buf *in, const struct buf *what)
{
    return strstr(buf_text((struct buf *)in), buf_text((struct buf *)what));
}
#define FUNCTION(name) static bool name(struct call *c, struct result *ret)
FUNCTION(f_position) { return path_set_number(ret, NUMBER, (double)c->p->position), true; }
FUNCTION(f_last) { return path_set_number(ret, NUMBER, (double)c->p->last), true; }
FUNCTION(f_count) { return path_set_number(ret, NUMBER, c->count ? (double)path_id_count(&c->args[0].ids) : 0), true; }
FUNCTION(f_true) { return (void)c, path_set_number(ret, TRUTH, 1), true; }
FUNCTION(f_false) { return (void)c, path_set_number(ret, TRUTH, 0), true; }
FUNCTION(f_not) { return path_set_number(ret, TRUTH, !(c->count && path_truth_of(&c->args[0]))), true; }
FUNCTION(f_boolean) { return path_set_number(ret, TRUTH, c->count && path_truth_of(&c->args[0])), true; }
FUNCTION(f_number) { return path_set_number(ret, NUMBER, c->count ? path_number_of(c->p, &c->args[0]) : (double)NAN), true; }
FUNCTION(f_floor) { return path_set_number(ret, NUMBER, floor(path_number_of(c->p, &c->args[0]))), true; }
FUNCTION(f_ceiling) { return path_set_number(ret, NUMBER, ceil(path_number_of(c->p, &c->args[0]))), true; }
FUNCTION(f_round) { return path_set_number(ret, NUMBER, floor(path_number_of(c->p, &c->args[0]) + 0.5)), true; }
FUNCTION(f_sum)
{
    double sum = 0;
    for (size_t i = 0; i < path_id_count(&c->args[0].ids); i++) {
        struct buf text = BUF_INIT;
        xml_inner_text(c->p->store, path_id_at(&c->args[0].ids, i), &text);
        sum += path_number_of_text(buf_text(&text));
        buf_free(&text);
    }
    return path_set_number(ret, NUMBER, sum), true;
}
FUNCTION(f_string) { return set_text(ret, buf_text(&c->text[0]), c->text[0].size); }
FUNCTION(f_concat)
{
    path_set_number(ret, TEXT, 0);
    for (size_t i = 0; i < c->count; i++)
        buf_add(&ret->text, buf_text(&c->text[i]), c->text[i].size);
    return true;
}
FUNCTION(f_contains) { return path_set_number(ret, TRUTH, find_text(&c->text[0], &c->text[1]) != NULL), true; }
FUNCTION(f_starts)
{
    bool yes = c->text[0].size >= c->text[1].size && !memcmp(buf_text(&c->text[0]), buf_text(&c->text[1]), c->text[1].size);
    return path_set_number(ret, TRUTH, yes), true;
}
FUNCTION(f_length) { return path_set_number(ret, NUMBER, (double)utf8_units(buf_text(&c->text[0]), c->text[0].size)), true; }
FUNCTION(f_before)
{
    const char *found = find_text(&c->text[0], &c->text[1]);
    return set_text(ret, buf_text(&c->text[0]), found ? (size_t)(found - buf_text(&c->text[0])) : 0);
}
FUNCTION(f_after)
{
    const char *found = find_text(&c->text[0], &c->text[1]);
    return set_text(ret, found ? found + c->text[1].size : "", found ? strlen(found) - c->text[1].size : 0);
}
FUNCTION(f_substring)
{
    double from = floor(path_number_of(c->p, &c->args[1]) + 0.5) - 1;
    double until = c->count > 2 ? from + floor(path_number_of(c->p, &c->args[2]) + 0.5) : (double)c->text[0].size;
    from = from > 0 ? from : 0;
    until = until < (double)c->text[0].size ? until : (double)c->text[0].size;
    bool some = until > from;
    return set_text(ret, buf_text(&c->text[0]) + (some ? (size_t)from : 0), some ? (size_t)(until - from) : 0);
}
FUNCTION(f_normalize)
{
    bool gap = false;
    path_set_number(ret, TEXT, 0);
    for (const char *at = buf_text(&c->text[0]); *at; at++) {
        if (isspace((unsigned char)*at)) {
            gap = ret->text.size;
            continue;
        }
        if (gap)
            buf_add_char(&ret->text, ' ');
        gap = false;
        buf_add_char(&ret->text, *at);
    }
    return true;
}
FUNCTION(f_translate)
{
    const char *from = buf_text(&c->text[1]), *to = buf_text(&c->text[2]);
    path_set_number(ret, TEXT, 0);
    for (const char *at = buf_text(&c->text[0]); *at; at++) {
        const char *found = strchr(from, *at);
        size_t n = found ? (size_t)(found - from) : 0;
        if (!found || n < c->text[2].size)
            buf_add_char(&ret->text, found ? to[n] : *at);
    }
    return true;
}
static bool name_function(struct call *c, struct result *ret, bool local)
{
    xml_id id = !c->count ? c->p->node : c->args[0].ids.size ? path_id_at(&c->args[0].ids, 0) : XML_NONE;
    const struct xml_node *node = XML_NODE(c->p->store, id);
    size_t size = node->name_size;
    const char *name = local ? xml_local(node, &size) : node->name;
    bool named = id && (node->kind == XML_ELEMENT || node->kind == XML_ATTRIBUTE || node->kind == XML_INSTRUCTION);
    return set_text(ret, name, named ? size : 0);
}
FUNCTION(f_name) { return name_function(c, ret, false); }
FUNCTION(f_local) { return name_function(c, ret, true); }

static const struct function {
    const char *name;
    bool (*call)(struct call *c, struct result *ret);
    size_t fewest, most;
} functions[] = {{"boolean", f_boolean, 1, 1},
                 {"ceiling", f_ceiling, 1, 1},
                 {"concat", f_concat, 2, 4},
                 {"contains", f_contains, 2, 2},
                 {"count", f_count, 1, 1},
                 {"false", f_false, 0, 0},
                 {"floor", f_floor, 1, 1},
                 {"last", f_last, 0, 0},
                 {"local-name", f_local, 0, 1},
                 {"name", f_name, 0, 1},
                 {"normalize-space", f_normalize, 0, 1},
                 {"not", f_not, 1, 1},
                 {"number", f_number, 0, 1},
                 {"position", f_position, 0, 0},
                 {"round", f_round, 1, 1},
                 {"starts-with", f_starts, 2, 2},
                 {"string", f_string, 0, 1},
                 {"string-length", f_length, 0, 1},
                 {"substring", f_substring, 2, 3},
                 {"substring-after", f_after, 2, 2},
                 {"substring-before", f_before, 2, 2},
                 {"sum", f_sum, 1, 1},
                 {"translate", f_translate, 3, 3},
                 {"true", f_true, 0, 0}};

static const struct function *function_at(struct path *p)
{
    skip(p);
    size_t size = name_size(p);
    const char *after = p->at + size;
    while (after < p->end && isspace((unsigned char)*after))
        after++;
    if (after == p->end || *after != '(')
        return NULL;
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
        if (strlen(functions[i].name) == size && !memcmp(functions[i].name, p->at, size))
            return p->at = after + 1, &functions[i];
    return NULL;
}

static bool read_arguments(struct call *c, const struct function *f)
{
    while (!looks(c->p, ")")) {
        if (c->count == f->most || (c->count && !take(c->p, ",")))
            return fail(c->p, "a function has too many arguments");
        c->args[c->count] = (struct result){.ids = BUF_INIT, .text = BUF_INIT};
        if (!expression(c->p, &c->args[c->count++]))
            return false;
    }
    c->p->at++;
    return c->count >= f->fewest || fail(c->p, "a function has too few arguments");
}

static bool call_function(struct path *p, const struct function *f, struct result *ret)
{
    struct call c = {.p = p, .text = {BUF_INIT, BUF_INIT, BUF_INIT, BUF_INIT}};
    *ret = (struct result){.ids = BUF_INIT, .text = BUF_INIT};
    bool ok = read_arguments(&c, f);
    if (ok) {
        argument_texts(&c);
        if (!c.count) // those that may do without mean the node itself
            xml_inner_text(p->store, p->node, &c.text[0]);
        ok = f->call(&c, ret);
    }
    for (size_t i = 0; i < MOST_ARGUMENTS; i++) {
        if (i < c.count)
            path_free_result(&c.args[i]);
        buf_free(&c.text[i]);
    }
    return ok;
}

// --- Expressions ---

static bool literal(struct path *p, struct result *ret)
{
    char quote = *p->at++;
    const char *end = memchr(p->at, quote, (size_t)(p->end - p->at));
    *ret = (struct result){.kind = TEXT, .ids = BUF_INIT, .text = BUF_INIT};
    if (!end)
        return fail(p, "the end of a text is missing");
    buf_add(&ret->text, p->at, (size_t)(end - p->at));
    return p->at = end + 1, true;
}

static bool number(struct path *p, struct result *ret)
{
    char text[64];
    size_t size = 0;
    while (p->at < p->end && (isdigit((unsigned char)*p->at) || *p->at == '.') && size + 1 < sizeof text)
        text[size++] = *p->at++;
    text[size] = 0;
    *ret = (struct result){.kind = NUMBER, .ids = BUF_INIT, .text = BUF_INIT, .number = strtod(text, NULL)};
    return true;
}

static bool primary(struct path *p, struct result *ret)
{
    skip(p);
    if (p->at == p->end)
        return fail(p, "it ends too early");
    if (*p->at == '\'' || *p->at == '"')
        return literal(p, ret);
    if (isdigit((unsigned char)*p->at))
        return number(p, ret);
    if (take(p, "("))
        return expression(p, ret) && (take(p, ")") || fail(p, "')' is missing"));
    const struct function *f = function_at(p);
    return f ? call_function(p, f, ret) : location(p, ret);
}

// ( … )[1]/name, and unions.
static bool filtered(struct path *p, struct result *ret)
{
    if (!primary(p, ret))
        return false;
    while (ret->kind == NODES && take(p, "["))
        if (!filter(p, &ret->ids))
            return false;
    if (ret->kind == NODES && take(p, "//"))
        return below(p, &ret->ids) && steps(p, &ret->ids);
    return !(ret->kind == NODES && take(p, "/")) || steps(p, &ret->ids);
}

static bool united(struct path *p, struct result *ret)
{
    bool ok = filtered(p, ret);
    while (ok && take(p, "|")) {
        struct result more = {.ids = BUF_INIT, .text = BUF_INIT};
        ok = filtered(p, &more) && (more.kind == NODES && ret->kind == NODES ? true : fail(p, "only nodes can be united"));
        buf_add(&ret->ids, buf_text(&more.ids), more.ids.size);
        path_free_result(&more);
        ok = ok && (path_sort_ids(p->store, &ret->ids) || fail(p, NULL));
    }
    return ok;
}

static bool negated(struct path *p, struct result *ret)
{
    if (!take(p, "-"))
        return united(p, ret);
    if (!negated(p, ret))
        return false;
    return path_set_number(ret, NUMBER, -path_number_of(p, ret)), true;
}

static bool arithmetic(struct path *p, struct result *ret, int level)
{
    bool ok = level ? arithmetic(p, ret, level - 1) : negated(p, ret);
    while (ok) {
        int how = level ? (take(p, "+") ? '+' : take(p, "-") ? '-' : 0)
                        : (take(p, "*") ? '*' : take_word(p, "div") ? '/' : take_word(p, "mod") ? '%' : 0);
        struct result right = {.ids = BUF_INIT, .text = BUF_INIT};
        if (!how)
            return true;
        ok = level ? arithmetic(p, &right, level - 1) : negated(p, &right);
        double a = path_number_of(p, ret), b = ok ? path_number_of(p, &right) : 0;
        path_set_number(ret, NUMBER, how == '+' ? a + b : how == '-' ? a - b : how == '*' ? a * b : how == '/' ? a / b : fmod(a, b));
        path_free_result(&right);
    }
    return ok;
}

static bool compared(struct path *p, struct result *ret)
{
    static const struct {
        const char *text;
        enum relation how;
    } relations[] = {{"!=", UNEQUAL}, {"<=", LESS_EQUAL}, {">=", GREATER_EQUAL}, {"=", EQUAL}, {"<", LESS}, {">", GREATER}};
    bool ok = arithmetic(p, ret, 1);
    for (size_t i = 0; ok && i < sizeof relations / sizeof *relations; i++) {
        struct result right = {.ids = BUF_INIT, .text = BUF_INIT};
        if (!take(p, relations[i].text))
            continue;
        ok = arithmetic(p, &right, 1);
        bool yes = ok && path_relate(p, ret, &right, relations[i].how);
        path_free_result(&right);
        path_set_number(ret, TRUTH, yes);
        i = (size_t)-1;
    }
    return ok;
}

static bool joined(struct path *p, struct result *ret, bool either)
{
    bool ok = either ? joined(p, ret, false) : compared(p, ret);
    while (ok && take_word(p, either ? "or" : "and")) {
        struct result right = {.ids = BUF_INIT, .text = BUF_INIT};
        ok = either ? joined(p, &right, false) : compared(p, &right);
        bool a = path_truth_of(ret), b = ok && path_truth_of(&right);
        path_free_result(&right);
        path_set_number(ret, TRUTH, either ? a || b : a && b);
    }
    return ok;
}

static bool expression(struct path *p, struct result *ret)
{
    *ret = (struct result){.ids = BUF_INIT, .text = BUF_INIT};
    if (p->depth == MOST_DEPTH)
        return fail(p, "it is nested too deep");
    p->depth++;
    bool ok = joined(p, ret, true);
    p->depth--;
    return ok;
}

bool xml_select(struct xml_store *store, xml_id at, const char *text, size_t size, const struct xml_names *names,
                struct buf *ret_ids, const char **ret_why)
{
    struct path p = {.store = store, .at = text, .end = text + size, .names = names, .node = at, .position = 1, .last = 1};
    struct result r = {.ids = BUF_INIT, .text = BUF_INIT};
    bool ok = expression(&p, &r);
    skip(&p);
    if (ok && p.at != p.end)
        ok = fail(&p, "something follows its end");
    if (ok && r.kind != NODES)
        ok = fail(&p, "it does not mean nodes");
    if (ok) {
        *ret_ids = r.ids;
        r.ids = (struct buf)BUF_INIT;
    }
    path_free_result(&r);
    *ret_why = p.why;
    return ok;
}
