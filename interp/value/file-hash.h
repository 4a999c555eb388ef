// interp/value/file-hash.h: what Get-FileHash gives: Microsoft.PowerShell.Commands.FileHashInfo.
#ifndef INTERP_FILE_HASH_H
#define INTERP_FILE_HASH_H

#include "interp/value/objects.h"

enum { FILE_HASH_ALGORITHM, FILE_HASH_HASH, FILE_HASH_PATH }; // where its properties stand among its fields

#endif
