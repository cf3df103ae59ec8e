"""The bits of a number are counted by way of its text, or one by one.

# What it costs

`bin(n).count("1")` makes a string of all bits, and a loop over the bits runs bytecode for each.

# The cheaper form

`n.bit_count()` counts them in C, five times as fast and more.

# When it does not pay

For a number now and then: outside of loops `bin(n).count("1")` is not told of.

# Fix safety

Safe when the number is known to be an int. Otherwise it is to be verified: what only has an `__index__` has no
`bit_count`.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.inference import is_int
from perfwise_analyzers.finding import Finding, Fix
from perfwise_analyzers.fixing.draft import Draft, in_parentheses
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW407",
    name="bit-count",
    summary="The bits of a number are counted by way of its text, or one by one.",
    triggers=('"1"', "'1'", "&", "%"),
    severity="hint",
    bad=(
        Bad(
            code="""\
def weights(numbers: list[int]) -> list[int]:
    return [bin(number).count("1") for number in numbers]
""",
            better="""\
def weights(numbers: list[int]) -> list[int]:
    return [number.bit_count() for number in numbers]
""",
            call="weights(list(range(100000, 102000)))",
        ),
        Bad(
            code="""\
def weight(number: int) -> int:
    count = 0
    while number:
        count += number & 1
        number >>= 1
    return count
""",
            better="""\
def weight(number: int) -> int:
    return number.bit_count()
""",
            call="weight(2**60 - 1)",
            level="advice",
        ),
    ),
    good=(
        Good("def f(xs: list[int]):\n    return [bin(x).count('0') for x in xs]\n", "The zeros are counted."),
        Good("def f(n: int):\n    return bin(n).count('1')\n", "It is done once."),
        Good("def f(xs: list[str]):\n    return [x.count('1') for x in xs]\n", "Ones in texts are counted."),
        Good(
            "def f(n: int):\n    total = 0\n    while n:\n        total += n & 3\n        n >>= 1\n    return total\n",
            "More than one bit is added.",
        ),
        Good(
            "def f(n: int):\n    bits = []\n    while n:\n        bits.append(n & 1)\n        n >>= 1\n    return bits\n",
            "The bits themselves are wanted.",
        ),
    ),
)


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for call in facts.structure.all(n.Call):
        number = _counted(facts, call)
        if number is not None and facts.is_repeated(call) and not _is_of_array(facts, number):
            message = f"`{facts.source(call)}` makes a text of all bits to count some; `bit_count` counts them at once"
            yield facts.finding(rule, call, message, fix=_fix(facts, call, number))
    for loop in facts.structure.all(n.While):
        name = _tested(loop.test)
        if name is not None and len(loop.body) == 2 and _counts_bits(loop.body, name):
            message = f"The loop counts the bits one by one; `{name}.bit_count()` counts them at once"
            yield facts.finding(rule, loop, message)


def _counted(facts: Facts, call: n.Call) -> n.Expr | None:
    """The number whose ones are counted in its text: in that of `bin`, or of the format `b`."""
    match call:
        case n.Call(func=n.Attribute(value=text, attr="count"), args=[n.Constant(kind="str", value="1")], keywords=[]):
            pass
        case _:
            return None
    if isinstance(text, n.Subscript) and isinstance(text.index, n.Slice) and is_int(text.index.lower, 2):
        text = text.value
    match text:
        case n.Call(args=[number]) if facts.inference.callee(text) == "builtins.bin":
            return number
        case n.Call(args=[number, n.Constant(value="b")]) if facts.inference.callee(text) == "builtins.format":
            return number
        case n.JoinedStr(values=[number]):
            fields = (
                facts.text[text.start : number.start].endswith('f"{') and facts.text[number.end : text.end] == ':b}"'
            )
            return number if fields else None
    return None


def _is_of_array(facts: Facts, number: n.Expr) -> bool:
    """Whether the number comes from an array, whose integers have no such method in older releases."""
    bindings = facts.inference.bindings(number) if isinstance(number, n.Name) else None
    return any(
        isinstance(binding.value, n.Expr) and facts.type_of(binding.value).name == "ndarray"
        for binding in bindings or ()
    )


def _fix(facts: Facts, call: n.Call, number: n.Expr) -> Fix | None:
    draft = Draft(facts)
    source = facts.source(number)
    plain = isinstance(number, (n.Name, n.Attribute, n.Subscript, n.Call))
    better = f"{source if plain else f'({source})'}.bit_count()"
    draft.replace(call, in_parentheses(facts, call, better) if isinstance(number, n.Await) else better)
    title = f"Write `{better}`"
    if not facts.type_of(number).is_sure("int", "bool"):
        return draft.fix("verify", title, f"`{source}` is not known to be an int.")
    return draft.fix("safe", title)


def _tested(test: n.Expr) -> str | None:
    """The number that a loop uses up."""
    match test:
        case n.Name(id=name):
            return name
        case n.Compare(left=n.Name(id=name), ops=[(">" | "!=")], comparators=[zero]) if is_int(zero, 0):
            return name
    return None


def _counts_bits(body: list[n.Stmt], name: str) -> bool:
    """Whether one statement adds the lowest bit to a count and the other drops it, or one drops the lowest bit that is
    set and the other counts it."""
    first = {_step(stmt, name) for stmt in body}
    return first in ({"adds bit", "drops bit"}, {"adds one", "drops one"}, {"adds bit if", "drops bit"})


def _step(stmt: n.Stmt, name: str) -> str:
    match stmt:
        case n.AugAssign(target=n.Name(id=count), op="+", value=value) if count != name:
            return "adds bit" if _is_bit(value, name) else "adds one" if is_int(value, 1) else ""
        case n.If(test=test, body=[n.AugAssign(op="+", value=one)], orelse=[]) if is_int(one, 1):
            match test:
                case n.Compare(left=bit, ops=["=="], comparators=[one]) if is_int(one, 1):
                    return "adds bit if" if _is_bit(bit, name) else ""
            return "adds bit if" if _is_bit(test, name) else ""
        case n.AugAssign(target=n.Name(id=shifted), op=op, value=value) if shifted == name:
            return _drop(op, value, name)
        case n.Assign(targets=[n.Name(id=shifted)], value=n.BinOp(left=n.Name(id=left), op=op, right=value)):
            return _drop(op, value, name) if shifted == left == name else ""
    return ""


def _drop(op: str, value: n.Expr, name: str) -> str:
    if (op == ">>" and is_int(value, 1)) or (op == "//" and is_int(value, 2)):
        return "drops bit"
    match value:
        case n.BinOp(left=n.Name(id=less), op="-", right=one) if op == "&" and less == name and is_int(one, 1):
            return "drops one"
    return ""


def _is_bit(value: n.Expr, name: str) -> bool:
    match value:
        case n.BinOp(left=n.Name(id=left), op="&", right=right):
            return left == name and is_int(right, 1)
        case n.BinOp(left=n.Name(id=left), op="%", right=right):
            return left == name and is_int(right, 2)
    return False
