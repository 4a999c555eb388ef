#include <elf.h>
#include <string.h>

#include "launcher/program.h"

static bool text_take(const char *text, size_t most, char *ret_path, size_t size)
{
    size_t used = strnlen(text, most);

    if (used >= size)
        return false;
    memcpy(ret_path, text, used);
    ret_path[used] = '\0';
    return true;
}

// #! blanks PATH blanks ARGUMENT
static bool script_loader(const char *bytes, size_t size, char *ret_path, size_t path_size)
{
    size_t start = 2, end;

    while (start < size && (bytes[start] == ' ' || bytes[start] == '\t'))
        start++;
    for (end = start; end < size && !strchr(" \t\n", bytes[end]); end++)
        ;
    return end > start && text_take(bytes + start, end - start, ret_path, path_size);
}

static bool elf_loader(const char *bytes, size_t size, char *ret_path, size_t path_size)
{
    Elf64_Ehdr header;
    Elf64_Phdr part;

    if (size < sizeof header)
        return false;
    memcpy(&header, bytes, sizeof header);
    if (header.e_ident[EI_CLASS] != ELFCLASS64 || header.e_phentsize != sizeof part)
        return false;
    for (size_t i = 0; i < header.e_phnum; i++) {
        size_t at = header.e_phoff + i * sizeof part;
        if (header.e_phoff > size || at > size - sizeof part)
            return false;
        memcpy(&part, bytes + at, sizeof part);
        if (part.p_type == PT_INTERP)
            return part.p_offset < size && part.p_filesz <= size - part.p_offset &&
                   text_take(bytes + part.p_offset, part.p_filesz, ret_path, path_size);
    }
    return true;
}

bool program_loader(const void *bytes, size_t size, char *ret_path, size_t path_size)
{
    const char *text = bytes;

    ret_path[0] = '\0';
    if (size >= 2 && !memcmp(text, "#!", 2))
        return script_loader(text, size, ret_path, path_size);
    return size >= SELFMAG && !memcmp(text, ELFMAG, SELFMAG) && elf_loader(text, size, ret_path, path_size);
}
