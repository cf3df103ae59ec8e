"""A report in the format of speedscope, the flame graph viewer at speedscope.app."""

from __future__ import annotations

from typing import Any

from perfwise_server.profiles.report import Report
from perfwise_server.profiles.scopes import functions_by_line
from perfwise_server.profiles.telling import title

_SCHEMA = "https://www.speedscope.app/file-format-schema.json"


def speedscope(report: Report) -> dict[str, Any]:
    """Each line is a frame below that of its function, with the seconds that it took."""
    functions = functions_by_line(report)
    frames: dict[tuple[str, int], int] = {}
    samples, weights = [], []
    for line in sorted(report.lines, key=lambda each: each.line):
        around = [functions[line.line]] if line.line in functions else []
        stack = [*around, (f"{line.line}: {line.text.strip()}", line.line)]
        samples.append([frames.setdefault(frame, len(frames)) for frame in stack])
        weights.append(line.share * report.seconds)
    return {
        "$schema": _SCHEMA,
        "exporter": "perfwise",
        "name": title(report),
        "activeProfileIndex": 0,
        "shared": {"frames": [{"name": name, "file": report.path, "line": line} for name, line in frames]},
        "profiles": [
            {
                "type": "sampled",
                "name": report.function or report.path,
                "unit": "seconds",
                "startValue": 0,
                "endValue": sum(weights),
                "samples": samples,
                "weights": weights,
            }
        ],
    }
