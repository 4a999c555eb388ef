// interp/cmdlets/text-file.h: the one file that a command writes its text to: Out-File, Tee-Object,
// Export-Csv.
#ifndef CMDLETS_TEXT_FILE_H
#define CMDLETS_TEXT_FILE_H

#include "interp/eval/command.h"
#include "interp/format/renderer.h"
#include "interp/providers/content.h"

struct text_file {
    struct content_writer writer;
    value path; // STRING: where it is; $null: nothing is open, and what is put is lost
};

enum text_file_flag {
    TEXT_LITERAL = 1 << 0, // the path has no wildcards
    TEXT_APPEND = 1 << 1,
    TEXT_FORCE = 1 << 2, // a file that may not be written is
    TEXT_NEW = 1 << 3,   // none may be there
};

// The one path that a name means. Throws where there are several, or the item is no file; *ret_path $null: it
// was reported that there is no such drive.
bool text_file_path(struct command *cmd, value name, unsigned flags, value *ret_path);
// Where the parameters that say so stand in a command's table.
struct text_file_params {
    unsigned path, literal_path, append, force, no_clobber;
};
unsigned text_file_flags(const struct command *cmd, const struct text_file_params *at);
// Opens what -Path or -LiteralPath names by way of `open`, if the user agrees to the operation.
bool text_file_named(struct command *cmd, const struct text_file_params *at, const char *operation,
                     bool (*open)(struct command *cmd, value path));
enum { TEXT_NO_ENCODING = 63 }; // a command without such a parameter: UTF-8
// In the encoding of that parameter. Throws FileOpenFailure or NoClobber. path is a whole one.
bool text_file_open(struct command *cmd, value path, unsigned encoding_at, unsigned flags,
                    struct text_file *ret_file);
bool text_file_put(struct command *cmd, struct text_file *file, const char *text, size_t size);
bool text_file_exists(value path);
// The whole of a file, likewise. Throws FileOpenFailure.
bool text_file_read(struct command *cmd, value path, unsigned encoding_at, value *ret_text);
void text_file_close(struct text_file *file); // always

// Objects as lines of a file.
struct shown_file {
    struct renderer renderer;
    struct text_file file;
    struct command *cmd;
    bool open, no_newline;
};
bool shown_file_open(struct command *cmd, value path, unsigned encoding_at, unsigned flags,
                     size_t width, // 0: as the host's
                     struct shown_file *shown);
bool shown_file_add(struct shown_file *shown, value v);
bool shown_file_end(struct shown_file *shown);
void shown_file_free(struct shown_file *shown); // always

#endif
