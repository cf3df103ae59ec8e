"""At the end of a line, the cost that a hint tells and what a profile found; our own client shows the latter itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from perfwise_analyzers.finding import Position

if TYPE_CHECKING:
    from perfwise_server.server import Server


async def inlay_hint(ls: Server, params: types.InlayHintParams) -> list[types.InlayHint]:
    view = await ls.view(params.text_document.uri)
    if view is None or not view.buffer.settings.inlay_hints:
        return []
    (first, _), (last, _) = view.span(ls.session.units, params.range)
    line = view.buffer.document.line
    told: dict[int, list[str]] = {}
    if (heat := view.buffer.heat) and not ls.session.client.heat:
        for each in heat.lines:
            if first < each.line <= last + 1:
                told[each.line - 1] = [f"{each.label} (changed since)" if each.changed else each.label]
    for finding in view.hints():
        if finding.cost and first <= finding.span.start.line <= last:
            told.setdefault(finding.span.start.line, []).append(finding.cost)
    return [
        types.InlayHint(
            ls.session.units.position(line, Position(number, len(line(number))), view.first),
            ", ".join(dict.fromkeys(found)),
            tooltip="What this line costs: in the function's own names, and in the profile that is shown",
            padding_left=True,
        )
        for number, found in told.items()
    ]


def register(server: Server) -> None:
    server.feature(types.TEXT_DOCUMENT_INLAY_HINT)(inlay_hint)
