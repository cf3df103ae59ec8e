"""Work in a process of its own: its result, what it says is wrong, and its end when nobody wants it any more."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

import psutil
import pytest

from perfwise_server import background
from perfwise_server.checking.errors import CheckError
from tests import background_work as work

SECONDS = 30.0


@pytest.fixture(autouse=True)
def importable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [str(Path(__file__).parents[2]), *sys.path])


async def started(told: list[str]) -> psutil.Process:
    """The process, once it has said its number."""
    for _ in range(1500):
        if told:
            return psutil.Process(int(told[0]))
        await asyncio.sleep(0.02)
    raise AssertionError("it did not start")


async def test_the_result_and_the_progress() -> None:
    told: list[str] = []
    assert await background.run(work.added, 1, 2, progress=told.append) == 3
    assert await background.run_to_the_end(work.added, 2, 2, progress=told.append) == 4
    assert told == ["adding", "adding"]


@pytest.mark.parametrize(
    ("task", "kind", "reason"),
    [
        (work.refused, work.NothingError, r"^there is nothing to add$"),
        (work.mistaken, CheckError, r"^internal error \(ZeroDivisionError: division by zero\)"),
        (work.killed, CheckError, r"^it was ended from outside"),
    ],
)
@pytest.mark.parametrize("run", [background.run, background.run_to_the_end])
async def test_what_is_wrong_is_told_in_a_line(run: Any, task: Any, kind: type[CheckError], reason: str) -> None:
    told: list[str] = []
    with pytest.raises(kind, match=reason):
        await run(task, progress=told.append)
    assert len(told) == 1


async def test_cancelled_work_gives_what_it_has_to_whoever_wants_it() -> None:
    told: list[str] = []
    task = asyncio.ensure_future(background.run_to_the_end(work.waiting, progress=told.append))
    process = await started(told)
    task.cancel()
    assert await task == "half"
    assert psutil.wait_procs([process], timeout=SECONDS)[1] == []


async def test_cancelled_work_is_ended() -> None:
    told: list[str] = []
    task = asyncio.ensure_future(background.run(work.waiting, progress=told.append))
    process = await started(told)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert psutil.wait_procs([process], timeout=SECONDS)[1] == []


@pytest.mark.parametrize("run", [background.run, background.run_to_the_end])
async def test_what_does_not_heed_it_is_killed(run: Any) -> None:
    told: list[str] = []
    task = asyncio.ensure_future(run(work.stubborn, progress=told.append, ending=0.2))
    process = await started(told)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert psutil.wait_procs([process], timeout=SECONDS)[1] == []
