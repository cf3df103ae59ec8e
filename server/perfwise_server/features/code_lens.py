"""What a function costs, above it, where it holds a hint."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from lsprotocol import types

from perfwise_server.protocol import EXPLAIN, SHOW_HINTS
from perfwise_server.session import View

if TYPE_CHECKING:
    from perfwise_analyzers.rule import Finding
    from perfwise_server.app import Server


async def code_lens(ls: Server, params: types.CodeLensParams) -> list[types.CodeLens]:
    """Without their titles, which `resolve` gives."""
    view = await ls.view(params.text_document.uri)
    if view is None or not view.buffer.settings.code_lens:
        return []
    hints = [finding for finding in view.hints() if finding.cost]
    hinted = {finding.function for finding in hints}
    return [
        types.CodeLens(view.range(ls.session.units, place.name_span), data={"uri": view.uri, "function": place.name})
        for place in view.buffer.analysis.functions_at(finding.span.start.line for finding in hints)
        if place.name in hinted and view.holds(place.name_span.start.line)
    ]


async def resolve(ls: Server, lens: types.CodeLens) -> types.CodeLens:
    data: Any = lens.data
    view = await ls.view(data["uri"])
    hints = sorted(_of(view, data["function"]), key=_weight, reverse=True) if view else []
    if not hints:
        lens.command = types.Command("No hint any more", "")
        return lens
    worst, *others = hints
    title = f"{worst.cost} -> {worst.better_cost}" if worst.better_cost else worst.cost
    if others:
        title += f" and {len(others)} more"
    if ls.session.client.commands:
        lens.command = types.Command(title, SHOW_HINTS, arguments=[data["uri"], worst.span.start.line])
    else:
        lens.command = types.Command(title, EXPLAIN, arguments=[worst.code])
    return lens


def _of(view: View, function: str) -> Iterator[Finding]:
    return (finding for finding in view.hints() if finding.function == function and finding.cost)


def _weight(finding: Finding) -> tuple[bool, int]:
    """More factors cost more; among equals the first in the text stays first."""
    return finding.severity != "hint", finding.cost.count("*") + finding.cost.count("^")


def register(server: Server) -> None:
    server.feature(types.TEXT_DOCUMENT_CODE_LENS, types.CodeLensOptions(resolve_provider=True))(code_lens)
    server.feature(types.CODE_LENS_RESOLVE)(resolve)
