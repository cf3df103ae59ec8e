"""What the laboratory says of rewrites known to be right or wrong, and how long it takes to say so.

With `--pairs FILE`, of the slow and fast versions in a file of JSON lines instead, on the inputs given there.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime
import json
import platform
import statistics
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from perfwise_server.checking.errors import CheckError
from perfwise_server.verifying.laboratory import Case, examine
from perfwise_server.verifying.verdict import Verdict
from tests.verifying.rewrites import read

RESULTS = Path(__file__).parent / "results"
# Inputs come with their size, which is no argument.
_WITHOUT_SIZES = "\n_sized = make_inputs\ndef make_inputs():\n    return [arguments for _, arguments in _sized()]\n"


class Trial(NamedTuple):
    name: str
    kind: str
    wanted: str  # The verdict, or what it must not be after a "not ".
    case: Case


def own_trials(seconds: float) -> Iterator[Trial]:
    for name, wanted in (("wrong_rewrites", "not proved"), ("true_rewrites", "proved")):
        for pair in read(name):
            kind = f"{name.replace('_', ' ')}, {'annotated' if pair.annotated else 'bare'}"
            yield Trial(pair.name, kind, wanted, Case(pair.old, pair.new, pair.function, seconds=seconds))


def paired_trials(file: Path, folder: Path, seconds: float) -> Iterator[Trial]:
    for line in file.read_text("utf-8").splitlines():
        row: dict[str, Any] = json.loads(line)
        inputs = folder / f"{row['id']}.py"
        inputs.write_text(row["inputs"] + _WITHOUT_SIZES, "utf-8")
        case = Case(row["slow"], row["fast"], row["entry"], inputs=str(inputs), seconds=seconds)
        differs = row.get("mutation_differs")
        yield Trial(
            row["id"], "mutates its argument" if differs else "pairs", "different" if differs else "proved", case
        )


def fulfilled(trial: Trial, found: Verdict | None) -> bool:
    word = found.verdict if found else "refused to run"
    return word != trial.wanted[4:] if trial.wanted.startswith("not ") else word == trial.wanted


def distribution(ordered: list[float]) -> str:
    high = ordered[int(0.9 * (len(ordered) - 1))]
    shown = f"median {statistics.median(ordered):.1f}, 90 % within {high:.1f}, longest {ordered[-1]:.1f}"
    return f"{len(ordered)}; seconds: {shown}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=Path, help="JSON lines with id, entry, slow, fast and inputs")
    parser.add_argument("--only", default="", help="names that hold this text")
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--save", action="store_true", help=f"write dated figures to {RESULTS.name}/")
    given = parser.parse_args()
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    with_counterexample: Counter[str] = Counter()
    seconds: defaultdict[str, list[float]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        trials = paired_trials(given.pairs, Path(folder), given.seconds) if given.pairs else own_trials(given.seconds)
        for trial in trials:
            if given.only not in trial.name:
                continue
            said, found = "", None
            try:
                found = asyncio.run(examine(trial.case))
                said = f"{found.verdict} {found.reason}"
                seconds[found.verdict].append(found.seconds)
                with_counterexample[trial.kind] += found.counterexample is not None
            except CheckError as error:
                said = str(error)
            total[trial.kind] += 1
            right[trial.kind] += fulfilled(trial, found)
            if not fulfilled(trial, found):
                print(f"{trial.kind}: {trial.name}: {said}", flush=True)
    lines = [
        f"{kind}: {right[kind]} of {count} as wanted, {with_counterexample[kind]} with a counterexample"
        for kind, count in total.items()
    ]
    lines += [f"{word}: {distribution(sorted(taken))}" for word, taken in seconds.items()]
    print("\n".join(lines))
    if given.save:
        name = f"{datetime.date.today()}-laboratory{'-pairs' if given.pairs else ''}.json"
        record = {"python": platform.python_version(), "machine": platform.platform(), "told": lines}
        (RESULTS / name).write_text(json.dumps(record, indent=2) + "\n", "utf-8")
    return 0 if all(right[kind] == count for kind, count in total.items() if kind.startswith("wrong")) else 1


if __name__ == "__main__":
    sys.exit(main())
