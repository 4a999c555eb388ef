#!/usr/bin/env python3
"""Everything that can fail while a session is made, made to fail in turn.

Each launcher step (every row of launcher/steps.def, with the errno that decides a tier and with one that does not) and
each allocation of the launcher: no session must come of it, the status must be the coded one, one line must say why, and
nothing may be left behind. A failure that decides the tier may instead give a session in place, and says so. Likewise
each call of the jobs' starter, and each step and allocation of a job's launch: no job runs, the session hears of it and goes
on (or was refused before it began), and nothing is left behind.
"""
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests/support"))
from nobody import as_nobody_apart  # noqa: E402

BUILD = pathlib.Path(os.environ.get("BUILD", ROOT / "build"))
PROFILE = ROOT / "profiles/modes/nolanguage.pssc"
EIO, EPERM = 5, 1
ALLOCATIONS = 2000  # more than a launch makes; the sweep ends at the first launch that needs fewer


def launch(*hooks, container=False):
    """Runs one session of the probe; the attempt reports, so output means that a session ran."""
    command = [BUILD / "test/dockerlike"] if container else []
    command += [BUILD / "test/jesh", *map(str, hooks), "--test-payload", BUILD / "test/probe", "--status-fd", "1",
               "-ConfigurationFile", PROFILE, "-Command", "K031"]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                               text=True, cwd="/", preexec_fn=as_nobody_apart)
    out, err = process.communicate(timeout=60)
    return process.returncode, out, err, process.pid


def left_behind(session):
    """Processes of that session which still exist."""
    found = []
    for entry in pathlib.Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            stat = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(stat[3]) == session and stat[0] != "Z":
            found.append(entry.name)
    return found


def steps():
    text = (ROOT / "launcher/steps.def").read_text()
    return re.findall(r"^STEP\((\w+), (\w+), (\w+),", text, re.M)


def judge(code, out, err, pid, may_run):
    ran = "K031\t" in out
    if left_behind(pid):
        return f"left processes behind: {left_behind(pid)}"
    if ran and not may_run:
        return "a session ran"
    if ran:
        return None if '"in-place"' in out and code == 0 else "ran, and the status does not say in-place"
    if code not in (124, 125, 126):
        return f"status {code}"
    if len(err.strip().splitlines()) != 1 or not err.startswith("jesh: "):
        return f"says {err!r}"
    return None


def check_steps():
    """A step that is taken in place can never give a session when it fails; one of tier full alone may, in place."""
    failures, count = [], 0
    for number, (name, full, in_place) in enumerate(steps(), 1):
        for errnum in (EIO, EPERM):
            for container in (False, True):
                if not container and full == "NOWHERE":
                    continue
                run = launch("--test-fail-step", f"{number}:{errnum}", container=container)
                problem = judge(*run, in_place == "NOWHERE")
                count += 1
                if problem:
                    failures.append(f"step {name} errno {errnum}{' in a container' * container}: {problem}")
    return count, failures


def check_allocations():
    failures, count = [], 0
    for number in range(1, ALLOCATIONS):
        code, out, err, pid = launch("--test-fail-alloc", number)
        if code == 0 and "K031\t" in out:
            return count, failures
        count += 1
        problem = judge(code, out, err, pid, False)
        if problem:
            failures.append(f"allocation {number}: {problem}")
    return count, failures + ["the launch never ran out of allocations to fail"]


# --- Jobs ---------------------------------------------------------------------------------------------------------

JOB_PROFILE = ROOT / "profiles/modes/full.pssc"
JOB = ("try { $job = Start-Job { 'INSIDE' }; $null = Wait-Job $job -Timeout 30; $job.State; Receive-Job $job } "
       "catch { $_.FullyQualifiedErrorId }; 'goes on'")


def session_with_job(hook, value):
    command = [BUILD / "test/jesh", "--test-payload", BUILD / "jesh-full", *([hook, str(value)] if hook else []),
               "-ConfigurationFile", JOB_PROFILE, "-Command", JOB]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                               text=True, cwd="/", preexec_fn=as_nobody_apart)
    out, err = process.communicate(timeout=90)
    return process.returncode, out, err, process.pid


def judge_job(code, out, err, pid):
    if left_behind(pid):
        return f"left processes behind: {left_behind(pid)}"
    if "INSIDE" in out or "Completed" in out:
        return f"a job ran: {out!r}"
    if code in (124, 125, 126):
        lines = err.strip().splitlines()
        return None if len(lines) == 1 and err.startswith("jesh: ") else f"says {err!r}"
    return None if "goes on" in out else f"status {code}, says {out!r} {err!r}"


def sweep_job(hook, values):
    """Until a job runs: what is counted has then been passed."""
    failures, count = [], 0
    for value in values:
        run = session_with_job(hook, value)
        if "INSIDE" in run[1]:
            return count, failures
        count += 1
        problem = judge_job(*run)
        if problem:
            failures.append(f"{hook} {value}: {problem}")
    return count, failures + [f"{hook}: no job ran at last"]


def check_starter():
    return sweep_job("--test-fail-starter", range(1, 100))


def check_job_steps():
    failures, count = [], 0
    for number, (name, full, in_place) in enumerate(steps(), 1):
        if full == "NOWHERE":
            continue
        for errnum in (EIO, EPERM):
            run = session_with_job("--test-job-fail-step", f"{number}:{errnum}")
            problem = judge_job(*run)
            count += 1
            if problem:
                failures.append(f"a job's step {name} errno {errnum}: {problem}")
    return count, failures


def check_job_allocations():
    return sweep_job("--test-job-fail-alloc", range(1, ALLOCATIONS))


def main():
    code, out, err, _ = launch()
    if code != 0 or "K031\t" not in out:
        sys.exit(f"fault: without a fault the session does not run: {code} {err}")
    total = failed = 0
    code, out, err, _ = session_with_job(None, 0)
    if "INSIDE" not in out:
        sys.exit(f"fault: without a fault no job runs: {code} {out} {err}")
    for what, check in (("steps", check_steps), ("allocations", check_allocations), ("calls of the starter", check_starter),
                        ("steps of a job", check_job_steps), ("allocations of a job", check_job_allocations)):
        count, failures = check()
        print("\n".join(failures) if failures else f"fault: {count} {what} failed in turn, each with its line")
        total, failed = total + count, failed + len(failures)
    print(f"fault: {total - failed} passed, {failed} failed")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
