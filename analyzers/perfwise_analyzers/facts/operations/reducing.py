"""Going through a whole container for one value: its sum, its largest item, how many of its items hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.invariance import is_only_read
from perfwise_analyzers.facts.operations import Operation

if TYPE_CHECKING:
    from perfwise_analyzers.facts.facts import Facts

# What is made of all items of the first argument, by the word that names it.
_WHOLE = {
    **{f"builtins.{name}": name for name in ("sum", "max", "min", "any", "all")},
    **{f"math.{name}": name for name in ("prod", "fsum")},
    **{f"statistics.{name}": name for name in ("mean", "fmean", "median", "mode", "stdev", "pstdev", "variance")},
    "functools.reduce": "total",
    "builtins.set": "set",
    "builtins.frozenset": "set",
    "collections.Counter": "counts",
}
_MADE = frozenset({"set", "counts"})
# What hands on the items of its first argument, or of its second after a function.
_HANDED_ON = {
    **{f"builtins.{name}": 0 for name in ("enumerate", "reversed", "list", "tuple", "set", "zip", "iter")},
    **{f"builtins.{name}": 1 for name in ("map", "filter")},
}


def reduction(facts: Facts) -> Iterator[Operation]:
    """`sum(xs)`, `max(x.age for x in xs)`, `len([x for x in xs if x])`, `set(xs)` and their like.

    `item` is what is gone through, where it is more than the container. `spelling` is a word for what comes out.
    """
    for call in facts.structure.all(n.Call):
        found = _reduced(facts, call)
        if found is None:
            continue
        argument, word = found
        container = _gone_through(facts, argument)
        if container is not None and (word not in _MADE or _is_shared(facts, call)):
            item = argument if argument is not container or call.keywords else None
            yield Operation("reduction", call, container, facts.place(call), item, word, call=call)


def _is_shared(facts: Facts, call: n.Call) -> bool:
    """Whether one object would do for all rounds, and what is done with it does not go through all of it as well."""
    around = facts.structure.parent.get(call)
    return not isinstance(around, (n.For, n.Generator, n.BinOp)) and is_only_read(facts, call)


def _reduced(facts: Facts, call: n.Call) -> tuple[n.Expr, str] | None:
    match call:
        case n.Call(func=n.Attribute(value=n.Constant(kind="str"), attr="join"), args=[argument], keywords=[]):
            return argument, "text"
    callee = facts.inference.callee(call)
    if not call.args or any(isinstance(argument, n.Starred) for argument in call.args):
        return None
    first = call.args[0]
    if callee == "builtins.len" and len(call.args) == 1:
        is_made = isinstance(first, n.Comprehension) or (
            isinstance(first, n.Call)
            and facts.inference.callee(first) in ("builtins.list", "builtins.set", "builtins.tuple")
        )
        return (first, "count") if is_made else None
    word = _WHOLE.get(callee, "")
    if callee == "functools.reduce":
        return (call.args[1], word) if len(call.args) > 1 else None
    if not word or (word in ("max", "min") and len(call.args) > 1):
        return None
    return first, word


def _gone_through(facts: Facts, expr: n.Expr) -> n.Expr | None:
    """The container whose items an expression hands on."""
    match expr:
        case n.Name() | n.Attribute() | n.Subscript():
            return expr
        case n.Comprehension(generators=[n.Generator(iter=iterated), *_]):
            return _gone_through(facts, iterated)
        case n.Call(func=n.Attribute(value=receiver, attr=("values" | "keys" | "items"))):
            return _gone_through(facts, receiver)
        case n.Call(args=args):
            at = _HANDED_ON.get(facts.inference.callee(expr))
            return _gone_through(facts, args[at]) if at is not None and at < len(args) else None
    return None
