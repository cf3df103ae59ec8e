"""What `perfwise run` costs, and how many hints it has something to say on: a command run plain and recorded, in turn.

    python -m benchmarks.evidence PROJECT -- COMMAND...

CPU seconds of the command and its children; sources are those below PROJECT, where the command runs.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from perfwise_server.evidence.recording import recording_environment

TIMES = 3


def cpu_seconds(command: list[str], folder: Path, environment: dict[str, str]) -> float:
    before = os.times()
    subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False, timeout=1800)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def overhead(command: list[str], folder: Path) -> tuple[float, float]:
    """Medians of seconds, plain and recorded."""
    plain, recorded = [], []
    for _ in range(TIMES):
        plain.append(cpu_seconds(command, folder, dict(os.environ)))
        with tempfile.TemporaryDirectory() as notes:
            recorded.append(cpu_seconds(command, folder, recording_environment(os.environ, folder, notes)))
    return statistics.median(plain), statistics.median(recorded)


def perfwise(folder: Path, *arguments: str) -> Any:
    command = [sys.executable, "-m", "perfwise_server.cli", *arguments]
    return json.loads(subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=1800).stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("project", type=Path)
    parser.add_argument("command", nargs="+")
    given = parser.parse_args()
    plain, recorded = overhead(given.command, given.project)
    print(f"plain {plain:.2f} s, recorded {recorded:.2f} s: {recorded / plain:.2f} times")
    with tempfile.TemporaryDirectory() as data:
        os.environ["PERFWISE_DATA_DIR"] = data
        ran = perfwise(given.project, "run", "--format", "json", "--", *given.command)["functions"]
        executed = {(each["path"], each["name"]) for each in ran}
        hints = perfwise(given.project, "check", "--no-cache", "--format", "json", ".")["findings"]
    within = [hint for hint in hints if (hint["path"].removeprefix("./"), hint["function"]) in executed]
    rules = [hint for hint in within if not hint["code"].startswith("PW9")]
    sized = [hint for hint in rules if hint["observed"] and hint["observed"]["sizes"]]
    print(f"{len(executed)} functions ran; of {len(rules)} hints in them {len(sized)} carry sizes")


if __name__ == "__main__":
    main()
