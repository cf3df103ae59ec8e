"""What is told of the arguments of a call: which calls are alike, and how large what they were given is."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Mapping
from typing import Any

from perfwise_worker.calls import Call
from perfwise_worker.collector import collector_paused
from perfwise_worker.portrait import Portrait

LARGEST_SIZE = 2**53  # What every reader of JSON can read.


def key(call: Call, source: str) -> str:
    """Equal for calls with the same receiver and arguments, as far as they can be looked into."""
    with collector_paused():
        portrait = Portrait()
        part = portrait.of((call.receiver, dict(_named(call))))
        spelled = source if portrait.iterators or portrait.unjudged else ""
        return hashlib.blake2b(repr((portrait.nodes, part, spelled)).encode(), digest_size=8).hexdigest()


def sizes(call: Call) -> dict[str, int]:
    """The lengths of the arguments that have one, and the values of those that are integers, by parameter."""
    found = {name: _size(value) for name, value in _named(call).items()}
    return {name: size for name, size in found.items() if size is not None}


def _named(call: Call) -> Mapping[str, Any]:
    try:
        return inspect.signature(call.function).bind(*call.arguments, **call.keywords).arguments
    except (TypeError, ValueError):
        return {**{str(place): value for place, value in enumerate(call.arguments)}, **call.keywords}


def _size(value: Any) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value if abs(value) <= LARGEST_SIZE else None
    try:
        return len(value)
    except Exception:
        return None
