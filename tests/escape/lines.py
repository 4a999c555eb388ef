#!/usr/bin/env python3
"""Hostile lines typed at a real session: each must end in the ids that the table names, do nothing, and leave the
session alive: the next line still answers.

Columns of a row: id, line (bytes or text), ids that may come back in NoLanguage, in RestrictedLanguage; OK: no error;
ANY: some error; None: not tried there. A line may be long: it is sent as it is.
"""
import json
import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(ROOT / "tests/support"))
from nobody import as_nobody  # noqa: E402

BUILD = pathlib.Path(os.environ.get("BUILD", ROOT / "build"))
TEXT = "ScriptsNotAllowed"
MISSING = "CommandNotFoundException"
WITNESS = "/tmp/jea-test-out"

# What never reaches a command in NoLanguage, with RestrictedLanguage's own ids beside it.
REFUSED = [
    ("I002", "$x = 1", "AssignmentStatementNotSupportedInDataSection"),
    ("I004", "'a'*1e9", "StringMultiplyToolongInDataSection ANY"),
    ("I005", "1..2147483647", "OperatorNotSupportedInDataSection"),
    ("I008", "$(Get-Date)", "OK"),
    ("I009", '"$(Get-Date)"', "OK"),
    ("I010", "[int]1", "OK"),
    ("I014", ". Get-Date", "DotSourcingNotSupportedInDataSection"),
    ("I015", "if ($true) { Get-Date }", "OK"),
    ("I018", "Get-Date | ForEach-Object { $_ }", "ScriptBlockNotSupportedInDataSection"),
    ("I020", "try { Get-Date } catch { }", "TryStatementNotSupportedInDataSection"),
    ("I021", "trap { } Get-Date", "TrapStatementNotSupportedInDataSection"),
    ("I022", "using module /tmp/x.psm1", "ANY"),
    ("I024", "param($x)", "InvalidScriptBlockInDataSection"),
    ("I029", "$env:PATH", "VariableReferenceNotSupportedInDataSection"),
    ("I031", f"Get-Date > {WITNESS}", "RedirectionNotSupportedInDataSection"),
    ("I032", f"Get-Date 2>&1 > {WITNESS}", "RedirectionNotSupportedInDataSection"),
    ("I033", "${/etc/passwd}", "VariableReferenceNotSupportedInDataSection"),
    ("I037", "configuration c { }", "ANY"),
    ("I038", "@'\nid\n'@", "OK"),
    ("I040", "Get-Date; $x", "VariableReferenceNotSupportedInDataSection"),
    ("I149", "$true.ToString()", "MethodCallNotSupportedInDataSection"),
    ("I157", "{ id }", "ScriptBlockNotSupportedInDataSection"),
    ("I161", "function f {}", "FunctionDeclarationNotSupportedInDataSection"),
    ("I162", "foreach($i in 1){}", "ForeachStatementNotSupportedInDataSection"),
    ("I164", "do{}while($true)", "DoWhileStatementNotSupportedInDataSection"),
    ("I172", "data {1}", "DataSectionStatementNotSupportedInDataSection"),
    ("I176", "$ExecutionContext.SessionState.LanguageMode='FullLanguage'", "AssignmentStatementNotSupportedInDataSection"),
    ("I183", "class Foo{}", "TypeNotAllowedInDataSection"),
    ("I217", "function prompt { [IO.File]::ReadAllText('/etc/passwd') }", "FunctionDeclarationNotSupportedInDataSection"),
    ("I236", "('a'*1000)*1000000*1000", "StringMultiplyToolongInDataSection ANY"),
    ("I243", "[int]::MaxValue+1", "PropertyReferenceNotSupportedInDataSection"),
    ("I244", "1 -shl 2147483647; 1 -shl -1", "OK"),
    ("I244b", "1/0; 1%0; [long]-9223372036854775808 / -1; -2147483648 % -1", "RuntimeException"),
    ("I249", "'{2147483648}' -f 1", "OperatorNotSupportedInDataSection"),
    ("I251", "'x' -match '(((((((('", "OperatorNotSupportedInDataSection"),
    ("I264", "while($true){}", "ForWhileStatementNotSupportedInDataSection"),
]
# Commands that are not there, however they are spelled.
HIDDEN = [
    ("I045", "Invoke-Expression id"), ("I046", "iex id"), ("I051", "Import-Module /tmp/x.psm1"),
    ("I055", "Enter-PSHostProcess -Id 1"), ("I058", "Set-Alias Get-Date id"), ("I059", "New-Alias gd /bin/sh"),
    ("I061", "Get-Content /etc/passwd"), ("I062", "cat /etc/passwd"), ("I063", "ls"), ("I065", "pushd /"),
    ("I066", "Get-ChildItem env:"), ("I067", "Get-PSDrive"), ("I069", "Get-Variable"), ("I070", "Get-Module -ListAvailable"),
    ("I075", "ConvertFrom-Json '{}'"), ("I076", "Import-Clixml /tmp/x.xml"), ("I081", "Update-Help"),
    ("I082", f"Out-File {WITNESS}"), ("I083", f"Tee-Object {WITNESS}"), ("I087", "powershell"), ("I089", "sh"), ("I091", "./sh"),
    ("I092", "~/sh"), ("I092b", "/bin/sh -c id"), ("I095", "Microsoft.PowerShell.Utility\\Get-Variable"),
    ("I099", "Get-Date\\"), ("I100", "global:Get-Date"), ("I101", "function:Get-Date"), ("I102", "function:\\Get-Date"),
    ("I103", "alias:gci"), ("I104", "env:PATH"), ("I107", "get-dat*"), ("I108", "Get-D[a]te"), ("I109", "?et-Date"),
    ("I110", "Get-Date.exe"), ("I112", "..\\Get-Date"), ("I118", "Get-Date\u202e"), ("I283b", "~."),
]
OTHER = [
    ("I283", "!!", TEXT, "MissingExpressionAfterOperator"),
    ("I042", "Get-Date | % Year", MISSING, MISSING),
    ("I043", "Get-Date | Measure-Object -Property Year", "NamedParameterNotFound", "NamedParameterNotFound"),
    ("I044", "Get-Date | Select-Object -ExpandProperty Year", "NamedParameterNotFound", "NamedParameterNotFound"),
    ("I044b", "Get-Date | Select-Object Year", "ParameterArgumentValidationError", "ParameterArgumentValidationError"),
    ("I078", "Get-Help Get-Date -Online", "NamedParameterNotFound", "NamedParameterNotFound"),
    ("I079", "Get-Help /etc/passwd", "ParameterArgumentValidationError", "ParameterArgumentValidationError"),
    ("I080", "Get-Command -ListImported -Module *", "OK ANY", "OK ANY"),
    ("I086", "Exit-PSSession -foo", "NamedParameterNotFound", "NamedParameterNotFound"),
    ("I105", "GET-DATE", "OK", "OK"),
    ("I115", "Get\u2013Date", f"OK {MISSING}", f"OK {MISSING}"),
    ("I142", "Get-Date -OutVariable x", "VariableReferenceNotSupportedInDataSection", "VariableReferenceNotSupportedInDataSection"),
    ("I143", "Get-Date -ErrorVariable env:LD_PRELOAD", "VariableReferenceNotSupportedInDataSection", "VariableReferenceNotSupportedInDataSection"),
    ("I144", "Get-Date -PipelineVariable PSDefaultParameterValues", "VariableReferenceNotSupportedInDataSection", "VariableReferenceNotSupportedInDataSection"),
    ("I146", "Get-Date -ErrorAction Break", "OK ANY", "OK ANY"),
    ("I035", "Write-Output --% $(id)", "OK", "OK"),
    ("I025", "#requires -Version 1", f"OK {TEXT}", "OK"),
    ("I053", "New-Object System.Net.WebClient", MISSING, "CannotCreateTypeLanguageMode TypeNotFound CannotFindType"),
    ("I052", "Add-Type -TypeDefinition 'x'", MISSING, "CannotDefineNewType"),
    ("D3", "Invoke-Expression '[IO.File]::ReadAllText(''/etc/passwd'')'", MISSING, "MethodCallNotSupportedInDataSection"),
    ("D3b", "Invoke-Expression 'Get-Variable'", MISSING, MISSING),
    ("D5", "Get-Date &", "OK", "OperatorNotSupportedInDataSection"),
    ("I257", "(" * 100000, "ANY", "ANY"),
    ("I258", "{" * 100000, "ANY", "ANY"), ("I258b", "@(" * 50000, "ANY", "ANY"), ("I258c", '"' + "$(" * 50000, "ANY", "ANY"),
    ("I258d", "[" * 100000, "ANY", "ANY"), ("I258e", "-" * 100000, "ANY", "ANY"), ("I258f", "!" * 100000, "ANY", "ANY"),
    ("I258g", "1" + "+1" * 100000, "ANY", "OK ANY"), ("I258h", "Write-Output " + "a," * 100000 + "a", "OK ANY", "OK ANY"),
    ("I270", "Get-Date" + "|Get-Date" * 20000, "ANY", "ANY"),
    ("I271", "Write-Output " + "x" * (4 << 20), "OK ANY", "OK ANY"),
    ("I275", b"Write-Output \xff\xfe\xc0\xaf\xed\xa0\x80", "OK ANY", "OK ANY"),
    ("I113", b"Get-Date\x00-evil", "ANY", "ANY"),
    ("I274", "Get-Date\u0085Write-Output -foo", "OK ANY", "OK ANY"),
    ("I277", "\x1b[200~Get-Date\x1b[201~", "ANY", "ANY"),
]


def converse(mode, line):
    """Types a line and then one that must answer. Returns the ids as reported and the whole output."""
    text = (line if isinstance(line, bytes) else line.encode()) + b"\n\nGet-Date -Format yyyy|Measure-Object\n"
    done = subprocess.run([BUILD / "jesh", "-ConfigurationFile", HERE / f"profiles/lines-{mode}.pssc", "--errors=json",
                           "-Command", "-"], input=text, capture_output=True, timeout=60, cwd="/", preexec_fn=as_nobody)
    try:
        reports = [json.loads(report) for report in done.stderr.decode("utf-8", "replace").splitlines()]
        errors = [report["id"] for report in reports[:-1] if report.get("category")]
    except (ValueError, KeyError):
        errors = [f"status {done.returncode}: {done.stderr[-200:]}"]
    return errors, done.stdout.decode("utf-8", "replace")


def judge(expected, errors, out):
    if os.path.exists(WITNESS):
        os.unlink(WITNESS)
        return "it wrote a file"
    if "Count" not in out:
        return f"the session did not go on: {errors}"
    allowed = expected.split()
    first = errors[0].split(",")[0] if errors else "OK"
    if first in allowed or ("ANY" in allowed and errors and not first.startswith("status")):
        return None
    return f"answered {errors or 'nothing'}"


def main():
    rows = [(name, line, TEXT, restricted) for name, line, restricted in REFUSED]
    rows += [(name, line, MISSING, MISSING) for name, line in HIDDEN] + OTHER
    passed = failed = 0
    for name, line, *expected in rows:
        for mode, ids in zip("nr", expected):
            problem = judge(ids, *converse(mode, line))
            passed, failed = passed + (not problem), failed + bool(problem)
            if problem:
                print(f"{name} {mode} {line[:60]!r}: expected {ids}, {problem[:300]}")
    print(f"lines: {passed} passed, {failed} failed")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
