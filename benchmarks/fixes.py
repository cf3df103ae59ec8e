"""Every fix in whole packages, applied and checked: alone, and all of a file together.

Each must leave a text that parses, without the hint, with its comments, and with every other function as it was. Where
the function can be called, the old and the new one are called on inputs drawn from its annotations, or guessed, and
must do the same. A fix of level "verify" may differ on some input, which is why it is offered as one to be verified;
one of level "safe" must not.
"""

from __future__ import annotations

import argparse
import ast
import asyncio
import json
import platform
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from benchmarks.fix_checks import (
    Fixed,
    Home,
    Outcome,
    all_fixed,
    calls_of,
    compared,
    fixes_of,
    flaws,
    parses,
    reaches_the_system,
)
from benchmarks.noise import sources
from perfwise_analyzers import RULES

RESULTS = Path(__file__).parent / "results"
RECALL = Path(__file__).parents[1] / "tests" / "recall"
FLAWS = ("does not parse", "the hint stays", "a comment is lost", "touches")
COLUMNS = ("fixes", "flawed", "agree", "differ", "too slow", "not runnable")


class Tally:
    """Counts by level and rule; what is to be read is printed as it is found."""

    def __init__(self, quiet: bool) -> None:
        self.quiet = quiet
        self.rows: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        self.totals: Counter[str] = Counter({f"flaw, {each}": 0 for each in FLAWS})
        self.fixed_functions: set[tuple[str, str]] = set()
        self.reasons: Counter[str] = Counter()

    def add(self, place: str, fixed: Fixed, wrong: list[str]) -> None:
        row = self.rows[fixed.level, fixed.rule]
        row["fixes"] += 1
        row["flawed"] += bool(wrong)
        self.totals.update(f"flaw, {each}" for flaw in wrong for each in FLAWS if flaw.startswith(each))
        self.fixed_functions.add((place, fixed.finding.function))
        if wrong:
            self.note(f"{self._where(place, fixed)}: {'; '.join(wrong)}")

    def ran(self, place: str, fixed: Fixed, outcome: Outcome) -> None:
        self.rows[fixed.level, fixed.rule][outcome.kind] += 1
        if outcome.kind == "differ":
            shown = outcome.differences[0] if outcome.differences else outcome.note
            self.note(f"{self._where(place, fixed)} DIFFERS: {shown}")
        elif outcome.kind == "not runnable":
            self.reasons[":".join(outcome.note.split(":")[:2])[:90]] += 1

    def note(self, line: str) -> None:
        if not self.quiet:
            print(line, flush=True)

    @staticmethod
    def _where(place: str, fixed: Fixed) -> str:
        return f"{place}:{fixed.finding.span.start.line + 1} {fixed.rule} ({fixed.level})"

    def table(self) -> str:
        lines = [f"| level | rule | {' | '.join(COLUMNS)} |", f"| --- | --- |{' ---: |' * len(COLUMNS)}"]
        by_level: dict[str, Counter[str]] = defaultdict(Counter)
        for (level, rule), row in sorted(self.rows.items()):
            by_level[level].update(row)
            lines.append(f"| {level} | {rule} | {' | '.join(str(row[column]) for column in COLUMNS)} |")
        for level, row in sorted(by_level.items()):
            lines.append(f"| {level} | all | {' | '.join(str(row[column]) for column in COLUMNS)} |")
        return "\n".join(lines)


class Checker:
    """Checks texts with one worker for as long as it lives."""

    def __init__(self, tally: Tally, runs: bool) -> None:
        self.tally = tally
        self.runs = runs

    async def check(self, place: str, text: str, home: Home, calls: tuple[str, ...] = ()) -> None:
        if not parses(text):
            self.tally.totals["files that do not parse"] += 1
            return
        fixes = fixes_of(text)
        tree = ast.parse(text)
        self.tally.totals["files"] += 1
        self.tally.totals["functions examined"] += sum(
            isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) for node in ast.walk(tree)
        )
        if not fixes:
            return
        for fixed in fixes:
            self.tally.add(place, fixed, flaws(text, fixed))
        composed, taken = all_fixed(text, fixes)
        self.tally.totals["files fixed as a whole"] += 1
        self.tally.totals["fixes composed"] += len(taken)
        if not parses(composed):
            self.tally.totals["compositions that do not parse"] += 1
            self.tally.note(f"{place}: all fixes together do not parse")
        if self.runs:
            await self._run(place, text, fixes, composed, home, calls)

    async def _run(
        self, place: str, text: str, fixes: list[Fixed], composed: str, home: Home, calls: tuple[str, ...]
    ) -> None:
        wanted = []
        package = home.module.split(".")[0]
        for fixed in fixes:
            made = list(calls)
            if not made and not reaches_the_system(text):
                made = calls_of(text, fixed.finding.function, package)
            if made and parses(fixed.text):
                wanted.append((fixed, made))
            else:
                reason = "reaches the system, or nothing names it"
                self.tally.ran(place, fixed, Outcome("not runnable", reason))
        jobs = [(fixed.text, made) for fixed, made in wanted]
        outcomes = await compared(text, jobs, home)
        alike: dict[str, list[str]] = {}
        for (fixed, made), outcome in zip(wanted, outcomes, strict=True):
            self.tally.ran(place, fixed, outcome)
            # All fixes together are judged by calls that show no difference of one alone.
            if outcome.kind == "differ":
                alike[fixed.finding.function] = []
            elif outcome.kind == "agree":
                alike.setdefault(fixed.finding.function, made)
        if len(fixes) < 2 or not parses(composed):
            return
        together = [(function, made) for function, made in alike.items() if made]
        outcomes = await compared(text, [(composed, made) for _, made in together], home)
        for (function, _), outcome in zip(together, outcomes, strict=True):
            self.tally.totals[f"functions with all fixes of their file: {outcome.kind}"] += 1
            if outcome.kind == "differ":
                self.tally.note(f"{place} {function} DIFFERS with all fixes: {outcome}")


def own_examples() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """The recall data, and what the rules give as examples with their calls."""
    for path in sorted(RECALL.glob("*.py")):
        if path.stem != "test_recall":
            yield f"recall/{path.name}", path.read_text(encoding="utf-8"), ()
    for rule in RULES:
        for number, bad in enumerate(rule.bad):
            yield f"example/{rule.name}-{number}", bad.code, (bad.call,)


def home_of(path: Path) -> Home:
    """The module that a file is, and the folder from which it is imported."""
    file = path.resolve()
    names = [] if file.stem == "__init__" else [file.stem]
    folder = file.parent
    while (folder / "__init__.py").exists():
        names.insert(0, folder.name)
        folder = folder.parent
    return Home(".".join(names), str(file), str(folder))


async def measure(tally: Tally, given: argparse.Namespace) -> None:
    checker = Checker(tally, not given.no_run)
    if given.own:
        for place, text, calls in own_examples():
            await checker.check(place, text, Home(), calls)
    started_at = time.monotonic()
    for path, text in sources(given.paths):
        await checker.check(str(path), text, home_of(path))
        if len(tally.fixed_functions) >= given.functions or time.monotonic() - started_at > given.seconds:
            break


def report(tally: Tally, seconds: float) -> str:
    head = f"Fixes, {time.strftime('%Y-%m-%d')}: Python {platform.python_version()}, {seconds:.0f} s."
    counts = [f"- {name}: {count:,}" for name, count in sorted(tally.totals.items())]
    counts.insert(0, f"- functions with a fix: {len(tally.fixed_functions):,}")
    return "\n".join([head, "", *counts, "", tally.table(), ""])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", type=Path, help="files and folders of Python")
    parser.add_argument("--functions", type=int, default=1000, help="stop once so many functions had a fix")
    parser.add_argument("--seconds", type=float, default=3600, help="stop after so long")
    parser.add_argument("--own", action="store_true", help="the recall data and the rules' examples first")
    parser.add_argument("--no-run", action="store_true", help="only look at the texts, call nothing")
    parser.add_argument("--quiet", action="store_true", help="only count")
    parser.add_argument("--save", action="store_true", help=f"write dated files to {RESULTS.name}/")
    given = parser.parse_args()
    tally = Tally(given.quiet)
    started_at = time.monotonic()
    asyncio.run(measure(tally, given))
    text = report(tally, time.monotonic() - started_at)
    if not given.quiet:
        print(
            "\n".join(f"not runnable, {count}: {reason}" for reason, count in tally.reasons.most_common(8)), end="\n\n"
        )
    print(text)
    if given.save:
        stem = RESULTS / f"{time.strftime('%Y-%m-%d')}-fixes"
        rows = [{"level": level, "rule": rule, **row} for (level, rule), row in sorted(tally.rows.items())]
        record = {"functions with a fix": len(tally.fixed_functions), **tally.totals, "rows": rows}
        stem.with_suffix(".json").write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
        stem.with_suffix(".md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
