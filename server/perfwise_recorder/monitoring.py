"""Python 3.12 and newer: code that is none of the project's costs nothing after its first call."""

from __future__ import annotations

import sys
from time import perf_counter
from types import CodeType
from typing import Any

from perfwise_recorder.recording import Recording

_NAME = "perfwise"
_TOOLS = (4, 3, 5, 2)  # The first that is free; debuggers and coverage have numbers of their own.


def watch(recording: Recording) -> None:
    """Effect: from now on the calls are noted. Does nothing when other tools have taken all there is."""
    monitoring: Any = sys.monitoring  # type: ignore[attr-defined, unused-ignore]
    events = monitoring.events
    tool = next((each for each in _TOOLS if monitoring.get_tool(each) is None), None)
    if tool is None:
        return
    monitoring.use_tool_id(tool, _NAME)
    frame_of = sys._getframe
    functions, disable = recording.functions, monitoring.DISABLE
    local = events.PY_RETURN | events.PY_YIELD | events.PY_RESUME

    def started(code: CodeType, _offset: int) -> Any:
        key = id(code)
        function = functions.get(key)
        if function is None:
            if key in functions or (function := recording.adopt(code)) is None:
                return disable
            monitoring.set_local_events(tool, code, local)
        if function.at_least:
            return disable
        if recording.is_too_short(function):
            function.at_least = True
            monitoring.set_local_events(tool, code, 0)
            return disable
        recording.push(recording.enter(function, frame_of(1), perf_counter()))
        return None

    def resumed(code: CodeType, _offset: int) -> None:
        function = functions.get(id(code))
        if function is not None:
            recording.push([function, perf_counter(), 0.0, False, 0])

    def returned(code: CodeType, _offset: int, _value: object) -> None:
        function = functions.get(id(code))
        if function is not None:
            recording.leave(function, frame_of(1), perf_counter())

    def paused(code: CodeType, _offset: int, _value: object) -> None:
        function = functions.get(id(code))
        if function is not None:
            recording.leave(function, None, perf_counter())

    def thrown(code: CodeType, offset: int, _error: BaseException) -> None:
        resumed(code, offset)

    monitoring.register_callback(tool, events.PY_START, started)
    monitoring.register_callback(tool, events.PY_RESUME, resumed)
    monitoring.register_callback(tool, events.PY_RETURN, returned)
    monitoring.register_callback(tool, events.PY_YIELD, paused)
    monitoring.register_callback(tool, events.PY_UNWIND, paused)
    monitoring.register_callback(tool, events.PY_THROW, thrown)
    monitoring.set_events(tool, events.PY_START | events.PY_UNWIND | events.PY_THROW)
