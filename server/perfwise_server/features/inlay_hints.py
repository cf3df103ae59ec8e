"""The cost of a hinted line, at its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from perfwise_analyzers.finding import Position

if TYPE_CHECKING:
    from perfwise_server.app import Server


async def inlay_hint(ls: Server, params: types.InlayHintParams) -> list[types.InlayHint]:
    view = await ls.view(params.text_document.uri)
    if view is None or not view.buffer.settings.inlay_hints:
        return []
    (first, _), (last, _) = view.span(ls.session.units, params.range)
    line = view.buffer.document.line
    costs: dict[int, list[str]] = {}
    for finding in view.hints():
        if finding.cost and first <= finding.span.start.line <= last:
            costs.setdefault(finding.span.start.line, []).append(finding.cost)
    return [
        types.InlayHint(
            ls.session.units.position(line, Position(number, len(line(number))), view.first),
            ", ".join(dict.fromkeys(found)),
            tooltip="What this line costs, in the function's own names",
            padding_left=True,
        )
        for number, found in costs.items()
    ]


def register(server: Server) -> None:
    server.feature(types.TEXT_DOCUMENT_INLAY_HINT)(inlay_hint)
