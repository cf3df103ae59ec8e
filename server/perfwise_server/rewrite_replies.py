"""What a suggestion has come to, as the client is told of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from perfwise_server.driving.import_roots import place_of
from perfwise_server.improvement import BUILT_IN, Candidate, Improvement
from perfwise_server.protocol import Rewrite, Rewrites
from perfwise_server.verifying.report import as_test, fenced, markdown, named, plain, summary


@dataclass
class Suggestion:
    """`seen` are the candidates in the order in which they came: their keys for the client."""

    id: int
    uri: str
    path: Path | None
    function: str
    text: str  # The module as it was.
    parts: tuple[str, ...]  # What of it decides what the function does.
    asked: bool  # Whether a model is.
    seen: list[Candidate] = field(default_factory=list)
    running: bool = True
    improvement: Improvement | None = None  # None too where it was cancelled.

    def add(self, candidate: Candidate) -> None:
        self.seen.append(candidate)

    @property
    def offered(self) -> list[Candidate]:
        if self.improvement:
            return [each for each in self.improvement.candidates if each.is_offered]
        return sorted((each for each in self.seen if each.is_offered), key=lambda each: -(each.verdict.speedup or 0))

    @property
    def refused(self) -> list[Candidate]:
        """The nearest miss first, once all is done."""
        candidates = self.improvement.candidates if self.improvement else self.seen
        return [each for each in candidates if not each.is_offered]

    def key(self, candidate: Candidate) -> int:
        return next(index for index, each in enumerate(self.seen) if each is candidate)


def reply(found: Suggestion) -> Rewrites:
    problems = found.improvement.problems if found.improvement else ()
    return {
        "id": found.id,
        "uri": found.uri,
        "function": found.function,
        "running": found.running,
        "asked": found.asked,
        "offered": [_rewrite(found, each) for each in found.offered],
        "refused": len(found.refused),
        "message": message(found),
        "evidence": _page(found),
        "problem": f"The model was not of use: {problems[0]}." if problems else "",
    }


def message(found: Suggestion) -> str:
    """A line for whoever asked."""
    offered, refused = found.offered, found.refused
    if offered:
        said = f"{found.function}: {_title(offered[0])}"
        more = f", and {len(offered) - 1} more" if len(offered) > 1 else ""
        waits = ". The model still thinks" if found.running and found.asked else ""
        return f"{said}{more}{waits}."
    if not refused:
        return f"{found.function}: there is no rewrite to check."
    tried = "the one rewrite did not pass" if len(refused) == 1 else f"none of {len(refused)} rewrites passed"
    return f"{found.function}: {tried}. The nearest: {_missed(refused[0])}"


def _missed(candidate: Candidate) -> str:
    said = summary(candidate.verdict)
    return said if said.endswith((".", "?")) else f"{said}."


def _title(candidate: Candidate) -> str:
    speedup = candidate.verdict.speedup or 0
    shown = f"{speedup:.1f}" if speedup < 10 else f"{speedup:,.0f}"
    return f"{shown} times as fast, {_by(candidate)}"


def _by(candidate: Candidate) -> str:
    return "by the rules" if candidate.by == BUILT_IN else f"by {candidate.by}"


def _rewrite(found: Suggestion, candidate: Candidate) -> Rewrite:
    return {"key": found.key(candidate), "title": _title(candidate), "evidence": _evidence(found, candidate)}


def _evidence(found: Suggestion, candidate: Candidate) -> str:
    """What one rewrite rests on, and what became of the others."""
    parts = [_verdict(found, candidate), _table([("By", plain(_by(candidate))), *_figures(found, candidate)])]
    others = [each for each in (*found.offered, *found.refused) if each is not candidate]
    return "\n\n".join([*parts, *_others(others), *_spent(found)]) + "\n"


def _page(found: Suggestion) -> str:
    """All that was tried."""
    offered, refused = found.offered, found.refused
    if offered:
        return _evidence(found, offered[0])
    parts = [f"# {plain(found.function)}: nothing passed", plain(message(found))]
    if refused:
        parts.append(f"## The nearest miss, {plain(_by(refused[0]))}")
        parts.append(_verdict(found, refused[0]).replace("# ", "### ", 1))
        if refused[0].code:
            parts.append(fenced("python", refused[0].code))
    return "\n\n".join([*parts, *_others(refused[1:]), *_spent(found)]) + "\n"


def _verdict(found: Suggestion, candidate: Candidate) -> str:
    example = candidate.verdict.counterexample
    module = place_of(found.path or Path("module.py")).module
    test = as_test(example, module, found.function) if example else None
    name = found.path.name if found.path else "module.py"
    return markdown(candidate.verdict, name, "rewritten.py", found.function, test).rstrip()


def _figures(found: Suggestion, candidate: Candidate) -> list[tuple[str, str]]:
    improvement = found.improvement
    rows = [("Lines of change", str(candidate.size))]
    if improvement and improvement.cost:
        rows.append(("Cost by the source", f"{plain(improvement.cost)} → {plain(candidate.cost or 'unknown')}"))
    if improvement and improvement.best is candidate and improvement.before and improvement.after:
        rows.append(("Measured growth", f"{plain(named(improvement.before))} → {plain(named(improvement.after))}"))
    if candidate.approach:
        rows.append(("Approach", plain(candidate.approach)))
    if candidate.input_tokens or candidate.output_tokens:
        rows.append(("Tokens", f"{candidate.input_tokens:,} in, {candidate.output_tokens:,} out"))
    return [*rows, ("Seconds it took", f"{candidate.seconds:.1f}")]


def _others(candidates: Sequence[Candidate]) -> list[str]:
    """A table of them, with the reason of each that is not offered."""
    if not candidates:
        return []
    rows = ["| Rewrite | What became of it |", "| --- | --- |"]
    for each in candidates:
        said = _title(each) if each.is_offered else f"{each.verdict.verdict}: {_missed(each)}"
        rows.append(f"| {plain(_by(each))} | {plain(said)} |")
    return ["## The other rewrites", "\n".join(rows)]


def _spent(found: Suggestion) -> list[str]:
    improvement = found.improvement
    if improvement is None or not improvement.requests:
        return []
    tokens = f"{improvement.input_tokens:,} tokens in, {improvement.output_tokens:,} out"
    said = f"{improvement.replies} of {improvement.requests} requests replied; {tokens}; {improvement.seconds:.0f} s."
    return ["## What it took", said, *(f"The model: {plain(each)}." for each in improvement.problems)]


def _table(rows: Sequence[tuple[str, str]]) -> str:
    return "\n".join(["| | |", "| --- | --- |", *(f"| {name} | {value} |" for name, value in rows)])
