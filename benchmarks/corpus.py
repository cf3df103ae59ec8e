"""Pairs of a slow and a fast version of one function: which rules hint on the slow side, and which on the fast.

Each line of the file is a JSON object with `id`, `slow` and `fast` (sources), `static_detectable` ("yes", "partial" or
"no": whether a reader of the slow source alone could tell) and `static_why`.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from typing import TypedDict

from perfwise_analyzers.engine import find

RESULTS = Path(__file__).parent / "results"


class Pair(TypedDict):
    id: str
    slow: str
    fast: str
    static_detectable: str
    static_why: str


def hints(source: str) -> list[str]:
    """The hints that are shown without any setting, as "PW101:12", in the order of the lines."""
    return [f"{finding.code}:{finding.span.start.line + 1}" for finding in find(source)]


def report(pairs: list[Pair]) -> str:
    """A line for each pair, then what is missed of what could be seen, then the totals."""
    lines: list[str] = []
    missed: list[str] = []
    detectable = wrong = 0
    for pair in pairs:
        slow, fast = hints(pair["slow"]), hints(pair["fast"])
        sides = f"slow: {' '.join(slow) or '-':24} fast: {' '.join(fast) or '-'}"
        lines.append(f"{pair['id']:32} {pair['static_detectable']:8} {sides}")
        wrong += bool(fast)
        if pair["static_detectable"] == "yes":
            detectable += 1
            if not slow:
                missed.append(f"missed {pair['id']}: {pair['static_why']}")
    found = f"{detectable - len(missed)} of {detectable} detectable slow sides are hinted"
    return "\n".join([*lines, *missed, f"{found}, {wrong} of {len(pairs)} fast sides"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path, help="a file of pairs, one JSON object a line")
    parser.add_argument("--save", action="store_true", help=f"write a dated file to {RESULTS.name}/")
    given = parser.parse_args()
    told = report([json.loads(line) for line in given.path.read_text(encoding="utf-8").splitlines()])
    print(told)
    if given.save:
        (RESULTS / f"{time.strftime('%Y-%m-%d')}-corpus.txt").write_text(told + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
