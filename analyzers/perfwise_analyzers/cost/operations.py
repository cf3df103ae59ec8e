"""What each kind of expression and statement costs by itself, apart from what is inside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfwise_analyzers.cost import terms
from perfwise_analyzers.cost.calls import Calls
from perfwise_analyzers.cost.terms import ONE, Term
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.inference import is_int

if TYPE_CHECKING:
    from perfwise_analyzers.cost.model import Frame

_HASHED = frozenset({"dict", "set", "frozenset", "keys", "items", "range"})
_SCALAR = frozenset({"int", "float", "bool", "None"})
_COPIED = frozenset({"list", "tuple", "bytes", "sequence"})
_SEQUENCES = frozenset({"list", "tuple", "str", "bytes", "sequence", "deque"})
_HASHED_NAMES = ("seen", "visited", "set", "map", "dict", "cache", "memo", "lookup", "index", "table", "counts", "freq",
                 "graph", "adj", "parents", "dist", "groups", "unique", "by_", "stop")  # fmt: skip


class Operations:
    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.facts = frame.facts
        self.inference = frame.facts.inference
        self.calls = Calls(self)

    def cost(self, node: n.Node) -> Term | None:
        """What evaluating the node itself costs; None where it is not known."""
        match node:
            case n.Call():
                return self.calls.cost(node)
            case n.Compare(left=left, ops=ops, comparators=comparators):
                if len(ops) == 1 and ops[0] in ("in", "not in"):
                    return self._membership(comparators[0])
                return self._equality(left, comparators[0]) if len(ops) == 1 else ONE
            case n.Subscript(value=value, index=n.Slice()):
                return ONE if self.inference.type_of(value).name in ("ndarray", "range") else self._slice(node)
            case n.Subscript(value=value, index=index) if self.inference.type_of(value).name == "deque":
                return ONE if is_int(index, 0) or is_int(index, -1) else self.frame.sizes.length(value)
            case n.BinOp(left=left, op=op, right=right):
                return self._binary(node, left, op, right)
            case n.AugAssign(target=target, op=op, value=value):
                return self._augmented(target, op, value)
            case n.List(elts=elts) | n.Tuple(elts=elts) | n.Set(elts=elts):
                return self._spread([elt.value for elt in elts if isinstance(elt, n.Starred)], node)
            case n.Dict(keys=keys, values=values):
                return self._spread(
                    [v for key, v in zip(keys, values, strict=True) if key is None and not self.is_part(v)], node
                )
            case n.JoinedStr(values=values):
                return self._spread([v for v in values if self.inference.type_of(v).name == "str"], node)
            case n.Delete(targets=targets):
                return terms.known(map(self._deleted, targets))
            case n.Yield(value=value, is_from=True) if value is not None:
                return self.frame.sizes.length(value)
        return ONE

    def _spread(self, inner: list[n.Expr], node: n.Node) -> Term | None:
        parent = self.facts.structure.parent.get(node)
        if inner and isinstance(parent, n.Assign) and node in parent.targets:
            return self.frame.sizes.length(parent.value)
        if isinstance(parent, (n.For, n.Generator)) and parent.target is node:
            return ONE
        return terms.known(map(self._text_or_items, inner))

    def _text_or_items(self, expr: n.Expr) -> Term | None:
        return (
            ONE if self.is_part(expr) and self.inference.type_of(expr).name == "str" else self.frame.sizes.length(expr)
        )

    def piece(self, expr: n.Expr) -> Term | None:
        """The length of what is added to a text: a word or line counts as short."""
        return ONE if self._is_short(expr) else self.frame.sizes.length(expr)

    def is_part(self, expr: n.Expr) -> bool:
        """Whether a value is one of the items of something: a word, a line, a key, taken to be short."""
        return self.frame.questions.ask(("part", expr), lambda: self._taken_from(expr), True)

    def _taken_from(self, expr: n.Expr) -> bool:
        match expr:
            case n.Subscript(index=index):
                return not isinstance(index, n.Slice)
            case n.Name():
                bindings = self.inference.bindings(expr) or []
                return bool(bindings) and all(
                    b.kind == "loop"
                    or (
                        b.kind in ("assign", "unpack")
                        and (b.target is not None or (isinstance(b.value, n.Expr) and self.is_part(b.value)))
                    )
                    for b in bindings
                )
            case n.Call(func=n.Attribute(value=value, attr=attr)):
                return attr in ("pop", "popleft", "get", "group") or self.is_part(value)
            case n.Constant() | n.Attribute():
                return True
            case n.BinOp(left=left, op=("+" | "%"), right=right):
                return self._is_short(left) and (self._is_short(right) or isinstance(right, n.Tuple))
            case n.JoinedStr(values=values):
                return all(self.is_part(v) or self.inference.type_of(v).name in _SCALAR for v in values)
        return False

    def _is_short(self, expr: n.Expr) -> bool:
        """A part, or a number as text."""
        if isinstance(expr, n.Call) and self.inference.callee(expr) in (
            "builtins.str",
            "builtins.chr",
            "builtins.repr",
        ):
            return all(self.is_part(a) or self.inference.type_of(a).name in (*_SCALAR, "unknown") for a in expr.args)
        return self.is_part(expr)

    def _slice(self, node: n.Subscript) -> Term | None:
        parent = self.facts.structure.parent.get(node)
        size = self.frame.sizes.length(node)
        if self._is_next(node.index):
            return ONE
        if self.is_part(node.value) and self.inference.type_of(node.value).name == "str":
            return ONE
        if isinstance(parent, n.Assign) and node in parent.targets:
            match node.index:
                case n.Slice(lower=None, upper=None):
                    return self.frame.sizes.length(parent.value)
            return terms.known([self.frame.sizes.length(node.value), self.frame.sizes.length(parent.value)])
        if isinstance(parent, n.Delete):
            return self.frame.sizes.length(node.value)
        return size

    def _is_next(self, part: n.Expr) -> bool:
        """`text[start:i]` where the next slice starts at `i`: together they are as long as the text."""
        match part:
            case n.Slice(lower=n.Name() as lower, upper=n.BinOp(left=n.Name(id=same), op="+", right=width)) if (
                same == lower.id
            ):
                for binding in self.inference.bindings(lower) or []:
                    match binding.value:
                        case n.Call(args=[_, _, step]) if binding.kind == "loop":
                            return self.facts.effects.same(step, width)
            case n.Slice(lower=n.Name() as lower, upper=n.Name(id=upper)):
                scope = self.frame.scope_of(lower)
                bindings = [b for b in scope.bindings.get(lower.id, ()) if b.place.loop is not None]
                return bool(bindings) and all(
                    isinstance(b.value, n.Expr) and upper in self.facts.effects.names_in(b.value) and b.kind == "assign"
                    for b in bindings
                )
        return False

    def _deleted(self, target: n.Expr) -> Term | None:
        match target:
            case n.Subscript(index=n.Slice()):
                return ONE
            case n.Subscript(value=value, index=index):
                if self.inference.type_of(value).name in ("list", "deque", "bytearray") and not is_int(index, -1):
                    return self.frame.sizes.length(value)
        return ONE

    # Operators

    def _membership(self, container: n.Expr) -> Term | None:
        kind = self.inference.type_of(container)
        if kind.name in _HASHED or kind.name.startswith("@"):
            return ONE
        if kind.known:
            return self._text_or_items(container)
        match container:
            case n.Call(func=n.Attribute(attr=("keys" | "items"))):
                return ONE
            case n.Call(func=n.Attribute(attr="values")):
                return self.frame.sizes.length(container)
            case n.Attribute() if self.inference.origin(container).startswith("string."):
                return ONE
            case n.Name(id=name) | n.Attribute(attr=name):
                if self.is_keyed(container) or any(word in name.lower() for word in _HASHED_NAMES):
                    return ONE
                if isinstance(container, n.Name) and self._is_parameter(container):
                    return self.frame.sizes.length(container)
            case n.Subscript():
                return ONE if self.frame.sizes.length(container) == ONE else None
        size = self.frame.sizes.length(container)
        return size if size == ONE else None

    def _is_parameter(self, name: n.Name) -> bool:
        bindings = self.inference.bindings(name)
        return bool(bindings) and all(binding.kind == "parameter" for binding in bindings or ())

    def is_keyed(self, container: n.Expr) -> bool:
        """Whether the function uses it as a dict or set."""
        if not isinstance(container, n.Name):
            return False
        bindings = self.inference.bindings(container)
        if not bindings:
            return False
        for use in bindings[0].place.scope.uses.get(container.id, ()):
            around = self.facts.structure.parent.get(use)
            match around:
                case n.Attribute(attr=("add" | "discard" | "items" | "keys" | "values" | "get" | "setdefault")):
                    return True
                case n.Subscript(value=value, index=index) if value is use:
                    compared = self.facts.structure.parent.get(container)
                    if isinstance(compared, n.Compare) and self.facts.effects.same(compared.left, index):
                        return True
                    if self.inference.type_of(index).name == "str":
                        return True
        return False

    def _equality(self, left: n.Expr, right: n.Expr) -> Term | None:
        kind = self.inference.type_of(left).name
        if kind in (*_SEQUENCES, "dict", "set") and self.inference.type_of(right).name == kind:
            if self.is_part(left) or self.is_part(right):
                return ONE
            first, second = self.frame.sizes.length(left), self.frame.sizes.length(right)
            return first if second is None or (first is not None and not terms.heavier(first, second)) else second
        return ONE

    def _binary(self, node: n.BinOp, left: n.Expr, op: str, right: n.Expr) -> Term | None:
        kinds = (self.inference.type_of(left).name, self.inference.type_of(right).name)
        match op:
            case "+" if (
                kinds[0] in _SEQUENCES
                or kinds[1] in _SEQUENCES
                or isinstance(left, n.List)
                or isinstance(right, n.List)
            ):
                if self._extends_string(node, left) or (
                    "str" in kinds and all(self._is_short(side) or isinstance(side, n.BinOp) for side in (left, right))
                ):
                    return self._text_or_items(right)
                return self.frame.sizes.length(node)
            case "*" if "list" in kinds or "tuple" in kinds or "str" in kinds or "bytes" in kinds:
                return self.frame.sizes.length(node)
            case "|" | "&" | "-" | "^" if kinds[0] in ("set", "frozenset", "dict", "keys"):
                return self.frame.sizes.length(node)
            case "@":
                sizes = [
                    self.frame.sizes.length(left),
                    self.frame.sizes.length(left, 1),
                    self.frame.sizes.length(right, 1),
                ]
                if any(size is None for size in sizes) or sizes[1] == ONE:
                    return None
                return sizes[0] * sizes[1] * sizes[2]  # type: ignore[operator]
            case _ if "ndarray" in kinds:
                return self.calls.whole(left if kinds[0] == "ndarray" else right)
        return ONE

    def _extends_string(self, node: n.BinOp, left: n.Expr) -> bool:
        """`s = s + x` on a local string, which is extended in place."""
        stmt = self.facts.structure.parent.get(node)
        while isinstance(stmt, n.BinOp) and stmt.left is node:
            node, stmt = stmt, self.facts.structure.parent.get(stmt)
        return (
            isinstance(stmt, n.Assign)
            and len(stmt.targets) == 1
            and isinstance(stmt.targets[0], n.Name)
            and self.facts.effects.same(stmt.targets[0], left)
            and self.inference.type_of(left).name == "str"
        )

    def _augmented(self, target: n.Expr, op: str, value: n.Expr) -> Term | None:
        kind = self.inference.type_of(target).name
        if isinstance(target, n.Name) and kind == "unknown":
            kind = self._kind_before(target)
        added = self.inference.type_of(value).name
        if kind == "unknown" and added in ("str", "bytes", "tuple", "list") and op == "+":
            kind = added
        if op == "+" and kind in ("list", "deque", "bytearray"):
            return self.frame.sizes.length(value)
        if op == "+" and kind == "str" and isinstance(target, n.Name):
            return self.piece(value)
        if op == "+" and kind in ("str", "bytes", "tuple"):
            return terms.known([self._length_of_target(target), self.piece(value)])
        if op == "*" and kind in _SEQUENCES:
            return self._length_of_target(target)
        if kind in ("set", "frozenset", "dict"):
            return self.frame.sizes.length(value if op == "|" else target)
        if kind == "ndarray":
            return self.frame.sizes.length(target)
        return ONE

    def _kind_before(self, target: n.Name) -> str:
        scope = self.frame.scope_of(target)
        bindings = [b for b in scope.bindings.get(target.id, ()) if b.kind == "assign"]
        return self.inference.bound_type(bindings).name if bindings else "unknown"

    def _length_of_target(self, target: n.Expr) -> Term | None:
        if not isinstance(target, n.Name):
            return self.frame.sizes.length(target)
        bindings = [b for b in self.frame.scope_of(target).bindings.get(target.id, ()) if b.region is None]
        return self.frame.sizes.lengths.named(bindings, 0) if bindings else terms.length(target.id)

    # Calls
