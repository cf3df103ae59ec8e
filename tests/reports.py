"""A report that tests of heat, comparison and exports share."""

from __future__ import annotations

from perfwise_server.profiles.report import LineReport, Report

TEXT = """\
def f(xs):
    total = 0
    for x in xs:
        total += g(x)
        total += h(x)
    return total
"""
LINES = (
    LineReport(4, "total += g(x)", 0.62, 0.31, 0.3, 0.01, 3.1, peak_mb=12.4, samples=620),
    LineReport(5, "total += h(x)", 0.3, 0.3, 0.0, 0.0, 1.5, samples=300),
    LineReport(3, "for x in xs:", 0.05, 0.05, 0.0, 0.0, 0.25, samples=50),
    LineReport(2, "total = 0", 0.001, 0.001, 0.0, 0.0, 0.005, samples=1),
)
REPORT = Report(
    "f",
    "/srv/shop.py",
    "function",
    "call f([1])",
    200,
    1.0,
    1000,
    LINES,
    "",
    "3.12.1",
    "Scalene 2.4.0",
    "2026-11-23T14:05:00+00:00",
    TEXT,
)
