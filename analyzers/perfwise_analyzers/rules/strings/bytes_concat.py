"""Bytes are grown piece by piece.

# What it costs

`data += chunk` on bytes copies all of the data for every chunk: n chunks of m bytes are n * n * m / 2 copies. (A local
string CPython can grow in place; bytes it cannot.)

# The cheaper form

Collect the chunks in a list and join them once after the loop. Where the loop reads the data while it grows, a
`bytearray` grows in place.

# When it does not pay

For a few chunks, or data of some hundred bytes.

# Fix safety

Collecting is safe when the chunks are known to be bytes, the data is a local variable that only this addition uses in
the loop, and no `try` is around the loop. Otherwise, and for a `bytearray`, it is to be verified: a `bytearray` does
not hash, and is no `bytes` for who asks.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.operations import Operation
from perfwise_analyzers.facts.structure import Loop
from perfwise_analyzers.finding import Finding, Fix
from perfwise_analyzers.fixing.collecting import collected, first_of_each, grown_type, why_seen
from perfwise_analyzers.fixing.draft import Draft, leaves
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW502",
    name="bytes-concat",
    summary="Bytes are grown in a loop: every addition copies the data.",
    triggers=("for", "while"),
    bad=(
        Bad(
            code="""\
def packed(chunks: list[bytes]) -> bytes:
    data = b""
    for chunk in chunks:
        data += chunk
    return data
""",
            better="""\
def packed(chunks: list[bytes]) -> bytes:
    data = b""
    data_parts = [data]
    for chunk in chunks:
        data_parts.append(chunk)
    data = b"".join(data_parts)
    return data
""",
            call='packed([b"some bytes of a chunk, and some more"] * 4000)',
        ),
        Bad(
            code="""\
def filled(chunk: bytes, size: int) -> bytes:
    data = b""
    while len(data) < size:
        data = data + chunk[: size - len(data)]
    return data
""",
            better="""\
def filled(chunk: bytes, size: int) -> bytes:
    data = b""
    data = bytearray(data)
    while len(data) < size:
        data += chunk[: size - len(data)]
    data = bytes(data)
    return data
""",
            call='filled(b"some bytes of a chunk, and some more", 160000)',
            level="verify",
        ),
    ),
    good=(
        Good(
            "def f(chunks):\n    b = bytearray()\n    for chunk in chunks:\n        b += chunk\n    return b\n",
            "A bytearray grows in place.",
        ),
        Good("def f(head: bytes, body: bytes):\n    head += body\n    return head\n", "One addition."),
        Good(
            "def f(bs: list[bytes]):\n    return [b + b'!' for b in bs]\n",
            "Each chunk is added to once.",
        ),
        Good(
            "def f(chunks: list[bytes], send):\n    for chunk in chunks:\n        data = b'>'\n        data += chunk\n"
            "        send(data)\n",
            "The data starts anew in each round.",
        ),
        Good(
            "def f(lines: list[str]):\n    s = ''\n    for line in lines:\n        s += line\n    return s\n",
            "CPython grows a local string in place.",
        ),
    ),
)

# Methods that a bytearray has as bytes has, with the same results.
_SHARED = frozenset({"startswith", "endswith", "find", "rfind", "index", "rindex", "count"})


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for operation, loops in first_of_each(facts, facts.operations("concatenation")):
        container = operation.container
        # What a helper adds to is as a rule a buffer, which something else empties.
        if operation.helper or grown_type(facts, operation) != "bytes":
            continue
        source, rounds = facts.source(container), facts.cost(loops)
        cost = facts.cost(loops, facts.sizes.of(container))
        message = (
            f"Each round copies the bytes in `{source}` to add to them: O({cost}); joining the pieces once, or a "
            f"bytearray, makes it O({rounds})"
        )
        yield facts.finding(rule, operation.node, message, cost, rounds, _fix(facts, operation, loops))


def _fix(facts: Facts, operation: Operation, loops: list[Loop]) -> Fix | None:
    draft = collected(facts, operation, loops, 'b""')
    if draft is None or operation.item is None:
        return _grown_in_place(facts, operation, loops)
    title = f"Collect the pieces of `{facts.source(operation.container)}` and join them after the loop"
    if not facts.type_of(operation.item).is_sure("bytes"):
        return draft.fix("verify", title, "The pieces are not known to be bytes.")
    reason = why_seen(facts, operation)
    return draft.fix("verify" if reason else "safe", title, reason)


def _grown_in_place(facts: Facts, operation: Operation, loops: list[Loop]) -> Fix | None:
    """The data is a bytearray while the loop runs."""
    container, item, outer = operation.container, operation.item, loops[-1]
    if item is None or not isinstance(container, n.Name) or operation.spelling not in ("augmented", "plus"):
        return None
    if not isinstance(outer.node, (n.For, n.While)) or leaves(outer) or outer.node.orelse:
        return None
    for node in facts.effects.inside(outer):
        if isinstance(node, n.Name) and node.id == container.id and not _is_only_looked_at(facts, node, operation):
            return None
    draft = Draft(facts)
    source = facts.source(container)
    draft.before(outer.stmt, f"{source} = bytearray({source})")
    if operation.spelling == "plus":
        draft.replace(operation.node, f"{source} += {facts.source(item)}")
    draft.after(outer.stmt, f"{source} = bytes({source})")
    return draft.fix(
        "verify", f"Grow `{source}` in place as a bytearray", f"While the loop runs, `{source}` would not be bytes."
    )


def _is_only_looked_at(facts: Facts, use: n.Name, operation: Operation) -> bool:
    match facts.structure.parent.get(use):
        case n.Assign() | n.AugAssign() as stmt:
            return stmt is operation.node
        case n.BinOp() as sum_:
            return facts.structure.parent.get(sum_) is operation.node and use is operation.container
        case n.Call() as call:
            return facts.inference.callee(call) == "builtins.len"
        case n.Attribute(attr=method):
            return method in _SHARED
        case n.Subscript(value=value, index=index):
            return value is use and not isinstance(index, n.Slice)
        case n.While() | n.If() | n.UnaryOp(op="not") | n.BoolOp():
            return True
    return False
