"""A profile of a whole program that the user opens, as a report of each of its files."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from perfwise_server.profiles.profile import ProfileError
from perfwise_server.profiles.report import LineReport, Report
from perfwise_server.profiles.scalene import FOREIGN, HOT, content, text_of


def reports(path: Path) -> dict[str, Report]:
    """By the files' absolute paths where they were profiled, those that took longest first. Shares are of the program.

    Raises ProfileError.
    """
    found = content(path)
    try:
        # Of threads, Scalene may tell the shares without the samples; it takes one in 10 ms.
        samples = sum(_samples(row) for file in found["files"].values() for row in file["lines"])
        samples = samples or int(100 * float(found["elapsed_time_sec"]))
        files = found["files"].items()
        made = {str(name).replace("\\", "/"): _report(str(name), rows, found, samples) for name, rows in files}
    except (KeyError, TypeError, ValueError, AttributeError):
        raise ProfileError(FOREIGN) from None
    hot = {name: report for name, report in made.items() if report.lines}
    if not hot:
        raise ProfileError("holds no line that took time")
    return dict(sorted(hot.items(), key=lambda item: -sum(line.share for line in item[1].lines)))


def _report(name: str, rows: dict[str, Any], found: dict[str, Any], samples: int) -> Report:
    """The samples are the program's, as the shares are."""
    elapsed = float(found["elapsed_time_sec"])
    began = datetime.fromtimestamp(float(found.get("start_time_absolute") or 0), timezone.utc)
    lines = (_line(row, elapsed, found) for row in rows["lines"])
    return Report(
        function="",
        path=name,
        what="file",
        driver=str(found.get("program") or ""),
        calls=1,
        seconds=elapsed,
        samples=samples,
        lines=tuple(sorted((line for line in lines if line.share >= HOT), key=lambda line: -line.share)),
        reason="",
        python="",
        profiler="Scalene",
        when=began.isoformat(timespec="seconds"),
        source="".join(text_of(row["line"]) for row in rows["lines"]),
    )


def _line(row: dict[str, Any], elapsed: float, found: dict[str, Any]) -> LineReport:
    python, native, system = (
        float(row[name]) / 100 for name in ("n_cpu_percent_python", "n_cpu_percent_c", "n_sys_percent")
    )
    share = python + native + system
    return LineReport(
        line=int(row["lineno"]),
        text=text_of(row["line"]).rstrip(),
        share=share,
        python=python,
        native=native,
        system=system,
        milliseconds_per_call=1000 * share * elapsed,
        peak_mb=float(row["n_peak_mb"]) if found.get("memory") else None,
        copy_mb_s=float(row["n_copy_mb_s"]) if found.get("memory") else None,
        gpu=float(row["n_gpu_percent"]) / 100 if found.get("gpu") else None,
        samples=_samples(row),
    )


def _samples(row: dict[str, Any]) -> int:
    return len(row["cpu_samples_list"])
