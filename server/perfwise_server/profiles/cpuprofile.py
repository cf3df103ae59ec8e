"""A report as a `.cpuprofile`: what Chrome and VS Code show as a table and as a flame graph.

The format is that of `Profiler.Profile` in the Chrome DevTools Protocol. Functions are nodes below the root and their
lines nodes below them, since that is what was measured.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from perfwise_server.profiles.report import LineReport, Report
from perfwise_server.profiles.scopes import functions_by_line

_MICROSECONDS = 1_000_000


def cpuprofile(report: Report) -> dict[str, Any]:
    url = _url(report.path)
    functions = functions_by_line(report)
    nodes: list[dict[str, Any]] = [_node(1, "(root)", "", -1)]
    above: dict[str, dict[str, Any]] = {"": nodes[0]}
    samples, deltas = [], []
    for line in sorted(report.lines, key=lambda each: each.line):
        name, first = functions.get(line.line, ("", 0))
        if name not in above:
            above[name] = _below(nodes, nodes[0], name, url, first)
        node = _below(nodes, above[name], _title(line), url, line.line)
        node["hitCount"] = line.samples
        node["positionTicks"] = [{"line": line.line, "ticks": line.samples}]
        samples.append(node["id"])
        deltas.append(round(line.share * report.seconds * _MICROSECONDS))
    # A delta is the time since the sample before: that of a line stands at the next one, and ends the profile.
    return {
        "nodes": nodes,
        "startTime": 0,
        "endTime": sum(deltas),
        "samples": samples,
        "timeDeltas": [0, *deltas[:-1]] if deltas else [],
    }


def _node(number: int, name: str, url: str, line: int) -> dict[str, Any]:
    """`line` counts from 0 here."""
    frame = {"functionName": name, "scriptId": "0", "url": url, "lineNumber": line, "columnNumber": min(line, 0)}
    return {"id": number, "callFrame": frame, "hitCount": 0, "children": []}


def _below(nodes: list[dict[str, Any]], above: dict[str, Any], name: str, url: str, line: int) -> dict[str, Any]:
    node = _node(len(nodes) + 1, name, url, line - 1)
    nodes.append(node)
    above["children"].append(node["id"])
    return node


def _title(line: LineReport) -> str:
    return f"{line.line}: {line.text.strip()}"


def _url(path: str) -> str:
    return PurePath(path).as_uri() if PurePath(path).is_absolute() else path
