"""Profiles as the client is told of them."""

from __future__ import annotations

from pathlib import Path

from perfwise_server.profiles.report import LineReport, Report
from perfwise_server.profiles.telling import detail, is_told, label, milliseconds_per_call, percent, sentence, title
from perfwise_server.protocol import KeptProfile, ProfiledLine, ProfileReply


def kept(report: Report, number: int) -> KeptProfile:
    return {
        "id": number,
        "uri": Path(report.path).absolute().as_uri(),
        "function": report.function,
        "what": report.what,
        "driver": report.driver,
        "title": title(report),
        "detail": detail(report),
        "when": report.when,
        "calls": report.calls,
        "seconds": report.seconds,
        "samples": report.samples,
        "confidence": report.confidence,
        "millisecondsPerCall": milliseconds_per_call(report) if is_told(report) else None,
        "profiler": report.profiler,
        "memory": any(line.peak_mb is not None for line in report.lines),
    }


def reply(report: Report, number: int, shown: list[str], *, cancelled: bool) -> ProfileReply:
    return {
        **kept(report, number),
        "message": _message(report),
        "reason": report.reason,
        "cancelled": cancelled,
        "lines": [_line(report, line) for line in report.lines],
        "shown": shown,
    }


def _message(report: Report) -> str:
    if not report.samples:
        return sentence(report.reason) or "Nothing was measured."
    told = title(report)
    if is_told(report) and report.lines:
        hottest = max(report.lines, key=lambda line: line.share)
        told += f", {percent(hottest.share)} of it in line {hottest.line}"
    return f"{told}. {sentence(report.reason)}".rstrip()


def _line(report: Report, line: LineReport) -> ProfiledLine:
    def told(value: float | None) -> float | None:
        return value if is_told(report) else None

    return {
        "line": line.line - 1,
        "text": line.text,
        "share": told(line.share),
        "python": told(line.python),
        "native": told(line.native),
        "system": told(line.system),
        "millisecondsPerCall": told(line.milliseconds_per_call),
        "peakMb": line.peak_mb,
        "copyMbPerSecond": line.copy_mb_s,
        "gpu": told(line.gpu),
        "samples": line.samples,
        "label": label(report, line),
    }
