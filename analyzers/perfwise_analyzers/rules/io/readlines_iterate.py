"""All lines of a file are read to go through them one by one.

# What it costs

`readlines()` keeps every line in memory at once: many times the size of the file, since each line is an object.

# The cheaper form

`for line in file` reads on as the loop goes, and keeps one line.

# When it does not pay

For small files.

# Fix safety

Safe where the loop calls nothing that could reach the file, and changes nothing that is seen outside. Otherwise to be
verified: what the loop does to the file, or to another of the same path, is then met by the lines that follow.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.operations.files import gone_through, is_used_in
from perfwise_analyzers.facts.structure import Loop
from perfwise_analyzers.finding import Finding, Fix
from perfwise_analyzers.fixing.draft import Draft
from perfwise_analyzers.rule import Bad, Good, Rule

_LINES = '__import__("pathlib").Path("lines.txt").write_text("one line of many\\n" * 50_000) and "lines.txt"'

rule = Rule(
    code="PW601",
    name="readlines-iterate",
    summary="All lines of a file are read to go through them one by one.",
    triggers=("readlines",),
    severity="hint",
    unit="peak memory",
    bad=(
        Bad(
            code="""\
def longest(path: str) -> int:
    best = 0
    with open(path) as file:
        for line in file.readlines():
            best = max(best, len(line))
    return best
""",
            better="""\
def longest(path: str) -> int:
    best = 0
    with open(path) as file:
        for line in file:
            best = max(best, len(line))
    return best
""",
            call=f"longest({_LINES})",
        ),
        Bad(
            code="""\
def words(path):
    with open(path) as file:
        return sum([len(line.split()) for line in file.readlines()])
""",
            better="""\
def words(path):
    with open(path) as file:
        return sum([len(line.split()) for line in file])
""",
            call=f"words({_LINES})",
        ),
        Bad(
            code="""\
def told(path, tell):
    with open(path) as file:
        for number, line in enumerate(file.readlines()):
            tell(number, line)
""",
            better="""\
def told(path, tell):
    with open(path) as file:
        for number, line in enumerate(file):
            tell(number, line)
""",
            call=f"told({_LINES}, lambda *_: None)",
            level="verify",
        ),
    ),
    good=(
        Good(
            "def f(path):\n    with open(path) as file:\n        lines = file.readlines()\n    with open(path, 'w') as out:\n        for line in lines:\n            out.write(line)\n",
            "The file is written anew.",
        ),
        Good(
            "import sys\n\ndef f():\n    lines = sys.stdin.readlines()\n    for line in lines:\n        print(line)\n    return lines\n",
            "All lines are handed back.",
        ),
        Good(
            "def f(path):\n    with open(path) as file:\n        for line in file:\n            print(line)\n",
            "One line is kept.",
        ),
        Good(
            "def f(path):\n    with open(path) as file:\n        lines = file.readlines()\n    for line in lines:\n        print(line, len(lines))\n",
            "All lines are used.",
        ),
        Good(
            "def f(path):\n    with open(path) as file:\n        for line in file.readlines(1000):\n            print(line)\n",
            "Only some lines are read.",
        ),
        Good(
            "def f(path):\n    with open(path, 'r+') as file:\n        for line in file.readlines():\n            file.write(line)\n",
            "The loop writes to the file.",
        ),
        Good("def f(stream):\n    for line in stream.readlines():\n        print(line)\n", "It may be no file."),
    ),
)


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for call in facts.structure.all(n.Call):
        match call:
            case n.Call(
                func=n.Attribute(value=(n.Name() | n.Attribute()) as file, attr="readlines"), args=[], keywords=[]
            ):
                loop = gone_through(facts, call)
            case _:
                continue
        if loop is None or facts.type_of(file).name != "file" or is_used_in(facts, file, loop):
            continue
        source = facts.source(file)
        message = f"`{facts.source(call)}` keeps all lines in memory: `for ... in {source}` keeps one"
        yield facts.finding(rule, call, message, f"len({source})", "1", _fix(facts, call, file, loop))


def _fix(facts: Facts, call: n.Call, file: n.Expr, loop: Loop) -> Fix | None:
    if isinstance(facts.structure.parent.get(call), n.Assign):
        return None  # The file might be closed by the time that the loop begins.
    draft = Draft(facts)
    draft.replace(call, facts.source(file))
    inside = [node for node in facts.effects.inside(loop) if node is not call]
    if not any(facts.effects.is_opaque(node) for node in inside) and not facts.effects.changes_others(loop):
        return draft.fix("safe", "Go through the file itself")
    return draft.fix("verify", "Go through the file itself", "What the loop does may reach the same file.")
