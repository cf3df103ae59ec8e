"""The same file is opened in each round of a loop.

# What it costs

Opening a file asks the operating system for it, makes a buffer and a decoder, and closing it writes the buffer out: tens
of microseconds a round, where adding a line to an open file takes a fraction of one. A file that is read in each
round is read from disk, or from its cache, and decoded each time.

# The cheaper form

Open the file once around the loop; or read it once before the loop.

# When it does not pay

Where others must see each row at once, or a crash must not lose one: then flush, and keep the file open all the same.

# Fix safety

To be verified: until the loop ends what was written may still be in the buffer, and a file that is opened for adding
is there even when the loop makes no round.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.finding import Finding
from perfwise_analyzers.fixing.reopening import around_loop, reopening_loops
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW603",
    name="open-in-loop",
    summary="The same file is opened in each round of a loop.",
    triggers=("open(", "read_text", "read_bytes"),
    severity="hint",
    bad=(
        Bad(
            code="""\
def logged(path: str, rows: list[str]) -> int:
    for row in rows:
        with open(path, "a") as log:
            log.write(row + "\\n")
    return len(rows)
""",
            better="""\
def logged(path: str, rows: list[str]) -> int:
    with open(path, "a") as log:
        for row in rows:
            log.write(row + "\\n")
    return len(rows)
""",
            call='logged("rows.txt", ["a row"] * 300)',
            level="verify",
        ),
        Bad(
            code="""\
import os
from pathlib import Path


def greeted(names):
    found = []
    for name in names:
        found.append(Path(os.devnull).read_text() + name)
    return found
""",
            better="""\
import os
from pathlib import Path


def greeted(names):
    greeting = Path(os.devnull).read_text()
    return [greeting + name for name in names]
""",
            call='greeted(["Ann", "Bob"] * 50)',
            level="advice",
        ),
    ),
    good=(
        Good(
            "def f(paths):\n    for path in paths:\n        with open(path) as file:\n            print(file.read())\n",
            "Each round opens another file.",
        ),
        Good(
            "def f(path, rows):\n    with open(path, 'a') as file:\n        for row in rows:\n            file.write(row)\n",
            "It is opened once.",
        ),
        Good(
            "import time\n\ndef f(path):\n    while True:\n        with open(path) as file:\n            print(file.read())\n"
            "        time.sleep(1)\n",
            "It waits for the file to change.",
        ),
        Good(
            "def f(path, rows):\n    for row in rows:\n        if not row:\n            with open(path) as file:\n"
            "                return file.read()\n",
            "The loop ends with it.",
        ),
    ),
)

_COMPRESSED = ("gzip.", "bz2.", "lzma.")


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for operation in facts.operations("opening"):
        call = operation.call
        if call is None or facts.inference.callee(call).startswith(_COMPRESSED):
            continue
        loops = reopening_loops(facts, operation)
        if loops:
            source = facts.source(operation.container)
            what = "read" if operation.spelling[:1] == "r" else "opened"
            message = f"`{source}` is {what} anew {facts.each_round(loops)}: open it once"
            yield facts.finding(rule, operation.node, message, fix=around_loop(facts, operation, loops))
