"""What each kind of expression and statement costs by itself, apart from what is inside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfwise_analyzers.cost import terms
from perfwise_analyzers.cost.frame import callee_of
from perfwise_analyzers.cost.table import ARRAYS, BY_NAME, FUNCTIONS, METHODS, PATTERNS
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

    def cost(self, node: n.Node) -> Term | None:
        """What evaluating the node itself costs; None where it is not known."""
        match node:
            case n.Call():
                return self._call(node)
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
                    [v for key, v in zip(keys, values, strict=True) if key is None and not self._is_part(v)], node
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
            ONE if self._is_part(expr) and self.inference.type_of(expr).name == "str" else self.frame.sizes.length(expr)
        )

    def piece(self, expr: n.Expr) -> Term | None:
        """The length of what is added to a text: a word or line counts as short."""
        return ONE if self._is_short(expr) else self.frame.sizes.length(expr)

    def _is_part(self, expr: n.Expr) -> bool:
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
                        and (b.target is not None or (isinstance(b.value, n.Expr) and self._is_part(b.value)))
                    )
                    for b in bindings
                )
            case n.Call(func=n.Attribute(value=value, attr=attr)):
                return attr in ("pop", "popleft", "get", "group") or self._is_part(value)
            case n.Constant() | n.Attribute():
                return True
            case n.BinOp(left=left, op=("+" | "%"), right=right):
                return self._is_short(left) and (self._is_short(right) or isinstance(right, n.Tuple))
            case n.JoinedStr(values=values):
                return all(self._is_part(v) or self.inference.type_of(v).name in _SCALAR for v in values)
        return False

    def _is_short(self, expr: n.Expr) -> bool:
        """A part, or a number as text."""
        if isinstance(expr, n.Call) and self.inference.callee(expr) in (
            "builtins.str",
            "builtins.chr",
            "builtins.repr",
        ):
            return all(self._is_part(a) or self.inference.type_of(a).name in (*_SCALAR, "unknown") for a in expr.args)
        return self._is_part(expr)

    def _slice(self, node: n.Subscript) -> Term | None:
        parent = self.facts.structure.parent.get(node)
        size = self.frame.sizes.length(node)
        if self._is_next(node.index):
            return ONE
        if self._is_part(node.value) and self.inference.type_of(node.value).name == "str":
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
                if self._is_keyed(container) or any(word in name.lower() for word in _HASHED_NAMES):
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

    def _is_keyed(self, container: n.Expr) -> bool:
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
            if self._is_part(left) or self._is_part(right):
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
                return self._whole(left if kinds[0] == "ndarray" else right)
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

    def _call(self, call: n.Call) -> Term | None:
        if callee_of(self.facts, call):
            return self.frame.called(call)
        callee = self.inference.callee(call)
        if callee in FUNCTIONS:
            own = self._function(call, callee, FUNCTIONS[callee])
            callback = self._callback(call, callee)
            return None if own is None or callback is None else own + callback
        func = call.func
        if isinstance(func, n.Attribute) and (not callee or callee.startswith("builtins.")):
            return self._method(call, func)
        if callee.startswith("builtins.") and callee.endswith(("Error", "Exception", "Warning")):
            return ONE
        if callee.endswith(("Error", "Exception")):
            return ONE
        if isinstance(func, n.Name):
            return self._local(func)
        if isinstance(func, n.Call):
            return ONE if isinstance(func.func, n.Name) and func.func.id == "super" else None
        return None

    def _local(self, func: n.Name) -> Term | None:
        """A call of a lambda that a local name holds; what is inside is counted where it stands."""
        bindings = self.inference.bindings(func)
        if bindings is None or len(bindings) != 1:
            return None
        value = bindings[0].value
        if isinstance(value, n.Lambda):
            return terms.known(self.cost(node) for node in n.descendants(value.body))
        if isinstance(value, n.Attribute) and isinstance(value.value, n.Name):
            return self._worded(BY_NAME.get(value.attr, ""), value.value, [])
        return None

    def _function(self, call: n.Call, callee: str, word: str) -> Term | None:
        args = call.args
        if any(isinstance(argument, n.Starred) for argument in args):
            spread = [a.value for a in args if isinstance(a, n.Starred)]
            return terms.known(self.frame.sizes.length(value) for value in spread)
        if callee in ("builtins.min", "builtins.max") and len(args) > 1:
            return ONE
        if (
            callee in ("builtins.bytes", "builtins.bytearray")
            and args
            and self.inference.type_of(args[0]).name == "int"
        ):
            return self.frame.sizes.value(args[0])
        if (
            callee == "builtins.str"
            and args
            and self.inference.type_of(args[0]).name in ("list", "dict", "tuple", "set")
        ):
            return self.frame.sizes.length(call)
        if callee == "builtins.sum" and len(args) > 1 and self.inference.type_of(args[1]).name in ("list", "tuple"):
            size, inner = self.frame.sizes.length(args[0]), self.frame.sizes.length(args[0], 1)
            return None if size is None or inner is None else size * size * inner
        if callee.startswith("re.") and args and not self._is_fixed_pattern(args[0]):
            return None
        if callee == "builtins.next" and args and isinstance(args[0], n.Comprehension):
            return ONE
        if callee == "math.perm" or callee == "math.comb":
            return self.frame.sizes.value(args[0]) if args else None
        return self._worded(word, args[0] if args else None, args, call)

    def _is_fixed_pattern(self, pattern: n.Expr) -> bool:
        """Whether a regular expression is in the source: another may take any time."""
        return isinstance(pattern, (n.Constant, n.JoinedStr)) or (
            isinstance(pattern, (n.Name, n.Attribute)) and self.facts.source(pattern).rpartition(".")[2].isupper()
        )

    def _worded(self, word: str, subject: n.Expr | None, args: list[n.Expr], call: n.Call | None = None) -> Term | None:
        sizes = self.frame.sizes
        size = ONE if subject is None else None
        if subject is not None and word in ("n", "n a", "n log n", "log n", "pop", "insert", "largest", "deep"):
            size = sizes.length(subject)
        match word:
            case "1":
                return ONE
            case "n":
                return size
            case "a":
                return ONE if not args else terms.known(map(sizes.length, args))
            case "n a":
                return terms.known([size, *map(sizes.length, args)])
            case "n log n":
                return None if size is None else size * terms.log(size)
            case "log n":
                return None if size is None else terms.log(size)
            case "value" | "log value":
                found = terms.known(map(sizes.value, args))
                return found if word == "value" or found is None else terms.log(found)
            case "result":
                return None if call is None else self._whole(call)
            case "second":
                return sizes.length(args[1]) if len(args) > 1 else ONE
            case "third":
                return sizes.length(args[2]) if len(args) > 2 else ONE
            case "value second":
                return sizes.value(args[-1]) if args else ONE
            case "largest":
                many, of = (sizes.value(args[0]), sizes.length(args[1])) if len(args) > 1 else (None, None)
                return None if many is None or of is None else of + of * terms.log(many)
            case "deep":
                inner = None if subject is None else sizes.length(subject, 1)
                nested = subject is not None and self._is_nested(subject)
                return size if not nested or size is None or inner is None else size * inner
            case "commonest":
                size = None if subject is None else sizes.length(subject)
                if size is None or (args and isinstance(args[0], n.Constant)):
                    return size
                return size * terms.log(size)
            case "pop":
                return ONE if not args or is_int(args[0], -1) or self._is_keyed_pop(subject) else size
            case "insert":
                return size
            case "rotate":
                return sizes.value(args[0]) if args else ONE
            case "pow":
                if len(args) == 3:
                    found = sizes.value(args[1])
                    return None if found is None else terms.log(found)
                return ONE
        return None

    def _is_keyed_pop(self, subject: n.Expr | None) -> bool:
        return subject is not None and (self.inference.type_of(subject).name == "dict" or self._is_keyed(subject))

    def _is_nested(self, expr: n.Expr) -> bool:
        element = self.inference.type_of(expr).element
        return element is not None and element.name in ("list", "dict", "set")

    def _whole(self, array: n.Expr) -> Term | None:
        first, second = self.frame.sizes.length(array), self.frame.sizes.length(array, 1)
        return None if first is None or second is None else first * second

    def _callback(self, call: n.Call, callee: str) -> Term | None:
        """What a named function costs that the call calls for each item."""
        over: n.Expr | None = None
        func: n.Expr | None = next((k.value for k in call.keywords if k.arg == "key"), None)
        if callee in ("builtins.map", "builtins.filter", "functools.reduce") and len(call.args) > 1:
            func, over = call.args[0], call.args[1]
        elif func is not None and call.args:
            over = call.args[0]
        if func is None or over is None or isinstance(func, (n.Lambda, n.Constant)):
            return ONE
        each = self._each(func, over)
        size = self.frame.sizes.length(over)
        return None if each is None or size is None else size * each

    def _each(self, func: n.Expr, over: n.Expr) -> Term | None:
        origin = self.inference.origin(func)
        if origin in FUNCTIONS:
            inner = self.frame.sizes.length(over, 1)
            match FUNCTIONS[origin]:
                case "1":
                    return ONE
                case "n":
                    return inner
                case "n log n":
                    return None if inner is None else inner * terms.log(inner)
            return None
        if isinstance(func, n.Attribute):
            base = self.inference.origin(func.value)
            if base in ("builtins.str", "builtins.dict") or BY_NAME.get(func.attr) == "1":
                return ONE
            if self.inference.type_of(func.value).name == "dict":
                return ONE
        if isinstance(func, n.Call):
            return ONE if self.inference.callee(func).startswith(("operator.", "functools.")) else None
        if isinstance(func, n.Name):
            summary = self.facts.environment.lookup(func.id) if self.inference.is_free(func) else None
            if summary is not None and summary.kind == "function":
                function = self.frame.results(func.id)
                if function is not None and function.cost is not None and function.cost.constant:
                    return ONE
        return None

    def _method(self, call: n.Call, func: n.Attribute) -> Term | None:
        receiver, attr = func.value, func.attr
        kind = self.inference.type_of(receiver).name
        origin = self.inference.origin(receiver)
        if origin.startswith("builtins."):
            kind = origin.removeprefix("builtins.")
            if kind in ("str", "dict", "int", "bytes", "float", "set", "list"):
                return self._worded(METHODS[kind].get(attr, ""), None, call.args, call)
            kind = "unknown"
        if isinstance(receiver, n.Call) and isinstance(receiver.func, n.Name) and receiver.func.id == "super":
            return ONE if attr == "__init__" else None
        if attr in PATTERNS and self._is_fixed_pattern(receiver) and call.args:
            return self.frame.sizes.length(call.args[-1])
        known = METHODS.get(kind)
        if known is None:
            if kind.startswith("@"):
                return None
            word = BY_NAME.get(attr) or (ARRAYS.get(attr, "") if self.frame.has_arrays else "")
            if not word and attr.startswith(("is_", "has_")) and not call.args:
                return None
        else:
            word = known.get(attr, "")
        if kind in ("str", "bytes") and word == "n" and self._is_part(receiver):
            return ONE
        if (
            known is None
            and word == "n"
            and self._is_part(receiver)
            and attr not in ("index", "count", "remove", "reverse", "copy")
        ):
            return ONE
        if attr == "sort":
            callback = self._key_of_sort(call, receiver)
            own = self._worded(word, receiver, call.args, call)
            return None if callback is None or own is None else own + callback
        if attr == "join" and call.args and isinstance(call.args[0], n.Comprehension):
            return self.frame.sizes.length(call.args[0])
        return self._worded(word, receiver, call.args, call)

    def _key_of_sort(self, call: n.Call, receiver: n.Expr) -> Term | None:
        func = next((k.value for k in call.keywords if k.arg == "key"), None)
        if func is None or isinstance(func, n.Lambda):
            return ONE
        each, size = self._each(func, receiver), self.frame.sizes.length(receiver)
        return None if each is None or size is None else size * each
