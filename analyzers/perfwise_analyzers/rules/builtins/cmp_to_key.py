"""Items are sorted by a function that compares two of them, where a key of each would do.

# What it costs

`sorted(xs, key=cmp_to_key(compare))` calls a Python function for each of the n * log(n) comparisons.

# The cheaper form

`sorted(xs, key=lambda x: x.size)` works out one key for each of the n items, and compares the keys in C. For several
criteria the key is a tuple; for one that goes the other way `reverse=True`, or a minus before a number.

# When it does not pay

For a handful of items. An order that no key can say, as that of `a + b > b + a`, is never told of.

# Fix safety

To be verified: the differences of floats may be NaN, and a key of items of several types may have no order.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.comparing import compares_by_key, pair_of
from perfwise_analyzers.finding import Finding, Fix
from perfwise_analyzers.fixing.draft import Draft
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW405",
    name="cmp-to-key",
    summary="Items are sorted by a comparison function, where a key would do.",
    triggers=("cmp_to_key",),
    severity="hint",
    bad=(
        Bad(
            code="""\
from functools import cmp_to_key


def by_price(offers):
    return sorted(offers, key=cmp_to_key(lambda a, b: b["price"] - a["price"]))
""",
            better="""\
from functools import cmp_to_key


def by_price(offers):
    return sorted(offers, key=lambda a: a["price"], reverse=True)
""",
            call='by_price([{"price": n * 7919 % 1000} for n in range(1000)])',
            level="verify",
        ),
        Bad(
            code="""\
import functools


def compare(a, b):
    if a[1] != b[1]:
        return -1 if a[1] < b[1] else 1
    return a[0] - b[0]


def ranked(pairs):
    pairs = list(pairs)
    pairs.sort(key=functools.cmp_to_key(compare))
    return pairs
""",
            better="""\
def ranked(pairs):
    return sorted(pairs, key=lambda pair: (pair[1], pair[0]))
""",
            call="ranked([(n, n * 7919 % 50) for n in range(1000)])",
            level="advice",
        ),
    ),
    good=(
        Good(
            "from functools import cmp_to_key\n\ndef f(xs: list[str]):\n"
            "    return sorted(xs, key=cmp_to_key(lambda a, b: -1 if a + b > b + a else 1))\n",
            "No key can say this order.",
        ),
        Good(
            "from functools import cmp_to_key\nfrom locale import strcoll\n\ndef f(xs):\n"
            "    return sorted(xs, key=cmp_to_key(strcoll))\n",
            "What `strcoll` compares cannot be seen.",
        ),
        Good(
            "from functools import cmp_to_key\n\ndef f(xs, compare):\n    return sorted(xs, key=cmp_to_key(compare))\n",
            "The comparison is given.",
        ),
    ),
)


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for call in facts.structure.all(n.Call):
        if facts.inference.callee(call) != "functools.cmp_to_key" or len(call.args) != 1:
            continue
        compare = call.args[0]
        if not _is_by_key(facts, compare) or _is_short(facts, call):
            continue
        message = "A Python function is called for each comparison; a key is worked out once for each item"
        yield facts.finding(rule, call, message, fix=_fix(facts, call, compare))


def _is_by_key(facts: Facts, compare: n.Expr) -> bool:
    if isinstance(compare, n.Lambda):
        return compares_by_key(facts, compare)
    if not isinstance(compare, n.Name):
        return False
    bindings = facts.inference.bindings(compare)
    if bindings is None:
        summary = facts.environment.lookup(compare.id)
        return summary is not None and summary.kind == "function" and summary.by_key
    return all(isinstance(b.value, (n.FunctionDef, n.Lambda)) and compares_by_key(facts, b.value) for b in bindings)


def _sort(facts: Facts, call: n.Call) -> tuple[n.Keyword, n.Call] | None:
    """The keyword the key is given as, and the call that sorts."""
    keyword = facts.structure.parent.get(call)
    if not isinstance(keyword, n.Keyword) or keyword.arg != "key":
        return None
    around = facts.structure.parent.get(keyword)
    return (keyword, around) if isinstance(around, n.Call) else None


def _is_short(facts: Facts, call: n.Call) -> bool:
    sort = _sort(facts, call)
    if sort is None:
        return False
    items = sort[1].args[0] if sort[1].args else getattr(sort[1].func, "value", None)
    return isinstance(items, n.Expr) and not facts.is_long(items)


def _fix(facts: Facts, call: n.Call, compare: n.Expr) -> Fix | None:
    sort = _sort(facts, call)
    if sort is None or not isinstance(compare, n.Lambda):
        return None
    names = tuple(parameter.name for parameter in compare.params)
    pair = pair_of(facts, compare.body, names) if isinstance(compare.body, n.BinOp) else None
    if pair is None or isinstance(pair[0], n.Name):
        return None
    key, ascends = pair
    keyword, around = sort
    if not ascends and (
        any(other.arg != "key" for other in around.keywords)
        or (facts.inference.callee(around) != "builtins.sorted" and getattr(around.func, "attr", "") != "sort")
    ):
        return None
    draft = Draft(facts)
    better = f"key=lambda {names[0]}: {facts.source(key)}" + ("" if ascends else ", reverse=True")
    draft.replace(keyword, better)
    reason = "The keys may be of several types, or NaN."
    return draft.fix("verify", f"Sort with `{better}`", reason)
