"""What a profile of a function, a file, a selection or a test came to, line by line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

What = Literal["function", "file", "selection", "test"]
Confidence = Literal["none", "low", "medium", "high"]

# With fewer samples than the first, no share is told; with fewer than the second or third, it is told as uncertain.
SHOWN, MEDIUM, HIGH = 50, 300, 1000


@dataclass(frozen=True)
class LineReport:
    """`share`, `python`, `native` and `system` are parts of the scope's time, 0 to 1; the three add up to the first.

    A line's time includes what it calls, as far as that is outside the scope. `system` is what passed without use of
    the CPU: on a busy machine, mostly waiting for its turn.
    """

    line: int  # From 1.
    text: str
    share: float
    python: float
    native: float
    system: float
    milliseconds_per_call: float
    peak_mb: float | None = None
    copy_mb_s: float | None = None
    gpu: float | None = None  # Of the scope's time, 0 to 1.
    samples: int = 0

    def record(self, shown: bool, split: bool) -> dict[str, Any]:
        def percent(share: float | None) -> float | None:
            return round(share * 100, 2) if shown and share is not None else None

        return {
            "line": self.line,
            "text": self.text,
            "cpu_percent": percent(self.share),
            "python_percent": percent(self.python if split else None),
            "native_percent": percent(self.native if split else None),
            "system_percent": percent(self.system if split else None),
            "milliseconds_per_call": self.milliseconds_per_call if shown else None,
            "peak_mb": self.peak_mb,
            "copy_mb_s": self.copy_mb_s,
            "gpu_percent": percent(self.gpu),
            "samples": self.samples,
        }

    @staticmethod
    def from_record(record: Mapping[str, Any]) -> LineReport:
        def share(name: str) -> float:
            return (record[name] or 0.0) / 100

        return LineReport(
            record["line"],
            record["text"],
            share("cpu_percent"),
            share("python_percent"),
            share("native_percent"),
            share("system_percent"),
            record["milliseconds_per_call"] or 0.0,
            record["peak_mb"],
            record["copy_mb_s"],
            None if record["gpu_percent"] is None else share("gpu_percent"),
            record["samples"],
        )


@dataclass(frozen=True)
class Report:
    """`lines` are those that were seen running, hottest first; `seconds` is the CPU time spent in the scope.

    `source` is the text that was profiled, which a later text is compared with; `raw` what Scalene wrote.
    """

    function: str  # Qualified; "" where the scope is no function.
    path: str
    what: What
    driver: str  # "call f([1])".
    calls: int
    seconds: float
    samples: int
    lines: tuple[LineReport, ...]
    reason: str  # One sentence where there is nothing, or less than was asked for; else "".
    python: str  # "3.11.7".
    profiler: str  # "Scalene 2.4.0".
    when: str  # ISO 8601, with the time zone.
    source: str
    raw: str | None = None

    @property
    def confidence(self) -> Confidence:
        """ "none" means that no share is to be shown."""
        if self.samples < SHOWN:
            return "none"
        return "low" if self.samples < MEDIUM else "medium" if self.samples < HIGH else "high"

    @property
    def tells_native(self) -> bool:
        """Whether native code was told apart from Python, which our own sampler cannot."""
        return self.profiler.startswith("Scalene")

    def record(self) -> dict[str, Any]:
        """As JSON, shares in percent."""
        confidence = self.confidence
        return {
            "function": self.function,
            "path": self.path,
            "what": self.what,
            "driver": self.driver,
            "calls": self.calls,
            "seconds": self.seconds,
            "samples": self.samples,
            "confidence": "low" if confidence == "none" else confidence,
            "lines": [line.record(confidence != "none", self.tells_native) for line in self.lines],
            "reason": self.reason,
            "python": self.python,
            "profiler": self.profiler,
            "when": self.when,
            "source": self.source,
            "raw": self.raw,
        }

    @staticmethod
    def from_record(record: Mapping[str, Any]) -> Report:
        """Raises KeyError or TypeError when it is no such record."""
        return Report(
            **{name: record[name] for name in _PLAIN},
            lines=tuple(LineReport.from_record(line) for line in record["lines"]),
        )


_PLAIN = tuple(name for name in Report.__dataclass_fields__ if name != "lines")
