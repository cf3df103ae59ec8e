"""How a profile is told: in a label, in a hover, in a line of status."""

from __future__ import annotations

from datetime import datetime

from perfwise_server.durations import seconds
from perfwise_server.profiles.report import LineReport, Report

# Shares of what was profiled from which a line is of the next level.
_LEVELS = (0.03, 0.1, 0.2, 0.4)
HOTTEST = len(_LEVELS) + 1
_UNITS = {"function": "call", "test": "run", "file": "run", "selection": "run"}


def level(report: Report, line: LineReport) -> int:
    """1 (cool) to HOTTEST; 1 for all where there are too few samples to tell them apart."""
    return 1 + sum(line.share >= least for least in _LEVELS) if is_told(report) else 1


def is_told(report: Report) -> bool:
    """Whether there are enough samples for shares."""
    return report.confidence != "none"


def label(report: Report, line: LineReport) -> str:
    """ "62% · 3.1 ms a call · 80% Python, 20% native · peak 12 MB"."""
    if is_told(report):
        parts = [percent(line.share), took(report, line), _split(report, line)]
    else:
        parts = [_samples(line.samples)]
    if line.peak_mb is not None and line.peak_mb >= 1:
        parts.append(f"peak {_megabytes(line.peak_mb)}")
    return " · ".join(filter(None, parts))


def hover(report: Report, line: LineReport, *, changed: bool = False) -> str:
    """Markdown."""
    of = f"`{report.function}`" if report.function else "the program"
    of = f"what was selected in {of}" if report.what == "selection" else of
    if is_told(report):
        told = [f"**{percent(line.share)}** of the time of {of}: {took(report, line)}"]
        if report.tells_native:
            parts = (("Python", line.python), ("native code", line.native), ("waiting", line.system))
            told.append("- " + ", ".join(f"{percent(share)} {name}" for name, share in parts if share >= 0.005))
    else:
        told = [f"Too few samples to say which part of the time of {of} this line takes", ""]
    if line.peak_mb:
        told.append(f"- peak memory {_megabytes(line.peak_mb)}")
    if line.copy_mb_s:
        told.append(f"- copies {line.copy_mb_s:,.3g} MB a second")
    if line.gpu:
        told.append(f"- GPU {percent(line.gpu)}")
    told.append(f"- {_samples(line.samples)} of {report.samples:,}, {_confidence(report)}")
    told += ["", f"*{detail(report)}*"]
    if changed:
        told += ["", "The line has changed since."]
    if report.reason:
        told += ["", sentence(report.reason)]
    return "\n".join(told)


def title(report: Report) -> str:
    """ "Profile of f: 3.1 ms a call"."""
    of = report.function or report.path.replace("\\", "/").rpartition("/")[2]
    of = f"what was selected in {of}" if report.what == "selection" else of
    return f"Profile of {of}: {took(report)}" if is_told(report) else f"Profile of {of}: {_samples(report.samples)}"


def detail(report: Report) -> str:
    """What drove it, how long, with what, and when, in a line."""
    unit = _UNITS[report.what]
    runs = f"{report.calls:,} {unit}{'' if report.calls == 1 else 's'}" if report.calls else ""
    by = f"driven by {report.driver}" if report.driver else ""
    parts = (
        runs,
        by,
        f"{seconds(report.seconds)} of CPU" if report.seconds else "",
        f"{_samples(report.samples)}, {_confidence(report)}",
        " on Python ".join(filter(None, (report.profiler, report.python))),
        _time(report.when),
    )
    return ", ".join(filter(None, parts))


def took(report: Report, line: LineReport | None = None) -> str:
    """How long a call took, or what was called once; in all, or in a line."""
    if report.calls > 1:
        unit = _UNITS[report.what]
        milliseconds = line.milliseconds_per_call if line else milliseconds_per_call(report)
        return f"{seconds(milliseconds / 1000)} a {unit}" if milliseconds else ""
    return seconds(report.seconds * (line.share if line else 1.0))


def milliseconds_per_call(report: Report) -> float:
    """What its lines add up to: the time that passed, waiting included. CPU time where they say nothing."""
    times, shares = sum(line.milliseconds_per_call for line in report.lines), sum(line.share for line in report.lines)
    return times / shares if times else 1000 * report.seconds / max(report.calls, 1)


def sentence(reason: str) -> str:
    return reason[:1].upper() + reason[1:].rstrip(".") + "." if reason else ""


def percent(share: float) -> str:
    """ "62%", "0.4%"."""
    return f"{100 * share:.0f}%" if share >= 0.0095 else f"{100 * share:.1g}%"


def _split(report: Report, line: LineReport) -> str:
    """Python against native code, where that was told apart; what waited for the machine is in neither."""
    ran = line.python + line.native
    if not ran or not report.tells_native:
        return ""
    python = round(100 * line.python / ran)
    return {100: "Python", 0: "native"}.get(python, f"{python}% Python, {100 - python}% native")


def _samples(count: int) -> str:
    return f"{count:,} sample{'' if count == 1 else 's'}"


def _confidence(report: Report) -> str:
    return "too few for shares" if not is_told(report) else f"{report.confidence} confidence"


def _megabytes(size: float) -> str:
    return f"{size:,.0f} MB" if size >= 10 else f"{size:.2g} MB"


def _time(when: str) -> str:
    try:
        return datetime.fromisoformat(when.replace("Z", "+00:00")).astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return when
