"""What the tests of this folder share: the product copied to a place that an unprivileged user reaches, profiles,
and a terminal that is driven like a person's."""
import atexit
import fcntl
import os
import pathlib
import pty
import re
import select
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests/support"))
from nobody import NOBODY, as_nobody  # noqa: E402

BUILD = pathlib.Path(os.environ.get("BUILD", ROOT / "build"))
UNDER = os.environ.get("UNDER")  # a program that every jesh is started through: tests/support/dockerlike.c
PROGRAMS = ["jesh", "jeshctl", "jesh-restricted", "jesh-full", "jesh-names"]

PROFILE = """@{
    SchemaVersion = '2.0.0.0'
    GUID = '5b1d3c0e-6f0a-4d3b-9c62-0a6e1f2d4b99'
    SessionType = 'RestrictedRemoteServer'
    LanguageMode = '%s'
    VisibleCmdlets = 'Write-Output', 'Get-Date', 'Start-Sleep', 'Write-Warning'
    %s
}
"""


def place():
    """A folder that belongs to whoever runs the tests, reachable by everybody, with programs and profiles."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="jesh-login-", dir="/tmp"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.chmod(folder, 0o755)
    for name in PROGRAMS:
        if (BUILD / name).exists():
            shutil.copy(BUILD / name, folder / name)
    if UNDER:
        shutil.copy(UNDER, folder / "under")
    write(folder / "none.pssc", PROFILE % ("NoLanguage", ""))
    write(folder / "restricted.pssc", PROFILE % ("RestrictedLanguage", ""))
    write(folder / "program.pssc", PROFILE % ("NoLanguage", "Linux = @{ View = 'Caller'; Rights = 'EXEC', 'FILE_READ', 'SLEEP' }"))
    write(folder / "limited.pssc", PROFILE % ("NoLanguage", "Linux = @{ Limits = @{ WallSeconds = 1; OutputMB = 1 } }"))
    return folder


def write(path, text):
    path.write_text(text)
    os.chmod(path, 0o644)


def command(argv):
    """What starts jesh: itself, or the program that changes its conditions."""
    argv = [str(a) for a in argv]
    is_jesh = UNDER and argv[0].endswith("/jesh")
    return ([str(pathlib.Path(argv[0]).with_name("under"))] if is_jesh else []) + argv


class Done:
    def __init__(self, status, out, err):
        self.status, self.out, self.err = status, out, err

    def __repr__(self):
        return f"status {self.status}, out {self.out!r}, err {self.err!r}"


def run(argv, stdin="", env=None, executable=None, as_root=False, timeout=30, **more):
    process = subprocess.run(command(argv), input=stdin.encode(), capture_output=True, timeout=timeout,
                             executable=executable and str(executable), env=env, cwd=more.pop("cwd", "/"),
                             preexec_fn=None if as_root else as_nobody, **more)
    return Done(process.returncode, process.stdout.decode(errors="replace"), process.stderr.decode(errors="replace"))


class Screen:
    """As much of a terminal as a line editor uses. Rows are never scrolled away: row 0 is the first ever shown."""

    def __init__(self, columns):
        self.columns, self.rows, self.row, self.column = columns, [[]], 0, 0
        self.pending = ""

    def feed(self, text):
        text, self.pending = self.pending + text, ""
        at = 0
        while at < len(text):
            if text[at] != "\x1b":
                self.put(text[at])
                at += 1
                continue
            found = re.compile(r"\x1b\[([0-9;?]*)([@-~])").match(text, at)
            if not found:
                self.pending = text[at:]
                return
            self.control(found.group(1), found.group(2))
            at = found.end()

    def put(self, character):
        if character == "\r":
            self.column = 0
        elif character == "\n":
            self.move(self.row + 1)
        elif character >= " ":
            width = 2 if unicodedata.east_asian_width(character) in "WF" else 1
            if self.column + width > self.columns:
                self.column = 0
                self.move(self.row + 1)
            row = self.rows[self.row]
            row.extend(" " * (self.column - len(row)))
            row[self.column:self.column + width] = [character] + [""] * (width - 1)
            self.column += width

    def move(self, row):
        self.row = max(row, 0)
        while len(self.rows) <= self.row:
            self.rows.append([])

    def control(self, argument, final):
        count = int(argument) if argument.isdigit() else 1
        if final == "A":
            self.move(self.row - count)
        elif final == "C":
            self.column += count
        elif final == "J" and argument != "2":
            del self.rows[self.row][self.column:]
            del self.rows[self.row + 1:]
        elif final in "HJ":
            self.move(len(self.rows))
            self.column = 0

    def text(self, first):
        rows = ["".join(row).rstrip() for row in self.rows[first:self.row]]
        last = self.rows[self.row]
        return "\n".join(rows + ["".join(last) + " " * (self.column - len(last))])


class Terminal:
    """A program on a pseudo-terminal of its own."""

    def __init__(self, argv, env=None, rows=24, columns=80, executable=None, as_root=False):
        self.seen = ""
        self.screen = Screen(columns)
        self.first = 0  # row from which the next expectation looks
        self.master, slave = pty.openpty()
        self.resize(rows, columns)
        self.before = termios.tcgetattr(slave)
        self.slave = slave
        pid = os.fork()
        if pid == 0:
            os.setsid()
            fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
            for fd in range(3):
                os.dup2(slave, fd)
            os.closerange(3, 256)
            if not as_root and os.getuid() == 0:
                os.fchown(0, NOBODY, -1)
            if not as_root:
                as_nobody()
            os.chdir("/")
            argv = command(argv)
            os.execve(executable or argv[0], argv, env or {"TERM": "xterm", "PATH": "/usr/bin:/bin"})
        self.pid = pid

    def resize(self, rows, columns):
        self.screen.columns = columns
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def send(self, text):
        os.write(self.master, text.encode())

    def pump(self, seconds):
        ready, _, _ = select.select([self.master], [], [], seconds)
        if not ready:
            return False
        try:
            data = os.read(self.master, 65536)
        except OSError:
            return False
        self.seen += data.decode(errors="replace")
        self.screen.feed(data.decode(errors="replace"))
        return bool(data)

    def text(self):
        """The rows of the screen from the one on which the last expectation ended."""
        return self.screen.text(self.first)

    def expect(self, pattern, seconds=10, raw=False):
        """Waits until the screen (raw: the bytes) since the last match holds the pattern; returns the match."""
        end = time.monotonic() + seconds
        while True:
            found = re.search(pattern, self.seen if raw else self.text())
            if found:
                self.seen = ""
                self.first = self.screen.row
                return found
            if time.monotonic() > end:
                raise AssertionError(f"no {pattern!r} in {self.text()!r}")
            self.pump(0.05)

    def quiet(self, seconds=0.3):
        while self.pump(seconds):
            pass

    def wait(self, seconds=10):
        """Exit status as a shell gives it."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.quiet(0.05)
                return os.waitstatus_to_exitcode(status)
            self.pump(0.05)
        raise AssertionError(f"still running; shown: {self.text()!r}")

    def modes_restored(self):
        return termios.tcgetattr(self.slave) == self.before

    def kill(self):
        try:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        except (ProcessLookupError, ChildProcessError):
            pass


def run_tests(namespace):
    """Runs every function named test_… of a module; exit status 1 if one fails."""
    failed = skipped = passed = 0
    chosen = sys.argv[1:]
    for name, test in list(namespace.items()):
        if not name.startswith("test_") or (chosen and name not in chosen):
            continue
        try:
            reason = test()
        except AssertionError as failure:
            failed += 1
            print(f"FAILED {name}: {failure}")
            continue
        if reason:
            skipped += 1
            print(f"skipped {name}: {reason}")
        else:
            passed += 1
    print(f"{pathlib.Path(sys.argv[0]).name}: {passed} passed, {failed} failed, {skipped} skipped")
    sys.exit(1 if failed else 0)
