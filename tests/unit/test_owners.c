#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/wire.h"
#include "launcher/broker.h"
#include "profiles/message.h"

// A tree: seen/file, seen/link → file, seen/out → ../secret, seen/up/, secret/file. Accounts that no machine
// has.
struct tree {
    char path[64];
    struct owners owners;
};

__attribute__((format(printf, 2, 0))) static int database(const char *path, const char *format, unsigned id)
{
    char text[256];
    int size = snprintf(text, sizeof text, format, id), fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
    cr_assert(fd >= 0 && write(fd, text, (size_t)size) == size);
    return fd;
}

static void in_tree(const struct tree *tree, const char *name, char *ret_path)
{
    snprintf(ret_path, 256, "%s/%s", tree->path, name);
}

static struct tree make_tree(void)
{
    static const char *const folders[] = {"seen", "seen/up", "secret"}, *const files[] = {"seen/file",
                                                                                          "seen/two words",
                                                                                          "secret/file"};
    struct tree tree = {"/tmp/jesh-owners-XXXXXX", OWNERS_NONE};
    char path[256], other[256];
    cr_assert(mkdtemp(tree.path));
    for (size_t i = 0; i < 3; i++) {
        in_tree(&tree, folders[i], path);
        cr_assert_eq(mkdir(path, 0700), 0);
    }
    for (size_t i = 0; i < 3; i++) {
        in_tree(&tree, files[i], path);
        close(open(path, O_CREAT | O_WRONLY, 0600));
    }
    in_tree(&tree, "seen/link", path);
    cr_assert_eq(symlink("file", path), 0);
    in_tree(&tree, "seen/out", path);
    cr_assert_eq(symlink("../secret", path), 0);
    in_tree(&tree, "users", path);
    in_tree(&tree, "groups", other);
    tree.owners.users = database(
        path, "bad line\nother:x:1%1$u:\nnot ok:x:%1$u:1::/:\nalice:x:%1$u:1::/:\nlater:x:%1$u:1::/:\n",
        getuid());
    tree.owners.groups = database(other, "staff:x:%1$u:alice,bob\n", getgid());
    tree.owners.root = open(tree.path, O_PATH | O_DIRECTORY | O_CLOEXEC);
    tree.owners.everywhere = true;
    return tree;
}

static void remove_tree(struct tree *tree)
{
    char command[96];
    snprintf(command, sizeof command, "rm -rf '%s'", tree->path);
    owners_close(&tree->owners);
    cr_expect_eq(system(command), 0);
}

static void put(struct buf *out, const char *text)
{
    wire_put_text(out, text, strlen(text));
}

static bool answer_one(struct owners *owners, const char *folder, const char *name, struct buf *answer)
{
    struct buf question = BUF_INIT;
    put(&question, folder);
    wire_put_u32(&question, 1);
    put(&question, name);
    bool ok = owners_answer(owners, question.data, question.size, answer);
    buf_free(&question);
    return ok;
}

// "user group", "-" where there is no such entry, "!" where the question is malformed.
static void expect_owner(struct tree *tree, const char *folder, const char *name, const char *expected)
{
    struct buf answer = BUF_INIT, text = BUF_INIT;
    bool ok = answer_one(&tree->owners, folder, name, &answer);
    struct wire_reader reader = wire_reader_of(buf_text(&answer), answer.size);
    size_t user_size, group_size;
    if (ok) {
        cr_expect_eq(wire_get_u32(&reader), 1);
        const char *user = wire_get_text(&reader, &user_size), *group = wire_get_text(&reader, &group_size);
        buf_printf(&text, user ? "%.*s %.*s" : "-", (int)user_size, user, (int)group_size, group);
        cr_expect(reader.at == reader.end && !reader.failed);
    }
    cr_expect_str_eq(ok ? buf_text(&text) : "!", expected, "%s, %s: %s", folder, name,
                     ok ? buf_text(&text) : "!");
    buf_free(&answer);
    buf_free(&text);
}

Test(owners, are_named_by_the_accounts_of_the_machine)
{
    struct tree tree = make_tree();
    expect_owner(&tree, "/seen", "file", "alice staff");
    expect_owner(&tree, "/seen", "two words", "alice staff");
    expect_owner(&tree, "/", "seen", "alice staff");
    expect_owner(&tree, "/", "", "alice staff"); // the root itself
    expect_owner(&tree, "/seen/up", "", "alice staff");
    expect_owner(&tree, "/seen", "link", "alice staff"); // the link's own
    expect_owner(&tree, "/seen", "absent", "-");
    expect_owner(&tree, "/absent", "file", "-");
    expect_owner(&tree, "/seen/file", "x", "-");
    remove_tree(&tree);
}

Test(owners, without_accounts_are_numbers)
{
    struct tree tree = make_tree();
    char expected[64];
    fd_close(&tree.owners.users);
    tree.owners.users = open("/dev/null", O_RDONLY);
    fd_close(&tree.owners.groups);
    snprintf(expected, sizeof expected, "%u %u", getuid(), getgid());
    expect_owner(&tree, "/seen", "file", expected);
    remove_tree(&tree);
}

Test(owners, names_are_found_across_pieces_and_none_is_cut_or_misread)
{
    static const char letters[] = "0123456789012345678901234567890123456789012345678901234567890123456789";
    for (unsigned padding = 4080; padding < 4112; padding++) {
        struct tree tree = make_tree();
        char path[256], text[8192];
        in_tree(&tree, "long", path);
        int size = snprintf(text, sizeof text, "%s:x:%u:\nx:%0*d:1:\nalice:x:%u:", letters, getuid(),
                            (int)padding, 0, getuid());
        close(tree.owners.users);
        tree.owners.users = open(path, O_RDWR | O_CREAT, 0600);
        cr_assert_eq(write(tree.owners.users, text, (size_t)size), size);
        expect_owner(&tree, "/seen", "file", "alice staff");
        remove_tree(&tree);
    }
}

Test(owners, tell_nothing_of_what_is_not_in_the_view)
{
    struct tree tree = make_tree();
    expect_owner(&tree, "/secret", "file",
                 "alice staff"); // positive control: it is there, and everything is shown
    tree.owners.everywhere = false;
    expect_owner(&tree, "/seen", "file", "-"); // nothing is shown yet
    char path[256];
    in_tree(&tree, "seen", path);
    cr_assert(owners_add_place(&tree.owners, path));
    expect_owner(&tree, "/seen", "file", "alice staff");
    expect_owner(&tree, "/seen/up", "", "alice staff");
    expect_owner(&tree, "/", "seen", "alice staff");
    expect_owner(&tree, "/secret", "file", "-");
    expect_owner(&tree, "/", "secret", "-");
    expect_owner(&tree, "/", "", "-");
    remove_tree(&tree);
}

Test(owners, no_link_and_no_dots_lead_out_of_the_view)
{
    struct tree tree = make_tree();
    char seen[256];
    in_tree(&tree, "seen", seen);
    int whole = tree.owners.root;
    tree.owners.root = open(seen, O_PATH | O_DIRECTORY | O_CLOEXEC);
    expect_owner(&tree, "/", "file", "alice staff");
    expect_owner(&tree, "/out", "file", "-");
    expect_owner(&tree, "/link", "", "-");
    expect_owner(&tree, "/..", "secret", "!");
    expect_owner(&tree, "/../secret", "file", "!");
    expect_owner(&tree, "/up/../../secret", "file", "!");
    expect_owner(&tree, "/", "..", "!");
    expect_owner(&tree, "/", "../secret", "!");
    expect_owner(&tree, "/", ".", "!");
    expect_owner(&tree, "/up/..", "", "!");
    fd_close(&tree.owners.root);
    tree.owners.root = whole;
    expect_owner(&tree, "/secret", "file", "alice staff"); // positive control
    remove_tree(&tree);
}

Test(owners, without_a_root_know_nothing)
{
    struct tree tree = make_tree();
    fd_close(&tree.owners.root);
    expect_owner(&tree, "/seen", "file", "-");
    expect_owner(&tree, "/", "", "-");
    remove_tree(&tree);
}

Test(owners, refuse_a_malformed_folder_or_name)
{
    struct tree tree = make_tree();
    char name[400], folder[5000];
    memset(name, 'a', sizeof name), memset(folder, '/', sizeof folder);
    name[256] = '\0';
    for (size_t i = 1; i < sizeof folder; i += 2)
        folder[i] = 'a';
    folder[4096] = '\0';
    static const char *const folders[] = {"",       "seen",      "seen/file", "//",        "/seen/",
                                          "//seen", "/seen//up", "/.",        "/seen/./up"};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        expect_owner(&tree, folders[i], "file", "!");
    expect_owner(&tree, folder, "file", "!");
    expect_owner(&tree, "/seen", name, "!");
    expect_owner(&tree, "/seen", "a/b", "!");
    name[255] = '\0';
    expect_owner(&tree, "/seen", name, "-"); // a name that long may be
    remove_tree(&tree);
}

static bool takes(struct tree *tree, struct buf *question)
{
    struct buf answer = BUF_INIT;
    bool ok = owners_answer(&tree->owners, buf_text(question), question->size, &answer);
    cr_expect(answer.size <= message_limit_to_session(MESSAGE_OWNERS));
    buf_free(&answer);
    buf_clear(question);
    return ok;
}

static void question_of(struct buf *question, unsigned count, unsigned names)
{
    put(question, "/seen");
    wire_put_u32(question, count);
    for (unsigned i = 0; i < names; i++)
        put(question, "file");
}

Test(owners, refuse_a_count_that_is_not_true_or_too_large)
{
    struct tree tree = make_tree();
    struct buf question = BUF_INIT;
    question_of(&question, OWNER_MOST, OWNER_MOST);
    cr_expect(takes(&tree, &question));
    question_of(&question, OWNER_MOST + 1, OWNER_MOST + 1);
    cr_expect_not(takes(&tree, &question));
    question_of(&question, 0, 0);
    cr_expect_not(takes(&tree, &question));
    question_of(&question, 2, 1);
    cr_expect_not(takes(&tree, &question));
    question_of(&question, 1, 2);
    cr_expect_not(takes(&tree, &question));
    question_of(&question, ~0u, 1);
    cr_expect_not(takes(&tree, &question));
    put(&question, "/seen");
    wire_put_u32(&question, 1);
    wire_put_text(&question, NULL, 0); // an absent name
    cr_expect_not(takes(&tree, &question));
    put(&question, "/seen");
    wire_put_u32(&question, 1);
    wire_put_text(&question, "fi\0le", 5);
    cr_expect_not(takes(&tree, &question));
    cr_expect_not(takes(&tree, &question)); // nothing at all
    question_of(&question, 3, 3);
    for (size_t size = question.size; size-- > 0;) { // cut short anywhere
        struct buf answer = BUF_INIT;
        cr_expect_not(owners_answer(&tree.owners, question.data, size, &answer));
        buf_free(&answer);
    }
    buf_free(&question);
    remove_tree(&tree);
}

static bool ask(struct broker *broker, struct err *err)
{
    struct buf question = BUF_INIT;
    question_of(&question, 1, 1);
    bool ok = broker_take(broker, &(struct wire_message){MESSAGE_OWNER, question.data, question.size}, err);
    buf_free(&question);
    return ok;
}

Test(owners, are_told_one_question_at_a_time_and_only_where_permitted)
{
    struct tree tree = make_tree();
    struct broker broker = {
        .state = BROKER_RUNNING, .permitted = ~0ull, .wire = {.fd = -1}, .owners = tree.owners};
    struct err err;
    cr_expect(ask(&broker, &err));
    cr_expect_gt(broker.to_session.size, 0);
    broker_sent(&broker, broker.to_session.size - 1);
    cr_expect_not(ask(&broker, &err)); // the answer has not been read to its end
    cr_expect_str_eq(err.id, "WireOutOfTurn");
    broker_sent(&broker, 1);
    cr_expect(ask(&broker, &err));
    broker_sent(&broker, broker.to_session.size);
    broker.state = BROKER_STARTING;
    cr_expect_not(ask(&broker, &err));
    cr_expect_str_eq(err.id, "WireOutOfTurn");
    broker.state = BROKER_RUNNING;
    broker.permitted = ~(1ull << MESSAGE_OWNER);
    cr_expect_not(ask(&broker, &err));
    cr_expect_str_eq(err.id, "WireNotPermitted");
    cr_expect_not(
        broker_take(&broker, &(struct wire_message){MESSAGE_OWNERS, NULL, 0}, &err)); // wrong direction
    broker_free(&broker);
    tree.owners = (struct owners)OWNERS_NONE;
    remove_tree(&tree);
}

// In a child: errno of an openat of / by the confined broker with these flags, 0 where it succeeded.
static int opened(bool confined, bool owners, int flags)
{
    pid_t child = fork();
    if (child == 0) {
        struct err err;
        if (confined && !broker_confine(owners, &err))
            _exit(255);
        // By the bare call: the sanitizer's own way out asks for more than the broker may.
        syscall(SYS_exit_group, syscall(SYS_openat, AT_FDCWD, "/", flags, 0) < 0 ? errno : 0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

Test(owners, are_all_that_the_confined_broker_can_open_for)
{
    static const int reading[] = {O_RDONLY,
                                  O_RDONLY | O_DIRECTORY,
                                  O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC,
                                  O_PATH,
                                  OWNERS_OPEN & ~O_NOFOLLOW,
                                  OWNERS_OPEN & ~O_DIRECTORY,
                                  OWNERS_OPEN & ~O_CLOEXEC};
    for (size_t i = 0; i < sizeof reading / sizeof *reading; i++) {
        cr_expect_eq(opened(false, false, reading[i]), 0); // positive control
        cr_expect_eq(opened(true, true, reading[i]), EPERM, "flags %#x", reading[i]);
        cr_expect_eq(opened(true, false, reading[i]), EPERM);
    }
    cr_expect_eq(opened(true, true, OWNERS_OPEN), 0);
    cr_expect_eq(opened(true, false, OWNERS_OPEN), EPERM);
}
