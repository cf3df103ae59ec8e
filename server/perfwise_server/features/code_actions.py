"""Quick fixes, fix all, suppress and explain; the edit is made when the action is chosen, if the client can wait."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from perfwise_analyzers.suppressions import UNUSED
from perfwise_server import convert, fixes
from perfwise_server.protocol import EXPLAIN, FIX_ALL, REVIEW_FIX, SUGGEST, SUGGEST_FASTER, VERIFY, VERIFY_FIX
from perfwise_server.session import Buffer, View

if TYPE_CHECKING:
    from perfwise_analyzers.finding import Finding, Fix
    from perfwise_server.server import Server

QUICK = types.CodeActionKind.QuickFix.value
STALE = "The code changed since this was offered. Ask for the quick fixes again."


async def code_action(ls: Server, params: types.CodeActionParams) -> list[types.CodeAction]:
    """The actions for the hints on the lines of a range, and those for the whole file."""
    if (view := await ls.view(params.text_document.uri)) is None:
        return []
    actions = [action for action in _actions(ls, view, params.range) if _wanted(action, params.context.only)]
    if not ls.session.client.resolves_actions:
        for action in actions:
            if action.data:
                action.edit = _edit(ls, action.data)
    return [action for action in actions if action.edit or action.data or action.command]


def resolve(ls: Server, action: types.CodeAction) -> types.CodeAction:
    """Raises when the hint is no longer what it was when the action was offered."""
    if action.data and action.edit is None:
        action.edit = _edit(ls, action.data)
        if action.edit is None:
            ls.tell_user(STALE)
            raise JsonRpcException(STALE, code=types.LSPErrorCodes.RequestFailed.value)
    return action


def _actions(ls: Server, view: View, place: types.Range) -> Iterator[types.CodeAction]:
    buffer = view.buffer
    hints = buffer.hints()
    keys = buffer.keys(hints)
    start, end = view.span(ls.session.units, place)
    here = [(each, key) for each, key in zip(hints, keys, strict=True) if _touches(each, start.line, end.line)]
    current = [
        (found, key) for each, key in here if view.holds(each.span.start.line) and (found := buffer.current(each))
    ]
    for finding, key in current:
        if finding.fix:
            if finding.fix.level == "verify" and ls.session.client.trusted and ls.session.client.applies_edits:
                yield _verification(ls, view, finding, finding.fix, key)
            yield _fix(ls, view, finding, finding.fix, key)
    if ls.session.client.trusted and ls.session.client.applies_edits and buffer.cells is None:
        for function in dict.fromkeys(finding.function for finding, _ in current if finding.function):
            yield _suggestion(ls, view, function)
    for finding, key in current:
        if finding.code == UNUSED:  # A comment about a comment.
            continue
        yield types.CodeAction(
            f"Suppress {finding.code} here",
            kind=QUICK,
            diagnostics=[_diagnostic(ls, view, finding)],
            data={"do": "suppress", "uri": view.uri, "key": key},
        )
    for code, name in dict.fromkeys((finding.code, finding.name) for finding, _ in here):
        title = f"Explain {code} ({name})"
        command = "perfwise.explain" if ls.session.client.commands else EXPLAIN
        yield types.CodeAction(title, kind=QUICK, command=types.Command(title, command, arguments=[code]))
    if any(fixes.is_safe(each) for each in hints):
        data = {"do": "fixAll", "uri": view.uri}
        if here and len(hints) > 1:
            yield types.CodeAction("Fix all safe Perfwise hints in this file", kind=QUICK, data=data)
        yield types.CodeAction("Perfwise: fix all safe hints", kind=FIX_ALL, data=data)


def _suggestion(ls: Server, view: View, function: str) -> types.CodeAction:
    title = f"Suggest a faster version of {function}"
    is_ours = ls.session.client.commands
    arguments: list[Any] = [view.uri, function] if is_ours else [view.uri, {"place": function}]
    return types.CodeAction(
        title, QUICK, command=types.Command(title, SUGGEST_FASTER if is_ours else SUGGEST, arguments=arguments)
    )


def _verification(ls: Server, view: View, finding: Finding, fix: Fix, key: str) -> types.CodeAction:
    title = f"Verify and apply: {fix.title}"
    command = VERIFY if ls.session.client.commands else VERIFY_FIX
    called = types.Command(title, command, arguments=[view.uri, key])
    return types.CodeAction(title, QUICK, [_diagnostic(ls, view, finding)], command=called)


def _fix(ls: Server, view: View, finding: Finding, fix: Fix, key: str) -> types.CodeAction:
    is_safe = fix.level == "safe"
    action = types.CodeAction(
        fix.title if is_safe else f"{fix.title} (not checked)", QUICK, [_diagnostic(ls, view, finding)]
    )
    if is_safe or not ls.session.client.commands:
        action.is_preferred = True if is_safe and ls.session.client.preferred_actions else None
        action.data = {"do": "fix", "uri": view.uri, "key": key}
    else:  # The client asks first, where the reason can be read.
        action.command = types.Command(action.title, REVIEW_FIX, arguments=[view.uri, key, fix.title, fix.reason])
    return action


def _edit(ls: Server, data: Any) -> types.WorkspaceEdit | None:
    """What an action does to the text as it is now; None when it is stale."""
    if (view := ls.session.view(data["uri"])) is None:
        return None
    buffer: Buffer = view.buffer
    if data["do"] == "fixAll":
        return fixes.every_safe(ls.session, buffer)
    finding = buffer.find(data["key"])
    if finding is None:
        return None
    return (fixes.one if data["do"] == "fix" else fixes.suppression)(ls.session, buffer, finding)


def _diagnostic(ls: Server, view: View, finding: Finding) -> types.Diagnostic:
    return convert.diagnostic(finding, view.range(ls.session.units, finding.span))


def _touches(finding: Finding, first: int, last: int) -> bool:
    return finding.span.start.line <= last and first <= finding.span.end.line


def _wanted(action: types.CodeAction, only: Any) -> bool:
    """Kinds are a hierarchy: asking for `source` asks for `source.fixAll.perfwise`."""
    kinds = [getattr(kind, "value", kind) for kind in only or ("",)]
    return any(not kind or action.kind == kind or str(action.kind).startswith(f"{kind}.") for kind in kinds)


def register(server: Server) -> None:
    options = types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix, FIX_ALL], resolve_provider=True)
    server.feature(types.TEXT_DOCUMENT_CODE_ACTION, options)(code_action)
    server.feature(types.CODE_ACTION_RESOLVE)(resolve)
