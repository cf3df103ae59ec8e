"""The model that the settings name: where it is, what it may be sent, and what that would cost."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from perfwise_server.configuration import Settings
from perfwise_server.rewriting.effort import EFFORTS, EffortName
from perfwise_server.rewriting.guarded import Guard
from perfwise_server.rewriting.private import Ignored
from perfwise_server.rewriting.providers.provider import Kind, Message, ProviderSettings, estimated_tokens
from perfwise_server.rewriting.secrets import Masking
from perfwise_server.rewriting.spending import PRICES_OF, Budget, Spent, is_free, price_of

if TYPE_CHECKING:
    from perfwise_server.rewriting.providers.provider import Provider

_KINDS: dict[str, Kind] = {"openai": "openai", "anthropic": "anthropic", "local": "local", "editor": "client"}
_REPLY = 1.6  # Times the source: what a reply is long, some words around the code included.


def model_settings(settings: Settings, key: str = "") -> ProviderSettings | None:
    """None where only the rules are asked."""
    kind = _KINDS.get(settings.model_provider)
    return ProviderSettings(kind, settings.model_name, settings.model_base_url, key) if kind else None


def address(settings: ProviderSettings) -> str:
    """The host that a key is for; empty where none is needed. Raises ProviderError for an address that cannot be."""
    from perfwise_server.rewriting.providers import anthropic, openai
    from perfwise_server.rewriting.providers.http import host_of

    makers = {"openai": openai.BASE_URL, "anthropic": anthropic.BASE_URL}
    if settings.kind not in makers:
        return ""
    return host_of(settings.base_url or makers[settings.kind])


def guard(settings: Settings, path: Path | None, is_trusted: bool, root: Path | None, is_fresh: bool) -> Guard:
    """`root` is the folder that the user's own patterns are relative to."""
    ignored = (project_patterns(settings), Ignored(settings.model_ignore, root))
    return Guard(path, is_trusted, ignored=ignored, budget=budget(settings), use_kept=not is_fresh)


def project_patterns(settings: Settings) -> Ignored:
    return Ignored(settings.model_private, settings.root)


def budget(settings: Settings) -> Budget:
    return Budget(settings.model_request_tokens, settings.model_day_tokens, settings.model_day_price)


def effort(settings: Settings) -> EffortName:
    efforts: dict[str, EffortName] = {name: name for name in EFFORTS}
    return efforts[settings.model_effort]


@dataclass(frozen=True)
class Estimate:
    """`price` is in words, and names what it rests on."""

    requests: int
    tokens_in: int
    tokens_out: int
    price: str


def estimate(settings: Settings, provider: Provider, messages: tuple[Message, ...], source: str) -> Estimate:
    """What a suggestion would take, where nothing has to be mended."""
    asked = EFFORTS[effort(settings)]
    requests = asked.candidates + asked.again * (asked.rounds - 1)
    into = requests * sum(estimated_tokens(each.content) for each in messages)
    out = round(requests * _REPLY * estimated_tokens(source))
    if is_free(provider):
        return Estimate(requests, into, out, "free, as it stays on this machine")
    price = price_of(provider.model, into, out)
    said = "of unknown price" if price is None else f"about ${price:.2f} by the prices of {PRICES_OF}"
    return Estimate(requests, into, out, said)


def shown_prompt(messages: tuple[Message, ...]) -> str:
    """As it is sent: with placeholders for secrets."""
    masking = Masking(each.content for each in messages)
    return "\n".join(f"[{each.role}]\n\n{masking.masked(each.content)}\n" for each in messages)


def told(spent: Spent) -> str:
    if not spent.requests:
        return "Nothing was sent today."
    what = "1 request" if spent.requests == 1 else f"{spent.requests:,} requests"
    tokens = f"{spent.input_tokens:,} tokens in and {spent.output_tokens:,} out"
    return f"Today: {what}, {tokens}, about ${spent.price:.2f} as far as prices are known."
