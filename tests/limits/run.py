#!/usr/bin/env python3
"""Every row of profiles/limits.def is reached, and ends as its row says: run.py BUILD-FOLDER

A row of limits.tsv: the limit and its value as a profile writes them; the text to run; the exit status; a part of what
is printed or reported. What a script can see it catches, and goes on. TempMB counts in the private home of a login alone,
so its text is a login's, with an /etc of its own, which takes root.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
OF_LOGINS = ("TempMB",)
PROFILE = """@{{
    SchemaVersion = '2.0.0.0'
    SessionType = 'Default'
    LanguageMode = 'FullLanguage'
    Linux = @{{ Limits = @{{ {name} = {value} }} }}
}}
"""


def unprivileged():
    return {"user": 65534, "group": 65534, "extra_groups": []} if os.getuid() == 0 else {}


def known_limits():
    with open(os.path.join(ROOT, "profiles", "limits.def"), encoding="utf-8") as text:
        return re.findall(r'^LIMIT\(\w+, "(\w+)"', text.read(), re.M)


def cases():
    with open(os.path.join(HERE, "limits.tsv"), encoding="utf-8") as lines:
        return [line.rstrip("\n").split("\t") for line in lines if line.strip() and not line.startswith("#")]


LOGIN = """set -e; d=$(mktemp -d); mount --make-rprivate /; mount -t tmpfs tmpfs $d; cp -a /etc/. $d/ 2>/dev/null || true
chmod 755 $d; mount --move $d /etc; rmdir $d; mkdir -p /etc/jesh/endpoints; cp "$1" /etc/jesh/endpoints/login.pssc
echo "jesh-limits:x:64999:65534::$4:/bin/sh" >>/etc/passwd
exec setpriv --reuid=64999 --regid=65534 --clear-groups "$2" -Login -c "$3"
"""


def can_log_in():
    return os.getuid() == 0 and subprocess.run(["unshare", "-m", "true"], capture_output=True, check=False).returncode == 0


def command(work, name, profile, script, text):
    if name in OF_LOGINS:
        return ["unshare", "-m", "sh", "-c", LOGIN, "sh", profile, work + "/jesh", text, work + "/home"], {}
    return [work + "/jesh", "-ConfigurationFile", profile, "-File", script], unprivileged()


def run(work, name, value, text):
    profile, script = f"{work}/{name}.pssc", f"{work}/{name}.ps1"
    with open(profile, "w", encoding="utf-8") as out:
        out.write(PROFILE.format(name=name, value=value))
    with open(script, "w", encoding="utf-8") as out:
        out.write(text)
    for path in (profile, script):
        os.chmod(path, 0o644)
    argv, who = command(work, name, profile, script, text)
    done = subprocess.run(argv, cwd="/", timeout=120, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, check=False, **who)
    return done.returncode, done.stdout[-4000:].decode(errors="replace"), done.stderr[-4000:].decode(errors="replace")


def check(work, name, value, text, status, part):
    if name in OF_LOGINS and not can_log_in():
        print(f"not here: {name} (needs root and a mount namespace)")
        return True
    got, out, err = run(work, name, value, text)
    if got == int(status) and part in out + err:
        return True
    print(f"{name} = {value}: status {got} for {status}, wanted '{part}' in: {out[-300:]!r} {err[-300:]!r}")
    return False


def main():
    build = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as work:
        os.chmod(work, 0o755)
        os.mkdir(work + "/home")
        for name in ("jesh", "jesh-full", "jesh-restricted"):
            shutil.copy2(os.path.join(build, name), work)
        results = [check(work, *case) for case in cases()]
    missing = set(known_limits()) - {case[0] for case in cases()}
    for name in sorted(missing):
        print(f"{name}: no case in tests/limits/limits.tsv")
    print(f"limits: {sum(results)} passed, {len(results) - sum(results) + len(missing)} failed")
    return not all(results) or bool(missing)


if __name__ == "__main__":
    sys.exit(main())
