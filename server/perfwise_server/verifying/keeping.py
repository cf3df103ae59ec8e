"""What the laboratory keeps."""

from __future__ import annotations

from typing import Any

from perfwise_server.evidence.gathering import key_in
from perfwise_server.evidence.store import Store


def keep_verdict(old: str, new: str, function: str, verdict: dict[str, Any]) -> None:
    """Effect: the verdict on two texts' versions of a function is kept."""
    keys = key_in(old, function), key_in(new, function)
    if keys[0] and keys[1]:
        Store().keep_verdict(keys[0], keys[1], verdict)
