"""How an assignment changes a number or container that a `while` loop watches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from perfwise_analyzers.cost.bindings import path_to, visible
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.structure import Binding, Loop

if TYPE_CHECKING:
    from perfwise_analyzers.cost.model import Frame

# `middle` is half-way between two bounds, `link` the next node of a chain, `less` a part of a container.
Update = Literal["up", "double", "down", "halve", "remainder", "middle", "link", "less", "half", "same", "other"]

UPWARD = frozenset({"up", "double", "middle"})
DOWNWARD = frozenset({"down", "halve", "remainder", "middle"})
GEOMETRIC = frozenset({"double", "halve", "remainder", "middle"})

_AUGMENTED: dict[str, Update] = {
    "+": "up", "-": "down", "*": "double", "<<": "double", "//": "halve", "/": "halve", ">>": "halve", "%": "remainder",
}  # fmt: skip


def update_of(frame: Frame, binding: Binding, loop: Loop) -> Update:
    """What one binding of a name does to it from one round of a loop to the next."""
    name, value, stmt = binding.name, binding.value, binding.place.stmt
    if binding.kind == "augmented" and isinstance(stmt, n.AugAssign):
        if isinstance(stmt.value, n.UnaryOp) and stmt.value.op == "-":
            return "other"
        if stmt.op == "+" and isinstance(stmt.value, n.Name) and stmt.value.id == name:
            return "double"
        if stmt.op == "&" and _mentions(stmt.value, name):
            return "halve"
        if isinstance(stmt.value, n.Call) and frame.facts.inference.callee(stmt.value) not in (
            "builtins.len",
            "builtins.max",
            "builtins.min",
        ):
            return "other"
        if stmt.op in ("-", "^") and _is_lowest_bit(stmt.value, name):
            return "halve"
        if stmt.op == "+" and _is_lowest_bit(stmt.value, name):
            return "double"
        return _AUGMENTED.get(stmt.op, "other")
    if binding.kind in ("assign", "unpack") and isinstance(value, n.Expr):
        path = path_to(binding.target, binding.node)
        while path and isinstance(value, (n.Tuple, n.List)) and path[0] < len(value.elts):
            value, path = value.elts[path[0]], path[1:]
        match value:
            case n.Call(args=[n.Name(id=divided), _]) if (
                path and frame.facts.inference.callee(value) == "builtins.divmod"
            ):
                return "halve" if divided == name and path[0] == 0 else "other"
        if isinstance(binding.target, (n.Tuple, n.List)) and isinstance(value, n.Name) and not path:
            if value.id == name:
                return "same"
            return "remainder" if _swaps_remainder(binding.value, value.id) else "other"
        if not path:
            return _assigned(frame, name, value, loop)
        if isinstance(binding.target, (n.Tuple, n.List)) and isinstance(value, n.Name) and value.id == name:
            return "less"
    return "other"


def _assigned(frame: Frame, name: str, value: n.Expr, loop: Loop) -> Update:
    match value:
        case n.Call(args=[inner, *_]) if frame.facts.inference.callee(value) in ("builtins.int", "math.floor"):
            return _assigned(frame, name, inner, loop)
        case n.Call(args=args) if frame.facts.inference.callee(value) == "builtins.max":
            found = [_assigned(frame, name, argument, loop) for argument in args]
            return "up" if "up" in found else "other"
        case n.BinOp(left=n.Name(id=left), op="&") if left == name:
            return "halve"
        case n.BinOp(left=n.Name(id=left), op=op, right=right) if left == name:
            if op == "+" and isinstance(right, n.Name) and right.id == name:
                return "double"
            return _AUGMENTED.get(op, "other")
        case n.BinOp() if _doubles(value, name):
            return "double"
        case n.BinOp(left=left, op=("+" | "*") as op, right=n.Name(id=right)) if right == name:
            return "up" if op == "+" and not _mentions(left, name) else "double" if op == "*" else "other"
        case n.BinOp(left=_, op="%", right=n.Name(id=right)) if right == name:
            return "remainder"
        case n.Attribute(value=owner) if _root(owner) == name:
            return "link"
        case n.IfExp(body=body, orelse=orelse):
            first, second = (_assigned(frame, name, side, loop) for side in (body, orelse))
            return first if first == second else "other"
        case n.Subscript(value=n.Name(id=left), index=n.Slice() as part) if left == name:
            return "half" if any(_is_half(frame, edge) for edge in (part.lower, part.upper)) else "less"
        case n.Subscript(index=n.Name(id=index)) if index == name:
            return "link"
        case n.Subscript(index=n.Subscript(index=n.Name(id=index))) if index == name:
            return "link"
        case n.Subscript(value=n.Name(id=left), index=n.Constant()) if left == name:
            return "link"
        case n.BinOp(left=n.Name() as middle, op=("+" | "-"), right=n.Constant()) if is_middle(frame, middle):
            return "middle"
        case n.Name() if is_middle(frame, value):
            return "middle"
        case n.Name():
            bindings = frame.facts.inference.bindings(value) or []
            if bindings and all(isinstance(b.value, n.Attribute) and _root(b.value) == name for b in bindings):
                return "link"
            if _is_doubled(frame, value, name, 0):
                return "double"
            if _runs_ahead(value, name, loop) or _runs_behind(value, name, loop):
                return "up"
    return "other"


def is_middle(frame: Frame, name: n.Expr | None) -> bool:
    """Whether an expression is half-way between two bounds, or half of something."""
    if not isinstance(name, n.Name):
        return False
    bindings = frame.facts.inference.bindings(name)
    return bool(bindings) and all(isinstance(b.value, n.Expr) and halves(frame, b.value) for b in bindings or ())


def halves(frame: Frame, value: n.Expr) -> bool:
    match value:
        case n.BinOp(op=("//" | ">>" | "/"), right=n.Constant()):
            return True
        case n.BinOp(op="+", left=left, right=right):
            return halves(frame, left) or halves(frame, right)
        case n.Call(args=[inner, *_]) if frame.facts.inference.callee(value) in (
            "builtins.int",
            "math.floor",
            "math.ceil",
        ):
            return halves(frame, inner)
    return False


def _runs_ahead(other: n.Name, name: str, loop: Loop) -> bool:
    """`j = i`, then only `j += 1`: what j is given to i is more than i was."""
    bindings = [b for b in visible(loop.scope, other.id) if loop.start <= b.node.start < loop.end]
    starts = [b for b in bindings if b.kind != "augmented"]
    steps = [b.place.stmt for b in bindings if b.kind == "augmented"]
    return (
        bool(starts)
        and bool(steps)
        and all(isinstance(b.value, n.Expr) and _is_from(b.value, name) for b in starts)
        and all(isinstance(step, n.AugAssign) and step.op == "+" for step in steps)
    )


def _runs_behind(other: n.Name, name: str, loop: Loop) -> bool:
    """Seen from j: i is only ever what j was, so that `j = i` does not take j back."""
    bindings = [b for b in visible(loop.scope, other.id) if loop.start <= b.node.start < loop.end]
    return bool(bindings) and all(isinstance(b.value, n.Expr) and _is_from(b.value, name) for b in bindings)


def _is_from(value: n.Expr, name: str) -> bool:
    match value:
        case n.BinOp(left=n.Name(id=start), op="+", right=n.Constant()) | n.Name(id=start):
            return start == name
    return False


def _is_doubled(frame: Frame, value: n.Expr, name: str, depth: int) -> bool:
    """Whether an expression is a child's place in a heap, seen from its parent's."""
    match value:
        case n.Name(id=held) if held != name and depth < 4:
            bindings = frame.facts.inference.bindings(value) or []
            values = [b.value for b in bindings if isinstance(b.value, n.Expr) and b.kind != "augmented"]
            others = [v for v in values if not (isinstance(v, n.Name) and v.id == name)]
            return bool(others) and all(_is_doubled(frame, other, name, depth + 1) for other in others)
        case n.Tuple(elts=elts) | n.List(elts=elts):
            return bool(elts) and all(_is_doubled(frame, elt, name, depth + 1) for elt in elts)
        case n.BinOp(left=n.Name() as left, op="+", right=n.Constant()) if left.id != name:
            return _is_doubled(frame, left, name, depth + 1)
    return _doubles(value, name)


def _doubles(value: n.Expr, name: str) -> bool:
    match value:
        case n.BinOp(left=left, op="+", right=n.Constant()):
            return _doubles(left, name)
        case (
            n.BinOp(left=n.Constant(value=2), op="*", right=n.Name(id=of))
            | n.BinOp(left=n.Name(id=of), op="*", right=n.Constant(value=2))
        ):
            return of == name
        case n.BinOp(left=n.Name(id=of), op="<<", right=n.Constant(value=1)):
            return of == name
    return False


def _is_half(frame: Frame, edge: n.Expr | None) -> bool:
    match edge:
        case n.BinOp(left=left, op=("+" | "-"), right=n.Constant()):
            return _is_half(frame, left)
    return edge is not None and (is_middle(frame, edge) or halves(frame, edge))


def _is_lowest_bit(value: n.Expr, name: str) -> bool:
    return isinstance(value, n.BinOp) and value.op == "&" and _mentions(value, name)


def _swaps_remainder(value: n.Node | None, other: str) -> bool:
    return isinstance(value, (n.Tuple, n.List)) and any(
        isinstance(elt, n.BinOp) and elt.op == "%" and isinstance(elt.right, n.Name) and elt.right.id == other
        for elt in value.elts
    )


def _mentions(expr: n.Node, name: str) -> bool:
    return any(isinstance(node, n.Name) and node.id == name for node in n.descendants(expr))


def _root(expr: n.Expr) -> str:
    while isinstance(expr, n.Attribute):
        expr = expr.value
    return expr.id if isinstance(expr, n.Name) else ""
