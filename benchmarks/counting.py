"""Counts what one call of an example takes: queries, connections, or memory.

As a program it reads an example from its standard input and counts in a process of its own: queries by the trace of
SQLite, connections where the interpreter reports them, bytes by tracemalloc.
"""

from __future__ import annotations

import gc
import json
import sqlite3
import subprocess
import sys
import tracemalloc
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

from perfwise_worker.calls import builder

if TYPE_CHECKING:
    from perfwise_analyzers.rule import Unit

SAMPLES = Path(__file__).with_name("samples")  # What examples may import: models, tables, a web server.
SECONDS = 60.0
HOUSEKEEPING = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "PRAGMA")


class Counted(NamedTuple):
    number: int
    result: str  # Its repr.


def count(code: str, call: str, unit: Unit) -> Counted:
    """What the call takes, in the unit. Raises ValueError, with what went wrong, when it does not return."""
    with TemporaryDirectory(prefix="perfwise-") as folder:
        program = [sys.executable, "-I", __file__]
        asked = json.dumps({"code": code, "call": call, "unit": unit})
        done = subprocess.run(program, input=asked, capture_output=True, text=True, cwd=folder, timeout=SECONDS)
    if done.returncode:
        raise ValueError(done.stderr)
    return Counted(*json.loads(done.stdout))


def taken(code: str, call: str, unit: Unit) -> Counted:
    """What the call takes in this process, over the connections to databases that are open when it begins.

    Effect: what is counted goes on being counted.
    """
    module: dict[str, Any] = {"__name__": "module"}
    sys.path.append(str(SAMPLES))
    exec(code, module)
    made = builder(call, module)()
    queries: list[str] = []
    for each in gc.get_objects():
        if isinstance(each, sqlite3.Connection):
            each.set_trace_callback(queries.append)
    events: list[str] = []
    sys.addaudithook(lambda event, _: events.append(event))
    tracemalloc.start()
    result = repr(made())
    numbers = {
        "queries": sum(not query.startswith(HOUSEKEEPING) for query in queries),
        "connections": events.count("socket.connect"),
        "peak memory": tracemalloc.get_traced_memory()[1],
    }
    return Counted(numbers[unit], result)


if __name__ == "__main__":
    print(json.dumps(taken(**json.load(sys.stdin))))
