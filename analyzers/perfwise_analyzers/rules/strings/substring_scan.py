"""Each place of a text is tried for a word by cutting a piece out of it.

# What it costs

`text[i : i + len(word)] == word` copies len(word) characters for each i: len(text) * len(word) in all.

# The cheaper form

`text.find(word, i)` goes from one place where the word is to the next, in C. Where each place has to be looked at,
`text.startswith(word, i)` compares without a copy.

# When it does not pay

For short texts.

# Fix safety

There is no automatic fix: the loop is another one.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.inference import is_int
from perfwise_analyzers.facts.sizes import total
from perfwise_analyzers.facts.structure import Loop
from perfwise_analyzers.finding import Finding
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW512",
    name="substring-scan",
    summary="Each place of a text is tried for a word by cutting a piece out of it.",
    triggers=("range(",),
    bad=(
        Bad(
            code="""\
def occurrences(text: str, word: str) -> int:
    count = 0
    for i in range(len(text) - len(word) + 1):
        if text[i : i + len(word)] == word:
            count += 1
    return count
""",
            better="""\
def occurrences(text: str, word: str) -> int:
    count = 0
    i = text.find(word)
    while i >= 0:
        count += 1
        i = text.find(word, i + 1)
    return count
""",
            call='occurrences("some words and some more " * 400, "words and")',
            level="advice",
        ),
        Bad(
            code="""\
def places(dna):
    return [i for i in range(len(dna) - 2) if dna[i : i + 3] == "ATG"]
""",
            better="""\
import re


def places(dna):
    return [found.start() for found in re.finditer("(?=ATG)", dna)]
""",
            call='places("GATTACATGA" * 600)',
            level="advice",
        ),
    ),
    good=(
        Good(
            "def f(text: str, words):\n    return [w for i, w in enumerate(words) if text[i : i + len(w)] == w]\n",
            "Another word at each place.",
        ),
        Good("def f(text: str):\n    return text[2:4] == 'ab'\n", "One place."),
        Good(
            "def f(xs, ys):\n    return [i for i in range(len(xs)) if xs[i : i + len(ys)] == ys]\n",
            "They may be lists.",
        ),
        Good(
            "def f(text: str):\n    return [i for i in range(0, len(text), 3) if text[i : i + 3] == 'ATG']\n",
            "Only each third place.",
        ),
        Good(
            "def f(text: str):\n    for i in range(3):\n        if text[i : i + 2] == 'ab':\n            return i\n",
            "There are three places.",
        ),
    ),
)


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for compare in facts.structure.all(n.Compare):
        if compare.ops != ["=="] or len(compare.comparators) != 1:
            continue
        for piece, word in ((compare.left, compare.comparators[0]), (compare.comparators[0], compare.left)):
            match piece:
                case n.Subscript(
                    value=n.Name() | n.Attribute() as text,
                    index=n.Slice(lower=n.Name() as place, upper=n.BinOp(left=n.Name(id=base), op="+"), step=None),
                ) if base == place.id:
                    pass
                case _:
                    continue
            loop = _stepping(facts, place)
            if loop is None or not facts.is_long(text) or facts.is_short(loop):
                continue
            if not {facts.type_of(text).name, facts.type_of(word).name} & {"str", "bytes"}:
                continue
            if facts.varies(text, loop) or facts.varies(word, loop) or facts.runs_once(facts.place(compare), loop):
                continue
            source, size = facts.source(text), facts.sizes.of(text)
            length = facts.sizes.of(word)
            cost, better = facts.cost([loop], length), total([size, length])
            message = (
                f"A piece of `{source}` is cut out to be compared {facts.each_round([loop])}; "
                f"`{source}.find({facts.source(word)}, {place.id})` goes from match to match without a copy"
            )
            yield facts.finding(rule, compare, message, cost, better)
            break


def _stepping(facts: Facts, place: n.Name) -> Loop | None:
    """The loop that goes through all places one by one."""
    bindings = facts.inference.bindings(place) or []
    loop = bindings[0].loop if len(bindings) == 1 else None
    match loop.iter if loop is not None else None:
        case n.Call(args=[_] | [_, _]) as counted if facts.inference.callee(counted) == "builtins.range":
            return loop
        case n.Call(args=[_, _, step]) as counted if facts.inference.callee(counted) == "builtins.range" and is_int(
            step, 1
        ):
            return loop
    return None
