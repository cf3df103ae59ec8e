"""A file of hints that are known and not to be told again, so that old code does not hide what is new.

An entry is the hint's rule, its function and the text of its line, with how often that occurs: code that moves keeps
its entries, and code that changes loses them.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from perfwise_analyzers.selection import chosen
from perfwise_server.checking.errors import reason
from perfwise_server.checking.hints import Hint
from perfwise_server.checking.walk import File
from perfwise_server.cli.errors import CommandError
from perfwise_server.configuration import all_rules

VERSION = 1


class Entry(NamedTuple):
    path: str  # Relative to the folder of the baseline, with "/".
    function: str
    code: str
    line: str  # Its words, one space apart.


class Compared(NamedTuple):
    """What is left of a run's hints, how many were known, and the entries that nothing answers to any more."""

    hints: list[Hint]
    hidden: int
    gone: list[Entry]

    def record(self) -> dict[str, Any]:
        """As in JSON."""
        return {"hidden": self.hidden, "gone": [entry._asdict() for entry in self.gone]}


def baseline_of(file: File, given: str | None) -> Path | None:
    """The baseline for a file: the one given, else the configured one."""
    settings = file.settings
    if given is not None:
        return Path(given)
    return (settings.root or Path()) / settings.baseline if settings.baseline else None


def compare(hints: Iterable[Hint], files: Sequence[File], given: str | None, *, partly: bool) -> Compared | None:
    """The hints less those that the baselines of the files list; None where no file has one.

    `partly`: not every hint of the files is there, so that none can be called gone. Raises CommandError.
    """
    baselines: dict[Path, dict[str, File]] = {}
    for file in files:
        if path := baseline_of(file, given):
            baselines.setdefault(path, {})[_relative(file.path, path)] = file
    if not baselines:
        return None
    hints, gone = list(hints), list[Entry]()
    before = len(hints)
    for path, checked in baselines.items():
        known = read(path)
        own = {file.path for file in checked.values()}
        fresh = [hint for hint in hints if hint.path in own and not _take(known, _entry(hint, path))]
        left = Counter({entry: count for entry, count in known.items() if count and _is_judged(entry, path, checked)})
        moved: Counter[Entry] = Counter()
        for entry, count in left.items():
            moved[entry._replace(path="")] += count
        fresh = [hint for hint in fresh if not _take(moved, _entry(hint, path)._replace(path=""))]
        hints = [hint for hint in hints if hint.path not in own] + fresh
        gone += [entry for entry in left.elements() if _take(moved, entry._replace(path=""))]
    return Compared(sorted(hints, key=lambda hint: hint.order), before - len(hints), [] if partly else sorted(gone))


def read(path: Path) -> Counter[Entry]:
    """Raises CommandError."""
    try:
        content = json.loads(path.read_bytes())
        if content["version"] != VERSION:
            raise CommandError(f"{path}: a baseline of another version of perfwise; --write-baseline makes it anew")
        return Counter(
            {Entry(*(str(row[key]) for key in Entry._fields)): int(row["count"]) for row in content["hints"]}
        )
    except OSError as error:
        raise CommandError(f"{path}: {reason(error)}; --write-baseline makes a baseline") from None
    except (ValueError, KeyError, TypeError, RecursionError):
        raise CommandError(f"{path}: is not a baseline") from None


def write(path: Path, hints: Iterable[Hint]) -> None:
    """Effect: the file lists these hints and no others. Raises CommandError."""
    counts = Counter(_entry(hint, path) for hint in hints)
    rows = [{**entry._asdict(), "count": count} for entry, count in sorted(counts.items())]
    try:
        path.write_text(json.dumps({"version": VERSION, "hints": rows}, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise CommandError(f"{path}: {reason(error)}") from None


def _take(counts: Counter[Entry], entry: Entry) -> bool:
    """Whether the entry was there. Effect: it is there once less."""
    is_there = counts[entry] > 0
    counts[entry] -= is_there
    return is_there


def _is_judged(entry: Entry, path: Path, checked: Mapping[str, File]) -> bool:
    """Whether the run would have found the entry's hint if it were where it was."""
    file = checked.get(entry.path)
    if file is None:
        return not (path.parent / entry.path).exists()
    options = file.settings.options(file.file)
    return any(rule.code == entry.code for rule in chosen(all_rules(), options.select, options.ignore))


def _entry(hint: Hint, path: Path) -> Entry:
    finding = hint.finding
    return Entry(_relative(hint.path, path), finding.function, finding.code, " ".join(hint.excerpt.split()))


def _relative(file: str, path: Path) -> str:
    try:
        return os.path.relpath(file, path.parent).replace(os.sep, "/")
    except ValueError:  # Another drive.
        return file
