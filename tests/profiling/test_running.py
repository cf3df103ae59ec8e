"""What a profile is of: the text that was given, the lines of the function alone, by whatever drives it."""

from __future__ import annotations

import asyncio
import os
import re
import sys
import tempfile
import venv
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from perfwise_server.containment import MARK
from perfwise_server.profiles.report import Report
from perfwise_server.profiling import availability
from perfwise_server.profiling.running import ProfilingCancelled, ProfilingError, Progress, profile
from tests.living import below
from tests.profiling.jobs import BURN, THREE_TO_ONE, job, profiled, shares

A, B = "a = burn(3 * n)", "b = burn(n)"
TESTS = """\
import pytest
from module import f

@pytest.fixture
def n():
    return 30_000

def test_f(n):
    assert f(n) > n

def test_wrong(n):
    assert f(1) == "one"
"""


def is_right(report: Report) -> bool:
    found = shares(report)
    return found[A] > found[B] > 0 and found[A] + found[B] > 0.9


async def test_unsaved_text_is_what_is_profiled(tmp_path: Path) -> None:
    (tmp_path / "module.py").write_text("raise SystemExit\n")
    report = await profiled(tmp_path, "\n\n" + THREE_TO_ONE, "f", "f(3000)")
    assert is_right(report)
    lines = ("\n\n" + THREE_TO_ONE).splitlines()
    assert all(line.text == lines[line.line - 1] for line in report.lines)
    assert (report.function, report.path, report.driver) == ("f", str(tmp_path / "module.py"), "call f(3000)")
    assert re.fullmatch(r"Scalene 2\.\d+\.\d+", report.profiler)
    assert report.python == ".".join(map(str, sys.version_info[:3]))
    assert report.calls > 1
    assert 0 < report.seconds < 60
    assert report.raw is not None
    assert str(tmp_path / "module.py") in report.raw


async def test_nothing_but_the_function_is_charged(tmp_path: Path) -> None:
    text = f"""{THREE_TO_ONE}
def slow(n):
    return burn(20 * n) * 0 + n

class C:
    def __init__(self, n):
        self.n = slow(n)

    def method(self, n):
        return f(n)

slow(1000)
"""
    report = await profiled(tmp_path, text, "C.method", "C(2000).method(slow(2000))")
    assert [line.text.strip() for line in report.lines] == ["return f(n)"]
    assert report.samples >= 100, report.reason


async def test_other_modules_of_the_project_are_imported(tmp_path: Path) -> None:
    (tmp_path / "helper.py").write_text(BURN)
    text = "from helper import burn\n" + THREE_TO_ONE.removeprefix(BURN)
    assert is_right(await profiled(tmp_path, text, "f", "f(3000)"))


async def test_a_module_that_cannot_be_imported_is_loaded_in_part(tmp_path: Path) -> None:
    report = await profiled(tmp_path, "import no_such_module\n" + THREE_TO_ONE, "f", "f(3000)")
    assert is_right(report)
    assert report.reason.startswith("only what f needs is loaded")


async def test_an_inputs_file_drives_it(tmp_path: Path) -> None:
    (tmp_path / "inputs.py").write_text("def make_inputs():\n    return [(3000,), (2000,)]\n")
    report = await profiled(tmp_path, THREE_TO_ONE, inputs=str(tmp_path / "inputs.py"))
    assert is_right(report)
    assert report.driver == "inputs of inputs.py"


async def test_a_test_drives_it(tmp_path: Path) -> None:
    (tmp_path / "test_module.py").write_text(TESTS)
    report = await profiled(tmp_path, THREE_TO_ONE, test="test_module.py::test_f")
    assert is_right(report)
    assert report.calls > 1
    assert not report.reason


async def test_a_test_that_fails_is_said_to(tmp_path: Path) -> None:
    (tmp_path / "test_module.py").write_text(TESTS)
    report = await profiled(tmp_path, THREE_TO_ONE, test="test_module.py::test_wrong")
    assert "the test failed: " in report.reason
    with pytest.raises(ProfilingError, match="pytest finds no such test"):
        await profiled(tmp_path, THREE_TO_ONE, test="test_module.py::test_none")


async def test_a_test_itself_is_profiled(tmp_path: Path) -> None:
    (tmp_path / "test_module.py").write_text(TESTS)
    (tmp_path / "module.py").write_text(THREE_TO_ONE)
    given = replace(
        job(tmp_path, TESTS, None, test="test_module.py::test_f", what="test"), path=str(tmp_path / "test_module.py")
    )
    report = await profile(given, lambda _: None)
    assert list(shares(report)) == ["assert f(n) > n"]


async def test_a_script_and_a_selection_of_it(tmp_path: Path) -> None:
    text = f"{THREE_TO_ONE}\nif __name__ == '__main__':\n    f(3_000_000)\n"
    report = await profiled(tmp_path, text, None, script=True, what="file")
    assert report.lines[0].text.strip() in ("for number in range(n):", "total += number")
    # Of the two lines of a loop, one may get all samples: which, is the sampler's affair.
    selected = await profiled(tmp_path, text, None, script=True, what="selection", lines=(3, 4))
    assert {line.line for line in selected.lines} <= {3, 4}
    assert sum(line.share for line in selected.lines) == pytest.approx(1.0)


async def test_memory_is_that_of_one_call(tmp_path: Path) -> None:
    text = "def f(n):\n    small = [0] * n\n    large = [0] * (3 * n)\n    return len(small) + len(large)\n"
    report = await profiled(tmp_path, text, "f", "f(1_000_000)", memory=True)
    peaks = {line.line: line.peak_mb for line in report.lines}
    assert peaks[3] == pytest.approx(3_000_000 * 8 / 2**20, rel=0.2)
    assert peaks[2] == pytest.approx(1_000_000 * 8 / 2**20, rel=0.2)


async def test_it_tells_how_far_it_is(tmp_path: Path) -> None:
    told: list[Progress] = []
    report = await profile(job(tmp_path, THREE_TO_ONE, "f", "f(3000)"), told.append)
    assert [each.elapsed for each in told] == sorted(each.elapsed for each in told)
    assert max(each.samples for each in told) > 0
    assert told[-1].message == f"{report.calls:,} calls made"


@pytest.mark.parametrize(
    "text", [THREE_TO_ONE, "def f(n):\n    while True:\n        n += 1\n"], ids=["calls", "one call"]
)
async def test_what_is_cancelled_shows_what_was_gathered_and_leaves_nothing(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    project = tmp_path / "project"
    project.mkdir()
    before = dict(os.environ)
    others = set(below())  # Another test of this process may have left a pool.
    seen = asyncio.Event()
    given = job(project, text, "f", "f(3000)", seconds=60.0, samples=100_000)
    running = asyncio.ensure_future(_cancelled(given, seen))
    await asyncio.wait_for(seen.wait(), 60)
    assert set(below()) - others
    running.cancel()
    report = await asyncio.wait_for(running, 60)
    assert report.samples > 0
    assert report.lines
    assert report.reason.startswith("it was cancelled: what was seen until then is shown")
    assert set(below()) <= others
    assert os.listdir(project) == ["module.py"]
    assert not os.listdir(temporary)
    assert dict(os.environ) == before


async def _cancelled(given: object, seen: asyncio.Event) -> Report:
    def told(progress: Progress) -> None:
        if progress.samples:
            seen.set()

    try:
        return await profile(given, told)  # type: ignore[arg-type]
    except ProfilingCancelled as cancelled:
        return cancelled.report


async def test_what_a_function_starts_does_not_outlive_it(tmp_path: Path) -> None:
    text = (
        f"{BURN}\nimport subprocess, sys\ndef f(n):\n"
        "    subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'], start_new_session=True)\n"
        "    return burn(n)\n"
    )
    before = {process.pid for process in _marked()}
    await profiled(tmp_path, text, "f", "f(1_000_000)")
    assert {process.pid for process in _marked()} <= before
    assert os.listdir(tmp_path) == ["module.py"]


def _marked() -> list[psutil.Process]:
    found = []
    for process in psutil.process_iter():
        try:
            if MARK in process.environ() and "time.sleep(600)" in " ".join(process.cmdline()):
                found.append(process)
        except psutil.Error:
            continue
    return found


@pytest.fixture(scope="module")
def bare_python(tmp_path_factory: pytest.TempPathFactory) -> str:
    """An interpreter like ours, in which nothing is installed."""
    folder = tmp_path_factory.mktemp("bare")
    venv.create(folder, symlinks=os.name != "nt")
    return str(folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))


async def test_without_scalene_the_same_python_borrows_ours(bare_python: str, tmp_path: Path) -> None:
    report = await profiled(tmp_path, THREE_TO_ONE, "f", "f(3000)", python=bare_python)
    assert is_right(report)
    assert report.profiler.startswith("Scalene 2.")
    assert f"Scalene is not installed in {bare_python}" in report.reason
    assert f"install it with: {bare_python} -m pip install scalene" in report.reason


async def test_without_any_scalene_our_own_sampler_looks(
    bare_python: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(availability, "find_spec", lambda _: None)  # We have none either.
    report = await profiled(tmp_path, THREE_TO_ONE, "f", "f(3000)", python=bare_python)
    assert is_right(report)
    assert report.profiler == "Perfwise's own sampler"
    assert "tells neither Python from native code nor work from waiting, and measures no memory" in report.reason
    assert report.raw is None
    text = "def f(n):\n    while True:\n        n += 1\n"
    hanging = await profiled(tmp_path, text, "f", "f(1)", python=bare_python, seconds=1.0)
    assert hanging.samples
    assert "did not come to an end within" in hanging.reason


async def test_scalene_is_found_without_being_imported(bare_python: str) -> None:
    before = dict(os.environ)
    found = await availability.availability(sys.executable)
    assert re.fullmatch(r"2\.\d+\.\d+", found.scalene)
    assert not await availability.fault(found)
    bare = await availability.availability(bare_python)
    assert not bare.scalene
    assert bare.own
    assert bare.install_words == (bare_python, "-m", "pip", "install", "scalene")
    assert "scalene" not in sys.modules
    assert dict(os.environ) == before
