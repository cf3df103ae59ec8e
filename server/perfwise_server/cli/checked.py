"""What `perfwise check` found, for the formats to print."""

from __future__ import annotations

from typing import Any, NamedTuple

from perfwise_server.checking.hints import Hint, Worse
from perfwise_server.checking.walk import Skipped
from perfwise_server.cli.baseline import Compared


class Profiled(NamedTuple):
    """How much of the profile is of the files, and how many hot lines of which have changed since."""

    files: int
    changed: list[tuple[str, int]]

    def record(self) -> dict[str, Any]:
        """As in JSON."""
        return {"files": self.files, "changed": [{"path": path, "lines": lines} for path, lines in self.changed]}


class Checked(NamedTuple):
    """What a run found, for the formats to print."""

    hints: list[Hint]
    files: int
    skipped: list[Skipped]
    seconds: float
    statistics: list[dict[str, Any]] | None
    worse: list[Worse] | None = None  # None: there is nothing to compare with.
    compared: Compared | None = None  # None: no baseline is in force.
    profiled: Profiled | None = None  # None: no profile is given.

    def record(self) -> dict[str, Any]:
        record: dict[str, Any] = {
            "findings": [hint.record() for hint in self.hints],
            "files": self.files,
            "skipped": [skipped._asdict() for skipped in self.skipped],
            "seconds": round(self.seconds, 3),
        }
        if self.worse is not None:
            record["worse"] = [worse.record() for worse in self.worse]
        if self.compared is not None:
            record["baseline"] = self.compared.record()
        if self.profiled is not None:
            record["profile"] = self.profiled.record()
        return record if self.statistics is None else {**record, "statistics": self.statistics}
