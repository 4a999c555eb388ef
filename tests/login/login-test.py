#!/usr/bin/env python3
"""jesh as a login shell and as a command: argument forms, standard input, statuses, limits, what stays outside.

Login mode reads /etc/jesh, so those tests run as root, in a mount namespace with an /etc of their own; elsewhere they
are skipped and say so.
"""
import contextlib
import grp
import os
import pathlib
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import time

from common import BUILD, NOBODY, UNDER, Terminal, as_nobody, command, place, run, run_tests, write

PRIVATE = "JESH_TESTS_HAVE_THEIR_OWN_ETC"
USER, USER_ID = "jesh-tester", 4242


def enter_private_etc():
    """Starts this program again where /etc is a copy that it may change; returns if that is not to be had."""
    if os.getuid() != 0 or os.environ.get(PRIVATE):
        return
    script = ("set -e; d=$(mktemp -d); mount --make-rprivate /; mount -t tmpfs tmpfs $d; cp -a /etc/. $d/ 2>/dev/null || true; "
              "chmod 755 $d; mount --move $d /etc; rmdir $d; exec \"$@\"")
    if subprocess.run(["unshare", "-m", "sh", "-c", script, "sh", "true"], capture_output=True).returncode == 0:
        os.environ[PRIVATE] = "1"
        os.execvp("unshare", ["unshare", "-m", "sh", "-c", script, "sh", sys.executable, *sys.argv])


enter_private_etc()
OWN_ETC = bool(os.environ.get(PRIVATE))
NO_ETC = "needs root and a mount namespace, for an /etc/jesh of its own"
PLACE = place()
JESH = PLACE / "jesh"
ENDPOINTS = pathlib.Path("/etc/jesh/endpoints")
OLD_MASK = os.umask(0o022)

if OWN_ETC:
    ENDPOINTS.mkdir(parents=True, exist_ok=True)
    shutil.copy(PLACE / "none.pssc", ENDPOINTS / "login.pssc")
    shutil.copy(PLACE / "restricted.pssc", ENDPOINTS / "ops.pssc")


def jesh(profile, *args, **more):
    return run([JESH, "-ConfigurationFile", PLACE / f"{profile}.pssc", *args], **more)


def check(done, status, out=None, err=None):
    assert done.status == status, f"{done}, expected status {status}"
    assert out is None or done.out == out, f"{done}, expected output {out!r}"
    assert err is None or err in done.err, f"{done}, expected {err!r} in the errors"


# --- as a command -----------------------------------------------------------------------------------------------


def test_command_and_exit_status():
    check(jesh("none", "-Command", "Write-Output", "hello"), 0, "hello\n")
    check(jesh("restricted", "-c", "1 + 1; 'two'"), 0, "2\ntwo\n")
    check(jesh("none", "-Command", "No-Such"), 1, "")
    check(jesh("restricted", "-Command", ""), 0, "")
    check(jesh("none", "-Command", ""), 1, "")  # no list of commands, as PowerShell answers
    check(jesh("none", "-Command"), 64)
    check(jesh("none", "-Bogus"), 64, "")


def test_standard_input_as_program():
    text = "Write-Output one\nWrite-Output two\n"
    check(jesh("none", "-Command", "-", stdin=text), 0, "one\ntwo\n")
    check(jesh("none", "-s", stdin=text), 0, "one\ntwo\n")
    check(jesh("none", "-NoLogo", stdin=text), 0, "PS> Write-Output one\none\nPS> Write-Output two\ntwo\nPS> ")
    check(jesh("none", "-File", "-", stdin="Write-Output x"), 0, "PS> Write-Output x\nx\nPS> ")
    check(jesh("none", "-Command", "-", stdin=""), 0, "")
    check(jesh("none", "-Command", "-", stdin="No-Such\nWrite-Output 'a\nb'\n\nWrite-Output c"), 0, "a\nb\nc\n")


def test_file():
    write(PLACE / "a.ps1", "1 + 1\n'two'\n")
    check(jesh("restricted", "-File", PLACE / "a.ps1"), 0, "2\ntwo\n")
    check(jesh("restricted", "-File", PLACE / "missing.ps1"), 64, "", "missing.ps1")
    os.chmod(PLACE / "a.ps1", 0)
    if os.getuid() == 0:
        check(jesh("restricted", "-File", PLACE / "a.ps1"), 64, "")
    os.remove(PLACE / "a.ps1")


def test_errors_as_json():
    done = jesh("none", "--errors=json", "-Command", "No-Such")
    lines = done.err.splitlines()
    assert len(lines) == 2, done
    assert '"id":"CommandNotFoundException"' in lines[0] and '"category":"ObjectNotFound"' in lines[0], done
    assert lines[1].startswith('{"errors":[{"id":"CommandNotFoundException"') and lines[1].endswith('"exit":1}'), done


def test_limits_end_the_session():
    start = time.monotonic()
    check(jesh("limited", "-Command", "Start-Sleep 30"), 124, "", "WallLimit")
    assert time.monotonic() - start < 10
    done = jesh("limited", "-Command", "-", stdin=("Write-Output " + "y" * 60000 + "\n") * 40)
    check(done, 126, None, "OutputLimit")
    assert len(done.out) <= 1 << 20, len(done.out)


def test_signals():
    for number, status in (signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 1):
        process = subprocess.Popen(command([JESH, "-ConfigurationFile", PLACE / "none.pssc", "-Command", "Start-Sleep 30"]),
                                   stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=as_nobody)
        time.sleep(0.4)
        process.send_signal(number)
        assert process.wait(10) == status, f"signal {number}: {process.returncode}"


def test_a_reader_that_has_gone_hangs_nothing():
    done = run(["sh", "-c", f"{JESH} -ConfigurationFile {PLACE}/restricted.pssc -c \"'x' * 1000; Start-Sleep 1; 'y'\" | head -c1"])
    assert done.out == "x", done


def test_closed_descriptors():
    done = run(["sh", "-c", f"{JESH} -ConfigurationFile {PLACE}/none.pssc -c 'Write-Output x' 0<&- 2>&-"])
    check(done, 0, "x\n")
    done = run(["sh", "-c", f"{JESH} -ConfigurationFile {PLACE}/none.pssc -c 'Write-Output x' 0<&- 1>&- 2>&-"])
    check(done, 0, "")


@contextlib.contextmanager
def sleeping(text):
    process = subprocess.Popen(command([JESH, "-ConfigurationFile", PLACE / "none.pssc", "-Command", "-"]), stdin=subprocess.PIPE,
                               stdout=subprocess.DEVNULL, preexec_fn=as_nobody)
    process.stdin.write(text.encode())
    process.stdin.flush()
    time.sleep(0.5)
    yield process
    process.stdin.close()
    process.wait(10)


def family(pid):
    pids = [pid]
    for pid in pids:
        with contextlib.suppress(OSError):
            pids += [int(p) for p in open(f"/proc/{pid}/task/{pid}/children").read().split()]
    return pids


def test_the_text_is_nowhere_in_the_arguments_of_the_session():
    with sleeping("Write-Output secret-text\n") as process:
        pids = family(process.pid)
        assert len(pids) > 1, "positive control: there is a session"
        for pid in pids:
            assert b"secret" not in open(f"/proc/{pid}/cmdline", "rb").read()


def test_the_broker_is_confined():
    with sleeping("") as process:
        status = open(f"/proc/{process.pid}/status").read()
        assert "Seccomp:\t2" in status and "NoNewPrivs:\t1" in status, status
        before = open("/proc/self/status").read()
        assert "NoNewPrivs:\t0" in before, "positive control: the tests themselves are not"


def test_the_broker_lends_no_capabilities():
    if os.getuid() != 0 or not shutil.which("setpriv"):
        return "needs root, to give some, and setpriv"
    with_one = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--inh-caps=+dac_read_search",
                "--ambient-caps=+dac_read_search"]
    done = run([*with_one, "grep", "CapEff", "/proc/self/status"], as_root=True)
    if done.status:
        return "capabilities cannot be given here"
    assert int(done.out.split()[1], 16), "positive control: a program started like this has one"
    process = subprocess.Popen([*with_one, *command([JESH, "-ConfigurationFile", PLACE / "none.pssc", "-Command", "-"])],
                               stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    time.sleep(0.5)
    status = open(f"/proc/{process.pid}/status").read()
    process.communicate(timeout=10)
    assert "Seccomp:\t2" in status and not int(re.search(r"CapEff:\s*(\w+)", status)[1], 16), status
    assert not int(re.search(r"CapPrm:\s*(\w+)", status)[1], 16), status


def test_nothing_is_left_behind():
    def ours():
        return subprocess.run(["pgrep", "-f", str(PLACE)], capture_output=True, text=True).stdout.split()

    with sleeping("Write-Output x\n"):
        assert ours(), "positive control: a session is seen"
    assert not ours(), "a process of the session is left"


def test_the_environment_is_not_trusted():
    evil = {"LD_PRELOAD": "/tmp/evil.so", "BASH_ENV": "/tmp/evil", "IFS": "evil-ifs", "PATH": "/tmp/evil", "HOME": "/tmp/evil",
            "JESH_LIBEXECDIR": "/tmp/evil", "TERM": "x\x1b[31m", "SSH_ORIGINAL_COMMAND": "id", "LC_ALL": "../../tmp"}
    check(jesh("none", "-Command", "Write-Output x", env=evil), 0, "x\n", None)
    shipped = pathlib.Path(__file__).resolve().parent.parent.parent / "profiles/modes/full.pssc"
    shutil.copy(shipped, PLACE / "full.pssc")
    os.chmod(PLACE / "full.pssc", 0o644)
    done = run([JESH, "--profile", PLACE / "full.pssc", "--", "/usr/bin/env"], env=evil)
    if UNDER and "TierUnavailable" in done.err:
        return None  # programs of this profile do not run in place
    assert done.status == 0, done
    for name, text in evil.items():
        assert text not in done.out and (name in ("PATH", "HOME", "TERM") or name + "=" not in done.out), f"{name}: {done}"


def test_root_is_refused():
    if os.getuid() != 0:
        return "not started by root"
    done = run([JESH, "-ConfigurationFile", PLACE / "none.pssc", "-Command", "Write-Output x"], as_root=True)
    check(done, 125, "", "RootRefused")


def test_root_takes_the_user_of_the_profile():
    if os.getuid() != 0:
        return "not started by root"
    write(PLACE / "user.pssc", (PLACE / "none.pssc").read_text().rstrip().rstrip("}") + "    Linux = @{ User = 'nobody' }\n}\n")
    done = run([JESH, "-ConfigurationFile", PLACE / "user.pssc", "-Command", "Write-Output x"], as_root=True)
    check(done, 0, "x\n")


def test_status_descriptor():
    check(run(["sh", "-c", f"{JESH} -ConfigurationFile {PLACE}/none.pssc --status-fd 9 -Command x"]), 64, "", "not open")
    done = run(["sh", "-c", f"{JESH} -ConfigurationFile {PLACE}/none.pssc --status-fd 9 -Command 'Write-Output x' 9>&1"])
    assert done.out.splitlines()[0].startswith('{"event":"start"') and '"status":0' in done.out.splitlines()[-1], done


def test_names_helper_knows_the_caller():
    done = run([PLACE / "jesh-names"])
    assert done.status == 0 and f":{os.getuid() or NOBODY}:" in done.out, done


def test_a_file_that_others_may_write_is_refused():
    shutil.copy(PLACE / "none.pssc", PLACE / "loose.pssc")
    os.chmod(PLACE / "loose.pssc", 0o666)
    check(jesh("loose", "-Command", "Write-Output x"), 125, "", "loose.pssc")


# --- whose files are --------------------------------------------------------------------------------------------


def lie(profile, how):
    return run([PLACE / "test-jesh", "--test-payload", PLACE / "test-liar", "-ConfigurationFile", PLACE / f"{profile}.pssc",
                "-Command", how])


def hooked():
    for name in "jesh", "liar":
        if not (BUILD / "test" / name).exists():
            return False
        shutil.copy(BUILD / "test" / name, PLACE / f"test-{name}")
    return True


def name_of(find, number):
    try:
        return find(number)[0]
    except KeyError:
        return str(number)


def names_of(path):
    info = os.lstat(path)
    return name_of(pwd.getpwuid, info.st_uid), name_of(grp.getgrgid, info.st_gid)


FILES = """@{
    SchemaVersion = '2.0.0.0'
    GUID = '5b1d3c0e-6f0a-4d3b-9c62-0a6e1f2d4b98'
    SessionType = 'RestrictedRemoteServer'
    LanguageMode = 'NoLanguage'
    VisibleProviders = 'FileSystem'
    VisibleCmdlets = 'Get-ChildItem', 'Get-Item', 'Get-Location', 'Set-Location', 'Format-List', 'Get-Process', 'Format-Table'
    Linux = @{ View = 'Paths'; Mounts = @(@{ Path = '%s' }) }
}
"""


def shown_files():
    """A folder in the view of files.pssc with files of several owners, beside one that is not."""
    shown, other = PLACE / "shown", PLACE / "other"
    if shown.exists():
        return shown, other
    for folder in shown, shown / "sub", other:
        folder.mkdir()
        os.chmod(folder, 0o755)
    for path in shown / "own", shown / "daemons", shown / "numbers", shown / "sub/deep", other / "secret":
        write(path, "")
    (shown / "link").symlink_to("own")
    (shown / "folder-link").symlink_to("sub")
    (shown / "out").symlink_to(other)
    if os.getuid() == 0:
        os.chown(shown / "daemons", 1, 4)
        os.chown(shown / "numbers", 31337, 31338)
        os.chown(shown / "own", NOBODY, NOBODY)
        os.chown(shown / "link", 2, 3, follow_symlinks=False)
    write(PLACE / "files.pssc", FILES % shown)
    return shown, other


def listed(text):
    """What Format-List says of User, Group and Name, by name."""
    rows = re.findall(r"User *: (\S*)\nGroup *: (\S*)\nName *: (.*)", text)
    return {name: (user, group) for user, group, name in rows}


def test_owners_have_names():
    shown, _ = shown_files()
    for i in range(1200):  # more than one question
        (shown / "sub" / f"f{i:04}").touch()
    os.chown(shown / "sub/f0700", 2, 2) if os.getuid() == 0 else None
    for folder in shown, shown / "sub", pathlib.Path("/var/log"):
        if folder.name == "log":
            write(PLACE / "files.pssc", FILES % folder)
        done = jesh("files", "-Command", f"Get-ChildItem -Force {folder} | Format-List User, Group, Name")
        expected = {path.name: names_of(path) for path in folder.iterdir()}
        assert listed(done.out) == expected, (folder, set(expected.items()) ^ set(listed(done.out).items()), done.err)
    write(PLACE / "files.pssc", FILES % shown)
    done = jesh("files", "-Command", f"Get-ChildItem {shown}/folder-link | Format-List User, Group, Name")
    assert listed(done.out)["f0700"] == names_of(shown / "sub/f0700"), "behind a link to a folder"
    for path in shown / "daemons", shown / "link", shown:
        done = jesh("files", "-Command", f"Get-Item {path} | Format-List User, Group, Name")
        assert listed(done.out) == {path.name: names_of(path)}, done
    if not UNDER:
        check(jesh("files", "-Command", "Get-ChildItem / | Format-List Name"), 0, "\nName : proc\n\nName : tmp\n\n")


def test_owners_of_what_is_not_shown_stay_unknown():
    if not hooked():
        return "build/test is not built"
    shown, other = shown_files()
    check(lie("files", f"whose {shown} daemons"), 0, "%s %s\n" % names_of(shown / "daemons"))  # positive control
    check(lie("files", f"whose {shown} out"), 0, "%s %s\n" % names_of(shown / "out"))
    for folder, name in (other, "secret"), (PLACE, "other"), ("/etc", "passwd"), (shown / "out", "secret"), ("/", "etc"), \
            ("/proc", "1"), ("/proc/self/root/etc", "passwd"), ("/proc/1/root", "etc"), (shown, "absent"):
        check(lie("files", f"whose {folder} {name}"), 0, "-\n")
    for folder, name in (shown / "sub/..", "daemons"), (f"{shown}/../other", "secret"), (shown, "../other"), (shown, ".."), ("etc", "passwd"):
        check(lie("files", f"whose {folder} {name}"), 125, "", "WireMalformed")
    check(lie("none", f"whose {shown} daemons"), 125, "", "WireNotPermitted")


def test_a_listing_wraps_what_is_too_long():
    shown_files()
    link = PLACE / "shown/wrapped/to"
    link.parent.mkdir()
    link.symlink_to("../" + "x" * 20)
    done = jesh("files", "-Command", f"Get-ChildItem {link.parent}")
    rows = [row for row in done.out.splitlines() if row][3:]
    assert [row[63:] for row in rows] == ["to -> ../xxxxxxx", "xxxxxxxxxxxxx"], done


def test_a_session_starts_in_its_view():
    shown, other = shown_files()
    for here, expected in (shown, shown), (shown / "sub", shown / "sub"), (other, shown), ("/", shown), (shown / "out", shown):
        check(jesh("files", "-Command", "Get-Location | Format-List Path", cwd=here), 0, f"\nPath : {expected}\n\n")
    write(PLACE / "caller.pssc", (FILES % shown).replace("'Paths'", "'Caller'"))
    for here, expected in (other, other), ("/etc", "/etc"):
        check(jesh("caller", "-Command", "Get-Location | Format-List Path", cwd=here), 0, f"\nPath : {expected}\n\n")


def test_processes_have_owners():
    shown_files()
    done = jesh("files", "-Command", "Get-Process -IncludeUserName | Format-List Id, UserName")
    rows = dict(re.findall(r"Id *: (\d+)\nUserName *: (\S*)", done.out))
    assert rows and done.status == 0, done
    if UNDER:
        assert rows.get(str(os.getpid())) == name_of(pwd.getpwuid, os.getuid()), rows
    else:
        assert set(rows.values()) == {name_of(pwd.getpwuid, NOBODY if os.getuid() == 0 else os.getuid())}, rows
        assert len(rows) <= 2, "the session's own only"
    write(PLACE / "processes.pssc", re.sub(r"(?m)^ *(VisibleProviders|Linux) .*\n", "", FILES))
    for command in "Get-Process -IncludeUserName", "Get-Process | Get-Process -IncludeUserName":
        done = jesh("processes", "-Command", command)
        names = {row.split()[3] for row in done.out.splitlines()[3:] if row}
        assert "UserName" in done.out and names >= set(rows.values()) and done.status == 0, done


def test_a_lying_session_is_ended():
    if not hooked():
        return "build/test is not built"
    for how, status, reason in (("honest", 0, ""), ("too-long", 125, "WireMalformed"), ("unknown", 125, "WireMalformed"),
                                ("direction", 125, "WireMalformed"), ("again", 125, "WireOutOfTurn"), ("done", 125, "WireOutOfTurn"),
                                ("descriptor", 125, "WireMalformed"), ("flood", 126, "OutputLimit")):
        done = lie("limited", how)
        if how == "honest":  # positive control: without a lie it waits for more, and the profile's time ends it
            assert done.status == 124, done
        else:
            check(done, status, None, reason)


# --- as a login shell -------------------------------------------------------------------------------------------


def login(argv0, *args, **more):
    return run([argv0, *args], executable=JESH, **more)


def test_login_forms():
    if not OWN_ETC:
        return NO_ETC
    check(login("-jesh", "-c", "Write-Output hi"), 0, "hi\n")
    check(login("jesh", "-c", "Write-Output hi"), 0, "hi\n")
    check(login("jesh", "-l", "-c", "Write-Output hi"), 0, "hi\n")
    check(login("-jesh", stdin="Write-Output hi\n"), 0, "PS> Write-Output hi\nhi\nPS> ")
    check(login("-jesh", "-ConfigurationName", "ops", "-c", "1 + 1"), 0, "2\n")
    check(login("jesh", "-c", "-"), 1, "")


def test_login_refuses_everything_else():
    if not OWN_ETC:
        return NO_ETC
    for args in (["-c"], ["-c", "a", "b"], ["-File", "x"], ["x.ps1"], ["-ConfigurationFile", PLACE / "none.pssc"],
                 ["--profile", PLACE / "none.pssc", "--", "/bin/sh"], ["--errors=json"], ["-Version"], ["-i"], ["-x"],
                 ["-ConfigurationName", "../endpoints/login", "-c", "x"], ["-ConfigurationName", "", "-c", "x"]):
        check(login("-jesh", *args), 64, "")
    check(login("-jesh", "-ConfigurationName", "absent", "-c", "x"), 125, "")


def test_login_trusts_root_alone():
    if not OWN_ETC:
        return NO_ETC
    own = ENDPOINTS / "own.pssc"
    shutil.copy(PLACE / "none.pssc", own)
    check(login("-jesh", "-ConfigurationName", "own", "-c", "Write-Output x"), 0, "x\n")  # positive control
    os.chown(own, NOBODY, NOBODY)
    check(login("-jesh", "-ConfigurationName", "own", "-c", "Write-Output x"), 125, "")
    os.chown(own, 0, 0)
    os.chmod(own, 0o664)
    check(login("-jesh", "-ConfigurationName", "own", "-c", "Write-Output x"), 125, "")
    own.unlink()


def test_commands_that_sshd_and_scp_would_send_are_refused():
    if not OWN_ETC:
        return NO_ETC
    for text in "/usr/lib/openssh/sftp-server", "scp -t /tmp", "/bin/sh /home/x/.ssh/rc", "rsync --server", "id; sh":
        done = login("jesh", "-c", text)
        assert done.status != 0 and done.out == "", f"{text}: {done}"


def test_login_on_a_terminal():
    if not OWN_ETC:
        return NO_ETC
    terminal = Terminal(["-jesh"], executable=JESH)
    terminal.expect(r"login, NoLanguage, sandbox tier")
    terminal.expect(r"PS> $")
    terminal.send("\x1a")  # there is no shell to suspend it to
    terminal.quiet()
    pid, _ = os.waitpid(terminal.pid, os.WNOHANG | os.WUNTRACED)
    assert pid == 0, "a login shell was suspended"
    terminal.send("exit 4\r")
    assert terminal.wait() == 4
    assert terminal.modes_restored()


def add_user():
    passwd = pathlib.Path("/etc/passwd")
    if USER in passwd.read_text():
        return
    home = PLACE / "home"
    home.mkdir()
    os.chown(home, USER_ID, USER_ID)
    with passwd.open("a") as out:
        out.write(f"{USER}:x:{USER_ID}:{USER_ID}::{home}:{JESH}\n")
    with open("/etc/group", "a") as out:
        out.write(f"{USER}:x:{USER_ID}:\n")
    with open("/etc/shadow", "a") as out:
        out.write(f"{USER}:*:19000:0:99999:7:::\n")


def test_su():
    if not OWN_ETC:
        return NO_ETC
    if not shutil.which("su"):
        return "su is not installed"
    add_user()
    check(run(["su", USER, "-c", "Write-Output hi"], as_root=True), 0, "hi\n")
    check(run(["su", "-", USER, "-c", "Write-Output hi"], as_root=True), 0, "hi\n")
    check(run(["su", "-s", JESH, USER, "-c", "id"], as_root=True), 1, "")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def sshd():
    keys = PLACE / "keys"
    keys.mkdir(exist_ok=True)
    for name in "host", "user":
        if not (keys / name).exists():
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", keys / name], check=True)
    port = free_port()
    write(keys / "config", f"ListenAddress 127.0.0.1\nPort {port}\nHostKey {keys}/host\nAuthorizedKeysFile {keys}/user.pub\n"
          "StrictModes no\nUsePAM no\nPidFile none\nPasswordAuthentication no\nSubsystem sftp internal-sftp-is-not-offered\n")
    os.chmod(keys, 0o755)
    os.makedirs("/run/sshd", exist_ok=True)
    server = subprocess.Popen([shutil.which("sshd") or "/usr/sbin/sshd", "-D", "-e", "-f", keys / "config"],
                              stderr=subprocess.PIPE)
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.05)
    try:
        yield ["ssh", "-F", "none", "-i", str(keys / "user"), "-p", str(port), "-o", "StrictHostKeyChecking=no", "-o",
               "UserKnownHostsFile=/dev/null", "-o", "LogLevel=ERROR", "-o", "BatchMode=yes", f"{USER}@127.0.0.1"]
    finally:
        server.terminate()
        server.wait()


def test_sshd():
    if not OWN_ETC:
        return NO_ETC
    if not (shutil.which("sshd") or os.path.exists("/usr/sbin/sshd")) or not shutil.which("ssh"):
        return "openssh-server and openssh-client are not installed"
    add_user()
    with sshd() as ssh:
        check(run([*ssh, "Write-Output hi"], as_root=True), 0, "hi\n")
        check(run([*ssh, "/bin/sh -c id"], as_root=True), 1, "")
        check(run([*ssh], stdin="Write-Output piped\n", as_root=True), 0, "PS> Write-Output piped\npiped\nPS> ")
        terminal = Terminal(["/usr/bin/ssh", "-tt", *ssh[1:]], as_root=True)
        terminal.expect(r"login, NoLanguage, sandbox tier", seconds=20)
        terminal.send("Write-Output here\r")
        terminal.expect(r"\nhere\n")
        terminal.send("\x04")
        assert terminal.wait() == 0


if __name__ == "__main__":
    run_tests(globals())
