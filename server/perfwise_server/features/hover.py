"""What a hint says, in full, over the code it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from perfwise_server import pages

if TYPE_CHECKING:
    from perfwise_analyzers.rule import Finding
    from perfwise_server.app import Server


async def hover(ls: Server, params: types.HoverParams) -> types.Hover | None:
    if (view := await ls.view(params.text_document.uri)) is None:
        return None
    at = view.span(ls.session.units, types.Range(params.position, params.position)).start
    found = [finding for finding in view.hints() if finding.span.start <= at <= finding.span.end]
    if not found:
        return None
    kind = types.MarkupKind.Markdown if ls.session.client.markdown else types.MarkupKind.PlainText
    text = "\n\n---\n\n".join(dict.fromkeys(map(_text, found)))
    return types.Hover(types.MarkupContent(kind, text), view.range(ls.session.units, found[0].span))


def _text(finding: Finding) -> str:
    parts = [f"**Perfwise {finding.code}** {finding.name}", finding.message]
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
