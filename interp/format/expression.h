// interp/format/expression.h: properties as users name them: a name, a pattern, a script block, or a
// hashtable with further keys. Format-*, Select-, Sort-, Group-, Measure- and Compare-Object all read them
// here.
#ifndef INTERP_FORMAT_EXPRESSION_H
#define INTERP_FORMAT_EXPRESSION_H

#include "interp/eval/command.h"
#include "interp/format/text.h"

enum expression_key { // bit n of `keys`
    KEY_EXPRESSION,
    KEY_FORMAT,
    KEY_LABEL,
    KEY_WIDTH,
    KEY_ALIGNMENT,
    KEY_DEPTH,
    KEY_ASCENDING,
    KEY_DESCENDING,
    KEY_SPAN, // width and alignment as texts that nobody looks into
    KEY_SIDE,
    EXPRESSION_KEYS
};
#define KEYS(a) (1u << KEY_##a)

struct expression {
    value source;     // STRING (maybe a pattern) or SCRIPTBLOCK
    value label;      // STRING; $null where not given
    value format;     // STRING; $null
    value span, side; // STRING or number; $null
    size_t width;     // 0: none
    unsigned depth;   // 0: none
    enum align align; // ALIGN_UNDEFINED: not given
    bool has_order, descending;
};

struct expressions {
    struct expression *items;
    size_t count, capacity;
};

// Reads a -Property argument (one item or an array of them); terminating errors of `cmd`
// (DictionaryKeyIllegal …). What is in *ret is freed by expressions_free, also after false.
bool expressions_read(struct command *cmd, value property, unsigned keys, struct expressions *ret);
void expressions_free(struct expressions *expressions);

bool expression_is_pattern(const struct expression *expression);
// The names of the properties of target that the expression means: an ARRAY of STRING, empty where there is
// none. A script block names itself by its text.
bool expression_names(struct interp *in, const struct expression *expression, value target, value *ret_names);
// The value under one of these names; *ret_found false and $null where there is no such property.
bool expression_get(struct interp *in, const struct expression *expression, value name, value target,
                    value *ret, bool *ret_found);
// After false: what a script threw is told in $Error alone, and its value is nothing. False: it is no such thing.
bool expression_forgiven(struct command *cmd, const struct expression *expression, value *ret);
// Both at once: the first name's value.
bool expression_first(struct interp *in, const struct expression *expression, value target, value *ret,
                      bool *ret_found);

// A script block with $_ = self. Sessions that run none throw ScriptBlockNotSupportedInDataSection.
bool expression_call(struct interp *in, value block, value self, value *ret);

// Hashtables are read by key, as objects made of them; RestrictedLanguage and NoLanguage have no such
// conversion and throw (InvalidCastConstructorException).
bool property_get(struct interp *in, value target, const char *name, size_t size, value *ret,
                  bool *ret_found);
bool property_names(struct interp *in, value target, const char *pattern, size_t size, value *ret_names);

#endif
