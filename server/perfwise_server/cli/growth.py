"""`perfwise growth`."""

from __future__ import annotations

import asyncio
from pathlib import Path

from perfwise_analyzers.cost.terms import big_o
from perfwise_analyzers.document import Document
from perfwise_analyzers.engine import Analysis
from perfwise_server.checking.errors import reason
from perfwise_server.cli.errors import CommandError
from perfwise_server.cli.exit_codes import NOTHING_FOUND
from perfwise_server.cli.output import print_json, styled
from perfwise_server.cli.progress import shown_progress
from perfwise_server.cli.verify import interpreter_of, text_of
from perfwise_server.durations import seconds as shown_seconds
from perfwise_server.verifying.growing import Measured, measure
from perfwise_server.verifying.laboratory import Case
from perfwise_server.verifying.report import compared_growth

_BAR = 40


def growth(*, target: str, calls: tuple[str, ...], inputs: str, seconds: float, python: str, output: str) -> int:
    path, separator, function = target.partition("::")
    if not separator or not function:
        raise CommandError(f"{target}: name the function as FILE::FUNC")
    if len(calls) > 1 or (calls and inputs):
        raise CommandError("growth takes one --call or one --inputs")
    text = text_of(path)
    case = Case(text, text, function, path, calls, "", seconds, python or interpreter_of(Path(path)))
    with shown_progress() as progress:
        try:
            measured = asyncio.run(measure(case, inputs, progress))
        except OSError as error:
            raise CommandError(f"{case.python}: cannot be started: {reason(error)}") from None
    known = _written_cost(text, function)
    if output == "json":
        print_json({**measured.old.record(), "function": function, "call": measured.call, "big_o": known})
    else:
        _print(measured, function, known)
    return NOTHING_FOUND


def _written_cost(text: str, function: str) -> str:
    """What the source says, in the function's own names."""
    costs = {cost.name: cost.cost for cost in Analysis(Document(text)).costs()}
    return big_o(costs[function]) if function in costs else "unknown"


def _print(measured: Measured, function: str, known: str) -> None:
    found = measured.old
    print(styled(f"{function}: {compared_growth(found, known)}", bold=True))
    print(f"on {measured.call}")
    most = max((seconds for _, seconds in found.points), default=0.0)
    for n, seconds in found.points:
        bar = "#" * max(round(_BAR * seconds / most), 1) if most else ""
        print(f"{n:>10,}  {shown_seconds(seconds):>8}  {bar}")
