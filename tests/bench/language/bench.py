#!/usr/bin/env python3
"""The language against pwsh's recorded figures: bench.py BUILD-FOLDER [--rounds N] [--growth-only]

Only jesh is timed. pwsh.tsv has, for each script, pwsh's wall time divided by the processor time of calib.c on the same
machine, and its peak memory; calib runs here in between, and (wall_per_calib x calib) / (jesh's wall time) is how many
times faster jesh is. Everything runs in the real sandbox, as an unprivileged user; in place is forced by a filter as a
default container has it. Memory is the largest sum of the proportional shares (Pss) of the session's processes, looked
at every few milliseconds, which only root may. Exit status 1 where a goal is missed or an answer is wrong.
"""
import argparse
import math
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(HERE)))
NOBODY = 65534
STARTUP = "00-startup.ps1"
LINEAR = 25  # n -> 10 n may cost that many times as much: ten, a logarithm, and noise


class Missed:
    """Counts the goals that are not met, and words them."""

    def __init__(self):
        self.count = 0

    def of(self, met):
        self.count += not met
        return "met" if met else "MISSED"


def unprivileged():
    """Arguments for subprocess: who runs what is timed, where, and without input."""
    who = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.getuid() == 0 else {}
    return {"stdin": subprocess.DEVNULL, "cwd": "/", **who}


def raise_priority():
    """What is started from here runs before all else; for root alone."""
    if os.getuid() == 0 and os.environ.get("PRIORITY"):
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(int(os.environ["PRIORITY"])))


def rows(name):
    with open(os.path.join(HERE, name), encoding="utf-8") as lines:
        return [line.rstrip("\n").split("\t") for line in lines if line.strip() and not line.startswith("#")]


def stage(build, work):
    """Copies what runs to where anybody may run it."""
    for name in ("jesh", "jesh-full", "jesh-restricted"):
        shutil.copy2(os.path.join(build, name), work)
    for name in os.listdir(HERE):
        if name.endswith((".ps1", ".pssc")):
            shutil.copy(os.path.join(HERE, name), work)
    compiler = os.environ.get("CC", "cc").split()
    subprocess.run(compiler + ["-O2", "-o", work + "/calib", HERE + "/calib.c"], check=True)
    subprocess.run(compiler + ["-O2", "-static", "-D_GNU_SOURCE", "-I" + ROOT, "-o", work + "/dockerlike",
                               ROOT + "/tests/support/dockerlike.c"], check=True)
    subprocess.run(compiler + ["-O2", "-o", work + "/spawnbench", ROOT + "/tests/bench/launch/spawnbench.c"],
                   check=True)
    os.chmod(work, 0o755)
    for name in os.listdir(work):
        os.chmod(os.path.join(work, name), 0o644 if name.endswith((".ps1", ".pssc")) else 0o755)


def jesh(work, *words):
    return [work + "/jesh", "-ConfigurationFile", work + "/session.pssc", *words]


def run(words):
    """(seconds, standard output) of a command to its exit."""
    begin = time.perf_counter()
    done = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False, **unprivileged())
    return time.perf_counter() - begin, done.stdout.decode(errors="replace").rstrip("\n")


def calibrate(work):
    return float(run([work + "/calib"])[1].split()[0])


def children(pid):
    found = []
    for task in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{task}/children", encoding="ascii") as text:
            found += [int(word) for word in text.read().split()]
    return found


def share(pid):
    """KiB of this process and all below it; what ends meanwhile counts nothing."""
    try:
        with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as lines:
            own = sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
        return own + sum(share(child) for child in children(pid))
    except (OSError, ValueError):
        return 0


def peak_share(words):
    """The largest share of a command's processes, KiB; 0 where nobody may look."""
    if os.getuid() != 0:
        return 0
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **unprivileged()) as process:
        most = 0
        while process.poll() is None:
            most = max(most, share(process.pid))
            time.sleep(0.005)
    return most


def memory_words(work, script):
    """A start is over too soon to be looked at, so it is held."""
    if script == STARTUP:
        return jesh(work, "-Command", "'ok'; Start-Sleep 1")
    return jesh(work, "-File", f"{work}/{script}")


def measure(work, script, rounds):
    results = [run(jesh(work, "-File", f"{work}/{script}")) for _ in range(rounds)]
    return statistics.median(seconds for seconds, _ in results), {text for _, text in results}


def start_seconds(work, rounds, in_place):
    """The median of many starts, by the small program that times launches: an interpreter's own are too slow."""
    with open(work + "/cases", "w", encoding="utf-8") as cases:
        cases.write("full\t" + " ".join(jesh(work, "-File", f"{work}/{STARTUP}")) + "\n")
    words = ["/usr/bin/env", f"ROUNDS={rounds * 30}", "SETTLE_US=2000", work + "/spawnbench", work + "/cases"]
    _, text = run(([work + "/dockerlike"] if in_place else []) + words)
    return float(text.split("\n")[-1].split()[1]) / 1e6


def start_rows(work, pwsh, rounds, missed):
    for label, in_place, goal in (("tier full", False, 30), ("in place", True, 70)):
        calib = calibrate(work)
        seconds = start_seconds(work, rounds, in_place)
        calib = (calib + calibrate(work)) / 2
        ratio = pwsh[STARTUP][0] * calib / seconds
        print(f"start to exit, {label:10} {seconds * 1e3:9.2f} ms {ratio:7.1f} x  goal {goal:3} x  "
              f"{missed.of(ratio >= goal)}")


def script_row(work, script, expected, pwsh, rounds, missed):
    calib = calibrate(work)
    seconds, answers = measure(work, script, rounds)
    calib = (calib + calibrate(work)) / 2
    kib = peak_share(memory_words(work, script))
    ratio, part = pwsh[0] * calib / seconds, pwsh[1] / kib if kib else 0
    words = [missed.of(ratio >= 2), missed.of(not kib or part >= (10 if script == STARTUP else 4))]
    if answers != {expected}:
        missed.count += 1
        words.append("WRONG ANSWER: " + " / ".join(sorted(answers))[:120])
    print(f"{script:26} {seconds * 1e3:9.1f} ms {ratio:7.1f} x  {kib / 1024:6.1f} MiB  1/{part:<5.1f} "
          + " ".join(words), flush=True)
    return ratio


def speed(work, rounds, missed):
    pwsh = {row[0]: (float(row[1]), int(row[2])) for row in rows("pwsh.tsv")[1:]}
    expected = {row[0]: row[1] for row in rows("expected.tsv")[1:]}
    start_rows(work, pwsh, rounds, missed)
    print(f"\n{'script, tier full':26} {'wall':>12} {'faster':>9}  {'memory':>10}  part")
    ratios = [script_row(work, script, expected[script], pwsh[script], rounds, missed) for script in sorted(expected)]
    mean = math.exp(statistics.fmean(math.log(ratio) for ratio in ratios))
    print(f"{'geometric mean':26} {'':12} {mean:7.1f} x  goal 5 x  {missed.of(mean >= 5)}\n")


GROWTH = """$w = [System.Diagnostics.Stopwatch]::StartNew(); & {{ {text} }}; $w.Elapsed.TotalMilliseconds"""


def cost(work, text, count):
    """Milliseconds inside a session, the least of three."""
    body = GROWTH.format(text=re.sub(r"\bN\b", str(count), text))
    results = [run(jesh(work, "-Command", body))[1] for _ in range(3)]
    return min(float(result.split("\n")[-1]) for result in results)


def growth(work, missed):
    print(f"{'cost of':16} {'n':>7} {'at n':>11} {'at 10 n':>11} {'times':>7}")
    for label, count, text in rows("growth.tsv"):
        one, ten = cost(work, text, int(count)), cost(work, text, int(count) * 10)
        times = ten / max(one, 0.5)  # below half a millisecond there is only noise
        print(f"{label:16} {count:>7} {one:8.2f} ms {ten:8.2f} ms {times:7.1f}  {missed.of(times <= LINEAR)}",
              flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("build")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--growth-only", action="store_true")
    options = parser.parse_args()
    missed = Missed()
    raise_priority()
    with tempfile.TemporaryDirectory() as work:
        stage(os.path.abspath(options.build), work)
        if not options.growth_only:
            speed(work, options.rounds, missed)
        growth(work, missed)
    return missed.count > 0


if __name__ == "__main__":
    sys.exit(main())
