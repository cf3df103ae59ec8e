"""A data frame grows in a loop, by a new and longer one in each round.

# What it costs

`pd.concat([frame, more])` (and `frame.append(more)` of pandas 1) copies all rows there are to add some: n rounds copy
n * n / 2 rows.

# The cheaper form

Collect the frames, or plain dicts, in a list, and call `pd.concat` or `pd.DataFrame` once after the loop.

# When it does not pay

For a few frames.

# Fix safety

To be verified: types of columns and the index are worked out from all frames at once, and until the loop ends the
frame is not there.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.operations import Operation
from perfwise_analyzers.facts.structure import Loop
from perfwise_analyzers.finding import Finding, Fix
from perfwise_analyzers.fixing.array_growth import collected, growing_loops
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW703",
    name="concat-in-loop",
    summary="A data frame is copied in each round of a loop to add rows to it.",
    triggers=("concat(", ".append("),
    bad=(
        Bad(
            code="""\
import pandas as pd

def sales(days):
    frame = pd.DataFrame({"sold": [0], "shop": ["none"]})
    for day in days:
        more = pd.DataFrame(day)
        frame = pd.concat([frame, more], ignore_index=True)
    return frame["sold"].tolist()
""",
            better="""\
import pandas as pd

def sales(days):
    frame = pd.DataFrame({"sold": [0], "shop": ["none"]})
    frame_parts = [frame]
    for day in days:
        more = pd.DataFrame(day)
        frame_parts.append(more)
    frame = pd.concat(frame_parts, ignore_index=True)
    return frame["sold"].tolist()
""",
            call='sales([{"sold": [1, 2, 3], "shop": ["a", "b", "c"]}] * 100)',
            level="verify",
        ),
    ),
    good=(
        Good(
            "from functools import reduce\n\nimport pandas as pd\n\ndef f(frames):\n    return reduce(lambda a, b: pd.merge(a, b), frames)\n",
            "A merge takes two frames at a time.",
        ),
        Good("import pandas as pd\n\ndef f(a, b):\n    return pd.concat([a, b])\n", "The frames are joined once."),
        Good(
            "import pandas as pd\n\ndef f(days):\n    parts = []\n    for day in days:\n        parts.append(pd.DataFrame(day))\n    return pd.concat(parts)\n",
            "The frames are collected.",
        ),
        Good(
            "import pandas as pd\n\ndef f(pairs):\n    out = []\n    for a, b in pairs:\n        a = pd.concat([a, b])\n        out.append(a)\n",
            "Each round joins two others.",
        ),
    ),
)


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for operation in facts.operations("array-growth"):
        if operation.spelling not in ("pandas.concat", "DataFrame.append"):
            continue
        loops = growing_loops(facts, operation)
        if not loops:
            continue
        source = facts.source(operation.container)
        rounds = facts.cost(loops)
        cost = facts.cost(loops, facts.sizes.of(operation.container))
        message = (
            f"Each round copies all rows of `{source}` to add to them: O({cost}); one `concat` of a list after the loop "
            f"makes it O({rounds})"
        )
        yield facts.finding(rule, operation.node, message, cost, rounds, _fix(facts, operation, loops))
    for call in facts.structure.all(n.Call):
        frames = _reduced(facts, call)
        if frames is not None and facts.is_long(frames):
            source, size = facts.source(frames), facts.sizes.of(frames)
            message = f"Each step of `reduce` copies all rows so far: O({size}^2); one `concat` of `{source}` makes it O({size})"
            yield facts.finding(rule, call, message, f"{size}^2", size)


def _reduced(facts: Facts, call: n.Call) -> n.Expr | None:
    """The frames that `reduce` joins two by two."""
    match call.args:
        case [
            n.Lambda(
                params=[first, second],
                body=n.Call(
                    args=[n.List(elts=[n.Name(id=a), n.Name(id=b)]) | n.Tuple(elts=[n.Name(id=a), n.Name(id=b)])]
                ),
            ) as joining,
            frames,
            *_,
        ] if facts.inference.callee(call) == "functools.reduce":
            assert isinstance(joining.body, n.Call)
            is_concat = facts.inference.callee(joining.body) == "pandas.concat"
            return frames if is_concat and [a, b] == [first.name, second.name] else None
    return None


def _fix(facts: Facts, operation: Operation, loops: list[Loop]) -> Fix | None:
    call = operation.call
    if call is None or operation.spelling != "pandas.concat":
        return None
    rest = [facts.source(argument) for argument in (*call.args[1:], *call.keywords)]
    return collected(facts, operation, loops, facts.source(call.func), *rest)
