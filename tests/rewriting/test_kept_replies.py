"""A model's replies that are kept: given again to equal questions, without whom gave them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.kept_replies import KeptReplies, Replayed
from perfwise_server.rewriting.providers.choosing import provider
from perfwise_server.rewriting.providers.provider import Ask, Message, Provider, ProviderError, ProviderSettings
from tests.rewriting.endpoint import Endpoint, Text


def question(text: str, temperature: float = 0.2) -> Ask:
    return Ask((Message("user", text),), temperature=temperature)


async def replies(asked: Provider, *questions: Ask) -> list[str]:
    try:
        return [(await asked.reply(each)).text for each in questions]
    finally:
        await asked.close()


async def test_what_was_replied_once_is_replied_again(tmp_path: Path) -> None:
    file = tmp_path / "replies.jsonl"
    numbers = iter(range(100))
    questions = (question("faster"), question("faster"), question("faster", 0.8), question("other"))
    with Endpoint(lambda _: Text(f"reply {next(numbers)}")) as endpoint:
        inner = provider(ProviderSettings("openai", "scripted", endpoint.base_url))
        first = await replies(Replayed(KeptReplies(file), inner, 0.0), *questions)
    assert first == [f"reply {number}" for number in range(4)]
    assert await replies(Replayed(KeptReplies(file), None, 0.0), *questions) == first
    with pytest.raises(ProviderError, match="no reply to this question is kept: name an endpoint to ask it"):
        await replies(Replayed(KeptReplies(file), None, 0.0), question("unknown"))
    (unanswered,) = map(json.loads, file.with_suffix(".unanswered.jsonl").read_text("utf-8").splitlines())
    assert unanswered["messages"] == [{"role": "user", "content": "unknown"}]
    with file.open("a", encoding="utf-8") as added:
        added.write(json.dumps({"question": unanswered["question"], "text": "from elsewhere"}) + "\n")
    assert await replies(Replayed(KeptReplies(file), None, 0.0), question("unknown")) == ["from elsewhere"]


async def test_what_was_measured_makes_no_other_question(tmp_path: Path) -> None:
    text = "It is {} times as fast:\n- line 3, {}: total += 1\nAlso tried: a set: {}\nFaster still."
    with Endpoint(lambda _: Text("kept")) as endpoint:
        inner = provider(ProviderSettings("openai", "scripted", endpoint.base_url))
        kept = KeptReplies(tmp_path / "replies.jsonl")
        await replies(Replayed(kept, inner, 0.0), question(text.format("2.1", "71%", "proved")))
    assert await replies(Replayed(kept, None, 0.0), question(text.format("14.0", "9%", "different"))) == ["kept"]
