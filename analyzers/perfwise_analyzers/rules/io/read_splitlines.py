"""A whole file is read and cut into lines to go through them one by one.

# What it costs

The text is in memory twice: once as a whole, and once as lines, each of which is an object.

# The cheaper form

`for line in file` reads on as the loop goes, and keeps one line; `line.rstrip("\\n")` takes its end off.

# When it does not pay

For small files.

# Fix safety

To be verified: `splitlines` also cuts at form feeds and at other characters that a file's lines go on after, and what
the loop does to the file is met by the lines that follow.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.finding import Finding
from perfwise_analyzers.fixing.draft import Draft
from perfwise_analyzers.rule import Bad, Good, Rule

_LINES = '__import__("pathlib").Path("lines.txt").write_text("one line of many\\n" * 50_000) and "lines.txt"'

rule = Rule(
    code="PW602",
    name="read-splitlines",
    summary="A whole file is read and cut into lines to go through them one by one.",
    triggers=("read()",),
    severity="hint",
    unit="peak memory",
    bad=(
        Bad(
            code="""\
def longest(path: str) -> int:
    best = 0
    with open(path) as file:
        for line in file.read().splitlines():
            best = max(best, len(line))
    return best
""",
            better="""\
def longest(path: str) -> int:
    best = 0
    with open(path) as file:
        for line in (row.rstrip("\\n") for row in file):
            best = max(best, len(line))
    return best
""",
            call=f"longest({_LINES})",
            level="verify",
        ),
        Bad(
            code="""\
def words(path):
    with open(path, encoding="utf-8") as file:
        return sum(len(line.split()) for line in file.read().splitlines() if line)
""",
            better="""\
def words(path):
    with open(path, encoding="utf-8") as file:
        return sum(len(line.split()) for line in (row.rstrip("\\n") for row in file) if line)
""",
            call=f"words({_LINES})",
            level="verify",
        ),
    ),
    good=(
        Good(
            "def f(path):\n    with open(path) as file:\n        for line in file:\n            print(line.rstrip('\\n'))\n",
            "One line is kept.",
        ),
        Good(
            "def f(path):\n    with open(path) as file:\n        lines = file.read().splitlines()\n    return lines[-1]\n",
            "All lines are used.",
        ),
        Good(
            "def f(path):\n    with open(path, 'rb') as file:\n        for line in file.read().splitlines():\n            print(line)\n",
            "The lines are bytes, which are cut at other places.",
        ),
        Good(
            "def f(path):\n    with open(path) as file:\n        for line in file.read().splitlines(True):\n            print(line)\n",
            "The lines keep their ends.",
        ),
        Good(
            "def f(text):\n    for line in text.splitlines():\n        print(line)\n", "The text is there in any case."
        ),
    ),
)


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for loop in facts.structure.loops:
        match loop.iter:
            case (
                n.Call(
                    func=n.Attribute(
                        value=n.Call(func=n.Attribute(value=n.Name() as file, attr="read"), args=[], keywords=[]),
                        attr="splitlines",
                    ),
                    args=[],
                    keywords=[],
                ) as call
            ) if loop.kind != "callback" and _is_text_file(facts, file):
                pass
            case _:
                continue
        if any(
            isinstance(node, n.Name) and node.id == file.id and node is not file for node in facts.effects.inside(loop)
        ):
            continue
        draft = Draft(facts)
        row = draft.fresh("row")
        draft.replace(call, f'({row}.rstrip("\\n") for {row} in {file.id})')
        reason = "`splitlines` also cuts at form feeds and other characters that a file's lines go on after."
        fix = draft.fix("verify", "Go through the file itself", reason)
        message = f"`{facts.source(call)}` keeps the whole file in memory twice: `for ... in {file.id}` keeps one line"
        yield facts.finding(rule, call, message, f"len({file.id})", "1", fix)


def _is_text_file(facts: Facts, file: n.Name) -> bool:
    """Whether a name is a file that was opened for reading text."""
    if facts.type_of(file).name != "file":
        return False
    for binding in facts.inference.bindings(file) or ():
        opened = binding.value
        if not isinstance(opened, n.Call):
            return False
        modes = [*opened.args[1:2], *(keyword.value for keyword in opened.keywords if keyword.arg == "mode")]
        if any(not isinstance(mode, n.Constant) or "b" in str(mode.value) for mode in modes):
            return False
    return True
