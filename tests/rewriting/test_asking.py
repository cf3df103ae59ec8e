"""What a model is told, and what is asked of it when."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from perfwise_analyzers.finding import Size
from perfwise_server.evidence.gathering import key_in
from perfwise_server.evidence.store import Seen, Sizes, Store
from perfwise_server.rewriting import prompt
from perfwise_server.rewriting.asking import Asking, Proposal
from perfwise_server.rewriting.built_in import composed
from perfwise_server.rewriting.effort import EFFORTS, Strategies
from perfwise_server.rewriting.providers.choosing import provider
from perfwise_server.rewriting.providers.provider import ProviderSettings
from perfwise_server.rewriting.situation import Situation, situation_of
from tests.rewriting.endpoint import Answer, Endpoint, Status

MODULE = """\
import numpy as np

LIMIT = 3


def common(users: list[int], orders: list[int]) -> list[int]:
    return [order for order in orders if order in users and order > LIMIT]


def other(xs, ys):
    return [x for x in xs if x in ys]
"""


def situation(**more: object) -> Situation:
    found = situation_of(MODULE, "common", context=["LIMIT = 3"], hot={7: 3.0, 10: 9.0}, wish="users are few")
    return replace(found, **more)  # type: ignore[arg-type]


def test_a_prompt_tells_what_is_known() -> None:
    said = "\n".join(each.content for each in prompt.first(situation(measured="n^2"), "a set"))
    for known in (
        "def common(users: list[int]",
        "LIMIT = 3",
        "O(len(users) * len(orders))",
        "Measured on growing inputs it is O(n^2)",
        "line 2: `users` is looked through",
        "line 2, 100%: return [order",
        "The user says of it: users are few",
        "Approach to take: a set",
        "standard library and numpy",
        "An example of how another function was made faster. Slow:",
    ):
        assert known.replace("O(len(users) * len(orders))", "len(users)") in said, known
    assert said.index("An example") < said.index("def common(users: list[int]")  # What is read last is rewritten.
    assert "def other" not in said
    assert "An example" not in prompt.first(situation(), examples=False)[1].content


def test_a_prompt_tells_of_real_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PERFWISE_DATA_DIR", str(tmp_path))
    file = tmp_path / "shop.py"
    file.write_text(MODULE)
    key = key_in(MODULE, "common")
    assert key is not None
    Store().keep([Seen(str(file), "common", key, 12, 3.5, sizes={"users": Sizes({"list": 12}, 8000, 50)})])
    said = prompt.first(situation_of(MODULE, "common", str(file)))[1].content
    assert "In real runs: 12 calls, 3.5 s, `users` up to 8,000" in said
    assert Size("users", 8000, 50).largest == 8000


def test_a_method_is_told_of_with_its_class_name() -> None:
    text = "class A:\n    def f(self, xs):\n        return [x for x in xs if x in self.y]\n"
    found = situation_of(text, "A.f")
    assert found.function == "A.f"
    assert found.source.strip().startswith("def f(self, xs)")


@pytest.mark.parametrize(
    ("reply", "ideas"),
    [
        ("1. Build a set of the users once, O(n)\n2) Sort both and walk along, O(n log n)", 2),
        ("Ideas:\n- A dict from each order to its place\n* Another data structure altogether\n", 2),
        ("No.", 0),
    ],
)
def test_ideas_are_read_from_lists(reply: str, ideas: int) -> None:
    assert len(prompt.read_ideas(reply, 3)) == ideas


@asynccontextmanager
async def asking_of(
    answer: Callable[[str], Answer | str], count: int = 4, strategies: Strategies | None = None
) -> AsyncIterator[tuple[Asking, Endpoint]]:
    with Endpoint(lambda asked: answer(asked.prompt)) as endpoint:
        model = provider(ProviderSettings("openai", base_url=endpoint.base_url))
        asking = Asking(model, situation(), EFFORTS["normal"], strategies or Strategies())
        asking.begin(count)
        try:
            yield asking, endpoint
        finally:
            await asking.ended()
            await model.close()


async def drained(asking: Asking) -> list[Proposal]:
    found = []
    while asking.is_open:
        if (proposal := await asking.next(5)) is not None:
            found.append(proposal)
    return found


def answer(said: str) -> str:
    return (
        "1. Build a set of the users once\n2. Sort both of the lists" if "No code." in said else "```python\nx = 1\n```"
    )


async def test_half_of_the_first_round_waits_for_ideas() -> None:
    async with asking_of(answer) as (asking, endpoint):
        assert len(await drained(asking)) == 4
    prompts = [each.prompt for each in endpoint.asked]
    assert sum("No code." in each for each in prompts) == 1
    assert sum("Build a set of the users once" in each for each in prompts) == 1
    assert (asking.asked.requests, asking.asked.replies) == (5, 5)
    assert len({each.body["seed"] for each in endpoint.asked}) == 5
    assert asking.asked.busy > 0


async def test_strategies_can_be_left_out() -> None:
    strategies = Strategies(ideas=False, examples=False, profile=False, repair=False)
    async with asking_of(answer, 2, strategies) as (asking, endpoint):
        (proposal, *_) = await drained(asking)
        prompts = [each.prompt for each in endpoint.asked]
        assert not any(word in each for each in prompts for word in ("No code.", "An example", "profiler"))
        assert not asking.mend(proposal, "It differs.")
        assert asking.again(proposal, "2 times as fast", ["a set: different"])
        assert len(await drained(asking)) == 2
        assert "2 times as fast" in endpoint.asked[-1].prompt
        assert "Also tried: a set: different" in endpoint.asked[-1].prompt


async def test_what_was_refused_is_mended_twice_at_most() -> None:
    async with asking_of(answer, 1) as (asking, endpoint):
        (proposal,) = await drained(asking)
        for round_ in range(2):
            assert asking.mend(proposal, "On the call common([3], []) it differs.")
            (proposal,) = await drained(asking)
            assert proposal.repairs == round_ + 1
            assert "common([3], [])" in endpoint.asked[-1].prompt
        assert not asking.mend(proposal, "Again.")


async def test_a_reply_without_code_and_an_endpoint_that_fails() -> None:
    async with asking_of(lambda _: "I cannot.", 2) as (asking, _):
        assert [each.refused for each in await drained(asking)] == ["has no code in it"] * 2
    async with asking_of(lambda _: Status(404), 2) as (asking, _):
        assert await drained(asking) == []
    (problem,) = {*asking.asked.problems}
    assert "\n" not in problem


def test_the_rules_compose_their_fixes_of_one_function() -> None:
    texts = composed(MODULE, "common")
    assert texts
    for text in texts:
        assert text.endswith(MODULE[MODULE.index("def other") :])
        assert "set(users)" in text
    assert composed(MODULE, "none") == []
    assert composed("def f(:\n", "f") == []
