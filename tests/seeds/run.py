#!/usr/bin/env python3
"""What docs/SEEDS.md promises, asked of the real jesh: cases.jsonl in real sessions, and what is seen from outside.

A case: id, mode, in, profile (a suffix of profiles/MODE-….pssc; none: profiles/MODE.pssc), out, errors (as reported, in
order: id, and cat, line, col where given; an id of * is any). @PLACE@ is the folder of the run: read/ with a file, write/.
With words as arguments only cases and tests whose names contain one of them are run.
"""
import concurrent.futures
import json
import os
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "login"))
from common import NOBODY, place, run, write  # noqa: E402

os.umask(0o022)
PLACE = place()
JESH, JESHCTL = PLACE / "jesh", PLACE / "jeshctl"
MODES = ("NoLanguage", "RestrictedLanguage", "ConstrainedLanguage", "FullLanguage")
TYPES = ("Default", "Empty", "RestrictedRemoteServer")


def fixtures():
    for source in (HERE / "profiles").glob("*.pssc"):
        write(PLACE / source.name, source.read_text().replace("@PLACE@", str(PLACE)))
    for source in (HERE.parent.parent / "profiles" / "modes").glob("*.pssc"):
        write(PLACE / source.name, source.read_text())
    for name in "read", "write":
        (PLACE / name).mkdir()
    write(PLACE / "read" / "text", "a line\n")
    write(PLACE / "read" / "m.psm1", "function f { 1 }\nfunction mode { $ExecutionContext.SessionState.LanguageMode }\n")
    for name, told in ("m", '"$PSEdition $PSScriptRoot $EnabledExperimentalFeatures $env:PATH"'), ("calls", "(Get-Date)"), ("home", "$HOME"):
        write(PLACE / "read" / f"{name}.psd1", f"@{{ RootModule = 'm.psm1'; ModuleVersion = '1.2'; Description = {told} }}\n")
    write(PLACE / "script.ps1", "function f { 1 }\nf\n")
    if os.getuid() == 0:
        for folder in "read", "write":  # what the kernel then stops is not file permissions
            os.chown(PLACE / folder, NOBODY, NOBODY)


def profile(name, keys, linux=""):
    body = "; ".join(f"{key} = {value}" for key, value in keys.items())
    write(PLACE / f"{name}.pssc", f"@{{ SchemaVersion = '2.0.0.0'; {body}{f'; Linux = @{{ {linux} }}' if linux else ''} }}\n")
    return PLACE / f"{name}.pssc"


def session(name, *arguments, **more):
    return run([JESH, "-ConfigurationFile", PLACE / f"{name}.pssc", *arguments], **more)


def ctl(*arguments):
    return run([JESHCTL, *arguments])


def lints(name, keys, linux=""):
    return {note["id"] for note in json.loads(ctl("check", "--json", profile(name, keys, linux)).out)["notes"]}


# --- cases ------------------------------------------------------------------------------------------------------


def same_error(want, got):
    names = {"id": "id", "cat": "category", "line": "line", "col": "column"}
    return want["id"] == "*" or all(got.get(names[key]) == value for key, value in want.items())


def judge(case):
    name = case["mode"] + ("-" + case["profile"] if "profile" in case else "")
    done = session(name, "--errors=json", "-Command", case["in"].replace("@PLACE@", str(PLACE)))
    try:
        reports = [json.loads(line) for line in done.err.splitlines()]
        errors = [report for report in reports[:-1] if report.get("stream") == "error"]
        reports[-1]["errors"]
    except (ValueError, KeyError, IndexError):
        return f"{done}"
    if len(errors) != len(case["errors"]) or not all(map(same_error, case["errors"], errors)):
        return f"errors {[error['id'] for error in errors]}, wanted {[error['id'] for error in case['errors']]}"
    return None if done.out == case["out"] else f"output {done.out!r}, wanted {case['out']!r}"


# --- the mode of a session --------------------------------------------------------------------------------------


def test_S002_names_in_any_letter_case():
    for spelled, answer in ("RESTRICTEDLANGUAGE", "2\n"), ("noLANGUAGE", ""):
        file = profile("spelled", {"SessionType": "'RestrictedRemoteServer'", "LanguageMode": f"'{spelled}'"})
        assert session(file.stem, "-Command", "1 + 1").out == answer, spelled
    assert ctl("check", profile("spelled", {"LanguageMode": "'HalfLanguage'"})).status != 0


def test_S005_the_mode_does_not_depend_on_how_text_comes():
    for arguments, text in (["-Command", "1 + 1"], ""), (["-Command", "-"], "1 + 1\n"), (["-s"], "1 + 1\n"):
        none, some = (session(mode, *arguments, stdin=text) for mode in MODES[:2])
        assert none.out == "" and "ScriptsNotAllowed" in none.err, none
        assert some.out == "2\n", some
    asked = "$ExecutionContext.SessionState.LanguageMode"
    for arguments, text in (["-Command", asked], ""), (["-Command", "-"], asked + "\n"), (["-s"], asked + "\n"):
        assert [session(mode, *arguments, stdin=text).out for mode in MODES[2:]] == [mode + "\n" for mode in MODES[2:]]


def test_S006_every_session_says_its_mode():
    for mode in MODES:
        done = run(["sh", "-c", f"{JESH} -ConfigurationFile {PLACE}/{mode}.pssc --status-fd 3 -c 'Write-Output x' 3>&1 >&2"])
        start = json.loads(done.out.splitlines()[0])
        assert start["event"] == "start" and start["mode"] == mode and start["tier"] in ("full", "in-place"), done


def test_S009_a_session_from_a_file():
    for mode in MODES:
        done = session(mode, "-Command", "Write-Output here")
        assert (done.status, done.out) == (0, "here\n"), done
        assert session(mode, "-Command", "Get-Nothing").status == 1


def test_S013_explain_names_the_mode():
    for mode in MODES:
        assert f": {mode}," in ctl("explain", PLACE / f"{mode}.pssc").out
        assert json.loads(ctl("explain", "--json", PLACE / f"{mode}.pssc").out)["mode"] == mode


def test_S019_check_names_the_mode():
    for mode in MODES:
        file = profile("checked", {"SessionType": "'Default'", "LanguageMode": f"'{mode}'"})
        assert json.loads(ctl("check", "--json", file).out)["mode"] == mode


def test_S014_all_findings_are_told_and_nothing_runs():
    done = session("RestrictedLanguage", "-Command", "Write-Output ran; $ExecutionContext.SessionState.LanguageMode")
    assert done.out == "" and done.status == 1 and done.err.count("NotSupportedInDataSection)") == 3, done


def test_S033_an_endpoint_in_every_mode():
    for mode in MODES[2:]:
        file = profile("whole", {"SessionType": "'Default'", "LanguageMode": f"'{mode}'"})
        done = session(file.stem, "-Command", "function f { $ExecutionContext.SessionState.LanguageMode }; f")
        assert (done.status, done.out) == (0, mode + "\n"), done


def test_S040_a_script_file_has_the_mode_of_the_session():
    for mode, name in zip(MODES[:2], ("ScriptsNotAllowed", "FunctionDeclarationNotSupportedInDataSection")):
        done = session(mode, "-File", PLACE / "script.ps1")
        assert done.status == 1 and done.out == "" and name in done.err, done


def test_S044_every_mode_with_every_session_type():
    for mode in MODES:
        for kind in TYPES:
            done = ctl("check", "--json", profile("pair", {"SessionType": f"'{kind}'", "LanguageMode": f"'{mode}'"}))
            assert done.status == 0 and json.loads(done.out)["mode"] == mode, (mode, kind, done)


def test_S046_roles_refuse_the_session_until_they_are_built():
    file = profile("roles", {"SessionType": "'RestrictedRemoteServer'",
                             "RoleDefinitions": "@{ 'nobody' = @{ RoleCapabilities = 'X' } }"})
    done = session(file.stem, "-Command", "Get-Command")
    assert done.status == 125 and done.out == "" and "RoleDefinitions" in done.err, done


def test_S048_the_default_commands_bring_no_files_sockets_or_processes():
    for mode in MODES[:2]:
        rights = {right["right"] for right in json.loads(ctl("explain", "--json", PLACE / f"{mode}-bare.pssc").out)["rights"]}
        assert rights <= {"BASE", "TERMINAL"}, rights


def test_S050_a_program_runs_under_the_policy_of_every_mode():
    for mode in MODES:
        file = profile("wrapped", {"SessionType": "'Default'", "LanguageMode": f"'{mode}'"}, "View = 'Caller'; Rights = 'Exec', 'FileRead'")
        done = run([JESH, "--profile", file, "--", "/bin/echo", "ran"])
        assert (done.status, done.out) == (0, "ran\n"), done


# --- securing a session -----------------------------------------------------------------------------------------

RESTRICTED = {"SessionType": "'RestrictedRemoteServer'"}


def test_S218_each_recommendation_is_a_lint():
    advice = {"LintProviderFileSystem": {"VisibleProviders": "'FileSystem'"}, "LintCode": {"VisibleCmdlets": "'Add-Type'"},
              "LintProviderCertificate": {"VisibleProviders": "'Certificate'"}, "LintRunspace": {"VisibleCmdlets": "'Start-Job'"},
              "LintTracing": {"VisibleCmdlets": "'Trace-Command'"}, "LintDebugger": {"VisibleCmdlets": "'Set-PSBreakpoint'"},
              "LintProxy": {"FunctionDefinitions": "@{ Name = 'Get-Help'; ScriptBlock = { } }"},
              "LanguageBesideHiddenCommands": {"LanguageMode": "'RestrictedLanguage'"},
              "LintEverything": {"VisibleCmdlets": "'*'"}}
    plain = lints("advice", RESTRICTED)
    for name, keys in advice.items():
        assert name not in plain and name in lints("advice", RESTRICTED | keys), name


def test_S221_a_writable_mount_is_a_lint():
    keys = RESTRICTED | {"VisibleProviders": "'FileSystem'"}
    assert "LintWritable" in lints("writable", keys, "View = 'Paths'; Mounts = @(@{ Path = '/tmp'; Writable = $true })")
    assert "LintWritable" not in lints("writable", keys, "View = 'Paths'; Mounts = '/tmp'")


def test_S222_nothing_can_be_run_from_a_mount():
    for mode in MODES[:2]:
        policy = ctl("explain", "--policy", PLACE / f"{mode}-files.pssc").out
        mounts = [line for line in policy.splitlines() if re.match(r"  bind +" + re.escape(str(PLACE)), line)]
        assert len(mounts) == 2 and all(",noexec" in line for line in mounts), policy


def test_S220_explain_says_what_a_provider_brings():
    without, shown = (ctl("explain", "--policy", PLACE / f"NoLanguage{name}.pssc").out for name in ("-bare", "-files"))
    for what in "openat", f"{PLACE}/read", "FILE_READ":
        assert what in shown, what
    assert f"{PLACE}/read" not in without and not re.search(r"FILE_READ:.*\n.*asked by", without)


def test_S229_a_definition_of_ones_own_refuses_the_session_until_functions_are_built():
    file = profile("proxy", RESTRICTED | {"FunctionDefinitions": "@{ Name = 'Get-Help'; ScriptBlock = { } }"})
    done = session(file.stem, "-Command", "Get-Help")
    assert done.status == 125 and "EffectNotBuilt" in done.err, done


def test_S241_explain_knows_a_restricted_command():
    assert "Measure-Object is visible" in ctl("explain", PLACE / "NoLanguage-bare.pssc", "Measure-Object").out


def test_S242_NoLanguage_without_being_asked():
    for kind, mode in ("RestrictedRemoteServer", "NoLanguage"), ("Empty", "NoLanguage"), ("Default", "FullLanguage"):
        assert json.loads(ctl("check", "--json", profile("unsaid", {"SessionType": f"'{kind}'"})).out)["mode"] == mode


# ----------------------------------------------------------------------------------------------------------------


def outcome(name, test):
    try:
        problem = test()
    except (AssertionError, ValueError, KeyError, IndexError) as failure:
        problem = f"{type(failure).__name__}: {failure}"
    if problem:
        print(f"FAILED {name}: {problem}")
    return problem is None


def main(words):
    fixtures()
    chosen = [(name, test) for name, test in sorted(globals().items()) if name.startswith("test_")]
    for line in (HERE / "cases.jsonl").read_text().splitlines():
        case = json.loads(line)
        chosen.append((case["id"], lambda case=case: judge(case)))
    chosen = [(name, test) for name, test in chosen if not words or any(word in name for word in words)]
    results = [outcome(*row) for row in chosen if row[0].startswith("test_")]  # these share files
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        results += pool.map(lambda row: outcome(*row), [row for row in chosen if not row[0].startswith("test_")])
    print(f"{sum(results)} passed, {len(results) - sum(results)} failed")
    return 1 if not all(results) else 0


sys.exit(main(sys.argv[1:]))
