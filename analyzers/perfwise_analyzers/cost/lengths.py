"""How many items an expression holds, in the container itself (depth 0) or in each of its items (depth 1)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from perfwise_analyzers.cost import terms
from perfwise_analyzers.cost.bindings import MOST_BINDINGS, path_to
from perfwise_analyzers.cost.frame import callee_of
from perfwise_analyzers.cost.terms import ONE, Atom, Term
from perfwise_analyzers.cost.views import JOINED, VIEW_METHODS, VIEWS, VIEWS_OF_SECOND
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.structure import Binding

if TYPE_CHECKING:
    from perfwise_analyzers.cost.sizes import Sizes


class Lengths:
    def __init__(self, sizes: Sizes) -> None:
        self.sizes = sizes
        self.frame = sizes.frame
        self.facts = sizes.facts
        self.inference = sizes.inference

    def of(self, expr: n.Expr, depth: int) -> Term | None:
        if depth == 0 and self._is_fixed(expr):
            return ONE
        match expr:
            case n.Constant() | n.Lambda():
                return ONE
            case n.Compare(left=left):
                return self.sizes.length(left, depth) if self.frame.has_arrays else ONE
            case n.JoinedStr(values=values):
                return terms.known(
                    self.sizes.length(value) for value in values if self.inference.type_of(value).name == "str"
                )
            case n.List(elts=elts) | n.Tuple(elts=elts) | n.Set(elts=elts):
                return self._display(elts, depth)
            case n.Dict(keys=keys, values=values):
                spread = [value for key, value in zip(keys, values, strict=True) if key is None]
                plain = [] if depth == 0 else [v for k, v in zip(keys, values, strict=True) if k is not None]
                return terms.known(
                    [*(self.sizes.length(v, depth) for v in spread), *(self.sizes.length(v, depth - 1) for v in plain)]
                )
            case n.Comprehension(element=element, value=value, generators=generators):
                if depth:
                    return self.sizes.length(value or element, depth - 1)
                product: Term | None = ONE
                for clause in generators:
                    trips = self.frame.rounds.trips(self.frame.loop_of[clause])
                    product = product * trips if product is not None and trips is not None else None
                return product
            case n.Call():
                return self._length_of_call(expr, depth)
            case n.Subscript(value=value, index=n.Slice() as part):
                return self._slice(value, part) if depth == 0 else self.sizes.length(value, depth)
            case n.Subscript(value=value, index=index):
                kind = self.inference.type_of(value)
                if kind.name in ("str", "bytes"):
                    return ONE
                if isinstance(value, n.Tuple) or kind.items is not None:
                    picked = _literal_item(value, index)
                    if picked is not None:
                        return self.sizes.length(picked, depth)
                return self.sizes.length(value, depth + (len(index.elts) if isinstance(index, n.Tuple) else 1))
            case n.BinOp(left=left, op=op, right=right):
                return self._length_of_operation(left, op, right, depth)
            case n.IfExp(body=body, orelse=orelse):
                return terms.known([self.sizes.length(body, depth), self.sizes.length(orelse, depth)])
            case n.BoolOp(values=values):
                return terms.known(self.sizes.length(value, depth) for value in values)
            case n.NamedExpr(value=value) | n.Starred(value=value) | n.Await(value=value):
                return self.sizes.length(value, depth)
            case n.Name():
                return self._length_of_name(expr, depth)
            case n.Attribute(value=value, attr=attr):
                if attr.isupper() or self.inference.origin(expr).startswith("string."):
                    return ONE
                if attr in ("T", "values", "index", "columns") and not self.inference.attribute_key(expr):
                    return self.sizes.length(value, depth)
                return self._grown(expr, self.path(expr, "len", depth), depth)
        return None

    def _is_fixed(self, expr: n.Expr) -> bool:
        """Whether a name of the module or an attribute holds a fixed number of items."""
        free = isinstance(expr, n.Name) and self.inference.is_free(expr)
        return (free or isinstance(expr, n.Attribute)) and self.facts.sizes.constant(expr)

    def _display(self, elts: list[n.Expr], depth: int) -> Term | None:
        if depth == 0:
            return terms.known(self.sizes.length(elt.value) for elt in elts if isinstance(elt, n.Starred))
        return terms.known(
            self.sizes.length(elt.value, depth) if isinstance(elt, n.Starred) else self.sizes.length(elt, depth - 1)
            for elt in elts[:50]
        )

    def _length_of_call(self, call: n.Call, depth: int) -> Term | None:
        callee = self.inference.callee(call)
        args = call.args
        if callee == "builtins.range":
            return self.sizes.range(args) if depth == 0 else ONE
        if callee in (
            "builtins.str",
            "builtins.repr",
            "builtins.bin",
            "builtins.hex",
            "builtins.oct",
            "builtins.format",
        ):
            if depth or not args:
                return ONE
            kind = self.inference.type_of(args[0]).name
            if kind == "str":
                return self.sizes.length(args[0])
            if kind in ("list", "dict", "set", "tuple"):
                return self.sizes.length(args[0])
            size = self.sizes.value(args[0])
            return None if size is None else terms.log(size)
        if callee == "builtins.zip" and len(args) == 1 and isinstance(args[0], n.Starred):
            return self.sizes.length(args[0].value, {0: 1, 1: 0}.get(depth, depth))
        if callee == "itertools.zip_longest" and depth == 0:
            return terms.known(map(self.sizes.length, args))
        if callee in ("builtins.zip", "itertools.zip_longest", "builtins.enumerate") and depth == 1:
            return ONE
        if callee == "builtins.zip":
            if depth == 0:
                lengths = [length for length in map(self.sizes.length, args) if length is not None]
                return min(lengths, key=terms.growth_of) if lengths else ONE if not args else None
            return terms.known(self.sizes.length(argument, depth - 1) for argument in args)
        if (
            callee in ("builtins.bytearray", "builtins.bytes")
            and args
            and self.inference.type_of(args[0]).name == "int"
        ):
            return self.sizes.value(args[0])
        if callee in ("numpy.zeros", "numpy.ones", "numpy.empty", "numpy.full", "numpy.arange", "numpy.linspace"):
            shape = args[-1] if callee == "numpy.linspace" else args[0] if args else None
            if isinstance(shape, n.Tuple):
                return self.sizes.value(shape.elts[depth]) if depth < len(shape.elts) else ONE
            return ONE if shape is None or depth else self.sizes.value(shape)
        if callee in ("heapq.nlargest", "heapq.nsmallest", "random.choices") and len(args) > 1:
            return self.sizes.value(args[0]) if depth == 0 else self.sizes.length(args[1], depth)
        if callee in ("itertools.permutations", "itertools.combinations", "itertools.product") and args:
            return self.combined(callee, call) if depth == 0 else ONE
        if callee == "itertools.repeat":
            return self.sizes.value(args[1]) if len(args) > 1 else None
        if callee in ("itertools.count", "itertools.cycle"):
            return None
        if callee in ("collections.defaultdict", "builtins.defaultdict"):
            return ONE
        if callee in JOINED:
            return terms.known(self.sizes.length(argument, depth) for argument in args)
        if callee == "itertools.chain.from_iterable" and args:
            return (
                terms.both(self.sizes.length(args[0]), self.sizes.length(args[0], 1))
                if depth == 0
                else self.sizes.length(args[0], 2)
            )
        if callee == "builtins.islice" or (callee == "itertools.islice" and len(args) == 2 and depth == 0):
            return self.sizes.value(args[1])
        if callee == "builtins.map" and depth and len(args) > 1:
            if isinstance(args[0], n.Name) and args[0].id in ("list", "set", "tuple", "str", "sorted"):
                return self.sizes.length(args[1], depth)
            return ONE
        if callee in VIEWS:
            return self.sizes.length(args[0], depth) if args else ONE
        if callee in VIEWS_OF_SECOND and len(args) > 1:
            return self.sizes.length(args[1], depth)
        if callee in ("builtins.sum", "functools.reduce") or callee.startswith("math."):
            return ONE
        key = callee_of(self.facts, call)
        if key:
            return self.sizes.result(call, key, "length" if depth == 0 else "inner_length")
        if isinstance(call.func, n.Attribute) and not self.inference.origin(call.func):
            return self._length_of_method(call, call.func, depth)
        return terms.other(f"len({self.sizes.short(call)})")

    def _length_of_method(self, call: n.Call, func: n.Attribute, depth: int) -> Term | None:
        receiver, attr = func.value, func.attr
        if attr in ("split", "rsplit", "splitlines") and depth:
            return ONE
        if attr in VIEW_METHODS:
            return self.sizes.length(receiver, depth)
        if attr in ("get", "setdefault", "pop", "popleft", "popitem", "__getitem__"):
            return self.sizes.length(receiver, depth + 1)
        if attr == "join" and call.args:
            return self.sizes.length(call.args[0])
        if attr in ("replace", "union", "ljust", "rjust", "center", "zfill"):
            return terms.known(
                [
                    self.sizes.length(receiver, depth),
                    *(self.sizes.length(a, depth) for a in call.args if attr == "union"),
                ]
            )
        if attr in ("format", "strftime", "isoformat", "group"):
            return ONE
        return terms.other(f"len({self.sizes.short(call)})")

    def combined(self, callee: str, call: n.Call) -> Term | None:
        """How many arrangements itertools gives."""
        if isinstance(call.args[0], n.Starred):
            many = self.sizes.length(call.args[0].value)
            return None if many is None else terms.exponential(many)
        size = self.sizes.length(call.args[0])
        if size is None:
            return None
        if callee == "itertools.product":
            repeat = next((k.value for k in call.keywords if k.arg == "repeat"), None)
            if repeat is not None:
                match repeat:
                    case n.Constant(value=int(times)):
                        return terms.power(size, times)
                count = self.sizes.value(repeat)
                return None if count is None else terms.exponential(count)
            product: Term | None = ONE
            for argument in call.args:
                product = terms.both(product, self.sizes.length(argument))
            return product
        chosen = call.args[1] if len(call.args) > 1 else None
        match chosen:
            case n.Constant(value=int(times)):
                return terms.power(size, times)
        return terms.exponential(size, 2 if callee == "itertools.permutations" else 1)

    def _slice(self, value: n.Expr, part: n.Slice) -> Term | None:
        lower, upper = part.lower, part.upper
        whole = self.sizes.length(value)
        if part.step is not None and not isinstance(part.step, (n.Constant, n.UnaryOp)):
            return whole
        match lower, upper:
            case _, n.BinOp(left=n.Name(id=a), op="+", right=width) if isinstance(lower, n.Name) and lower.id == a:
                return self.least(self.sizes.value(width), whole)
            case n.BinOp(left=n.Name(id=a), op="-", right=width), _ if isinstance(upper, n.Name) and upper.id == a:
                return self.least(self.sizes.value(width), whole)
            case None, n.Constant(kind="int"):
                return ONE
            case n.UnaryOp(op="-", operand=n.Constant()), None:
                return ONE
            case n.Constant(kind="int"), n.Constant(kind="int"):
                return ONE
            case None, n.Name() | n.BinOp() | n.Attribute() if part.step is None:
                return self.least(self.sizes.value(upper), whole)
        return whole

    @staticmethod
    def least(first: Term | None, second: Term | None) -> Term | None:
        """Of two bounds the better; of equals the first."""
        if first is None or second is None:
            return second if first is None else first
        return second if terms.heavier(first, second) else first

    def _length_of_operation(self, left: n.Expr, op: str, right: n.Expr, depth: int) -> Term | None:
        names = (self.inference.type_of(left).name, self.inference.type_of(right).name)
        if op == "*" and self.frame.has_arrays and not self._is_container(left) and not self._is_container(right):
            return self.sizes.length(left, depth)
        if op == "*":
            container, times = (right, left) if self._is_container(right) else (left, right)
            size = self.sizes.length(container, depth)
            return size if depth else terms.both(size, self.sizes.value(times))
        if op == "%" and names[0] == "str":
            return ONE
        if op in ("-", "&", "^"):
            return self.sizes.length(left, depth)
        if op == "+" and self.frame.has_arrays and not {"list", "str"} & set(names):
            return self.sizes.length(left, depth)
        if op in ("+", "|"):
            return terms.known([self.sizes.length(left, depth), self.sizes.length(right, depth)])
        return self.sizes.length(left, depth)

    def _is_container(self, expr: n.Expr) -> bool:
        return isinstance(expr, (n.List, n.Tuple)) or self.inference.type_of(expr).name in (
            "list", "tuple", "str", "bytes",
        )  # fmt: skip

    def _length_of_name(self, name: n.Name, depth: int) -> Term | None:
        bindings = self.inference.bindings(name)
        if bindings is None:
            return self.path(name, "len", depth)
        scope = self.frame.scope_of(name)
        if any(binding.place.scope is not scope for binding in bindings):
            return terms.length(name.id, depth)
        return self.named(bindings, depth)

    def named(self, bindings: list[Binding], depth: int, *, grows: bool = True) -> Term | None:
        """The length of what these bindings of one name give it, with what is added later."""
        if len(bindings) > MOST_BINDINGS:
            return None
        name = bindings[0].name
        found = [
            self.sizes.once(binding, partial(self._length_bound, binding, depth))
            for binding in bindings
            if binding.kind not in ("delete", "augmented")
        ]
        base = terms.known(found) if found else terms.length(name, depth)
        return self._grown(bindings, base, depth) if grows else base

    def _length_bound(self, binding: Binding, depth: int) -> Term | None:
        name = binding.name
        if binding.kind == "parameter":
            if binding.region is not None:
                return terms.other(f"len({name})")
            return ONE if depth and self._holds_numbers(binding, depth) else terms.length(name, depth)
        if not isinstance(binding.value, n.Expr):
            return terms.other(f"len({name})")
        if binding.kind == "with":
            return terms.length(name, depth)
        path = path_to(binding.target, binding.node)
        return (self._item if binding.kind == "loop" else self._part)(binding.value, path, depth)

    def _holds_numbers(self, binding: Binding, depth: int) -> bool:
        """Whether a parameter's items are declared to be numbers, which have no length."""
        kind = self.inference.binding_type(binding)
        for _ in range(depth):
            kind = None if kind is None else kind.value if kind.name == "dict" else kind.element
        return kind is not None and kind.name in ("int", "float", "bool", "complex")

    def _part(self, value: n.Expr, path: list[int], depth: int) -> Term | None:
        """Of a part of an unpacked value."""
        while path and isinstance(value, (n.Tuple, n.List)) and path[0] < len(value.elts):
            value, path = value.elts[path[0]], path[1:]
        return self.sizes.length(value, depth + len(path))

    def _item(self, iterated: n.Expr, path: list[int], depth: int) -> Term | None:
        source = self.sizes.items_of(iterated, path)
        if source is None:
            return ONE
        container, rest = source
        return self.sizes.length(container, depth + 1 + len(rest))

    def _grown(self, held: list[Binding] | n.Attribute, base: Term | None, depth: int) -> Term | None:
        if base is None:
            return None
        return self.frame.growth.grown(held, base, depth)

    def path(self, expr: n.Expr, kind: str, depth: int) -> Term:
        source = self.sizes.short(expr)
        return terms.of(Atom("len" if kind == "len" else "value", source, depth))


def _literal_item(value: n.Expr, index: n.Expr) -> n.Expr | None:
    match value, index:
        case n.Tuple(elts=elts) | n.List(elts=elts), n.Constant(value=int(number)) if number < len(elts):
            return elts[number]
    return None
