"""The rest of a text or of bytes is cut off in each round, to look at its start.

# What it costs

`data[at:]` copies all that is left, in each round: n rounds over n bytes are n * n / 2 bytes copied.

# The cheaper form

Look at the place itself: `text.startswith(word, at)`, `struct.unpack_from(form, data, at)`, `pattern.match(text, at)`,
or a slice of the length that is needed. A `memoryview` is sliced without a copy.

# When it does not pay

For data of some hundred bytes.

# Fix safety

`startswith` with a place is safe for a word that is not empty; an empty one is nowhere behind the end. For all else
there is no automatic fix.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.finding import Finding, Fix
from perfwise_analyzers.fixing.draft import Draft
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW507",
    name="slice-bytes",
    summary="The rest of a text or of bytes is copied in each round, to look at its start.",
    triggers=(":]",),
    bad=(
        Bad(
            code="""\
def places(text: str) -> list[int]:
    found = []
    for at in range(len(text)):
        if text[at:].startswith("needle"):
            found.append(at)
    return found
""",
            better="""\
def places(text: str) -> list[int]:
    found = []
    for at in range(len(text)):
        if text.startswith("needle", at):
            found.append(at)
    return found
""",
            call='places("some text and a needle in it " * 300)',
        ),
        Bad(
            code="""\
def numbers(data: bytes) -> list[int]:
    found = []
    for at in range(0, len(data), 4):
        found.append(int.from_bytes(data[at:][:4], "little"))
    return found
""",
            better="""\
def numbers(data: bytes) -> list[int]:
    found = []
    for at in range(0, len(data), 4):
        found.append(int.from_bytes(data[at : at + 4], "little"))
    return found
""",
            call="numbers(bytes(range(256)) * 200)",
            level="advice",
        ),
    ),
    good=(
        Good("def f(data: bytes):\n    for at in range(9):\n        print(data[at:])\n", "There are nine rounds."),
        Good("def f(lines: list[bytes]):\n    return [line[2:] for line in lines]\n", "Each round cuts another."),
        Good(
            "def f(data: bytes, n: int):\n    return [data[at : at + n] for at in range(0, len(data), n)]\n",
            "Parts are cut.",
        ),
        Good("def f(text: str):\n    return [text[at:] for at in range(len(text))]\n", "All the ends are wanted."),
        Good(
            "def f(data: bytearray):\n    view = memoryview(data)\n    return [view[at:] for at in data]\n",
            "Nothing is copied.",
        ),
    ),
)


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for rest in facts.structure.all(n.Subscript):
        match rest:
            case n.Subscript(
                value=(n.Name() | n.Attribute()) as data, index=n.Slice(lower=n.Expr() as at, upper=None, step=None)
            ):
                pass
            case _:
                continue
        kind = facts.type_of(data).name
        if kind not in ("str", "bytes") or not facts.is_long(data):
            continue
        start = _start(facts, rest)
        if start is None and not _is_start(facts, rest):
            continue
        loops = [loop for loop in facts.repeats(data, facts.place(rest)) if facts.varies(at, loop)]
        if not loops:
            continue
        source, rounds = facts.source(data), facts.cost(loops)
        cost = facts.cost(loops, facts.sizes.of(data))
        message = f"Each round copies the rest of `{source}` to look at its start: O({cost}); looking in place makes it O({rounds})"
        yield facts.finding(rule, rest, message, cost, rounds, _fix(facts, start, data, at) if start else None)


def _start(facts: Facts, rest: n.Subscript) -> n.Call | None:
    """The question whether the rest starts with something."""
    method = facts.structure.parent.get(rest)
    call = facts.structure.parent.get(method) if isinstance(method, n.Attribute) else None
    match call:
        case n.Call(func=n.Attribute(attr="startswith"), args=[word], keywords=[]) if not isinstance(word, n.Starred):
            return call
    return None


def _is_start(facts: Facts, rest: n.Expr) -> bool:
    """Whether only the start of the rest is used: it is cut again, unpacked or matched, or its name is used so."""
    around = facts.structure.parent.get(rest)
    match around:
        case n.Subscript(value=value, index=n.Slice(upper=upper)):
            return value is rest and upper is not None
        case n.Subscript(value=value, index=n.Constant()):
            return value is rest
        case n.Attribute(attr="startswith"):
            return True
        case n.Call(func=n.Attribute(value=pattern, attr=("match" | "fullmatch")), args=[only]):
            return only is rest and facts.type_of(pattern).name == "pattern"
        case n.Call():
            return facts.inference.callee(around) in ("struct.unpack_from", "struct.iter_unpack")
        case n.Assign(targets=[n.Name(id=name)]):
            scope = facts.place(around).scope
            uses = scope.uses.get(name, ())
            return len(scope.bindings[name]) == 1 and bool(uses) and all(_is_start(facts, use) for use in uses)
    return False


def _fix(facts: Facts, call: n.Call, data: n.Expr, at: n.Expr) -> Fix | None:
    draft = Draft(facts)
    word = call.args[0]
    better = f"{facts.source(data)}.startswith({facts.source(word)}, {facts.source(at)})"
    draft.replace(call, better)
    title = f"Write `{better}`"
    if not isinstance(word, n.Constant) or not word.value:
        return draft.fix("verify", title, "An empty start is nowhere behind the end.")
    return draft.fix("safe", title)
