#include "launcher/options.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/nearest.h"
#include "launcher/encoded.h"

enum takes { TAKES_NONE, TAKES_ONE, TAKES_REST };

enum option {
#define OPTION(id, name, least, also, takes, login, help) OPT_##id,
#include "launcher/options.def"
#undef OPTION
    OPTIONS
};

static const struct row {
    const char *name;
    size_t least;
    const char *also;
    enum takes takes;
    bool login;
    const char *help;
} rows[OPTIONS] = {
#define OPTION(id, name, least, also, takes, login, help) {name, least, also, TAKES_##takes, login, help},
#include "launcher/options.def"
#undef OPTION
};

struct reader {
    char *const *at; // the argument that is read next
    struct options *out;
    struct err *err;
    bool first;
};

static bool usage(struct err *err, const char *what, const char *value)
{
    return err_set(err, EXIT_USAGE, "Usage", "%s '%s'; `jesh -Help` lists what is understood", what, value);
}

static bool no_memory(struct err *err)
{
    return err_set(err, EXIT_SETUP, "OutOfMemory", "no memory is left for the command line");
}

static bool is_word_of(const char *words, const char *key, size_t size)
{
    for (const char *at = words; *at;) {
        size_t length = strcspn(at, " ");
        if (length == size && !strncasecmp(at, key, size))
            return true;
        at += length + (at[length] == ' ');
    }
    return false;
}

static enum option find(const char *key, size_t size)
{
    for (enum option i = 0; i < OPTIONS; i++) {
        bool cut =
            size >= rows[i].least && size <= strlen(rows[i].name) && !strncasecmp(rows[i].name, key, size);
        if (size && (cut || is_word_of(rows[i].also, key, size)))
            return i;
    }
    return OPTIONS;
}

// What follows the dash, the two dashes or the slash; NULL where none begins the argument.
static const char *key_of(const char *arg)
{
    if (arg[0] != '-' && arg[0] != '/')
        return NULL;
    return arg + 1 + (arg[1] == '-');
}

static void take_args(struct reader *r)
{
    r->out->args = r->at;
    for (; *r->at; r->at++)
        r->out->arg_count++;
}

static bool read_text(struct reader *r, const char *first)
{
    r->out->start = START_COMMAND;
    return buf_add_text(&r->out->text, first) || no_memory(r->err);
}

static bool read_command(struct reader *r, const char *first)
{
    if (!strcmp(first, "-")) {
        r->out->start = START_PIPED;
        return !*r->at || usage(r->err, "nothing may follow -Command -, not", *r->at);
    }
    bool ok = read_text(r, first);
    for (; ok && *r->at; r->at++)
        ok = buf_add_char(&r->out->text, ' ') && buf_add_text(&r->out->text, *r->at);
    return ok || no_memory(r->err);
}

static bool read_text_with_args(struct reader *r, const char *text)
{
    take_args(r);
    return read_text(r, text);
}

static bool read_file(struct reader *r, const char *file)
{
    if (!strcmp(file, "-")) {
        r->out->start = START_PROMPT;
        r->out->prompts = true;
        return !*r->at || usage(r->err, "nothing may follow -File -, not", *r->at);
    }
    r->out->start = START_FILE;
    r->out->file = file;
    take_args(r);
    return true;
}

static bool read_encoded(struct reader *r, const char *value)
{
    r->out->start = START_COMMAND;
    return encoded_decode(value, &r->out->text) || usage(r->err, "not UTF-16LE text in base64:", value);
}

static bool read_errors(struct reader *r, const char *value)
{
    r->out->errors_json = true;
    return !strcmp(value, "json") || usage(r->err, "--errors knows only json, not", value);
}

static bool read_format(struct reader *r, const char *value)
{
    return !strcasecmp(value, "Text") || usage(r->err, "only the format Text is offered, not", value);
}

static bool read_status_fd(struct reader *r, const char *value)
{
    char *end;
    errno = 0;
    long fd = strtol(value, &end, 10);
    if (!isdigit((unsigned char)value[0]) || *end || errno || fd > INT_MAX)
        return usage(r->err, "not a descriptor:", value);
    r->out->status_fd = (int)fd;
    return true;
}

// --profile FILE [--status-fd N] -- PROGRAM ARGUMENTS: what follows the two dashes is the program's own.
static bool read_wrap(struct reader *r, const char *file)
{
    static const char status[] = "--status-fd";
    r->out->start = START_WRAP;
    r->out->configuration_file = file;
    while (*r->at && !strncmp(*r->at, status, strlen(status))) {
        const char *rest = *r->at++ + strlen(status), *value = *rest == '=' ? rest + 1 : *r->at;
        if (!value || (*rest && *rest != '='))
            return usage(r->err, "a value is missing after", status);
        r->at += !*rest;
        if (!read_status_fd(r, value))
            return false;
    }
    if (!*r->at || strcmp(*r->at, "--") || !r->at[1])
        return usage(r->err, "'-- PROGRAM ARGUMENTS' must follow --profile", file);
    r->out->program = ++r->at;
    while (*r->at)
        r->at++;
    return true;
}

static bool keep_configuration_name(struct reader *r, const char *value)
{
    r->out->configuration_name = value;
    return true;
}

static bool keep_configuration_file(struct reader *r, const char *value)
{
    r->out->configuration_file = value;
    return true;
}

static bool keep_directory(struct reader *r, const char *value)
{
    r->out->working_directory = value;
    return true;
}

typedef bool reads_value(struct reader *r, const char *value);

static reads_value *const readers[OPTIONS] = {
    // NULL: the value is accepted and has no effect
    [OPT_COMMAND] = read_command,
    [OPT_COMMAND_WITH_ARGS] = read_text_with_args,
    [OPT_CONFIGURATION_FILE] = keep_configuration_file,
    [OPT_CONFIGURATION_NAME] = keep_configuration_name,
    [OPT_ENCODED_COMMAND] = read_encoded,
    [OPT_ERRORS] = read_errors,
    [OPT_FILE] = read_file,
    [OPT_INPUT_FORMAT] = read_format,
    [OPT_OUTPUT_FORMAT] = read_format,
    [OPT_PROFILE] = read_wrap,
    [OPT_STATUS_FD] = read_status_fd,
    [OPT_WORKING_DIRECTORY] = keep_directory,
};

static bool apply_flag(struct reader *r, enum option option)
{
    struct options *o = r->out;
    o->prompts |= option == OPT_INTERACTIVE;
    o->no_exit |= option == OPT_NO_EXIT;
    o->no_logo |= option == OPT_NO_LOGO;
    o->non_interactive |= option == OPT_NON_INTERACTIVE;
    o->login |= option == OPT_LOGIN;
    if (option == OPT_STDIN)
        o->start = START_PIPED;
    if (option == OPT_VERSION)
        o->start = START_VERSION;
    if (option == OPT_HELP)
        o->start = START_HELP;
    return option != OPT_LOGIN || r->first || usage(r->err, "this may only be the first option:", "-Login");
}

// `value` is what stood behind '=' in --name=value, or NULL.
static bool apply(struct reader *r, enum option option, const char *value)
{
    if (rows[option].takes == TAKES_NONE)
        return value ? usage(r->err, "no value goes with", r->at[-1])
                     : apply_flag(r, option);
    if (!value && !*r->at)
        return usage(r->err, "a value is missing after", r->at[-1]);
    if (!value)
        value = *r->at++;
    return !readers[option] || readers[option](r, value);
}

static const char *name_at(size_t i)
{
    return rows[i].name;
}

static bool unknown(struct reader *r, const char *arg, size_t key_size)
{
    const char *name = nearest_name(key_of(arg), key_size, (struct names){name_at, OPTIONS});
    if (!name)
        return usage(r->err, "unknown option", arg);
    return err_set(r->err, EXIT_USAGE, "Usage", "unknown option '%s'; did you mean '%.*s%s'?", arg,
                   (int)(key_of(arg) - arg), arg, name);
}

static bool read_one(struct reader *r, const char *arg)
{
    const char *key = key_of(arg);
    const char *value = key && arg[0] == '-' ? strchr(key, '=') : NULL;
    size_t size = value ? (size_t)(value - key) : key ? strlen(key) : 0;
    enum option option = find(key, size);
    if (option != OPTIONS)
        return apply(r, option, value ? value + 1 : NULL);
    if (arg[0] == '-' && arg[1])
        return unknown(r, arg, size);
    return read_file(r, arg); // what is no option begins the script to run, as in pwsh
}

static bool read_all(struct reader *r)
{
    struct options *o = r->out;
    for (r->first = true; *r->at && o->start != START_VERSION && o->start != START_HELP; r->first = false)
        if (!read_one(r, *r->at++))
            return false;
    if (o->configuration_name && o->configuration_file)
        return usage(r->err, "-ConfigurationName excludes the file", o->configuration_file);
    return true;
}

// login(1) and sshd(8) start a shell as "-name"; sshd, cron and su give one command as exactly `-c STRING`.
static bool is_login(int argc, char *const argv[])
{
    if (argv[0][0] == '-')
        return true;
    const char *key = argc > 1 ? key_of(argv[1]) : NULL;
    return (key && find(key, strlen(key)) == OPT_LOGIN) || (argc == 3 && !strcmp(argv[1], "-c"));
}

static bool read_login_value(struct reader *r, enum option option, const char *value)
{
    if (option == OPT_CONFIGURATION_NAME)
        return keep_configuration_name(r, value);
    if (*r->at)
        return usage(r->err, "a login shell takes one string after -c, and not also", *r->at);
    return read_text(r, value);
}

static bool read_login(struct reader *r)
{
    r->out->login = true;
    while (*r->at) {
        const char *arg = *r->at++, *key = arg[0] == '-' ? key_of(arg) : NULL;
        enum option option = key ? find(key, strlen(key)) : OPTIONS;
        bool other = option == OPT_COMMAND && strcmp(arg, "-c") != 0;
        if (option == OPTIONS || !rows[option].login || other)
            return usage(r->err, "a login shell does not take", arg);
        if (option == OPT_LOGIN)
            continue; // started as "-jesh", and told -l as well
        if (!*r->at)
            return usage(r->err, "a value is missing after", arg);
        const char *value = *r->at++;
        if (!read_login_value(r, option, value))
            return false;
    }
    return true;
}

bool options_read(int argc, char *const argv[], struct options *ret, struct err *err)
{
    struct options options = {.status_fd = -1};
    if (argc < 1 || !argv[0])
        return err_set(err, EXIT_USAGE, "Usage", "started without a name in argv[0]");
    struct reader reader = {.at = argv + 1, .out = &options, .err = err};
    if (!(is_login(argc, argv) ? read_login(&reader) : read_all(&reader))) {
        options_free(&options);
        return false;
    }
    *ret = options;
    return true;
}

void options_free(struct options *options)
{
    buf_free(&options->text);
}

void options_help(struct buf *out)
{
    buf_add_text(out, "jesh: a shell that shows what its profile makes visible; the kernel enforces it\n\n"
                      "  jesh [-ConfigurationFile FILE | -ConfigurationName NAME] [-Command TEXT | -File FILE ARGUMENTS]\n"
                      "  jesh --profile FILE [--status-fd N] -- PROGRAM ARGUMENTS\n\n");
    for (enum option i = 0; i < OPTIONS; i++)
        buf_printf(out, "  -%-19s %s\n", rows[i].name, rows[i].help);
}
