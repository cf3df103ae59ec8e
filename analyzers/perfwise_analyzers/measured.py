"""What a rule was measured to gain, and the words in which a hint says so."""

from __future__ import annotations

from dataclasses import replace

from perfwise_analyzers.finding import Finding, Gain
from perfwise_analyzers.gains import COUNTS, SIZES
from perfwise_analyzers.rule import Rule


def gain_of(rule: Rule, python: tuple[int, int] | None) -> Gain | None:
    """On this Python, or the nearest one it was measured on; None where it was on none."""
    if python is None or not rule.gain:
        return None
    nearest = min(rule.gain, key=lambda version: abs(int(version.removeprefix("3.")) - python[1]))
    return Gain(rule.gain[nearest], SIZES.get(rule.code, ""), nearest, COUNTS.get(rule.code, ""))


def with_gain(finding: Finding, gain: Gain | None) -> Finding:
    """The finding with its message saying what was measured."""
    if gain is None:
        return finding
    return replace(finding, gain=gain, message=f"{finding.message} (measured: {worded(gain)})")


def with_seconds(finding: Finding, seconds: float, *, at_most: bool) -> Finding:
    """The finding with its message saying first what a profile found on its lines."""
    told = f"{'up to ' if at_most else ''}{times(float(f'{seconds:.2g}'))} s in the profile"
    return replace(finding, seconds=seconds, message=f"{told}: {finding.message}")


def worded(gain: Gain) -> str:
    """ "38 times faster at 2,000 items, Python 3.11", or what was counted, which is the same on every Python."""
    if gain.counted:
        return gain.counted
    return f"{times(gain.times)} times faster" + (f" at {gain.size}" if gain.size else "") + f", Python {gain.python}"


def times(figure: float) -> str:
    """ "2.4", "12,000"."""
    return f"{figure:,.10g}"
