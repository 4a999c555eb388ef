// profiles/load.h: what the parts of the loader of .pssc and .psrc files share: position, notes, small readings.
#ifndef PROFILES_LOAD_H
#define PROFILES_LOAD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/nearest.h"
#include "profiles/profile.h"
#include "syntax/data.h"

struct load_note {
    struct profile_note note;
    struct load_note *next;
};

struct loader {
    struct arena *arena; // of the source; everything that is loaded lives there
    const char *file;
    const struct data *table;
    const char *key; // that is being tested, for messages
    struct err *err;
    struct load_note *first, **last;
    size_t note_count;
};

void loader_init(struct loader *loader, struct source *source, const struct data *table, struct err *err);

// A load error at the place of `at`. Returns false.
bool load_fail(struct loader *loader, const struct data *at, const char *id, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
// Something that `jeshctl check` says; where it refuses, no session is made from this file. False: no memory.
bool load_note(struct loader *loader, const struct data_entry *entry, bool refuses, const char *id, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
void *load_new(struct loader *loader, size_t count, size_t size); // NULL: error is set
bool load_notes_into(struct loader *loader, struct profile_note **ret_notes, size_t *ret_count);

// A value as a list: an array's elements, or the value itself; $null is empty.
struct data_list {
    const struct data *const *items;
    size_t count;
    const struct data *single;
};
struct data_list data_list_of(const struct data *value);
const struct data *data_list_at(const struct data_list *list, size_t i);
bool data_asks(const struct data *value); // not $null, not $false, no empty list or table

// Text of a string, number or boolean as PowerShell's ToString; NULL: another kind (no error set).
const char *data_text_of(struct loader *loader, const struct data *value);
bool data_is_text(const struct data *value, const char *text); // a string, ignoring case
bool data_is_clean(const struct data *value);                  // a string without control characters, not empty

struct hint data_hint(const struct data *written, struct names names);

#endif
