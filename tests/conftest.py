"""For all tests: those of whole processes run last, and analysis can be watched for doing anything but think."""

from __future__ import annotations

import os
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, Protocol

import pytest

_LAST = ("packaging", "e2e")
_BARRED = ("open", "socket.", "subprocess.", "os.", "shutil.", "import", "exec", "_thread.")
_armed: int | None = None  # The thread that is watched: the test runner's own may talk to other processes meanwhile.


class InputOutputError(AssertionError):
    """The analyzers reached out of the source text they were given."""


class NoInputOutput(Protocol):
    def __call__(self) -> AbstractContextManager[None]: ...


def _bar(event: str, arguments: tuple[Any, ...]) -> None:
    if threading.get_ident() == _armed and event.startswith(_BARRED):
        raise InputOutputError(f"{event} {arguments[:1]}")


# An audit hook cannot be removed, so it is armed and disarmed. It sees what no import contract can: `open` needs none.
sys.addaudithook(_bar)


@contextmanager
def _barred() -> Iterator[None]:
    global _armed
    _armed = threading.get_ident()
    try:
        yield
    finally:
        _armed = None


@pytest.fixture
def no_input_output() -> NoInputOutput:
    """A context in which opening, connecting, starting, importing and executing anything fails the test."""
    return _barred


def pytest_configure(config: pytest.Config) -> None:
    """Effect: no test meets the user's own evidence, nor leaves any there."""
    folder = tempfile.TemporaryDirectory(prefix="perfwise-evidence-", ignore_cleanup_errors=True)
    os.environ["PERFWISE_DATA_DIR"] = folder.name
    config.add_cleanup(folder.cleanup)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Effect: quick tests come first, so that a mistake shows early; a claim about time is tried again when it fails.

    Any single measurement may be wrong while something else wants the processors; a true defect fails each time. A
    claim that something is never found, as a gain where there is none, has one try: `timing(reruns=0)`. Whole programs
    that talk to each other are tried twice, as the real editor is. What was tried again is named in the end.
    """
    tests = Path(__file__).parent

    def rank(item: pytest.Item) -> int:
        folder = item.path.relative_to(tests).parts[0] if item.path.is_relative_to(tests) else ""
        return _LAST.index(folder) if folder in _LAST else -1

    for item in items:
        if timing := item.get_closest_marker("timing"):
            item.add_marker(pytest.mark.flaky(reruns=timing.kwargs.get("reruns", 2)))
        elif rank(item) >= 0:
            item.add_marker(pytest.mark.flaky(reruns=1))
    items.sort(key=rank)
