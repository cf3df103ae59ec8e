"""What a function costs, above it, where it holds a hint or costs more than its input is long."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from lsprotocol import types

from perfwise_analyzers.cost.frame import FunctionCost
from perfwise_analyzers.cost.terms import CLASSES, big_o, class_of
from perfwise_analyzers.observed import called
from perfwise_server.protocol import EXPLAIN, GROWTH, PROFILE_FUNCTION, SHOW_HINTS, SUGGEST_FASTER
from perfwise_server.session import View

if TYPE_CHECKING:
    from perfwise_analyzers.finding import Finding
    from perfwise_server.server import Server

_SLICE_SECONDS = 0.008  # Of work, after which keys and other requests are served.
_GROWTH = ("Measure growth", GROWTH)
_OTHERS = (("Profile", PROFILE_FUNCTION), _GROWTH, ("Suggest a faster version", SUGGEST_FASTER))
_LONG = 0.1  # Seconds of a run that are worth a lens.


async def code_lens(ls: Server, params: types.CodeLensParams) -> list[types.CodeLens]:
    """Without their titles, which `resolve` gives; for the extension, each has others beside it."""
    view = await ls.view(params.text_document.uri)
    if view is None or not view.buffer.settings.code_lens:
        return []
    costs = await _costs(view)
    view = await ls.view(params.text_document.uri)
    if view is None:
        return []
    hinted = {finding.function for finding in view.hints() if finding.cost}
    shown = [
        (cost.name, view.range(ls.session.units, cost.name_span))
        for cost in costs
        if (cost.name in hinted or _is_costly(cost) or _took_long(view, cost.name))
        and view.holds(cost.name_span.start.line)
    ]
    lenses = [types.CodeLens(place, data={"uri": view.uri, "function": name}) for name, place in shown]
    if ls.session.client.commands and ls.session.client.trusted:
        lenses += [
            types.CodeLens(place, types.Command(title, command, arguments=[view.uri, name]))
            for name, place in shown
            for title, command in (_OTHERS if view.buffer.cells is None else (_GROWTH,))  # The others want a file.
        ]
    return lenses


async def resolve(ls: Server, lens: types.CodeLens) -> types.CodeLens:
    data: Any = lens.data
    view = await ls.view(data["uri"])
    hints = sorted(_of(view, data["function"]), key=_weight, reverse=True) if view else []
    seen = view.buffer.observed.get(data["function"]) if view else None
    observed = f" ({called(seen)})" if seen else ""
    if not hints:
        line = view.span(ls.session.units, lens.range).start.line if view else 0
        costs = view.buffer.costs(line, line) if view else []
        title = next((big_o(cost.cost) for cost in costs if cost.name == data["function"]), "No hint any more")
        lens.command = types.Command(title + observed, "")
        return lens
    worst, *others = hints
    title = f"{worst.cost} -> {worst.better_cost}" if worst.better_cost else worst.cost
    if others:
        title += f" and {len(others)} more"
    title += observed
    if ls.session.client.commands:
        lens.command = types.Command(title, SHOW_HINTS, arguments=[data["uri"], worst.span.start.line])
    else:
        lens.command = types.Command(title, EXPLAIN, arguments=[worst.code])
    return lens


async def _costs(view: View) -> list[FunctionCost]:
    """Of the functions of the view as far as they are known by the time the text changes, when it is asked for anew."""
    document = view.buffer.document
    version = document.version
    found: list[FunctionCost] = []
    end_of_segments = document.start_line(len(document.segments))  # An empty last line is in none of them.
    line, last = view.first, min(view.first + view.count, end_of_segments)
    while line < last and document.version == version:
        end = time.perf_counter() + _SLICE_SECONDS
        while line < last and time.perf_counter() < end:
            found += view.buffer.costs(line, line)
            line = document.start_line(document.index_at(line) + 1)
        await asyncio.sleep(0)
    return found if document.version == version else []


def _is_costly(cost: FunctionCost) -> bool:
    return cost.cost is not None and CLASSES.index(class_of(cost.cost)) > CLASSES.index("n")


def _took_long(view: View, function: str) -> bool:
    seen = view.buffer.observed.get(function)
    return seen is not None and seen.seconds >= _LONG


def _of(view: View, function: str) -> Iterator[Finding]:
    return (finding for finding in view.hints() if finding.function == function and finding.cost)


def _weight(finding: Finding) -> tuple[float, bool, int]:
    """Seconds of a profile come first; then, more factors cost more; among equals the first in the text stays first."""
    return finding.seconds or 0, finding.severity != "hint", finding.cost.count("*") + finding.cost.count("^")


def register(server: Server) -> None:
    server.feature(types.TEXT_DOCUMENT_CODE_LENS, types.CodeLensOptions(resolve_provider=True))(code_lens)
    server.feature(types.CODE_LENS_RESOLVE)(resolve)
