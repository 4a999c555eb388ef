#include <string.h>

#include "base/utf8.h"
#include "base/wildcard.h"
#include "interp/cmdlets/parallel.h"
#include "interp/eval/interp.h"
#include "interp/eval/scope.h"
#include "interp/format/expression.h"
#include "interp/value/member.h"
#include "interp/value/method.h"
#include "interp/value/types.h"

#pragma weak method_exists
#pragma weak method_invoke

enum { INPUT_OBJECT, BEGIN, PROCESS, END, REMAINING, MEMBER, ARGUMENT_LIST, PARALLEL, THROTTLE, TIME, AS_JOB, NEW_RUNSPACE };
enum { SET_SCRIPT = 1, SET_MEMBER = 2, SET_PARALLEL = 4 };

static const char *const sets[] = {"ScriptBlockSet", "PropertyAndMethodSet", "ParallelParameterSet", NULL};
static const struct param params[] = {
    {"InputObject", "psobject", NULL, PARAM_NAMED, PARAM_PIPELINE | PARAM_ALLOW_NULL},
    {"Begin", "scriptblock", NULL, PARAM_NAMED, 0, SET_SCRIPT},
    {"Process", "scriptblock[]", NULL, 0, PARAM_MANDATORY | PARAM_ALLOW_NULL | PARAM_ALLOW_EMPTY_COLLECTION,
     SET_SCRIPT},
    {"End", "scriptblock", NULL, PARAM_NAMED, 0, SET_SCRIPT},
    {"RemainingScripts", "scriptblock[]", NULL, PARAM_NAMED,
     PARAM_REMAINING | PARAM_ALLOW_NULL | PARAM_ALLOW_EMPTY_COLLECTION, SET_SCRIPT},
    {"MemberName", "string", NULL, 0, PARAM_MANDATORY | PARAM_NOT_NULL_OR_EMPTY | PARAM_TRUSTED, SET_MEMBER},
    {"ArgumentList", "object[]", "Args", PARAM_NAMED, PARAM_REMAINING, SET_MEMBER},
    {"Parallel", "scriptblock", NULL, PARAM_NAMED, PARAM_MANDATORY, SET_PARALLEL},
    {"ThrottleLimit", "int", NULL, PARAM_NAMED, 0, SET_PARALLEL, .min = 1, .max = INT32_MAX},
    {"TimeoutSeconds", "int", NULL, PARAM_NAMED, 0, SET_PARALLEL, .min = 0, .max = INT32_MAX / 1000},
    {"AsJob", "switch", NULL, PARAM_NAMED, 0, SET_PARALLEL},
    {"UseNewRunspace", "switch", NULL, PARAM_NAMED, 0, SET_PARALLEL},
    {0},
};

// ---- Script blocks ----

// What runs when: of more than one block, -Begin among them, the first is the beginning; of more than two,
// unless -End is given, the last is the end.
struct blocks {
    value all[32];
    size_t count, first, last;
};

static void gather(const struct command *cmd, unsigned param, struct blocks *blocks)
{
    value list = cmd->arg[param];
    if (!cmd_bound(cmd, param) || value_is_null(list))
        return;
    for (size_t i = 0; i < list.array->count && blocks->count < 32; i++)
        if (list.array->items[i].kind == V_SCRIPTBLOCK)
            blocks->all[blocks->count++] = list.array->items[i];
}

static struct blocks blocks_of(const struct command *cmd)
{
    struct blocks b = {0};
    if (cmd_bound(cmd, BEGIN))
        b.all[b.count++] = cmd->arg[BEGIN];
    gather(cmd, PROCESS, &b);
    gather(cmd, REMAINING, &b);
    b.first = b.count > 1;
    b.last = !cmd_bound(cmd, END) && b.count > 2 ? b.count - 1 : b.count;
    return b;
}

static bool run_block(struct command *cmd, value block, value self)
{
    value result;
    struct command_sink out = command_sink(cmd);
    if (block.kind != V_SCRIPTBLOCK)
        return true;
    if (block_run)
        return block_run(cmd->in, block, self, &out.sink);
    if (!expression_call(cmd->in, block, self, &result))
        return false;
    bool ok = value_is_null(result) || cmd_write_each(cmd, result);
    value_drop(result);
    return ok;
}

struct state {
    struct parallel *parallel;
};

static struct parallel *parallel_of(const struct command *cmd)
{
    return ((struct state *)cmd->state)->parallel;
}

static bool begin_parallel(struct command *cmd)
{
    static const struct parallel_params at = {PARALLEL, TIME, AS_JOB};
    return parallel_begin && parallel_begin(cmd, &at, &((struct state *)cmd->state)->parallel);
}

static bool begin(struct command *cmd)
{
    if (cmd_bound(cmd, PARALLEL))
        return begin_parallel(cmd);
    if (cmd_bound(cmd, MEMBER))
        return true;
    struct blocks b = blocks_of(cmd);
    return b.first == 0 || run_block(cmd, b.all[0], value_null);
}

static bool run_process(struct command *cmd, value v)
{
    struct blocks b = blocks_of(cmd);
    for (size_t i = b.first; i < b.last; i++)
        if (!run_block(cmd, b.all[i], v))
            return false;
    return true;
}

static bool end(struct command *cmd)
{
    if (parallel_of(cmd))
        return parallel_end(cmd, parallel_of(cmd));
    if (cmd_bound(cmd, MEMBER))
        return true;
    struct blocks b = blocks_of(cmd);
    if (cmd_bound(cmd, END))
        return run_block(cmd, cmd->arg[END], value_null);
    return b.last == b.count || run_block(cmd, b.all[b.last], value_null);
}

// ---- Members ----

// Without method tables a name is told from a misspelling by these lists; native objects may have any method.
static const char object_methods[] = " ToString GetType Equals GetHashCode ";
static const char string_methods[] = " Clone CompareTo Contains CopyTo EndsWith EnumerateRunes GetEnumerator "
                                     "GetTypeCode IndexOf IndexOfAny Insert "
                                     "IsNormalized LastIndexOf LastIndexOfAny Normalize PadLeft PadRight "
                                     "Remove Replace ReplaceLineEndings Split "
                                     "StartsWith Substring ToBoolean ToByte ToChar ToCharArray ToDateTime "
                                     "ToDecimal ToDouble ToInt16 ToInt32 ToInt64 "
                                     "ToLower ToLowerInvariant ToSByte ToSingle ToType ToUInt16 ToUInt32 "
                                     "ToUInt64 ToUpper ToUpperInvariant Trim TrimEnd "
                                     "TrimStart TryCopyTo ";
static const char table_methods[] = " Add Clear Clone Contains ContainsKey ContainsValue CopyTo "
                                    "GetEnumerator GetObjectData Insert OnDeserialization "
                                    "Remove RemoveAt ";

static bool lists(const char *names, value name)
{
    size_t size = name.string->size;
    for (const char *at = names + 1; *at;) {
        size_t own = strcspn(at, " ");
        if (own == size && utf8_same_ignore_case(at, own, value_text(name), size))
            return true;
        at += own + 1;
    }
    return false;
}

static bool is_method(value v, value name)
{
    if (lists(object_methods, name))
        return true;
    if (v.kind == V_STRING)
        return lists(string_methods, name);
    if (v.kind == V_TABLE)
        return lists(table_methods, name);
    return !(v.kind == V_OBJECT && v.object->type == &type_custom);
}

// What programs may not call anyway has no method here, only its name: it is refused as what it is.
static bool is_refused_method(struct command *cmd, value v, value name)
{
    static const struct {
        const char *type, *methods;
    } known[] = {
        {"System.IO.FileSystemInfo", " CreateAsSymbolicLink Delete GetLifetimeService GetObjectData "
                                     "InitializeLifetimeService Refresh ResolveLinkTarget "},
        {"System.IO.FileInfo", " AppendText CopyTo Create CreateText Decrypt Encrypt MoveTo Open OpenRead OpenText "
                               "OpenWrite Replace "},
        {"System.IO.DirectoryInfo", " Create CreateSubdirectory EnumerateDirectories EnumerateFileSystemInfos "
                                    "EnumerateFiles GetDirectories GetFileSystemInfos GetFiles MoveTo "},
        {"System.Diagnostics.Process", " BeginErrorReadLine BeginOutputReadLine CancelErrorRead CancelOutputRead Close "
                                       "CloseMainWindow Dispose Kill Refresh Start WaitForExit WaitForExitAsync "
                                       "WaitForInputIdle "},
    };
    if (!mode_gate(cmd->in->mode, GATE_FOREACH_OTHER) || v.kind != V_OBJECT)
        return false;
    for (const struct type *type = v.object->type; type; type = type->base)
        for (size_t i = 0; i < sizeof known / sizeof *known; i++)
            if (!strcmp(type->name, known[i].type) && lists(known[i].methods, name))
                return true;
    return false;
}

static bool invoke(struct command *cmd, value v)
{
    value name = cmd->arg[MEMBER], result,
          args = cmd_bound(cmd, ARGUMENT_LIST) ? cmd->arg[ARGUMENT_LIST] : value_null;
    bool any = method_invoke && value_enumerable(args);
    if (method_invoke && method_invoke(cmd->in, v, name, any ? args.array->items : NULL,
                                       any ? args.array->count : 0, &result)) {
        bool ok = result.kind == V_VOID || cmd_write_each(cmd, result);
        return value_drop(result), ok;
    }
    if (cmd->in->thrown.kind == V_ERROR && cmd->in->thrown.error->escaped)
        return false;
    value_set(&cmd->in->thrown, value_null);
    return cmd_error(cmd, "MethodInvocationError", CAT_InvalidOperation, v, "'%s' cannot be called here.",
                     value_text(name));
}

static bool call_method(struct command *cmd, value v)
{
    value name = cmd->arg[MEMBER];
    bool there = method_exists ? method_exists(v, value_text(name), name.string->size) ||
                                     member_lookup(cmd->in, v, value_text(name), name.string->size) ||
                                     is_refused_method(cmd, v, name)
                               : is_method(v, name);
    if (!there && cmd_bound(cmd, ARGUMENT_LIST))
        return cmd_error(cmd, "MethodNotFound", CAT_InvalidArgument, v, "The object has no method '%s'.",
                         value_text(name));
    if (!there && scope_strict(cmd->in) > 1)
        return cmd_error(cmd, "PropertyOrMethodNotFound", CAT_InvalidArgument, v,
                         "The object has no member '%s'.", value_text(name));
    if (!there)
        return true;
    bool core = type_is_core(value_type(v));
    const char *refusal = mode_gate(cmd->in->mode, core ? GATE_FOREACH_METHOD : GATE_FOREACH_OTHER);
    if (refusal)
        return cmd_error(cmd, refusal, CAT_InvalidOperation, value_null,
                         "This language mode calls no methods: '%s'.", value_text(name));
    return invoke(cmd, v);
}

// A pattern must mean exactly one property.
static bool by_pattern(struct command *cmd, value v)
{
    value pattern = cmd->arg[MEMBER], names, result;
    if (!property_names(cmd->in, v, value_text(pattern), pattern.string->size, &names))
        return false;
    bool found, ok = true;
    if (names.array->count > 1) {
        ok = cmd_error(cmd, "AmbiguousPropertyOrMethodName", CAT_InvalidArgument, v,
                       "'%s' means several members.", value_text(pattern));
    } else if (names.array->count == 1) {
        value name = names.array->items[0];
        ok = member_get(cmd->in, v, value_text(name), name.string->size, &result, &found);
        if (ok) {
            ok = cmd_write_each(cmd, result);
            value_drop(result);
        }
    }
    value_drop(names);
    return ok;
}

static bool by_member(struct command *cmd, value v)
{
    value name = cmd->arg[MEMBER], result;
    bool found;
    if (value_is_null(v))
        return cmd_error(cmd, "InputObjectIsNull", CAT_InvalidArgument, v, "$null has no member '%s'.",
                         value_text(name));
    if (wildcard_has(value_text(name), name.string->size))
        return by_pattern(cmd, v);
    if (cmd_bound(cmd, ARGUMENT_LIST))
        return call_method(cmd, v);
    if (!member_get(cmd->in, v, value_text(name), name.string->size, &result, &found))
        return false;
    if (!found)
        return call_method(cmd, v);
    bool ok = value_is_null(result) ? cmd_write(cmd, value_null) : cmd_write_each(cmd, result);
    value_drop(result);
    return ok;
}

static bool process(struct command *cmd)
{
    value v = cmd_bound(cmd, INPUT_OBJECT) ? cmd->arg[INPUT_OBJECT] : value_null;
    if (!cmd_bound(cmd, INPUT_OBJECT) && cmd->expects_input)
        return true;
    if (parallel_of(cmd))
        return parallel_process(cmd, parallel_of(cmd), v);
    return cmd_bound(cmd, MEMBER) ? by_member(cmd, v) : run_process(cmd, v);
}

static void clean(struct command *cmd)
{
    if (parallel_of(cmd))
        parallel_free(parallel_of(cmd));
}

const struct cmdlet cmdlet_foreach_object = {
    .params = params,
    .sets = sets,
    .state_size = sizeof(struct state),
    .clean = clean,
    .begin = begin,
    .process = process,
    .end = end,
};
