"""`perfwise run` and `perfwise evidence`."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from perfwise_analyzers.observed import called, sized
from perfwise_server.checking.errors import reason
from perfwise_server.cli.errors import CommandError
from perfwise_server.cli.exit_codes import NOTHING_FOUND
from perfwise_server.cli.output import counted, print_json, styled
from perfwise_server.driving.import_roots import place_of
from perfwise_server.evidence.gathering import gathered
from perfwise_server.evidence.recording import recording_environment
from perfwise_server.evidence.store import Seen, Store

_MOST_SHOWN = 10


def run(command: Sequence[str], output: str) -> int:
    """Effect: runs the command, and keeps what was seen of the project's functions. Its exit code is the command's."""
    project = place_of(Path.cwd() / "module.py").project
    with TemporaryDirectory(prefix="perfwise-", ignore_cleanup_errors=True) as folder:
        code = _run(command, recording_environment(os.environ, project, folder), quiet=output == "json")
        found = gathered(Path(folder))
    Store().keep(found)
    if output == "json":
        print_json({"functions": [_record(seen) for seen in found], "exit_code": code})
    else:
        _print(found)
    sys.stdout.flush()  # Nothing else is, after an interrupt.
    return code


def _run(command: Sequence[str], environment: dict[str, str], *, quiet: bool) -> int:
    """The command's exit code, as a shell gives it. With JSON, what it prints goes to standard error."""
    program = shutil.which(command[0])
    if program is None:
        raise CommandError(f"{command[0]}: command not found")
    # Ctrl+C reaches the command by itself, and what it noted until then is kept. To ignore the signal would not do:
    # the command would, too.
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        status = subprocess.Popen([program, *command[1:]], env=environment, stdout=2 if quiet else None).wait()
    except OSError as error:
        raise CommandError(f"{command[0]}: cannot be started: {reason(error)}") from None
    finally:
        signal.signal(signal.SIGINT, before)
    return status if status >= 0 else 128 - status


def _record(seen: Seen) -> dict[str, Any]:
    """As in JSON."""
    return {
        "path": _shown(seen.path),
        "name": seen.name,
        "calls": seen.calls,
        "at_least": seen.at_least,
        "seconds": round(seen.seconds, 6),
        "sizes": {
            name: {"max": each.largest, "median": each.median, "types": dict(each.types)}
            for name, each in seen.sizes.items()
        },
    }


def _print(found: Sequence[Seen]) -> None:
    if not found:
        print("perfwise: no function of the project was called in a Python that reads PYTHONPATH")
        return
    print(f"\nperfwise: {counted(len(found), 'function')} seen; those that took longest:")
    for seen in found[:_MOST_SHOWN]:
        sizes = "".join(
            f", {sized(size)}" for size in sorted(seen.observation.sizes, key=lambda size: -size.largest)[:3]
        )
        print(f"  {styled(seen.name, bold=True)} ({_shown(seen.path)}): {called(seen.observation)}{sizes}")


def _shown(path: str) -> str:
    """As paths are given: from here, where it is below."""
    try:
        return Path(path).relative_to(Path.cwd().resolve()).as_posix()
    except ValueError:
        return Path(path).as_posix()


def evidence(*, clear: bool, output: str) -> int:
    store = Store()
    if clear:
        try:
            store.clear()
        except OSError as error:
            raise CommandError(f"{store.file}: cannot be removed: {reason(error)}") from None
    counts = dict(zip(("functions", "verdicts", "profiles"), store.counts(), strict=True))
    if output == "json":
        print_json({"file": str(store.file), **counts})
    else:
        print(f"{store.file}: {', '.join(counted(count, name[:-1]) for name, count in counts.items())}")
    return NOTHING_FOUND
