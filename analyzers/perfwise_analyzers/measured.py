"""What a rule was measured to gain, and the words in which a hint says so."""

from __future__ import annotations

from dataclasses import replace

from perfwise_analyzers.finding import Finding, Gain
from perfwise_analyzers.gains import SIZES
from perfwise_analyzers.rule import Rule


def gain_of(rule: Rule, python: tuple[int, int] | None) -> Gain | None:
    """On this Python, or the nearest one it was measured on; None where it was on none."""
    if python is None or not rule.gain:
        return None
    nearest = min(rule.gain, key=lambda version: abs(int(version.removeprefix("3.")) - python[1]))
    return Gain(rule.gain[nearest], SIZES.get(rule.code, ""), nearest)


def with_gain(finding: Finding, gain: Gain | None) -> Finding:
    """The finding with its message saying what was measured."""
    if gain is None:
        return finding
    return replace(finding, gain=gain, message=f"{finding.message} (measured: {worded(gain)}, Python {gain.python})")


def with_seconds(finding: Finding, seconds: float) -> Finding:
    """The finding with its message saying first what a profile found on its lines."""
    return replace(finding, seconds=seconds, message=f"{seconds:.2g} s in the profile: {finding.message}")


def worded(gain: Gain) -> str:
    """ "38 times faster at 2,000 items"."""
    return f"{times(gain.times)} times faster" + (f" at {gain.size}" if gain.size else "")


def times(figure: float) -> str:
    """ "2.4", "12,000"."""
    return f"{figure:,.10g}"
