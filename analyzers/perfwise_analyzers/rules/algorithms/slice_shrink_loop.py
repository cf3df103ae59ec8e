"""A string, bytes or tuple is used up by cutting pieces off it.

# What it costs

`s = s[1:]` copies all that is left, for each piece: len(s) * len(s) / 2 items in all. `s.partition(...)` and
`s.split(sep, 1)`, whose last part becomes the new s, do the same.

# The cheaper form

Go through it with `for`, or keep a position and move that; split it once into all its parts; a `memoryview` of bytes
is sliced without a copy.

# When it does not pay

For a text of a line or two, and where the pieces are a large part of the whole.

# Fix safety

Safe where the loop takes item after item and uses what is left for nothing else. All other forms have no fix.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.inference import is_int
from perfwise_analyzers.facts.operations import Operation
from perfwise_analyzers.facts.structure import Loop
from perfwise_analyzers.finding import Finding, Fix
from perfwise_analyzers.fixing.draft import Draft, used_after
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW119",
    name="slice-shrink-loop",
    summary="What is left of a string, bytes or tuple is copied for each piece that is cut off.",
    triggers=("while", "for"),
    bad=(
        Bad(
            code="""\
def depth(text: str) -> int:
    level = deepest = 0
    while text:
        char = text[0]
        text = text[1:]
        level += (char == "(") - (char == ")")
        deepest = max(deepest, level)
    return deepest
""",
            better="""\
def depth(text: str) -> int:
    level = deepest = 0
    for char in text:
        level += (char == "(") - (char == ")")
        deepest = max(deepest, level)
    return deepest
""",
            call='depth("(()())" * 10000)',
        ),
        Bad(
            code="""\
def records(data: bytes, size: int) -> list[bytes]:
    found = []
    while data:
        found.append(data[:size])
        data = data[size:]
    return found
""",
            better="""\
def records(data: bytes, size: int) -> list[bytes]:
    return [data[start : start + size] for start in range(0, len(data), size)]
""",
            call='records(b"some" * 10000, 8)',
            level="advice",
        ),
    ),
    good=(
        Good("def f(text: str):\n    return text[1:]\n", "One copy."),
        Good("def f(lines: list[str]):\n    return [line[1:] for line in lines]\n", "Each round cuts another string."),
        Good(
            "def f(fd, data: bytes):\n    while data:\n        sent = fd.write(data)\n        data = data[sent:]\n",
            "It takes a round or two.",
        ),
        Good(
            "def f(path: str):\n    while path.startswith('./'):\n        path = path[2:]\n    return path\n",
            "Few such are in front.",
        ),
        Good(
            "def f(word: str, known):\n    while word:\n        known.add(word)\n        word = word[:-1]\n",
            "Each beginning of the word is wanted.",
        ),
        Good(
            "def f(xs: str):\n    for i in range(len(xs)):\n        rest = xs[i:]\n        print(rest)\n",
            "The string stays whole.",
        ),
    ),
)

_COPIED = frozenset({"str", "bytes", "tuple"})
_SENDING = frozenset({"write", "send", "sendto", "sendmsg", "write_bytes", "readinto", "recv_into"})
_TEXT_ONLY = frozenset(
    {"startswith", "endswith", "partition", "lstrip", "rstrip", "strip", "isdigit", "isalpha", "isspace", "lower"}
)


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    told: set[Loop] = set()
    for operation in facts.operations("shrink"):
        container = operation.container
        if operation.spelling == "strip" or not _is_copied(facts, operation) or not _is_step(facts, operation.item):
            continue
        loops = facts.growing_loops(operation)
        if not loops or loops[0] in told or _only_trims(facts, loops[0], operation):
            continue
        if _is_used_whole(facts, loops[0], operation):
            continue
        told.add(loops[0])
        source, size = facts.source(container), facts.sizes.of(container)
        message = f"Each round copies what is left of `{source}`: O({size}^2); moving a position through it makes it O({size})"
        yield facts.finding(rule, operation.node, message, f"{size}^2", size, _fix(facts, operation, loops))


def _is_copied(facts: Facts, operation: Operation) -> bool:
    container = operation.container
    kind = facts.type_of(container).name
    if isinstance(container, n.Name) and _is_star(facts, container):
        return False  # What a call writes out is short.
    if kind != "unknown" or not isinstance(container, n.Name):
        return kind in _COPIED
    if operation.spelling == "split":
        return True
    for use in facts.place(container).scope.uses.get(container.id, ()):
        match facts.structure.parent.get(use):
            case n.Attribute(attr=method) if method in _TEXT_ONLY:
                return True
            case n.Subscript() as part if _is_compared_with_text(facts, part):
                return True
    return False


def _is_star(facts: Facts, name: n.Name) -> bool:
    bindings = facts.place(name).scope.bindings.get(name.id, ())
    return any(isinstance(binding.node, n.Parameter) and binding.node.kind == "star" for binding in bindings)


def _is_compared_with_text(facts: Facts, part: n.Subscript) -> bool:
    match facts.structure.parent.get(part):
        case n.Compare(left=left, comparators=[n.Constant(kind=("str" | "bytes"), value=text)]):
            return left is part and isinstance(text, (str, bytes)) and len(text) == 1
    return False


def _is_step(facts: Facts, bound: n.Expr | None, depth: int = 0) -> bool:
    """Whether a bound is the length of a piece: not what a call that used all it could gave back."""
    match bound:
        case None | n.Constant():
            return True
        case n.BinOp(op=("//" | "/" | ">>")):
            return False
        case n.BinOp(left=left, right=right):
            return _is_step(facts, left, depth) and _is_step(facts, right, depth)
        case n.Call(func=n.Attribute(attr=method)):
            return method not in _SENDING
        case n.Call() | n.Attribute() | n.Subscript():
            return True
        case n.Name() if depth < 4:
            bindings = facts.inference.bindings(bound)
            return all(
                binding.kind in ("parameter", "unpack", "loop")
                or (
                    binding.kind == "assign"
                    and isinstance(binding.value, n.Expr)
                    and _is_step(facts, binding.value, depth + 1)
                )
                for binding in bindings or ()
            )
    return False


def _only_trims(facts: Facts, loop: Loop, operation: Operation) -> bool:
    """`while s.startswith(...)`: what is repeated at an end is not repeated often."""
    if not isinstance(loop.node, n.While):
        return False
    for node in n.descendants(loop.node.test):
        match node:
            case n.Attribute(value=value, attr=("startswith" | "endswith")):
                if facts.effects.same(value, operation.container):
                    return True
            case n.Compare(left=n.Subscript(value=value), ops=["=="]) if len(loop.node.body) == 1:
                if facts.effects.same(value, operation.container):
                    return True
    return False


def _is_used_whole(facts: Facts, loop: Loop, operation: Operation) -> bool:
    """Whether the loop hands on all that is left, so that there has to be a copy of it."""
    for use in facts.effects.inside(loop):
        if not isinstance(use, type(operation.container)) or not facts.effects.same(use, operation.container):
            continue
        match facts.structure.parent.get(use):
            case n.Call(func=n.Attribute(attr=("match" | "search" | "unpack_from" | "find"))):
                pass
            case n.Call() as call if facts.inference.callee(call) != "builtins.len":
                return True
            case n.Subscript(index=index) if index is use:
                return True
            case n.Assign(value=value) if value is use:
                return True
            case n.List() | n.Dict() | n.Yield() | n.Return() | n.Keyword() | n.JoinedStr() | n.For() | n.Generator():
                return True
            case n.Compare(comparators=[asked], ops=["in" | "not in"]) if asked is not use:
                return True
    return False


def _fix(facts: Facts, operation: Operation, loops: list[Loop]) -> Fix | None:
    """`while s: c = s[0]; s = s[1:]; ...` becomes `for c in s: ...`."""
    container = operation.container
    if operation.spelling != "front" or not is_int(operation.item, 1) or not isinstance(container, n.Name):
        return None
    match loops[0].node:
        case n.While(test=n.Name() as test, body=[n.Assign() as first, second, third, *_], orelse=[]) as loop:
            pass
        case _:
            return None
    match first:
        case n.Assign(targets=[n.Name(id=item)], value=n.Subscript(value=n.Name() as read, index=index)):
            if second is not operation.node or not is_int(index, 0) or item == container.id:
                return None
        case _:
            return None
    assert isinstance(second, n.Assign)
    scope = facts.place(container).scope
    uses = [use for use in scope.uses.get(container.id, ()) if loops[0].start <= use.start < loops[0].end]
    allowed = (test, read, container)
    if not all(facts.effects.same(each, container) for each in allowed) or any(use not in allowed for use in uses):
        return None
    if used_after(facts, container.id, loop):
        return None
    draft = Draft(facts)
    start, end = facts.positions.line_start(first.start), facts.positions.line_start(third.start)
    if "#" in facts.text[loop.start : end] or len(loops) != 1:
        return None
    draft.edit(loop.start, test.end, f"for {item} in {container.id}")
    draft.edit(start, end, "")
    title = f"Go through `{container.id}` with `for`"
    if facts.type_of(container).name not in _COPIED:
        return draft.fix("verify", title, f"`{container.id}` is not known to be a string, bytes or a tuple.")
    return draft.fix("safe", title)
