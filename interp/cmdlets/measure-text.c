// Measure-Object -Line -Word -Character.
#include "base/utf8.h"
#include "interp/cmdlets/measure-object.h"
#include "interp/value/types.h"

struct text_info {
    struct object head;
    value lines, words, characters, property;
};

static bool get_lines(struct interp *in, value self, value *ret)
{
    (void)in;
    return *ret = value_keep(((struct text_info *)self.object)->lines), true;
}
static bool get_words(struct interp *in, value self, value *ret)
{
    (void)in;
    return *ret = value_keep(((struct text_info *)self.object)->words), true;
}
static bool get_characters(struct interp *in, value self, value *ret)
{
    (void)in;
    return *ret = value_keep(((struct text_info *)self.object)->characters), true;
}
static bool get_property(struct interp *in, value self, value *ret)
{
    (void)in;
    return *ret = value_keep(((struct text_info *)self.object)->property), true;
}

static void text_release(struct object *object)
{
    value_drop(((struct text_info *)object)->property);
}

static const struct property text_properties[] = {
    {"Lines", get_lines, NULL},
    {"Words", get_words, NULL},
    {"Characters", get_characters, NULL},
    {"Property", get_property, NULL},
    {0},
};
const struct type type_text_measure = {
    .name = "Microsoft.PowerShell.Commands.TextMeasureInfo",
    .base = &type_object,
    .properties = text_properties,
    .release = text_release,
    .size = sizeof(struct text_info),
    .type_code = 1,
};

static bool is_space(uint32_t c)
{
    return c == ' ' || (c >= 9 && c <= 13) || c == 0x85 || c == 0xA0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
           c == 0x3000;
}

static void count_text(struct measure *m, const char *text, size_t size, bool ignore_space)
{
    bool in_word = false;
    for (size_t at = 0; at < size;) {
        size_t one;
        uint32_t c = utf8_decode(text + at, size - at, &one);
        bool space = is_space(c);
        if (!space || !ignore_space)
            m->characters += c > 0xFFFF ? 2 : 1;
        if (!space && !in_word)
            m->words++;
        in_word = !space;
        m->lines += c == '\n';
        at += one;
    }
    m->lines += size > 0 && text[size - 1] != '\n';
}

bool measure_text(struct command *cmd, struct measure *m, value v)
{
    value text;
    if (!value_to_string(cmd->in, v, &text))
        return false;
    count_text(m, value_text(text), text.string->size, cmd_switch(cmd, MEASURE_IGNORE_SPACE));
    value_drop(text);
    return true;
}

bool measure_write_text(struct command *cmd, const struct measure *m)
{
    value v;
    if (!object_new(cmd->in, &type_text_measure, &v))
        return false;
    struct text_info *info = (struct text_info *)v.object;
    if (cmd_switch(cmd, MEASURE_LINE))
        info->lines = value_int(m->lines);
    if (cmd_switch(cmd, MEASURE_WORD))
        info->words = value_int(m->words);
    if (cmd_switch(cmd, MEASURE_CHARACTER))
        info->characters = value_int(m->characters);
    info->property = value_keep(m->property);
    return cmd_take(cmd, v);
}
