"""Rules over a document: findings kept per segment, and found anew where an edit can have changed them."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from perfwise_analyzers.cost.costs import Costs
from perfwise_analyzers.cost.frame import FunctionCost
from perfwise_analyzers.document import Document, Segment
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.facts import Facts
from perfwise_analyzers.finding import Edit, Finding, Fix, Span
from perfwise_analyzers.fixing.imports import import_edits
from perfwise_analyzers.fixing.queues import everywhere
from perfwise_analyzers.measured import gain_of, with_gain, with_seconds
from perfwise_analyzers.module import Module, mentions
from perfwise_analyzers.observed import SMALL, Observation, is_small, with_observation
from perfwise_analyzers.rule import Rule
from perfwise_analyzers.rules import RULES
from perfwise_analyzers.selection import chosen
from perfwise_analyzers.suppressions import MARK, silenced

PAYS = 1.3  # A rule that gains less than this on the project's Python has nothing to say there.


@dataclass(frozen=True, slots=True)
class Options:
    """What to look for. `python` is the version the code is for; the thresholds are those of the PW9xx hints, 0 for
    their defaults; `report_unused` asks for comments that silence nothing. What runs showed to be no larger than
    `small` is not told of; 0 tells of it too."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    python: tuple[int, int] | None = None
    cyclomatic: int = 0
    cognitive: int = 0
    maintainability: float = 0
    report_unused: bool = False
    small: int = SMALL


@dataclass(frozen=True, slots=True)
class FunctionPlace:
    """Where a function is. `span` starts at its first decorator; `name_span` is the name after `def`."""

    name: str
    span: Span
    name_span: Span


class Analysis:
    """The findings of one document. After the document is edited, `update` follows.

    `hot` gives the seconds a profile found on lines, counted from 1; it may change with the document. On such a line
    even rules speak whose gain is too small to be told of elsewhere. `observed` says what runs showed of functions, by
    their qualified names; another mapping may be put in its place at any time.
    """

    def __init__(
        self,
        document: Document,
        options: Options | None = None,
        hot: Mapping[int, float] | None = None,
        observed: Mapping[str, Observation] | None = None,
    ) -> None:
        self.document = document
        self.options = options or Options()
        self.hot = hot
        self.observed = observed or {}
        speaking = _active(self.options)
        self._rules = speaking if hot is None else chosen(RULES, self.options.select, self.options.ignore)
        self._speaking = frozenset(rule.code for rule in speaking)
        self._triggers = _words(self._rules)
        self._segments: list[Segment] = list(document.segments)
        self._known: dict[Segment, None] = dict.fromkeys(self._segments)
        self._module = Module(self._segments)
        self._costs = Costs(self._module)
        self._found: dict[Segment, tuple[Finding, ...]] = {}
        self._silenced: dict[Segment, list[tuple[Finding, int]]] = {}
        self._broken: dict[Segment, bool] = {}
        self._places: dict[Segment, list[tuple[str, Span, Span]]] = {}

    def update(self) -> None:
        """Forgets what the document's edits since the last call can have changed."""
        segments = list(self.document.segments)
        if segments == self._segments:
            return
        now = dict.fromkeys(segments)
        removed = [segment for segment in self._known if segment not in now]
        added = [segment for segment in now if segment not in self._known]
        self._segments, self._known = segments, now
        for segment in removed:
            self._found.pop(segment, None)
            self._silenced.pop(segment, None)
            self._broken.pop(segment, None)
            self._places.pop(segment, None)
        changed = self._module.replace(segments, removed, added)
        stale = [each for each in now if not changed.isdisjoint(self._module.reads(each))] if changed else []
        for segment in stale:
            self._found.pop(segment, None)
            self._module.drop_findings_of(segment)
        self._costs.forget(removed, stale)

    def findings(self) -> list[Finding]:
        """All findings of the document, in the order of the text, without those a comment silences."""
        return self._between(0, len(self._segments))

    def findings_between(self, first_line: int, last_line: int) -> list[Finding]:
        """The findings of the segments that have a line in this range."""
        if not self._segments:
            return []
        return self._between(self.document.index_at(first_line), self.document.index_at(last_line) + 1)

    def _between(self, first: int, last: int) -> list[Finding]:
        result: list[Finding] = []
        hot_lines = sorted(self.hot or ())
        for index in range(first, last):
            segment = self._segments[index]
            found: Iterable[Finding] = self._of(segment)
            if found:
                line = self.document.start_line(index)
                if self.hot is not None:
                    at = bisect(hot_lines, line)
                    if at < len(hot_lines) and hot_lines[at] <= line + segment.line_count:
                        result.extend(self._profiled([finding.shifted(line) for finding in found], self.hot))
                        continue
                    found = (finding for finding in found if finding.code in self._speaking)
                result.extend(finding.shifted(line) for finding in found)
        return list(self._observed(result)) if self.observed else result

    def _observed(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        for finding in findings:
            seen = self.observed.get(finding.function)
            if seen is None:
                yield finding
            elif not is_small(finding, seen, self.options.small):
                lines = range(finding.span.start.line, finding.span.end.line + 1)
                yield with_observation(finding, seen, map(self.document.line, lines))

    def _profiled(self, findings: Iterable[Finding], hot: Mapping[int, float]) -> Iterator[Finding]:
        """The findings on hot lines with their seconds, and those of rules that speak anywhere.

        A profiler charges what it has no line for to the function's first line: such seconds may be any finding's
        that is in the function, and count for those of rules that speak anywhere.
        """
        for finding in findings:
            lines = range(finding.span.start.line, finding.span.end.line + 1)
            own, around = sum(hot.get(line + 1, 0.0) for line in lines), 0.0
            if finding.code in self._speaking and (first := self._first_line(finding)) not in lines:
                around = hot.get(first + 1, 0.0)
            if own or around:
                yield with_seconds(finding, own + around, at_most=around > 0)
            elif finding.code in self._speaking:
                yield finding

    def _first_line(self, finding: Finding) -> int:
        """Of the function that a finding is in; -1 at module level."""
        places = self.functions_at((finding.span.start.line,)) if finding.function else []
        starts = [place.span.start for place in places if place.name == finding.function]
        return max((start.line for start in starts if start <= finding.span.start), default=-1)

    def _of(self, segment: Segment) -> tuple[Finding, ...]:
        found = self._found.get(segment)
        if found is None:
            found = self._found[segment] = self._find(segment)
        return found

    def _find(self, segment: Segment) -> tuple[Finding, ...]:
        source = segment.source
        if segment.kind == "opaque" or not self._triggers.search(source):
            return ()
        rules = [rule for rule in self._rules if any(word in source for word in rule.triggers)]
        facts = self._module.facts(segment)
        found = {
            (finding.span, finding.code): with_gain(finding, gain_of(rule, self.options.python))
            for rule in rules
            for finding in rule.findings(facts)
        }
        if MARK in source:
            silencing = {key: _lines_that_silence(finding, facts) for key, finding in found.items()}
            self._silenced[segment] = [(found[key], line) for key, lines in silencing.items() for line in lines]
            found = {key: finding for key, finding in found.items() if not silencing[key]}
        return tuple(found[key] for key in sorted(found))

    def silenced(self) -> list[tuple[Finding, int]]:
        """What comments silence, with the line of the comment: a finding comes once for each that silences it."""
        result: list[tuple[Finding, int]] = []
        for index, segment in enumerate(self._segments):
            self._of(segment)
            first = self.document.start_line(index)
            result += [(finding.shifted(first), first + line) for finding, line in self._silenced.get(segment, ())]
        return result

    def broken(self, index: int) -> bool:
        """Whether a segment does not parse."""
        segment = self._segments[index]
        known = self._broken.get(segment)
        if known is None:
            known = self._broken[segment] = self._module.structure(segment).suite.broken
        return known

    def functions(self) -> list[FunctionPlace]:
        """Every function of the document, nested ones included, in the order of the text. Reads the whole document."""
        return [place for index in range(len(self._segments)) for place in self._functions_in(index)]

    def functions_at(self, lines: Iterable[int]) -> list[FunctionPlace]:
        """The functions of the segments that hold these lines, in the order of the text."""
        if not self._segments:
            return []
        indexes = sorted({self.document.index_at(line) for line in lines})
        return [place for index in indexes for place in self._functions_in(index)]

    def _functions_in(self, index: int) -> list[FunctionPlace]:
        segment = self._segments[index]
        places = self._places.get(segment)
        if places is None:
            places = self._places[segment] = self._places_in(segment)
        line = self.document.start_line(index)
        return [FunctionPlace(name, span.shifted(line), at.shifted(line)) for name, span, at in places]

    def _places_in(self, segment: Segment) -> list[tuple[str, Span, Span]]:
        if segment.kind == "opaque" or "def" not in segment.source:
            return []
        facts = self._module.facts(segment, 0)
        places: list[tuple[str, Span, Span]] = []
        for node in facts.structure.all(n.FunctionDef):
            start = _name_offset(facts, node)
            name_span = facts.positions.span(start, start + len(node.name))
            places.append((facts.qualified(node), facts.positions.of(node), name_span))
        return places

    def costs(self, first_line: int = 0, last_line: int | None = None) -> list[FunctionCost]:
        """What the functions of the document cost, nested ones included, in the order of the text; with lines, those of
        the segments that have a line in this range. Not for a keystroke: the first time it takes as long as a check."""
        if not self._segments:
            return []
        last = len(self._segments) if last_line is None else self.document.index_at(last_line) + 1
        return [
            replace(cost, first_line=self.document.start_line(index))
            for index in range(self.document.index_at(first_line), last)
            for cost in self._costs.of(self._segments[index], self._segments)
        ]

    def edits_of(self, fix: Fix) -> tuple[Edit, ...]:
        """All edits of a fix of this document: its own, those it needs in other segments, and those of its imports."""
        edits, imports = list(fix.edits), set(fix.imports)
        for key in fix.deques:
            for index, segment in enumerate(self._segments):
                if segment.kind != "opaque" and mentions(segment, key):
                    draft = everywhere(self._module.facts(segment), key)
                    first = self.document.start_line(index)
                    edits += [Edit(edit.span.shifted(first), edit.text) for edit in draft.edits]
                    imports.update(draft.imports)
        return (*import_edits(self.document, imports), *sorted(edits))


def find(text: str, options: Options | None = None) -> list[Finding]:
    """The findings of a whole text."""
    return Analysis(Document(text), options).findings()


@lru_cache(maxsize=64)
def _active(options: Options) -> tuple[Rule, ...]:
    """The rules that speak wherever they find something: chosen, and worth it on the project's Python."""
    return tuple(
        rule
        for rule in chosen(RULES, options.select, options.ignore)
        if not rule.micro and ((gain := gain_of(rule, options.python)) is None or gain.times >= PAYS)
    )


def _words(rules: Sequence[Rule]) -> re.Pattern[str]:
    words = sorted({word for rule in rules for word in rule.triggers})
    return re.compile("|".join(map(re.escape, words)) if words else r"(?!)")


def _lines_that_silence(finding: Finding, facts: Facts) -> list[int]:
    """The lines whose comment silences the finding: its own, and the headers of what it is in."""
    lines = facts.positions
    (first, _), (last, _) = finding.span
    numbers = {first, last}
    start = lines.starts[first]
    for scope in facts.structure.scopes:
        node = scope.node
        if isinstance(node, (n.FunctionDef, n.ClassDef)) and node.start <= start < node.end:
            numbers.update(range(lines.at(node.start).line, lines.at(node.header_end).line + 1))
    return [number for number in sorted(numbers) if silenced(finding, lines.line(number))]


def _name_offset(facts: Facts, node: n.FunctionDef) -> int:
    found = re.compile(rf"\bdef\s+({re.escape(node.name)})").search(
        facts.text, node.start, max(node.header_end, node.start)
    )
    return found.start(1) if found else node.start
