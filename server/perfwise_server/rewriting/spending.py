"""What is spent: tokens, and what they cost as far as the price is known. What stays on this machine is free."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from perfwise_server.rewriting.kept import kept_file, opened
from perfwise_server.rewriting.providers.keys import is_loopback
from perfwise_server.rewriting.providers.provider import THIS_MACHINE, Ask, Provider, asked_tokens

PRICES_OF = "March 2026"
# US dollars for a million tokens in and out, by the start of a model's name.
PRICES: Mapping[str, tuple[float, float]] = {
    "claude-haiku-4-5": (1.0, 5.0),
    "claude-opus-4-5": (5.0, 25.0),
    "claude-opus-4-6": (5.0, 25.0),
    "claude-sonnet-4": (3.0, 15.0),
    "gpt-4o": (2.5, 10.0),
    "gpt-4o-mini": (0.15, 0.6),
    "gpt-5": (1.25, 10.0),
    "gpt-5-mini": (0.25, 2.0),
    "gpt-5-nano": (0.05, 0.4),
}
_MILLION = 1_000_000
_KEEP_DAYS = 400


@dataclass(frozen=True, slots=True)
class Budget:
    """0 is without a limit. A day is one of this machine's calendar."""

    request_tokens: int = 32_000  # Question and longest reply together.
    day_tokens: int = 1_000_000
    day_price: float = 0.0  # US dollars. With a limit, models of unknown price are not asked.


@dataclass(frozen=True, slots=True)
class Spent:
    requests: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    price: float = 0.0  # In US dollars, of those requests whose price is known.

    @property
    def tokens(self) -> int:
        return self.input_tokens + self.output_tokens


def price_of(model: str, input_tokens: int, output_tokens: int) -> float | None:
    """In US dollars; None where the model's price is not known."""
    for start in sorted(PRICES, key=len, reverse=True):
        if model.rpartition("/")[2].startswith(start) or model.startswith(start):
            into, out = PRICES[start]
            return (input_tokens * into + output_tokens * out) / _MILLION
    return None


def is_free(provider: Provider) -> bool:
    return provider.where == THIS_MACHINE or is_loopback(f"http://{provider.where}")


def refusal(provider: Provider, ask: Ask, budget: Budget, spent: Spent) -> str:
    """Why a question would go beyond the budget, after what was spent today; empty where it would not."""
    if is_free(provider):
        return ""
    asked = asked_tokens(ask)
    most = asked + ask.max_tokens
    if budget.request_tokens and most > budget.request_tokens:
        return f"the request may take {most:,} tokens, and the budget of one is {budget.request_tokens:,}"
    if budget.day_tokens and spent.tokens + most > budget.day_tokens:
        return f"{spent.tokens:,} of today's {budget.day_tokens:,} tokens are spent, and this request may take {most:,}"
    if budget.day_price:
        price = price_of(provider.model, asked, ask.max_tokens)
        if price is None:
            return f"the price of {provider.model or 'the model'} is not known, and there is a budget in dollars"
        if spent.price + price > budget.day_price:
            return f"${spent.price:.2f} of today's ${budget.day_price:.2f} are spent, and this may cost ${price:.2f}"
    return ""


def today(folder: Path | None = None) -> Spent:
    """What left this machine today. Raises KeptError."""
    if not kept_file(folder).exists():
        return Spent()
    sums = "coalesce(sum(requests), 0), coalesce(sum(input), 0), coalesce(sum(output), 0), coalesce(sum(price), 0.0)"
    with opened(folder) as tables:
        row = tables.execute(f"SELECT {sums} FROM spending WHERE day = ?", (_day(),)).fetchone()
    return Spent(*row)


def add(provider: Provider, model: str, spent: Spent, folder: Path | None = None) -> None:
    """Effect: is part of what is spent today. Raises KeptError."""
    if is_free(provider):
        return
    with opened(folder) as tables:
        key = (_day(), provider.name, provider.where, model)
        tables.execute("INSERT OR IGNORE INTO spending VALUES (?, ?, ?, ?, 0, 0, 0, 0)", key)
        tables.execute(
            "UPDATE spending SET requests = requests + ?, input = input + ?, output = output + ?, price = price + ?"
            " WHERE day = ? AND provider = ? AND place = ? AND model = ?",
            (spent.requests, spent.input_tokens, spent.output_tokens, spent.price, *key),
        )
        tables.execute("DELETE FROM spending WHERE day < date(?, ?)", (_day(), f"-{_KEEP_DAYS} days"))


def _day() -> str:
    return date.today().isoformat()
