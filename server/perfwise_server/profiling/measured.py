"""What a profiler wrote, as lines of the scope."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from perfwise_server.profiles.report import SHOWN, LineReport, Report


class Measured(NamedTuple):
    lines: tuple[LineReport, ...] = ()  # Hottest first.
    samples: int = 0
    raw: str | None = None


class Source(NamedTuple):
    """Where the profiler has its lines from: the file holds the lines of the text after the first `before`."""

    file: str
    path: str  # The user's.
    lines: Sequence[str]
    before: int

    def placed(self, content: dict[str, Any]) -> dict[str, Any]:
        """What the profiler wrote, with the user's file and its lines. Raises KeyError or TypeError."""
        files = {self.path if name == self.file else name: rows for name, rows in content["files"].items()}
        if self.before and self.path in files:
            files[self.path] = {
                name: [self._placed(row) for row in rows if row["lineno"] + self.before > 0]
                if name in ("lines", "functions")
                else rows
                for name, rows in files[self.path].items()
            }
        return {**content, "files": files}

    def _placed(self, row: dict[str, Any]) -> dict[str, Any]:
        moved = {name: row[name] + self.before for name in _PLACES if name in row}
        return {**row, **moved}


_PLACES = (
    "lineno",
    *(f"{end}_{what}" for end in ("start", "end") for what in ("region_line", "outermost_loop", "function_line")),
)


def measured(file: Path, source: Source, shown: Iterable[int], memory: bool, gpu: bool) -> Measured:
    """Of the lines `shown`. Nothing where the file is missing, or was being written when the process ended.

    `raw` is of the user's file.
    """
    try:
        content = source.placed(json.loads(file.read_bytes()))
        rows = content["files"][source.path]["lines"]
        wanted = set(shown)
        lines = [_line(row, source.lines, memory, gpu and content["gpu"]) for row in rows if row["lineno"] in wanted]
        moments = {moment for row in rows if row["lineno"] in wanted for moment in row["cpu_samples_list"]}
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        return Measured()
    total = sum(line.share for line in lines)
    samples = len(moments)
    told = [_scaled(line, total if samples >= SHOWN else 0.0) for line in lines if line.share or line.peak_mb]
    told.sort(key=lambda line: (-line.share, -line.samples, line.line))
    return Measured(tuple(told), samples, _raw(content, source))


def with_memory(report: Report, once: Report) -> Report:
    """With the memory of another report of the same scope, in which it was measured."""
    seen = {line.line: line for line in once.lines if line.peak_mb or line.copy_mb_s}
    lines = [
        replace(line, peak_mb=seen[line.line].peak_mb, copy_mb_s=seen[line.line].copy_mb_s)
        if line.line in seen
        else replace(line, peak_mb=0.0, copy_mb_s=0.0)
        for line in report.lines
    ]
    known = {line.line for line in lines}
    others = [
        LineReport(line.line, line.text, 0.0, 0.0, 0.0, 0.0, 0.0, line.peak_mb, line.copy_mb_s)
        for number, line in sorted(seen.items())
        if number not in known
    ]
    return replace(report, lines=(*lines, *others))


def _line(row: dict[str, Any], texts: Sequence[str], memory: bool, gpu: bool) -> LineReport:
    """With shares in percent of the program, as the profiler has them."""
    python, native, system = row["n_cpu_percent_python"], row["n_cpu_percent_c"], row["n_sys_percent"]
    number = row["lineno"]
    return LineReport(
        number,
        texts[number - 1],
        python + native + system,
        python,
        native,
        system,
        0.0,
        row["n_peak_mb"] if memory else None,
        row["n_copy_mb_s"] if memory else None,
        row["n_gpu_percent"] / 100 if gpu else None,  # Of the line's time, here.
        len(row["cpu_samples_list"]),
    )


def _scaled(line: LineReport, total: float) -> LineReport:
    parts = (line.share, line.python, line.native, line.system)
    share, python, native, system = (part / total if total else 0.0 for part in parts)
    gpu = None if line.gpu is None else line.gpu * share
    return replace(line, share=share, python=python, native=native, system=system, gpu=gpu)


def _raw(content: dict[str, Any], source: Source) -> str | None:
    if "elapsed_time_sec" not in content:  # Our own sampler writes no more than it knows.
        return None
    peak = {}
    if content["max_footprint_fname"] == source.file:
        place = content["max_footprint_lineno"]
        peak = {"max_footprint_fname": source.path, "max_footprint_lineno": place and place + source.before}
    return json.dumps({**content, "filename": source.path, "program": source.path, **peak})
