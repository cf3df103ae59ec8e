"""A container is copied in depth in each round of a loop, where a copy of its outside would do.

# What it costs

`copy.deepcopy` looks at every item, asks how it is to be copied, and notes what it has copied in a dict: a microsecond or so
for each, also where the items are numbers and strings, which are not copied at all.

# The cheaper form

`xs.copy()`, which copies the container alone: about a hundred times faster. For rows of plain values,
`[row.copy() for row in rows]`.

# When it does not pay

For a few items, or outside of loops. Where what is inside is changed as well a shallow copy would not do, so nothing is
said.

# Fix safety

Safe where the container was seen being made and its items are of built-in types that nobody can change. To be verified
where a declaration is all that tells of them, and where the copies would share what is inside.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.invariance import unchanged_loops
from perfwise_analyzers.facts.types import Type, hashable
from perfwise_analyzers.finding import Finding, Fix
from perfwise_analyzers.fixing.draft import Draft
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW208",
    name="deepcopy-in-loop",
    summary="A container is copied by `deepcopy` in a loop, where a shallow copy would do.",
    triggers=("deepcopy",),
    bad=(
        Bad(
            code="""\
import copy


def boards(size: int, moves: list[int]) -> list[list[int]]:
    board = [0 for _ in range(size)]
    found = []
    for move in moves:
        after = copy.deepcopy(board)
        after[move] = 1
        found.append(after)
    return found
""",
            better="""\
import copy


def boards(size: int, moves: list[int]) -> list[list[int]]:
    board = [0 for _ in range(size)]
    found = []
    for move in moves:
        after = board.copy()
        after[move] = 1
        found.append(after)
    return found
""",
            call="boards(64, list(range(60)))",
        ),
        Bad(
            code="""\
from copy import deepcopy


def variants(settings: dict[str, int], sizes: list[int]) -> list[dict[str, int]]:
    found = []
    for size in sizes:
        settings_now = deepcopy(settings)
        settings_now["size"] = size
        found.append(settings_now)
    return found
""",
            better="""\
from copy import deepcopy


def variants(settings: dict[str, int], sizes: list[int]) -> list[dict[str, int]]:
    found = []
    for size in sizes:
        settings_now = settings.copy()
        settings_now["size"] = size
        found.append(settings_now)
    return found
""",
            call="variants({str(n): n for n in range(40)}, list(range(60)))",
            level="verify",
        ),
        Bad(
            code="""\
import copy


def filled(template, names):
    found = []
    for name in names:
        record = copy.deepcopy(template)
        record["name"] = name
        found.append(record)
    return found
""",
            better="""\
import copy


def filled(template, names):
    found = []
    for name in names:
        record = copy.copy(template)
        record["name"] = name
        found.append(record)
    return found
""",
            call='filled({str(n): n for n in range(40)}, ["a", "b"] * 30)',
            level="verify",
        ),
    ),
    good=(
        Good("import copy\n\ndef f(xs: list[int]):\n    return copy.deepcopy(xs)\n", "It is copied once."),
        Good(
            "import copy\n\ndef f(state, ys):\n    out = []\n    for y in ys:\n        after = copy.deepcopy(state)\n"
            "        after['seen'].append(y)\n        out.append(after)\n    return out\n",
            "A shallow copy would share the list inside.",
        ),
        Good(
            "import copy\n\ndef f(xs, ys):\n    return [copy.deepcopy(xs) for y in ys]\n",
            "Nothing tells what the items are.",
        ),
        Good("def f(xs: list[int], ys):\n    return [xs.copy() for y in ys]\n", "It is a shallow copy already."),
    ),
)


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for call in facts.structure.all(n.Call):
        if facts.inference.callee(call) != "copy.deepcopy" or len(call.args) != 1 or not facts.is_repeated(call):
            continue
        copied = call.args[0]
        if not isinstance(copied, (n.Name, n.Attribute, n.Subscript)):
            continue
        source, kind = facts.source(copied), facts.type_of(copied)
        draft = Draft(facts)
        if _is_flat(kind):
            told, form = "looks at every item, and copies none", f"{source}.copy()"
        elif kind.name == "list" and kind.element is not None and _is_flat(kind.element):
            row = draft.fresh("row")
            told, form = "looks at every item of every row, and copies none", f"[{row}.copy() for {row} in {source}]"
        elif _is_changed_outside_only(facts, call):
            told = "copies all there is inside, which nothing changes"
            form = (
                f"{source}.copy()"
                if kind.name in ("list", "dict", "set")
                else f"{draft.imported('copy', 'copy')}({source})"
            )
        else:
            continue
        draft.replace(call, form)
        message = f"`deepcopy` of `{source}` {told}: `{form}` would do"
        yield facts.finding(rule, call, message, fix=_fix(draft, kind, form))


def _is_flat(kind: Type) -> bool:
    """Whether the items are sure to be of types that are never copied."""
    if kind.name == "dict":
        return hashable(kind.element) and hashable(kind.value)
    return kind.name in ("list", "set") and hashable(kind.element)


def _is_changed_outside_only(facts: Facts, call: n.Call) -> bool:
    """Whether the same is copied in each round, and of a copy nothing but its own entries is set before it is handed on."""
    stmt = facts.structure.parent.get(call)
    if not isinstance(stmt, n.Assign) or not unchanged_loops(facts, [call], facts.place(call), call):
        return False
    match stmt.targets:
        case [n.Name(id=name)]:
            return all(_is_outside(facts, use) for use in facts.place(call).scope.uses.get(name, ()))
    return False


def _is_outside(facts: Facts, use: n.Name) -> bool:
    """Whether a use sets an entry of the copy, or hands it on whole."""
    around = facts.structure.parent.get(use)
    match around:
        case n.Subscript(value=value) if value is use:
            holder = facts.structure.parent.get(around)
            return isinstance(holder, n.Assign) and around in holder.targets
        case n.Call(func=n.Attribute(attr=("append" | "add"))):
            return use in around.args
        case n.Attribute(attr="update"):
            return True
    return isinstance(around, (n.Yield, n.Return))


def _fix(draft: Draft, kind: Type, form: str) -> Fix | None:
    title = f"Copy by `{form}`"
    if not (_is_flat(kind) or form.startswith("[")):
        return draft.fix("verify", title, "The copies would share what is inside.")
    if kind.declared or kind.grown:
        return draft.fix("verify", title, "What is handed in might hold other items than declared.")
    # Two rows that are one and the same stay so in a deep copy.
    if form.startswith("["):
        return draft.fix("verify", title, "The same row might stand in more than one place.")
    return draft.fix("safe", title)
