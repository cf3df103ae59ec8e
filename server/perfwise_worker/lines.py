"""Which lines of a version's source can run and which ran."""

from __future__ import annotations

import dis
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import CodeType, FrameType
from typing import Any


def lines_of(module: CodeType, function: str) -> tuple[int, ...]:
    """The lines of the function, and of those nested in it, that can run; none where there is no such function."""
    for part in function.split("."):
        inner = [code for code in module.co_consts if isinstance(code, CodeType) and code.co_name == part]
        if not inner:
            return ()
        module = inner[-1]  # The last definition of a name is the one that counts.
    return tuple(sorted(_all(module)))


def _all(code: CodeType) -> set[int]:
    found = {line for _, line in dis.findlinestarts(code) if line is not None}
    body = found - {code.co_firstlineno}
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            body |= _all(constant)
    return body or found


class Tracer:
    """Notes the lines of one file that run while it is active."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.ran: set[int] = set()

    def taken(self) -> set[int]:
        """Those that ran since it was asked last."""
        ran, self.ran = self.ran, set()
        return ran

    @contextmanager
    def active(self) -> Iterator[None]:
        watch = _monitored if sys.version_info >= (3, 12) else _traced
        with watch(self):
            yield


@contextmanager
def _traced(tracer: Tracer) -> Iterator[None]:
    def enter(frame: FrameType, *_: Any) -> Any:
        return line if frame.f_code.co_filename == tracer.file else None

    def line(frame: FrameType, event: str, _: Any) -> Any:
        if event == "line":
            tracer.ran.add(frame.f_lineno)
        return line

    before = sys.gettrace()
    sys.settrace(enter)
    try:
        yield
    finally:
        sys.settrace(before)


@contextmanager
def _monitored(tracer: Tracer) -> Iterator[None]:
    monitoring = sys.monitoring  # type: ignore[attr-defined]
    tool = monitoring.COVERAGE_ID

    def line(code: CodeType, number: int) -> Any:
        if code.co_filename == tracer.file:
            tracer.ran.add(number)
        return monitoring.DISABLE

    monitoring.use_tool_id(tool, "perfwise")
    monitoring.register_callback(tool, monitoring.events.LINE, line)
    monitoring.set_events(tool, monitoring.events.LINE)
    monitoring.restart_events()
    try:
        yield
    finally:
        monitoring.set_events(tool, 0)
        monitoring.register_callback(tool, monitoring.events.LINE, None)
        monitoring.free_tool_id(tool)
