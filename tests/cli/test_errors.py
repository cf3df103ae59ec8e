"""Bad input: exit code 2, one line on standard error, and with JSON an object with the error."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.sources import FINE, SLOW

Run = Callable[..., Any]

BAD_FILES: dict[str, bytes] = {
    "binary.py": b"\x7fELF\0\0",
    "latin.py": "name = 'é'\n".encode("latin-1"),
    "late.py": FINE.encode() * 10 + b"x = '\xe9'\n",
    "unknown.py": b"# coding: klingon\nx = 1\n",
    "codec.py": b"# coding: rot13\nx = 1\n",
    "marked.py": b"\xef\xbb\xbf# coding: latin-1\nx = 1\n",
    "wide.py": "x = 1\n".encode("utf-16"),
    "book.ipynb": b"[]",
}


def make(project: Path) -> None:
    for name, content in BAD_FILES.items():
        (project / name).write_bytes(content)
    (project / "fine.py").write_text(FINE)


BROKEN_CONFIGURATIONS = {
    "[tool.perfwise\n": "pyproject.toml: Expected ']' at the end of a table declaration (at line 1, column 15)",
    '[tool.perfwise]\nselect = ["PW101"\n': "pyproject.toml: Unclosed array (at line 2, the last)",
    '[tool.perfwise]\nselct = ["PW101"]\n': (
        "pyproject.toml: tool.perfwise.selct: unknown setting; did you mean 'select'?"
    ),
    '[tool.perfwise]\nselect = "PW101"\n': "pyproject.toml: tool.perfwise.select: must be a list of strings",
    '[tool.perfwise]\nselect = ["PW110x"]\n': "pyproject.toml: tool.perfwise.select: unknown rule 'PW110x'",
    '[tool.perfwise]\npython-version = "py311"\n': (
        "pyproject.toml: tool.perfwise.python-version: 'py311' is not a Python version; write it like \"3.12\""
    ),
    "[tool.perfwise.thresholds]\ncyclomatic = -1\n": (
        "pyproject.toml: tool.perfwise.thresholds.cyclomatic: must be a whole number, 0 or more"
    ),
    "[tool]\nperfwise = 3\n": "pyproject.toml: perfwise must be a table",
    '[project]\nrequires-python = "three"\n': ("pyproject.toml: project.requires-python: 'three' is not a specifier"),
    "tool = 3\n": "pyproject.toml: tool must be a table",
}

USAGE = [
    ([], "Missing argument 'PATHS...'."),
    (["missing.py"], "missing.py: no such file or directory"),
    (["fine.py", "missing.py"], "missing.py: no such file or directory"),
    (["fine.py/x.py"], "fine.py/x.py: not a directory"),
    (["/dev/null"], "/dev/null: neither a file nor a folder"),
    (["binary.py"], "binary.py: is a binary file"),
    (["wide.py"], "wide.py: is a binary file"),
    (["latin.py"], "latin.py: is not valid utf-8 (line 1, byte 0xe9)"),
    (["late.py"], "late.py: is not valid utf-8 (line 21, byte 0xe9)"),
    (["unknown.py"], "unknown.py: unknown encoding: klingon"),
    (["codec.py"], "codec.py: 'rot13' is not a text encoding"),
    (["marked.py"], "marked.py: encoding problem: utf-8"),
    (["book.ipynb"], "book.ipynb: is not a notebook"),
    (["fine.py", "--select", "PW1000"], "Invalid value for '--select': unknown rule 'PW1000'; did you mean 'PW"),
    (["fine.py", "--ignore", "list-membership-in-lop"], "did you mean 'list-membership-in-loop'?"),
    (["fine.py", "--python-version", "2.7"], "'2.7' is not a Python version; write it like \"3.12\""),
    (["fine.py", "--python-version", "3"], "'3' is not a Python version; write it like \"3.12\""),
    (["fine.py", "--jobs", "0"], "Invalid value for '--jobs': 0 is not in the range x>=1."),
    (["fine.py", "--format", "xml"], "Invalid value for '--format': 'xml' is not one of"),
    (["fine.py", "--loud"], "No such option '--loud'."),
    (["fine.py", "--select"], "Option '--select' requires an argument."),
    (["fine.py", "--changed", "HEAD"], "--changed needs a git repository, and . is in none"),
    ([".", "--exclude", "!"], "--exclude: '!' is not a gitignore pattern"),
    (["-", "fine.py"], "- stands alone: neither other paths nor --changed go with it"),
    (["fine.py", "--stdin-filename", "x.py"], "--stdin-filename goes with the path -"),
]


def assert_error(outcome: Any, message: str, *, has_json: bool = False) -> None:
    assert outcome.code == 2
    assert outcome.err.startswith("perfwise: ")
    assert outcome.err.count("\n") == 1
    assert message in outcome.err
    if has_json:
        assert outcome.json == {"error": outcome.err.removeprefix("perfwise: ").removesuffix("\n")}
    else:
        assert outcome.out == ""


@pytest.mark.parametrize(
    ("arguments", "message"), USAGE, ids=lambda value: " ".join(value) if isinstance(value, list) else ""
)
def test_check(project: Path, perfwise: Run, arguments: list[str], message: str) -> None:
    make(project)
    assert_error(perfwise("check", *arguments), message)
    if "--format" not in arguments:
        assert_error(perfwise("check", "--format", "json", *arguments), message, has_json=True)


@pytest.mark.parametrize("command", ["check", "fix", "complexity"])
@pytest.mark.parametrize("content", BROKEN_CONFIGURATIONS)
def test_configuration(project: Path, perfwise: Run, command: str, content: str) -> None:
    make(project)
    (project / "pyproject.toml").write_text(content)
    assert_error(perfwise(command, "fine.py", "--format=json"), BROKEN_CONFIGURATIONS[content], has_json=True)


@pytest.mark.parametrize("command", ["check", "fix", "complexity"])
def test_what_is_met_while_walking_is_skipped(project: Path, perfwise: Run, command: str) -> None:
    make(project)
    (project / "in").mkdir()
    (project / "in" / "pyproject.toml").write_text("[")
    (project / "gone.py").symlink_to("nowhere.py")
    (project / "loop.py").symlink_to("loop.py")
    outcome = perfwise(command, ".", "--format", "json")
    assert (outcome.code, outcome.err) == (0, "")
    skipped = outcome.json["skipped"]
    assert [entry["path"] for entry in skipped] == sorted([*BAD_FILES, "gone.py", "in/pyproject.toml", "loop.py"])
    assert all(entry["reason"] for entry in skipped)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["fix", "fine.py", "--unsafe", "--verify"], "--unsafe and --verify exclude each other"),
        (["fix", "missing.py"], "missing.py: no such file or directory"),
        (["fix", "latin.py"], "latin.py: is not valid utf-8 (line 1, byte 0xe9)"),
        (["fix", "book.ipynb"], "book.ipynb: notebooks are fixed in the editor"),
        (["complexity", "missing.py"], "missing.py: no such file or directory"),
        (["complexity", "binary.py"], "binary.py: is a binary file"),
        (["complexity"], "Missing argument 'PATHS...'."),
        (["explain", "PW000"], "unknown rule 'PW000'; did you mean"),
        (["explain", "pop-frnt"], "unknown rule 'pop-frnt'; did you mean 'pop-front'?"),
        (["explain"], "Missing argument 'CODE'."),
        (["server", "--tcp", "8080"], "Invalid value for '--tcp': '8080' is not HOST:PORT"),
        (["server", "--tcp", "127.0.0.1:1", "--stdio"], "--stdio and --tcp exclude each other"),
        (["doctor", "--now"], "No such option '--now'."),
        (["chekc"], "No such command 'chekc'."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_other_commands(project: Path, perfwise: Run, arguments: list[str], message: str) -> None:
    make(project)
    assert_error(perfwise(*arguments), message)
    assert_error(perfwise(*arguments, "--format", "json"), message, has_json=True)


def test_the_real_command_says_one_line(project: Path, command: Run) -> None:
    make(project)
    assert_error(command("check", "latin.py", "--format", "json"), "latin.py: is not valid utf-8", has_json=True)
    assert_error(command("check", "--loud"), "No such option '--loud'.")


def test_a_crash_of_our_own_is_one_line(project: Path) -> None:
    """Standard input that cannot be read is an error that no command foresees."""
    del project
    code = "import sys; sys.stdin.close(); from perfwise_server.cli import main; sys.exit(main(['check', '-']))"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    quiet = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=False)
    assert quiet.returncode == 2
    assert quiet.stderr.startswith("perfwise: internal error (ValueError: ")
    assert quiet.stderr.count("\n") == 1
    environment["PERFWISE_DEBUG"] = "1"
    loud = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=False)
    assert "Traceback" in loud.stderr


def test_ctrl_c_is_no_traceback(project: Path) -> None:
    for number in range(60):
        (project / f"shop{number}.py").write_text(SLOW * 1000)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    process = subprocess.Popen(
        [sys.executable, "-m", "perfwise_server.cli", "check", ".", "--jobs", "2", "--no-cache"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        start_new_session=True,
        # A shell that runs the tests in the background has them ignore interrupts, and all they start.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    # The workers are there once the process has children.
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    while not children.read_text().split():
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors.strip()) == (130, b"")
