"""Measures what every rule gains on every Python found here, and writes it down for the rules to tell.

`make gains` runs it. Figures of Pythons that are not found here are kept.
"""

from __future__ import annotations

import argparse
import ast
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sized
from functools import cache
from pathlib import Path

from benchmarks.counting import SAMPLES, count
from perfwise_analyzers import RULES, gains
from perfwise_analyzers.rule import Bad, Rule
from perfwise_server.interpreter import converse
from perfwise_worker.protocol import Compare, Compared, Load, Loaded, Time, Timed

SUPPORTED = range(10, 15)
BUDGET = 1.0  # Seconds for an example that is not clear sooner.

HEADER = '''\
"""Measured ratio of times, old to new, by rule and Python version; made by `make gains`, not by hand.

A figure is that of the rule's first example, which its page shows, timed on the call the example names, old and new
taking turns on CPU time. A size is that of the largest argument of this call. Where a rule's gain is not in time, the
figure is a ratio of what was counted, and the counts are given.
"""

from __future__ import annotations

GAINS: dict[str, dict[str, float]] = {'''

SMALLEST_SIZE = 10  # An argument under it says nothing of how much there is to do.


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
    versions = Load(bad.code, bad.better, roots=(str(SAMPLES),), guarded=False)
    replies = converse(python, versions, Compare((bad.call,)), Time((bad.call,), budget=BUDGET, repeat=True))
    match replies:
        case [Loaded(), Compared(differences=()), Timed(ratio=found)]:
            return found
    print(f"    {python}: {replies}", file=sys.stderr)
    return None


def gain(python: str, rule: Rule) -> float | None:
    """Of the rule's first example, to two digits; what is counted is counted on the running Python alone."""
    if rule.unit != "seconds":
        if python != sys.executable:
            return None
        old, new = counts(rule)
        return float(f"{old / max(new, 1):.2g}")
    found = ratio(python, rule.bad[0])
    return None if found is None else float(f"{found:.2g}")


@cache
def counts(rule: Rule) -> tuple[int, int]:
    """Old and new of the rule's first example, in the rule's unit."""
    bad = rule.bad[0]
    return count(bad.code, bad.call, rule.unit).number, count(bad.better, bad.call, rule.unit).number


def counted(rule: Rule) -> str:
    """ "41 queries -> 1"; empty where time is measured."""
    if rule.unit == "seconds":
        return ""
    old, new = counts(rule)
    if rule.unit == "peak memory":
        return f"{old // 1000:,} kB of memory -> {max(new // 1000, 1):,} kB"
    return f"{old:,} {rule.unit} -> {new:,}"


def size(bad: Bad) -> str:
    """Of the largest argument of the example's call: "2,000 items", or "n = 2,000" for a number; empty without one."""
    call = ast.parse(bad.call, mode="eval").body
    if not isinstance(call, ast.Call):
        return ""
    module: dict[str, object] = {}
    exec(bad.code, module)
    given = [*call.args, *(keyword.value for keyword in call.keywords)]
    values = [eval(compile(ast.Expression(each), "<call>", "eval"), module) for each in given]
    sized = [value for value in values if isinstance(value, Sized)]
    if sized:
        largest = max(sized, key=len)
        noun = "characters" if isinstance(largest, str) else "bytes" if isinstance(largest, bytes) else "items"
        return f"{len(largest):,} {noun}"
    number = max((value for value in values if isinstance(value, int)), default=0)
    return f"n = {number:,}" if number >= SMALLEST_SIZE else ""


def rendered(table: Mapping[str, Mapping[str, float]], **texts: Mapping[str, str]) -> str:
    lines = [HEADER]
    for code in sorted(table):
        ordered = sorted(table[code].items(), key=lambda item: tuple(map(int, item[0].split("."))))
        figures = ", ".join(f'"{version}": {figure}' for version, figure in ordered)
        lines.append(f'    "{code}": {{{figures}}},')
    lines.append("}")
    for name, by_code in texts.items():
        lines += ["", f"{name}: dict[str, str] = {{"]
        lines += [f'    "{code}": "{by_code[code]}",' for code in sorted(by_code) if by_code[code]]
        lines.append("}")
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--python", action="append", metavar="PATH", help="may be repeated; default: all found here")
    parser.add_argument("--rule", action="append", metavar="CODE", help="may be repeated; default: all rules")
    options = parser.parse_args()

    sys.path.append(str(SAMPLES))
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
    timed = {rule.code: size(rule.bad[0]) for rule in RULES if rule.unit == "seconds"}
    text = rendered(table, SIZES=timed, COUNTS={rule.code: counted(rule) for rule in RULES})
    Path(gains.__file__).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
