#include "launcher/timezone.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *written(const void *bytes, size_t size)
{
    static char path[] = "/tmp/jesh-zone-XXXXXX";
    strcpy(path + strlen(path) - 6, "XXXXXX");
    int fd = mkstemp(path);
    cr_assert(fd >= 0 && write(fd, bytes, size) == (ssize_t)size);
    close(fd);
    return path;
}

static bool rule_of(const void *bytes, size_t size, char *ret_rule, size_t room)
{
    const char *path = written(bytes, size);
    bool found = timezone_rule(path, ret_rule, room);
    unlink(path);
    return found;
}

Test(timezone, last_line_is_the_rule)
{
    char rule[64] = "";
    char file[600] = "TZif2";
    strcpy(file + 560, "\nCET-1CEST,M3.5.0,M10.5.0/3\n");
    cr_expect(rule_of(file, 560 + strlen(file + 560), rule, sizeof rule));
    cr_expect_str_eq(rule, "CET-1CEST,M3.5.0,M10.5.0/3");
    cr_expect(rule_of("TZif2\0\0\nUTC0\n", 13, rule, sizeof rule));
    cr_expect_str_eq(rule, "UTC0");
}

Test(timezone, what_is_no_zone_file_has_none)
{
    char rule[64] = "kept";
    cr_expect_not(rule_of("TZif\0\0\0\nUTC0\n", 13, rule, sizeof rule), "version 1 has no such line");
    cr_expect_not(rule_of("text\nUTC0\n", 10, rule, sizeof rule));
    cr_expect_not(rule_of("TZif2\0\0\n\n", 9, rule, sizeof rule), "an empty line says that there is no rule");
    cr_expect_not(rule_of("TZif2\nUTC0", 10, rule, sizeof rule));
    cr_expect_not(rule_of("TZif2\0\0\nLONGER\n", 15, rule, 4));
    cr_expect_not(timezone_rule("/dev/zero", rule, sizeof rule));
    cr_expect_not(timezone_rule("/nowhere", rule, sizeof rule));
    cr_expect_str_eq(rule, "kept");
}
