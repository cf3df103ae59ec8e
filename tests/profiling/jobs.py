"""Profiles of small texts for tests: a project of one module in a folder of its own."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from perfwise_server.profiles.report import Report
from perfwise_server.profiling.running import Job, profile

BURN = """\
def burn(n):
    total = 0
    for number in range(n):
        total += number
    return total

"""
THREE_TO_ONE = f"""\
{BURN}
def f(n):
    a = burn(3 * n)
    b = burn(n)
    return a + b
"""


def job(folder: Path, text: str, function: str | None = "f", *calls: str, seconds: float = 20.0, **more: Any) -> Job:
    """It ends as soon as there are samples enough to test with. Effect: writes the module, unless it is there."""
    path = folder / "module.py"
    if not path.exists():
        path.write_text(text)
    given = {"python": sys.executable, "samples": 100, **more}
    return Job(str(path), text, function, calls=calls, seconds=seconds, **given)


async def profiled(folder: Path, text: str, function: str | None = "f", *calls: str, **more: Any) -> Report:
    return await profile(job(folder, text, function, *calls, **more), lambda _: None)


def shares(report: Report) -> dict[str, float]:
    """By the text of the line, without what surrounds it."""
    return {line.text.strip(): line.share for line in report.lines}
