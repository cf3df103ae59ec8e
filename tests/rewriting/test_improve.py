"""A function improved: what comes first, what is told while it goes on, and how it ends before its time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from perfwise_server.improve import ImproveError, improve
from perfwise_server.improvement import BUILT_IN, Candidate, Improvement, Job
from perfwise_server.rewriting.effort import EFFORTS, EffortName, Strategies
from perfwise_server.rewriting.providers.choosing import provider
from perfwise_server.rewriting.providers.provider import Provider, ProviderSettings
from perfwise_server.verifying.errors import CaseError, InputsError
from tests.living import below
from tests.rewriting.endpoint import Answer, Asked, Endpoint, Silence, Status, Text

OLD = """\
def common(users: list[int], orders: list[int]) -> list[int]:
    return [order for order in orders if order in users]
"""
CALLS = ("common(list(range(400)), list(range(200, 600)))", "common([3, 3, 1], [3, 1, 3, 2])")
WRONG = "```python\ndef common(users, orders):\n    return sorted(set(users) & set(orders))\n```"
RIGHT = """```python
def common(users, orders):
    there = frozenset(users)
    return [each for each in orders if each in there]
```"""
SILENT = OLD.replace("in users]", "in users]  # perfwise: ignore[PW1]")  # The rules have nothing to say of it.


@asynccontextmanager
async def model(script: Callable[[Asked], Answer | str] | Sequence[Answer | str]) -> AsyncIterator[Provider]:
    with Endpoint(script) as endpoint:
        asked = provider(ProviderSettings("openai", base_url=endpoint.base_url, attempts=1))
        try:
            yield asked
        finally:
            await asked.close()


def job(**more: object) -> Job:
    return Job(**{"text": OLD, "function": "common", "calls": CALLS, "growth": False, **more})  # type: ignore[arg-type]


@pytest.mark.timing
async def test_the_rules_rewrite_is_there_while_the_model_thinks() -> None:
    order: list[str] = []
    steps: list[str] = []

    def found(candidate: Candidate) -> None:
        order.append(candidate.by)

    async with model([Text(RIGHT, delay=6.0)]) as asked:
        improvement = await improve(job(effort="quick", candidates=1), steps.append, found, asked)
    assert order[:2] == [BUILT_IN, "scripted"]
    first = improvement.candidates[0]
    assert first.is_offered
    assert improvement.first_seconds is not None
    assert improvement.first_seconds < improvement.seconds
    assert any("asking" in step for step in steps)
    assert any("of 1 replied" in step for step in steps)
    assert any("timing" in step for step in steps)
    assert first.diff.startswith("--- ")
    assert 0 < first.size < 10
    assert "len(users)" in improvement.cost


async def test_a_rewrite_is_mended_with_its_counterexample() -> None:
    def script(asked: Asked) -> str:
        return RIGHT if "was refused" in asked.prompt else WRONG

    async with model(script) as asked:
        improvement = await improve(job(text=SILENT, effort="quick", candidates=1), provider=asked)
    mended = [each for each in improvement.candidates if "frozenset" in each.text]
    assert len(mended) == 1
    assert mended[0].verdict.equivalent, mended[0].verdict
    refused = [each for each in improvement.candidates if "sorted" in each.text]
    assert [each.verdict.verdict for each in refused] == ["different"]


@pytest.mark.timing
@pytest.mark.parametrize("effort", ["normal", "thorough"])
async def test_what_there_is_no_time_for_is_said_to_wait(effort: EffortName, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(EFFORTS, effort, replace(EFFORTS[effort], waiting=0.0))
    async with model([RIGHT] * 4) as asked:
        improvement = await improve(job(text=SILENT, candidates=3, effort=effort), provider=asked)
    assert improvement.best is not None
    assert improvement.requests == 4  # One of them for ideas, and none for a further round.
    late = [each.verdict.reason for each in improvement.candidates[1:]]
    assert [each.partition(" in ")[0] for each in late] == ["its turn did not come"] * 2


async def test_a_search_without_a_find_ends_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(EFFORTS, "normal", replace(EFFORTS["normal"], waiting=-60.0))
    without = Strategies(ideas=False, repair=False)
    async with model([WRONG] * 3) as asked:
        improvement = await improve(job(text=SILENT, candidates=3, strategies=without), provider=asked)
    assert improvement.best is None
    late = [each.verdict.reason.partition(" in ")[0] for each in improvement.candidates]
    assert late.count("its turn did not come") >= 2


async def test_an_endpoint_that_fails_takes_nothing_of_the_rules_away() -> None:
    async with model([Status(404)]) as asked:
        improvement = await improve(job(effort="quick"), provider=asked)
    assert (improvement.replies, len(improvement.problems)) == (0, 1)
    assert {each.by for each in improvement.candidates} == {BUILT_IN}


async def test_cancelling_ends_the_question_and_all_processes() -> None:
    before = set(below())
    began = asyncio.Event()

    def progress(step: str) -> None:
        if "comparing" in step:
            began.set()

    with Endpoint([Silence()]) as endpoint:
        asked = provider(ProviderSettings("openai", base_url=endpoint.base_url))
        work = asyncio.ensure_future(improve(job(), progress, provider=asked))
        await asyncio.wait_for(began.wait(), 60)
        work.cancel()
        with pytest.raises(asyncio.CancelledError):
            await work
        await asyncio.to_thread(endpoint.left.wait, 20)
        assert endpoint.left.is_set()
        await asked.close()
    for _ in range(100):
        left = set(below()) - before
        if not left:
            break
        await asyncio.sleep(0.1)
    assert left == set()


async def test_a_function_inside_another_is_reached_by_that_one() -> None:
    text = "def outer(n: int) -> int:\n    def inner(k):\n        return k\n    return inner(n)\n"
    improvement = await improve(Job(text, "outer.inner", growth=False))
    assert isinstance(improvement, Improvement)
    assert (improvement.function, improvement.best) == ("outer", None)


@pytest.mark.parametrize(
    ("more", "error", "reason"),
    [
        ({"text": "def f(:\n"}, ImproveError, "does not parse"),
        ({"function": "none"}, ImproveError, "has no function none"),
        ({"text": "def kept(f):\n    return later\n\n\n@kept\n" + OLD}, CaseError, "the old version cannot be loaded"),
        ({"python": "nowhere"}, CaseError, "nowhere cannot be started"),
        ({"inputs": "nowhere.py"}, InputsError, "nowhere.py"),
    ],
)
async def test_what_cannot_be_tried_is_one_sentence(
    more: dict[str, object], error: type[Exception], reason: str
) -> None:
    with pytest.raises(error, match=reason):
        await improve(job(**more))
