"""A second interpreter, whose hashes, memory and start are its own, to see what was chance in the first."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from perfwise_worker.guard import HIDDEN, guard
from perfwise_worker.processes import UnansweredError
from perfwise_worker.protocol import Failed, Load, Request, decode, encode
from perfwise_worker.reaper import keep

_TEMPORARY = ("TMPDIR", "TEMP", "TMP")
_PROGRAM = Path(__file__).with_name("__main__.py")


class Second:
    """Runs in a folder of its own below this process's. It is kept: starting one takes longer than most answers."""

    def __init__(self) -> None:
        folder = Path.cwd() / "second"
        folder.mkdir(exist_ok=True)
        self._loaded: Load | None = None
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-B", str(_PROGRAM)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env={**os.environ, **dict.fromkeys(_TEMPORARY, str(folder)), HIDDEN: guard.hidden},
        )
        keep(self._process.pid)

    def load(self, load: Load, seconds: float) -> None:
        """Raises UnansweredError when the versions cannot be loaded there."""
        if load != self._loaded:
            self._loaded = None
            self.ask(load, seconds)
            self._loaded = load

    def ask(self, request: Request, seconds: float) -> Any:
        """The reply. Raises UnansweredError where there is none, or where it is `Failed`."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(encode(request))
            self._process.stdin.flush()
            reply = decode(self._line(time.monotonic() + seconds))
        except (OSError, ValueError) as error:
            raise UnansweredError("crash", "the second interpreter ended") from error
        if isinstance(reply, Failed):
            raise UnansweredError("crash", f"in a second interpreter: {reply.message}")
        return reply

    def _line(self, end: float) -> bytes:
        assert self._process.stdout is not None
        received = bytearray()
        while not received.endswith(b"\n"):
            left = end - time.monotonic()
            if left <= 0:
                raise UnansweredError("time", "the second interpreter did not answer in the time allowed")
            if select.select([self._process.stdout], [], [], left)[0]:
                piece = os.read(self._process.stdout.fileno(), 1 << 20)
                if not piece:
                    raise OSError
                received += piece
        return bytes(received)

    def end(self) -> None:
        self._process.kill()
        self._process.communicate()
        keep(None)


_running: Second | None = None


@contextmanager
def second(load: Load, seconds: float) -> Iterator[Second]:
    """With both versions loaded. Raises UnansweredError; after any error another one is started next time."""
    global _running
    running = _running = _running or Second()
    try:
        running.load(load, seconds)
        yield running
    except BaseException:
        _running = None
        running.end()
        raise
