"""A model gives right, slow, wrong, hostile and no rewrites: the fast right one is chosen, and nothing is harmed."""

from __future__ import annotations

import os
import random
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from perfwise_server.improve import improve
from perfwise_server.improvement import BUILT_IN, Candidate, Improvement, Job
from perfwise_server.rewriting.providers.choosing import provider
from perfwise_server.rewriting.providers.provider import ProviderSettings
from tests.rewriting.endpoint import Endpoint
from tests.rewriting.scripted import HOSTILE, PLAIN, Place, Scripted, read, script

FULL = os.environ.get("PERFWISE_FULL") == "1"
SCRIPTED = read()


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """Something to harm; nothing may have been by the end."""
    file, secret = tmp_path / "keep.txt", tmp_path / "secret.txt"
    file.write_text("kept")
    secret.write_text("a secret")
    came: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        done = threading.Event()

        def listen() -> None:
            while not done.is_set():
                try:
                    came.append(server.accept()[0])
                except TimeoutError:
                    continue

        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        try:
            yield Place(file, server.getsockname()[1], secret)
        finally:
            done.set()
            thread.join(5)
    assert came == []
    assert sorted(each.name for each in tmp_path.iterdir()) == ["keep.txt", "secret.txt"]
    assert file.read_text() == "kept"


async def improved(scripted: Scripted, kinds: list[str], place: Place) -> Improvement:
    replies = {kind: text for kind, text in scripted.replies(place).items() if kind in kinds}
    with Endpoint(script(replies)) as endpoint:
        asked = provider(ProviderSettings("openai", base_url=endpoint.base_url))
        job = Job(scripted.old, scripted.name, candidates=len(replies), growth=False)
        try:
            return await improve(job, provider=asked)
        finally:
            await asked.close()


def kind_of(candidate: Candidate | None, scripted: Scripted, place: Place) -> str:
    """What the rules wrote is right as well, where it is as fast."""
    if candidate is None:
        return "nothing"
    return scripted.kind_of(candidate.text, place) or candidate.by


def test_there_are_enough() -> None:
    assert len({str(each) for each in SCRIPTED}) >= 30
    place = Place(Path("file"), 1, Path("secret"))
    assert all(
        {"fast", "wrong", "broken", "injecting", "empty", *HOSTILE} <= set(each.replies(place)) for each in SCRIPTED
    )
    assert sum("remembers" in each.replies(place) for each in SCRIPTED) >= 20


@pytest.mark.timing
@pytest.mark.timeout(3600)
async def test_the_fast_right_one_is_chosen(place: Place) -> None:
    chosen = SCRIPTED if FULL else [each for each in SCRIPTED if each.name in ("counted_letters", "new_ones")]
    found: dict[str, str] = {}
    for number, each in enumerate(chosen):
        kinds = [*each.replies(place)] if FULL else ["fast", "wrong", "broken", HOSTILE[number]]
        improvement = await improved(each, kinds, place)
        assert kind_of(improvement.best, each, place) not in ("wrong", "injecting", *HOSTILE), improvement.record()
        found[each.name] = kind_of(improvement.best, each, place)
    missed = {name: kind for name, kind in found.items() if kind not in ("fast", BUILT_IN)}
    # On a busy machine a gain may be unclear.
    assert len(missed) <= max(len(chosen) // 10, 1), missed


@pytest.mark.parametrize("scripted", SCRIPTED if FULL else random.Random(7).sample(SCRIPTED, 1), ids=str)
async def test_nothing_else_passes_and_nothing_is_harmed(scripted: Scripted, place: Place) -> None:
    kinds = ["wrong", "injecting", "empty", *(HOSTILE if FULL else HOSTILE[2:4])]
    improvement = await improved(scripted, kinds, place)
    passed = [each for each in improvement.candidates if each.is_offered and each.by != BUILT_IN]
    assert passed == []
    refused = [each.verdict for each in improvement.candidates if each.by != BUILT_IN]
    assert "different" in {each.verdict for each in refused}
    assert all(each.reason for each in refused)


@pytest.mark.timing
@pytest.mark.timeout(3600)
async def test_what_only_looks_fast_is_refused(place: Place) -> None:
    plain = [each for each in SCRIPTED if set(PLAIN) <= set(each.replies(place))]
    for each in plain if FULL else [each for each in plain if each.name == "ranks"]:
        improvement = await improved(each, [*PLAIN], place)
        assert [one.by for one in improvement.candidates if one.is_offered] in ([], [BUILT_IN]), improvement.record()
