#!/usr/bin/env python3
"""Each right of a wrapped program is enough for what it says, and without it the same program is stopped.

run.py JESH JESHCTL DOCKERLIKE: every case runs three times: outside (it must succeed, or the case proves nothing), with the
right, and without it; in both tiers as far as the machine has them, in place by way of DOCKERLIKE. As root the whole runs as nobody.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from nobody import as_nobody  # noqa: E402

PYTHON = "/usr/bin/python3"
TCP = "import socket; s = socket.socket(); s.bind(('127.0.0.1', 0)); s.listen(); socket.create_connection(s.getsockname())"
UDP = "import socket; s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.bind(('127.0.0.1', 0)); s.sendto(b'x', s.getsockname())"
PAIR = "import socket; socket.socketpair()"
NAMED = "import socket; s = socket.socket(socket.AF_UNIX); s.bind('{dir}/s'); s.listen(); socket.socket(socket.AF_UNIX).connect('{dir}/s')"
WRITABLE_CODE = "import mmap; mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)"
CHILD = "import os, signal, subprocess; p = subprocess.Popen(['/bin/sleep', '9']); p.kill(); raise SystemExit(p.wait() != -signal.SIGKILL)"
READING = "EXEC FILE_READ"

# name, program, rights with, rights without, further settings, tiers
CASES = [
    ("run a dynamic program", ["/bin/true"], READING, "EXEC", "", "both"),
    ("read a file", ["/bin/cat", "/etc/passwd"], READING, "EXEC", "", "both"),
    ("list a folder", ["/bin/ls", "-l", "/etc"], READING, "EXEC", "", "both"),
    ("a shell with pipes and programs", ["/bin/sh", "-c", "x=$(echo a | tr a b); [ $x = b ] && echo >/dev/null"], READING, "EXEC", "", "both"),
    ("python with threads", [PYTHON, "-c", "import threading; t = threading.Thread(target=print); t.start(); t.join()"], READING, "EXEC", "", "both"),
    ("make a file", ["/bin/sh", "-c", "echo a >{dir}/f && mv {dir}/f {dir}/g && rm {dir}/g"], READING + " FILE_WRITE", READING, "", "both"),
    ("make a folder", ["/bin/sh", "-c", "mkdir {dir}/d && rmdir {dir}/d"], READING + " FILE_WRITE", READING, "", "both"),
    ("see processes", ["/bin/cat", "/proc/self/stat"], READING + " PROCESS_LIST", READING, "", "both"),
    ("signal a child", [PYTHON, "-c", CHILD], READING + " PROCESS_SIGNAL", READING, "", "in-place"),
    ("write and execute memory", [PYTHON, "-c", WRITABLE_CODE], READING + " JIT", READING, "", "both"),
    ("a pair of sockets", [PYTHON, "-c", PAIR], READING + " UNIX_SOCKET", READING, "", "full"),
    ("a socket with a path", [PYTHON, "-c", NAMED], READING + " FILE_WRITE UNIX_SOCKET", READING + " FILE_WRITE", "", "full"),
    ("TCP on loopback", [PYTHON, "-c", TCP], READING + " LOOPBACK", READING, "Network = 'Loopback'", "full"),
    ("UDP on loopback", [PYTHON, "-c", UDP], READING + " LOOPBACK UDP", READING + " LOOPBACK", "Network = 'Loopback'", "full"),
    ("TCP of the machine", [PYTHON, "-c", TCP], READING + " NETWORK", READING, "Network = 'Host'", "both"),
    ("UDP of the machine", [PYTHON, "-c", UDP], READING + " NETWORK UDP", READING + " NETWORK", "Network = 'Host'", "both"),
    ("a server where ports are listed", [PYTHON, "-c", TCP], "", None, "Network = 'Host'", "both"),
]
# A session's rights come from the commands that it sees: text, enough to run it, and what it cannot run with. The text
# writes INSIDE; a session that sees less must not, whatever language it has.
FILES = "; VisibleProviders = 'FileSystem'"
PLACES = "; Linux = @{ View = 'Caller' }"  # for both halves: what differs is whether the session shows files
SESSIONS = [
    ("a job", "Start-Job { 'INSIDE' } | Receive-Job -Wait", "'Start-Job', 'Receive-Job'", "'Write-Output'"),
    ("a temporary file", "if (New-TemporaryFile) { 'INSIDE' }", "'New-TemporaryFile'" + FILES + PLACES, "'New-TemporaryFile'" + PLACES),
    ("a file by its type", "if ([IO.File]::Exists('/etc/passwd')) { 'INSIDE' }", "'Write-Output', 'New-Item'" + FILES + PLACES, "'Write-Output', 'New-Item'" + PLACES),
    ("a file's object", "try { [IO.FileInfo]::new('/tmp').IsReadOnly = $false; 'INSIDE' } catch { 'not here' }", "'New-Item'" + FILES + PLACES, "'New-Item'" + PLACES),
    ("a job by its operator", "$j = 'INSIDE' &; Receive-Job -Wait $j", "'Start-Job', 'Receive-Job'", "'Write-Output'"),
]
SESSION = """@{{ SchemaVersion = '2.0.0.0'; GUID = '01234567-89ab-cdef-0123-456789abcdef'
SessionType = 'RestrictedRemoteServer'; LanguageMode = 'FullLanguage'; VisibleCmdlets = {visible} }}
"""
# The last case's other half: the same key with ports binds nothing.
PORTS = "Network = @{ Mode = 'Host'; Ports = @(443) }"
ABI_SHORT = "LandlockTooOld"


def run(command):
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          timeout=60, preexec_fn=as_nobody)
    return done.returncode, done.stdout.decode("utf-8", "replace").strip()


class Bench:
    def __init__(self, jesh, dockerlike, folder):
        self.jesh, self.dockerlike, self.folder = jesh, dockerlike, folder
        self.passed = self.failed = 0

    def profile(self, rights, settings):
        path = self.folder / "case.pssc"
        listed = ", ".join(f"'{right}'" for right in rights.split())
        said = f"Rights = @({listed})\n" if rights else ""
        path.write_text("@{ SchemaVersion = '2.0.0.0'; SessionType = 'Default'; LanguageMode = 'FullLanguage'\n"
                        f"Linux = @{{ {said}{settings} }} }}\n")
        return path

    def wrapped(self, tier, rights, settings, program):
        command = [self.jesh, "--profile", str(self.profile(rights, settings)), "--", *program]
        return run(([self.dockerlike] if tier == "in-place" else []) + command)

    def report(self, good, tier, name, text):
        self.passed += good
        self.failed += not good
        if not good:
            print(f"FAILED {tier}: {name}: {text}")

    def case(self, tier, name, program, enough, short, settings):
        folder = self.folder / "writable"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o777)
        folder.chmod(0o777)
        program = [part.replace("{dir}", str(folder)) for part in program]
        status, text = run(program)
        self.report(status == 0, "outside", name, f"the control fails: {text}")
        if (folder / "s").exists():
            (folder / "s").unlink()
        status, text = self.wrapped(tier, enough, settings, program)
        if ABI_SHORT in text:
            print(f"not here, {tier}: {name}: {text}")
            return
        self.report(status == 0, tier, name, f"with {enough or settings}: status {status}: {text}")
        status, text = self.wrapped(tier, short if short is not None else "", settings if short is not None else PORTS, program)
        self.report(status != 0 and status != 125, tier, name, f"without it: status {status}: {text}")


    def session(self, tier, name, text, visible, wanted):
        path = self.folder / "session.pssc"
        path.write_text(SESSION.format(visible=visible))
        command = [self.jesh, "-ConfigurationFile", str(path), "-Command", text]
        status, said = run(([self.dockerlike] if tier == "in-place" else []) + command)
        inside = "INSIDE" in said.splitlines()
        self.report(inside == wanted and status != 125, tier, name, f"{visible}: status {status}: {said}")


def main():
    jesh, jeshctl, dockerlike = map(os.path.abspath, sys.argv[1:4])
    tiers = ("full", "in-place") if '"tier":"full"' in run([jeshctl, "doctor", "--json"])[1] else ("in-place",)
    with tempfile.TemporaryDirectory(prefix="jesh-rights-") as name:
        folder = pathlib.Path(name)
        folder.chmod(0o755)
        bench = Bench(jesh, dockerlike, folder)
        for tier in tiers:
            for name, program, enough, short, settings, where in CASES:
                if where in ("both", tier):
                    bench.case(tier, name, program, enough, short, settings)
            for name, text, enough, short in SESSIONS:
                bench.session(tier, name, text, enough, True)
                bench.session(tier, name, text, short, False)
    if "full" not in tiers:
        print("not here: tier full (see jeshctl doctor)")
    print(f"rights: {bench.passed} passed, {bench.failed} failed")
    return bench.failed != 0


sys.exit(main())
