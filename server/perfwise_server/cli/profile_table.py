"""A profile in the terminal: the source, with a bar before each line as long as its part of the time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rich.console import Console, OverflowMethod
from rich.table import Table
from rich.text import Text

from perfwise_server.cli.output import is_coloured
from perfwise_server.profiles.report import MEDIUM, SHOWN, LineReport, Report
from perfwise_server.profiles.scopes import lines_in_scope
from perfwise_server.profiles.telling import detail, is_told, level, percent, sentence, title

_WIDE, _NARROW = 96, 64  # Columns from which the split, and below which the bar, has no place.
_BAR, _SHORT_BAR = 16, 8
_MOST_LINES = 120
_AROUND = 1  # Lines shown beside a hot one, where not all are.
_LEAST = 0.005  # Of the time, for a line of a long file to be shown.
_EIGHTHS = " ▏▎▍▌▋▊▉"
_STYLES = ("", "", "yellow", "yellow", "bold red", "bold red")  # By level.


class _Row(NamedTuple):
    line: int  # 0 for lines left out.
    text: str
    report: LineReport | None


def print_report(report: Report) -> None:
    console = Console(
        no_color=not is_coloured(), force_terminal=is_coloured() or None, highlight=False, legacy_windows=False
    )
    console.print(Text(title(report), "bold"))
    console.print(Text(detail(report)))
    if report.lines:
        console.print(_table(report, console))
    for told in _sentences(report):
        console.print(Text(told))


def _table(report: Report, console: Console) -> Table:
    width, told = console.width, is_told(report)
    memory = any(line.peak_mb is not None for line in report.lines)
    bar = 0 if width < _NARROW else _BAR if width >= _WIDE else _SHORT_BAR
    table = Table(box=None, pad_edge=False, padding=(0, 1), header_style="dim")
    table.add_column("line", justify="right", style="dim", no_wrap=True)
    table.add_column("time" if told else "samples", justify="right", no_wrap=True)
    if bar:
        table.add_column("", no_wrap=True, width=bar)
    if told:
        table.add_column("ms/call", justify="right", no_wrap=True)
    split = told and width >= _WIDE and report.tells_native
    if split:
        table.add_column("Python", justify="right", no_wrap=True)
        table.add_column("native", justify="right", no_wrap=True)
    if memory:
        table.add_column("peak MB", justify="right", no_wrap=True)
    # The column that may be made narrower; its lines are cut off, not wrapped.
    table.add_column("source")
    is_plain = console.options.ascii_only
    overflow: OverflowMethod = "crop" if is_plain else "ellipsis"
    for row in _rows(report):
        if not row.line:
            table.add_row("...", *[""] * (len(table.columns) - 1))
            continue
        line = row.report
        cells: list[str] = [str(row.line), "" if line is None else percent(line.share) if told else str(line.samples)]
        if bar:
            cells.append("" if line is None else _bar(_part(report, line), bar, is_plain))
        if told:
            cells.append("" if line is None else f"{line.milliseconds_per_call:,.3g}")
        if split:
            cells += ["", ""] if line is None else [percent(line.python), percent(line.native)]
        if memory:
            cells.append("" if line is None or not line.peak_mb else f"{line.peak_mb:,.3g}")
        style = _STYLES[level(report, line)] if line is not None else "dim"
        source = Text(row.text.rstrip().expandtabs(4), style, no_wrap=True, overflow=overflow)
        table.add_row(*(Text(cell, style) for cell in cells), source)
    return table


def _part(report: Report, line: LineReport) -> float:
    return line.share if is_told(report) else line.samples / max(report.samples, 1)


def _bar(part: float, width: int, is_plain: bool) -> str:
    if is_plain:
        return "#" * round(part * width)
    eighths = round(min(part, 1.0) * width * 8)
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()


def _rows(report: Report) -> Iterator[_Row]:
    """All lines of a function that is not too long; else those that take time, with those beside them."""
    first, texts = lines_in_scope(report)
    seen = {line.line: line for line in report.lines}
    wanted = set(range(first, first + len(texts)))
    if report.what != "function" or len(wanted) > _MOST_LINES:
        hot = [number for number, line in seen.items() if _part(report, line) >= _LEAST]
        wanted &= {number + by for number in hot for by in range(-_AROUND, _AROUND + 1)}
    before = 0
    for number in sorted(wanted)[:_MOST_LINES]:
        if before and number != before + 1:
            yield _Row(0, "", None)
        before = number
        yield _Row(number, texts[number - first], seen.get(number))


def _sentences(report: Report) -> Iterator[str]:
    if report.reason:
        yield sentence(report.reason)
    if report.samples < SHOWN:
        yield f"Fewer than {SHOWN} samples say nothing of shares: measure for longer with --seconds, or on more input."
    elif report.samples < MEDIUM:
        yield f"Fewer than {MEDIUM} samples: shares may be off by several percent. --seconds measures for longer."
