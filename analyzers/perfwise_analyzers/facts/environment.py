"""What a piece of code may know of the rest of its module: summaries of the names it uses, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from perfwise_analyzers.facts.types import UNKNOWN, Type

USES = "uses:"
CALLS = "uses:calls:"  # Before the name of a function: whether the module calls it many times in a run.


@dataclass(frozen=True, slots=True)
class Scan:
    """A function looks through something one by one, each time it is called.

    `operation` is the kind of operation ("membership"); `target` is what it looks through: "name:KNOWN" for a name of
    the module, "attribute:Class.known", or "parameter:0:users".
    """

    operation: str
    target: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What others may know of one name of the module.

    `type` is the value's type, or for a function what a call returns. `origin` is the dotted path an import stands
    for. `mutated` says that some code of the module changes the value in place, `by_key` that a function of two
    parameters compares the same of both.
    """

    kind: Literal["variable", "function", "class", "import"]
    type: Type = UNKNOWN
    origin: str = ""
    scans: tuple[Scan, ...] = ()
    mutated: bool = False
    by_key: bool = False
    uses: frozenset[str] = frozenset()  # Of a key "uses:NAME" alone: what the module does with that list.


class Environment(Protocol):
    def lookup(self, key: str) -> Summary | None:
        """The summary of a name of the module ("orders"), an attribute or a method ("Shop.orders"); None if unbound."""


class Nothing:
    """The environment in which no name of the module is known."""

    def lookup(self, key: str) -> Summary | None:  # noqa: ARG002
        return None
