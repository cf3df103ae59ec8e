"""What the processes of a run noted, put together and told by the names of functions."""

from __future__ import annotations

import json
import re
import statistics
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from perfwise_analyzers.document import Document
from perfwise_analyzers.engine import Analysis
from perfwise_analyzers.finding import Span
from perfwise_analyzers.observed import Observation
from perfwise_server.evidence.keys import key_of
from perfwise_server.evidence.store import Seen, Sizes, Store

_MOST_SAMPLES = 8
_MOST_LINES = 3_000  # Of a text whose functions are looked up by their sources while the editor waits.


@dataclass
class _Noted:
    """Of one function, over all processes."""

    calls: int = 0
    seconds: float = 0.0
    at_least: bool = False
    types: defaultdict[str, defaultdict[str, int]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(int))
    )
    sizes: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    samples: dict[str, None] = field(default_factory=dict)

    def add(self, row: dict[str, Any]) -> None:
        self.calls += row["calls"]
        self.seconds += row["seconds"]
        self.at_least |= row["at_least"]
        for name, seen in row["sizes"].items():
            self.sizes[name] += seen["sizes"]
            for kind, count in seen["types"].items():
                self.types[name][kind] += count
        self.samples.update(dict.fromkeys(row["samples"]))


def gathered(folder: Path) -> list[Seen]:
    """The functions called in the run whose processes wrote their files here, those that took longest first."""
    noted: defaultdict[str, defaultdict[int, _Noted]] = defaultdict(lambda: defaultdict(_Noted))
    for file in sorted(folder.glob("*.json")):
        try:
            for row in json.loads(file.read_text("utf-8")):
                noted[row["path"]][row["line"]].add(row)
        except (OSError, ValueError, KeyError, TypeError):
            continue  # Of a process that was killed while it wrote.
    found = [seen for path, functions in noted.items() for seen in _named(path, functions)]
    return sorted(found, key=lambda seen: -seen.seconds)


def _named(path: str, noted: dict[int, _Noted]) -> Iterator[Seen]:
    try:
        document = Document(Path(path).read_text("utf-8"))
    except (OSError, ValueError):
        return
    for place in Analysis(document).functions():
        if (found := noted.get(place.span.start.line + 1)) is not None:
            sizes = {
                name: Sizes(dict(found.types[name]), max(each), statistics.median_low(each))
                for name, each in found.sizes.items()
            }
            samples = tuple(f"{place.name}({text})" for text in found.samples)[:_MOST_SAMPLES]
            key = key_of(source_of(document, place.span))
            yield Seen(path, place.name, key, found.calls, found.seconds, found.at_least, sizes, samples)


def in_text(store: Store, document: Document) -> dict[str, Observation]:
    """What is known of functions with these sources, wherever they were, by their names here."""
    if store.is_empty() or document.line_count > _MOST_LINES:
        return {}
    found = {}
    for place in Analysis(document).functions():
        if seen := store.of_source(key_of(source_of(document, place.span))):
            found[place.name] = seen.observation
    return found


def source_of(document: Document, span: Span) -> str:
    lines = [document.line(number) for number in range(span.start.line, span.end.line + 1)]
    return "\n".join(line.rstrip("\r\n") for line in lines)


def key_in(text: str, name: str) -> bytes | None:
    """The key of a function of this text; None where it has none of the name."""
    return key_in_document(Document(text), name)


def key_in_document(document: Document, name: str) -> bytes | None:
    """The same. It reads the functions of that name alone."""
    places = [place for place in Analysis(document).functions_at(defining(document, name)) if place.name == name]
    return key_of(source_of(document, places[-1].span)) if places else None


def defining(document: Document, name: str) -> list[int]:
    """The lines that look like the first of a function of this name, in whatever class."""
    defined = re.compile(rf"\s*(?:async\s+)?def\s+{re.escape(name.rpartition('.')[2])}\b")
    return [number for number in range(document.line_count) if defined.match(document.line(number))]
