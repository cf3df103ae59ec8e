"""What the segments of one document know of each other: summaries of names, kept as long as nothing they rest on changes.

A summary is worked out in a fixed number of rounds: in round 0 a segment knows nothing of the others, in each
further round it knows their summaries of the round before. So a summary is a function of the text alone, whatever
edits led to it, and names that depend on each other in a circle need no special care.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from perfwise_analyzers.document import Segment
from perfwise_analyzers.facts.environment import Environment, Nothing, Summary
from perfwise_analyzers.facts.facts import Facts
from perfwise_analyzers.facts.known import MUTATING
from perfwise_analyzers.facts.lower import lower
from perfwise_analyzers.facts.structure import Structure
from perfwise_analyzers.facts.summaries import Part, merged, part_of

ROUNDS = 3
_STRUCTURES_KEPT = 256
_FACTS_KEPT = 128


class Reader:
    """The environment of one segment in one round; it notes what it was asked."""

    def __init__(self, module: Module, below: int) -> None:
        self._module = module
        self._below = below
        self.reads: set[str] = set()

    def lookup(self, key: str) -> Summary | None:
        self.reads.add(key)
        return self._module.summary(self._below, key)


class _Entry:
    """The summary of one name in one round, and the part that each segment has in it."""

    __slots__ = ("parts", "value")

    def __init__(self) -> None:
        self.parts: dict[Segment, Part] = {}
        self.value: Summary | None = None


class Module:
    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments: dict[Segment, None] = dict.fromkeys(segments)
        self._by_owner: dict[str, dict[Segment, None]] = {}
        self._structures: OrderedDict[Segment, Structure] = OrderedDict()
        self._facts: OrderedDict[tuple[Segment, int], Facts] = OrderedDict()
        self._reads: dict[tuple[Segment, int], set[str]] = {}
        self._entries: list[dict[str, _Entry]] = [{} for _ in range(ROUNDS)]
        for segment in segments:
            self._file(segment)

    def structure(self, segment: Segment) -> Structure:
        found = self._structures.get(segment)
        if found is None:
            source = segment.source if segment.kind != "opaque" else ""
            found = self._structures[segment] = Structure(lower(source), source)
            if len(self._structures) > _STRUCTURES_KEPT:
                self._structures.popitem(last=False)
        else:
            self._structures.move_to_end(segment)
        return found

    def facts(self, segment: Segment, round_: int = ROUNDS) -> Facts:
        """The facts of a segment that knows the summaries of the round before; by default, of the last."""
        found = self._facts.get((segment, round_))
        if found is None:
            environment: Environment
            if round_ == 0:
                environment = Nothing()
            else:
                environment = Reader(self, round_ - 1)
                self._reads.setdefault((segment, round_), environment.reads)
                environment.reads = self._reads[segment, round_]
            found = self._facts[segment, round_] = Facts(self.structure(segment), environment, _owner(segment))
            if len(self._facts) > _FACTS_KEPT:
                self._facts.popitem(last=False)
        return found

    def reads(self, segment: Segment) -> set[str]:
        """The names whose summaries the findings of a segment rest on."""
        return self._reads.get((segment, ROUNDS), set())

    def summary(self, round_: int, key: str) -> Summary | None:
        entry = self._entries[round_].get(key)
        if entry is None:
            entry = _Entry()
            for segment in self._candidates(key):
                entry.parts[segment] = part_of(self.facts(segment, round_), key)
            entry.value = merged(list(entry.parts.values()))
            self._entries[round_][key] = entry
        return entry.value

    def replace(self, removed: Iterable[Segment], added: Iterable[Segment]) -> set[str]:
        """Follows an edit. Returns the names whose summaries, in the last round, are no longer what they were."""
        gone, new = set(removed), list(added)
        for segment in gone:
            self._forget(segment)
        for segment in new:
            self._segments[segment] = None
            self._file(segment)
        changed: set[str] = set()
        for round_ in range(ROUNDS):
            stale = {
                segment
                for (segment, at), reads in self._reads.items()
                if changed and at == round_ and not changed.isdisjoint(reads)
            }
            for segment in stale:
                self._facts.pop((segment, round_), None)
                self._reads.pop((segment, round_), None)
            changed = {
                key
                for key, entry in self._entries[round_].items()
                if self._revise(round_, key, entry, gone, new, stale)
            }
        return changed

    def drop_findings_of(self, segment: Segment) -> None:
        """Forgets what was read for a segment's findings, which are to be found anew."""
        self._facts.pop((segment, ROUNDS), None)
        self._reads.pop((segment, ROUNDS), None)

    def _revise(
        self, round_: int, key: str, entry: _Entry, gone: set[Segment], new: list[Segment], stale: set[Segment]
    ) -> bool:
        """Works out one summary again if it has to be. Returns whether it is another one now."""
        redo = [segment for segment in new if _may_speak(segment, key)]
        touched = bool(redo)
        for segment in list(entry.parts) if gone or stale else ():
            if segment in gone:
                del entry.parts[segment]
                touched = True
            elif segment in stale:
                redo.append(segment)
                touched = True
        if not touched:
            return False
        for segment in redo:
            entry.parts[segment] = part_of(self.facts(segment, round_), key)
        if redo and len(entry.parts) > 1:
            order = {segment: index for index, segment in enumerate(self._candidates(key))}
            entry.parts = dict(sorted(entry.parts.items(), key=lambda item: order.get(item[0], 0)))
        value = merged(list(entry.parts.values()))
        if value == entry.value:
            return False
        entry.value = value
        return True

    def reorder(self, segments: Sequence[Segment]) -> None:
        """Takes over the order of the document's segments."""
        self._segments = dict.fromkeys(segments)
        self._by_owner = {}
        for segment in segments:
            self._file(segment)

    def _candidates(self, key: str) -> list[Segment]:
        """The segments that may bind the name or change its value, in the order of the text."""
        owner = key.rpartition(".")[0]
        pool = self._by_owner.get(owner, {}) if owner else self._segments
        return [segment for segment in pool if _may_speak(segment, key)]

    def _file(self, segment: Segment) -> None:
        for owner in _owners(segment):
            self._by_owner.setdefault(owner, {})[segment] = None

    def _forget(self, segment: Segment) -> None:
        self._segments.pop(segment, None)
        for owner in _owners(segment):
            self._by_owner.get(owner, {}).pop(segment, None)
        self._structures.pop(segment, None)
        for round_ in range(ROUNDS + 1):
            self._facts.pop((segment, round_), None)
            self._reads.pop((segment, round_), None)


def _owner(segment: Segment) -> str:
    return segment.owner if segment.kind == "method" or (segment.kind == "class" and not segment.name) else ""


def _owners(segment: Segment) -> list[str]:
    """The classes whose attributes the segment may bind."""
    if segment.kind == "class" and segment.name:
        return [f"{segment.owner}.{segment.name}" if segment.owner else segment.name]
    return [segment.owner] if segment.owner else []


def _may_speak(segment: Segment, key: str) -> bool:
    """Whether a segment may bind the name `key` or change its value in place, as far as a glance tells."""
    owner, _, name = key.rpartition(".")
    if name not in segment.source:
        return False
    if owner:
        return owner in _owners(segment)
    if segment.owner:
        return bool(_changing(name).search(segment.source))
    if segment.kind == "function":
        return segment.name == name or bool(_changing(name).search(segment.source))
    return segment.kind != "opaque"


@lru_cache(maxsize=4096)
def _changing(name: str) -> re.Pattern[str]:
    """What binds a global name inside a function, or changes its value in place."""
    word = re.escape(name)
    return re.compile(
        rf"\bglobal\b[^\n]*\b{word}\b|\b{word}\s*(?:\.\s*(?:{'|'.join(sorted(MUTATING))})\s*\(|\[|[-+*/|&^@]=)"
    )
