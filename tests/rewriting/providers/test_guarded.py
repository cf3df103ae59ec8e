"""Nothing goes to a model without consent, from a private file, beyond the budget, or with a secret in it."""

from __future__ import annotations

import asyncio
import logging
import os
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from perfwise_server.rewriting import answers, spending
from perfwise_server.rewriting.consent import agree, consents, revoke
from perfwise_server.rewriting.guarded import BudgetError, Guard, Guarded, NoConsentError
from perfwise_server.rewriting.kept import kept_file
from perfwise_server.rewriting.private import Ignored
from perfwise_server.rewriting.providers.provider import Ask, Message, Provider, ProviderError, Reply, heard_nothing
from perfwise_server.rewriting.spending import Budget, Spent
from tests.rewriting.endpoint import Cut, Endless, Endpoint, Status, Text
from tests.rewriting.providers.conftest import ASK, Make

WAIT = 20  # Seconds for what should take a moment.


@pytest.fixture
def guard(tmp_path: Path) -> Guard:
    file = tmp_path / "project" / "module.py"
    return Guard(file, is_agreed=True, folder=tmp_path / "data")


class Elsewhere:
    """What an endpoint of this machine is behind a name of the internet."""

    name = "Far"
    where = "models.example"

    def __init__(self, provider: Provider, model: str = "gpt-5-mini") -> None:
        self._provider = provider
        self.model = model

    async def reply(self, ask: Ask, on_text: Callable[[str], None] = heard_nothing) -> Reply:
        return await self._provider.reply(ask, on_text)

    async def close(self) -> None:
        await self._provider.close()


async def test_only_after_consent(make: Make, guard: Guard) -> None:
    with Endpoint(["x"]) as endpoint:
        provider = make(endpoint)
        guarded = Guarded(provider, replace(guard, is_agreed=False))
        with pytest.raises(NoConsentError, match=r"nothing has been agreed on with OpenAI-compatible \(127"):
            await guarded.reply(ASK)
        assert endpoint.asked == []
        agree(provider, guard.folder)
        assert [(each.provider, each.where) for each in consents(guard.folder)] == [(provider.name, provider.where)]
        assert (await guarded.reply(ASK)).text == "x"
        assert revoke("somewhere else", guard.folder) == 0
        assert revoke(provider.where, guard.folder) == 1
        with pytest.raises(NoConsentError):
            await guarded.reply(ASK)
    assert consents(guard.folder) == []


async def test_consent_is_to_one_place(make: Make, guard: Guard) -> None:
    with Endpoint(["x"]) as agreed, Endpoint(["x"]) as other:
        agree(make(agreed), guard.folder)
        with pytest.raises(NoConsentError):
            await Guarded(make(other), replace(guard, is_agreed=False)).reply(ASK)
        assert other.asked == []


async def test_nothing_of_an_untrusted_workspace(make: Make, guard: Guard) -> None:
    with Endpoint(["x"]) as endpoint, pytest.raises(ProviderError, match="trust the workspace first"):
        await Guarded(make(endpoint), replace(guard, is_trusted=False)).reply(ASK)
    assert endpoint.asked == []


async def test_nothing_of_a_private_file(make: Make, guard: Guard) -> None:
    private = replace(guard, ignored=(Ignored(("/module.py",)),))
    with Endpoint(["x"]) as endpoint, pytest.raises(ProviderError, match=r"module\.py is never sent .*'!module\.py'"):
        await Guarded(make(endpoint), private).reply(ASK)
    assert endpoint.asked == []


async def test_what_is_kept_is_the_users_alone(make: Make, guard: Guard) -> None:
    with Endpoint(["x"]) as endpoint:
        agree(make(endpoint), guard.folder)
    assert guard.folder is not None
    assert stat.S_IMODE(os.stat(guard.folder).st_mode) == 0o700
    assert stat.S_IMODE(os.stat(kept_file(guard.folder)).st_mode) == 0o600


def test_consent_that_cannot_be_read_is_none(guard: Guard) -> None:
    file = kept_file(guard.folder)
    file.parent.mkdir()
    file.write_bytes(b"not a database" * 100)
    assert consents(guard.folder) == []


async def test_what_cannot_be_counted_is_not_asked(make: Make, guard: Guard) -> None:
    file = kept_file(guard.folder)
    file.parent.mkdir()
    file.write_bytes(b"not a database" * 100)
    with Endpoint(["x"]) as endpoint, pytest.raises(BudgetError, match=r"cannot be counted.* remove the file"):
        await Guarded(make(endpoint), guard).reply(ASK)
    assert endpoint.asked == []


async def test_secrets_stay_here_and_are_put_back(make: Make, guard: Guard, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    code = 'def f():\n    return connect(password="hunter22!")\n'
    ask = Ask((Message("user", code), Message("user", 'It was called as f(api_key="hunter22!")')))
    shown: list[str] = []
    with Endpoint(lambda asked: f"```python\n{asked.body['messages'][0]['content']}```") as endpoint:
        guarded = Guarded(make(endpoint), guard)
        first = await guarded.reply(ask, shown.append)
        kept = await guarded.reply(ask)
    assert first.text == kept.text == f"```python\n{code}```"
    assert endpoint.asked[0].prompt.count("PERFWISE_SECRET_1") == 2
    database = kept_file(guard.folder).read_bytes().decode("latin-1")
    assert "hunter22" not in endpoint.asked[0].prompt + "".join(shown) + caplog.text + database


async def test_an_equal_question_is_answered_from_before(make: Make, guard: Guard) -> None:
    with Endpoint(["first", "second", "third", "fourth"]) as endpoint:
        guarded = Guarded(make(endpoint), guard)
        first, again = await guarded.reply(ASK), await guarded.reply(ASK)
        assert first.text == again.text == "first"
        assert first.input_tokens > again.input_tokens == again.output_tokens == 0
        assert (await guarded.reply(replace(ASK, seed=2))).text == "second"
        assert (await Guarded(make(endpoint, model="other"), guard).reply(ASK)).text == "third"
        assert answers.count(guard.folder) == 3
        answers.clear(guard.folder)
        assert answers.count(guard.folder) == 0
        assert (await guarded.reply(ASK)).text == "fourth"
        assert (await Guarded(make(endpoint), replace(guard, use_kept=False)).reply(ASK)).input_tokens > 0


async def test_faults_are_not_kept(make: Make, guard: Guard) -> None:
    with Endpoint([Status(403), "x"]) as endpoint:
        guarded = Guarded(make(endpoint), guard)
        with pytest.raises(ProviderError):
            await guarded.reply(ASK)
        assert (await guarded.reply(ASK)).text == "x"


def test_kept_replies_are_bounded(make: Make, guard: Guard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "MOST", 3)
    provider = make("http://127.0.0.1:1/v1")
    for seed in range(6):
        answers.keep(provider, replace(ASK, seed=seed), Reply("x", 1, 1, 1.0, "m"), guard.folder)
    assert answers.count(guard.folder) == 3


@pytest.mark.parametrize(
    ("budget", "said"),
    [
        (Budget(request_tokens=50), r"the request may take 73 tokens, and the budget of one is 50: ask with less"),
        (Budget(day_tokens=1_000), r"1,000 of today's 1,000 tokens are spent, and this request may take 73"),
        (Budget(day_price=0.01), r"\$0\.01 of today's \$0\.01 are spent"),
    ],
    ids=["tokens of a request", "tokens of a day", "dollars of a day"],
)
async def test_budget(make: Make, guard: Guard, budget: Budget, said: str) -> None:
    with Endpoint(["x"]) as endpoint:
        provider = Elsewhere(make(endpoint))
        spending.add(provider, provider.model, Spent(1, 600, 400, 0.0099), guard.folder)
        with pytest.raises(BudgetError, match=said):
            await Guarded(provider, replace(guard, budget=budget)).reply(ASK)
        assert endpoint.asked == []
        assert (await Guarded(provider, guard).reply(ASK)).text == "x"


async def test_a_model_without_a_price_has_no_place_in_a_budget_of_dollars(make: Make, guard: Guard) -> None:
    with Endpoint(["x"]) as endpoint, pytest.raises(BudgetError, match="the price of qwen is not known"):
        await Guarded(Elsewhere(make(endpoint), "qwen"), replace(guard, budget=Budget(day_price=1))).reply(ASK)


async def test_this_machine_is_free(make: Make, guard: Guard) -> None:
    with Endpoint(["x"]) as endpoint:
        await Guarded(make(endpoint), replace(guard, budget=Budget(1, 1, 0.000001))).reply(ASK)
    assert spending.today(guard.folder) == Spent()


async def test_what_a_reply_cost_is_counted(make: Make, guard: Guard) -> None:
    with Endpoint([Text("x" * 400)]) as endpoint:
        guarded = Guarded(Elsewhere(make(endpoint)), guard)
        await guarded.reply(ASK)
        await guarded.reply(ASK)  # Kept.
        await guarded.reply(replace(ASK, seed=2))
    assert spending.today(guard.folder) == Spent(2, 200, 200, pytest.approx(200 * 0.25e-6 + 200 * 2e-6))


async def test_questions_under_way_count(make: Make, guard: Guard) -> None:
    with Endpoint([Text("x", delay=0.3)]) as endpoint:
        guarded = Guarded(Elsewhere(make(endpoint)), replace(guard, budget=Budget(day_tokens=200)))
        asks = (guarded.reply(replace(ASK, seed=seed)) for seed in range(5))
        replies = await asyncio.gather(*asks, return_exceptions=True)
    assert [type(reply) for reply in replies] == [Reply, Reply, BudgetError, BudgetError, BudgetError]


async def test_what_was_cancelled_or_cut_is_counted(make: Make, guard: Guard) -> None:
    with Endpoint([Cut("x" * 100), Endless()]) as endpoint:
        guarded = Guarded(Elsewhere(make(endpoint)), guard)
        with pytest.raises(ProviderError, match="broke off"):
            await guarded.reply(ASK)
        assert spending.today(guard.folder).requests == 1
        heard = asyncio.Event()
        asking = asyncio.create_task(guarded.reply(ASK, lambda _text: heard.set()))
        await asyncio.wait_for(heard.wait(), WAIT)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
    assert spending.today(guard.folder).requests == 2
    assert answers.count(guard.folder) == 0


def test_prices() -> None:
    assert spending.price_of("gpt-5-mini-2025", 1_000_000, 1_000_000) == 2.25
    assert spending.price_of("openai/gpt-5-mini", 1_000_000, 0) == 0.25
    assert spending.price_of("gpt-5", 1_000_000, 0) == 1.25
    assert spending.price_of("llama", 1, 1) is None
