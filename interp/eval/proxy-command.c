// [ProxyCommand]: the text of a function that stands before another command: it takes the same parameters and
// hands its objects on, one by one. jesh-full alone.
#include <stdio.h>
#include <string.h>

#include "interp/eval/command-metadata.h"
#include "interp/value/attributes.h"
#include "interp/value/types-rows.h"

#define METADATA(v, n) (ATTRIBUTE(v)->at[n])

// --- Attributes
// ---------------------------------------------------------------------------------------------------

static void add_quoted(struct buf *out, value text)
{
    buf_add_char(out, '\'');
    for (const char *at = text.kind == V_STRING ? value_text(text) : ""; *at; at++)
        buf_printf(out, *at == '\'' ? "''" : "%c", *at);
    buf_add_char(out, '\'');
}

static void add_list(struct buf *out, value list)
{
    for (size_t i = 0; value_enumerable(list) && i < list.array->count; i++) {
        buf_add_text(out, i ? "," : "");
        add_quoted(out, list.array->items[i]);
    }
}

static bool add_limits(struct interp *in, struct buf *out, value attribute)
{
    if (!value_add_string(in, out, attribute_field(attribute, 0)))
        return false;
    buf_add_text(out, ", ");
    return value_add_string(in, out, attribute_field(attribute, 1));
}

static bool add_arguments(struct interp *in, struct buf *out, value attribute)
{
    const struct type *type = attribute.object->type;
    if (type == &type_validate_set)
        return add_list(out, attribute_field(attribute, SET_VALUES)), true;
    if (type == &type_validate_pattern)
        return add_quoted(out, attribute_field(attribute, PATTERN_TEXT)), true;
    if (type == &type_type_name_attribute)
        return add_quoted(out, attribute_field(attribute, ONLY_FIELD)), true;
    if (type == &type_validate_length || type == &type_validate_count || type == &type_validate_range)
        return add_limits(in, out, attribute);
    if (type != &type_validate_script)
        return true;
    buf_add_text(out, "{ ");
    bool ok = value_add_string(in, out, attribute_field(attribute, SCRIPT_BLOCK));
    buf_add_text(out, " }");
    return ok;
}

// Those that say what a value must be; [Parameter] and [Alias] are told from what they came to.
static const struct type *const told[] = {
    &type_allow_null,         &type_allow_empty_string, &type_allow_empty_collection, &type_validate_not_null,
    &type_validate_not_empty, &type_validate_not_blank, &type_validate_set,           &type_validate_pattern,
    &type_validate_length,    &type_validate_count,     &type_validate_range,         &type_validate_script,
    &type_type_name_attribute};

static bool add_attribute(struct interp *in, struct buf *out, value attribute)
{
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        if (!attribute_is(attribute, told[i]))
            continue;
        buf_printf(out, "    [%s(", told[i] == &type_type_name_attribute ? "PSTypeName" : told[i]->shorthand);
        bool ok = add_arguments(in, out, attribute);
        buf_add_text(out, ")]\n");
        return ok;
    }
    return true;
}

// --- The parameters
// --------------------------------------------------------------------------------------------------

static void add_item(struct buf *items, const char *text)
{
    buf_printf(items, "%s%s", items->size ? ", " : "", text);
}

static bool add_flag(struct interp *in, struct buf *items, value set, const char *property, const char *name)
{
    value v;
    char text[64];
    if (!member_named(in, set, property, &v))
        return false;
    snprintf(text, sizeof text, "%s=$true", name);
    if (v.kind == V_BOOL && v.b)
        add_item(items, text);
    return value_drop(v), true;
}

static bool add_position(struct interp *in, struct buf *items, value set)
{
    value v;
    char text[32];
    if (!member_named(in, set, "Position", &v))
        return false;
    snprintf(text, sizeof text, "Position=%d", (int)v.i);
    if (v.kind == V_I32 && v.i != NO_POSITION)
        add_item(items, text);
    return value_drop(v), true;
}

static bool add_help(struct interp *in, struct buf *items, value set)
{
    value v;
    if (!member_named(in, set, "HelpMessage", &v))
        return false;
    if (v.kind == V_STRING && v.string->size) {
        add_item(items, "HelpMessage=");
        add_quoted(items, v);
    }
    return value_drop(v), true;
}

static bool add_set(struct interp *in, struct buf *out, value name, value set)
{
    struct buf items = BUF_INIT;
    if (strcmp(value_text(name), "__AllParameterSets")) {
        buf_add_text(&items, "ParameterSetName=");
        add_quoted(&items, name);
    }
    bool ok =
        add_flag(in, &items, set, "IsMandatory", "Mandatory") && add_position(in, &items, set) &&
        add_flag(in, &items, set, "ValueFromPipeline", "ValueFromPipeline") &&
        add_flag(in, &items, set, "ValueFromPipelineByPropertyName", "ValueFromPipelineByPropertyName") &&
        add_flag(in, &items, set, "ValueFromRemainingArguments", "ValueFromRemainingArguments") &&
        add_help(in, &items, set);
    if (items.size)
        buf_printf(out, "    [Parameter(%s)]\n", buf_text(&items));
    return buf_free(&items), ok;
}

static bool add_sets(struct interp *in, struct buf *out, value parameter)
{
    value sets;
    if (!member_named(in, parameter, "ParameterSets", &sets))
        return false;
    bool ok = true;
    for (size_t i = 0; ok && sets.kind == V_TABLE && i < sets.table->used; i++)
        if (sets.table->slots[i].key.kind == V_STRING)
            ok = add_set(in, out, sets.table->slots[i].key, sets.table->slots[i].val);
    return value_drop(sets), ok;
}

static bool add_aliases(struct interp *in, struct buf *out, value parameter)
{
    value aliases;
    if (!member_named(in, parameter, "Aliases", &aliases))
        return false;
    if (value_enumerable(aliases) && aliases.array->count) {
        buf_add_text(out, "    [Alias(");
        add_list(out, aliases);
        buf_add_text(out, ")]\n");
    }
    return value_drop(aliases), true;
}

static bool add_attributes(struct interp *in, struct buf *out, value parameter)
{
    value list;
    if (!member_named(in, parameter, "Attributes", &list))
        return false;
    bool ok = true;
    for (size_t i = 0; ok && value_enumerable(list) && i < list.array->count; i++)
        ok = add_attribute(in, out, list.array->items[i]);
    return value_drop(list), ok;
}

static bool add_type(struct interp *in, struct buf *out, value parameter)
{
    value type;
    if (!member_named(in, parameter, "ParameterType", &type))
        return false;
    const struct type *of = type.kind == V_TYPE ? type.type : &type_object;
    const struct type *inner = of->element ? of->element : of;
    buf_printf(out, "    [%s%s]\n", inner == &type_object ? inner->name : type_display(inner),
               of->element ? "[]" : "");
    return value_drop(type), true;
}

static bool add_parameters(struct interp *in, struct buf *out, value metadata)
{
    const struct table *table = METADATA(metadata, METADATA_PARAMETERS).table;
    bool ok = true, first = true;
    for (size_t i = 0; ok && i < table->used; i++) {
        value name = table->slots[i].key, parameter = table->slots[i].val;
        if (name.kind != V_STRING)
            continue;
        buf_add_text(out, first ? "\n" : ",\n\n");
        first = false;
        ok = add_sets(in, out, parameter) && add_aliases(in, out, parameter) &&
             add_attributes(in, out, parameter) && add_type(in, out, parameter);
        buf_printf(out, "    ${%s}", value_text(name));
    }
    return ok;
}

static void add_binding(struct buf *out, value metadata)
{
    static const char *const impacts[] = {"None", "Low", "Medium", "High"};
    struct buf items = BUF_INIT;
    value set = METADATA(metadata, METADATA_DEFAULT_SET), help = METADATA(metadata, METADATA_HELP);
    int64_t impact = METADATA(metadata, METADATA_IMPACT).i;
    if (!METADATA(metadata, METADATA_ADVANCED).b)
        return;
    if (set.kind == V_STRING && set.string->size) {
        add_item(&items, "DefaultParameterSetName=");
        add_quoted(&items, set);
    }
    if (METADATA(metadata, METADATA_PROCESS).b)
        add_item(&items, "SupportsShouldProcess=$true");
    if (METADATA(metadata, METADATA_PROCESS).b && impact >= 0 && impact < 4 && impact != 2)
        add_item(&items, "ConfirmImpact="), buf_printf(&items, "'%s'", impacts[impact]);
    if (METADATA(metadata, METADATA_PAGING).b)
        add_item(&items, "SupportsPaging=$true");
    if (!METADATA(metadata, METADATA_POSITIONAL).b)
        add_item(&items, "PositionalBinding=$false");
    if (help.kind == V_STRING && help.string->size) {
        add_item(&items, "HelpUri=");
        add_quoted(&items, help);
    }
    buf_printf(out, "[CmdletBinding(%s)]", buf_text(&items));
    buf_free(&items);
}

// --- The blocks
// ------------------------------------------------------------------------------------------------------

static void add_begin(struct buf *out, value metadata)
{
    bool advanced = METADATA(metadata, METADATA_ADVANCED).b;
    bool cmdlet = strchr(value_text(METADATA(metadata, METADATA_NAME)), '\\');
    buf_add_text(out, "\n    $behind = $ExecutionContext.InvokeCommand.GetCommand(");
    add_quoted(out, METADATA(metadata, METADATA_NAME));
    buf_printf(out, ", [System.Management.Automation.CommandTypes]::%s)\n", cmdlet ? "Cmdlet" : "Function");
    buf_printf(out, "    $steppablePipeline = { & $behind @PSBoundParameters%s }.GetSteppablePipeline(%s)\n",
               advanced ? "" : " @args", cmdlet ? "$MyInvocation.CommandOrigin" : "");
    buf_printf(out, "    $steppablePipeline.Begin(%s)\n",
               advanced ? "$PSCmdlet" : "$MyInvocation.ExpectingInput, $ExecutionContext");
}
static void add_process(struct buf *out, value metadata)
{
    (void)metadata;
    buf_add_text(out, "\n    $steppablePipeline.Process($_)\n");
}
static void add_end(struct buf *out, value metadata)
{
    (void)metadata;
    buf_add_text(out, "\n    $steppablePipeline.End()\n");
}
static void add_clean(struct buf *out, value metadata)
{
    (void)metadata;
    buf_add_text(out, "\n    if ($null -ne $steppablePipeline) { $steppablePipeline.Clean() }\n");
}

static const struct {
    const char *name;
    void (*add)(struct buf *out, value metadata);
} blocks[] = {{"begin", add_begin}, {"process", add_process}, {"end", add_end}, {"clean", add_clean}};

static void add_comment(struct buf *out, value metadata, const value *help)
{
    value name = METADATA(metadata, METADATA_NAME);
    if (help && help->kind == V_STRING)
        buf_printf(out, "<#\n%s\n#>\n", value_text(*help));
    else
        buf_printf(out, "<#\n\n.ForwardHelpTargetName %s\n.ForwardHelpCategory %s\n\n#>\n", value_text(name),
                   strchr(value_text(name), '\\') ? "Cmdlet" : "Function");
}

// --- The methods
// -----------------------------------------------------------------------------------------------------

static bool give(struct interp *in, struct buf *out, bool ok, value *ret)
{
    ok = ok && (!out->failed || throw_memory(in)) && string_new(in, buf_text(out), out->size, ret);
    buf_free(out);
    return ok;
}

METHOD(create)
{
    (void)self;
    struct buf out = BUF_INIT;
    add_binding(&out, args[0]);
    buf_add_text(&out, "\nparam(");
    bool ok = add_parameters(in, &out, args[0]);
    buf_add_text(&out, ")\n");
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
        buf_printf(&out, "\n%s\n{", blocks[i].name);
        blocks[i].add(&out, args[0]);
        buf_add_text(&out, "}\n");
    }
    add_comment(&out, args[0], count > 1 ? &args[1] : NULL);
    return give(in, &out, ok, ret);
}

METHOD(get_binding)
{
    (void)self, (void)count;
    struct buf out = BUF_INIT;
    add_binding(&out, args[0]);
    return give(in, &out, true, ret);
}

METHOD(get_parameters)
{
    (void)self, (void)count;
    struct buf out = BUF_INIT;
    bool ok = add_parameters(in, &out, args[0]);
    return give(in, &out, ok, ret);
}

#define BLOCK(name)                                                                                          \
    METHOD(get_##name)                                                                                       \
    {                                                                                                        \
        (void)self, (void)count;                                                                             \
        struct buf out = BUF_INIT;                                                                           \
        add_##name(&out, args[0]);                                                                           \
        return give(in, &out, true, ret);                                                                    \
    }
BLOCK(begin)
BLOCK(process)
BLOCK(end)
BLOCK(clean)

#define OF P(&type_command_metadata)
static const struct method statics[] = {{"Create", create, STR, OF},
                                        {"Create", create, STR, P(&type_command_metadata, STR)},
                                        {"GetCmdletBindingAttribute", get_binding, STR, OF},
                                        {"GetParamBlock", get_parameters, STR, OF},
                                        {"GetBegin", get_begin, STR, OF},
                                        {"GetProcess", get_process, STR, OF},
                                        {"GetEnd", get_end, STR, OF},
                                        {"GetClean", get_clean, STR, OF},
                                        {0}};
static const struct type_members members = {.statics = statics};
const struct type type_proxy_command = {.name = "System.Management.Automation.ProxyCommand",
                                        .base = &type_object,
                                        .type_code = 1,
                                        .full = &members};
