"""A list, set or dict of constants is built anew in each round of a loop.

# What it costs

`{"a": 1, "b": 2}[x]` makes the dict, with all its entries, to read one of them. Python folds a display of constants only
where `in` or `for` follows it; everywhere else it is built each time.

# The cheaper form

Give it a name before the loop, or at the top of the module.

# When it does not pay

For one or two elements, so nothing is said of those.

# Fix safety

Safe, since it is only told of where nothing changes the display or keeps it.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.invariance import is_only_read, unchanged_loops
from perfwise_analyzers.facts.structure import Loop
from perfwise_analyzers.finding import Finding, Fix
from perfwise_analyzers.fixing.draft import Draft, can_move_out
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW203",
    name="constant-display-in-loop",
    summary="A list, set or dict of constants is built in each round of a loop.",
    triggers=("{", "[", "dict(", "set("),
    severity="hint",
    bad=(
        Bad(
            code="""\
def points(cards: list[str]) -> int:
    total = 0
    for card in cards:
        total += {"jack": 2, "queen": 3, "king": 4, "ace": 11, "ten": 10}.get(card, 0)
    return total
""",
            better="""\
def points(cards: list[str]) -> int:
    total = 0
    display = {"jack": 2, "queen": 3, "king": 4, "ace": 11, "ten": 10}
    for card in cards:
        total += display.get(card, 0)
    return total
""",
            call='points(["ace", "ten", "two"] * 1500)',
        ),
        Bad(
            code="""\
def vowels(text):
    count = 0
    for letter in text:
        known = {"a", "e", "i", "o", "u"}
        if letter in known:
            count += 1
    return count
""",
            better="""\
def vowels(text):
    count = 0
    known = {"a", "e", "i", "o", "u"}
    for letter in text:
        if letter in known:
            count += 1
    return count
""",
            call='vowels("some words and no more" * 200)',
        ),
    ),
    good=(
        Good(
            "def f(xs):\n    return [x for x in xs if x in ['a', 'b', 'c', 'd']]\n", "Python folds it into one tuple."
        ),
        Good("def f(xs):\n    return [[1, 2, 3, x] for x in xs]\n", "Each round builds another list."),
        Good(
            "def f(xs):\n    out = []\n    for x in xs:\n        row = [0, 0, 0, 0]\n        row[1] = x\n        out.append(row)\n"
            "    return out\n",
            "Each round needs a list of its own.",
        ),
        Good("def f(xs):\n    return [(1, 2, 3, 4)[x] for x in xs]\n", "A tuple of constants is a constant."),
        Good(
            "def f(xs):\n    out = []\n    for x in xs:\n        kinds = {'a': [], 'b': [], 'c': []}\n"
            "        out.append(kinds[x])\n    return out\n",
            "Each round keeps a list of its own.",
        ),
        Good("def f(xs, g):\n    return [g(x, [1, 2, 3, 4]) for x in xs]\n", "What is called might keep the list."),
    ),
)

_LEAST = 3
_MAKERS = frozenset({"builtins.set", "builtins.frozenset", "builtins.dict", "builtins.list"})


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    displays: list[n.Expr] = [*facts.structure.all(n.List), *facts.structure.all(n.Set), *facts.structure.all(n.Dict)]
    displays += [call for call in facts.structure.all(n.Call) if facts.inference.callee(call) in _MAKERS]
    for display in displays:
        if facts.place(display).loop is None or not _is_built(facts, display):
            continue
        loops = unchanged_loops(facts, [display], facts.place(display), display)
        if not loops or not _is_shared(facts, display) or facts.effects.opaque(loops[0]):
            continue  # Next to what is called, making the display costs nothing worth a word.
        message = f"The same {facts.type_of(display).name} of constants is built {facts.each_round(loops)}: name it before the loop"
        yield facts.finding(rule, display, message, fix=_fix(facts, display, loops))


def _is_built(facts: Facts, display: n.Expr) -> bool:
    """Whether it is a display of several constants that the compiler does not fold."""
    match display:
        case n.List(elts=elts) | n.Set(elts=elts):
            parts = elts
        case n.Dict(keys=keys, values=values):
            parts = [*(key or display for key in keys), *values[: len(keys)]]
            return len(keys) >= _LEAST and all(map(_is_constant, parts))
        case n.Call(args=[n.List(elts=elts) | n.Tuple(elts=elts) | n.Set(elts=elts)], keywords=[]):
            parts = elts
        case n.Call(args=[], keywords=keywords) if all(keyword.arg for keyword in keywords):
            parts = [keyword.value for keyword in keywords]
        case _:
            return False
    return len(parts) >= _LEAST and all(map(_is_constant, parts)) and not _is_folded(facts, display)


def _is_constant(expr: n.Expr, deep: bool = True) -> bool:
    """A literal, or, where `deep` allows it, a list or dict of literals."""
    match expr:
        case n.Constant():
            return True
        case n.UnaryOp(op=("-" | "+" | "~"), operand=operand):
            return _is_constant(operand)
        case n.Tuple(elts=elts):
            return all(_is_constant(elt, False) for elt in elts)
        case n.List(elts=elts) if deep:
            return all(_is_constant(elt, False) for elt in elts)
        case n.Dict(keys=keys, values=values) if deep:
            return all(part is not None and _is_constant(part, False) for part in (*keys, *values))
    return False


def _is_nested(display: n.Expr) -> bool:
    """Whether an item of it could be changed itself."""
    return any(isinstance(node, (n.List, n.Dict)) and node is not display for node in n.descendants(display))


def _is_folded(facts: Facts, display: n.Expr) -> bool:
    around = facts.structure.parent.get(display)
    return isinstance(around, (n.Compare, n.For, n.Generator)) and not isinstance(display, n.Call)


def _is_shared(facts: Facts, display: n.Expr) -> bool:
    """Whether all rounds may share one, and building it is most of what is done."""
    around = facts.structure.parent.get(display)
    if _is_nested(display) and isinstance(display, (n.List, n.Dict)):
        reads: list[n.Expr] = [display]
        if isinstance(around, n.Assign) and isinstance(around.targets[0], n.Name):
            reads = [*facts.place(display).scope.uses.get(around.targets[0].id, [])]
        return all(_reads_inside(facts, read) for read in reads)
    match around:
        case n.Subscript(value=value):
            return value is display and not isinstance(
                facts.structure.parent.get(around), (n.Assign, n.Delete, n.AugAssign)
            )
        case n.Attribute(attr=("get" | "index" | "count")):
            return True
        case n.Compare(comparators=comparators):
            return display in comparators
        case n.Assign(targets=[n.Name(id=name)]):
            uses = facts.place(display).scope.uses.get(name, ())
            return is_only_read(facts, display) and all(_is_looked_up(facts, use) for use in uses)
    return False


def _reads_inside(facts: Facts, use: n.Expr) -> bool:
    """Whether `use[...][...]` is read, or `x in use`."""
    around = facts.structure.parent.get(use)
    if isinstance(around, n.Compare):
        return use in around.comparators
    outer = facts.structure.parent.get(around) if isinstance(around, n.Subscript) and around.value is use else None
    if not (isinstance(outer, n.Subscript) and outer.value is around):
        return False
    holder = facts.structure.parent.get(outer)
    return not isinstance(holder, (n.Attribute, n.Subscript, n.Delete, n.AugAssign)) and not (
        isinstance(holder, n.Assign) and outer in holder.targets
    )


def _is_looked_up(facts: Facts, use: n.Name) -> bool:
    """Whether a use reads one item, or asks for one."""
    around = facts.structure.parent.get(use)
    return (
        isinstance(around, (n.Subscript, n.Compare))
        or (isinstance(around, n.Attribute) and around.attr in ("get", "index", "count"))
        or (isinstance(around, n.Call) and facts.inference.callee(around) in ("builtins.len", "random.choice"))
    )


def _fix(facts: Facts, display: n.Expr, loops: list[Loop]) -> Fix | None:
    stmt = facts.structure.parent[display]
    outer = loops[-1]
    draft = Draft(facts)
    match stmt:
        case n.Assign(targets=[n.Name(id=name)]):
            if not can_move_out(facts, stmt, name, loops) or "\n" in facts.source(stmt):
                return None
            draft.remove(stmt)
            draft.before(outer.stmt, facts.source(stmt))
        case _:
            name = draft.fresh("display")
            draft.before(outer.stmt, f"{name} = {facts.source(display)}")
            draft.replace(display, name)
    return draft.fix("safe", "Build it once before the loop")
