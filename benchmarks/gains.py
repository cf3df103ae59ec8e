"""Measures what every rule gains on every Python found here, and writes it down for the rules to tell.

`make gains` runs it. Figures of Pythons that are not found here are kept.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

from perfwise_analyzers import RULES, gains
from perfwise_analyzers.rule import Bad, Rule
from perfwise_server.interpreter import converse
from perfwise_worker.protocol import Compare, Compared, Load, Loaded, Time, Timed

SUPPORTED = range(10, 15)
BUDGET = 1.0  # Seconds for an example that is not clear sooner.

HEADER = '''\
"""Measured ratio of times, old to new, by rule and Python version; made by `make gains`, not by hand.

A figure is the median over the rule's examples, each timed on the call it names, old and new taking turns on CPU time.
"""

from __future__ import annotations

GAINS: dict[str, dict[str, float]] = {'''


def version_of(python: str) -> str | None:
    """Such as "3.11", or None when it does not run."""
    command = [python, "-I", "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
    try:
        return subprocess.run(command, capture_output=True, check=True, text=True, timeout=60).stdout.strip()
    except (OSError, subprocess.SubprocessError):
        return None


def pythons_here() -> list[str]:
    """The running one, those of pyenv, and those on the path."""
    root = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    installed = [str(path) for minor in SUPPORTED for path in sorted(root.glob(f"versions/3.{minor}.*/bin/python"))]
    return [sys.executable, *installed, *filter(None, (shutil.which(f"python3.{minor}") for minor in SUPPORTED))]


def ratio(python: str, bad: Bad) -> float | None:
    """Old to new, or None where the example does not run, or differs, on this Python, which is said."""
    replies = converse(python, Load(bad.code, bad.better), Compare((bad.call,)), Time(bad.call, budget=BUDGET))
    match replies:
        case [Loaded(), Compared(differences=()), Timed(ratio=found)]:
            return found
    print(f"    {python}: {replies}", file=sys.stderr)
    return None


def gain(python: str, rule: Rule) -> float | None:
    ratios = [found for bad in rule.bad if (found := ratio(python, bad)) is not None]
    return float(f"{statistics.median(ratios):.2g}") if ratios else None


def rendered(table: dict[str, dict[str, float]]) -> str:
    lines = [HEADER]
    for code in sorted(table):
        ordered = sorted(table[code].items(), key=lambda item: tuple(map(int, item[0].split("."))))
        figures = ", ".join(f'"{version}": {figure}' for version, figure in ordered)
        lines.append(f'    "{code}": {{{figures}}},')
    return "\n".join([*lines, "}"]) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--python", action="append", metavar="PATH", help="may be repeated; default: all found here")
    parser.add_argument("--rule", action="append", metavar="CODE", help="may be repeated; default: all rules")
    options = parser.parse_args()

    pythons: dict[str, str] = {}
    for python in options.python or pythons_here():
        if version := version_of(python):
            pythons.setdefault(version, python)
    table = {rule.code: dict(gains.GAINS.get(rule.code, {})) for rule in RULES}
    for rule in RULES:
        if options.rule and rule.code not in options.rule:
            continue
        for version, python in pythons.items():
            if (figure := gain(python, rule)) is not None:
                table[rule.code][version] = figure
        print(rule.code, rule.name, table[rule.code], flush=True)
    Path(gains.__file__).write_text(rendered(table), encoding="utf-8")


if __name__ == "__main__":
    main()
