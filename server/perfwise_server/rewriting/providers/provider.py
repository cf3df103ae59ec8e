"""What is asked of a language model, what it replies, and how it may fail.

`choosing.provider` makes a provider from settings; `discovery.found_here` finds those that run on this machine.
Nothing is sent past `rewriting/guarded.py`, which asks for consent, masks secrets and keeps to the budget.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

THIS_MACHINE = "this machine"

Role = Literal["system", "user", "assistant"]
Kind = Literal["openai", "anthropic", "local", "client"]

# What the client is asked with, and what it gives back; `client.py` says which keys.
ClientRequest = Callable[[Mapping[str, Any]], Awaitable[Mapping[str, Any]]]


CHARACTERS_PER_TOKEN = 3.5  # Of code, about; where nobody counts.


class ProviderError(Exception):
    """No reply. The text is one sentence with the way out, and holds no key."""


@dataclass(frozen=True, slots=True)
class Message:
    role: Role
    content: str


@dataclass(frozen=True, slots=True)
class Ask:
    messages: tuple[Message, ...]
    max_tokens: int = 2048
    temperature: float = 0.7
    seed: int | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """Tokens are an estimate where the provider did not count them, and 0 where an equal question was answered before;
    `is_cut` where `max_tokens` ended the text."""

    text: str
    input_tokens: int
    output_tokens: int
    seconds: float
    model: str
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class ProviderSettings:
    """Where to ask. `model` is a name, or a GGUF file for `local`; empty asks the endpoint which it has."""

    kind: Kind
    model: str = ""
    base_url: str = ""  # With /v1; empty is that of the maker.
    key: str = field(default="", repr=False)  # From the client's secret storage; empty looks into the environment.
    stream: bool = True
    silence: float | None = None  # Seconds without a byte after which a reply is given up; None as the place goes.
    longest: float = 300.0  # Seconds for one reply, retries included.
    attempts: int = 3
    backoff: float = 1.0  # Seconds before the second attempt; each further one waits twice as long.


def estimated_tokens(text: str) -> int:
    return round(len(text) / CHARACTERS_PER_TOKEN) + 1


def asked_tokens(ask: Ask) -> int:
    """An estimate of what a question costs before its reply."""
    return sum(estimated_tokens(message.content) for message in ask.messages)


def heard_nothing(_text: str) -> None:
    """For who does not listen while a reply comes in."""


class Provider(Protocol):
    @property
    def name(self) -> str:
        """As it is shown: "OpenAI-compatible", "Anthropic"."""

    @property
    def model(self) -> str:
        """Empty until the first reply where the endpoint chooses."""

    @property
    def where(self) -> str:
        """The host and port that are sent to, as they are shown; "this machine", "the editor"."""

    async def reply(self, ask: Ask, on_text: Callable[[str], None] = heard_nothing) -> Reply:
        """Raises ProviderError. `on_text` gets each piece as it comes. Cancelling the task ends the request."""

    async def close(self) -> None:
        """Effect: connections and child processes are ended; the provider may not be asked again."""
