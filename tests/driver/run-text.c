// run-text: runs one text in the evaluator, in this process and without a sandbox. For tests only.
//
//     run-text [--mode NoLanguage] [--errors=json] [--files FOLDER] [--restricted] [--describe] [--width N] < text
//
// All commands and providers are visible, as in a session of type Default; --restricted shows the eight commands of
// RestrictedRemoteServer in their restricted forms. --describe takes each line as a text of its own and prints what it
// gives as type and value, as the recorded tables of operators and casts do.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "interp/eval/interp.h"
#include "interp/providers/path.h"
#include "interp/value/cycles.h"
#include "interp/value/types.h"

#define CMDLET(id, name, rights, class_name, flags) extern const struct cmdlet cmdlet_##id __attribute__((weak));
#include "profiles/cmdlets.def"
#undef CMDLET
#define PROVIDER(id, name, rights, drives) extern const struct provider provider_##id __attribute__((weak));
#include "profiles/providers.def"
#undef PROVIDER

// A weak address is not a constant in position-independent code of every compiler, so the tables are filled when run.
static const struct cmdlet *cmdlets[CMDLETS];
static const struct provider *providers[PROVIDERS];

static void fill_tables(void) {
#define CMDLET(id, name, rights, class_name, flags) cmdlets[CMDLET_##id] = &cmdlet_##id;
#include "profiles/cmdlets.def"
#undef CMDLET
#define PROVIDER(id, name, rights, drives) providers[PROVIDER_##id] = &provider_##id;
#include "profiles/providers.def"
#undef PROVIDER
}

struct options {
    enum language_mode mode;
    bool json, restricted, describe;
    const char *files;
    unsigned width;
};

static bool write_host(void *context, int fd, const char *text, size_t size) {
    (void)context;
    return fwrite(text, 1, size, fd == 2 ? stderr : stdout) == size;
}

static unsigned width(void *context) { return ((struct options *)context)->width; }
static unsigned height(void *context) { return (void)context, 24; }

static void print_json(FILE *out, const char *text) {
    fputc('"', out);
    for (; *text; text++)
        if (*text == '"' || *text == '\\') fprintf(out, "\\%c", *text);
        else if ((unsigned char)*text < 0x20) fprintf(out, "\\u%04x", *text);
        else fputc(*text, out);
    fputc('"', out);
}

static void print_record(FILE *out, value record) {
    const struct error_record *error = record.error;
    fputs("{\"id\":", out);
    print_json(out, value_text(error->id));
    fprintf(out, ",\"cat\":\"%s\",\"line\":%u,\"col\":%u}", category_name(error->category), error->line, error->column);
}

static const char *const stream_names[] = {"", "output", "error", "warning", "verbose", "debug", "information"};

static void report_text(struct interp *in, enum stream stream, value record) {
    value text;
    if (!value_to_string(in, record, &text)) return;
    if (stream == STREAM_ERROR) fprintf(stderr, "%s: %s\n", value_text(record.error->id), value_text(text));
    else if (stream == STREAM_INFORMATION) puts(value_text(text)); // as the host shows it
    else fprintf(stderr, "%s: %s\n", stream_names[stream], value_text(text));
    value_drop(text);
}

static bool report(void *context, struct interp *in, enum stream stream, value record) {
    const struct options *options = context;
    value text;
    if (!options->json || stream == STREAM_INFORMATION) return report_text(in, stream, record), true;
    fprintf(stderr, "{\"stream\":\"%s\",\"record\":", stream_names[stream]);
    if (stream == STREAM_ERROR) print_record(stderr, record);
    else if (value_to_string(in, record, &text)) print_json(stderr, value_text(text)), value_drop(text);
    fputs("}\n", stderr);
    return true;
}

static void print_summary(const struct interp *in, bool ok) {
    struct array *errors = in->errors.array;
    fputs("{\"errors\":[", stderr);
    for (size_t i = errors->count; i-- > 0;) {
        print_record(stderr, errors->items[i]);
        if (i) fputc(',', stderr);
    }
    fputs("],\"term\":", stderr);
    if (in->ended_by.kind == V_ERROR) print_json(stderr, value_text(in->ended_by.error->id));
    else fputs("null", stderr);
    fprintf(stderr, ",\"exit\":%d}\n", in->exit_requested ? in->exit_code : !ok);
}

// --- The session -----------------------------------------------------------------------------------------------

static struct visible_command commands[CMDLETS];
static struct session_pair aliases[512], variables[8];

static void make_session(const struct options *options, struct session *session) {
    *session = (struct session){.mode = options->mode, .type = options->restricted ? SESSION_RESTRICTED : SESSION_DEFAULT,
                                .commands = commands, .aliases = aliases, .variables = variables, .profile = "test",
                                .user = "root", .home = "/root", .hostname = "host", .rights = ~(rights_t)0,
                                .directory = options->files ? options->files : "/"};
    for (size_t i = 0; i < CMDLETS; i++) {
        bool core = cmdlet_rows[i].flags & CMD_CORE;
        if (!cmdlets[i] || (options->restricted && !core)) continue;
        commands[session->command_count++] = (struct visible_command){
            .name = cmdlet_rows[i].name, .id = (enum cmdlet_id)i, .proxy = options->restricted, .visible = true};
    }
    for (size_t i = 0; i < alias_count && i < 512; i++)
        aliases[session->alias_count++] = (struct session_pair){alias_rows[i].name, alias_rows[i].value};
    variables[session->variable_count++] = (struct session_pair){"HOME", "/root"};
    variables[session->variable_count++] = (struct session_pair){"PATH", "/usr/bin:/bin"};
    session->providers = options->restricted ? 0 : ~(uint32_t)0;
    for (size_t i = 0; i < LIMITS; i++) session->limits[i] = limit_or_default((enum limit)i, 0, false);
    mem_set_budget(session->limits[LIMIT_HEAP]);
}

// --- Describing ------------------------------------------------------------------------------------------------

static void describe_value(struct interp *in, value v);

static void describe_list(struct interp *in, value v) {
    putchar('(');
    for (size_t i = 0; i < v.array->count; i++) {
        if (i) fputs(", ", stdout);
        describe_value(in, v.array->items[i]);
    }
    putchar(')');
}

static const char *short_name(const char *name) {
    const char *dot = strrchr(name, '.');
    return dot ? dot + 1 : name;
}

static void describe_value(struct interp *in, value v) {
    value text;
    if (value_is_null(v)) fputs("null", stdout);
    else if (v.kind == V_ARRAY) describe_list(in, v);
    else if (v.kind == V_TABLE) printf("dict%zu", v.table->count);
    else if (value_to_string(in, v, &text)) printf("%s %s", short_name(value_type(v)->name), value_text(text)), value_drop(text);
}

static void describe_line(struct interp *in, const char *line, size_t size) {
    char text[8192];
    snprintf(text, sizeof text, "$r = $(%.*s)", (int)size, line);
    size_t errors = in->errors.array->count;
    interp_set_variable(in, "r", value_null);
    interp_run_text(in, text, strlen(text), NULL, 0);
    const value *result = interp_get_variable(in, "r");
    if (in->errors.array->count > errors) printf("! %s", value_text(in->errors.array->items[0].error->id));
    else describe_value(in, result ? *result : value_null);
    putchar('\n');
}

static bool run(struct interp *in, const struct options *options, const char *text, size_t size) {
    if (!options->describe) return interp_run_text(in, text, size, NULL, 0);
    for (const char *at = text, *end = text + size; at < end;) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        size_t length = newline ? (size_t)(newline - at) : (size_t)(end - at);
        describe_line(in, at, length);
        while (in->errors.array->count) value_drop(in->errors.array->items[--in->errors.array->count]);
        at += length + 1;
    }
    return true;
}

// --- The program -----------------------------------------------------------------------------------------------

static bool read_options(int argc, char **argv, struct options *options) {
    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "--mode") && i + 1 < argc) {
            if (!mode_from_name(argv[i + 1], strlen(argv[i + 1]), &options->mode)) return false;
            i++;
        } else if (!strcmp(argv[i], "--files") && i + 1 < argc) options->files = argv[++i];
        else if (!strcmp(argv[i], "--width") && i + 1 < argc) options->width = (unsigned)atoi(argv[++i]);
        else if (!strcmp(argv[i], "--errors=json")) options->json = true;
        else if (!strcmp(argv[i], "--restricted")) options->restricted = true;
        else if (!strcmp(argv[i], "--describe")) options->describe = true;
        else return false;
    }
    return true;
}

static bool read_all(FILE *file, struct buf *out) {
    char block[65536];
    size_t size;
    while ((size = fread(block, 1, sizeof block, file)) > 0) buf_add(out, block, size);
    return !out->failed;
}

// In builds with sanitizers: what still holds something was kept once too often, or never dropped.
static void expect_nothing_left(void) {
#ifdef __SANITIZE_ADDRESS__
    size_t objects = cycles_left();
    if (!mem_used() && !objects) return;
    fprintf(stderr, "runtime error: %zu bytes are left, %zu objects\n", mem_used(), objects);
    abort();
#endif
}

int main(int argc, char **argv) {
    struct options options = {.mode = MODE_FULL, .width = 80};
    struct session session;
    struct buf text = BUF_INIT;
    struct interp in;
    struct err err;
    if (!read_options(argc, argv, &options)) return 64;
    struct host host = {.context = &options, .write = write_host, .report = report, .width = width, .height = height,
                        .error_json = options.json};
    fill_tables();
    make_session(&options, &session);
    if (options.files && chdir(options.files)) return 125;
    if (!read_all(stdin, &text) || !interp_start(&in, &session, &host, cmdlets, providers, &err)) return 125;
    if (!drives_start(&in)) return 125;
    bool ok = run(&in, &options, buf_text(&text), text.size);
    fflush(stdout);
    if (options.json) print_summary(&in, ok);
    int status = in.exit_requested ? in.exit_code : !ok;
    drives_end(&in);
    interp_end(&in);
    buf_free(&text);
    expect_nothing_left();
    return status;
}
