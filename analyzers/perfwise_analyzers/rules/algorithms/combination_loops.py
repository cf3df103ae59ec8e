"""Loops within loops try all combinations of items for those that add up to a given sum.

# What it costs

k loops over n items make n to the power of k combinations, nearly all of them for nothing.

# The cheaper form

The last item is known once the others are chosen: look it up in a set or dict, which saves one loop. For four items,
put the sums of all pairs in a dict and look up what each pair lacks: n * n steps in place of n to the power of four.

# When it does not pay

For a few items, or where nearly every combination fits.

# Fix safety

Advice only: the order of what is found, and how often it is found, depend on the loops.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.structure import Loop
from perfwise_analyzers.finding import Finding
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW126",
    name="combination-loops",
    summary="All combinations of items are tried for those that add up.",
    triggers=("==", "!="),
    bad=(
        Bad(
            code="""\
def zero_sums(a, b, c, d):
    found = 0
    for x in a:
        for y in b:
            for z in c:
                for w in d:
                    if x + y + z + w == 0:
                        found += 1
    return found
""",
            better="""\
from collections import Counter

def zero_sums(a, b, c, d):
    sums = Counter(x + y for x in a for y in b)
    return sum(sums[-z - w] for z in c for w in d)
""",
            call="zero_sums(range(20), range(-9, 9), range(-20, 9), range(5, 20))",
            level="advice",
        ),
        Bad(
            code="""\
from itertools import combinations

def triples(numbers, target):
    return [trio for trio in combinations(numbers, 3) if sum(trio) == target]
""",
            better="""\
def triples(numbers, target):
    last = {number: i for i, number in enumerate(numbers)}
    return [
        (a, b, target - a - b)
        for i, a in enumerate(numbers)
        for j, b in enumerate(numbers[i + 1 :], i + 1)
        if last.get(target - a - b, -1) > j
    ]
""",
            call="triples(list(range(100)), 100)",
            level="advice",
        ),
    ),
    good=(
        Good("def f(a, b):\n    return [x + y for x in a for y in b]\n", "All sums are wanted."),
        Good(
            "def f(a, b, t):\n    return [(x, y) for x in a for y in b if x + y < t]\n", "Sums are compared for order."
        ),
        Good(
            "def f(t):\n    return [(x, y) for x in range(6) for y in range(6) if x + y == t]\n",
            "The source fixes how many there are.",
        ),
        Good("def f(rows, t):\n    return [x for row in rows for x in row if x == t]\n", "Each item is met once."),
    ),
)


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for test in facts.structure.all(n.Compare):
        if test.ops not in (["=="], ["!="]):
            continue
        sides = (test.left, test.comparators[0])
        loops = _added_up(facts, test, sides) or _drawn(facts, sides)
        if loops is None:
            continue
        sizes, count = loops
        cost = " * ".join(sizes)
        half = sizes[: (count + 1) // 2] if count > 3 else sizes[: count - 1]
        better = " * ".join(half)
        message = f"All combinations of {count} are tried: O({cost}); looking up what is lacking makes it O({better})"
        yield facts.finding(rule, test, message, cost, better)


def _added_up(facts: Facts, test: n.Compare, sides: tuple[n.Expr, n.Expr]) -> tuple[list[str], int] | None:
    """The sizes of the loops of which each gives a term of the sum that is compared."""
    loops = list(facts.structure.loops_around(test))
    long = [loop for loop in loops if not facts.is_short(loop) and loop.target is not None]
    found: list[Loop] = []
    for term in (*_terms(facts, sides[0]), *_terms(facts, sides[1])):
        given = [loop for loop in long if _is_given_by(facts, term, loop)]
        if len(given) > 1:
            return None
        found += [loop for loop in given if loop not in found]
    summed = max(
        sum(any(_is_given_by(facts, term, loop) for loop in found) for term in _terms(facts, side)) for side in sides
    )
    if len(found) < 2 or summed < 2 or any(_depends(facts, loop, found) for loop in found):
        return None
    innermost = min(found, key=loops.index)
    if loops[0] is not innermost and innermost.kind != "comprehension":
        return None
    return [facts.sizes.loop(loop) for loop in sorted(found, key=lambda loop: loop.start)], len(found)


def _terms(facts: Facts, expr: n.Expr, names: frozenset[str] = frozenset()) -> list[n.Expr]:
    """What a sum or difference is made of, also where it goes by a name. `names` are those that were followed here."""
    match expr:
        case n.BinOp(left=left, op=("+" | "-"), right=right):
            return [*_terms(facts, left, names), *_terms(facts, right, names)]
        case n.UnaryOp(op="-", operand=operand):
            return _terms(facts, operand, names)
        case n.Call(args=[n.Tuple(elts=elts) | n.List(elts=elts)]) if _sums_up(facts, expr):
            return elts
        case n.Name(id=name) if name not in names:
            bindings = facts.inference.bindings(expr) or []
            match bindings[0].value if len(bindings) == 1 and bindings[0].kind == "assign" else None:
                case n.BinOp(op=("+" | "-")) as total:
                    return _terms(facts, total, names | {name})
                case n.Call() as call if _sums_up(facts, call):
                    return _terms(facts, call, names | {name})
    return [expr]


def _is_given_by(facts: Facts, term: n.Expr, loop: Loop) -> bool:
    """Whether a term is made of the loop's item."""
    for node in n.descendants(term):
        if isinstance(node, n.Name):
            bindings = facts.inference.bindings(node) or []
            if len(bindings) == 1 and bindings[0].loop is loop:
                return True
    return False


def _depends(facts: Facts, loop: Loop, others: list[Loop]) -> bool:
    """Whether the loop goes through a part of another's item, as through the cells of a row."""
    match loop.iter:
        case n.Call(args=args) if facts.inference.callee(loop.iter) in ("builtins.range", "builtins.enumerate"):
            if facts.inference.callee(loop.iter) == "builtins.range":
                return False
            return any(_depends_on(facts, each, others, loop) for each in args)
        case n.Subscript(value=value, index=n.Slice()):
            return _depends_on(facts, value, others, loop)
        case n.Expr() as iterated:
            return _depends_on(facts, iterated, others, loop)
    return True


def _depends_on(facts: Facts, expr: n.Expr, others: list[Loop], loop: Loop) -> bool:
    if isinstance(expr, n.Subscript) and isinstance(expr.index, n.Slice):
        expr = expr.value
    return any(_is_given_by(facts, expr, other) for other in others if other is not loop)


def _drawn(facts: Facts, sides: tuple[n.Expr, n.Expr]) -> tuple[list[str], int] | None:
    """`sum(chosen) == target`, for what `itertools.combinations` or `product` draws."""
    for side in sides:
        terms = _terms(facts, side)
        for loop in facts.structure.loops_around(side):
            drawn = _draws(facts, loop.iter)
            given = sum(_is_given_by(facts, term, loop) for term in terms)
            if drawn and (given > 1 or (given == 1 and _sums_up(facts, side))):
                sizes = [facts.sizes.of(items) for items in drawn]
                return None if "1" in sizes else (sizes, len(sizes))
    return None


def _draws(facts: Facts, iterated: n.Expr | None) -> list[n.Expr]:
    """The containers of which each draws one item, once for each item drawn."""
    match iterated:
        case n.Call(args=[items, n.Constant(value=int(count))]) if facts.inference.callee(iterated) in (
            "itertools.combinations",
            "itertools.permutations",
        ):
            return [items] * count if count > 1 else []
        case n.Call(args=[items], keywords=[n.Keyword(arg="repeat", value=n.Constant(value=int(count)))]):
            return [items] * count if facts.inference.callee(iterated) == "itertools.product" else []
        case n.Call(args=[_, _, *_] as several) if facts.inference.callee(iterated) == "itertools.product":
            return several
    return []


def _sums_up(facts: Facts, expr: n.Expr) -> bool:
    return isinstance(expr, n.Call) and facts.inference.callee(expr) == "builtins.sum"
