"""A function calls itself with all but one item of its argument.

# What it costs

`f(xs[1:])` copies all that is left at every level: len(xs) * len(xs) / 2 items in all, and all the copies are alive
at the deepest level.

# The cheaper form

A loop over the items; or, where recursion says it better, an index that is passed along with the whole.

# When it does not pay

For sequences of a dozen items. Recursion over more than a thousand fails anyway.

# Fix safety

Advice only: a loop raises no RecursionError, and a helper with an index is another function.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.recursion import SelfCall, branching_calls, self_calls
from perfwise_analyzers.finding import Finding
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW118",
    name="slice-recursion",
    summary="Each level of a recursion copies all but one of the items.",
    triggers=("[1:", ":-1]", "*", "[2:"),
    bad=(
        Bad(
            code="""\
def total(numbers):
    if not numbers:
        return 0
    return numbers[0] + total(numbers[1:])
""",
            better="""\
def total(numbers):
    found = 0
    for number in reversed(numbers):
        found = number + found
    return found
""",
            call="total(list(range(900)))",
            level="advice",
        ),
    ),
    good=(
        Good("def f(xs, i=0):\n    return 0 if i == len(xs) else xs[i] + f(xs, i + 1)\n", "An index is passed along."),
        Good(
            "def sort(xs):\n    m = len(xs) // 2\n    return merge(sort(xs[:m]), sort(xs[m:])) if m else xs\n",
            "Halves are copied len(xs) * log(len(xs)) times in all.",
        ),
        Good("def f(xs):\n    return g(xs[1:])\n", "It does not call itself."),
        Good(
            "def get(tree, path):\n    return get(tree[path[0]], path[1:]) if path else tree\n",
            "The path is as short as the tree is deep.",
        ),
    ),
)


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    told: set[n.FunctionDef] = set()
    calls = list(self_calls(facts))
    for call in calls:
        if call.function in told or _descends(call):
            continue
        if call in branching_calls(facts, [other for other in calls if other.function is call.function]):
            continue  # That the calls double is worse than what they copy.
        for parameter, argument in call.arguments.items():
            if not call.is_cut(argument, parameter) or not _ends_when_empty(facts, call, parameter):
                continue
            told.add(call.function)
            size = f"len({parameter})"
            remedy = f"a loop, or an index passed along, makes it O({size})"
            message = f"Each level copies all but an end of `{parameter}`: O({size}^2); {remedy}"
            yield facts.finding(rule, call.node, message, f"{size}^2", size)
            break


def _ends_when_empty(facts: Facts, call: SelfCall, parameter: str) -> bool:
    """Whether the function asks how many items there are, as one does that goes on until none is left."""
    for test in _tests(call.function):
        for node in n.descendants(test):
            if not isinstance(node, n.Name) or node.id != parameter:
                continue
            match facts.structure.parent.get(node):
                case n.Call() as around if facts.inference.callee(around) == "builtins.len":
                    return True
                case n.UnaryOp() | n.BoolOp() | n.If() | n.IfExp() | n.Match():
                    return True
                case n.Compare(comparators=[n.Constant() | n.List(elts=[]) | n.Tuple(elts=[])]):
                    return True
    return False


def _tests(function: n.FunctionDef) -> Iterator[n.Expr]:
    for node in n.descendants(function):
        match node:
            case n.If(test=test) | n.IfExp(test=test):
                yield test
            case n.Match(subject=subject):
                yield subject
            case n.Return(value=n.BoolOp() as test):
                yield test


def _descends(call: SelfCall) -> bool:
    """Whether another argument goes down into a structure, whose depth is then how often it is cut."""
    for parameter, argument in call.arguments.items():
        if call.is_cut(argument, parameter):
            continue
        match argument:
            case n.Subscript(index=index) if not isinstance(index, n.Slice):
                root: n.Expr = argument
                while isinstance(root, (n.Attribute, n.Subscript)):
                    root = root.value
                if isinstance(root, n.Name) and root.id in call.arguments:
                    return True
            case n.Attribute() | n.Call():
                return True
    return False
