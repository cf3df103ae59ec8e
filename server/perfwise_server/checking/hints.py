"""One file's hints, as the commands show them. Runs in worker processes, so what goes in and out can be pickled."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from perfwise_analyzers import Analysis
from perfwise_analyzers.cost.terms import CLASSES, UNKNOWN, class_of
from perfwise_analyzers.document import Document
from perfwise_analyzers.finding import Edit, Finding, Observed, Span
from perfwise_analyzers.observed import Observation
from perfwise_analyzers.thresholds import threshold_findings
from perfwise_analyzers.unused import unused_suppressions
from perfwise_server.checking.errors import internal
from perfwise_server.checking.parallel import each
from perfwise_server.checking.source import UnreadableError, decode, read
from perfwise_server.checking.walk import File
from perfwise_server.profiles.profile import ProfiledFile

# 0-based first and last line of each change. A deletion touches the line before it, which is all that is left of it.
Lines = tuple[tuple[int, int], ...]

Found = tuple[Finding, tuple[Edit, ...]]  # A finding with its fix's edits in full.


class Job(NamedTuple):
    file: File
    content: bytes | None = None  # What is analysed in place of the file's own content.
    changed: Lines | None = None  # Only hints in functions that one of these lines belongs to.
    before: bytes | None = None  # What the file held, to tell whose cost has grown since.
    profiled: ProfiledFile | None = None
    observed: Mapping[str, Observation] | None = None  # What runs showed of its functions, by name.


@dataclass(frozen=True, slots=True)
class Hint:
    """A finding with its fix's edits in full, and the source lines it starts and ends on. In a notebook, lines are the
    cell's.
    """

    path: str
    finding: Finding
    edits: tuple[Edit, ...]
    excerpt: str
    last: str
    cells: Cells

    @property
    def order(self) -> tuple[float, str, Span, str]:
        """By the seconds of a profile, the most first; then by place."""
        return -(self.finding.seconds or 0), self.path, self.finding.span, self.finding.code

    def record(self) -> dict[str, Any]:
        """As in JSON: lines and columns from 1."""
        finding, fix = self.finding, self.finding.fix
        return {
            "code": finding.code,
            "name": finding.name,
            "message": finding.message,
            "path": self.path,
            **self.cells.place(finding.span),
            "level": finding.severity,
            "function": finding.function,
            "cost": finding.cost,
            "better_cost": finding.better_cost,
            "gain": finding.gain and finding.gain._asdict(),
            "seconds": finding.seconds and round(finding.seconds, 3),
            "observed": finding.observed and _observed(finding.observed),
            "fix": fix
            and {
                "level": fix.level,
                "title": fix.title,
                "reason": fix.reason,
                "edits": [{"path": self.path, **self.cells.place(edit.span), "text": edit.text} for edit in self.edits],
            },
        }


def _observed(seen: Observed) -> dict[str, Any]:
    sizes = {size.name: {"max": size.largest, "median": size.median} for size in seen.sizes}
    return {"calls": seen.calls, "seconds": round(seen.seconds, 6), "sizes": sizes}


@dataclass(frozen=True, slots=True)
class Cells:
    """The first line of each code cell of a notebook, with the cell's number in it; none for a file of Python."""

    starts: tuple[tuple[int, int], ...] = ()

    def place(self, span: Span) -> dict[str, int]:
        """A span in the form of JSON, with the `cell` it is in."""
        first, cell = max((start for start in self.starts if start[0] <= span.start.line), default=(0, 0))
        place = {
            "line": span.start.line - first + 1,
            "column": span.start.column + 1,
            "end_line": span.end.line - first + 1,
            "end_column": span.end.column + 1,
        }
        return {"cell": cell, **place} if cell else place


class Worse(NamedTuple):
    """A function that costs more than it did: the classes of its cost. Its line is from 1, in a notebook the cell's."""

    path: str
    name: str
    place: dict[str, int]
    old: str
    new: str

    def record(self) -> dict[str, Any]:
        """As in JSON."""
        return {"path": self.path, "name": self.name, **self.place, "old": self.old, "new": self.new}


class Report(NamedTuple):
    hints: Sequence[Hint] = ()
    worse: Sequence[Worse] = ()
    problem: str = ""  # Why there are none, to be read after the path.
    lost: int = 0  # Hot lines that changed after they were profiled.


def reports(work: Sequence[Job], workers: int | None = None) -> Iterator[Report]:
    """Of all the work, in its order, in as many processes as pay where `workers` is None."""
    size = sum(os.stat(job.file.path).st_size if job.content is None else len(job.content) for job in work)
    return each(report, work, size, workers)


def report(job: Job) -> Report:
    """Never raises: what cannot be analysed is a problem of that file."""
    try:
        return _report(job)
    except UnreadableError as error:
        return Report(problem=str(error))
    except Exception as error:
        return Report(problem=internal(error))


def _report(job: Job) -> Report:
    document, cells = document_of(job.file, job.content)
    placed = job.profiled.placed([*map(document.line, range(document.line_count))]) if job.profiled else None
    options = job.file.settings.options(job.file.file)
    analysis = Analysis(document, options, placed.seconds if placed else None, job.observed)
    found = [
        (finding, analysis.edits_of(finding.fix) if finding.fix else ()) for finding in _among(analysis, job.changed)
    ]
    hints = _hints(job.file.path, found, document, cells)
    worse = [] if job.before is None else list(_worse(job, analysis, cells))
    return Report(hints, worse, lost=placed.lost if placed else 0)


def shown(job: Job, found: Sequence[Found]) -> list[Hint]:
    """The hints of what was found in the job's content before. Raises UnreadableError."""
    return _hints(job.file.path, found, *document_of(job.file, job.content)) if found else []


def _hints(path: str, found: Iterable[Found], document: Document, cells: Cells) -> list[Hint]:
    return [
        Hint(path, finding, edits, document.line(finding.span.start.line), document.line(finding.span.end.line), cells)
        for finding, edits in found
    ]


def _worse(job: Job, analysis: Analysis, cells: Cells) -> Iterator[Worse]:
    """The functions of the file whose cost is of a greater class than it was, as far as both are known."""
    try:
        document, _ = document_of(job.file, job.before)
    except UnreadableError:
        return
    classes: defaultdict[str, list[str]] = defaultdict(list)  # A name may be defined more than once.
    for cost in Analysis(document).costs():
        classes[cost.name].append(class_of(cost.cost))
    for cost in analysis.costs():
        olds, new = classes[cost.name], class_of(cost.cost)
        old = olds.pop(0) if olds else UNKNOWN
        if UNKNOWN not in (old, new) and CLASSES.index(new) > CLASSES.index(old):
            place = {key: at for key, at in cells.place(cost.name_span).items() if key in ("cell", "line")}
            yield Worse(job.file.path, cost.name, place, old, new)


def document_of(file: File, content: bytes | None = None) -> tuple[Document, Cells]:
    """What is in a file, or would be. Raises UnreadableError."""
    text = decode(read(file.file) if content is None else content).text
    if not file.path.endswith(".ipynb"):
        return Document(text), Cells()
    cells = _code_cells(text)
    document = Document.of_cells([source for _, source in cells])
    return document, Cells(tuple((document.cell_span(at)[0], number) for at, (number, _) in enumerate(cells)))


def _code_cells(text: str) -> list[tuple[int, str]]:
    """The code cells of a notebook with their numbers among all of its cells, from 1."""
    try:
        notebook = json.loads(text)
        language = notebook.get("metadata", {}).get("kernelspec", {}).get("language") or "python"
        if language != "python":
            raise UnreadableError(f"is a notebook in {language}")
        return [
            (number, "".join(cell["source"]))
            for number, cell in enumerate(notebook["cells"], 1)
            if cell["cell_type"] == "code"
        ]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise UnreadableError("is not a notebook") from None


def _among(analysis: Analysis, changed: Lines | None) -> Iterable[Finding]:
    findings = [
        *analysis.findings(),
        *threshold_findings(analysis.document, analysis.options),
        *unused_suppressions(analysis.document, analysis.options),
    ]
    if changed is None or not findings:
        return findings
    functions = [function.span for function in analysis.functions() if _touched(function.span, changed)]
    return [
        finding
        for finding in findings
        if any(span.start <= finding.span.start and finding.span.end <= span.end for span in functions)
        or (not finding.function and _touched(finding.span, changed))
    ]


def _touched(span: Span, changed: Lines) -> bool:
    # A span that ends before the first character of a line does not reach that line.
    last = span.end.line - (span.end.column == 0 and span.end > span.start)
    return any(first <= last and span.start.line <= end for first, end in changed)
