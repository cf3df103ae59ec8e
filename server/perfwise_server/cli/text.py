"""Hints for a person at a terminal."""

from __future__ import annotations

from perfwise_server.checking.hints import Hint
from perfwise_server.cli.checked import Checked, Profiled
from perfwise_server.cli.output import counted, styled

COLOURS = {"warning": "yellow", "info": "blue", "hint": "cyan"}


def print_text(checked: Checked) -> None:
    for hint in checked.hints:
        print("\n".join((*_lines(hint), "")))
    for worse in checked.worse or ():
        cell = f":cell {worse.place['cell']}" if "cell" in worse.place else ""
        place = styled(f"{worse.path}{cell}:{worse.place['line']}", bold=True)
        print(f"{place}: {worse.name} costs more than before: {worse.old} -> {worse.new}\n")
    for skipped in checked.skipped:
        print(styled(f"skipped {skipped.path}: {skipped.reason}", dim=True))
    if checked.profiled:
        _print_profiled(checked.profiled)
    for gone in checked.compared.gone if checked.compared else ():
        place = f"{gone.path}: {gone.code} in {gone.function}" if gone.function else f"{gone.path}: {gone.code}"
        print(styled(f"gone, though in the baseline: {place}: {gone.line}", dim=True))
    for row in checked.statistics or ():
        print(f"{row['count']:>7,}  {row['code']}  {row['name']}")
    print(_summary(checked))


def _print_profiled(profiled: Profiled) -> None:
    for path, lines in profiled.changed:
        print(styled(f"changed since the profile: {counted(lines, 'hot line')} of {path}", dim=True))
    if not profiled.files:
        print(styled("the profile is of none of these files", dim=True))


def _lines(hint: Hint) -> list[str]:
    finding = hint.finding
    place = hint.cells.place(finding.span)
    cell = f":cell {place['cell']}" if "cell" in place else ""
    start = finding.span.start.column
    end = finding.span.end.column if finding.span.end.line == finding.span.start.line else len(hint.excerpt)
    marks = "".join("\t" if character == "\t" else " " for character in hint.excerpt[:start]) + "^" * max(
        end - start, 1
    )
    number = str(place["line"])
    margin = " " * len(number)
    colour = COLOURS[finding.severity]
    lines = [
        styled(f"{hint.path}{cell}:{number}:{place['column']}", bold=True)
        + f": {styled(finding.code, fg=colour, bold=True)} {finding.name}: {finding.message}",
        styled(f"  {number} | ", dim=True) + hint.excerpt,
        styled(f"  {margin} | ", dim=True) + styled(marks, fg=colour),
    ]
    if finding.fix:
        lines.append(f"  {margin} = {finding.fix.title} ({'safe' if finding.fix.level == 'safe' else 'not checked'})")
    return lines


def _summary(checked: Checked) -> str:
    over = f"{counted(checked.files, 'file')}, {checked.seconds:.1f} s"
    if checked.compared and checked.compared.hidden:
        over += f", {checked.compared.hidden:,} more in the baseline"
    if not checked.files:
        return f"No Python files found ({over})."
    if not checked.hints and checked.worse:
        return f"Found {counted(len(checked.worse), 'function')} of greater cost in {over}."
    if not checked.hints:
        return styled(f"Nothing found in {over}.", fg="green")
    fixes = [hint.finding.fix.level for hint in checked.hints if hint.finding.fix]
    offers = [
        f"{fixes.count(level)} {'to be mended' if level == 'safe' else 'more'} by `perfwise fix{option}`"
        for level, option in (("safe", ""), ("verify", " --unsafe"))
        if level in fixes
    ]
    return f"Found {counted(len(checked.hints), 'hint')} in {over}" + "".join(f"; {offer}" for offer in offers) + "."
