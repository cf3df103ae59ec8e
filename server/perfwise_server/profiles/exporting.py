"""Reports in the formats of other viewers."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Literal, get_args

from perfwise_server.profiles.cpuprofile import cpuprofile
from perfwise_server.profiles.report import Report
from perfwise_server.profiles.speedscope import speedscope

Format = Literal["cpuprofile", "speedscope", "scalene"]
FORMATS: tuple[Format, ...] = get_args(Format)
ENDINGS: dict[Format, str] = {"cpuprofile": ".cpuprofile", "speedscope": ".speedscope.json", "scalene": ".json"}


class ExportError(Exception):
    """There is nothing to write in this format; the text is one line that says why."""


def exported(report: Report, form: Format) -> str:
    """Raises ExportError."""
    if form == "scalene":
        if report.raw is None:
            raise ExportError(f"there is no JSON of Scalene: it was measured by {report.profiler}")
        return report.raw
    make: dict[str, Callable[[Report], object]] = {"cpuprofile": cpuprofile, "speedscope": speedscope}
    return json.dumps(make[form](report))
