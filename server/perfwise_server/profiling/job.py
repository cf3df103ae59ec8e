"""What is profiled, how it gets on, and how it can fail."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from perfwise_server.checking.errors import CheckError
from perfwise_server.profiles.report import HIGH, Report, What


@dataclass(frozen=True)
class Job:
    """What is profiled and what drives it: `calls`, or `inputs`, or `test`, or `script`.

    `calls` are call expressions, evaluated in the module with fresh arguments for each call; they are made in turn,
    again and again. `inputs` is a file that defines `make_inputs()`, `test` a node id of pytest's; `script` runs the
    file.
    """

    path: str
    text: str  # Of the file, as the editor has it.
    function: str | None = None  # Qualified; None for the whole file.
    what: What = "function"
    calls: tuple[str, ...] = ()
    inputs: str = ""
    test: str = ""
    script: bool = False
    lines: tuple[int, int] | None = None  # Of a selection, from 1, both included.
    samples: int = HIGH  # With so many it ends.
    seconds: float = 10.0  # How long the calls are repeated, at most. One that is longer is cut off soon after.
    python: str = "python3"
    memory: bool = False
    gpu: bool = False
    driver: str = ""  # How a reader is told what drove it; made from the above where it is empty.


@dataclass(frozen=True)
class Progress:
    elapsed: float  # Seconds.
    samples: int
    message: str


class ProfilingError(CheckError):
    """There can be no profile. The text is one line that says why and what to do."""


class ProfilingCancelled(asyncio.CancelledError):
    """The task that awaits `profile` was cancelled. `report` is what was gathered until then; it may be empty."""

    def __init__(self, report: Report) -> None:
        super().__init__()
        self.report = report
