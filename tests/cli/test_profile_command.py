"""`perfwise profile`, with the real Scalene."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import pytest

from perfwise_server.cli.commands import perfwise as commands
from perfwise_server.cli.profile_table import print_report
from perfwise_server.evidence.profiles import Profiles
from perfwise_server.evidence.store import Store
from perfwise_server.profiles.exporting import Format
from perfwise_server.profiles.report import LineReport, Report
from perfwise_server.profiles.scalene import read
from tests.cli.conftest import ROOT

Run = Callable[..., Any]

SHOP = '''\
def known(orders: list[int], skus: list[int]) -> list[int]:
    """
    >>> known([1, 2], [2])
    [2]
    """
    found = []
    for order in orders:
        if order in skus:
            found.append(order)
    return found


def doubled(numbers):
    return [number * 2 for number in numbers]


def hopeless(x):
    raise KeyError(x)


if __name__ == "__main__":
    print(len(known(list(range(6000)), list(range(6000)))))
'''
HOT = 8
CALL = "known(list(range(700)), list(range(700)))"
LONG = ("--seconds", "5")  # On a busy machine; elsewhere there are samples enough long before.


@pytest.fixture
def shop(project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    (project / "shop.py").write_text(SHOP)
    (project / "test_shop.py").write_text(
        "from shop import doubled\n\n\ndef test_doubled():\n    assert doubled([1] * 10_000) == [2] * 10_000\n"
    )
    return project / "shop.py"


def test_a_call_is_profiled_line_by_line(shop: Path, perfwise: Run, tmp_path: Path) -> None:
    saved = tmp_path / "profile.json"
    outcome = perfwise("profile", "shop.py::known", "--call", CALL, *LONG, "-o", str(saved), "--format", "json")
    found = outcome.json
    assert (outcome.code, outcome.err) == (0, "")
    assert (found["function"], found["path"], found["driver"]) == ("known", "shop.py", f"call {CALL}")
    assert found["calls"] > 1
    assert found["seconds"] > 0
    assert found["confidence"] in ("low", "medium", "high")
    hottest = found["lines"][0]
    assert hottest["line"] == HOT, found
    assert {"cpu_percent", "python_percent", "native_percent", "peak_mb"} <= set(hottest)
    if found["samples"] >= 50:
        assert hottest["cpu_percent"] > 50
        assert sum(line["cpu_percent"] for line in found["lines"]) == pytest.approx(100, abs=1)
    written = json.loads(saved.read_text())
    assert Report.from_record(written).source == SHOP
    kept = Profiles(Store()).of_function(shop, "known")
    assert [each.record["samples"] for each in kept] == [found["samples"]]
    assert Profiles(Store()).chosen(shop, "known") == {"kind": "call", "value": CALL}
    assert {path.name for path in shop.parent.iterdir()} == {".git", "shop.py", "test_shop.py"}


@pytest.mark.usefixtures("shop")
def test_what_drives_it_is_found(perfwise: Run) -> None:
    through_test = perfwise("profile", "shop.py::doubled", "--seconds", "0.5", "--format", "json")
    assert through_test.json["driver"] == "1 call of test test_shop.py::test_doubled", through_test
    generated = perfwise("profile", "shop.py::known", "--seconds", "0.5")
    assert generated.out.startswith("Profile of known: ")
    assert "by 4 generated inputs of size" in " ".join(generated.out.split())
    nothing = perfwise("profile", "shop.py::hopeless", "--format", "json")
    assert nothing.code == 2
    assert nothing.err.count("\n") == 1
    assert "(no input was found that it accepts): give a call with --call" in nothing.json["error"]


@pytest.mark.usefixtures("shop")
def test_a_file_alone_is_run_as_a_script_and_lines_are_a_selection(perfwise: Run) -> None:
    script = perfwise("profile", "shop.py", "--format", "json").json
    assert (script["what"], script["function"], script["driver"]) == ("file", "", "run shop.py as a script")
    assert script["lines"][0]["line"] == HOT, script
    lines = ("--lines", f"{HOT}-{HOT + 1}", "--call", CALL, *LONG)
    selected = perfwise("profile", "shop.py", *lines, "--format", "json").json
    assert selected["what"] == "selection"
    assert {line["line"] for line in selected["lines"]} <= {HOT, HOT + 1}
    assert selected["lines"][0]["line"] == HOT


@pytest.mark.usefixtures("shop")
def test_given_inputs_and_an_export(perfwise: Run, tmp_path: Path) -> None:
    Path("given.py").write_text("def make_inputs():\n    return [(list(range(700)), list(range(700)))]\n")
    scalene = tmp_path / "scalene.json"
    saved = ("--export", "scalene", "-o", str(scalene))
    assert perfwise("profile", "shop.py::known", "--inputs", "given.py", *LONG, *saved).code == 0
    file = read(scalene).file(Path("shop.py"), Path())
    assert file is not None
    assert max(file.seconds, key=lambda line: file.seconds[line]) == HOT


def test_ctrl_c_shows_what_was_gathered(shop: Path) -> None:
    path = os.pathsep.join(str(ROOT / root) for root in ("server", "analyzers"))
    command = [sys.executable, "-m", "perfwise_server.cli", "profile", "shop.py::known", "--call", CALL]
    mark = "PERFWISE_TEST_OF_INTERRUPTS"
    process = subprocess.Popen(
        [*command, "--seconds", "60", "--format", "json"],
        cwd=shop.parent,
        env={**os.environ, "PYTHONPATH": path, mark: str(shop)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        for _ in range(600):
            if _profiled(mark, shop):
                break
            time.sleep(0.1)
        time.sleep(2.0)  # For there to be something to show; nothing is asserted of how much.
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 130, err
    assert json.loads(out)["function"] == "known"
    assert not _profiled(mark, shop)


def _profiled(mark: str, shop: Path) -> list[str]:
    """The processes below the command that are Scalene's."""
    found = []
    for environment in Path("/proc").glob("[0-9]*/environ"):
        try:
            if f"{mark}={shop}".encode() in environment.read_bytes().split(b"\0"):
                words = (environment.parent / "cmdline").read_bytes().split(b"\0")
                found += [environment.parent.name] if b"scalene" in words else []
        except OSError:
            continue
    return found


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (("shop.py::",), "name the function as FILE::FUNC"),
        (("missing.py::f",), "missing.py: cannot be read"),
        (("shop.py::nothing",), "shop.py has no function nothing"),
        (("shop.py::known", "--call", "known([1]"), "it does not parse"),
        (("shop.py::known", "--call", "other([1])"), "it calls nothing that the file defines"),
        (("shop.py::known", "--call", CALL, "--script"), "exclude each other"),
        (("shop.py::known", "--inputs", "missing.py"), "missing.py: is not a file"),
        (("shop.py::known", "--lines", "5-2"), "the first line comes before the last"),
        (("shop.py::known", "--export", "scalene"), "--export needs a file"),
        (("shop.py::known", "--call", CALL, "--python", "/missing/python"), "/missing/python: cannot be started"),
        (("shop.py::known", "--test", "test_shop.py::test_missing"), "fails: "),
    ],
    ids=lambda value: value[-1] if isinstance(value, tuple) else "",
)
@pytest.mark.usefixtures("shop")
def test_errors_are_one_line(perfwise: Run, given: tuple[str, ...], reason: str) -> None:
    outcome = perfwise("profile", *given, "--format", "json")
    assert outcome.code == 2
    assert outcome.err.count("\n") == 1
    assert reason in outcome.json["error"]


def test_formats_are_those_there_are() -> None:
    (option,) = (each for each in commands.commands["profile"].params if each.name == "export")
    assert tuple(option.type.choices) == get_args(Format)


def report(samples: int) -> Report:
    lines = (
        LineReport(HOT, SHOP.splitlines()[HOT - 1], 0.9, 0.6, 0.3, 0.0, 1.8, 12.0, samples=samples * 9 // 10),
        LineReport(7, SHOP.splitlines()[6], 0.1, 0.1, 0.0, 0.0, 0.2, None, samples=samples // 10),
    )
    when = "2026-11-23T14:05:00+00:00"
    profiler = "Scalene 2.4.0"
    return Report("known", "shop.py", "function", "", 10, 0.02, samples, lines, "", "3.12.1", profiler, when, SHOP)


@pytest.mark.parametrize("columns", [40, 60, 80, 160])
def test_the_report_fits_the_terminal(
    columns: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("NO_COLOR", "1")
    print_report(report(1000))
    shown = capsys.readouterr().out
    assert max(map(len, shown.splitlines())) <= columns
    assert "\x1b" not in shown
    rows = {row.split()[0]: row for row in shown.splitlines() if row.split()[:1]}
    assert "90%" in rows[str(HOT)]
    assert "1.8" in rows[str(HOT)]
    assert ("█" in rows[str(HOT)]) == (columns >= 64)
    assert ("Python  native" in shown) == (columns >= 96)


def test_few_samples_say_nothing_of_shares(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    print_report(report(20))
    shown = capsys.readouterr().out
    assert "90%" not in shown
    assert "Fewer than 50 samples" in shown
    print_report(report(100))
    assert "Fewer than 300 samples" in capsys.readouterr().out


def test_the_doctor_looks_at_the_profiler_in_the_projects_python(perfwise: Run, tmp_path: Path) -> None:
    python = tmp_path / "bare"
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" -S "$@"\n')
    python.chmod(0o755)

    def checked(python: str) -> dict[str, dict[str, Any]]:
        outcome = perfwise("doctor", "--python", python, "--format", "json")
        return {check["name"]: check for check in outcome.json["checks"]}

    there = checked(sys.executable)
    assert there["project python"]["detail"].endswith(sys.executable)
    assert (there["scalene"]["ok"], there["scalene"]["mend"]) == (True, "")
    missing = checked(str(python))["scalene"]
    assert (missing["ok"], missing["needed"]) == (False, False)
    assert missing["detail"].startswith(f"Scalene is not installed in {python}; ")
    assert missing["mend"] == f"{python} -m pip install scalene"
    assert not checked("/missing/python")["project python"]["ok"]
