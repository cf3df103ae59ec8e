"""A verdict in words, and its counterexample as a test and as a command to try again."""

from __future__ import annotations

import ast
import keyword
import re
import shlex
from collections.abc import Mapping
from datetime import date
from typing import Any

from perfwise_server.durations import seconds
from perfwise_server.verifying.growth import Growth
from perfwise_server.verifying.verdict import Counterexample, Verdict, listed

_SHOWN_CHARACTERS = 200
_MARKUP = re.compile(r"([\\`*_\[\]<>|&])")


def sentences(verdict: Verdict) -> list[str]:
    """What a person reads, a line each: the word first, then what it rests on."""
    lines = [verdict.verdict + (f": {verdict.reason}" if verdict.reason else "")]
    lines += shown(verdict.counterexample) if verdict.counterexample else []
    if verdict.question:
        lines.append(verdict.question)
    if verdict.tried:
        lines.append(_evidence(verdict))
    if verdict.speedup is not None and verdict.interval is not None:
        lines.append(_speed(verdict))
    if verdict.instructions is not None:
        lines.append(f"instructions: {_fewer(verdict.instructions)}")
    for example in verdict.beyond:
        lines += ["beyond the inputs given:", *shown(example)]
    return [*lines, *(f"as you said, {each}" for each in verdict.assumed), *verdict.notes]


def shown(example: Counterexample) -> list[str]:
    place = f" ({example.where})" if example.where else ""
    return [
        f"  {example.kind}{place} of {_brief(example.call)}",
        f"    old: {_brief(example.old)}",
        f"    new: {_brief(example.new)}",
    ]


def _brief(text: str) -> str:
    return text if len(text) <= _SHOWN_CHARACTERS else f"{text[:_SHOWN_CHARACTERS]}..."


def _evidence(verdict: Verdict) -> str:
    found = "no difference in" if verdict.equivalent else "tried"
    origins = ", ".join(f"{count} {origin}" for origin, count in verdict.origins.items())
    said = f"{found} {verdict.tried:,} {'input' if verdict.tried == 1 else 'inputs'} ({origins}), of which "
    said += f"{verdict.returned:,} different ones came back normally"
    if verdict.lines:
        said += f"; {verdict.lines_run} of {verdict.lines} lines run"
    return said + (f", {listed(verdict.missed)} not" if verdict.missed else "")


def _speed(verdict: Verdict) -> str:
    assert verdict.speedup is not None
    assert verdict.interval is not None
    low, high = verdict.interval
    said = f"{_times(verdict.speedup)} as fast (between {_times(low)} and {_times(high)}), by {_CLOCKS[verdict.clock]}"
    if verdict.old_seconds is not None and verdict.new_seconds is not None:
        said += f": {seconds(verdict.old_seconds)} -> {seconds(verdict.new_seconds)}"
    return said


def _fewer(times: float) -> str:
    return f"{_times(times)} fewer" if times >= 1 else f"{_times(1 / times)} more"


_CLOCKS = {"cpu": "CPU time", "wall": "wall time"}


def _times(ratio: float) -> str:
    return f"{ratio:.2f} times" if ratio < 10 else f"{ratio:,.0f} times"


def compared_growth(found: Growth, written: str) -> str:
    """What was measured beside the cost that the source says."""
    others = [f"O({each})" for each in found.candidates if each != found.name]
    also = f", or {' or '.join(others)}" if others else ""
    return f"measured {named(found)}{also}; by its source {written}"


def named(found: Growth) -> str:
    return f"O({found.name})" if found.name != "unknown" else "unknown"


def replay(example: Counterexample, old: str, new: str, function: str) -> str:
    """The command line that shows the difference again."""
    words = ["perfwise", "verify", old, new, "--function", function, "--call", example.call]
    return shlex.join(words)


def as_test(example: Counterexample, module: str, function: str) -> str | None:
    """A pytest module that the old version passes and the new one fails; None where no test can say it."""
    root = function.partition(".")[0]
    lines = _body(example)
    if lines is None:
        return None
    imports = ["import pytest", ""] if any("pytest." in line for line in lines) else []
    name = re.sub(r"\W", "_", function).lower()
    what = re.sub(r"\W", "_", example.kind)
    return "\n".join(
        [
            *imports,
            f"from {module} import {root}",
            "",
            "",
            f"def test_{name}_keeps_its_{what}():",
            *(f"    {line}" for line in lines),
            "",
        ]
    )


def _body(example: Counterexample) -> list[str] | None:
    if example.where == "exception type":
        if example.old.startswith("raises "):
            return [f"with pytest.raises({_exception(example.old[7:])}):", f"    {example.call}"]
        return [example.call]
    if not _is_literal(example.old):
        return None
    if example.where.startswith("result") and _is_expression(example.where):
        # Not by `==`, which does not tell 1 from True, nor one order of a dict from another.
        return [f"result = {example.call}", f"assert repr({example.where}) == {example.old!r}"]
    if example.where.startswith("arguments[") and _is_expression(example.where):
        call = ast.parse(example.call, mode="eval").body
        if not isinstance(call, ast.Call) or call.keywords or any(isinstance(each, ast.Starred) for each in call.args):
            return None
        given = ast.unparse(ast.Tuple(call.args, ast.Load()))
        called = f"{ast.unparse(call.func)}(*arguments)"
        return [f"arguments = {given}", called, f"assert repr({example.where}) == {example.old!r}"]
    return None


def _exception(name: str) -> str:
    return name if name.isidentifier() and not keyword.iskeyword(name) else "Exception"


def _is_literal(text: str) -> bool:
    try:
        return repr(ast.literal_eval(text)) == text
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return False


def _is_expression(text: str) -> bool:
    try:
        ast.parse(text, mode="eval")
    except SyntaxError:
        return False
    return True


def summary(verdict: Verdict) -> str:
    """What a person who asked reads first."""
    said = "".join(f". As you said, {each}" for each in verdict.assumed)
    return _found(verdict) + said


def _found(verdict: Verdict) -> str:
    if verdict.equivalent:
        found = f"No difference in {_counted(verdict.tried, 'input')}"
        if verdict.lines:
            found += f", {verdict.lines_run} of {verdict.lines} lines run"
        if verdict.verdict == "proved" and verdict.speedup is not None:
            return f"{found}; {_times(verdict.speedup)} as fast"
        return f"{found}, but it is not faster: {verdict.reason}"
    if example := verdict.counterexample:
        found = f"{_brief(example.call)} {_outcome(example.old)} before and {_outcome(example.new)} after"
        return f"{found} ({example.kind}). {verdict.question}".rstrip()
    return f"{verdict.reason[:1].upper()}{verdict.reason[1:]}. {verdict.question}".rstrip()


def _outcome(text: str) -> str:
    if text == "it returned":
        return "returns"
    return text if text.startswith(("raises ", "returns")) else f"gives {_brief(text)}"


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def remembered(record: Mapping[str, Any], day: date, today: date) -> str:
    """What a verdict said that was kept on a day, in one line."""
    ago = (today - day).days
    when = "today" if ago <= 0 else "yesterday" if ago == 1 else f"on {day.isoformat()}"
    said = f"Verified {when}: no difference in {_counted(record['inputs']['tried'], 'input')}"
    gain = f", {_times(record['speedup'])} as fast as before" if record["verdict"] == "proved" else ", not faster"
    return said + gain + "".join(f"; as you said, {each}" for each in record.get("assumed", ()))


def markdown(verdict: Verdict, old: str, new: str, function: str, test: str | None = None) -> str:
    """The evidence as a page to be kept. `old` and `new` name the files of both versions; `test` is of `as_test`."""
    said = summary(verdict)
    parts = [f"# {plain(function)}: {verdict.verdict}", plain(said if said.endswith((".", "?")) else f"{said}.")]
    rows = _figures(verdict)
    parts.append("\n".join(["| | |", "| --- | --- |", *(f"| {name} | {value} |" for name, value in rows)]))
    if example := verdict.counterexample:
        parts += ["## The difference", _compared(example), "To see it again:"]
        parts.append(fenced("console", replay(example, old, new, function)))
        if test:
            parts += ["As a test to keep:", fenced("python", test)]
    for example in verdict.beyond:
        parts += ["## A difference beyond the inputs given", _compared(example)]
    if verdict.notes:
        parts += ["## Notes", "\n".join(f"- {note}" for note in verdict.notes)]
    return "\n\n".join(parts) + "\n"


def _figures(verdict: Verdict) -> list[tuple[str, str]]:
    origins = ", ".join(f"{count:,} {origin}" for origin, count in verdict.origins.items())
    rows = [("Inputs tried", f"{verdict.tried:,}" + (f" ({origins})" if origins else ""))]
    rows.append(("Different ones that came back normally", f"{verdict.returned:,}"))
    if verdict.lines:
        missed = f"; {listed(verdict.missed)} not" if verdict.missed else ""
        rows.append(("Lines of the new version run", f"{verdict.lines_run} of {verdict.lines}{missed}"))
    if verdict.speedup is not None and verdict.interval is not None:
        low, high = map(_times, verdict.interval)
        rows.append(("Speed", f"{_times(verdict.speedup)} as fast, between {low} and {high}"))
    if verdict.old_seconds is not None and verdict.new_seconds is not None:
        change = f"{seconds(verdict.old_seconds)} → {seconds(verdict.new_seconds)}"
        rows.append((f"A call, {_CLOCKS[verdict.clock]}", change))
    if verdict.instructions is not None:
        rows.append(("Instructions", _fewer(verdict.instructions)))
    if verdict.old_peak is not None and verdict.new_peak is not None:
        rows.append(("Memory at its peak", f"{verdict.old_peak:,} → {verdict.new_peak:,} bytes"))
    rows += [("As you said", each) for each in verdict.assumed]
    return [*rows, ("Time taken", seconds(verdict.seconds))] if verdict.seconds else rows


def _compared(example: Counterexample) -> str:
    place = f", at `{example.where}`" if example.where and example.where != example.kind else ""
    versions = f"| Version | |\n| --- | --- |\n| old | {_cell(example.old)} |\n| new | {_cell(example.new)} |"
    said = f"The kind: {example.kind}{place}. The input: {example.origin}."
    return f"{fenced('python', example.call)}\n\n{versions}\n\n{said}"


def _cell(text: str) -> str:
    """As code in a table, whatever is in it."""
    ticks = "`" * (max(map(len, re.findall("`+", text)), default=0) + 1)
    shown = _brief(text).replace("|", "\\|").replace("\n", " ")
    return f"{ticks} {shown} {ticks}"


def plain(text: str) -> str:
    """Values, and the words of a model, are no markup: a picture in them would be fetched from elsewhere."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))


def fenced(language: str, text: str) -> str:
    ticks = "`" * max(3, max(map(len, re.findall("`+", text)), default=0) + 1)
    return f"{ticks}{language}\n{text.rstrip()}\n{ticks}"
