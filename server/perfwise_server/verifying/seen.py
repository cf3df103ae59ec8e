"""What the user's own runs left for the laboratory, and what it leaves."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from perfwise_server.driving.callables import Function
from perfwise_server.driving.recipes import calls_in
from perfwise_server.evidence.gathering import key_in
from perfwise_server.evidence.store import Store


def seen_calls(path: str, function: Function) -> list[str]:
    """Calls that `perfwise run` saw of a function of this file."""
    seen = Store().of_file(Path(path)).get(function.name)
    return calls_in("\n".join(seen.samples), function) if seen else []


def keep_verdict(old: str, new: str, function: str, verdict: dict[str, Any]) -> None:
    """Effect: the verdict on two texts' versions of a function is kept."""
    keys = key_in(old, function), key_in(new, function)
    if keys[0] and keys[1]:
        Store().keep_verdict(keys[0], keys[1], verdict)
