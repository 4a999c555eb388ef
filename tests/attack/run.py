#!/usr/bin/env python3
"""Attacks that are no system calls: on the broker's protocol, on the launcher by whoever starts it, on profile files, on
what is beside a session, on its limits. What must fail inside has a positive control that succeeds."""
import atexit
import concurrent.futures
import contextlib
import ctypes
import errno
import os
import pathlib
import pty
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "support"))
from nobody import NOBODY, as_nobody_apart  # noqa: E402

BUILD = pathlib.Path(os.environ.get("BUILD", HERE.parent.parent / "build"))
TIERS = ("full", "in-place")
WORK = pathlib.Path(tempfile.mkdtemp(prefix="jesh-attack-", dir="/tmp"))
HEAD = "SchemaVersion = '2.0.0.0'; GUID = '5b1d3c0e-6f0a-4d3b-9c62-0a6e1f2d4b99'; SessionType = 'RestrictedRemoteServer'"
atexit.register(shutil.rmtree, WORK, ignore_errors=True)
LOCK = threading.Lock()
passed, failures = 0, []


def check(name, holds, seen=""):
    global passed
    with LOCK:
        passed += bool(holds)
        if not holds:
            failures.append(name)
            print(f"FAIL {name}: {str(seen)[:400]}")


def profile(name, linux="View = 'None'", more="", where=None):
    path = (where or WORK) / f"{name}.pssc"
    path.write_text(f"@{{ {HEAD}; LanguageMode = 'NoLanguage'; VisibleCmdlets = 'Write-Output', 'Start-Sleep'; {more} "
                    f"Linux = @{{ {linux} }} }}\n")
    path.chmod(0o644)
    return path


def argv(tier, *words, program="jesh"):
    return [str(w) for w in ([WORK / "dockerlike"] if tier == "in-place" else []) + [WORK / program, *words]]


def start(words, before=None, as_root=False, **popen):
    popen = dict(stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd="/") | popen

    def prepare():
        os.setsid() if as_root else as_nobody_apart()
        if before:
            before()
    return subprocess.Popen(words, preexec_fn=prepare, **popen)


def finish(process, seconds=25):
    try:
        out, err = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        out, err = process.communicate()
        return "hangs", (out or b"").decode(errors="replace"), (err or b"").decode(errors="replace")
    return process.returncode, (out or b"").decode(errors="replace"), (err or b"").decode(errors="replace")


def run(words, seconds=25, **more):
    return finish(start(words, **more), seconds)


def write_output(tier, pssc, text="ok"):
    return argv(tier, "-ConfigurationFile", pssc, "-Command", f"Write-Output {text}")


def ours():
    """Processes that run something of the folder of this test."""
    found = []
    for entry in filter(str.isdigit, os.listdir("/proc")):
        with contextlib.suppress(OSError):
            if os.readlink(f"/proc/{entry}/exe").startswith(str(WORK)):
                found.append(int(entry))
    return found


def gone(pids, seconds=3.0):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if not any(pid in ours() for pid in pids):
            return True
        time.sleep(0.02)
    return False


def family(pid):
    pids = [pid]
    for each in pids:
        with contextlib.suppress(OSError):
            pids += [int(p) for p in pathlib.Path(f"/proc/{each}/task/{each}/children").read_text().split()]
    return pids


def peak(pid):
    """Largest resident memory so far, in KiB."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        return int(pathlib.Path(f"/proc/{pid}/status").read_text().split("VmHWM:")[1].split()[0])
    return 0


# --- the broker, from the interpreter's place -----------------------------------------------------------------------

SPEECHES = {  # how the enemy attacks: exit status, id
    "honest": (0, ""), "silent": (125, "SessionSilent"), "half": (125, "SessionSilent"), "half-ready": (125, "SessionSilent"),
    "longest": (125, "WireMalformed"), "shortest": (125, "WireMalformed"), "one-byte": (125, "WireMalformed"),
    "early": (125, "WireOutOfTurn"), "early-done": (125, "WireOutOfTurn"), "spoof": (125, "WireMalformed"),
    "shut": (125, "SessionLingers"), "ready-shut": (125, "SessionLingers"), "ready-half": (124, "WallLimit"),
    "ready-output-0": (125, "WireMalformed"), "ready-output-none": (125, "WireMalformed"), "ready-output-1": (124, "WallLimit"),
    "ready-done-2": (125, "WireMalformed"), "ready-exit-0": (125, "SessionCut"), "ready-exit-7": (125, "SessionCut"),
    "ended-lingers": (125, "SessionLingers"), "ended-speaks": (125, "WireOutOfTurn"), "ended-twice": (125, "WireOutOfTurn"),
    "wants-twice": (125, "WireOutOfTurn"), "owners-unasked": (125, "WireNotPermitted"),
}


def enemy(tier, way, pssc="wall", **more):
    environment = {"LC_ATTACK": way, "TERM": "xterm"}
    return start(argv(tier, "--test-payload", WORK / "enemy", "-ConfigurationFile", WORK / f"{pssc}.pssc", "-Command", "x",
                      program="jesh-test"), env=environment, **more)


def speech(tier, way):
    status, reason = SPEECHES[way]
    slow = reason in ("SessionSilent", "SessionLingers")
    process = enemy(tier, way, "long" if slow else "wall")
    time.sleep(0.1)
    pids = family(process.pid)
    seen = finish(process)
    check(f"{tier}: {way}", seen[0] == status and reason in seen[2], seen)
    check(f"{tier}: {way}: nothing is left", gone(pids), pids)
    if way == "honest":
        check(f"{tier}: control: the enemy can speak", seen[1] == "honest\n", seen)


def flood_of_requests(tier):
    """Input must not pile up in the broker of a session that asks and does not read."""
    source = WORK / f"input-{tier}"
    with open(source, "wb") as file:
        file.truncate(1 << 30)
    for _ in range(3):  # where the machine is busy, a request may come before the last was answered
        with open(source, "rb") as file:
            process = enemy(tier, "wants-always", "free", stdin=file)
            highest = 0
            while process.poll() is None:
                highest = max(highest, peak(process.pid))
                time.sleep(0.02)
            taken, seen = os.lseek(file.fileno(), 0, os.SEEK_CUR), finish(process)
        if taken > 1 << 20:
            break
    check(f"{tier}: control: the broker was asked for input", taken > 1 << 20, (taken, seen))
    check(f"{tier}: unread answers fill no memory", taken < 4 << 20 and highest < 12 << 10, (taken, highest))


def flood(tier, way):
    """Nobody reads the output: the broker's memory stays what it was."""
    read, write = os.pipe()
    process = enemy(tier, way, stdout=write)
    os.close(write)
    highest, end = 0, time.monotonic() + 1.5
    while time.monotonic() < end and process.poll() is None:
        highest = max(highest, peak(process.pid))
        time.sleep(0.05)
    os.close(read)
    finish(process)
    check(f"{tier}: {way}: memory stays flat", 0 < highest < 8 << 10, highest)


def stuck_reader(tier, kind):
    """Who takes no output must not stop the clock, or keep a signal from being heard."""
    for how, wanted in (("clock", 124), ("signal", 143)):
        if kind == "pipe":
            reader, writer = os.pipe()
            os.write(writer, bytes(4096))  # an odd number of pages is left: the last is for one of the two streams
        else:
            reader, writer = pty.openpty()
            if os.getuid() == 0:
                os.fchown(writer, NOBODY, -1)
        process = enemy(tier, "two-streams" if kind == "pipe" else "draws", "wall" if how == "clock" else "free",
                        stdin=subprocess.DEVNULL if kind == "pipe" else writer, stdout=writer, stderr=writer)
        os.close(writer)
        time.sleep(0.5)
        pids = family(process.pid)
        check(f"{tier}: {kind}: control: a session runs", len(pids) > 1, pids)
        if how == "signal":
            process.send_signal(signal.SIGTERM)
        status = finish(process, 8)[0]
        os.close(reader)
        check(f"{tier}: nobody reads the {kind}: {how}", status == wanted, status)
        check(f"{tier}: nobody reads the {kind}: {how}: nothing is left", gone(pids), pids)


def deaths(tier):
    for victim in ("supervisor", "first process"):
        process = enemy(tier, "ready-half", "free")
        time.sleep(0.5)
        pids = family(process.pid)
        check(f"{tier}: control: a session to kill", len(pids) > 1, pids)
        os.kill(process.pid if victim == "supervisor" else pids[1], signal.SIGKILL)
        seen = finish(process, 5)
        check(f"{tier}: death of the {victim}", seen[0] == (-9 if victim == "supervisor" else 137), seen)
        check(f"{tier}: death of the {victim} ends all", gone(pids), ours())
    process = enemy(tier, "ready-half", "wall")
    time.sleep(0.4)
    pids = family(process.pid)
    for number in (signal.SIGSTOP, signal.SIGHUP, signal.SIGCONT):
        process.send_signal(number)
    check(f"{tier}: stopped, hung up, continued", finish(process, 5)[0] == 129, process.returncode)
    check(f"{tier}: stopped, hung up, continued: nothing is left", gone(pids), pids)


def owners(tier):
    """The broker names owners of what the session sees, and of nothing else."""
    profile(f"usr-{tier}", "View = 'Paths'; Mounts = '/usr'", "VisibleProviders = 'FileSystem';")
    seen = finish(enemy(tier, "owners-hidden", f"usr-{tier}"))
    check(f"{tier}: owners of what is not shown", seen[:2] == (0, "yynnnynnn\n"), seen)
    for way, reason in (("owners-climb", "WireMalformed"), ("owners-flood", "WireOutOfTurn")):
        seen = finish(enemy(tier, way, f"usr-{tier}"))
        check(f"{tier}: {way}", seen[0] == 125 and reason in seen[2], seen)


def sequences(tier):
    """What a session draws reaches the real terminal without what would make that terminal type or stay changed."""
    master, slave = pty.openpty()
    if os.getuid() == 0:
        os.fchown(slave, NOBODY, -1)
    process = enemy(tier, "sequences", stdin=slave, stdout=slave, stderr=slave)
    status = finish(process)[0]
    shown = b""
    os.set_blocking(master, False)
    with contextlib.suppress(BlockingIOError):
        while piece := os.read(master, 65536):
            shown += piece
    os.close(master)
    os.close(slave)
    wanted = b"begin6n6n\x1b[?2004h\x1b[?25l\x1b[31mend\r\n\x1b[?25h\x1b[?2004l\x1b[m"
    check(f"{tier}: what is drawn", status == 0 and shown == wanted, (status, shown))


def deaf(tier):
    for number in (signal.SIGTERM, signal.SIGHUP):
        process = enemy(tier, "deaf", "free")
        time.sleep(0.4)
        pids = family(process.pid)
        process.send_signal(number)
        check(f"{tier}: deaf to {number.name}", finish(process, 5)[0] == 128 + number, process.returncode)
        check(f"{tier}: deaf to {number.name}: nothing is left", len(pids) > 1 and gone(pids), pids)


# --- the launcher, by whoever starts it ------------------------------------------------------------------------------

class Watch:
    """Tells whether anything in a folder was opened."""
    OPEN = 0x20

    def __init__(self, folder):
        libc = ctypes.CDLL(None, use_errno=True)
        self.fd = libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        libc.inotify_add_watch(self.fd, str(folder).encode(), self.OPEN)

    def opened(self):
        try:
            return os.read(self.fd, 4096)
        except BlockingIOError:
            return b""


def environments(tier):
    trap = WORK / f"trap-{tier}"
    trap.mkdir(mode=0o755)
    for name in ("x.so", "UTC", "xterm", "evil.cat", "gconv-modules", "locale-archive", "jesh-restricted", "Write-Output"):
        (trap / name).write_text("evil")
    watch = Watch(trap)
    (trap / "x.so").read_text()
    check(f"{tier}: control: an open is seen", watch.opened())
    hostile = {"LD_PRELOAD": trap / "x.so", "LD_AUDIT": trap / "x.so", "LD_LIBRARY_PATH": trap, "LD_DEBUG": "all",
               "GLIBC_TUNABLES": "glibc.malloc.mxfast=" + "A" * 5000, "GCONV_PATH": trap, "LOCPATH": trap,
               "NLSPATH": f"{trap}/%N", "CHARSET": "X", "TZ": f":{trap}/UTC", "TZDIR": trap, "PATH": f"{trap}:.",
               "PSModulePath": trap, "__PSLockdownPolicy": "8", "TERM": f"../..{trap}/xterm", "TERMINFO": trap,
               "TERMCAP": trap / "xterm", "HOME": trap, "LC_ALL": f"../../{trap}/x", "LANG": f"{trap}/x", "TMPDIR": trap,
               "PAGER": "sh -c id", "ENV": trap / "x.so", "BASH_ENV": trap / "x.so", "JESH_LIBEXECDIR": trap,
               "BASH_FUNC_x%%": "() { :;}; id", "RESOLV_HOST_CONF": trap / "x.so", "HOSTALIASES": trap / "x.so"}
    hostile = {name: str(value) for name, value in hostile.items()}
    seen = run(write_output(tier, WORK / "free.pssc"), env=hostile)
    check(f"{tier}: a hostile environment changes nothing", seen[:2] == (0, "ok\n"), seen)
    check(f"{tier}: a hostile environment opens nothing", not watch.opened())
    huge = {f"V{i}": "x" * 100000 for i in range(18)}
    seen = run(write_output(tier, WORK / "free.pssc"), env=huge)
    check(f"{tier}: an environment of 1.8 MB", seen[0] == 0, seen)
    evil = {"A" * 90000: "x", "LC_" + "Z" * 70: "x"}
    evil |= {f"LC_{'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[i % 26]}{'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[i // 26]}": "x" for i in range(600)}
    seen = run(write_output(tier, WORK / "free.pssc"), env=evil)
    check(f"{tier}: many and long names", seen[0] == 0, seen)


def no_arguments(tier):
    """argc 0 (the kernel makes it one empty word since 5.18): no session without a profile comes of it."""
    code = ("import ctypes; l = ctypes.CDLL(None, use_errno=True); a = (ctypes.c_char_p * 1)(None); "
            f"l.execve({str(WORK / 'jesh').encode()!r}, a, a)")
    seen = run([sys.executable, "-c", code], as_root=True)
    check("argc 0", seen[0] in (64, 125) and not seen[1], seen)


def ulimits(tier):
    """It works, or says why not, and never runs anything outside."""
    for limit in ("-n 3", "-n 4", "-n 8", "-n 12", "-f 0", "-t 1", "-s 256", "-u 1", "-v 20000", "-l 0"):
        words = ["bash", "-c", f"ulimit {limit} && exec \"$@\"", "-", *write_output(tier, WORK / "free.pssc")]
        status, out, err = run(words)
        check(f"{tier}: ulimit {limit}", (status, out) == (0, "ok\n") or (status == 125 and not out and err), (status, out, err))


def conditions(tier):
    words = write_output(tier, WORK / "free.pssc")

    def deleted():
        os.mkdir("/tmp/jesh-attack-cwd-%d" % os.getpid())
        os.chdir("/tmp/jesh-attack-cwd-%d" % os.getpid())
        os.rmdir("/tmp/jesh-attack-cwd-%d" % os.getpid())

    def signals():
        for number in (signal.SIGCHLD, signal.SIGPIPE, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())

    for name, before in (("deleted folder", deleted), ("signals ignored and blocked", signals),
                         ("/proc/self/fd", lambda: os.chdir("/proc/self/fd"))):
        seen = run(words, before=before)
        check(f"{tier}: {name}", seen[:2] == (0, "ok\n"), seen)
    for closed in ((0,), (2,), (0, 2), (1,), (0, 1, 2)):
        read, write = os.pipe()
        process = start(words, before=lambda: [os.close(fd) for fd in closed], stdout=write)
        os.close(write)
        status = finish(process)[0]
        out = os.read(read, 100)
        os.close(read)
        check(f"{tier}: closed {closed}", status == 0 and out == (b"" if 1 in closed else b"ok\n"), (status, out))
    process = start(argv(tier, "-ConfigurationFile", WORK / "free.pssc", "-Command", "Start-Sleep 20"), before=signals)
    time.sleep(0.4)
    process.send_signal(signal.SIGTERM)
    check(f"{tier}: SIGTERM is heard though it was ignored and blocked", finish(process, 5)[0] == 143, process.returncode)
    folder = os.open("/etc", os.O_RDONLY | os.O_DIRECTORY)
    words = argv(tier, "--test-payload", WORK / "enemy", "-ConfigurationFile", WORK / "free.pssc", "-Command", "x", program="jesh-test")
    process = start(words, env={"LC_ATTACK": "ready-half"}, pass_fds=(folder,))
    os.close(folder)
    time.sleep(0.4)
    fds = [os.readlink(f"/proc/{pid}/fd/{fd}") for pid in family(process.pid)[1:] for fd in os.listdir(f"/proc/{pid}/fd")] \
        if os.getuid() == 0 else []
    check(f"{tier}: no inherited folder reaches the session", "/etc" not in fds, fds)
    process.kill()
    finish(process)


# --- profile files ---------------------------------------------------------------------------------------------------

def profile_files():
    place = WORK / "files"
    place.mkdir(mode=0o755)
    good = profile("good", where=place)
    files = {"missing": 0, "mode-666": 0, "link": 0, "hard": 0, "fifo": 0, "large": 0, "empty": 0, "nul": 0, "folder": 0}
    copy = {name: place / f"{name}.pssc" for name in files}
    for name in ("mode-666", "hard-source"):
        shutil.copy(good, place / f"{name}.pssc")
    copy["mode-666"].chmod(0o666)
    copy["link"].symlink_to(good)
    os.link(place / "hard-source.pssc", copy["hard"])
    os.mkfifo(copy["fifo"])
    with open(copy["large"], "wb") as large:
        large.truncate(1 << 30)
    copy["empty"].write_text("")
    copy["nul"].write_bytes(good.read_bytes()[:-3] + b"\0}\n")
    copy["folder"].mkdir()
    for folder, mode in (("group", 0o775), ("world", 0o777), ("sticky", 0o1777)):
        (place / folder).mkdir()
        shutil.copy(good, place / folder / "x.pssc")
        (place / folder).chmod(mode)
        copy[folder] = place / folder / "x.pssc"
    (place / "way").symlink_to(place)
    copy["way"] = place / "way" / "good.pssc"
    copy |= {"zero": "/dev/zero", "stdin": "/dev/stdin", "fd": "/proc/self/fd/0", "dots": place / "group/../good.pssc"}
    if os.getuid() == 0:
        shutil.copy(good, place / "foreign.pssc")
        os.chown(place / "foreign.pssc", 4242, 4242)
        copy["foreign"] = place / "foreign.pssc"
    for name, path in {"good": good, **copy}.items():
        seen = run(write_output("full", path), 5)
        fine = name == "good" or (name == "sticky" and os.getuid() == 0)  # of root's sticky folders alone
        check(f"profile file: {name}", seen[:2] == (0, "ok\n") if fine else seen[0] == 125 and not seen[1] and seen[2], seen)


def swapped_profile():
    """A race between looking and reading: what is read is what was looked at, whatever the name means by then."""
    place = WORK / "swap"
    place.mkdir(mode=0o755)
    good, evil = profile("a", where=place), place / "b.pssc"
    evil.write_text(good.read_text().replace("'Write-Output', ", "'Write-Output', 'Get-Date', "))
    evil.chmod(0o666)
    libc, going = ctypes.CDLL(None), [True]

    def swap():
        while going[0]:
            libc.renameat2(-100, bytes(good), -100, bytes(evil), 2)
    thread = threading.Thread(target=swap)
    thread.start()
    answers = [run(argv("full", "-ConfigurationFile", good, "-Command", "Get-Date"))[:2] for _ in range(30)]
    going[0] = False
    thread.join()
    check("a profile that changes places", all(status != 0 and not out for status, out in answers), answers)
    check("control: both files were met", len({status for status, _ in answers}) == 2, answers)


def links_in_writable_mounts(tier):
    """What one session leaves in the place of a listed folder must not widen what the next one sees."""
    place = WORK / f"links-{tier}"
    (place / "way/shown").mkdir(parents=True)
    (place / "way/shown/in").write_text("shown")
    if os.getuid() == 0:
        subprocess.run(["chown", "-R", str(NOBODY), place / "way", place], check=True)
    pssc = profile(f"links-{tier}", f"View = 'Paths'; Mounts = @{{ Path = '{place}'; Writable = $true }}, "
                   f"@{{ Path = '{place}/way/shown'; Writable = $true }}",
                   "VisibleProviders = 'FileSystem';").with_name(f"links-{tier}.pssc")
    pssc.write_text(pssc.read_text().replace("'Start-Sleep'", "'Start-Sleep', 'Get-Content'"))
    words = argv(tier, "-ConfigurationFile", pssc, "-Command", f"Get-Content {place}/way/shown/in")
    check(f"{tier}: control: a listed folder in a writable one", (seen := run(words))[:2] == (0, "shown\n"), seen)
    secret = WORK / f"secret-{tier}"
    secret.mkdir(mode=0o755)
    (secret / "in").write_text("secret")
    (place / "way").rename(place / "old")
    (place / "way").mkdir()
    (place / "way/shown").symlink_to(secret)
    seen = run(words)
    check(f"{tier}: a link in the place of a listed folder", seen[0] == 125 and "secret" not in seen[1], seen)


# --- native code and its neighbours ------------------------------------------------------------------------------------

def neighbours(tier):
    outside, view = WORK / f"outside-{tier}", WORK / f"view-{tier}"
    for folder in (outside, view):
        folder.mkdir()
        if os.getuid() == 0:
            os.chown(folder, NOBODY, NOBODY)
    master, slave = pty.openpty()
    if os.getuid() == 0:
        os.fchown(slave, NOBODY, NOBODY)
    other = start(["sleep", "60"])
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    listener.bind(f"\0jesh-attack-{other.pid}")
    pssc = profile(f"near-{tier}", f"View = 'Paths'; Mounts = '{WORK}/bin', @{{ Path = '{view}'; Writable = $true }}; "
                   "Rights = 'EXEC', 'FORK', 'FILE_READ', 'FILE_WRITE', 'PROCESS_SIGNAL'", "VisibleProviders = 'FileSystem';")

    def ask(words):
        secret = outside / "secret"
        secret.write_text("secret")
        if os.getuid() == 0:
            os.chown(secret, NOBODY, NOBODY)
        secret.chmod(0o600)
        seen = run([*words, *map(str, (WORK / "bin/neighbour", secret, outside, other.pid, os.ttyname(slave)))])
        return dict(line.split() for line in seen[1].splitlines()), secret, seen

    outcome, _, seen = ask([])
    refused = {name: code for name, code in outcome.items() if code != "0"}
    check(f"{tier}: control: neighbours are within reach outside", set(refused) <= {"file-attribute", "other-memory"}, refused or seen)
    outcome, secret, seen = ask(argv(tier, "--profile", pssc, "--"))
    reached = [name for name, code in outcome.items() if code == "0"]
    allowed = {"terminal-new"} if tier == "full" else set()  # of a devpts of its own
    check(f"{tier}: no neighbour is reached", outcome and set(reached) <= allowed, reached or seen)
    check(f"{tier}: the file is as it was", secret.stat().st_mode & 0o777 == 0o600 and secret.read_text() == "secret")
    other.kill()
    finish(other)
    listener.close()
    os.close(master)
    os.close(slave)


# --- limits ------------------------------------------------------------------------------------------------------------

def limits(tier):
    code = {"memory": "x = bytearray(400 << 20)", "forks": "import os, time\nfor i in range(200):\n  if not os.fork(): time.sleep(30)",
            "time": "import time; time.sleep(30)", "cpu": "while True: pass"}
    if not os.access(sys.executable, os.X_OK) or not pathlib.Path("/usr/bin/python3").exists():
        return
    said = {"memory": "MemoryMB = 200", "forks": "Processes = 40", "time": "WallSeconds = 1", "cpu": "CpuSeconds = 1"}
    for name, text in code.items():
        for limited in (False, True) if name == "memory" else (True,):
            pssc = profile(f"limit-{name}-{tier}-{limited}", f"View = 'Paths'; Mounts = '/usr', '/lib', '/lib64'; Rights = 'EXEC', 'FORK', "
                           "'FILE_READ'" + (f"; Limits = @{{ {said[name]} }}" if limited else ""), "VisibleProviders = 'FileSystem';")
            before = time.monotonic()
            process = start(argv(tier, "--profile", pssc, "--", "/usr/bin/python3", "-IBSc", text))
            time.sleep(0.5)
            pids = family(process.pid)
            status, _, err = finish(process, 10)
            wanted = {"memory": (1, "MemoryError"), "forks": (1, "BlockingIOError"), "time": (124, "WallLimit"), "cpu": (124, "CpuLimit")}[name]
            wanted = wanted if limited else (0, "")
            if name == "forks" and tier == "in-place" and os.getuid() != 0:
                continue  # there the account's other processes count too
            check(f"{tier}: limit of {name}, {'on' if limited else 'off (control)'}", status == wanted[0] and
                  wanted[1] in err and time.monotonic() - before < 8, (status, err[-200:]))
            check(f"{tier}: limit of {name}: nothing is left", gone(pids), pids)


# --- all -----------------------------------------------------------------------------------------------------------------

def fixtures():
    os.chmod(WORK, 0o755)
    for name in ("jesh", "jesh-restricted", "jesh-names"):
        shutil.copy(BUILD / name, WORK / name)
    for name, to in (("jesh", "jesh-test"), ("enemy", "enemy"), ("dockerlike", "dockerlike")):
        shutil.copy(BUILD / "test" / name, WORK / to)
    (WORK / "bin").mkdir(mode=0o755)
    shutil.copy(BUILD / "test/neighbour", WORK / "bin/neighbour")
    profile("free")
    profile("wall", "View = 'None'; Limits = @{ WallSeconds = 2 }")
    # Longer than a session may take to begin or leave.
    profile("long", "View = 'None'; Limits = @{ WallSeconds = 15 }")


def speeches(tier):
    return [lambda way=way: speech(tier, way) for way in SPEECHES]


def main():
    fixtures()
    jobs = [lambda: None]
    for tier in TIERS:
        jobs += speeches(tier)
        jobs += [lambda tier=tier, f=f: f(tier) for f in (environments, ulimits, conditions, deaths, sequences, deaf, owners, flood_of_requests,
                                                        links_in_writable_mounts, neighbours, limits)]
        jobs += [lambda tier=tier, w=w: flood(tier, w) for w in ("empty-flood", "output-flood")]
        jobs += [lambda tier=tier, k=k: stuck_reader(tier, k) for k in ("pipe", "terminal")]
    jobs += [profile_files, swapped_profile, lambda: no_arguments("full")]
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(job) for job in jobs]:
            done.result()
    check("nothing is left at the end", gone(ours()), ours())
    print(f"attack: {passed} passed, {len(failures)} failed")
    sys.exit(bool(failures))


if __name__ == "__main__":
    main()
