"""The heat of lines, for clients that show it themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfwise_server.profiles.telling import detail, is_told, title
from perfwise_server.protocol import HEAT
from perfwise_server.protocol import Heat as SentHeat
from perfwise_server.server import Listener, Server

if TYPE_CHECKING:
    from perfwise_server.profiles.heat import Heat
    from perfwise_server.session import Buffer


class _Heat(Listener):
    def edited(self, ls: Server, buffer: Buffer) -> None:
        """Effect: the client gets it anew, once what has arrived is read, where it is or would be elsewhere."""
        if ls.session.client.heat and buffer.heat_is_news:
            ls.jobs.once(("heat", buffer.uri), lambda: _send(ls, buffer))

    def closed(self, ls: Server, buffer: Buffer) -> None:
        """Effect: the client shows nothing more of it."""
        if ls.session.client.heat and buffer.heat:
            ls.protocol.send_plain(HEAT, _sent(buffer, None))


def _send(ls: Server, buffer: Buffer) -> None:
    buffer.heat_is_news = False
    ls.protocol.send_plain(HEAT, _sent(buffer, buffer.heat))


def _sent(buffer: Buffer, heat: Heat | None) -> SentHeat:
    version = buffer.versions.get(buffer.uri)
    report = heat.report if heat else None
    return {
        "uri": buffer.uri,
        "version": version,
        "id": heat.number if heat else 0,
        "title": title(report) if report else "",
        "detail": detail(report) if report else "",
        "lines": [
            {
                "line": each.line - 1,
                "share": each.report.share if is_told(heat.report) else None,
                "level": each.level,
                "label": each.label,
                "hover": each.hover,
                "changed": each.changed,
            }
            for each in heat.lines
        ]
        if heat
        else [],
    }


def register(server: Server) -> None:
    server.listeners.append(_Heat())
