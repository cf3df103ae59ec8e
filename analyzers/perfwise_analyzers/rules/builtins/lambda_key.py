"""A sort in a loop works its keys out with a lambda that a function written in C could stand for.

# What it costs

`key=lambda pair: pair[1]` calls a Python function for each item.

# The cheaper form

`key=itemgetter(1)`, `key=len` instead of `key=lambda s: len(s)`, and `key=str.lower` instead of
`key=lambda s: s.lower()` are calls in C, about one and a half times as fast for the whole sort.

# When it does not pay

For a sort now and then: outside of loops nothing is said, unless what is sorted comes of a loop in a loop.
`attrgetter` gains too little to be told of.

# Fix safety

Safe: the keys are the same. `str.lower` is told of only for what is known to be strings.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.inference import is_int
from perfwise_analyzers.facts.known import PURE_METHODS
from perfwise_analyzers.finding import Finding
from perfwise_analyzers.fixing.draft import Draft
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW404",
    name="lambda-key",
    summary="A sort in a loop works its keys out with a lambda that a function written in C could stand for.",
    triggers=("key=",),
    severity="hint",
    bad=(
        Bad(
            code="""\
def winners(rounds: list[list[tuple[str, int]]]) -> list[tuple[str, int]]:
    found = []
    for scores in rounds:
        found.append(max(scores, key=lambda score: score[1]))
    return found
""",
            better="""\
from operator import itemgetter


def winners(rounds: list[list[tuple[str, int]]]) -> list[tuple[str, int]]:
    found = []
    for scores in rounds:
        found.append(max(scores, key=itemgetter(1)))
    return found
""",
            call='winners([[("name", n * 7919 % 1000) for n in range(100)]] * 50)',
        ),
        Bad(
            code="""\
def longest(texts: list[list[str]]) -> list[str]:
    return [max(words, key=lambda word: len(word)) for words in texts]
""",
            better="""\
def longest(texts: list[list[str]]) -> list[str]:
    return [max(words, key=len) for words in texts]
""",
            call='longest([["some", "words", "of", "a", "text"] * 20] * 50)',
        ),
        Bad(
            code="""\
def pairs(rows: list[int], columns: list[int]) -> list[tuple[int, int]]:
    cells = [(row, column) for row in rows for column in columns]
    return sorted(cells, key=lambda cell: cell[1])
""",
            better="""\
from operator import itemgetter


def pairs(rows: list[int], columns: list[int]) -> list[tuple[int, int]]:
    cells = [(row, column) for row in rows for column in columns]
    return sorted(cells, key=itemgetter(1))
""",
            call="pairs(list(range(100)), list(range(100)))",
        ),
    ),
    good=(
        Good("def f(pairs):\n    return sorted(pairs, key=lambda pair: pair[1])\n", "It is sorted once."),
        Good(
            "def f(groups):\n    return [sorted(g, key=lambda x: x.size) for g in groups]\n",
            "`attrgetter` gains little.",
        ),
        Good(
            "def f(groups):\n    return [sorted(g, key=lambda x: (x[1], x[0])) for g in groups]\n",
            "`itemgetter` with two indexes gains little.",
        ),
        Good(
            "def f(groups, rank):\n    return [sorted(g, key=lambda x: rank(x)) for g in groups]\n",
            "`rank` may be bound anew meanwhile.",
        ),
    ),
)

_SORTS = frozenset({"builtins.sorted", "builtins.min", "builtins.max", "heapq.nlargest", "heapq.nsmallest"})
_IN_C = frozenset(f"builtins.{name}" for name in ("abs", "len", "ord", "str", "int", "float", "repr", "hash"))


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for call in facts.structure.all(n.Call):
        if facts.inference.callee(call) not in _SORTS and getattr(call.func, "attr", "") != "sort":
            continue
        for keyword in call.keywords:
            key = keyword.value
            if keyword.arg != "key" or not isinstance(key, n.Lambda):
                continue
            if not facts.is_repeated(call) and not _is_product(facts, call):
                continue
            draft = Draft(facts)
            better = _better(facts, draft, key)
            if better is None:
                continue
            draft.replace(key, better)
            fix = draft.fix("safe", f"Write `key={better}`")
            message = f"The lambda is called for each item; `{better}` gives the same keys in C"
            yield facts.finding(rule, key, message, fix=fix)


def _is_product(facts: Facts, call: n.Call) -> bool:
    """Whether the items are those of a loop in a loop, so that one sort alone calls the key that often."""
    items = call.args[0] if call.args else call.func.value if isinstance(call.func, n.Attribute) else None
    while isinstance(items, n.Call) and items.args and facts.inference.callee(items) in _SORTS:
        items = items.args[0]
    if isinstance(items, n.Name):
        bindings = facts.inference.bindings(items) or []
        items = bindings[0].value if len(bindings) == 1 and isinstance(bindings[0].value, n.Expr) else None
    match items:
        case n.Comprehension(generators=[_, _, *_] as clauses):
            return sum(facts.is_long(clause.iter) for clause in clauses) > 1
    return False


def _better(facts: Facts, draft: Draft, key: n.Lambda) -> str | None:
    """The function that gives the same; needs an import in the draft for `itemgetter`."""
    if len(key.params) != 1 or key.params[0].kind != "positional" or key.params[0].default is not None:
        return None
    name = key.params[0].name
    match key.body:
        case n.Subscript(value=n.Name(id=item), index=index) if item == name:
            plain = isinstance(index, n.Constant) or is_int(index, -1)
            return f"{draft.imported('operator', 'itemgetter')}({facts.source(index)})" if plain else None
        case n.Call(func=n.Name() as function, args=[n.Name(id=item)], keywords=[]) as called if item == name:
            return function.id if facts.inference.callee(called) in _IN_C else None
        case n.Call(func=n.Attribute(value=n.Name(id=item) as text, attr=method), args=[], keywords=[]) if item == name:
            is_str = facts.type_of(text).name == "str" and method in PURE_METHODS
            return f"str.{method}" if is_str and facts.environment.lookup("str") is None else None
    return None
