"""What keeps a worker's process apart from the rest of the machine, as far as the machine can."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from perfwise_server.processes import end_group, start

NOBODY = 65534
MARK = "PERFWISE_WORKER"  # The environment variable by which a worker's processes are known, wherever they have gone.
_PROBE_SECONDS = 10.0
_PATHS = "import json, sys; print(json.dumps([sys.prefix, sys.base_prefix, *sys.path]))"
_CAN_READ = "import os, sys; sys.exit(not all(os.access(path, os.R_OK) for path in sys.argv[1:]))"
_APART = ("--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL", "--")
_ROUNDS = 50  # A process that is ended may just have started another one.


@dataclass(frozen=True)
class Containment:
    """`command` comes before the interpreter's; `user` is whose process it is, None for ours."""

    command: tuple[str, ...] = ()
    user: int | None = None

    def sentence(self) -> str:
        parts = ["in a namespace of its own (bubblewrap)"] if self.command else []
        parts += ["as a user without rights"] if self.user is not None else []
        return f"It runs {' and '.join(parts)}." if parts else "It runs with your rights; only accidents are kept away."


async def containment(python: str, folder: Path, readable: Sequence[str], scratch: Sequence[str] = ()) -> Containment:
    """The best that works here for an interpreter that writes into `folder` alone and reads `readable`.

    The home folder is out of sight in a namespace, but for the interpreter and what is to be read; and so are the
    folders `scratch`, in which it may write what goes with it.
    """
    if sys.platform == "win32":
        return Containment()
    known = await _folders(python)
    needed = tuple(dict.fromkeys(os.path.realpath(path) for path in (*known, *readable) if os.path.exists(path)))
    user = NOBODY if os.geteuid() == 0 and await _answers(NOBODY, python, "-I", "-c", _CAN_READ, *needed) else None
    program = shutil.which("bwrap")
    if not program or not await _answers(
        user, program, "--ro-bind", "/", "/", "--unshare-all", "--cap-drop", "ALL", "true"
    ):
        return Containment(user=user)
    command = [program, "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc"]
    for hidden in [os.path.realpath(path) for path in (str(Path.home()), *scratch)]:
        if os.path.isdir(hidden) and hidden != "/":
            below = [path for path in needed if Path(hidden) in (Path(path), *Path(path).parents)]
            command += ["--tmpfs", hidden, *(word for path in below for word in ("--ro-bind", path, path))]
    command += ["--bind", str(folder), str(folder), "--chdir", str(folder)]
    return Containment((*command, *_APART), user)


def end_marked(mark: str) -> None:
    """Effect, on Linux: no process that was started with this mark is left, whatever group or session it is in."""
    for _ in range(_ROUNDS):
        found = list(marked(mark))
        for process in found:
            with suppress(ProcessLookupError, PermissionError):
                os.kill(process, signal.SIGKILL)
        if not found:
            return


def marked(mark: str) -> Iterable[int]:
    """The living processes with the mark in the environment that they were started with."""
    wanted = f"{MARK}={mark}".encode()
    for environment in Path("/proc").glob("[0-9]*/environ"):
        with suppress(OSError):
            if wanted in environment.read_bytes().split(b"\0"):
                yield int(environment.parent.name)


_known: dict[str, tuple[str, ...]] = {}
_answered: dict[tuple[int | None, tuple[str, ...]], bool] = {}


async def _folders(python: str) -> tuple[str, ...]:
    """Where the interpreter and its libraries are. Raises OSError when it cannot be started."""
    if python not in _known:
        _, output = await _run(None, python, "-I", "-c", _PATHS)
        try:
            found = tuple(map(str, json.loads(output)))
        except ValueError:
            return ()
        _known[python] = (str(Path(__file__).parents[1] / "perfwise_worker"), os.path.dirname(python), *found)
    return _known[python]


async def _answers(user: int | None, *command: str) -> bool:
    if (user, command) not in _answered:
        try:
            status, _ = await _run(user, *command)
        except OSError:
            status = 1
        _answered[user, command] = status == 0
    return _answered[user, command]


async def _run(user: int | None, *command: str) -> tuple[int, bytes]:
    process = await start(
        *command,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        cwd="/",
        start_new_session=True,
        **as_user(user),
    )
    try:
        output, _ = await asyncio.wait_for(process.communicate(), _PROBE_SECONDS)
    except (asyncio.TimeoutError, TimeoutError):
        return 1, b""
    finally:
        await end_group(process)
    return process.returncode or 0, output


def as_user(user: int | None) -> dict[str, Any]:
    """Arguments for starting a process; empty for our own user."""
    return {} if user is None else {"user": user, "group": user, "extra_groups": []}
