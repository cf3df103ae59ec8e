"""A chain of attributes is followed to the same value in each round of a loop.

# What it costs

Each dot of `config.limits.size` is a look-up of some nanoseconds, in every round, though the value stays the same.

# The cheaper form

Give the value a name before the loop.

# When it does not pay

On lines that a profile does not show to be hot, so nothing is said of others; and in rounds that do much else.

# Fix safety

To be verified: an attribute may be a property, which runs code, or be set by code that the loop calls.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.invariance import unchanged_loops
from perfwise_analyzers.facts.structure import Loop
from perfwise_analyzers.finding import Finding, Fix
from perfwise_analyzers.fixing.draft import Draft, can_hoist, is_tried
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW204",
    name="attribute-chain-in-loop",
    summary="A chain of attributes that leads to the same value is followed in each round of a loop.",
    triggers=("for", "while"),
    severity="hint",
    micro=True,
    bad=(
        Bad(
            code="""\
class Node:
    def __init__(self, size, inner=None):
        self.size = size
        self.inner = inner


def small(node, numbers):
    count = 0
    for number in numbers:
        if number < node.inner.inner.inner.size:
            count += 1
    return count
""",
            better="""\
class Node:
    def __init__(self, size, inner=None):
        self.size = size
        self.inner = inner


def small(node, numbers):
    count = 0
    size = node.inner.inner.inner.size
    for number in numbers:
        if number < size:
            count += 1
    return count
""",
            call="small(Node(1, Node(2, Node(3, Node(400)))), list(range(5000)))",
            level="verify",
        ),
        Bad(
            code="""\
class Node:
    def __init__(self, size, inner=None):
        self.size = size
        self.inner = inner


def small(node, numbers):
    count = 0
    try:
        for number in numbers:
            if number < node.inner.inner.inner.size:
                count += 1
    except AttributeError:
        return number
    return count
""",
            better="""\
class Node:
    def __init__(self, size, inner=None):
        self.size = size
        self.inner = inner


def small(node, numbers):
    count = 0
    size = node.inner.inner.inner.size
    try:
        for number in numbers:
            if number < size:
                count += 1
    except AttributeError:
        return number
    return count
""",
            call="small(Node(1, Node(2, Node(3, Node(400)))), list(range(5000)))",
            level="advice",
        ),
    ),
    good=(
        Good("def f(nodes):\n    return [node.a.b.c for node in nodes]\n", "Each round follows another chain."),
        Good("def f(node, xs):\n    for x in xs:\n        node.a.b.c += x\n", "The value changes."),
        Good("def f(node, xs):\n    return [x + node.size for x in xs]\n", "One dot is little."),
        Good(
            "def f(node, xs):\n    for x in xs:\n        x.use(node)\n        print(node.a.b.c)\n",
            "The method might set it.",
        ),
        Good(
            "import os\n\ndef f(xs):\n    return [os.path.join.__name__ for x in xs]\n",
            "Names of modules are left as they are.",
        ),
    ),
)

_LEAST = 3  # Dots.


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    told: set[tuple[str, Loop]] = set()
    for chain in facts.structure.all(n.Attribute):
        if not _is_chain(facts, chain):
            continue
        loops = unchanged_loops(facts, [chain], facts.place(chain))
        case = (facts.source(chain), loops[-1]) if loops else None
        if case is None or case in told:
            continue
        told.add(case)
        message = f"`{case[0]}` is followed to the same value {facts.each_round(loops)}"
        yield facts.finding(rule, chain, message, fix=_fix(facts, chain, loops[-1]))


def _is_chain(facts: Facts, chain: n.Attribute) -> bool:
    """Whether several dots lead from a name to a value that is read, and neither called nor set."""
    around = facts.structure.parent.get(chain)
    if isinstance(around, (n.Attribute, n.Delete)) or facts.place(chain).loop is None:
        return False
    if (isinstance(around, n.Call) and around.func is chain) or (
        (isinstance(around, n.Assign) and chain in around.targets)
        or (isinstance(around, n.AugAssign) and around.target is chain)
    ):
        return False
    dots = 0
    base: n.Expr = chain
    while isinstance(base, n.Attribute):
        base = base.value
        dots += 1
    return dots >= _LEAST and isinstance(base, n.Name) and not facts.inference.origin(base)


def _fix(facts: Facts, chain: n.Attribute, outer: Loop) -> Fix | None:
    # An exception before the loop would meet a handler that may use what the loop binds.
    if not can_hoist(facts, chain, outer) or is_tried(facts, outer.node):
        return None
    draft = Draft(facts)
    name = draft.fresh(chain.attr)
    draft.before(outer.stmt, f"{name} = {facts.source(chain)}")
    for other in facts.structure.all(n.Attribute):
        if outer.encloses(other) and _is_chain(facts, other) and facts.effects.same(other, chain):
            draft.replace(other, name)
    title = f"Name `{facts.source(chain)}` before the loop"
    return draft.fix("verify", title, "An attribute may be a property, or be set by code that the loop calls.")
