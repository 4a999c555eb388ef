// interp/format/view-values.h: the functions that views.def names.
#ifndef INTERP_FORMAT_VIEW_VALUES_H
#define INTERP_FORMAT_VIEW_VALUES_H

#include "interp/format/view.h"

view_value view_overloads, view_parent, view_write_time, view_file_name, view_process_npm, view_process_pm, view_process_ws,
    view_process_cpu, view_drive_used, view_drive_free, view_drive_provider, view_type_name, view_command_name;
view_markup view_date, view_match, view_error, view_help, view_text;

// What Select-String found, told from where the session stands. Not in jesh-restricted.
extern const struct type type_match_info __attribute__((weak));
bool match_shown(struct interp *in, value self, value *ret) __attribute__((weak));

#endif
