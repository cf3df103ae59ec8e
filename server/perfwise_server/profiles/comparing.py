"""Two profiles of one function, file or test, line by line."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from perfwise_server.durations import seconds
from perfwise_server.profiles.following import blocks
from perfwise_server.profiles.report import LineReport, Report
from perfwise_server.profiles.scopes import lines_in_scope
from perfwise_server.profiles.telling import is_told, milliseconds_per_call

_DEVIATIONS = 3.0  # Of chance, beyond which a difference is told.


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """Lines count from 1; one of them is None where it was removed or added. Milliseconds are of a call, None where
    the line was not seen running."""

    before: int | None
    after: int | None
    text: str
    before_ms: float | None
    after_ms: float | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Milliseconds are of a call, and None, as `speedup` is, where there are too few samples."""

    lines: tuple[ComparedLine, ...]
    before_ms: float | None
    after_ms: float | None
    speedup: float | None
    message: str


def compare(before: Report, after: Report) -> Comparison:
    was, now = (milliseconds_per_call(each) if is_told(each) else None for each in (before, after))
    speedup = was / now if was and now else None
    return Comparison(tuple(_lines(before, after)), was, now, speedup, _message(before, after, speedup))


def _lines(before: Report, after: Report) -> Iterator[ComparedLine]:
    """Of a function all lines, else those that were seen running."""
    (old_first, old), (new_first, new) = lines_in_scope(before), lines_in_scope(after)
    old_times, new_times = _times(before), _times(after)
    for block in blocks(old, new):
        olds = [old_first + at for at in range(block.first, block.last)]
        news = [new_first + at for at in range(block.new_first, block.new_last)]
        pairs: list[tuple[int | None, int | None]] = []
        if block.same:
            pairs += zip(olds, news, strict=True)
        else:
            pairs += [(number, None) for number in olds]
            pairs += [(None, number) for number in news]
        for was, now in pairs:
            text = new[now - new_first] if now else old[was - old_first] if was else ""
            line = ComparedLine(was, now, text, old_times.get(was or 0), new_times.get(now or 0))
            if after.what == "function" or line.before_ms is not None or line.after_ms is not None:
                yield line


def _times(report: Report) -> dict[int, float]:
    return {line.line: _milliseconds(report, line) for line in report.lines} if is_told(report) else {}


def _milliseconds(report: Report, line: LineReport) -> float:
    return line.milliseconds_per_call or milliseconds_per_call(report) * line.share


def _message(before: Report, after: Report, speedup: float | None) -> str:
    if speedup is None:
        return "One of the two has too few samples to be compared: profile for longer."
    unit = "a call" if after.what == "function" else "a run"
    times = " → ".join(seconds(milliseconds_per_call(each) / 1000) for each in (before, after))
    noise = _DEVIATIONS * math.sqrt(1 / before.samples + 1 / after.samples)
    if abs(math.log(speedup)) <= noise:
        told = f"{times} {unit}: no difference that could not be chance"
    elif speedup > 1:
        told = f"{times} {unit}: {speedup:.3g} times as fast"
    else:
        told = f"{times} {unit}: {1 / speedup:.3g} times as slow"
    if before.driver != after.driver:
        told += f". Before it was driven by {before.driver}, now by {after.driver}: that may be the difference"
    if before.python != after.python:
        told += f". Before it ran on Python {before.python}, now on {after.python}"
    return f"{told}."
