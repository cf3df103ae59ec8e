"""`perfwise models`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from perfwise_server.rewriting import answers, spending
from perfwise_server.rewriting.consent import agree
from perfwise_server.rewriting.providers.provider import Ask, Message, Reply
from perfwise_server.rewriting.spending import Spent

Run = Callable[..., Any]


class Far:
    name, where, model = "Far", "models.example", "gpt-5-mini"


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PERFWISE_DATA_DIR", str(tmp_path / "data"))
    for name in ("PERFWISE_API_KEY", "ANTHROPIC_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("OPENAI_API_KEY", "sk-live-0123456789abcdefghij")
    return tmp_path / "data"


def test_nothing_yet(perfwise: Run, data: Path) -> None:
    outcome = perfwise("models", "--format", "json")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.json["consents"] == []
    assert outcome.json["keys"] == ["OPENAI_API_KEY"]
    assert (outcome.json["today"]["requests"], outcome.json["replies"]) == (0, 0)
    assert not data.exists()


def test_what_was_agreed_and_sent(perfwise: Run) -> None:
    agree(Far())  # type: ignore[arg-type]
    spending.add(Far(), "gpt-5-mini", Spent(2, 3_000, 500, 0.0125))  # type: ignore[arg-type]
    answers.keep(Far(), Ask((Message("user", "x"),)), Reply("y", 1, 1, 1.0, "m"))  # type: ignore[arg-type]

    outcome = perfwise("models")
    assert "Far at models.example" in outcome.out
    assert "2 requests, 3,500 tokens, $0.01" in outcome.out
    assert "1 reply kept" in outcome.out
    assert "OPENAI_API_KEY" in outcome.out
    assert "sk-live" not in outcome.out

    found = perfwise("models", "--clear", "--revoke", "models.example", "--format", "json").json
    assert (found["consents"], found["replies"]) == ([], 0)
    assert found["today"]["tokens"] == {"in": 3_000, "out": 500}


def test_what_was_never_agreed_cannot_be_revoked(perfwise: Run) -> None:
    outcome = perfwise("models", "--revoke", "models.example")
    assert outcome.code == 2
    assert outcome.err == "perfwise: nothing was agreed on with models.example; perfwise models lists what was\n"
    assert perfwise("models", "--revoke", "all").code == 0
