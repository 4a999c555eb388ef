#!/usr/bin/env python3
"""What a job may: exactly what its session may, and nothing of it is left. Each row runs one text in a session and the
same text in a job of that session, and compares; controls show that the text can tell a difference.
"""
import os
import pathlib
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from lines import BUILD, as_nobody  # noqa: E402

PROFILE = """@{{
    SchemaVersion = '2.0.0.0'
    GUID = '01234567-89ab-cdef-0123-456789abcdef'
    SessionType = 'Default'
    LanguageMode = 'FullLanguage'
    Linux = @{{ {linux} }}
}}
"""
VIEWS = {
    "caller": "View = 'Caller'; Network = 'None'",
    "paths": "View = 'Paths'; Network = 'None'; Mounts = '/usr', '/etc'",
}
# What the kernel says of a process that runs the text.
SAME = [
    ("privileges and filters", "Get-Content /proc/self/status | Where-Object { $_ -match '^(Uid|Gid|Cap|NoNewPrivs|Seccomp)' }"),
    ("mounts", "Get-Content /proc/self/mountinfo | ForEach-Object { ($_ -split ' ')[4, 5] -join ' ' }"),
    ("limits", "Get-Content /proc/self/limits"),
    ("files of the root", "Get-ChildItem / | ForEach-Object Name"),
    ("network", "Get-Content /proc/self/net/dev"),
    ("a file that the view may not have", "try { Get-Content /srv/jesh-marker -ErrorAction Stop } catch { $_.FullyQualifiedErrorId }"),
    ("writing", "try { Set-Content /etc/jesh-job 1 -ErrorAction Stop; 'WRITTEN' } catch { $_.FullyQualifiedErrorId }"),
    ("the mode", "\"$($ExecutionContext.SessionState.LanguageMode)\""),
]


def session(profile, text, timeout=60):
    return subprocess.run([BUILD / "jesh", "-ConfigurationFile", profile, "-Command", text], capture_output=True,
                          text=True, timeout=timeout, cwd="/", preexec_fn=as_nobody)


def ours(marker):
    """Processes of a session whose command line or environment names the profile."""
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            if marker in pathlib.Path(f"/proc/{pid}/cmdline").read_bytes().decode("utf-8", "replace"):
                found.append(pid)
        except OSError:
            pass
    return found


def check(name, ok, told):
    if not ok:
        print(f"{name}: {told}")
    return bool(ok)


def same_rows(view, profile):
    for name, text in SAME:
        alone = session(profile, text)
        job = session(profile, f"Start-Job {{ {text} }} | Receive-Job -Wait")
        told = alone.stdout.strip()
        yield check(f"{view}: {name}: something to compare", told, alone.stderr)
        yield check(f"{view}: {name}", told == job.stdout.strip(), f"session {told[:300]!r}, job {job.stdout[:300]!r} {job.stderr[:200]!r}")


def life_rows(profile):
    held = session(profile, "1..9 | ForEach-Object { try { Start-Job { Start-Sleep 30 } | Out-Null; 'up' } catch { $_.FullyQualifiedErrorId } }")
    yield check("eight jobs, no ninth", held.stdout.split() == ["up"] * 8 + ["JobLimit,Microsoft.PowerShell.Commands.StartJobCommand"], held)
    time.sleep(0.2)
    yield check("none outlives its session", not ours(str(profile)), ours(str(profile)))
    nested = session(profile, "Start-Job { try { Start-Job { 'INSIDE' } | Receive-Job -Wait } catch { $_.FullyQualifiedErrorId } } | Receive-Job -Wait")
    yield check("a job has no jobs", "JobsNotAvailable" in nested.stdout and "INSIDE" not in nested.stdout, nested)
    control = session(profile, "Start-Job { 'INSIDE' } | Receive-Job -Wait")
    yield check("control: a session has", control.stdout.strip() == "INSIDE", control)
    killed = subprocess.Popen([BUILD / "jesh", "-ConfigurationFile", profile, "-Command", "Start-Job { Start-Sleep 60 } | Out-Null; 'up'; Start-Sleep 60"],
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd="/", preexec_fn=as_nobody)
    yield check("control: it runs", killed.stdout.readline().strip() == "up" and len(ours(str(profile))) > 1, ours(str(profile)))
    killed.kill()
    killed.wait()
    until = time.monotonic() + 10
    while ours(str(profile)) and time.monotonic() < until:
        time.sleep(0.1)
    yield check("a killed supervisor takes its jobs along", not ours(str(profile)), ours(str(profile)))


def main():
    results = []
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        for view, linux in VIEWS.items():
            profile = pathlib.Path(folder, f"job-{view}.pssc")
            profile.write_text(PROFILE.format(linux=linux))
            if os.getuid() == 0:
                os.chown(profile, 65534, 65534)
            results += same_rows(view, profile)
        results += life_rows(pathlib.Path(folder, "job-caller.pssc"))
        # The comparison can fail: two views are not the same.
        a, b = (session(pathlib.Path(folder, f"job-{view}.pssc"), SAME[3][1]).stdout for view in VIEWS)
        results.append(check("control: two views differ", a != b, a[:200]))
    print(f"{sum(results)} passed, {len(results) - sum(results)} failed")
    return not all(results)


if __name__ == "__main__":
    sys.exit(main())
