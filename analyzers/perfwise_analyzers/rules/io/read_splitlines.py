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
from perfwise_analyzers.facts.operations.files import gone_through, is_used_in, only_use
from perfwise_analyzers.facts.structure import Loop
from perfwise_analyzers.finding import Finding, Fix
from perfwise_analyzers.fixing.draft import Draft
from perfwise_analyzers.rule import Bad, Good, Rule

_LINES = '__import__("pathlib").Path("lines.txt").write_text("one line of many\\n" * 50_000) and "lines.txt"'

rule = Rule(
    code="PW602",
    name="read-splitlines",
    summary="A whole file is read and cut into lines to go through them one by one.",
    triggers=("splitlines()", "split("),
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
            "def f(path):\n    with open(path) as file:\n        text = file.read()\n    for line in text.splitlines():\n        print(line)\n    return text\n",
            "The text is handed back.",
        ),
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
    for call in facts.structure.all(n.Call):
        read = _read(facts, call)
        loop = gone_through(facts, call) if read is not None else None
        if read is None or loop is None:
            continue
        file = read.value
        if read.attr == "read_text":
            better = f"{facts.source(file)}.open()"
        elif not isinstance(file, n.Name) or not _is_text_file(facts, file) or is_used_in(facts, file, loop):
            continue
        else:
            better = file.id
        message = f"`{facts.source(call)}` keeps the whole file in memory twice: `for ... in {better}` keeps one line"
        yield facts.finding(rule, call, message, f"len({better})", "1", _fix(facts, call, read, loop))


def _read(facts: Facts, call: n.Call) -> n.Attribute | None:
    """How the text that a call cuts into lines is read: `file.read` or `path.read_text`."""
    match call:
        case n.Call(func=n.Attribute(value=text, attr="splitlines"), args=[], keywords=[]):
            pass
        case n.Call(func=n.Attribute(value=text, attr="split"), args=[n.Constant(value="\n")], keywords=[]):
            pass
        case _:
            return None
    if isinstance(text, n.Name):
        bindings = facts.inference.bindings(text) or []
        assign = facts.structure.parent.get(bindings[0].node) if len(bindings) == 1 else None
        if not isinstance(assign, n.Assign) or only_use(facts, assign) is not text:
            return None
        text = assign.value
    match text:
        case n.Call(func=n.Attribute(attr="read") as read, args=[], keywords=[]):
            return read
        case n.Call(func=n.Attribute(value=path, attr="read_text") as read) if facts.type_of(path).name == "path":
            return read
    return None


def _fix(facts: Facts, call: n.Call, read: n.Attribute, loop: Loop) -> Fix | None:
    """`file.read().splitlines()`, gone through at once, becomes the file's own lines without their ends."""
    assert isinstance(call.func, n.Attribute)
    is_whole = isinstance(call.func.value, n.Call) and call.func.attr == "splitlines" and loop.iter is call
    if not is_whole or not isinstance(read.value, n.Name):
        return None
    draft = Draft(facts)
    row = draft.fresh("row")
    draft.replace(call, f'({row}.rstrip("\\n") for {row} in {read.value.id})')
    reason = "`splitlines` also cuts at form feeds and other characters that a file's lines go on after."
    return draft.fix("verify", "Go through the file itself", reason)


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
