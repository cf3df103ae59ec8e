"""The server put together: every feature wired on one screen."""

from __future__ import annotations

from perfwise_server.features import (
    code_actions,
    code_lens,
    commands,
    diagnostics,
    heat,
    hover,
    inlay_hints,
    laboratory,
    lifecycle,
    profiles,
    profiling,
    rewriting,
    synchronization,
    workspace_check,
)
from perfwise_server.server import Server
from perfwise_server.session import Session

FEATURES = (
    lifecycle,
    synchronization,
    diagnostics,
    code_actions,
    code_lens,
    hover,
    inlay_hints,
    commands,
    workspace_check,
    laboratory,
    profiling,
    profiles,
    heat,
    rewriting,
)


def build(session: Session | None = None) -> Server:
    server = Server(session or Session())
    for feature in FEATURES:
        feature.register(server)
    return server
