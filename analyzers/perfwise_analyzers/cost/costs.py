"""The costs of all functions of a module, kept until something they rest on changes.

What a function costs is a function of its text, of the summaries of the names it uses and of the costs of the functions
it calls. Functions that call each other in a circle have no known cost, wherever the circle is entered.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from perfwise_analyzers.cost.frame import FunctionCost
from perfwise_analyzers.cost.model import callees, function_cost
from perfwise_analyzers.document import Segment
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.module import Module

Place = tuple[Segment, int]  # A function by its number among those of the segment.


@dataclass(slots=True)
class _Entry:
    cost: FunctionCost
    called: dict[str, FunctionCost | None]


class Costs:
    def __init__(self, module: Module) -> None:
        self._module = module
        self._names: dict[Segment, tuple[str, ...]] = {}
        self._entries: dict[Place, _Entry] = {}
        self._places: dict[str, list[Place]] = {}
        self._indexed: tuple[Segment, ...] = ()
        self._checked: set[Place] = set()  # Whose entries hold for the text as it is now.

    def forget(self, removed: Iterable[Segment], stale: Iterable[Segment]) -> None:
        """After an edit: segments that are gone, and those whose summaries changed."""
        for segment in (*removed, *stale):
            for number in range(len(self._names.get(segment, ()))):
                self._entries.pop((segment, number), None)
        for segment in removed:
            self._names.pop(segment, None)
        self._checked.clear()
        self._indexed = ()

    def of(self, segment: Segment, segments: Iterable[Segment]) -> list[FunctionCost]:
        """Those of the functions of one segment, nested ones included, in the order of the text."""
        self._index(segments)
        return [self._known((segment, number)) for number in range(len(self._names_in(segment)))]

    def _index(self, segments: Iterable[Segment]) -> None:
        if self._indexed:
            return
        self._indexed = tuple(segments)
        self._places = {}
        for segment in self._indexed:
            if segment.kind in ("function", "method"):  # Its own name tells; what is nested is asked for from inside.
                name = f"{segment.owner}.{segment.name}" if segment.owner else segment.name
                self._places.setdefault(name, []).append((segment, 0))
                continue
            for number, name in enumerate(self._names_in(segment)):
                self._places.setdefault(name, []).append((segment, number))

    def _names_in(self, segment: Segment) -> tuple[str, ...]:
        names = self._names.get(segment)
        if names is None:
            names = self._names[segment] = self._names_of(segment)
        return names

    def _names_of(self, segment: Segment) -> tuple[str, ...]:
        if segment.kind == "opaque" or "def" not in segment.source:
            return ()
        structure = self._module.structure(segment)
        prefix = f"{segment.owner}." if segment.owner else ""
        return tuple(prefix + structure.scope_of[node].name for node in structure.all(n.FunctionDef))

    def _place(self, name: str) -> Place | None:
        """The only function of this name; None if there are several, or none that parses."""
        found = self._places.get(name)
        if found is None:
            around = self._place(name.rpartition(".")[0]) if "." in name else None
            names = self._names_in(around[0]) if around is not None else ()
            return (around[0], names.index(name)) if around is not None and names.count(name) == 1 else None
        if len(found) != 1:
            return None
        segment, number = found[0]
        names = self._names_in(segment)
        return found[0] if number < len(names) and names[number] == name else None

    def _known(self, place: Place) -> FunctionCost:
        """Works out the function's cost and before it, without recursion, those of the functions it calls."""
        stack: list[tuple[Place, bool]] = [(place, False)]
        opened: set[Place] = set()
        while stack:
            current, called = stack.pop()
            if current in self._checked:
                continue
            if not called:
                if current in opened:
                    continue
                opened.add(current)
                stack.append((current, True))
                stack.extend(
                    (other, False)
                    for name in reversed(self._called_by(current))
                    if (other := self._place(name)) is not None and other not in self._checked and other not in opened
                )
            else:
                self._check(current)
        return self._entries[place].cost

    def _called_by(self, place: Place) -> list[str]:
        entry = self._entries.get(place)
        return list(entry.called) if entry is not None else callees(self._module.facts(place[0]), self._function(place))

    def _function(self, place: Place) -> n.FunctionDef:
        return self._module.facts(place[0]).structure.all(n.FunctionDef)[place[1]]

    def _check(self, place: Place) -> None:
        entry = self._entries.get(place)
        if entry is None or any(_differ(self._result(name), cost) for name, cost in entry.called.items()):
            facts, function = self._module.facts(place[0]), self._function(place)
            called = {name: self._result(name) for name in callees(facts, function)}
            self._entries[place] = _Entry(function_cost(facts, function, called.get), called)
        self._checked.add(place)

    def _result(self, name: str) -> FunctionCost | None:
        place = self._place(name)
        return self._entries[place].cost if place is not None and place in self._checked else None


def _differ(now: FunctionCost | None, before: FunctionCost | None) -> bool:
    return now is not before and now != before
