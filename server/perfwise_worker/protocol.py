"""What the server asks of a worker and what the worker replies, one JSON object a line."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any, Literal, Union

Kind = Literal[
    "value",
    "order",
    "float rounding",
    "type",
    "exception type",
    "message",
    "aliasing",
    "mutation",
    "laziness",
    "output",
    "module state",
]
FailureKind = Literal["syntax", "load", "call", "time", "memory", "crash", "request"]


@dataclass(frozen=True)
class Load:
    """Execute the source of both versions, each as a fresh module called `name`. It comes first."""

    old: str
    new: str
    name: str = "module"


@dataclass(frozen=True)
class Compare:
    """Make the calls, one after the other in one process a version, and compare what can be observed."""

    calls: tuple[str, ...]
    seconds: float = 10.0


@dataclass(frozen=True)
class Time:
    """Time both versions on the call, for about `budget` seconds at most; give up after `seconds`."""

    call: str
    budget: float = 1.0
    seconds: float = 30.0


@dataclass(frozen=True)
class Loaded:
    python: str  # "3.11"


@dataclass(frozen=True)
class Difference:
    kind: Kind
    call: str
    where: str  # "result[3].name"
    old: str
    new: str


@dataclass(frozen=True)
class Compared:
    """`returned` counts the calls that came back normally in both; `unjudged` names what could not be looked into."""

    differences: tuple[Difference, ...]
    returned: int
    unjudged: tuple[str, ...]


@dataclass(frozen=True)
class Timed:
    """`ratio` is old to new, so above 1 the new one is faster; `low` and `high` bound it. Seconds are of one call."""

    ratio: float
    low: float
    high: float
    pairs: int
    old_seconds: float
    new_seconds: float
    clock: Literal["cpu", "wall"]


@dataclass(frozen=True)
class Failed:
    """The request could not be carried out. `version` is the one that failed, where that is known."""

    kind: FailureKind
    message: str
    version: Literal["old", "new", ""] = ""


Request = Union[Load, Compare, Time]
Reply = Union[Loaded, Compared, Timed, Failed]

_MESSAGES: dict[str, Any] = {
    message.__name__: message for message in (Load, Compare, Time, Loaded, Compared, Timed, Failed)
}


def encode(message: Request | Reply) -> bytes:
    return json.dumps({"type": type(message).__name__, **asdict(message)}).encode("ascii") + b"\n"


def decode(line: bytes) -> Any:
    """Raises ValueError when the line is no message of this protocol."""
    try:
        fields = json.loads(line)
        message = _MESSAGES[fields.pop("type")](**fields)
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError(f"not a message: {error}") from error
    if isinstance(message, Compared):
        differences = tuple(Difference(**difference) for difference in fields["differences"])
        return Compared(differences, message.returned, tuple(message.unjudged))
    return Compare(tuple(message.calls), message.seconds) if isinstance(message, Compare) else message
