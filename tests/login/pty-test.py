#!/usr/bin/env python3
"""The interactive shell, driven through a pseudo-terminal as a person at a keyboard drives it."""
import os
import signal
import time

from common import Terminal, place, run_tests

PLACE = place()
PROMPT = r"PS> $"


def shell(profile="none", *more, **options):
    return Terminal([PLACE / "jesh", "-ConfigurationFile", PLACE / f"{profile}.pssc", *more], **options)


def ready(*args, **options):
    terminal = shell(*args, **options)
    terminal.expect(PROMPT)
    return terminal


def ends(terminal, status):
    found = terminal.wait()
    assert found == status, f"status {found}, expected {status}"
    assert terminal.modes_restored(), "the terminal's modes were not restored"


def test_banner_says_profile_mode_and_tier():
    terminal = shell()
    terminal.expect(r"none, NoLanguage, sandbox tier (full|in-place)\nPS> $")
    terminal.send("exit\r")
    ends(terminal, 0)


def test_nologo_has_no_banner():
    terminal = shell("none", "-NoLogo")
    found = terminal.expect(PROMPT)
    assert "tier" not in found.string, found.string
    terminal.send("exit 3\r")
    ends(terminal, 3)


def test_a_command_runs_and_its_output_comes_back():
    terminal = ready()
    terminal.send("Write-Output hello\r")
    terminal.expect(r"Write-Output hello\nhello\nPS> $")
    terminal.send("\x04")
    ends(terminal, 0)


def test_keys_edit_the_line():
    terminal = ready()
    terminal.send("rite-Output ac\x1b[Db\x01W\x05d\r")  # left, Ctrl-A, Ctrl-E
    terminal.expect(r"\nabcd\n")
    terminal.send("Write-Output one two\x17three\r")  # Ctrl-W
    terminal.expect(r"\none\W+three\n")
    terminal.send("nonsense\x15Write-Output u\r")  # Ctrl-U
    terminal.expect(r"\nu\n")
    terminal.send("Write-Output \u65e5\u672cx\x7f\r")  # wide characters, Backspace
    terminal.expect("\n\u65e5\u672c\n")
    terminal.send("exit\r")
    ends(terminal, 0)


def test_history_and_search():
    terminal = ready()
    for word in "first", "second":
        terminal.send(f"Write-Output {word}\r")
        terminal.expect(rf"\n{word}\nPS> $")
    terminal.send("\x1b[A\x1b[A\r")
    terminal.expect(r"\nfirst\n")
    terminal.send("\x12sec\r")  # Ctrl-R
    terminal.expect(r"\nsecond\n")
    terminal.send("exit\r")
    ends(terminal, 0)


def test_completion_shows_what_is_visible_and_nothing_else():
    terminal = ready()
    terminal.send("Write-O\t")
    terminal.expect(r"Write-Output")
    terminal.send(" done\r")
    terminal.expect(r"\ndone\n")
    terminal.send("Write-\t\t")
    found = terminal.expect(r"Write-Output +Write-Warning")
    assert "Write-Error" not in found.string, found.string
    terminal.send("\x03")
    terminal.expect(PROMPT)
    terminal.send("Remove-\t\t")  # exists in PowerShell, not here
    terminal.quiet()
    assert "Item" not in terminal.text(), terminal.text()
    terminal.send("\x03exit\r")
    ends(terminal, 0)


def test_completion_of_parameters():
    terminal = ready()
    terminal.send("Get-Date -Forma\t")
    terminal.expect(r"Get-Date -Format")
    terminal.send("\x03exit\r")
    ends(terminal, 0)


def test_incomplete_input_asks_for_more():
    terminal = ready()
    terminal.send("Write-Output 'a\r")
    terminal.expect(r">> $")
    terminal.send("b'\r")
    terminal.expect(r"a\s+b")
    terminal.send("exit\r")
    ends(terminal, 0)


def test_pasted_newlines_do_not_run():
    terminal = ready()
    terminal.send("\x1b[200~Write-Output one\rWrite-Output two\x1b[201~")
    terminal.quiet()
    assert "\none\n" not in terminal.text(), "a pasted line ran before Enter"
    terminal.send("\x03exit\r")
    ends(terminal, 0)


def test_control_c_drops_the_line():
    terminal = ready()
    terminal.send("Write-Output never\x03")
    terminal.expect(r"PS> Write-Output never\nPS> $")
    terminal.send("Write-Output after\r")
    terminal.expect(r"\nafter\n")
    terminal.send("exit\r")
    ends(terminal, 0)


def test_control_c_stops_the_pipeline_and_not_the_session():
    terminal = ready()
    start = time.monotonic()
    terminal.send("Start-Sleep 30\r")
    terminal.quiet(0.5)
    terminal.send("\x03")
    terminal.expect(PROMPT)
    assert time.monotonic() - start < 10
    terminal.send("Write-Output alive\r")
    terminal.expect(r"\nalive\n")
    terminal.send("exit\r")
    ends(terminal, 0)


def test_typed_ahead_is_kept():
    terminal = ready()
    terminal.send("Write-Output one\rWrite-Output two\rexit 5\r")
    terminal.expect(r"\none\nPS> Write-Output two\ntwo\n")
    ends(terminal, 5)


def test_a_failure_colours_the_prompt_unless_told_not_to():
    terminal = ready()
    terminal.send("Write-Outptu\r")
    terminal.expect(r"PS\x1b\[31;1m>\x1b\[0m ", raw=True)
    terminal.send("exit\r")
    terminal.wait()
    terminal = ready(env={"TERM": "xterm", "NO_COLOR": "1"})
    terminal.send("Write-Outptu\r")
    terminal.expect(r"Outptu\n(.*\n)*PS> $")
    terminal.quiet()
    assert "\x1b[3" not in terminal.seen
    terminal.send("exit\r")
    terminal.wait()


def test_the_window_size_follows():
    terminal = ready()
    terminal.resize(30, 20)
    os.kill(terminal.pid, signal.SIGWINCH)
    time.sleep(0.2)
    terminal.seen = ""
    terminal.send("Write-Output 12345678901234567890")
    terminal.quiet()
    terminal.send("x")
    terminal.quiet()
    assert "\x1b[1A" in terminal.seen, "the line was not drawn over two rows of 20 columns"
    terminal.send("\x03exit\r")
    ends(terminal, 0)


def test_every_way_out_restores_the_terminal():
    for number in signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT:
        terminal = ready()
        assert not terminal.modes_restored(), "positive control: raw mode is on"
        os.kill(terminal.pid, number)
        ends(terminal, 128 + number)


def test_control_z_suspends_jesh_itself():
    terminal = ready()
    terminal.send("\x1a")
    end = time.monotonic() + 5
    while time.monotonic() < end:
        pid, status = os.waitpid(terminal.pid, os.WNOHANG | os.WUNTRACED)
        if pid:
            break
        time.sleep(0.02)
    assert pid and os.WIFSTOPPED(status), "not stopped"
    assert terminal.modes_restored(), "the terminal was left raw"
    os.kill(terminal.pid, signal.SIGCONT)
    time.sleep(0.2)
    terminal.seen = ""
    terminal.send("Write-Output back\r")
    terminal.expect(r"\nback\n")
    terminal.send("exit\r")
    ends(terminal, 0)


def test_a_killed_session_ends_jesh_and_restores():
    terminal = ready()
    children = open(f"/proc/{terminal.pid}/task/{terminal.pid}/children").read().split()
    assert children, "positive control: there is a session"
    for child in children:
        os.kill(int(child), signal.SIGKILL)
    ends(terminal, 137)


def test_one_command_at_a_terminal():
    terminal = shell("none", "-Command", "Write-Output once")
    terminal.expect(r"once\n")
    ends(terminal, 0)


def wrapped(*argv):
    return Terminal([PLACE / "jesh", "--profile", PLACE / "program.pssc", "--", *argv])


def test_control_c_reaches_a_wrapped_program():
    # A trap, for a shell that is just starting a program may take the signal and go on (dash, in vfork).
    terminal = wrapped("/bin/sh", "-c", "trap 'exit 130' INT; echo started; for i in $(seq 200); do sleep 0.1; done")
    terminal.expect(r"started\n")
    terminal.send("\x03")
    ends(terminal, 130)


def test_a_wrapped_shell_has_job_control():
    terminal = wrapped("/bin/sh", "-i")
    found = terminal.expect(r"[$#] $")
    assert "job control" not in found.string, found.string
    terminal.send("sleep 20\r")
    time.sleep(0.3)
    terminal.send("\x03")
    terminal.expect(r"\^C\s*[$#] $")
    terminal.send("exit 9\r")
    ends(terminal, 9)


def test_the_terminal_has_a_name():
    terminal = wrapped("/bin/sh", "-c", "tty; ls $(tty)")
    terminal.expect(r"(/dev/console|/dev/pts/\d+)\n\1\n")
    ends(terminal, 0)


if __name__ == "__main__":
    run_tests(globals())
