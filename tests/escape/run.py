#!/usr/bin/env python3
"""Hostile native code behind the real launcher: every attempt, in every shipped profile and tier.

run.py                 controls, then every profile × tier with all layers: exit 1 if anything gets through
run.py --layers        also with one layer removed, and with each layer alone; compares with layers.tsv
run.py --layers --update  writes layers.tsv

An attempt counts as stopped only where its positive control got through (or the table says that this kernel never
grants it) and its verdict inside is one that the table lists. A right of the profile that grants it is reported as such.
"""
import argparse
import concurrent.futures
import json
import os
import pathlib
import signal
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(ROOT / "tests/support"))
from nobody import NOBODY, as_nobody_apart  # noqa: E402

BUILD = pathlib.Path(os.environ.get("BUILD", ROOT / "build"))
# What each layer is made of, as rows of launcher/steps.def. FILTER_TWO is the interpreter's own. no_new_privs is not
# among them, since the kernel gives an ordinary user neither Landlock nor filters without it; nor is the closing of
# descriptors, which is the very step that hands the session its own (attempts K031 and K032 hold it).
LAYERS = {
    "namespaces": [],  # removed by running in place
    "capabilities": ["CAPABILITIES"],
    "landlock": ["LANDLOCK"],
    "limits": ["LIMITS"],
    "memory": ["MEMORY"],
    "filter-1": ["FILTER"],
    "filter-2": ["FILTER_TWO"],
}


def run(argv):
    return subprocess.run(argv, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, cwd="/",
                          preexec_fn=as_nobody_apart)


def attempts():
    rows = {}
    for line in run([BUILD / "test/control", "--list"]).stdout.splitlines():
        name, control, stopped, granted, what = line.split("\t")
        rows[name] = dict(control=control, stopped=stopped.split(), granted=granted.split(), what=what)
    return rows


def controls():
    done = run([BUILD / "test/control"])
    return dict(line.split("\t") for line in done.stdout.splitlines())


def rights(profile):
    """The rights of a profile, from the printed policy."""
    policy = run([BUILD / "jeshctl", "explain", "--json", profile])
    return {row["right"] for row in json.loads(policy.stdout)["rights"]}


def session(profile, tier, attempt, dropped=()):
    command = [str(BUILD / "test/jesh")]
    for step in dropped:
        command += ["--test-drop", step]
    payload = "probe-bare" if "FILTER_TWO" in dropped else "probe"
    command += ["--test-payload", str(BUILD / "test" / payload), "-ConfigurationFile", str(profile), "-Command", attempt]
    if tier == "in-place":
        command.insert(0, str(BUILD / "test/dockerlike"))
    done = run(command)
    line = done.stdout.strip().split("\t")
    if len(line) == 2 and line[0] == attempt:
        return line[1]
    if done.returncode > 128 and done.returncode - 128 in signal.valid_signals():
        return signal.Signals(done.returncode - 128).name[3:]
    return f"exit {done.returncode}: {done.stderr.strip()[:160]}"


def sweep(jobs):
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        return dict(zip(jobs, pool.map(lambda job: session(*job), jobs)))


def judge(row, verdict, granted):
    if verdict in row["stopped"]:
        return "stopped"
    if granted & set(row["granted"]):
        return "granted"
    return "THROUGH" if verdict == "OK" else "UNEXPECTED"


def check_controls(rows, outside):
    bad = [name for name, row in rows.items() if row["control"] != "none" and outside.get(name) != "OK"]
    for name in bad:
        print(f"control {name}: {rows[name]['what']}: {outside.get(name)} outside; it proves nothing inside")
    return len(bad)


def check_all(rows, profiles):
    jobs = [(p, t, a) for p in profiles for t in ("full", "in-place") for a in rows
            if not (t == "in-place" and p.stem == "full")]
    counts, bad = {"stopped": 0, "granted": 0}, 0
    granted = {p: rights(p) for p in profiles}
    for (profile, tier, name), verdict in sweep(jobs).items():
        outcome = judge(rows[name], verdict, granted[profile])
        if outcome in counts:
            counts[outcome] += 1
            continue
        bad += 1
        print(f"{outcome} {profile.stem} {tier} {name}: {rows[name]['what']}: {verdict}")
    print(f"escape: {counts['stopped']} stopped, {counts['granted']} granted by a right of the profile")
    return sum(counts.values()), bad


def without(layer):
    return ("in-place" if layer == "namespaces" else "full"), tuple(LAYERS[layer])


def alone(layer):
    dropped = tuple(step for other, steps in LAYERS.items() if other != layer for step in steps)
    return ("full" if layer == "namespaces" else "in-place"), dropped


def layer_table(rows, profile):
    jobs, key = [], {}
    for name in rows:
        for layer in LAYERS:
            for column, (tier, dropped) in ((f"-{layer}", without(layer)), (f"only {layer}", alone(layer))):
                job = (profile, tier, name, dropped)
                key[job, column] = name
                jobs.append(job)
    verdicts = sweep(list(dict.fromkeys(jobs)))
    table = {name: {} for name in rows}
    for (job, column), name in key.items():
        held = verdicts[job] in rows[name]["stopped"]
        table[name][column] = "held" if held else verdicts[job]
    return table


def describe(rows, table):
    """ID, the layers that hold it alone, the layers without which it gets through, what."""
    lines = []
    for name, cells in table.items():
        holders = [layer for layer in LAYERS if cells[f"only {layer}"] == "held"]
        needed = [layer for layer in LAYERS if cells[f"-{layer}"] != "held"]
        lines.append("\t".join([name, " ".join(holders) or "-", " ".join(needed) or "-", rows[name]["what"]]))
    return lines


def check_layers(rows, update):
    profile = ROOT / "profiles/modes/nolanguage.pssc"
    lines = describe(rows, layer_table(rows, profile))
    path = HERE / "layers.tsv"
    text = "# attempt\theld by each of these alone\tnot held without\twhat\n" + "\n".join(lines) + "\n"
    if update:
        path.write_text(text)
    old = path.read_text().splitlines()
    changed = [line for line in text.splitlines() if line not in old]
    for line in changed:
        print(f"layers.tsv differs: {line}")
    return len(lines), len(changed)


def clean_up():
    """Files that an attempt made and, killed by the kernel, could not remove."""
    for path in pathlib.Path("/tmp").glob("jesh-escape-*"):
        if path.lstat().st_uid in (os.getuid(), NOBODY):
            path.unlink()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--layers", action="store_true")
    parser.add_argument("--update", action="store_true")
    options = parser.parse_args()
    rows, outside = attempts(), controls()
    bad = check_controls(rows, outside)
    passed, failed = check_all(rows, sorted((ROOT / "profiles/modes").glob("*.pssc")))
    if options.layers:
        more, changed = check_layers(rows, options.update)
        passed, failed = passed + more - changed, failed + changed
    clean_up()
    print(f"escape: {passed} passed, {failed + bad} failed")
    sys.exit(bool(failed + bad))


if __name__ == "__main__":
    main()
