"""The hints as diagnostics: pulled by clients that can, else pushed; never both."""

from __future__ import annotations

from hashlib import blake2b
from typing import Any

from lsprotocol import types

from perfwise_analyzers.suppressions import UNUSED
from perfwise_server.convert import plain, plain_diagnostic
from perfwise_server.protocol import SOURCE
from perfwise_server.server import Listener, Server
from perfwise_server.session import Buffer, View


def items(ls: Server, view: View) -> list[dict[str, Any]]:
    found = [
        plain_diagnostic(
            plain(view.range(ls.session.units, each.span)), each.severity, each.code, each.name, each.message
        )
        for each in view.hints()
    ]
    if ls.session.client.greys_out:
        for each in found:
            if each["code"] == UNUSED:
                each["tags"] = [types.DiagnosticTag.Unnecessary.value]
    return found


async def pull(ls: Server, params: types.DocumentDiagnosticParams) -> dict[str, Any]:
    view = await ls.view(params.text_document.uri)
    found = items(ls, view) if view else []
    if view:
        refresh_later(ls, view.buffer)
    result = blake2b(repr(found).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
    if result == params.previous_result_id:
        return {"kind": "unchanged", "resultId": result}
    return {"kind": "full", "resultId": result, "items": found}


def publish(ls: Server, buffer: Buffer) -> None:
    """Effect: the client shows the hints of every text document of the buffer."""
    for view in ls.session.views(buffer):
        version = {"version": view.version} if ls.session.client.versions_in_diagnostics else {}
        _send(ls, {"uri": view.uri, **version, "diagnostics": items(ls, view)})
    refresh_later(ls, buffer)


class _Pushed(Listener):
    """For clients that do not pull."""

    def hinted(self, ls: Server, buffer: Buffer) -> None:
        if not ls.session.client.pulls:
            ls.jobs.once(("publish", buffer.uri), lambda: publish(ls, buffer))

    def gone(self, ls: Server, uris: list[str]) -> None:
        if not ls.session.client.pulls:
            for uri in uris:
                ls.jobs.cancel(("publish", uri))
                _send(ls, {"uri": uri, "diagnostics": []})


def refresh_later(ls: Server, buffer: Buffer) -> None:
    """Shows what is held back on the line being typed, when nothing is typed for a moment."""
    seconds = buffer.waiting()
    if seconds is None:
        ls.jobs.cancel(("settle", buffer.uri))
    else:
        ls.jobs.later(("settle", buffer.uri), seconds, lambda: ls.refresh(buffer))


def _send(ls: Server, params: dict[str, Any]) -> None:
    ls.protocol.send_plain(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS, params)


def register(server: Server) -> None:
    server.listeners.append(_Pushed())
    server.feature(
        types.TEXT_DOCUMENT_DIAGNOSTIC,
        types.DiagnosticOptions(inter_file_dependencies=False, workspace_diagnostics=False, identifier=SOURCE),
    )(pull)
