"""The server's commands, and the requests of ours that list and show the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams

from perfwise_server import fixes, pages
from perfwise_server.protocol import (
    APPLY_AGREED,
    APPLY_UNCHECKED,
    EXPLAIN,
    FIX_FILE,
    PAGE,
    RULES,
    ExplainReply,
    PageReply,
    RuleSummary,
)

if TYPE_CHECKING:
    from perfwise_analyzers.rule import Rule
    from perfwise_server.server import Server
    from perfwise_server.session import Buffer


def fix_file(ls: Server, uri: str) -> bool:
    """Effect: asks the client to make all safe fixes of a file; whether there was one."""
    edit = fixes.every_safe(ls.session, _buffer(ls, uri))
    return _apply(ls, "Fix all safe Perfwise hints", edit)


def apply_unchecked(ls: Server, uri: str, *keys: str, is_agreed: bool = False) -> bool:
    """Effect: asks the client to make fixes that nothing has proved, which it shows first if it can.

    `is_agreed`: the user was told and wants them without that.
    """
    buffer = _buffer(ls, uri)
    found = [finding for key in keys if (finding := buffer.find(key)) and finding.fix]
    for finding in found:
        _apply(ls, finding.message, fixes.one(ls.session, buffer, finding, is_agreed=is_agreed))
    return bool(found)


def explain(ls: Server, rule: str) -> ExplainReply:
    """Effect: clients that show documents, and have no command of their own for it, show the page."""
    found = _rule(rule)
    page = pages.uri(found.name)
    if page and ls.session.client.shows_documents and not ls.session.client.commands:
        ls.window_show_document(types.ShowDocumentParams(page, take_focus=True))
    return {"code": found.code, "name": found.name, "markdown": pages.markdown(found.name), "uri": page}


def rules() -> list[RuleSummary]:
    return [
        {"code": rule.code, "name": rule.name, "summary": rule.summary}
        for rule in sorted(set(pages.rules().values()), key=lambda rule: rule.code)
    ]


def page(code: str) -> PageReply:
    found = _rule(code)
    return {"markdown": pages.markdown(found.name), "uri": pages.uri(found.name)}


def _apply(ls: Server, label: str, edit: types.WorkspaceEdit | None) -> bool:
    if edit is None:
        return False
    ls.workspace_apply_edit(types.ApplyWorkspaceEditParams(edit, label))
    return True


def _buffer(ls: Server, uri: str) -> Buffer:
    view = ls.session.view(uri)
    if view is None:
        raise JsonRpcInvalidParams(f"{uri} is not open as Python")
    return view.buffer


def _rule(code_or_name: str) -> Rule:
    found = pages.rules().get(code_or_name) or pages.rules().get(str(code_or_name).upper())
    if found is None:
        raise JsonRpcInvalidParams(f"unknown rule {code_or_name!r}")
    return found


def register(server: Server) -> None:
    """pygls reads a command's parameters from its signature, hence the closures."""

    @server.command(FIX_FILE)
    def _(uri: str) -> bool:
        return fix_file(server, uri)

    @server.command(APPLY_UNCHECKED)
    def _(*arguments: Any) -> bool:
        return apply_unchecked(server, *arguments)

    @server.command(APPLY_AGREED)
    def _(*arguments: Any) -> bool:
        return apply_unchecked(server, *arguments, is_agreed=True)

    @server.command(EXPLAIN)
    def _(rule: str) -> Any:
        return explain(server, rule)

    server.feature(RULES)(lambda _: rules())
    server.feature(PAGE)(lambda params: page(params.code))
