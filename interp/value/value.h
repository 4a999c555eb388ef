// interp/value/value.h: one run-time thing, 16 bytes by value, heap part reference-counted.
//
// Ownership: "borrow in, own out". A function borrows the values it is given and hands out values that the
// caller owns (and releases with value_drop). A function that keeps a value takes its own reference with
// value_keep. Functions named *_take consume the reference they are given.
//
// Failure: functions that can fail take `struct interp *in`, return false, and leave the error record in
// in->thrown (interp/value/error.h). Outputs are then untouched.
#ifndef INTERP_VALUE_H
#define INTERP_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/datetime.h"
#include "base/number.h"

struct interp;  // interp/eval/interp.h
struct visitor; // interp/value/cycles.h
struct type;    // below

enum value_kind {
#define KIND(name, type, heap) V_##name,
#include "interp/value/kinds.def"
#undef KIND
    VALUE_KINDS
};

typedef struct value {
    uint8_t kind;   // enum value_kind
    uint8_t pad[3]; // ENUM: enum.c; other kinds without heap: the box of their members (member.h)
    uint32_t aux;   // V_DATETIME: enum date_kind; V_ENUM: its row of enum_types[]
    union {
        bool b;     // BOOL SWITCH
        int64_t i;  // signed integers, ENUM, CHAR (UTF-16 code unit), DATETIME and TIMESPAN (100 ns ticks)
        uint64_t u; // unsigned integers
        double f;   // F32 F64
        struct object *object; // any heap kind
        struct string *string;
        struct array *array;
        struct table *table;
        struct error_record *error;
        struct scriptblock *scriptblock;
        struct boxed_decimal *decimal;
        const struct type *type; // TYPE
        struct bigint *bigint;
    };
} value;
_Static_assert(sizeof(value) == 16, "a value is 16 bytes");

enum { OBJECT_UNTRUSTED = 1 }; // came from code that may do less than the session once could (gate.h)
// The head of everything on the heap.
struct object {
    uint32_t refs; // saturates: an object that reaches the top is never freed
    uint8_t kind;  // enum value_kind
    uint8_t flags;
    uint16_t spare;          // STRING: its block has 2^spare bytes; 0: just what it needs
    const struct type *type; // what .GetType() would say; never NULL
    struct members
        *members; // instance members and type names added at run time (Select-Object, Add-Member), or NULL
};

struct string { // immutable UTF-8 (lone surrogates as WTF-8), never longer than limits.def says
    struct object head;
    uint32_t size;  // bytes
    uint32_t units; // UTF-16 code units: what .Length says
    uint32_t hash;  // 0: not computed; ignoring case
    bool ascii;     // units == size
    char text[];    // NUL-terminated
};

struct boxed_decimal {
    struct object head;
    struct decimal number;
};

struct array { // object[] and typed arrays; LIST kinds (ArrayList, List[T], Collection) are growable
    struct object head;
    size_t count, capacity;
    value *items;
    const struct type *element; // NULL: object
    size_t rank;                // 0 and 1: a vector
    size_t *lengths;            // rank > 1 only
};

struct table_slot {
    value key, val;
    uint32_t hash;
};             // a removed slot has the key V_VOID
struct table { // Hashtable, OrderedDictionary, Dictionary: insertion order is always kept
    struct object head;
    size_t count, used, capacity; // entries; slots used, removed ones included; slots allocated
    struct table_slot *slots;
    uint32_t *index;  // slot number + 1 by hash, 0: free; twice the capacity
    uint32_t version; // counts what ends a walk over the entries
    bool ordered;     // indexable by position
    bool case_sensitive;
};

// A native object: fields follow the head, laid out by its type's own file.
// PSCustomObject is one without fields: all its properties are instance members.

// A property that every object of a type has.
struct property {
    const char *name;
    bool (*get)(struct interp *in, value self, value *ret);
    bool (*set)(struct interp *in, value self, value to); // NULL: read-only
    bool extended; // PowerShell's addition to the .NET type: shown after its own ones
    struct field
        *field; // of a class (interp/value/class.h); read and written by property_read, property_write
};

// Properties by what an object holds (nodes of XML). They go before those of the type.
struct adapter {
    // False: thrown. *ret_found false: there is none of that name.
    bool (*get)(struct interp *in, value self, const char *name, size_t size, value *ret, bool *ret_found);
    bool (*set)(struct interp *in, value self, const char *name, size_t size, value to, bool *ret_found);
    const char *(*name)(value self, size_t n, size_t *ret_size); // the n-th one's; NULL after the last
};

struct type {
    const char *name;              // "System.IO.FileInfo"
    const char *shorthand;         // accelerator that PowerShell prints, "int"; or NULL
    const char *full_name;         // of generic types: with the assemblies of their arguments; NULL: the name
    const struct type *base;       // one of the same name is the type as programs know it: type_public
    const char *const *type_names; // ETS names before the .NET ones, NULL-terminated, or NULL
    const struct property *properties; // ends with name NULL; the base's are not repeated
    bool (*to_string)(struct interp *in, value self, value *ret); // NULL: the type's name
    void (*release)(struct object *object); // drops what the object holds; does not free it
    // What the object holds beside members, items and entries; NULL: nobody asks (interp/value/cycles.h).
    void (*each)(struct object *object, struct visitor *visitor);
    size_t size;                     // bytes of an object; 0: not an object kind
    const struct type_members *full; // interp/value/method.h; NULL in jesh-restricted
    const struct type *const
        *of; // arguments of generic types: TYPE_ARGUMENTS at most, NULL-terminated; NULL: none
    const struct adapter *adapter;    // properties that the object itself decides; NULL: none
    int (*compare)(value a, value b); // NULL: not comparable
    bool (*equal)(value a, value b);
    const struct type *element;          // arrays
    const struct enum_info *enumeration; // enums: names and numbers (interp/value/enum.h)
    const struct type *vector;           // the type of its arrays, NULL: object[]
    const struct class *class;           // that a text defined (interp/value/class.h); NULL: native
    bool interface;                      // a contract that has no objects
    uint8_t type_code; // .NET TypeCode (1 Object, 3 Boolean … 18 String), what RestrictedLanguage asks
};

enum { TYPE_ARGUMENTS = 8 };
static inline const struct type *type_argument(const struct type *type, size_t at) // NULL: it has not so many
{
    return type->of ? type->of[at] : NULL;
}

// --- Making and dropping
// -------------------------------------------------------------------------------------
extern const value value_null, value_void, value_true, value_false;
static inline value value_bool(bool b)
{
    return (value){.kind = V_BOOL, .b = b};
}
static inline value value_int(int32_t i)
{
    return (value){.kind = V_I32, .i = i};
}
static inline value value_long(int64_t i)
{
    return (value){.kind = V_I64, .i = i};
}
static inline value value_date(int64_t ticks, enum date_kind kind)
{
    return (value){.kind = V_DATETIME, .aux = kind, .i = ticks};
}
static inline value value_span(int64_t ticks)
{
    return (value){.kind = V_TIMESPAN, .i = ticks};
}
static inline value value_double(double f)
{
    return (value){.kind = V_F64, .f = f};
}

enum {
    HEAP_KINDS = 0
#define KIND(name, type, heap) | (heap << V_##name)
#include "interp/value/kinds.def"
#undef KIND
};
static inline bool value_is_heap(value v)
{
    return HEAP_KINDS >> v.kind & 1;
}
void value_release(struct object *object); // the last reference is gone; frees iteratively, however deep
static inline void object_keep(struct object *object)
{
    if (object->refs != UINT32_MAX)
        object->refs++;
}
static inline void object_drop(struct object *object)
{
    if (object->refs != UINT32_MAX && --object->refs == 0)
        value_release(object);
}
static inline value value_keep(value v) // one more reference
{
    if (value_is_heap(v))
        object_keep(v.object);
    return v;
}
static inline void value_drop(value v) // one less
{
    if (value_is_heap(v))
        object_drop(v.object);
}
// *to drops what it held and keeps *from. Both are read and written in halves, as they are made: a processor
// that is asked for all of what it has just stored in two parts waits for memory.
static inline void value_copy(value *to, const value *from)
{
    struct object *old = to->object;
    bool drop = value_is_heap(*to);
    int64_t payload = from->i;
    if (value_is_heap(*from))
        object_keep(from->object);
    memcpy(to, from, sizeof(value) - sizeof payload);
    to->i = payload;
    if (drop)
        object_drop(old);
}
static inline void value_set(value *slot, value v) // *slot drops what it held and keeps v
{
    value_copy(slot, &v);
}

// False (and OutOfMemory thrown) when the session's budget is used up.
bool string_new(struct interp *in, const char *text, size_t size, value *ret);
bool string_text(struct interp *in, const char *text, value *ret); // of a C string
value string_static(struct interp *in, const char *text); // of a constant text; $null when memory is short
bool string_printf(struct interp *in, value *ret, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void string_unit(const struct string *string, size_t at, value *ret); // the UTF-16 code unit there, a CHAR
void string_units(const struct string *string, size_t from, size_t count, value *ret); // those that are there
bool array_new(struct interp *in, size_t count, value *ret);                           // object[] of $null
bool array_from(struct interp *in, const value *items, size_t count, value *ret);      // keeps the items
bool list_new(struct interp *in, const struct type *type, value *ret);
bool list_add(struct interp *in, struct array *list, value item);  // keeps
bool list_take(struct interp *in, struct array *list, value item); // the item is the list's, or dropped
bool list_add_text(struct interp *in, struct array *list, const char *text, size_t size);
bool list_gather(struct interp *in, value *io_list, value item); // the same; where it is $null one is made
value list_become_array(value list); // an ArrayList that nobody else holds becomes object[]
bool table_new(struct interp *in, bool ordered, value *ret);                  // keys ignore case
bool table_set(struct interp *in, struct table *table, value key, value val); // adds or replaces, keeps both
const value *table_get(const struct table *table, value key);                 // borrowed, or NULL
const value *table_get_text(const struct table *table, const char *key);
bool table_set_text(struct interp *in, struct table *table, const char *key, value val);
const value *table_get_name(const struct table *table, const char *name, size_t size);
bool table_remove(struct table *table, value key);
struct table_slot *table_nth(const struct table *table, int64_t n); // in order; NULL: there are not so many
// Adds or replaces all entries of the other.
bool table_set_all(struct interp *in, struct table *table, const struct table *from);
bool table_sort_last(struct interp *in,
                     struct table *table); // the entry added last goes where its key belongs
bool object_new(struct interp *in, const struct type *type, value *ret); // zeroed fields
bool custom_new(struct interp *in, value *ret);                          // PSCustomObject without properties
bool decimal_new(struct interp *in, struct decimal number, value *ret);
bool array_of(struct interp *in, const struct type *element, size_t count, value *ret); // typed, of $null

// --- Asking
// --------------------------------------------------------------------------------------------------
const struct type *value_type(value v);               // NULL for $null
bool value_is_type(value v, const struct type *type); // itself or a base
bool value_is_null(value v);                          // $null or AutomationNull
bool value_truth(value v);                            // PowerShell's conversion to bool
bool value_is_number(value v);                        // I8…F64, DECIMAL, BIGINT
bool value_is_text(value v, const char *text);        // a string equal to text, ignoring case

static inline const char *value_text(value v)
{
    return v.string->text;
} // of a STRING, NUL-terminated
const struct type *
type_public(const struct type *type); // what programs know it as, where kinds of objects share one
const struct type *type_array_of(const struct type *element); // "int[]" of int; object[] where there is none

// --- Conversion (interp/value/convert.c)
// -----------------------------------------------------------------------
bool value_to_string(struct interp *in, value v, value *ret); // what "$v" gives: a STRING
struct buf;
bool value_add_string(struct interp *in, struct buf *out, value v); // the same, appended
bool value_add_item(struct interp *in, struct buf *out, value v);   // as it is written inside a collection
bool value_to_shown_string(struct interp *in, value v,
                           value *ret); // what a cell shows: types may add a text to it
// Around the text of what may hold such again; enter false: it is nested too deep, thrown.
bool text_enter(struct interp *in);
void text_leave(struct interp *in);
bool value_to_method_string(struct interp *in, value v, value *ret);               // what $v.ToString() gives
bool value_convert(struct interp *in, value v, const struct type *to, value *ret); // cast
bool value_to_int(struct interp *in, value v, int32_t *ret);
bool value_to_long(struct interp *in, value v, int64_t *ret);
bool value_to_double(struct interp *in, value v, double *ret);
bool value_to_date(struct interp *in, value v, value *ret); // a DATETIME
const struct type *type_find(const char *name,
                             size_t size); // accelerators, T[], with or without System.; NULL: unknown
const char *type_display(const struct type *type); // what "$([int])" gives: the accelerator or the full name

// --- Comparison (interp/value/compare.c)
// -----------------------------------------------------------------------
bool value_equal(struct interp *in, value left, value right, bool case_sensitive, bool *ret);
bool value_compare(struct interp *in, value left, value right, bool case_sensitive,
                   int *ret); // ordering; throws
uint32_t value_hash(value v);
uint32_t text_hash(const char *text, size_t size); // that of a STRING: letter case makes no difference

// --- Members (interp/value/member.c)
// --------------------------------------------------------------------------- Reads a property: instance
// members, then the type's, dictionaries by key. *ret_found false and $null where there is none.
bool member_get(struct interp *in, value self, const char *name, size_t size, value *ret, bool *ret_found);
bool member_named(struct interp *in, value self, const char *name, value *ret); // $null: there is none
bool member_set(struct interp *in, value self, const char *name, size_t size, value to);
bool member_add(struct interp *in, value self, const char *name, value val); // NoteProperty; replaces
bool member_add_type_name(struct interp *in, value self,
                          const char *name); // becomes the first of its PSTypeNames

// Walks the properties that formatting and Select-Object * see, in PowerShell's order.
struct member_walk {
    bool hidden; // the hidden properties of classes too
    struct interp *in;
    value self;
    size_t at, name; // in one list of members; of which type name
    int stage;
    const struct type *type;
};
void member_walk_start(struct interp *in, struct member_walk *walk, value self);
bool member_walk_next(struct member_walk *walk, const char **ret_name, size_t *ret_size);
// The n-th of PSTypeNames, n from 0, or NULL after the last.
const char *value_type_name(value v, size_t n);

// --- Enumeration (interp/value/walk.c)
// -------------------------------------------------------------------------- What the pipeline does with a
// value: arrays, lists and enumerators give their items, everything else itself.
struct value_walk {
    value over;
    size_t at;
    bool single, pulls;
    value held; // what gives the items of an object of a class; value_walk_end drops it
};
bool value_enumerable(value v);                             // not strings, not dictionaries
bool value_walkable(value v);                               // these, and enumerators
void value_walk_start(struct value_walk *walk, value over); // borrows
void value_walk_end(struct value_walk *walk);               // of a walk that is left before its end
bool value_walk_next(struct interp *in, struct value_walk *walk,
                     value *ret_item); // own out; false at the end

#endif
