"""A file is flushed after each of many rows.

# What it costs

A flush hands what is in the buffer to the operating system, a call of some microseconds, where a write into the buffer
takes a fraction of one. `os.fsync` waits for the disk itself: milliseconds.

# The cheaper form

Let the buffer fill: it is written out whenever it is full, and when the file is closed. Flush once after the loop, or
every thousand rows, if others wait for it.

# When it does not pay

Where each row must outlive a crash, or somebody reads along. Nothing is said of standard output, of pipes and of loops
that wait in each round.

# Fix safety

Advice only: what is lost in a crash, and what others see meanwhile, is for a person to decide.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.inference import is_int
from perfwise_analyzers.facts.invariance import stands_in_each_round, waits
from perfwise_analyzers.facts.operations.searching import method_calls
from perfwise_analyzers.finding import Finding
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW604",
    name="flush-each",
    summary="A file is flushed after each row that is written to it.",
    triggers=("flush", "fsync", "buffering"),
    severity="hint",
    bad=(
        Bad(
            code="""\
def written(path: str, rows: list[str]) -> int:
    with open(path, "w") as file:
        for row in rows:
            file.write(row + "\\n")
            file.flush()
    return len(rows)
""",
            better="""\
def written(path: str, rows: list[str]) -> int:
    with open(path, "w") as file:
        for row in rows:
            file.write(row + "\\n")
    return len(rows)
""",
            call='written("rows.txt", ["a row"] * 2000)',
            level="advice",
        ),
    ),
    good=(
        Good(
            "def f(path, rows):\n    with open(path, 'w') as file:\n        for row in rows:\n            file.write(row)\n"
            "        file.flush()\n",
            "It is flushed once.",
        ),
        Good(
            "def f(path, rows):\n    with open(path, 'w') as file:\n        for n, row in enumerate(rows):\n"
            "            file.write(row)\n            if n % 1000 == 0:\n                file.flush()\n",
            "It is flushed now and then.",
        ),
        Good(
            "import sys\n\ndef f(rows):\n    for row in rows:\n        print(row)\n        sys.stdout.flush()\n",
            "Somebody reads along.",
        ),
        Good(
            "import time\n\ndef f(path, rows):\n    with open(path, 'w') as file:\n        for row in rows:\n"
            "            file.write(row)\n            file.flush()\n            time.sleep(1)\n",
            "The loop waits in each round.",
        ),
        Good(
            "def f(paths, rows):\n    for path in paths:\n        with open(path, 'w') as file:\n            file.writelines(rows)\n"
            "            file.flush()\n",
            "Each round flushes another file.",
        ),
    ),
)


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for call, file in _flushes(facts):
        place = facts.place(call)
        loop = place.loop
        if loop is None or not isinstance(loop.node, n.For) or not stands_in_each_round(facts, place.stmt, loop):
            continue
        if facts.type_of(file).name != "file" or not facts.repeats(file, place) or waits(facts, loop):
            continue
        source = facts.source(file)
        does = "waits for the disk" if facts.inference.callee(call) == "os.fsync" else "is flushed"
        message = f"`{source}` {does} {facts.each_round(facts.repeats(file, place))}: do it once after the loop"
        yield facts.finding(rule, call, message)


def _flushes(facts: Facts) -> Iterator[tuple[n.Call, n.Expr]]:
    """The calls that write a file's buffer out, with the file."""
    yield from method_calls(facts, "flush")
    for call in facts.structure.all(n.Call):
        callee = facts.inference.callee(call)
        named = {keyword.arg: keyword.value for keyword in call.keywords}
        match call.args:
            case [n.Call(func=n.Attribute(value=file, attr="fileno"))] if callee in ("os.fsync", "os.fdatasync"):
                yield call, file
        flush = named.get("flush")
        if callee == "builtins.print" and "file" in named and isinstance(flush, n.Constant) and flush.value is True:
            yield call, named["file"]
    yield from _unbuffered(facts)


def _unbuffered(facts: Facts) -> Iterator[tuple[n.Call, n.Expr]]:
    """What is written to a file that was opened with `buffering=0`, or line by line with `buffering=1`."""
    for call, file in method_calls(facts, "write"):
        bindings = facts.inference.bindings(file) if isinstance(file, n.Name) else None
        for binding in bindings or ():
            if isinstance(binding.value, n.Call) and facts.inference.callee(binding.value) == "builtins.open":
                given = [keyword.value for keyword in binding.value.keywords if keyword.arg == "buffering"]
                if any(is_int(value, 0) or is_int(value, 1) for value in given):
                    yield call, file
