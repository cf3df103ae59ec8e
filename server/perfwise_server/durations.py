"""How a time is told."""

from __future__ import annotations


def seconds(value: float) -> str:
    """ "12 ms", with as many digits as mean something."""
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if value >= size:
            return f"{value / size:.3g} {unit}"
    return f"{value / 1e-9:.3g} ns"
