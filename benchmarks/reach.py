"""How many functions of whole packages the laboratory finds inputs for, nothing given, and what keeps it from the rest.

A function is reached when 20 inputs come back normally and 80 % of its lines run. Each is compared with itself, so a
difference is a bug. Functions of tests are left out.
"""

from __future__ import annotations

import argparse
import ast
import asyncio
import datetime
import json
import random
import re
import sys
import time
import tokenize
import traceback
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass
from pathlib import Path

from perfwise_server.checking.errors import CheckError
from perfwise_server.driving import callables
from perfwise_server.verifying.laboratory import Case, driven
from perfwise_server.verifying.verdict import ENOUGH_RETURNS
from perfwise_worker.protocol import Outcome

RESULTS = Path(__file__).parent / "results" / f"{datetime.date.today()}-reach.json"
SEED = 20261123
ENOUGH_LINES = 0.8
_SHARE_OF_DRIVING = 0.45  # Of the time an examination has, what making inputs may take.


@dataclass(frozen=True)
class Reach:
    package: str
    function: str
    returned: int
    lines: float
    seconds: float
    reason: str = ""  # Why it is not reached.
    example: str = ""
    differs: str = ""

    @property
    def reached(self) -> bool:
        return self.returned >= ENOUGH_RETURNS and self.lines >= ENOUGH_LINES


def functions(folder: Path) -> Iterator[tuple[Path, str]]:
    for file in sorted(folder.rglob("*.py")):
        if {"tests", "testing"} & set(file.parts) or file.stem in ("conftest", "__main__"):
            continue
        with tokenize.open(file) as stream:
            module = callables.parse(stream.read())
        for name in dict.fromkeys(callables.names(module)):
            function = callables.find(module, name)
            if function is not None and not _is_declared_only(function.node):
                yield file, name


def _is_declared_only(node: callables.Definition) -> bool:
    """An overload, or a method that heirs have to write."""
    if any("overload" in ast.unparse(each) or "abstract" in ast.unparse(each) for each in node.decorator_list):
        return True
    rest = [each for each in node.body if not (isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant))]
    return all(isinstance(each, ast.Pass) or "NotImplemented" in ast.unparse(each) for each in rest)


def examined(package: str, file: Path, function: str, seconds: float, python: str) -> Reach:
    with tokenize.open(file) as stream:
        text = stream.read()
    name = _name(package, file, function)
    case = Case(text, text, function, str(file), seconds=seconds / _SHARE_OF_DRIVING, python=python, harvest=False)
    start = time.monotonic()
    try:
        experiment, verdict = asyncio.run(driven(case))
    except (CheckError, OSError) as error:
        return Reach(package, name, 0, 0.0, time.monotonic() - start, _short(str(error)), str(error))
    except Exception as error:  # A bug of ours, to be told beside the rest.
        return Reach(package, name, 0, 0.0, time.monotonic() - start, f"FAILS: {error!r}", traceback.format_exc())
    took = time.monotonic() - start
    can = experiment.can_run
    share = len(can & experiment.ran) / len(can) if can else 0.0
    returned = len(experiment.returned)
    outcomes = [*experiment.outcomes.values(), *experiment.attempts]
    if verdict is not None and verdict.counterexample is not None:
        said = f"{verdict.counterexample.kind}: {verdict.counterexample.call}"
        return Reach(package, name, returned, share, took, "differs from itself", said, said)
    reason, example = _reason(returned, share, outcomes, verdict.reason if verdict else "")
    if returned >= ENOUGH_RETURNS and share >= ENOUGH_LINES:
        return Reach(package, name, returned, share, took, differs="")
    missed = sorted(can - experiment.ran)
    return Reach(package, name, returned, share, took, reason, f"{example} missed {missed}" if returned else example)


def _reason(returned: int, share: float, outcomes: list[Outcome], said: str) -> tuple[str, str]:
    failed = [each for each in outcomes if each.ended != "returned"]
    if not outcomes:
        return "no inputs were made", said
    if returned and returned < ENOUGH_RETURNS and share >= ENOUGH_LINES:
        return "few different inputs" if not failed else f"few returned: {_kind(failed)}", _example(failed)
    if returned >= ENOUGH_RETURNS:
        return "lines missed", _example(failed)
    return ("none returned: " if not returned else "few returned, lines missed: ") + _kind(failed), _example(failed)


def _kind(failed: list[Outcome]) -> str:
    if not failed:
        return "few different inputs"
    (ended, kind, message), _ = Counter((each.ended, each.type, each.message) for each in failed).most_common(1)[0]
    if "refused while code is compared" in message:
        return "outside limits: " + message.rpartition("compared: ")[2].partition(" to ")[0]
    return "cannot be made: " + _short(message or kind) if ended == "call" else kind or _short(f"{ended} {message}")


def _example(failed: list[Outcome]) -> str:
    if not failed:
        return ""
    most, _ = Counter((each.type, each.message) for each in failed).most_common(1)[0]
    first = next(each for each in failed if (each.type, each.message) == most)
    return f"{first.call[:300]} {first.ended} {first.type}: {first.message[:200]}"


def _short(message: str) -> str:
    return re.sub(r"'[^']*'|\"[^\"]*\"|\d+", "...", message)[:70]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, help="packages")
    parser.add_argument("--functions", type=int, default=0, metavar="N", help="of each package, at most, at random")
    parser.add_argument("--only", default="", help="names that hold this text")
    parser.add_argument("--seconds", type=float, default=10.0, help="for one function")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--list", action="store_true", help="each function that is not reached, with an example")
    parser.add_argument("--save", action="store_true", help=f"write {RESULTS.name}")
    parser.add_argument("--log", type=Path, help="JSON lines to which results are added; what is there is not redone")
    given = parser.parse_args()
    chosen: list[tuple[str, Path, str]] = []
    for folder in given.folders:
        found = [(folder.name, *each) for each in functions(folder) if given.only in f"{each[0]}::{each[1]}"]
        if 0 < given.functions < len(found):
            found = random.Random(given.seed).sample(found, given.functions)
        chosen += found
    results = _logged(given.log)
    done = {each.function for each in results}
    chosen = [each for each in chosen if _name(*each) not in done]
    random.Random(given.seed).shuffle(chosen)  # So that what there is so far is a sample.
    with ProcessPoolExecutor(given.jobs) as pool:
        for each in as_completed([pool.submit(examined, *each, given.seconds, given.python) for each in chosen]):
            results.append(each.result())
            if given.log:
                with given.log.open("a") as log:
                    log.write(json.dumps(asdict(results[-1])) + "\n")
    results.sort(key=lambda each: (each.package, each.function))
    if given.list:
        for each in results:
            if not each.reached:
                print(f"{each.function}: {each.returned} returned, {each.lines:.0%}; {each.reason}; {each.example}")
    return _report(results, given.save)


def _name(package: str, file: Path, function: str) -> str:
    return f"{'/'.join(file.parts[file.parts.index(package) :])}::{function}"


def _logged(log: Path | None) -> list[Reach]:
    lines = log.read_text().splitlines() if log and log.exists() else []
    return [Reach(**json.loads(line)) for line in lines]


def _report(results: list[Reach], save: bool) -> int:
    shares = {}
    for package in dict.fromkeys(each.package for each in results):
        of_package = [each for each in results if each.package == package]
        reached = sum(each.reached for each in of_package)
        shares[package] = {"functions": len(of_package), "reached": reached}
        print(f"{package}: {reached} of {len(of_package)} functions reached ({reached / len(of_package):.0%})")
    reached = sum(each.reached for each in results)
    print(f"all: {reached} of {len(results)} ({reached / max(len(results), 1):.0%})")
    reasons = Counter(each.reason for each in results if not each.reached).most_common()
    for reason, count in reasons:
        print(f"{count:5}  {reason}")
    taken = sorted(each.seconds for each in results)
    print(f"seconds: median {taken[len(taken) // 2]:.1f}, longest {taken[-1]:.1f}" if taken else "no functions")
    differing = [each for each in results if each.differs]
    for each in differing:
        print(f"DIFFERS FROM ITSELF {each.function}: {each.differs}")
    if save:
        rows = [asdict(each) for each in differing]
        all_of_them = {"functions": len(results), "reached": reached}
        found = {"packages": shares, "all": all_of_them, "reasons": dict(reasons), "differing": rows}
        RESULTS.write_text(json.dumps(found, indent=1) + "\n")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
