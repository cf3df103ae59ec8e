"""The fixes of a whole document, in rounds, since one fix may make room for another."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from operator import attrgetter

from perfwise_analyzers.document import Document, Segment
from perfwise_analyzers.engine import Analysis, Options
from perfwise_analyzers.facts.lower import lower
from perfwise_analyzers.finding import Edit, Finding
from perfwise_analyzers.fixing.edits import Composition, compose
from perfwise_analyzers.unused import unused_suppressions

SAFE = frozenset(("safe",))
_ROUNDS = 20  # More are a circle.


def fix_all(
    document: Document, options: Options, levels: Collection[str] = SAFE, first: Iterable[Finding] | None = None
) -> Iterator[Composition]:
    """Applies the fixes of these levels, again until none is left; gives what each round took and edited.

    Effect: edits the document. `first` is what the first round goes by, if not all that is found.
    """
    analysis = Analysis(document, options)
    for _ in range(_ROUNDS):
        found = (*analysis.findings(), *unused_suppressions(document, options)) if first is None else first
        fixes = [each.fix for each in found if each.fix and each.fix.level in levels]
        composition = fitting(document, [*map(analysis.edits_of, fixes)])
        if not composition.taken:
            return
        _edit(document, composition.edits)
        analysis.update()
        first = None
        yield composition


def fitting(document: Document, fixes: Sequence[Sequence[Edit]]) -> Composition:
    """As many of the fixes as fit together; where these break the source, only the first that does not."""
    composition = compose(fixes)
    if not composition.edits or _keeps_parsing(document, composition.edits):
        return composition
    for index, fix in enumerate(fixes):
        edits = tuple(sorted(fix, key=attrgetter("span")))
        if _keeps_parsing(document, edits):
            return Composition((index,), edits)
    return Composition((), ())


def _edit(document: Document, edits: Sequence[Edit]) -> None:
    """Makes edits that are in the order of the text and mean the text before them."""
    for edit in reversed(edits):
        document.edit(*edit)


def _keeps_parsing(document: Document, edits: Sequence[Edit]) -> bool:
    """Whether no more of the document is broken after the edits than before."""
    edited = document.copy()
    _edit(edited, edits)
    before, after = set(document.segments), set(edited.segments)
    return _broken(after - before) <= _broken(before - after)


def _broken(segments: Iterable[Segment]) -> int:
    return sum(lower(segment.source).broken for segment in segments if segment.kind != "opaque")
