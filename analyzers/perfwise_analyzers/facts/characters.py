"""Texts made of another text character by character, each of them turned by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from perfwise_analyzers.facts import nodes as n

if TYPE_CHECKING:
    from perfwise_analyzers.facts.facts import Facts

# What a variable for one character is called.
_NAMES = frozenset({"c", "ch", "char", "character", "letter"})


@dataclass(eq=False, slots=True)
class Turned:
    """`name` stands for each character of `text` in turn, which gives `piece` where `test` holds, else `otherwise`.

    None for one of these gives nothing; None for the test always holds. `parts` is all that is worked out of each.
    `whole` is the expression that gives the new text, where it stands in one place.
    """

    node: n.Node
    text: n.Expr
    name: str
    test: n.Expr | None
    piece: n.Expr | None
    otherwise: n.Expr | None
    parts: list[n.Expr]
    whole: n.Call | None = None

    def is_itself(self, expr: n.Expr | None) -> bool:
        """Whether an expression is the character as it is."""
        return isinstance(expr, n.Name) and expr.id == self.name


def turned_texts(facts: Facts) -> Iterator[Turned]:
    """Where each character gives the same wherever it stands in the text, and giving it does nothing else."""
    for call in facts.structure.all(n.Call):
        match call:
            case n.Call(func=n.Attribute(value=n.Constant(kind="str", value=""), attr="join"), args=[argument]):
                found = _joined(facts, call, argument)
                if found is not None and _is_text(facts, found):
                    yield found
    for loop in facts.structure.all(n.For):
        found = _added(facts, loop)
        if found is not None and _is_text(facts, found):
            yield found


def _joined(facts: Facts, call: n.Call, argument: n.Expr) -> Turned | None:
    place: n.Node
    match argument:
        case n.Comprehension(
            kind=("list" | "generator"),
            element=element,
            generators=[n.Generator(target=n.Name(id=name), iter=text, ifs=ifs, is_async=False)],
        ) if len(ifs) <= 1:
            test: n.Expr | None = ifs[0] if ifs else None
            piece, otherwise = element, None
            if isinstance(element, n.IfExp) and not ifs:
                test, piece, otherwise = element.test, element.body, element.orelse
            place = argument.generators[0]
            parts = [element, *ifs]
        case n.Call(args=[n.Lambda(params=[parameter], body=body) as function, text]) if (
            facts.inference.callee(argument) == "builtins.map"
        ):
            name, test, piece, otherwise, place, parts = parameter.name, None, body, None, function, [body]
        case _:
            return None
    loop = next((loop for loop in facts.structure.loops if loop.node is place), None)
    if loop is None or any(_differs(facts, part, name, loop.start, loop.end) for part in parts):
        return None
    return Turned(call, text, name, test, piece, otherwise, parts, call)


def _added(facts: Facts, loop: n.For) -> Turned | None:
    """A loop whose rounds do no more than add one piece to a text, or to the list of its pieces."""
    match loop:
        case n.For(target=n.Name(id=name), iter=text, body=[only], orelse=[], is_async=False):
            cases = _cases(facts, only, None)
        case _:
            return None
    if cases is None:
        return None
    into, tests, pieces = cases
    parts = [*tests, *(piece for piece in pieces if piece is not None)]
    if not _is_grown(facts, into, loop) or any(_differs(facts, part, name, loop.start, loop.end) for part in parts):
        return None
    if any(isinstance(into, n.Name) and into.id in facts.effects.names_in(part) for part in parts):
        return None
    simple = len(pieces) <= 2
    first, second = (pieces[0], pieces[1] if len(pieces) > 1 else None) if simple else (None, None)
    return Turned(loop, text, name, tests[0] if tests and simple else None, first, second, parts)


def _cases(facts: Facts, stmt: n.Stmt, into: n.Expr | None) -> tuple[n.Expr, list[n.Expr], list[n.Expr | None]] | None:
    """What is added to, the tests on the way, and the pieces, for a statement that adds one piece or nothing."""
    match stmt:
        case n.AugAssign(target=n.Name() as target, op="+", value=piece):
            return (target, [], [piece]) if into is None or facts.effects.same(into, target) else None
        case n.ExprStmt(value=n.Call(func=n.Attribute(value=n.Name() as target, attr="append"), args=[piece])):
            return (target, [], [piece]) if into is None or facts.effects.same(into, target) else None
        case n.If(test=test, body=[inner], orelse=orelse) if len(orelse) <= 1:
            then = _cases(facts, inner, into)
            if then is None:
                return None
            if not orelse:
                return then[0], [test, *then[1]], [*then[2], None]
            other = _cases(facts, orelse[0], then[0])
            if other is None:
                return None
            return then[0], [test, *then[1], *other[1]], [*then[2], *other[2]]
    return None


def _is_grown(facts: Facts, into: n.Expr, loop: n.For) -> bool:
    """Whether it starts as an empty text, or as an empty list that is joined after the loop."""
    block, index = facts.place(loop).path[-1]
    starts = [
        stmt.value
        for stmt in facts.structure.blocks[block][:index]
        if isinstance(stmt, n.Assign) and any(facts.effects.same(target, into) for target in stmt.targets)
    ]
    match starts[-1] if starts else None:
        case n.Constant(kind="str", value=""):
            return True
        case n.List(elts=[]):
            return any(
                isinstance(call.func, n.Attribute)
                and call.func.attr == "join"
                and isinstance(call.func.value, n.Constant)
                and call.func.value.value == ""
                and len(call.args) == 1
                and facts.effects.same(call.args[0], into)
                and call.start >= loop.end
                for call in facts.structure.all(n.Call)
            )
    return False


def _differs(facts: Facts, part: n.Expr, name: str, start: int, end: int) -> bool:
    """Whether a part might give something else for the same character, or do more than give it."""
    for node in n.descendants(part):
        if isinstance(node, (n.Lambda, n.Comprehension, n.NamedExpr)) or facts.effects.is_opaque(node):
            return True
        if isinstance(node, n.Name) and node.id != name:
            for binding in facts.inference.bindings(node) or ():
                if start <= binding.node.start < end:
                    return True
    return False


def _is_text(facts: Facts, turned: Turned) -> bool:
    """Whether what is gone through is a text, by its type, or seems to be one by how its items are called and used."""
    kind = facts.type_of(turned.text)
    if kind.name == "str":
        return True
    if kind.known or not isinstance(turned.text, (n.Name, n.Attribute)):
        return False
    name = turned.text.id if isinstance(turned.text, n.Name) else turned.text.attr
    if turned.name in _NAMES and (name == "s" or not name.endswith("s")):  # `letters` are more likely a list.
        return True
    return any(
        isinstance(node, n.Call)
        and facts.inference.callee(node) == "builtins.ord"
        and isinstance(node.args[0] if node.args else None, n.Name)
        and node.args[0].id == turned.name  # type: ignore[attr-defined]
        for part in turned.parts
        for node in n.descendants(part)
    )
