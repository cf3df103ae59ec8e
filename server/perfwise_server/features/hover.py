"""What a hint says, in full, over the code it is about, over a function's name what the function costs, and over a hot
line what a profile found; our own client shows the last itself."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from lsprotocol import types

from perfwise_analyzers.cost.derivation import derivation
from perfwise_analyzers.cost.terms import big_o
from perfwise_analyzers.finding import Position, Span
from perfwise_analyzers.observed import called, sized
from perfwise_server import pages
from perfwise_server.evidence.gathering import source_of
from perfwise_server.evidence.keys import key_of

if TYPE_CHECKING:
    from perfwise_analyzers.cost.frame import FunctionCost
    from perfwise_analyzers.finding import Finding, Size
    from perfwise_analyzers.observed import Observation
    from perfwise_server.server import Server
    from perfwise_server.session import View

_MOST_SIZES = 6


async def hover(ls: Server, params: types.HoverParams) -> types.Hover | None:
    if (view := await ls.view(params.text_document.uri)) is None:
        return None
    at = view.span(ls.session.units, types.Range(params.position, params.position)).start
    found = [finding for finding in view.hints() if finding.span.start <= at <= finding.span.end]
    costs = [cost for cost in view.buffer.costs(at.line, at.line) if _is_over(at, cost.name_span)]
    heat = None if ls.session.client.heat else view.buffer.heat
    heated = [each for each in heat.lines if each.line == at.line + 1] if heat else []
    spans = [finding.span for finding in found] + [cost.name_span for cost in costs]
    if heated:
        spans.append(Span(Position(at.line, 0), Position(at.line, len(view.buffer.document.line(at.line)))))
    if not spans:
        return None
    kind = types.MarkupKind.Markdown if ls.session.client.markdown else types.MarkupKind.PlainText
    # VS Code shows the message of the diagnostic itself, above the hover.
    told = ls.session.client.commands
    texts = [
        *(_text(finding, told) for finding in found),
        *(_cost(cost, view.buffer.observed.get(cost.name), _verified(ls, view, cost)) for cost in costs),
        *(each.hover for each in heated),
    ]
    text = "\n\n---\n\n".join(dict.fromkeys(texts))
    return types.Hover(types.MarkupContent(kind, text), view.range(ls.session.units, spans[0]))


def _is_over(at: Position, name: Span) -> bool:
    """On the name, or before it on its line: on `def`."""
    return at.line == name.start.line and at <= name.end


def _verified(ls: Server, view: View, cost: FunctionCost) -> list[str]:
    """What was found when the function's text took the place of another."""
    if ls.session.evidence.is_empty():
        return []
    places = view.buffer.analysis.functions_at([cost.name_span.start.line])
    spans = [place.span for place in places if place.name == cost.name]
    found = ls.session.evidence.verified(key_of(source_of(view.buffer.document, spans[0]))) if spans else None
    if found is None:
        return []
    from perfwise_server.verifying.report import remembered

    verdict, noted = found
    return [remembered(verdict, date.fromtimestamp(noted), date.today())]


def _cost(cost: FunctionCost, seen: Observation | None, verified: list[str]) -> str:
    title = f"**Perfwise** `{cost.name}` " + (
        "has a cost that is not known" if cost.cost is None else f"costs `{big_o(cost.cost)}`"
    )
    told = [f"In your runs: {called(seen)}", *map(_size, seen.sizes[:_MOST_SIZES])] if seen else []
    return "\n".join((title, "", *(f"- {line}" for line in (*derivation(cost), *told, *verified)))).rstrip()


def _size(size: Size) -> str:
    return f"{sized(size)}, {size.median:,} as a rule"


def _text(finding: Finding, told: bool) -> str:
    parts = [f"**Perfwise {finding.code}** {finding.name}", "" if told else finding.message]
    if finding.cost:
        better = f" -> `{finding.better_cost}`" if finding.better_cost else ""
        parts.append(f"Cost: `{finding.cost}`{better}")
    parts.append(_fix(finding))
    if opening := pages.opening(finding.name):
        parts.append(opening)
    if page := pages.uri(finding.name):
        parts.append(f"[More about {finding.name}]({page})")
    return "\n\n".join(part for part in parts if part)


def _fix(finding: Finding) -> str:
    if finding.fix is None:
        return ""
    if finding.fix.level == "safe":
        return f"Quick fix, safe: {finding.fix.title}."
    reason = finding.fix.reason and f" {finding.fix.reason}"
    return f"Quick fix, not checked: {finding.fix.title}.{reason}"


def register(server: Server) -> None:
    server.feature(types.TEXT_DOCUMENT_HOVER)(hover)
