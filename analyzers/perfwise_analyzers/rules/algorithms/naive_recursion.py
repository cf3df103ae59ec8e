"""A function calls itself twice and more for what overlaps, and forgets what it found.

# What it costs

`f(n - 1) + f(n - 2)` works out the same values again and again: the calls double, or nearly, with each step of n.

# The cheaper form

`@functools.cache` keeps each value once it is found, so that each is worked out once; or a loop that fills a table.

# When it does not pay

For arguments of a few steps. A cache keeps its values as long as the program runs.

# Fix safety

To be verified: arguments have to hash, 1, 1.0 and True share one answer, all who ask share one result, and what the
cache keeps is never let go.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.known import MUTATING
from perfwise_analyzers.facts.recursion import SelfCall, branching_calls, self_calls
from perfwise_analyzers.facts.sizes import product
from perfwise_analyzers.facts.structure import own_nodes
from perfwise_analyzers.facts.types import unhashable
from perfwise_analyzers.finding import Finding, Fix
from perfwise_analyzers.fixing.draft import Draft
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW117",
    name="naive-recursion",
    summary="A recursion works out the same values again and again.",
    triggers=("def ",),
    bad=(
        Bad(
            code="""\
def ways(steps: int) -> int:
    if steps < 2:
        return 1
    return ways(steps - 1) + ways(steps - 2)
""",
            better="""\
from functools import cache


@cache
def ways(steps: int) -> int:
    if steps < 2:
        return 1
    return ways(steps - 1) + ways(steps - 2)
""",
            call="ways(20)",
            level="verify",
        ),
        Bad(
            code="""\
def common(a, b, i, j):
    if i == len(a) or j == len(b):
        return 0
    if a[i] == b[j]:
        return 1 + common(a, b, i + 1, j + 1)
    return max(common(a, b, i + 1, j), common(a, b, i, j + 1))
""",
            better="""\
from functools import cache


@cache
def common(a, b, i, j):
    if i == len(a) or j == len(b):
        return 0
    if a[i] == b[j]:
        return 1 + common(a, b, i + 1, j + 1)
    return max(common(a, b, i + 1, j), common(a, b, i, j + 1))
""",
            call='common("abcabcdacb", "cbdacbdbac", 0, 0)',
            level="verify",
        ),
    ),
    good=(
        Good("def f(n):\n    return 1 if n < 2 else n * f(n - 1)\n", "Each level calls once."),
        Good(
            "from functools import cache\n\n@cache\ndef f(n):\n    return n if n < 2 else f(n - 1) + f(n - 2)\n",
            "Values are kept.",
        ),
        Good(
            "def f(n, m):\n    if n not in m:\n        m[n] = f(n - 1, m) + f(n - 2, m)\n    return m[n]\n",
            "Values are kept by hand.",
        ),
        Good(
            "def size(node):\n    return 1 + size(node.left) + size(node.right) if node else 0\n",
            "No two calls get the same node.",
        ),
        Good(
            "def f(n):\n    if n % 2:\n        return f(n - 1)\n    return f(n - 2)\n",
            "Only one of the calls is made.",
        ),
        Good(
            "def f(n, marks):\n    if n:\n        f(n - 1, marks)\n        marks.append(n)\n        f(n - 1, marks)\n",
            "Each call does something.",
        ),
    ),
)


# Results that grow as the calls do cost as much to put together as to find.
_GROWING = frozenset({"list", "dict", "set", "str", "bytes"})


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    by_function: dict[n.FunctionDef, list[SelfCall]] = {}
    for call in self_calls(facts):
        by_function.setdefault(call.function, []).append(call)
    for function, calls in by_function.items():
        overlapping = [call for call in calls if _overlaps(facts, call)]
        branching = branching_calls(facts, overlapping)
        if not branching or len(overlapping) != len(calls):
            continue
        if function.is_async or _remembers(facts, function) or not _only_computes(facts, function):
            continue
        if facts.inference.returned(function).name in _GROWING:
            continue
        steps = dict.fromkeys(
            name
            for call in overlapping
            for name, argument in call.arguments.items()
            if _is_smaller(facts, call, argument, name)
        )
        cost, better = f"2^({' + '.join(steps)})" if len(steps) > 1 else f"2^{next(iter(steps))}", product(list(steps))
        message = (
            f"`{function.name}` works out the same values again and again: O({cost}); a cache makes it O({better})"
        )
        yield facts.finding(rule, branching[0].node, message, cost, better, _fix(facts, function, calls))


def _is_smaller(facts: Facts, call: SelfCall, argument: n.Expr, parameter: str) -> bool:
    return call.is_step(argument, parameter) or call.is_cut(argument, parameter) or _counts(facts, call, argument)


def _counts(facts: Facts, call: SelfCall, argument: n.Expr) -> bool:
    """`f(i) for i in range(n)`, with n a parameter."""
    bindings = facts.inference.bindings(argument) if isinstance(argument, n.Name) else None
    match bindings[0].value if bindings and len(bindings) == 1 and bindings[0].kind == "loop" else None:
        case n.Call(args=args) as ranged if facts.inference.callee(ranged) == "builtins.range":
            return any(isinstance(each, n.Name) and each.id in call.arguments for each in args)
    return False


def _overlaps(facts: Facts, call: SelfCall) -> bool:
    """Whether the call's arguments are those of the function, and some of them a little smaller."""
    smaller = False
    for parameter, argument in call.arguments.items():
        if _is_smaller(facts, call, argument, parameter):
            smaller = True
        elif not (isinstance(argument, n.Constant) or (isinstance(argument, n.Name) and argument.id == parameter)):
            return False
    return smaller


def _remembers(facts: Facts, function: n.FunctionDef) -> bool:
    """Whether a decorator, or another binding of the name, may do something about it."""
    if any(
        not isinstance(each, n.Name) or each.id not in ("staticmethod", "classmethod") for each in function.decorators
    ):
        return True
    scope = facts.structure.scope_of[function].parent
    if scope is not None and len(scope.bindings.get(function.name, ())) > 1:
        return True
    if scope is not None and scope.kind == "module" and not facts.owner:
        summary = facts.environment.lookup(function.name)
        return summary is not None and summary.kind != "function"
    return False


def _only_computes(facts: Facts, function: n.FunctionDef) -> bool:
    """Whether a call does nothing but give a value."""
    params = {parameter.name for parameter in function.params}
    for stmt in function.body:
        for node in own_nodes(stmt):
            match node:
                case n.Yield() | n.Await() | n.With() | n.Scope() | n.Delete():
                    return False
                case n.ExprStmt(value=value) if not isinstance(value, n.Constant):
                    if not _adds_to_own(facts, value, params):
                        return False
                case n.Assign(targets=targets) if any(not isinstance(each, (n.Name, n.Tuple)) for each in targets):
                    return False
                case n.AugAssign(target=target) if not isinstance(target, n.Name):
                    return False
                case n.Return(value=n.List() | n.Dict() | n.Set() | n.Comprehension()):
                    return False
                case n.Call(func=n.Attribute(attr=method)) if method in MUTATING and not _adds_to_own(
                    facts, node, params
                ):
                    return False
    return True


def _adds_to_own(facts: Facts, value: n.Expr, params: set[str]) -> bool:
    """`found.append(x)`, for a list of the function's own."""
    match value:
        case n.Call(func=n.Attribute(value=n.Name(id=name) as receiver)) if name not in params:
            return facts.effects.is_private(receiver)
    return False


def _fix(facts: Facts, function: n.FunctionDef, calls: list[SelfCall]) -> Fix | None:
    if function.decorators or not isinstance(calls[0].node.func, n.Name):
        return None
    kinds = [facts.type_of_parameter(parameter) for parameter in function.params]
    if any(unhashable(kind) for kind in kinds):
        return None
    draft = Draft(facts)
    cache = draft.imported("functools", "cache")
    draft.before(function, f"@{cache}")
    reason = "To a cache 1, 1.0 and True are one argument, and it keeps all it ever gave."
    return draft.fix("verify", f"Keep the values of `{function.name}`", reason)
