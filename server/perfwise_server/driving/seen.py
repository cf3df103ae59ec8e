"""Calls that the user's own runs showed."""

from __future__ import annotations

from pathlib import Path

from perfwise_server.driving.callables import Function
from perfwise_server.driving.recipes import calls_in
from perfwise_server.evidence.store import Store


def seen_calls(path: str, function: Function) -> list[str]:
    """Calls that `perfwise run` saw of a function of this file."""
    seen = Store().of_file(Path(path)).get(function.name)
    return calls_in("\n".join(seen.samples), function) if seen else []
