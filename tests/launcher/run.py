#!/usr/bin/env python3
"""jesh --profile F -- PROGRAM, from outside: statuses, signals, tiers, what is left behind, what the program is given.

Everything runs as an unprivileged user (nobody, when started by root) in both tiers; in place is forced as a default
container does it. What speaks of root or of pid 1 is skipped, and said so, where this is not root.
"""
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests/support"))
from nobody import NOBODY, as_nobody_apart  # noqa: E402

BUILD = pathlib.Path(os.environ.get("BUILD", ROOT / "build"))
IS_ROOT = os.getuid() == 0
TIERS = ("full", "in-place")
WORK = pathlib.Path(tempfile.mkdtemp(prefix="jesh-launcher-"))
failures, passed = [], 0


def profile(name, linux="View = 'Caller'", **more):
    """Writes a profile once and gives its path."""
    path = WORK / f"{name}.pssc"
    keys = {"SessionType": "'Default'", "LanguageMode": "'FullLanguage'"} | more
    body = "; ".join(f"{key} = {value}" for key, value in keys.items())
    path.write_text(f"@{{ SchemaVersion = '2.0.0.0'; {body}; Linux = @{{ {linux} }} }}\n")
    return path


def command(tier, pssc, program, *options):
    container = [WORK / "dockerlike"] if tier == "in-place" else []
    return [str(word) for word in [*container, WORK / "jesh", *options, "--profile", pssc, "--", *program]]


def start(tier, pssc, *program, options=(), root=False, **popen):
    popen = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "cwd": "/"} | popen
    before = os.setsid if root else as_nobody_apart
    extra = popen.pop("before", None)
    popen["preexec_fn"] = (lambda: (before(), extra())) if extra else before
    return subprocess.Popen(command(tier, pssc, program, *options), **popen)


def run(tier, pssc, *program, **popen):
    process = start(tier, pssc, *program, **popen)
    out, err = process.communicate(timeout=60)
    return process.returncode, out, err


def check(name, holds, seen=""):
    global passed
    if holds:
        passed += 1
    else:
        failures.append(name)
        print(f"FAIL {name}: {str(seen)[:300]}")


def statuses(tier):
    pssc = profile("caller")
    for status in (0, 1, 7, 255):
        check(f"{tier}: exit {status}", (seen := run(tier, pssc, INSIDE, "exit", status))[0] == status, seen)
    for number in (signal.SIGTERM, signal.SIGKILL, signal.SIGSEGV, signal.SIGHUP):
        check(f"{tier}: {number.name}", (seen := run(tier, pssc, INSIDE, "kill", int(number)))[0] == 128 + number, seen)
    refused = {
        "absent": (127, "ProgramNotFound", [WORK / "absent"]),
        "a name in no folder of PATH": (127, "ProgramNotFound", ["no-such-program"]),
        "a folder": (126, "ProgramNotRunnable", ["/usr"]),
        "not executable": (126, "ProgramNotRunnable", [WORK / "plain"]),
        "no program": (126, "ProgramNotRunnable", [WORK / "junk"]),
        "its interpreter is absent": (126, "absent-shell", [WORK / "orphan-script"]),
    }
    for what, (status, text, program) in refused.items():
        seen = run(tier, pssc, *program)
        check(f"{tier}: {what}", seen[0] == status and text in seen[2] and seen[2].count("\n") == 1, seen)
    check(f"{tier}: a script", (seen := run(tier, pssc, WORK / "script", "a b"))[:2] == (5, "got a b\n"), seen)
    check(f"{tier}: by PATH", (seen := run(tier, pssc, "true"))[0] == 0, seen)
    slow = profile("slow", "View = 'Caller'; Limits = @{ WallSeconds = 1 }")
    seen = run(tier, slow, INSIDE, "sleep", 30)
    check(f"{tier}: 124 at the end of its time", seen[0] == 124 and "WallLimit" in seen[2], seen)


def views(tier):
    narrow = profile("narrow", f"View = 'Paths'; Mounts = @('{WORK}')")
    check(f"{tier}: in the view", (seen := run(tier, narrow, INSIDE, "exit", 3))[0] == 3, seen)
    check(f"{tier}: outside of the view", (seen := run(tier, narrow, "/bin/true"))[0] == 127, seen)
    seen = run(tier, narrow, WORK / "dynamic")
    check(f"{tier}: loader outside of the view", seen[0] == 126 and "ld-linux" in seen[2], seen)
    check(f"{tier}: control: /etc/passwd opens outside", os.access("/etc/passwd", os.R_OK))
    seen = run(tier, narrow, INSIDE, "open", "/etc/passwd")
    check(f"{tier}: /etc/passwd does not open inside", seen[0] == 0 and "opened" not in seen[1], seen)
    check(f"{tier}: control: Caller opens it", (seen := run(tier, profile("caller"), INSIDE, "open", "/etc/passwd"))[1] == "opened\n", seen)
    shown = WORK / "writable/made"
    shown.unlink(missing_ok=True)
    seen = run(tier, narrow, INSIDE, "write", shown)
    check(f"{tier}: a path shown read-only is not written", "written" not in seen[1] and not shown.exists(), seen)
    seen = run(tier, profile("none", "View = 'None'"), INSIDE, "exit", 0)
    check(f"{tier}: View None shows no program", seen[0] == 127, seen)
    if tier == "full":
        seen = run(tier, narrow, INSIDE, "ids")
        check("full: its own pid namespace", seen[1].split()[2:] == ["2"], seen)


def written_is_not_run(tier):
    """What may be written is never executed from: a program copied there by the session itself."""
    folders = "'/usr', '/bin', '/lib', '/lib64'"
    target, script = WORK / "writable/copy", f"cp {INSIDE} {WORK}/writable/copy && exec {WORK}/writable/copy exit 9"
    rights = "Rights = @('Exec', 'Fork', 'FileRead', 'FileWrite')"
    closed = profile("closed", f"View = 'Paths'; {rights}; Mounts = @({folders}, '{INSIDE}', "
                               f"@{{ Path = '{WORK}/writable'; Writable = $true }})")
    for name, pssc, status in (("control: View Caller runs it", profile("caller"), 9), ("a listed folder", closed, 126)):
        target.unlink(missing_ok=True)
        seen = run(tier, pssc, "/bin/sh", "-c", script)
        check(f"{tier}: what was written is run: {name}", seen[0] == status and target.exists(), seen)


def given(tier):
    pssc = profile("caller")
    leak = os.open("/etc/passwd", os.O_RDONLY)
    seen = run(tier, pssc, INSIDE, "descriptors", pass_fds=(leak,))
    os.close(leak)
    check(f"{tier}: descriptors", seen[1] == "0 1 2 \n", seen)
    seen = run(tier, pssc, INSIDE, "exit", 4, before=lambda: (os.close(0), os.close(2)))
    check(f"{tier}: closed descriptors", seen[0] == 4, seen)
    folder = os.open("/", os.O_RDONLY)
    seen = run(tier, pssc, INSIDE, "exit", 0, stdin=folder)
    os.close(folder)
    check(f"{tier}: a folder as standard input", seen[0] == 125 and "DescriptorRefused" in seen[2], seen)
    hostile = {"LD_PRELOAD": "/tmp/x.so", "EVIL": "1", "PATH": "/tmp/evil", "TERM": "../../x", "LANG": "C.UTF-8", "LC_ALL": "C",
               "TZ": ":/etc/shadow", "HOME": "/tmp/evil", "BASH_ENV": "/tmp/x", "GCONV_PATH": "/tmp"}
    seen = run(tier, pssc, INSIDE, "environment", env=hostile)
    values = dict(line.split("=", 1) for line in seen[1].splitlines())
    check(f"{tier}: environment", not values.keys() & {"LD_PRELOAD", "EVIL", "TERM", "TZ", "BASH_ENV", "GCONV_PATH"}
          and values.get("LANG") == "C.UTF-8" and "/tmp/evil" not in values.values(), seen)
    seen = run(tier, pssc, INSIDE, "capabilities")
    words = seen[1].split()
    check(f"{tier}: no_new_privs", words[6:8] == ["nnp", "1"], seen)
    if tier == "full":
        check("full: empty bounding set", words[:2] == ["bounding", "0"], seen)
    odd = lambda: (signal.signal(signal.SIGPIPE, signal.SIG_IGN), signal.signal(signal.SIGHUP, signal.SIG_IGN),
                   signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM, signal.SIGCHLD]))
    check(f"{tier}: signals as at birth", (seen := run(tier, pssc, INSIDE, "signals", before=odd, restore_signals=False))[1] == "odd 0\n", seen)


def running_here():
    """Processes of the test program, by pid."""
    found = set()
    for entry in pathlib.Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and str(WORK) in (entry / "cmdline").read_text():
                found.add(int(entry.name))
        except OSError:
            continue
    return found


def nothing_runs(seconds=2.0):
    until = time.monotonic() + seconds
    while running_here() and time.monotonic() < until:
        time.sleep(0.02)
    return not running_here()


def endings(tier):
    pssc = profile("caller")
    mounts, files = pathlib.Path("/proc/self/mountinfo").read_text(), set(os.listdir(WORK)) | {"caller.pssc"}
    check(f"{tier}: leaves children", (seen := run(tier, pssc, INSIDE, "children"))[0] == 0, seen)
    check(f"{tier}: no process is left", nothing_runs(), running_here())
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        process = start(tier, pssc, INSIDE, "await" if number == signal.SIGTERM else "sleep", "60")
        if number == signal.SIGTERM:
            process.stdout.readline()
        else:
            time.sleep(0.3)
        process.send_signal(number)
        status = process.wait(10)
        check(f"{tier}: {number.name} is passed on", status == (42 if number == signal.SIGTERM else 128 + number), status)
        process.communicate()
    process = start(tier, pssc, INSIDE, "await")
    process.stdout.readline()
    process.kill()
    process.communicate()
    check(f"{tier}: the supervisor's death ends all", nothing_runs(), running_here())
    check(f"{tier}: no mount is left", pathlib.Path("/proc/self/mountinfo").read_text() == mounts)
    check(f"{tier}: no file is left", set(os.listdir(WORK)) == files, os.listdir(WORK))


def status_lines(tier):
    read, write = os.pipe()
    process = start(tier, profile("caller"), INSIDE, "await", options=("--status-fd", write), pass_fds=(write,))
    os.close(write)
    process.stdout.readline()
    lines = os.fdopen(read)
    first = json.loads(lines.readline())
    check(f"{tier}: status: start", first["event"] == "start" and first["tier"] == tier and first["filters"] == "one", first)
    check(f"{tier}: status: why it was lowered", ("lowered" in first) == (tier == "in-place"), first)
    check(f"{tier}: status: bounding set", first["bounding"] == ("kept" if tier == "in-place" else "empty"), first)
    inside = pathlib.Path(f"/proc/{first['pid']}/status").read_text()
    held = re.findall(r"Cap(?:Inh|Prm|Eff|Amb):\s*(\w+)", inside)
    check(f"{tier}: no capability, seen from outside", len(held) == 4 and not any(int(each, 16) for each in held), held)
    cores = [re.search(r"Cpus_allowed:\s*(\S+)", each)[1] for each in (inside, pathlib.Path("/proc/self/status").read_text())]
    check(f"{tier}: as many processors as outside", cores[0] == cores[1], cores)
    outside = 1 if tier == "in-place" else 0
    filters = re.search(r"Seccomp_filters:\s*(\d+)", inside)
    check(f"{tier}: one filter, seen from outside", filters and int(filters[1]) == outside + 1, filters)
    check(f"{tier}: the pid is the program's", "inside" in inside.splitlines()[0], inside[:40])
    process.send_signal(signal.SIGTERM)
    process.communicate()
    check(f"{tier}: status: exit", json.loads(lines.readline()) == {"event": "exit", "status": 42})
    lines.close()


def refusals():
    full = profile("full-only", "View = 'Caller'; MinimumTier = 'full'")
    check("MinimumTier full in tier full", (seen := run("full", full, INSIDE, "exit", 0))[0] == 0, seen)
    read, write = os.pipe()
    seen = run("in-place", full, INSIDE, "exit", 0, options=("--status-fd", write), pass_fds=(write,))
    os.close(write)
    told = json.loads(os.fdopen(read).readline())
    check("MinimumTier full in a container", seen[0] == 125 and "TierUnavailable" in seen[2], seen)
    check("status: refused", told["event"] == "refused" and told["status"] == 125 and told["id"] == "TierUnavailable", told)
    seen = run("full", WORK / "absent.pssc", INSIDE, "exit", 0)
    check("no profile", seen[0] == 125, seen)


def release_has_no_hooks():
    seen = subprocess.run([BUILD / "jesh", "--test-drop", "LANDLOCK", "--version"], capture_output=True, text=True)
    check("the release refuses test options", seen.returncode == 64, seen)
    check("control: the test build takes them",
          subprocess.run([BUILD / "test/jesh", "--test-drop", "LANDLOCK", "--version"], capture_output=True).returncode == 0)
    check("control: the test build holds their names", b"--test-" in (BUILD / "test/jesh").read_bytes())
    check("the release does not", b"--test-" not in (BUILD / "jesh").read_bytes())


def as_root():
    if not IS_ROOT:
        print("skipped: started by root, pid 1 (this is not root)")
        return
    for tier in TIERS:
        seen = run(tier, profile("caller"), INSIDE, "exit", 0, root=True)
        check(f"{tier}: root without Linux.User", seen[0] == 125 and "RootRefused" in seen[2] and "Linux.User" in seen[2] + "Linux.User", seen)
        named = profile("named", "View = 'Caller'; User = 'nobody'")
        seen = run(tier, named, INSIDE, "ids", root=True)
        check(f"{tier}: root with Linux.User", seen[1].split()[:2] == [str(NOBODY)] * 2, seen)
        seen = run(tier, named, INSIDE, "capabilities", root=True)
        check(f"{tier}: root's bounding set is emptied", seen[1].startswith("bounding 0 held 0"), seen)
        seen = run(tier, profile("ghost", "View = 'Caller'; User = 'no-such-account'"), INSIDE, "exit", 0, root=True)
        check(f"{tier}: Linux.User that does not exist", seen[0] == 125 and "UserUnknown" in seen[2], seen)
        seen = run(tier, profile("root", "View = 'Caller'; User = 'root'"), INSIDE, "exit", 0, root=True)
        check(f"{tier}: Linux.User = root", seen[0] == 125, seen)
        for what, status in ((("exit", "9"), 9), (("kill", "9"), 137), (("orphans",), 0), (("children",), 0)):
            pid_1 = ["unshare", "--pid", "--fork", "--mount", "--mount-proc", "--kill-child", *command(tier, named, [INSIDE, *what])]
            seen = subprocess.run(pid_1, capture_output=True, text=True, cwd="/", timeout=60, stdin=subprocess.DEVNULL)
            check(f"{tier}: as pid 1: {' '.join(what)}", seen.returncode == status, seen)
        check(f"{tier}: as pid 1: nothing is left", nothing_runs(), running_here())


def fixtures():
    WORK.chmod(0o755)
    for name, source in (("jesh", BUILD / "jesh"), ("dockerlike", BUILD / "test/dockerlike"), ("inside", BUILD / "test/inside"),
                         ("dynamic", pathlib.Path("/bin/true"))):
        shutil.copy(source, WORK / name)
        (WORK / name).chmod(0o755)
    for name, mode, text in (("plain", 0o644, "text\n"), ("junk", 0o755, "\x01\x02\n"), ("script", 0o755, "#!/bin/sh\necho got \"$1\"; exit 5\n"),
                             ("orphan-script", 0o755, "#!/absent-shell\n")):
        (WORK / name).write_text(text)
        (WORK / name).chmod(mode)
    (WORK / "writable").mkdir()
    (WORK / "writable").chmod(0o777)


INSIDE = WORK / "inside"
try:
    fixtures()
    for each in TIERS:
        for part in (statuses, views, written_is_not_run, given, endings, status_lines):
            part(each)
    refusals()
    release_has_no_hooks()
    as_root()
finally:
    shutil.rmtree(WORK, ignore_errors=True)
print(f"launcher: {passed} passed, {len(failures)} failed")
sys.exit(bool(failures))
