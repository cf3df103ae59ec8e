"""A function run in a process of its own, a copy of this one, so that what it does cannot leak."""

from __future__ import annotations

import os
import pickle
import select
import signal
import struct
import sys
import time
from collections.abc import Callable, Iterator
from typing import IO, Any, NoReturn, TypeVar

from perfwise_worker import limits
from perfwise_worker.collector import collector_paused
from perfwise_worker.guard import guard
from perfwise_worker.protocol import Stop
from perfwise_worker.reaper import end_children, end_group, lead_group

Result = TypeVar("Result")
LARGEST_RESULT = 256 * 1024 * 1024
_SIZE = struct.Struct("<Q")


class UnansweredError(Exception):
    """The function did not come to an end, or raised."""

    def __init__(self, kind: Stop, message: str) -> None:
        super().__init__(kind, message)
        self.kind, self.message = kind, message


def apart(function: Callable[[], Result], seconds: float, measured: bool = False) -> Result:
    """Calls the function in a copy of this process and gives back its value. Raises UnansweredError.

    `measured` says that the function reads the CPU clock.

    Where processes cannot be copied, as on Windows, the call is made here, and the server's limit is the only one.
    """
    return next(each_apart(lambda: iter([function()]), seconds, lambda: seconds, measured))


def each_apart(
    produce: Callable[[], Iterator[Result]], seconds: float, each: Callable[[], float], measured: bool = False
) -> Iterator[Result]:
    """Like `apart`, for one value after the other, for each of which `each` says how long it may take."""
    if not hasattr(os, "fork"):
        guard.arm(calls=True)
        try:
            yield from _produced(produce)
        finally:
            guard.disarm()
        return
    sys.stdout.flush()
    sys.stderr.flush()
    reading, writing = os.pipe()
    number = os.fork()
    if not number:
        os.close(reading)
        lead_group()
        limits.apply(None if measured else seconds)
        guard.arm(calls=True)
        _answer(produce, writing)
    os.close(writing)
    child = _Child(number)
    received = bytearray()
    end = time.monotonic() + seconds
    try:
        while answer := _read(reading, received, child, min(end, time.monotonic() + each())):
            with collector_paused():
                value: Result | UnansweredError = pickle.loads(answer)
            if isinstance(value, UnansweredError):
                raise value
            yield value
    finally:
        os.close(reading)
        child.end()
        end_children()


def _produced(produce: Callable[[], Iterator[Result]]) -> Iterator[Result]:
    try:
        yield from produce()
    except (UnansweredError, GeneratorExit):
        raise
    except MemoryError as error:
        raise UnansweredError("memory", "more memory was needed than is allowed") from error
    except BaseException as error:
        raise UnansweredError("call", f"{type(error).__name__}: {error}") from error


def _answer(produce: Callable[[], Iterator[Any]], writing: int) -> NoReturn:
    try:
        with open(writing, "wb") as pipe:
            try:
                for value in _produced(produce):
                    _write(pipe, pickle.dumps(value))
                _write(pipe, b"")
            except UnansweredError as failure:
                _write(pipe, pickle.dumps(failure))
    finally:
        os._exit(0)  # Neither the exit handlers nor the stack of this copy are its own.


def _write(pipe: IO[bytes], answer: bytes) -> None:
    pipe.write(_SIZE.pack(len(answer)) + answer)
    pipe.flush()


def _read(reading: int, received: bytearray, child: _Child, end: float) -> bytes:
    """One answer, empty after the last; what came beyond it stays in `received`.

    It ends by its length, since a process the child left behind may keep the pipe open.
    """
    while True:
        if len(received) >= _SIZE.size:
            size = _SIZE.size + int(_SIZE.unpack_from(received)[0])
            if size > LARGEST_RESULT:
                raise UnansweredError("memory", "more was to be observed than is looked into")
            if len(received) >= size:
                answer = bytes(received[_SIZE.size : size])
                del received[:size]
                return answer
        left = end - time.monotonic()
        if left <= 0:
            raise UnansweredError("time", "it did not come to an end in the time allowed")
        ready, _, _ = select.select([reading], [], [], min(left, 0.05))
        if ready:
            piece = os.read(reading, 1 << 20)
            received += piece
            if not piece:
                raise UnansweredError("crash", child.fate())
        elif child.gone() and not select.select([reading], [], [], 0)[0]:
            raise UnansweredError("crash", child.fate())


class _Child:
    def __init__(self, number: int) -> None:
        self.number = number
        self.status: int | None = None

    def gone(self, wait: bool = False) -> bool:
        if self.status is None:
            number, status = os.waitpid(self.number, 0 if wait else os.WNOHANG)
            self.status = status if number else None
        return self.status is not None

    def end(self) -> None:
        """Effect: kills it if it still runs, and all that is left of its group."""
        if not self.gone():
            os.kill(self.number, signal.SIGKILL)
            self.gone(wait=True)
        end_group(self.number)

    def fate(self) -> str:
        self.gone(wait=True)
        assert self.status is not None
        if os.WIFSIGNALED(self.status):
            return f"the process was ended by {signal.Signals(os.WTERMSIG(self.status)).name}"
        return f"the process ended itself with exit status {os.WEXITSTATUS(self.status)}"
