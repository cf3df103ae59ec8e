"""Processes that calls leave behind are found and ended, also those that have left their group."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress

_SET_CHILD_SUBREAPER = 36
_ROUNDS = 50  # A process that is ended may just have started another one.
_kept: int | None = None


def adopt_orphans() -> bool:
    """Effect, on Linux: processes whose parent has ended become children of this one, where they can be found."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        import ctypes

        return bool(ctypes.CDLL(None).prctl(_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0)
    except (ImportError, OSError, AttributeError):
        return False


def lead_group() -> None:
    """Effect, on Linux: what this process starts is ended with it at once; elsewhere it stays in the worker's group."""
    if sys.platform.startswith("linux"):
        with suppress(OSError):
            os.setpgid(0, 0)


def end_group(leader: int) -> None:
    with suppress(OSError):
        os.killpg(leader, signal.SIGKILL)


def keep(child: int | None) -> None:
    """Effect: this child, and no other, is not ended with the rest."""
    global _kept
    _kept = child


def end_children() -> None:
    """Effect: none of this process's children is left, but the one that is to be kept."""
    for _ in range(_ROUNDS):
        children = [child for child in _children() if child != _kept]
        if not children:
            return
        for child in children:
            with suppress(ProcessLookupError, PermissionError):
                os.kill(child, signal.SIGKILL)
        with suppress(ChildProcessError):
            for child in children:
                os.waitpid(child, 0)


def _children() -> list[int]:
    try:
        with open(f"/proc/self/task/{os.getpid()}/children") as listed:
            return [int(each) for each in listed.read().split()]
    except (OSError, ValueError):
        return []
