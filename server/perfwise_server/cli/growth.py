"""`perfwise growth`."""

from __future__ import annotations

import asyncio
from pathlib import Path

from perfwise_server.checking.errors import reason
from perfwise_server.cli.errors import CommandError
from perfwise_server.cli.exit_codes import NOTHING_FOUND
from perfwise_server.cli.output import print_json, styled
from perfwise_server.cli.progress import shown_progress
from perfwise_server.cli.verify import interpreter_of, text_of
from perfwise_server.durations import seconds as shown_seconds
from perfwise_server.verifying.growing import Measured, measure, written_cost
from perfwise_server.verifying.growth import compared
from perfwise_server.verifying.laboratory import Case
from perfwise_server.verifying.report import compared_growth

_BAR = 40


def growth(
    *, target: str, against: str, calls: tuple[str, ...], inputs: str, seconds: float, python: str, output: str
) -> int:
    path, separator, function = target.partition("::")
    if not separator or not function:
        raise CommandError(f"{target}: name the function as FILE::FUNC")
    if len(calls) > 1 or (calls and inputs):
        raise CommandError("growth takes one --call or one --inputs")
    text = text_of(path)
    new = text_of(against) if against else text
    case = Case(text, new, function, path, calls, "", seconds, python or interpreter_of(Path(path)))
    with shown_progress() as progress:
        try:
            measured = asyncio.run(measure(case, inputs, progress))
        except OSError as error:
            raise CommandError(f"{case.python}: cannot be started: {reason(error)}") from None
    known = written_cost(text, function)
    if output == "json":
        record = {**measured.old.record(), "function": function, "call": measured.call, "big_o": known}
        if against:
            other = {**measured.new.record(), "big_o": written_cost(new, function)}
            record |= {"against": other, "crossing": measured.crossing}
        print_json(record)
    elif against:
        _print_both(measured, function, known, written_cost(new, function))
    else:
        _print(measured, function, known)
    return NOTHING_FOUND


def _print(measured: Measured, function: str, known: str) -> None:
    found = measured.old
    print(styled(f"{function}: {compared_growth(found, known)}", bold=True))
    print(f"on {measured.call}")
    most = max((seconds for _, seconds in found.points), default=0.0)
    for n, seconds in found.points:
        bar = "#" * max(round(_BAR * seconds / most), 1) if most else ""
        print(f"{n:>10,}  {shown_seconds(seconds):>8}  {bar}")


def _print_both(measured: Measured, function: str, old_cost: str, new_cost: str) -> None:
    old, new = measured.old, measured.new
    print(styled(f"{function}: {compared(old.points, new.points)}", bold=True))
    print(f"old: {compared_growth(old, old_cost)}")
    print(f"new: {compared_growth(new, new_cost)}")
    print(f"on {measured.call}")
    print(f"{'n':>10}  {'old':>8}  {'new':>8}")
    for (n, before), (_, after) in zip(old.points, new.points, strict=False):
        print(f"{n:>10,}  {shown_seconds(before):>8}  {shown_seconds(after):>8}")
