"""Operations: what is done to a container, however it is spelled. One file a family."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Literal

from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.scans import Equality
from perfwise_analyzers.facts.structure import Place

if TYPE_CHECKING:
    from perfwise_analyzers.facts.facts import Facts

Kind = Literal[
    "membership",
    "index",
    "count",
    "take-front",
    "put-front",
    "concatenation",
    "flattening",
    "prefix",
    "divisibility",
    "lookup",
    "distinct-addition",
    "reduction",
    "sort",
    "repeated-sort",
    "sorted-part",
    "resort",
    "removal",
    "merge",
    "shrink",
    "copy",
    "opening",
    "reverse-lookup",
    "array-growth",
    "value-membership",
]

_FAMILIES: dict[str, str] = {
    "membership": "searching",
    "index": "searching",
    "count": "searching",
    "lookup": "searching",
    "distinct-addition": "searching",
    "take-front": "ends",
    "put-front": "ends",
    "concatenation": "joining",
    "flattening": "joining",
    "prefix": "prefixes",
    "divisibility": "numbers",
    "reduction": "reducing",
    "sort": "sorting",
    "repeated-sort": "sorting",
    "sorted-part": "sorting",
    "resort": "sorting",
    "removal": "removing",
    "merge": "joining",
    "shrink": "ends",
    "copy": "copying",
    "opening": "files",
    "reverse-lookup": "searching",
    "array-growth": "arrays",
    "value-membership": "searching",
}


@dataclass(eq=False, slots=True)
class Operation:
    """One operation on a container.

    `node` is the expression or statement that does it, `item` what is looked for, put in or added. `spelling` names
    the form, for fixes that know only some forms. `call` is the call that does the work, where `node` is more than
    that. `helper` is the function of the module that does it on a call here.
    """

    kind: str
    node: n.Node
    container: n.Expr
    place: Place
    item: n.Expr | None = None
    spelling: str = ""
    helper: str = ""
    negated: bool = False
    scan: Equality | None = None
    call: n.Call | None = None


def operations_of(kind: str, facts: Facts) -> Iterable[Operation]:
    """Every operation of a kind in the segment, those that helpers do on a call included."""
    from perfwise_analyzers.facts.operations.helpers import KINDS, RETURNED, through_helpers

    yield from direct_operations(kind, facts)
    if kind in KINDS or kind in RETURNED:
        yield from through_helpers(facts, kind)


def direct_operations(kind: str, facts: Facts) -> list[Operation]:
    """The operations of a kind that the segment's own code does."""
    found = facts.direct.get(kind)
    if found is None:
        family = import_module(f"perfwise_analyzers.facts.operations.{_FAMILIES[kind]}")
        found = facts.direct[kind] = list(getattr(family, kind.replace("-", "_"))(facts))
    return found
