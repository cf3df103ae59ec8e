"""A function calls itself as the last thing it does, where a loop would go on.

# What it costs

Each round is a call, one and a half times the time of a loop's round and more, and keeps a frame: Python does not give
up the caller's, and raises RecursionError after a thousand.

# The cheaper form

`while` with the parameters assigned anew: `a, b = b, a % b`.

# When it does not pay

When each call does much work of its own, or the way is short, as up to a parent; there nothing is said.

# Fix safety

There is no automatic fix: where the recursion was too deep, the loop goes on instead of raising RecursionError.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.recursion import SelfCall, self_calls
from perfwise_analyzers.facts.structure import own_nodes
from perfwise_analyzers.finding import Finding
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW128",
    name="tail-recursion",
    summary="A function calls itself as the last thing it does, where a loop would go on.",
    triggers=("return",),
    severity="hint",
    bad=(
        Bad(
            code="""\
def common_divisor(a: int, b: int) -> int:
    return a if b == 0 else common_divisor(b, a % b)


def all_divisors(n: int) -> list[int]:
    return [common_divisor(n, i) for i in range(n)]
""",
            better="""\
def common_divisor(a: int, b: int) -> int:
    while b != 0:
        a, b = b, a % b
    return a


def all_divisors(n: int) -> list[int]:
    return [common_divisor(n, i) for i in range(n)]
""",
            call="all_divisors(3001)",
            level="advice",
        ),
        Bad(
            code="""\
def total(numbers, i=0, so_far=0):
    if i == len(numbers):
        return so_far
    return total(numbers, i + 1, so_far + numbers[i])
""",
            better="""\
def total(numbers, i=0, so_far=0):
    while i != len(numbers):
        so_far += numbers[i]
        i += 1
    return so_far
""",
            call="total(list(range(800)))",
            level="advice",
        ),
    ),
    good=(
        Good(
            "def f(client, page, items):\n    reply = client.get(page)\n    items.extend(reply.items)\n    return f(client, page + 1, items) if reply.more else items\n",
            "Each call reads a page.",
        ),
        Good("def f(n):\n    return 1 if n < 2 else n * f(n - 1)\n", "Something is done after the call."),
        Good("def f(n, g):\n    g(n)\n    return f(n - 1, g) if n else None\n", "Each call does work of its own."),
        Good(
            "from functools import cache\n\n@cache\ndef f(a, b):\n    return a if b == 0 else f(b, a % b)\n",
            "What it gives is remembered.",
        ),
        Good(
            "def f(n):\n    try:\n        return f(n - 1)\n    except ValueError:\n        return n\n",
            "It waits to catch.",
        ),
        Good("def f(node):\n    return f(node.parent) if node.parent else node\n", "The way up is mostly short."),
        Good(
            "class A:\n    def f(self, n):\n        return n if n < 2 else self.f(n - 1)\n",
            "Another class may have its own.",
        ),
    ),
)


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    calls: dict[n.FunctionDef, list[SelfCall]] = {}
    for call in self_calls(facts):
        calls.setdefault(call.function, []).append(call)
    for function, own in calls.items():
        if function.decorators or function.is_async or not all(_is_last(facts, call) for call in own):
            continue
        if not _is_cheap(facts, function, {call.node for call in own}):
            continue
        yield facts.finding(
            rule,
            own[0].node,
            f"`{function.name}` calls itself to go on, and each call keeps its frame; a `while` loop goes on without",
        )


def _is_last(facts: Facts, call: SelfCall) -> bool:
    """Whether what the call gives is returned as it is, with the parameters for the next round."""
    if not isinstance(call.node.func, n.Name) or call.node.keywords or facts.place(call.node).loop is not None:
        return False
    if any(call.is_cut(argument, name) for name, argument in call.arguments.items()):
        return False
    if not any(map(_is_counted, call.arguments.values())):
        return False
    inner: n.Node = call.node
    for around in facts.structure.ancestors(call.node):
        match around:
            case n.IfExp(test=test) if test is not inner:
                pass
            case n.Return() | n.If():
                pass
            case n.FunctionDef():
                return around is call.function
            case _:
                return False
        inner = around
    return False


def _is_counted(argument: n.Expr) -> bool:
    """Whether an argument steps on by arithmetic. A way up to a parent, or into what is wrapped, is mostly short."""
    match argument:
        case n.BinOp(op=("+" | "-" | "//" | ">>")):
            return True
        case n.BinOp(op="%", right=right):
            return not isinstance(right, n.Constant)
    return False


def _asks(facts: Facts, node: n.Node) -> bool:
    """Whether a call may ask another machine: `client.get(page)`, where nothing says that it is a dict's."""
    match node:
        case n.Call(func=n.Attribute(value=receiver, attr="get")):
            return not facts.type_of(receiver).known
    return False


def _is_cheap(facts: Facts, function: n.FunctionDef, calls: set[n.Call]) -> bool:
    """Whether a round takes little beside the call, and nothing keeps a parameter of its own round."""
    for stmt in function.body:
        for node in own_nodes(stmt):
            if isinstance(node, (n.FunctionDef, n.Lambda, n.For, n.While, n.Comprehension, n.Yield)):
                return False
            if node not in calls and (facts.effects.is_opaque(node) or _asks(facts, node)):
                return False
    return all(parameter.kind == "positional" for parameter in function.params)
