"""What the segments of one document know of each other: summaries of names, kept while nothing they rest on changes.

A summary is worked out in a fixed number of rounds: in round 0 a segment knows nothing of the others, in each
further round it knows their summaries of the round before. So a summary is a function of the text alone, whatever
edits led to it, and names that depend on each other in a circle need no special care.
"""

from __future__ import annotations

import re
import unicodedata
from collections import OrderedDict
from collections.abc import Sequence

from perfwise_analyzers.document import Segment
from perfwise_analyzers.facts.environment import USES, Environment, Nothing, Summary
from perfwise_analyzers.facts.facts import Facts
from perfwise_analyzers.facts.known import MUTATING
from perfwise_analyzers.facts.lower import lower
from perfwise_analyzers.facts.structure import Structure
from perfwise_analyzers.facts.summaries import Part, merged, part_of

ROUNDS = 3
_STRUCTURES_KEPT = 256
_FACTS_KEPT = 128

_WORD = re.compile(r"\w+")
# What binds a global name inside a function, or changes its value in place.
_CHANGE = re.compile(rf"\bglobal\b([^\n]*)|\b(\w+)\s*(?:\.\s*(?:{'|'.join(sorted(MUTATING))})\s*\(|\[|[-+*/|&^@]=)")


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
        self._segments = segments
        self._order: dict[Segment, int] = {}
        self._speakers: dict[str, set[Segment]] = {}  # By the names of the module that they may bind or change.
        self._members: dict[str, set[Segment]] = {}  # By the class whose attributes they may bind.
        self._attributes: dict[str, set[str]] = {}  # The keys "Class.attribute" that were asked for, by the class.
        self._uses: set[str] = set()  # The keys "uses:..." that were asked for.
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
                entry.parts[segment] = self._part(segment, round_, key)
            entry.value = merged(list(entry.parts.values()))
            self._entries[round_][key] = entry
            if key.startswith(USES):
                self._uses.add(key)
            elif owner := key.rpartition(".")[0]:
                self._attributes.setdefault(owner, set()).add(key)
        return entry.value

    def _part(self, segment: Segment, round_: int, key: str) -> Part:
        if segment.kind == "opaque" and key.startswith(USES):
            return Summary("variable", uses=frozenset({"other"})), False  # Nobody has looked into it.
        return part_of(self.facts(segment, round_), key)

    def replace(self, segments: Sequence[Segment], removed: Sequence[Segment], added: Sequence[Segment]) -> set[str]:
        """Follows an edit. Returns the names whose summaries, in the last round, are no longer what they were."""
        self._segments = segments
        self._order = {}
        for segment in removed:
            self._forget(segment)
        for segment in added:
            self._file(segment)
        touched = {name for segment in (*removed, *added) for name in _names(segment)}
        for owner in {owner for segment in (*removed, *added) for owner in _owners(segment)}:
            touched |= self._attributes.get(owner, set())
        touched |= {key for key in self._uses if any(mentions(each, key) for each in (*removed, *added))}
        changed: set[str] = set()
        for round_, entries in enumerate(self._entries):
            stale = self._stale(round_, changed) if changed else set()
            for segment in stale:
                self._facts.pop((segment, round_), None)
                self._reads.pop((segment, round_), None)
            concerned = touched & entries.keys()
            if stale:
                concerned.update(key for key, entry in entries.items() if not stale.isdisjoint(entry.parts))
            changed = {key for key in concerned if self._revise(round_, key, entries[key], stale)}
        return changed

    def _stale(self, round_: int, changed: set[str]) -> set[Segment]:
        return {
            segment for (segment, at), reads in self._reads.items() if at == round_ and not changed.isdisjoint(reads)
        }

    def drop_findings_of(self, segment: Segment) -> None:
        """Forgets what was read for a segment's findings, which are to be found anew."""
        self._facts.pop((segment, ROUNDS), None)
        self._reads.pop((segment, ROUNDS), None)

    def _revise(self, round_: int, key: str, entry: _Entry, stale: set[Segment]) -> bool:
        """Works out one summary again. Returns whether it is another one now."""
        known = entry.parts
        entry.parts = {
            segment: known[segment] if segment in known and segment not in stale else self._part(segment, round_, key)
            for segment in self._candidates(key)
        }
        before, entry.value = entry.value, merged(list(entry.parts.values()))
        return entry.value != before

    def _candidates(self, key: str) -> list[Segment]:
        """The segments that may bind the name or change its value, in the order of the text."""
        owner, _, name = key.rpartition(".")
        if key.startswith(USES):
            return [segment for segment in self._segments if mentions(segment, key)]
        if owner:
            found = [segment for segment in self._members.get(owner, ()) if name in segment.source]
        else:
            found = list(self._speakers.get(name, ()))
        if len(found) > 1:
            if not self._order:
                self._order = {segment: index for index, segment in enumerate(self._segments)}
            found.sort(key=self._order.__getitem__)
        return found

    def _file(self, segment: Segment) -> None:
        for name in _names(segment):
            self._speakers.setdefault(name, set()).add(segment)
        for owner in _owners(segment):
            self._members.setdefault(owner, set()).add(segment)

    def _forget(self, segment: Segment) -> None:
        for name in _names(segment):
            self._speakers[name].discard(segment)
        for owner in _owners(segment):
            self._members[owner].discard(segment)
        self._structures.pop(segment, None)
        for round_ in range(ROUNDS + 1):
            self._facts.pop((segment, round_), None)
            self._reads.pop((segment, round_), None)


def mentions(segment: Segment, key: str) -> bool:
    """Whether a segment may use what the key names, with or without "uses:" and a class."""
    return re.split("[.:]", key)[-1] in _normalized(segment.source)


def _normalized(source: str) -> str:
    """As Python reads names."""
    return source if source.isascii() else unicodedata.normalize("NFKC", source)


def _owner(segment: Segment) -> str:
    return segment.owner if segment.kind == "method" or (segment.kind == "class" and not segment.name) else ""


def _owners(segment: Segment) -> list[str]:
    """The classes whose attributes the segment may bind."""
    if segment.kind == "class" and segment.name:
        return [f"{segment.owner}.{segment.name}" if segment.owner else segment.name]
    return [segment.owner] if segment.owner else []


def _names(segment: Segment) -> set[str]:
    """The names of the module that a segment may bind, or change the value of in place, as far as a glance tells."""
    source = _normalized(segment.source)
    if segment.kind == "opaque":
        return set()
    if segment.kind == "block" or (segment.kind == "class" and not segment.owner):
        return set(_WORD.findall(source))
    names = {unicodedata.normalize("NFKC", segment.name)} if segment.kind == "function" else set()
    for declared, changed in _CHANGE.findall(source):
        names.update(_WORD.findall(declared) if declared else (changed,))
    return names
