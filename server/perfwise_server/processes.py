"""Processes of our own, and what the platforms do differently about them."""

from __future__ import annotations

import asyncio
import os
import pickle
import re
import signal
import struct
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

_SECRET = re.compile(r"TOKEN|KEY|SECRET|PASSW|CREDENTIAL|COOKIE", re.IGNORECASE)
_LOOKING_SECONDS = 0.002
_LENGTH = struct.Struct("!Q")


def scrubbed(environment: Mapping[str, str]) -> dict[str, str]:
    """Without the variables whose names say that they are secret."""
    return {name: value for name, value in environment.items() if not _SECRET.search(name)}


async def start(*command: str, **options: Any) -> asyncio.subprocess.Process:
    """As asyncio.create_subprocess_exec, which may never return once it is cancelled: it waits as `ended` says.

    Effect: when the caller is cancelled, the process's group is ended. Raises OSError.
    """
    starting = asyncio.ensure_future(asyncio.create_subprocess_exec(*command, **options))
    try:
        return await asyncio.shield(starting)
    except asyncio.CancelledError:
        while not starting.done():  # A moment; the caller may be cancelled once more.
            with suppress(asyncio.CancelledError, OSError):
                await asyncio.shield(starting)
        if not starting.cancelled() and starting.exception() is None:
            await end_group(starting.result())
        raise


async def start_own(module: str) -> asyncio.subprocess.Process:
    """Runs `main` of a module of ours in this Python, in a process group of its own. Raises OSError.

    It is asked and answers in bytes over its standard input and output.
    """
    return await start(
        sys.executable,
        "-c",
        f"from {module} import main; main()",
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=Path(__file__).parents[1],  # Python looks here first: not in the user's folder.
        env={**scrubbed(os.environ), "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        start_new_session=True,
    )


async def send(process: asyncio.subprocess.Process, message: object) -> None:
    """Raises ConnectionError when it has ended."""
    assert process.stdin is not None
    process.stdin.write(_framed(message))
    await process.stdin.drain()


async def received(process: asyncio.subprocess.Process) -> Any:
    """What it said next by `say`. Raises asyncio.IncompleteReadError when it has ended."""
    assert process.stdout is not None
    length = _LENGTH.unpack(await process.stdout.readexactly(_LENGTH.size))[0]
    return pickle.loads(await process.stdout.readexactly(length))


def asked() -> Any:
    """In such a process, what it was sent first."""
    sys.stdin.buffer.read(_LENGTH.size)
    return pickle.load(sys.stdin.buffer)


def say(message: object) -> None:
    """In such a process. Raises BrokenPipeError when nobody listens any more."""
    sys.stdout.buffer.write(_framed(message))
    sys.stdout.buffer.flush()


def _framed(message: object) -> bytes:
    data = pickle.dumps(message)
    return _LENGTH.pack(len(data)) + data


async def end_group(process: asyncio.subprocess.Process) -> None:
    """Effect: ends a process that leads a group, and the group, also when the process itself has ended."""
    with suppress(ProcessLookupError, PermissionError):
        if sys.platform == "win32":
            subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
        else:
            os.killpg(process.pid, signal.SIGKILL)
    try:
        await ended(process)
    finally:
        process._transport.close()  # type: ignore[attr-defined] # asyncio has no other way to close the output's pipe.


async def ended(process: asyncio.subprocess.Process) -> int:
    """Its status, once it has ended. `process.wait` would wait as well for whatever else has its pipes open."""
    while process.returncode is None:
        await asyncio.sleep(_LOOKING_SECONDS)
    return process.returncode


def is_alive(pid: int) -> bool:
    if sys.platform == "win32":
        return _is_alive_on_windows(pid)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # It is someone else's, so it is.
        return True
    return True


if sys.platform == "win32":

    def _is_alive_on_windows(pid: int) -> bool:
        """`os.kill` would end it."""
        import ctypes

        synchronize, timeout = 0x00100000, 0x00000102
        handle = ctypes.windll.kernel32.OpenProcess(synchronize, False, pid)
        if not handle:
            return False
        waited = ctypes.windll.kernel32.WaitForSingleObject(handle, 0)
        ctypes.windll.kernel32.CloseHandle(handle)
        return waited == timeout
