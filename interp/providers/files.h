// interp/providers/files.h: FileInfo and DirectoryInfo, and what the parts of the FileSystem provider share.
//
// System calls, for profiles/syscalls.def. FILE_READ: openat, newfstatat, statx (creation time), readlinkat,
// getdents64, read, lseek, close. FILE_WRITE: openat, write, mkdirat, unlinkat, renameat2 (libc's rename is
// renameat or rename on some machines: this code calls renameat2 itself), symlinkat, linkat, fchmod,
// fchmodat, ftruncate. Whose the session is comes from the auxiliary vector, without a call.
#ifndef INTERP_FILES_H
#define INTERP_FILES_H

#include <sys/stat.h>

#include "interp/providers/owner.h"
#include "interp/providers/provider.h"

struct file { // V_OBJECT of type_file_info or type_directory_info
    struct object head;
    value path;       // STRING: absolute
    value original;   // STRING: what ToString gives
    struct stat stat; // of the item itself, not of what a link leads to
    int64_t born;     // ticks UTC; 0: unknown
    bool exists, container;
    bool seen; // stat, exists and container are known: file_look
};

extern const struct type type_file_system_info, type_file_info, type_directory_info,
    type_file_system_info_array, type_file_info_array, type_directory_info_array;

// Setters of their properties.
#define FILE_SETTER(name) bool name(struct interp *in, value self, value to) __attribute__((weak));
FILE_SETTER(file_set_access)
FILE_SETTER(file_set_access_utc)
FILE_SETTER(file_set_write)
FILE_SETTER(file_set_write_utc)
FILE_SETTER(file_set_attributes)
FILE_SETTER(file_set_read_only)
#undef FILE_SETTER

bool file_new(struct interp *in, const char *path, value *ret_file); // what is there now
// What need not be there; looked at when first asked. original as ToString gives it; $null: the path.
bool file_named(struct interp *in, const struct type *type, const char *path, value original, value *ret_file);
struct file *file_look(value v);
// The next look finds what is there then; in a session that does not show the FileSystem provider, nothing.
void file_forget(struct interp *in, value v);
unsigned file_attributes(const struct file *file);                   // FileAttributes
bool file_filter(const char *filter, const char *name); // the file system's own wildcards: only * and ?
bool file_is_hidden(const char *path);
bool file_is_read_only(const struct stat *stat);

// Reports errno of a failed call: PermissionDenied becomes id + "UnauthorizedAccessError" (or the id given
// whole).
struct file_error {
    const char *denied, *other;
    enum category category;
};
// The id of the limit of the session that errno at that path means; NULL: none.
const char *file_limit(const struct interp *in, int errnum, const char *path);
bool file_report(struct command *cmd, struct change *how, const struct file_error *error, int errnum,
                 const char *path); // how may be NULL

// rename(2); 0 or errno. Without replace an existing target is EEXIST, also where the file system cannot say
// so itself.
int file_rename(const char *from, const char *to, bool replace);
bool file_make_parents(const char *path); // every folder above it that is not there yet; errno

bool files_names(struct command *cmd, const struct provider *self, const char *path, bool force,
                 value *ret_names);
bool files_create(struct command *cmd, const struct provider *self, const char *path, const char *type,
                  value v, struct change *how);
bool files_remove(struct command *cmd, const struct provider *self, const char *path, struct change *how);
bool files_rename(struct command *cmd, const struct provider *self, const char *path, const char *name,
                  struct change *how);
bool files_copy(struct command *cmd, const struct provider *self, const char *from, const char *to,
                struct change *how);
bool files_move(struct command *cmd, const struct provider *self, const char *from, const char *to,
                struct change *how);

#endif
