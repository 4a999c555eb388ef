// interp/value/xml-path.h: what the files of XPath share: an expression that is read, and the four kinds of
// its values.
#ifndef INTERP_XML_PATH_H
#define INTERP_XML_PATH_H

#include "base/buf.h"
#include "interp/value/xml.h"

enum { MOST_DEPTH = 100 };
enum result_kind { NODES, NUMBER, TEXT, TRUTH };
struct result {
    enum result_kind kind;
    struct buf ids, text; // NODES, TEXT
    double number;        // NUMBER; TRUTH: 0 or 1
};
struct path {
    const struct xml_store *store;
    const char *at, *end;
    const struct xml_names *names;
    const char *why;
    xml_id node;           // where the expression stands
    size_t position, last; // among those that a predicate looks at
    size_t depth;
};
enum relation { EQUAL, UNEQUAL, LESS, LESS_EQUAL, GREATER, GREATER_EQUAL };

// Sets of nodes are buffers of ids.
void path_free_result(struct result *r);
size_t path_id_count(const struct buf *ids);
xml_id path_id_at(const struct buf *ids, size_t n);
void path_add_id(struct buf *ids, xml_id id);
bool path_sort_ids(const struct xml_store *store, struct buf *ids);
void path_text_of(const struct path *p, const struct result *r, struct buf *out);
double path_number_of_text(const char *text);
double path_number_of(const struct path *p, const struct result *r);
bool path_truth_of(const struct result *r);
void path_set_number(struct result *r, enum result_kind kind, double number);
bool path_relate(const struct path *p, const struct result *a, const struct result *b, enum relation how);
xml_id path_top_of(const struct xml_store *store, xml_id at);

#endif
