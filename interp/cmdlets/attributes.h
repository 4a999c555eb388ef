// interp/cmdlets/attributes.h: what Get-ChildItem -Attributes says: "Directory+!Hidden, ReadOnly".
#ifndef CMDLETS_ATTRIBUTES_H
#define CMDLETS_ATTRIBUTES_H

#include "interp/value/value.h"

enum { ATTRIBUTE_READ_ONLY = 1, ATTRIBUTE_HIDDEN = 2, ATTRIBUTE_SYSTEM = 4 };

unsigned attributes_of_item(value item); // of a FileInfo or DirectoryInfo; 0 for anything else
// A comma is "or", a plus is "and", ! is "not". Names that are none: *ret false never matches.
bool attributes_match(const char *expression, unsigned bits);
bool attributes_valid(const char *expression);
bool attributes_name_hidden(const char *expression); // speaks of Hidden, so hidden items count

#endif
