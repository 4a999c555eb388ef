// interp/value/class.h: classes that texts define, and their instances. jesh-full alone.
//
// An instance begins as an object of the class's native base does (System.Object: the head alone; an
// exception, a list, a table), and the values of the class's properties follow, those of its bases first. So
// native methods work on it unchanged, and a property is one load. Classes live as long as the session.
#ifndef INTERP_CLASS_H
#define INTERP_CLASS_H

#include "interp/value/method.h"

struct field {               // a property of a class
    const struct type *type; // what its values are converted to
    struct class *owner;
    value *at;              // static: its value; NULL: each instance has its own
    const struct ast *node; // PROPERTY_MEMBER with attributes; NULL: it has none
    value rules;            // ARRAY: its attributes, made when first needed; or $null
    uint32_t slot;          // in the instance
    bool hidden;
};

struct made_method { // what a row of a class's tables has beyond a native one
    struct class *owner;
    const struct type *const *types; // of all parameters, NULL-terminated
    const char *const *names;        // of the parameters
    size_t count;
    value block;            // SCRIPTBLOCK; $null: the constructor that nobody wrote
    const struct ast *node; // FUNCTION_MEMBER, or NULL
    const struct type *returns;
    bool hidden, is_static;
};

struct class
{
    struct type type, array;
    struct type_members members;
    struct interp *in;
    struct class *base;                   // NULL: a native type
    const struct type *native;            // the nearest base that no text defines
    const struct type *const *interfaces; // of its own, NULL-terminated
    enum value_kind kind;                 // of its instances
    size_t native_bytes;                  // of the native part
    size_t native_size;                   // the same, rounded up for what follows it
    size_t slots;                         // those of bases included
    value *first;                         // by slot: what a property is before its initializer
    const struct ast *node;               // TYPE_DEFINITION
    struct source *source;
    struct code *initializers[2]; // of instances, of the class itself; made when first needed
    struct made_method *starter;  // static constructor, or NULL
    bool started, failed;         // static properties have their values, or could not be made
    struct class *next;           // all of the session
};

static inline struct class *class_of(const struct type *type)
{
    return type ? (struct class *)type->class : NULL;
}

static inline value *instance_slots(const struct class *class, struct object *object)
{
    return (value *)((char *)object + class->native_size);
}

bool class_read(struct interp *in, const struct field *field, value self, value *ret) __attribute__((weak));
bool class_write(struct interp *in, const struct property *property, value self, value to)
    __attribute__((weak)); // converts, validates
bool class_store(struct interp *in, struct field *field, value self,
                 value v); // the same with errors as they are
// A property of a native base or interface, by its method get_Name. False: there is none.
bool class_getter(struct interp *in, value self, const char *name, size_t size, value *ret)
    __attribute__((weak));
bool class_new(struct interp *in, struct class *class, value *ret); // no initializer, no constructor
// The native part of self becomes that of an object made by the native base's constructor.
bool class_take_native(struct interp *in, value self, const value *args, size_t count);
void class_set_behaviour(struct class *class); // the functions of its type

// A method of the class or of a base that a text defines, with that many parameters; NULL: none.
const struct method *class_method(const struct type *type, const char *name, size_t count);
// left -op right by a static method of either; right is VOID where the operator has one operand. *ret_found
// false: there is none.
bool class_operate(struct interp *in, const char *method, value left, value right, bool *ret_found,
                   value *ret) __attribute__((weak));
static inline bool class_is_of(value v)
{
    return v.kind >= V_LIST && v.object->type->class;
}
static inline bool class_has_operators(value v)
{
    return class_is_of(v) || (v.kind == V_OBJECT && v.object->type->full && v.object->type->full->operators);
}
// True: a class defines it, or looking failed; *ret_ok is what came of it.
static inline bool class_operated(struct interp *in, const char *method, value left, value right,
                                  bool *ret_ok, value *ret)
{
    bool found = false;
    if (!class_has_operators(left) && !class_has_operators(right))
        return false;
    *ret_ok = class_operate(in, method, left, right, &found, ret);
    return found || !*ret_ok;
}
// Casts by op_Implicit and op_Explicit of either type.
bool class_cast(struct interp *in, value v, const struct type *to, bool *ret_found, value *ret)
    __attribute__((weak));
enum rank class_rank(const struct type *from, const struct type *to); // by what the classes define
// {0:format} of what is IFormattable. False: it is not, nothing thrown.
bool class_format(struct interp *in, value self, const char *spec, size_t size, value *ret)
    __attribute__((weak));
bool class_text(struct interp *in, value self, value *ret) __attribute__((weak)); // what its ToString() gives
bool class_yields(const struct class *class) __attribute__((weak)); // is IEnumerable or IEnumerator
bool class_next(struct interp *in, struct value_walk *walk, value *ret_item)
    __attribute__((weak)); // false: the end, or thrown
bool class_implements(const struct class *class, const struct type *interface) __attribute__((weak));

#endif
