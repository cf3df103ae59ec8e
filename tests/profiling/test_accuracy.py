"""Two lines of which one costs three times the other come out like that, with Scalene on each Python."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from perfwise_server.profiling.availability import availability
from tests.profiling.jobs import profiled, shares

FULL = os.environ.get("PERFWISE_FULL") == "1"
TIMES = 5 if FULL else 1
OLDEST, NEWEST = (3, 10), (3, 13)
A, B = "a = sum(range(3 * n))", "b = sum(range(n))"
KINDS = {
    "plain": (f"def f(n):\n    {A}\n    {B}\n    return a + b\n", "f", "f(20_000)"),
    "method": (
        f"class C:\n    def f(self, n):\n        {A}\n        {B}\n        return a + b\n",
        "C.f",
        "C().f(20_000)",
    ),
    "generator": (
        f"def f(n):\n    for _ in range(5):\n        {A}\n        yield a\n        {B}\n        yield b\n",
        "f",
        "f(20_000)",
    ),
    "async": (
        f"import asyncio\n\nasync def f(n):\n    {A}\n    await asyncio.sleep(0)\n    {B}\n    return a + b\n",
        "f",
        "f(20_000)",
    ),
}


def others() -> dict[str, str]:
    """Of each other version that pyenv holds, the latest."""
    root = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    found = {
        (3, int(path.parts[-3].split(".")[1])): str(path)
        for path in sorted(root.glob("versions/3.*/bin/python"), key=lambda path: path.parts[-3].split("."))
    }
    mine = sys.version_info[:2]
    return {
        f"3.{version[1]}": path for version, path in found.items() if OLDEST <= version <= NEWEST and version != mine
    }


@pytest.fixture(scope="session", params=["this", *(others() if FULL else ())])
def python(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """One that has Scalene."""
    if request.param == "this":
        return sys.executable
    folder = tmp_path_factory.mktemp("python")
    subprocess.run([others()[request.param], "-m", "venv", folder], check=True, timeout=120)
    inside = str(folder / ("Scripts" if os.name == "nt" else "bin") / "python")
    subprocess.run([inside, "-m", "pip", "install", "--quiet", "scalene"], check=True, timeout=280)
    return inside


@pytest.mark.timing
@pytest.mark.parametrize("kind", KINDS)
async def test_three_to_one(python: str, kind: str, tmp_path: Path) -> None:
    text, function, call = KINDS[kind]
    for _ in range(TIMES):
        report = await profiled(tmp_path, text, function, call, python=python, samples=600, seconds=30.0)
        found = shares(report)
        assert report.profiler.startswith("Scalene"), (await availability(python)).sentence()
        assert report.samples >= 500
        assert 2 <= found[A] / found[B] <= 4.5
        assert found[A] + found[B] > 0.95
