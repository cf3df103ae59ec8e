"""Measured ratio of times, old to new, by rule and Python version; made by `make gains`, not by hand."""

from __future__ import annotations

GAINS: dict[str, dict[str, float]] = {}
