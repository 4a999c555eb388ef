#!/usr/bin/env python3
"""Ways around ConstrainedLanguage: each line tries to reach a member, a type or a text that the mode keeps from programs,
and prints REACHED where it does. In ConstrainedLanguage it must not, and the session must go on; in FullLanguage, the
control, it must, so that a line that could never have worked proves nothing.

Rows: name, text, the ids one of which it must end in.
"""
import os
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from lines import BUILD, HERE, as_nobody  # noqa: E402

METHOD = "MethodInvocationNotSupportedInConstrainedLanguage"
SET = "PropertySetterNotSupportedInConstrainedLanguage"
CREATE = "CannotCreateTypeConstrainedLanguage"
CAST = "ConversionSupportedOnlyToCoreTypes"
MODE = "$ExecutionContext.SessionState.LanguageMode"

ROWS = [
    # a method, by every road that leads to one
    ("static", "[math]::Sqrt(4); if ([math]::Sqrt(4)) { 'REACHED' }", METHOD),
    ("static, by a name", "$m = 'Sqrt'; if ([math]::$m(4)) { 'REACHED' }", METHOD),
    ("static, by a variable", "$t = [math]; if ($t::Sqrt(4)) { 'REACHED' }", METHOD),
    ("static, by a cast", "if (([type]'math')::Sqrt(4)) { 'REACHED' }", METHOD),
    ("static, by -as", "if (('math' -as [type])::Sqrt(4)) { 'REACHED' }", METHOD),
    ("instance", "if ($Error.GetType()) { 'REACHED' }", METHOD),
    ("a block's", "if ({ 1 }.Invoke()) { 'REACHED' }", METHOD),
    ("a block's, as it is", "if ({ 1 }.InvokeReturnAsIs()) { 'REACHED' }", METHOD),
    ("a closure", "$x = 1; if ({ $x }.GetNewClosure()) { 'REACHED' }", METHOD),
    ("a pipeline in steps", "if ({ Write-Output 1 }.GetSteppablePipeline()) { 'REACHED' }", METHOD),
    ("text as a block", "if ([scriptblock]::Create('1')) { 'REACHED' }", METHOD),
    ("text by the engine", "if ($ExecutionContext.InvokeCommand.InvokeScript('1')) { 'REACHED' }", METHOD),
    ("a string expanded", "if ($ExecutionContext.InvokeCommand.ExpandString('a')) { 'REACHED' }", METHOD),
    ("a variable by the engine", "if ($ExecutionContext.SessionState.PSVariable.Get('HOME')) { 'REACHED' }", METHOD),
    ("on each item", "$l = Get-Process; if ($l.GetType()) { 'REACHED' }; if ((Get-Item /).ForEach('GetType')) { 'REACHED' }", METHOD),
    ("on each, of an array", "if (@(Get-Item /).ForEach('GetType')) { 'REACHED' }", METHOD),
    ("on each, by enumeration", "if (((Get-Item /), (Get-Item /)).ForEach('GetHashCode')) { 'REACHED' }", METHOD),
    ("by a command", "if (Get-Item / | ForEach-Object GetHashCode) { 'REACHED' }", METHOD),
    ("by a command, with a name", "if (Get-Item / | ForEach-Object -MemberName GetHashCode) { 'REACHED' }", METHOD),
    ("by a command, with arguments", "if (1 | ForEach-Object { [math] } | ForEach-Object Equals 1 | ForEach-Object { 'x' }) { 'REACHED' }", METHOD),
    ("kept and called", "$m = (Get-Item /).GetHashCode; if ($m.Invoke()) { 'REACHED' }", METHOD),
    ("kept, of a core type", "$m = 'abc'.ToUpper; if ($m.Invoke()) { 'REACHED' }", METHOD),
    ("null conditional", "$i = Get-Item /; if (${i}?.GetHashCode()) { 'REACHED' }", METHOD),
    ("in a string", "if (\"$((Get-Item /).GetHashCode())\") { 'REACHED' }", METHOD),
    ("in an index", "$a = 1, 2; if ($a[[math]::Sqrt(1)]) { 'REACHED' }", METHOD),
    ("in a format", "if ('{0}' -f [math]::Sqrt(4)) { 'REACHED' }", METHOD),
    ("in an argument", "Write-Output ([math]::Sqrt(4)) | ForEach-Object { 'REACHED' }", METHOD),
    ("in a table", "$h = @{ a = [math]::Sqrt(4) }; if ($h.a) { 'REACHED' }", METHOD),
    ("in a switch", "switch (4) { ([math]::Sqrt(16)) { 'REACHED' } }", METHOD),
    ("in a loop's head", "foreach ($i in [math]::Sqrt(4)) { 'REACHED' }", METHOD),
    ("in a finally", "try { } finally { if ([math]::Sqrt(4)) { 'REACHED' } }", METHOD),
    ("in a catch", "try { throw 1 } catch { if ([math]::Sqrt(4)) { 'REACHED' } }", METHOD),
    ("in a trap", "trap { if ([math]::Sqrt(4)) { 'REACHED' }; continue } throw 1", METHOD),
    ("in a parameter's default", "function f($a = [math]::Sqrt(4)) { if ($a) { 'REACHED' } }; f", METHOD),
    ("in a function", "function f { if ([math]::Sqrt(4)) { 'REACHED' } }; f", METHOD),
    ("in a filter", "filter f { if ([math]::Sqrt(4)) { 'REACHED' } }; 1 | f", METHOD),
    ("in a block", "& { if ([math]::Sqrt(4)) { 'REACHED' } }", METHOD),
    ("in a dotted block", ". { if ([math]::Sqrt(4)) { 'REACHED' } }", METHOD),
    ("in a command's block", "1 | ForEach-Object { if ([math]::Sqrt(4)) { 'REACHED' } }", METHOD),
    ("in a condition's block", "if (1 | Where-Object { [math]::Sqrt(4) }) { 'REACHED' }", METHOD),
    ("in a key of a sort", "1, 2 | Sort-Object { if ([math]::Sqrt(4)) { Write-Host REACHED }; 1 } | Out-Null", METHOD),
    ("in a calculated property", "if ((1 | Select-Object @{ n = 'a'; e = { [math]::Sqrt(4) } }).a) { 'REACHED' }", ""),
    ("in a group's key", "if ((1 | Group-Object { [math]::Sqrt(4) }).Name) { 'REACHED' }", ""),
    ("in a replacement", "if (('a' -replace 'a', { [math]::Sqrt(4) }) -eq '2') { 'REACHED' }", METHOD),
    ("in a splitter", "if (('a,b' -split { [math]::Sqrt(4) }).Count -gt 2) { 'REACHED' } else { if ([math]::Sqrt(4)) { 'REACHED' } }", METHOD),
    ("in a validation", "function f([ValidateScript({ [math]::Sqrt(4) })]$a) { 'REACHED' }; f 1", "ParameterArgumentValidationError"),
    ("in a text", "Invoke-Expression 'if ([math]::Sqrt(4)) { ''REACHED'' }'", METHOD),
    ("in a text in a text", "iex 'iex ''if ([math]::Sqrt(4)) { \"REACHED\" }'''", METHOD),
    ("in a command's script", "Invoke-Command { if ([math]::Sqrt(4)) { 'REACHED' } }", METHOD),
    ("in a member of its own", "$o = New-Object psobject | Add-Member ScriptProperty p { [math]::Sqrt(4) } -PassThru; if ($o.p) { 'REACHED' }", ""),
    ("in a method of its own", "$o = New-Object psobject | Add-Member ScriptMethod m { if ([math]::Sqrt(4)) { 'REACHED' } } -PassThru; $o.m()", METHOD),
    ("in a member of a type", "Update-TypeData -TypeName System.Int32 -MemberType ScriptMethod -MemberName m -Value { if ([math]::Sqrt(4)) { 'REACHED' } } -Force; (1).m()", METHOD),
    ("in a default value", "$PSDefaultParameterValues['Write-Output:InputObject'] = { if ([math]::Sqrt(4)) { 'REACHED' } }; Write-Output", METHOD),
    ("in a module", "New-Module { if ([math]::Sqrt(4)) { Write-Host REACHED } } | Out-Null", METHOD),
    ("in a class", "class C { static [int] m() { return 1 } }; if ([C]::m()) { 'REACHED' }", "ClassesNotAllowedInConstrainedLanguage"),
    ("a class in a text", "Invoke-Expression 'class C { static [int] m() { return 1 } }; if ([C]::m()) { ''REACHED'' }'", "ClassesNotAllowedInConstrainedLanguage"),
    # the error stack and the call stack are objects too
    ("an error's", "try { 1 / 0 } catch { if ($_.GetType()) { 'REACHED' } }", METHOD),
    ("an exception's", "try { 1 / 0 } catch { if ($_.Exception.GetType()) { 'REACHED' } }", METHOD),
    ("the list of errors", "$Error.Clear(); 1 / 0; $Error.Clear(); if ($Error.Count -eq 0) { 'REACHED' }", METHOD),
    ("the call's", "function f { if ($MyInvocation.MyCommand.GetType()) { 'REACHED' } }; f", METHOD),
    ("the command's own", "function f { [CmdletBinding()] param() $PSCmdlet.WriteObject('REACHED') }; f", METHOD),
    # types, and what stands for a member, are objects too
    ("a type's base", "if ([string].IsAssignableFrom([string])) { 'REACHED' }", METHOD),
    ("a process's", "if ((Get-Process -Id $PID).WaitForExit(0) -eq $false) { 'REACHED' }", METHOD),
    ("a command's text", "if ([System.Management.Automation.ProxyCommand]::Create([System.Management.Automation.CommandMetadata]::new((Get-Command Get-Item)))) { 'REACHED' }", METHOD + " " + CREATE),
    ("a text's tokens", "$e = $null; if ([System.Management.Automation.PSParser]::Tokenize('a b', [ref]$e)) { 'REACHED' }", METHOD + " " + CREATE),
    ("a list of a block's", "function f { [CmdletBinding()] param($a) $PSBoundParameters.Add('z', 1); if ($PSBoundParameters.Count -gt 1) { 'REACHED' } }; f 1", METHOD),
    ("in a module's object", "$m = New-Module -AsCustomObject { function f { if ([math]::Sqrt(4)) { 'REACHED' } } }; $m.f()", METHOD),
    ("in another runspace", "1 | ForEach-Object -Parallel { if ([math]::Sqrt(4)) { 'REACHED' } }", METHOD),
    # what FullLanguage code leaves behind, once the session has narrowed itself (NARROW is nothing in the control)
    ("a closure's block", "function f($s) { & $s }; NARROW; f { if ([math]::Sqrt(4)) { 'REACHED' } }", METHOD),
    ("a closure's block, dotted", "function f($s) { . $s }; NARROW; f { if ([math]::Sqrt(4)) { 'REACHED' } }", METHOD),
    ("a block that a command runs", "function f($s) { 1 | ForEach-Object $s }; NARROW; f { if ([math]::Sqrt(4)) { 'REACHED' } }", METHOD),
    ("a text that trusted code runs", "function f($t) { Invoke-Expression $t }; NARROW; f 'if ([math]::Sqrt(4)) { ''REACHED'' }'", METHOD),
    ("a text that trusted code makes a block", "function f($t) { & ([scriptblock]::Create($t)) }; NARROW; f 'if ([math]::Sqrt(4)) { ''REACHED'' }'", METHOD),
    ("a text that trusted code expands", "function f($t) { $ExecutionContext.InvokeCommand.ExpandString($t) }; NARROW; f '$(if ([math]::Sqrt(4)) { ''REACHED'' })'", METHOD),
    ("a function in the place of a trusted one", "function g { 'own' }; function f { g }; NARROW; function g { 'REACHED' }; f; if ([math]::Sqrt(4)) { 'REACHED' }", METHOD),
    ("a method that was kept", "$m = 'abc'.ToUpper; NARROW; if ($m.Invoke()) { 'REACHED' }", METHOD),
    ("a trusted block, dotted", "$b = { if ([math]::Sqrt(4)) { 'REACHED' } }; NARROW; . $b", "DotSourceNotSupported"),
    ("an object of a class", "class C { [int] m() { return 1 } }; $c = [C]::new(); NARROW; if ($c.m()) { 'REACHED' }", METHOD),
    ("a loop that has begun", "foreach ($i in 1, 2) { if ($i -eq 1) { NARROW } elseif ([math]::Sqrt(4)) { 'REACHED' } }", METHOD),
    ("the mode, set by trusted code", f"function f {{ {MODE} = 'FullLanguage' }}; NARROW; f; if ([math]::Sqrt(4)) {{ 'REACHED' }}", METHOD),
    # objects made, and set
    ("made", "if ([System.Text.StringBuilder]::new()) { 'REACHED' }; if ($null -ne [System.Collections.Queue]::new()) { 'REACHED' }", CREATE),
    ("made by a command", "if (New-Object System.Text.StringBuilder) { 'REACHED' }", CREATE),
    ("made, generic", "if ($null -ne [System.Collections.Generic.List[int]]::new()) { 'REACHED' }", CREATE),
    ("a reference", "$x = 1; if ([ref]$x) { 'REACHED' }", CREATE),
    ("the mode widened", f"{MODE} = 'FullLanguage'; if ([math]::Sqrt(4)) {{ 'REACHED' }}", SET),
    ("the mode, by another object", f"$s = $ExecutionContext.SessionState; $s.LanguageMode = 'FullLanguage'; if ([math]::Sqrt(4)) {{ 'REACHED' }}", SET),
    ("the mode, by its number", f"{MODE} = 0; if ([math]::Sqrt(4)) {{ 'REACHED' }}", SET),
    ("the mode of another runspace", f"1 | ForEach-Object -Parallel {{ {MODE} = 'FullLanguage'; if ([math]::Sqrt(4)) {{ 'REACHED' }} }}", SET),
    ("a member, as an object", f"$ExecutionContext.SessionState.psobject.Properties['LanguageMode'].Value = 'FullLanguage'; if ([math]::Sqrt(4)) {{ 'REACHED' }}", SET),
    ("an item's time", "$i = Get-Item (New-TemporaryFile); $i.LastWriteTime = '2001-01-01'; if ($i.LastWriteTime.Year -eq 2001) { 'REACHED' }", SET),
    ("a validation's values", "function f([ValidateSet('a')]$x) { $x }; $p = (Get-Command f).Parameters; $p.Remove('x'); if (!$p.Count) { 'REACHED' }", METHOD),
    ("the mode, by each", "$ExecutionContext.SessionState.ForEach('LanguageMode', 'FullLanguage'); if ([math]::Sqrt(4)) { 'REACHED' }", METHOD),
    # converted
    ("cast", "if ([System.Collections.ArrayList](1, 2)) { 'REACHED' }", CAST),
    ("cast, as", "if ((1, 2) -as [System.Collections.ArrayList]) { 'REACHED' }", ""),
    ("typed", "[System.Collections.ArrayList]$x = 1, 2; if ($x) { 'REACHED' }", "RuntimeException " + CAST),
    ("a parameter", "function f([System.Collections.ArrayList]$x) { 'REACHED' }; f (1, 2)", "ParameterArgumentTransformationError"),
    ("a table as an object", "if ([pscustomobject]@{ a = 1 }) { 'REACHED' }", CAST),
    ("a block as a delegate", "if ([Func[int]]{ 1 }) { 'REACHED' }", CAST),
    ("a name as a command's data", "if ([System.Management.Automation.CommandMetadata](Get-Command Get-Item)) { 'REACHED' }", CAST),
    ("each item", "if ((1, 2).ForEach([System.Text.StringBuilder])) { 'REACHED' }", CAST),
]


def run(mode, text):
    return subprocess.run([BUILD / "jesh", "-ConfigurationFile", HERE / f"profiles/lines-{mode}.pssc", "-Command", "-"],
                          input=f"{text}\n\n'GOES ' + 'ON'\n\n$Error | ForEach-Object {{ 'id ' + $_.FullyQualifiedErrorId }}\n",
                          capture_output=True, text=True, timeout=60, cwd="/", preexec_fn=as_nobody)


def judge(text, ids):
    narrows = "NARROW" in text
    shut = run("full" if narrows else "constrained", text.replace("NARROW", f"{MODE} = 'ConstrainedLanguage'"))
    open_ = run("full", text.replace("NARROW", "$null = 1"))
    if "REACHED" in shut.stdout:  # errors show the line itself
        return "it reached what it must not"
    if "GOES ON" not in shut.stdout:
        return f"the session did not go on: {shut}"
    told = {line[3:].split(",")[0] for line in shut.stdout.splitlines() if line.startswith("id ")}
    told |= {word.strip("()") for word in shut.stderr.split()}
    if ids and not told & set(ids.split()):
        return f"told {sorted(told)[:6]}, wanted {ids}"
    return None if "REACHED" in open_.stdout else f"the control did not reach it: {open_.stdout!r} {open_.stderr[:200]!r}"


def main():
    failed = 0
    for name, text, ids in ROWS:
        if len(sys.argv) > 1 and not any(word in name for word in sys.argv[1:]):
            continue
        why = judge(text, ids)
        if why:
            failed += 1
            print(f"{name}: {text[:160]}\n    {why}")
    print(f"{len(ROWS) - failed} passed, {failed} failed")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
