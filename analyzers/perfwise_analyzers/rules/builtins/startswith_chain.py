"""A string is asked for one beginning or ending after another, in a loop.

# What it costs

`name.startswith("a") or name.startswith("b")` looks the method up and calls it for each beginning; `any` over the
beginnings makes a generator as well.

# The cheaper form

`name.startswith(("a", "b"))` tries them all in one call.

# When it does not pay

Outside of loops, and where the first beginning nearly always fits.

# Fix safety

Safe when the receiver is known to be a string and the beginnings are literals, or a tuple of strings. Otherwise it is to
be verified: other things have a `startswith`, and a beginning may be a tuple itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.known import element_of
from perfwise_analyzers.finding import Finding, Fix
from perfwise_analyzers.fixing.draft import Draft
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW406",
    name="startswith-chain",
    summary="A string is asked for several beginnings or endings one by one, in a loop.",
    triggers=("startswith(", "endswith("),
    severity="hint",
    bad=(
        Bad(
            code="""\
def comments(lines: list[str]) -> list[str]:
    return [line for line in lines if line.startswith("#") or line.startswith("//") or line.startswith("--")]
""",
            better="""\
def comments(lines: list[str]) -> list[str]:
    return [line for line in lines if line.startswith(("#", "//", "--"))]
""",
            call='comments(["some words", "and some more"] * 1000)',
        ),
        Bad(
            code="""\
def images(names, endings):
    found = 0
    for name in names:
        if any(name.endswith(ending) for ending in endings):
            found += 1
    return found
""",
            better="""\
def images(names, endings):
    found = 0
    for name in names:
        if name.endswith(tuple(endings)):
            found += 1
    return found
""",
            call='images(["one.txt", "two.py"] * 1000, [".png", ".jpg", ".gif"])',
            level="verify",
        ),
    ),
    good=(
        Good(
            "def f(lines: list[str]):\n    return [x for x in lines if x.startswith('a') or x.endswith('b')]\n",
            "One beginning and one ending are asked for.",
        ),
        Good(
            "def f(pairs: list[list[str]]):\n    return [p for p in pairs if p[0].startswith('a') or p[1].startswith('b')]\n",
            "Two strings are asked.",
        ),
        Good("def f(line: str):\n    return line.startswith('a') or line.startswith('b')\n", "It is asked once."),
        Good(
            "def f(lines: list[str]):\n    return [x for x in lines if x.startswith('a', 1) or x.startswith('b', 2)]\n",
            "They are looked for in different places.",
        ),
    ),
)


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for chain in facts.structure.all(n.BoolOp):
        for run in _runs(facts, chain):
            if facts.is_repeated(chain) and _may_be_text(facts, run[0]):
                yield _found(facts, run[0], _method(run[0]), _joined(facts, chain, run))
    for call in facts.structure.all(n.Call):
        asked = _any(facts, call)
        if asked is not None and facts.is_repeated(call) and _may_be_text(facts, asked):
            yield _found(facts, call, _method(asked), _at_once(facts, call, asked))


def _may_be_text(facts: Facts, asked: n.Expr) -> bool:
    return facts.type_of(_method(asked).value).name in ("str", "bytes", "unknown")


def _found(facts: Facts, node: n.Expr, method: n.Attribute, fix: Fix | None) -> Finding:
    source = facts.source(method)
    message = f"`{source}` is called for one string after another; it takes a tuple of them in one call"
    return facts.finding(rule, node, message, fix=fix)


def _call(value: n.Expr, op: str) -> n.Call | None:
    """The question, in `a or b`, or in `not a and not b`."""
    if op == "and":
        if not isinstance(value, n.UnaryOp) or value.op != "not":
            return None
        value = value.operand
    match value:
        case n.Call(func=n.Attribute(attr=("startswith" | "endswith")), args=[n.Expr() as text], keywords=[]):
            return None if isinstance(text, n.Starred) else value
    return None


def _method(value: n.Expr) -> n.Attribute:
    call = value.operand if isinstance(value, n.UnaryOp) else value
    assert isinstance(call, n.Call)
    assert isinstance(call.func, n.Attribute)
    return call.func


def _runs(facts: Facts, chain: n.BoolOp) -> Iterator[list[n.Expr]]:
    """Neighbours in a chain that ask the same of one string."""
    run: list[n.Expr] = []
    for value in [*chain.values, None]:
        call = _call(value, chain.op) if value is not None else None
        if call is None or value is None or (run and not facts.effects.same(call.func, _method(run[0]))):
            if len(run) > 1:
                yield run
            run = []
        if call is not None and value is not None:
            run.append(value)


def _joined(facts: Facts, chain: n.BoolOp, run: Sequence[n.Expr]) -> Fix | None:
    texts: list[n.Expr] = []
    for value, after in zip(run, [*run[1:], None], strict=True):
        if after is not None and not re.fullmatch(rf"\s*{chain.op}\s*", facts.text[value.end : after.start]):
            return None
        call = _call(value, chain.op)
        assert call is not None
        texts += call.args[0].elts if isinstance(call.args[0], n.Tuple) else [call.args[0]]
    method = _method(run[0])
    if any("#" in facts.source(value) for value in run if "#" not in "".join(map(facts.source, texts))):
        return None
    better = f"{facts.source(method)}(({', '.join(map(facts.source, texts))}))"
    draft = Draft(facts)
    whole = chain if len(run) == len(chain.values) else None
    start, end = (whole.start, whole.end) if whole is not None else (run[0].start, run[-1].end)
    draft.edit(start, end, f"not {better}" if chain.op == "and" else better)
    return _levelled(facts, draft, method, all(isinstance(text, n.Constant) for text in texts))


def _any(facts: Facts, call: n.Call) -> n.Call | None:
    """The question in `any(name.endswith(ending) for ending in endings)`."""
    match call:
        case n.Call(
            args=[n.Comprehension(element=element, generators=[n.Generator(ifs=[], is_async=False) as clause])]
        ):
            asked = _call(element, "or")
        case _:
            return None
    if asked is None or facts.inference.callee(call) != "builtins.any" or not isinstance(clause.target, n.Name):
        return None
    text = asked.args[0]
    if not isinstance(text, n.Name) or text.id != clause.target.id:
        return None
    return None if text.id in facts.effects.names_in(asked.func) else asked


def _at_once(facts: Facts, call: n.Call, asked: n.Call) -> Fix | None:
    comprehension = call.args[0]
    assert isinstance(comprehension, n.Comprehension)
    texts, method = comprehension.generators[0].iter, _method(asked)
    kind = facts.type_of(texts)
    source = facts.source(texts)
    if isinstance(texts, (n.List, n.Set)):
        source = f"({source[1:-1].strip().removesuffix(',')},)"
    elif kind.name != "tuple":
        source = f"tuple({source})"
    draft = Draft(facts)
    draft.replace(call, f"{facts.source(method)}({source})")
    proved = kind.name in ("tuple", "list", "set", "dict") and element_of(kind).name == "str"
    return _levelled(facts, draft, method, proved)


def _levelled(facts: Facts, draft: Draft, method: n.Attribute, are_strings: bool) -> Fix | None:
    title = f"Ask `{facts.source(method)}` once"
    if facts.type_of(method.value).name != "str":
        return draft.fix("verify", title, f"`{facts.source(method.value)}` is not known to be a string.")
    if not are_strings:
        return draft.fix("verify", title, "What is asked for is not known to be strings.")
    if any(facts.effects.is_opaque(node) for node in n.descendants(method.value)):
        return draft.fix("verify", title, f"`{facts.source(method.value)}` would be worked out once.")
    return draft.fix("safe", title)
