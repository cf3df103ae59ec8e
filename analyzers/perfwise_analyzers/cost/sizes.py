"""How long a container is and how great a number can be, as terms over what the function is given.

`length(expr, 1)` is the length of the container's items. A number's size is its greatest value. None is a size that
nothing bounds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfwise_analyzers.cost import terms
from perfwise_analyzers.cost.frame import FunctionCost, arguments_of, callee_of
from perfwise_analyzers.cost.terms import ONE, Atom, Term
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.inference import is_int
from perfwise_analyzers.facts.structure import Binding, ScopeInfo

if TYPE_CHECKING:
    from perfwise_analyzers.cost.model import Frame

_LONGEST = 32
_BINDINGS = 24  # A name that may come from more places than these is not followed.

# What hands on the items of its first argument.
_VIEWS = frozenset(
    [
        "builtins.enumerate",
        "builtins.reversed",
        "builtins.sorted",
        "builtins.list",
        "builtins.tuple",
        "builtins.iter",
        "builtins.set",
        "builtins.frozenset",
        "builtins.dict",
        "builtins.bytes",
        "builtins.bytearray",
        "collections.deque",
        "collections.Counter",
        "collections.OrderedDict",
        "copy.copy",
        "copy.deepcopy",
        "itertools.accumulate",
        "itertools.pairwise",
        "itertools.islice",
        "itertools.groupby",
        "itertools.batched",
        "numpy.array",
        "numpy.asarray",
        "numpy.sort",
        "numpy.cumsum",
        "numpy.unique",
        "numpy.sqrt",
        "numpy.abs",
        "numpy.diff",
        "random.sample",
        "collections.ChainMap",
    ]
)
_SECOND = frozenset(
    [
        "builtins.map",
        "builtins.filter",
        "itertools.takewhile",
        "itertools.dropwhile",
        "itertools.filterfalse",
        "itertools.starmap",
        "re.findall",
        "re.split",
        "re.finditer",
    ]
)
_SUMS = frozenset({"itertools.chain", "builtins.max"})
_VIEW_METHODS = frozenset(
    [
        "items",
        "keys",
        "values",
        "copy",
        "split",
        "rsplit",
        "splitlines",
        "strip",
        "lstrip",
        "rstrip",
        "lower",
        "upper",
        "title",
        "capitalize",
        "casefold",
        "swapcase",
        "encode",
        "decode",
        "translate",
        "expandtabs",
        "elements",
        "most_common",
        "difference",
        "intersection",
        "symmetric_difference",
        "to_list",
        "tolist",
        "flatten",
        "ravel",
        "astype",
        "iterrows",
        "itertuples",
        "readlines",
        "read",
    ]
)
_GROWS_VALUE = frozenset({"*", "**", "<<"})


class Sizes:
    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.facts = frame.facts
        self.inference = frame.facts.inference
        self._busy: set[Binding] = set()
        self._nothing: Term | None = ONE

    def length(self, expr: n.Expr, depth: int = 0) -> Term | None:
        return self._asked(expr, "length", depth)

    def value(self, expr: n.Expr, depth: int = 0) -> Term | None:
        return self._asked(expr, "value", depth)

    def _asked(self, expr: n.Expr, what: str, depth: int) -> Term | None:
        def answer() -> Term | None:
            return self._length(expr, depth) if what == "length" else self._value(expr, depth)

        if what == "length" and isinstance(expr, n.Name) and self.frame.questions.is_open((expr, what, depth)):
            self.frame.growth.led_back(expr.id, depth)
        # Asked for while it is being worked out, it adds nothing to itself.
        return self.frame.questions.ask((expr, what, depth), answer, self._nothing)

    # Lengths

    def _length(self, expr: n.Expr, depth: int) -> Term | None:
        if depth == 0 and self._is_fixed(expr):
            return ONE
        match expr:
            case n.Constant() | n.Lambda():
                return ONE
            case n.Compare(left=left):
                return self.length(left, depth) if self.frame.has_arrays else ONE
            case n.JoinedStr(values=values):
                return terms.known(
                    self.length(value) for value in values if self.inference.type_of(value).name == "str"
                )
            case n.List(elts=elts) | n.Tuple(elts=elts) | n.Set(elts=elts):
                return self._display(elts, depth)
            case n.Dict(keys=keys, values=values):
                spread = [value for key, value in zip(keys, values, strict=True) if key is None]
                plain = [] if depth == 0 else [v for k, v in zip(keys, values, strict=True) if k is not None]
                return terms.known(
                    [*(self.length(v, depth) for v in spread), *(self.length(v, depth - 1) for v in plain)]
                )
            case n.Comprehension(element=element, value=value, generators=generators):
                if depth:
                    return self.length(value or element, depth - 1)
                product: Term | None = ONE
                for clause in generators:
                    trips = self.frame.rounds.trips(self.frame.loop_of[clause])
                    product = product * trips if product is not None and trips is not None else None
                return product
            case n.Call():
                return self._length_of_call(expr, depth)
            case n.Subscript(value=value, index=n.Slice() as part):
                return self._slice(value, part) if depth == 0 else self.length(value, depth)
            case n.Subscript(value=value, index=index):
                kind = self.inference.type_of(value)
                if kind.name in ("str", "bytes"):
                    return ONE
                if isinstance(value, n.Tuple) or kind.items is not None:
                    picked = _literal_item(value, index)
                    if picked is not None:
                        return self.length(picked, depth)
                return self.length(value, depth + (len(index.elts) if isinstance(index, n.Tuple) else 1))
            case n.BinOp(left=left, op=op, right=right):
                return self._length_of_operation(left, op, right, depth)
            case n.IfExp(body=body, orelse=orelse):
                return terms.known([self.length(body, depth), self.length(orelse, depth)])
            case n.BoolOp(values=values):
                return terms.known(self.length(value, depth) for value in values)
            case n.NamedExpr(value=value) | n.Starred(value=value) | n.Await(value=value):
                return self.length(value, depth)
            case n.Name():
                return self._length_of_name(expr, depth)
            case n.Attribute(value=value, attr=attr):
                if attr.isupper() or self.inference.origin(expr).startswith("string."):
                    return ONE
                if attr in ("T", "values", "index", "columns") and not self.inference.attribute_key(expr):
                    return self.length(value, depth)
                return self._grown(expr, self._path(expr, "len", depth), depth)
        return None

    def _is_fixed(self, expr: n.Expr) -> bool:
        """Whether a name of the module or an attribute holds a fixed number of items."""
        free = isinstance(expr, n.Name) and self.inference.is_free(expr)
        return (free or isinstance(expr, n.Attribute)) and self.facts.sizes.constant(expr)

    def _display(self, elts: list[n.Expr], depth: int) -> Term | None:
        if depth == 0:
            return terms.known(self.length(elt.value) for elt in elts if isinstance(elt, n.Starred))
        return terms.known(
            self.length(elt.value, depth) if isinstance(elt, n.Starred) else self.length(elt, depth - 1)
            for elt in elts[:50]
        )

    def _length_of_call(self, call: n.Call, depth: int) -> Term | None:
        callee = self.inference.callee(call)
        args = call.args
        if callee == "builtins.range":
            return self.range(args) if depth == 0 else ONE
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
                return self.length(args[0])
            if kind in ("list", "dict", "set", "tuple"):
                return self.length(args[0])
            size = self.value(args[0])
            return None if size is None else terms.log(size)
        if callee == "builtins.zip" and len(args) == 1 and isinstance(args[0], n.Starred):
            return self.length(args[0].value, {0: 1, 1: 0}.get(depth, depth))
        if callee == "itertools.zip_longest" and depth == 0:
            return terms.known(map(self.length, args))
        if callee in ("builtins.zip", "itertools.zip_longest", "builtins.enumerate") and depth == 1:
            return ONE
        if callee == "builtins.zip":
            if depth == 0:
                lengths = [length for length in map(self.length, args) if length is not None]
                return min(lengths, key=terms.growth_of) if lengths else ONE if not args else None
            return terms.known(self.length(argument, depth - 1) for argument in args)
        if (
            callee in ("builtins.bytearray", "builtins.bytes")
            and args
            and self.inference.type_of(args[0]).name == "int"
        ):
            return self.value(args[0])
        if callee in ("numpy.zeros", "numpy.ones", "numpy.empty", "numpy.full", "numpy.arange", "numpy.linspace"):
            shape = args[-1] if callee == "numpy.linspace" else args[0] if args else None
            if isinstance(shape, n.Tuple):
                return self.value(shape.elts[depth]) if depth < len(shape.elts) else ONE
            return ONE if shape is None or depth else self.value(shape)
        if callee in ("heapq.nlargest", "heapq.nsmallest", "random.choices") and len(args) > 1:
            return self.value(args[0]) if depth == 0 else self.length(args[1], depth)
        if callee in ("itertools.permutations", "itertools.combinations", "itertools.product") and args:
            return self.combined(callee, call) if depth == 0 else ONE
        if callee == "itertools.repeat":
            return self.value(args[1]) if len(args) > 1 else None
        if callee in ("itertools.count", "itertools.cycle"):
            return None
        if callee in ("collections.defaultdict", "builtins.defaultdict"):
            return ONE
        if callee in _SUMS:
            return terms.known(self.length(argument, depth) for argument in args)
        if callee == "itertools.chain.from_iterable" and args:
            return self._both(self.length(args[0]), self.length(args[0], 1)) if depth == 0 else self.length(args[0], 2)
        if callee == "builtins.islice" or (callee == "itertools.islice" and len(args) == 2 and depth == 0):
            return self.value(args[1])
        if callee == "builtins.map" and depth and len(args) > 1:
            if isinstance(args[0], n.Name) and args[0].id in ("list", "set", "tuple", "str", "sorted"):
                return self.length(args[1], depth)
            return ONE
        if callee in _VIEWS:
            return self.length(args[0], depth) if args else ONE
        if callee in _SECOND and len(args) > 1:
            return self.length(args[1], depth)
        if callee in ("builtins.sum", "functools.reduce") or callee.startswith("math."):
            return ONE
        key = callee_of(self.facts, call)
        if key:
            return self._result(call, key, "length" if depth == 0 else "inner_length")
        if isinstance(call.func, n.Attribute) and not self.inference.origin(call.func):
            return self._length_of_method(call, call.func, depth)
        return terms.other(f"len({self._short(call)})")

    def _length_of_method(self, call: n.Call, func: n.Attribute, depth: int) -> Term | None:
        receiver, attr = func.value, func.attr
        if attr in ("split", "rsplit", "splitlines") and depth:
            return ONE
        if attr in _VIEW_METHODS:
            return self.length(receiver, depth)
        if attr in ("get", "setdefault", "pop", "popleft", "popitem", "__getitem__"):
            return self.length(receiver, depth + 1)
        if attr == "join" and call.args:
            return self.length(call.args[0])
        if attr in ("replace", "union", "ljust", "rjust", "center", "zfill"):
            return terms.known(
                [self.length(receiver, depth), *(self.length(a, depth) for a in call.args if attr == "union")]
            )
        if attr in ("format", "strftime", "isoformat", "group"):
            return ONE
        return terms.other(f"len({self._short(call)})")

    def combined(self, callee: str, call: n.Call) -> Term | None:
        """How many arrangements itertools gives."""
        if isinstance(call.args[0], n.Starred):
            many = self.length(call.args[0].value)
            return None if many is None else terms.exponential(many)
        size = self.length(call.args[0])
        if size is None:
            return None
        if callee == "itertools.product":
            repeat = next((k.value for k in call.keywords if k.arg == "repeat"), None)
            if repeat is not None:
                match repeat:
                    case n.Constant(value=int(times)):
                        return terms.power(size, times)
                count = self.value(repeat)
                return None if count is None else terms.exponential(count)
            product: Term | None = ONE
            for argument in call.args:
                product = self._both(product, self.length(argument))
            return product
        chosen = call.args[1] if len(call.args) > 1 else None
        match chosen:
            case n.Constant(value=int(times)):
                return terms.power(size, times)
        return terms.exponential(size, 2 if callee == "itertools.permutations" else 1)

    def _slice(self, value: n.Expr, part: n.Slice) -> Term | None:
        lower, upper = part.lower, part.upper
        whole = self.length(value)
        if part.step is not None and not isinstance(part.step, (n.Constant, n.UnaryOp)):
            return whole
        match lower, upper:
            case _, n.BinOp(left=n.Name(id=a), op="+", right=width) if isinstance(lower, n.Name) and lower.id == a:
                return self._least(self.value(width), whole)
            case n.BinOp(left=n.Name(id=a), op="-", right=width), _ if isinstance(upper, n.Name) and upper.id == a:
                return self._least(self.value(width), whole)
            case None, n.Constant(kind="int"):
                return ONE
            case n.UnaryOp(op="-", operand=n.Constant()), None:
                return ONE
            case n.Constant(kind="int"), n.Constant(kind="int"):
                return ONE
            case None, n.Name() | n.BinOp() | n.Attribute() if part.step is None:
                return self._least(self.value(upper), whole)
        return whole

    @staticmethod
    def _least(first: Term | None, second: Term | None) -> Term | None:
        """Of two bounds the better; of equals the first."""
        if first is None or second is None:
            return second if first is None else first
        return second if terms.heavier(first, second) else first

    def _length_of_operation(self, left: n.Expr, op: str, right: n.Expr, depth: int) -> Term | None:
        names = (self.inference.type_of(left).name, self.inference.type_of(right).name)
        if op == "*" and self.frame.has_arrays and not self._is_container(left) and not self._is_container(right):
            return self.length(left, depth)
        if op == "*":
            container, times = (right, left) if self._is_container(right) else (left, right)
            size = self.length(container, depth)
            return size if depth else self._both(size, self.value(times))
        if op == "%" and names[0] == "str":
            return ONE
        if op in ("-", "&", "^"):
            return self.length(left, depth)
        if op == "+" and self.frame.has_arrays and not {"list", "str"} & set(names):
            return self.length(left, depth)
        if op in ("+", "|"):
            return terms.known([self.length(left, depth), self.length(right, depth)])
        return self.length(left, depth)

    def _is_container(self, expr: n.Expr) -> bool:
        return isinstance(expr, (n.List, n.Tuple)) or self.inference.type_of(expr).name in (
            "list", "tuple", "str", "bytes",
        )  # fmt: skip

    def _length_of_name(self, name: n.Name, depth: int) -> Term | None:
        bindings = self.inference.bindings(name)
        if bindings is None:
            return self._path(name, "len", depth)
        scope = self.frame.scope_of(name)
        if any(binding.place.scope is not scope for binding in bindings):
            return terms.length(name.id, depth)
        return self.named(bindings, depth)

    def named(self, bindings: list[Binding], depth: int, *, grows: bool = True) -> Term | None:
        """The length of what these bindings of one name give it, with what is added later."""
        if len(bindings) > _BINDINGS:
            return None
        name = bindings[0].name
        found: list[Term | None] = []
        for binding in bindings:
            if binding.kind in ("delete", "augmented"):
                continue
            if binding in self._busy:
                self.frame.questions.cut()
                found.append(ONE)
                continue
            self._busy.add(binding)
            try:
                found.append(self._length_bound(binding, depth))
            finally:
                self._busy.discard(binding)
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
        if binding.kind == "loop":
            found = self._item(binding.value, path, depth)
        else:
            found = self._part(binding.value, path, depth)
        if found is not None and found.constant and binding.kind == "loop" and depth == 0:
            kind = self.inference.type_of(binding.value).name
            if kind in ("unknown",) and not isinstance(binding.value, (n.List, n.Tuple)):
                return found
        return found

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
        return self.length(value, depth + len(path))

    def _item(self, iterated: n.Expr, path: list[int], depth: int) -> Term | None:
        source = self.items_of(iterated, path)
        if source is None:
            return ONE
        container, rest = source
        return self.length(container, depth + 1 + len(rest))

    def items_of(self, iterated: n.Expr, path: list[int]) -> tuple[n.Expr, list[int]] | None:
        """The container whose items a loop's name stands for, and the way into them; None for a count or a key."""
        match iterated:
            case n.Call(args=[first, *_]):
                callee = self.inference.callee(iterated)
                if callee == "builtins.enumerate" and path:
                    return self.items_of(first, path[1:]) if path[0] == 1 else None
                if callee == "builtins.zip" and path:
                    return self.items_of(iterated.args[min(path[0], len(iterated.args) - 1)], path[1:])
                if callee == "itertools.groupby" and path:
                    return None  # The groups together are as long as what is grouped.
                if callee in (
                    "builtins.reversed",
                    "builtins.sorted",
                    "builtins.list",
                    "builtins.iter",
                    "builtins.tuple",
                ):
                    return self.items_of(first, path)
                if callee == "builtins.range":
                    return None
            case n.Call(func=n.Attribute(value=receiver, attr="items")) if path:
                return (receiver, path[1:]) if path[0] == 1 else None
            case n.Call(func=n.Attribute(value=receiver, attr="values")):
                return receiver, path
            case n.Call(func=n.Attribute(attr="keys")):
                return None
            case n.Name() | n.Attribute() if self.inference.type_of(iterated).name == "dict":
                return None
        return iterated, path

    def _grown(self, held: list[Binding] | n.Attribute, base: Term | None, depth: int) -> Term | None:
        if base is None:
            return None
        return self.frame.growth.grown(held, base, depth)

    def _path(self, expr: n.Expr, kind: str, depth: int) -> Term:
        source = self._short(expr)
        return terms.of(Atom("len" if kind == "len" else "value", source, depth))

    def _short(self, expr: n.Expr) -> str:
        source = " ".join(self.facts.source(expr).split())
        return source if len(source) <= _LONGEST else "items"

    @staticmethod
    def _both(a: Term | None, b: Term | None) -> Term | None:
        return None if a is None or b is None else a * b

    # Numbers

    def range(self, args: list[n.Expr]) -> Term | None:
        """How many numbers `range` gives."""
        if not args:
            return ONE
        if len(args) == 1:
            return self.value(args[0])
        start, stop = args[0], args[1]
        if len(args) > 2 and _is_negative(args[2]):
            start, stop = stop, start
        effects = self.facts.effects
        match stop:
            case n.BinOp(left=left, op="+", right=width) if effects.same(left, start):
                return self.value(width)
            case n.Call(args=[n.BinOp(left=left, op="+", right=width), *_]) if self.inference.callee(
                stop
            ) == "builtins.min" and effects.same(left, start):
                return self.value(width)
        match start:
            case n.BinOp(left=left, op="-", right=width) if effects.same(left, stop):
                return self.value(width)
        count = self.value(stop)
        step = self.value(args[2]) if len(args) > 2 else ONE
        # A step of sqrt(n) leaves sqrt(n) rounds.
        if count is not None and step is not None and step == terms.power(count, 0.5) and not step.constant:
            return step
        return count

    def _value(self, expr: n.Expr, depth: int) -> Term | None:
        if depth:
            return self._value_of_items(expr, depth)
        match expr:
            case n.Constant() | n.Compare() | n.JoinedStr():
                return ONE
            case n.Name():
                return self._value_of_name(expr)
            case n.Attribute(attr=attr):
                if attr.isupper():
                    return ONE
                if attr == "size":
                    return self.length(expr.value)
                return self._path(expr, "value", 0)
            case n.UnaryOp(operand=operand):
                return self.value(operand)
            case n.NamedExpr(value=value) | n.Await(value=value):
                return self.value(value)
            case n.IfExp(body=body, orelse=orelse):
                return terms.known([self.value(body), self.value(orelse)])
            case n.BoolOp(values=values):
                return terms.known(self.value(value) for value in values)
            case n.BinOp(left=left, op=op, right=right):
                return self._value_of_operation(left, op, right)
            case n.Subscript(value=n.Attribute(value=array, attr="shape"), index=index):
                return self.length(array, 1 if is_int(index, 1) else 0)
            case n.Subscript(value=value, index=index) if not isinstance(index, n.Slice):
                return self._value_of_items(value, len(index.elts) if isinstance(index, n.Tuple) else 1)
            case n.Call():
                return self._value_of_call(expr)
        return None

    def _value_of_items(self, expr: n.Expr, depth: int) -> Term | None:
        match expr:
            case n.Call(args=[first, *_]) if self.inference.callee(expr) in _VIEWS:
                return self._value_of_items(first, depth)
            case n.Call(args=args) if self.inference.callee(expr) == "builtins.range":
                return terms.known(self.value(argument) for argument in args)
            case n.Subscript(value=value, index=index):
                return self._value_of_items(value, depth if isinstance(index, n.Slice) else depth + 1)
            case n.List(elts=elts) | n.Tuple(elts=elts) | n.Set(elts=elts):
                return terms.known(self.value(elt, depth - 1) for elt in elts[:50])
            case n.BinOp(left=n.List() as left, op="*"):
                return self._value_of_items(left, depth)
            case n.Name():
                bindings = self.inference.bindings(expr)
                scope = self.frame.scope_of(expr)
                if bindings is not None and len(bindings) == 1 and bindings[0].place.scope is scope:
                    binding = bindings[0]
                    if binding.kind == "loop" and isinstance(binding.value, n.Expr) and binding.target is None:
                        return self.value(binding.value, depth + 1)
                return terms.value(expr.id, depth)
            case n.Attribute():
                return self._path(expr, "value", depth)
        return terms.other(f"max({self._short(expr)})")

    def _value_of_operation(self, left: n.Expr, op: str, right: n.Expr) -> Term | None:
        match op:
            case "+" | "|" | "^":
                return terms.known([self.value(left), self.value(right)])
            case "-":
                first = self.value(left)
                return self.value(right) if first == ONE else first
            case "*":
                return self._both(self.value(left), self.value(right))
            case "//" | "/":
                size, divisor = self.value(left), self.value(right)
                if size is None or divisor is None or divisor.constant:
                    return size
                return divisor if divisor == terms.power(size, 0.5) else size
            case ">>":
                return self.value(left)
            case "%":
                size = self.value(right)
                return self.value(left) if size is None else size
            case "&":
                return self._least(self.value(left), self.value(right))
            case "**":
                return self._power(left, right)
            case "<<":
                count = self.value(right)
                base = self.value(left)
                return None if count is None or base is None else base * terms.exponential(count)
        return None

    def _power(self, base: n.Expr, exponent: n.Expr) -> Term | None:
        match exponent:
            case n.Constant(value=int(k) | float(k)):
                size = self.value(base)
                return None if size is None else terms.power(size, k)
            case n.BinOp(left=n.Constant(value=int(a)), op="/", right=n.Constant(value=int(b))) if b:
                size = self.value(base)
                return None if size is None else terms.power(size, a / b)
        count = self.value(exponent)
        return None if count is None else terms.exponential(count)

    def _value_of_call(self, call: n.Call) -> Term | None:
        callee, args = self.inference.callee(call), call.args
        if callee == "builtins.len" and args:
            return self.length(args[0])
        if callee == "builtins.min" and args:
            if len(args) == 1:
                return self.value(args[0], 1)
            sizes = [size for size in map(self.value, args) if size is not None]
            return next((size for size in sizes if size.constant), sizes[0] if sizes else None)
        if callee == "builtins.max" and args:
            return self.value(args[0], 1) if len(args) == 1 else terms.known(self.value(a) for a in args)
        if callee == "builtins.sum" and args:
            if isinstance(args[0], n.Comprehension):
                return self._both(self.length(args[0]), self.value(args[0].element))
            return terms.other(f"sum({self._short(args[0])})")
        if (
            callee in ("builtins.abs", "builtins.int", "builtins.round", "builtins.float", "math.ceil", "math.floor")
            and args
        ):
            return self.value(args[0])
        if callee in ("math.sqrt", "math.isqrt") and args:
            size = self.value(args[0])
            return None if size is None else terms.power(size, 0.5)
        if callee in ("math.log", "math.log2", "math.log10") and args:
            size = self.value(args[0])
            return None if size is None else terms.log(size)
        if callee in ("random.randint", "random.randrange"):
            return terms.known(self.value(argument) for argument in args)
        if callee == "math.gcd" and args:
            return self.value(args[0])
        if callee == "builtins.ord":
            return ONE
        if callee == "builtins.next" and args:
            return self.value(args[0], 1)
        key = callee_of(self.facts, call)
        if key:
            return self._result(call, key, "value")
        match call.func:
            case n.Attribute(value=receiver, attr="bit_length"):
                size = self.value(receiver)
                return None if size is None else terms.log(size)
            case n.Attribute(value=receiver, attr=("count" | "index" | "find" | "rfind")):
                return self.length(receiver)
            case n.Attribute(value=receiver, attr=("pop" | "popleft" | "get")):
                return self.value(receiver, 1)
        return terms.other(self._short(call))

    def _value_of_name(self, name: n.Name) -> Term | None:
        bindings = self.inference.bindings(name)
        if bindings is None:
            summary = self.facts.environment.lookup(name.id)
            if name.id.isupper() and (summary is None or summary.type.name in ("int", "float", "unknown")):
                return ONE
            return terms.value(name.id)
        scope = self.frame.scope_of(name)
        if any(binding.place.scope is not scope for binding in bindings):
            return terms.value(name.id)
        return self.number(bindings)

    def number(self, bindings: list[Binding]) -> Term | None:
        """The greatest value that these bindings of one name give it."""
        if len(bindings) > _BINDINGS:
            return None
        found: list[Term | None] = []
        for binding in bindings:
            if binding.kind == "delete" or (binding.kind == "augmented" and len(bindings) == 1):
                continue
            if binding in self._busy:
                self.frame.questions.cut()
                found.append(ONE)
                continue
            self._busy.add(binding)
            try:
                found.append(self._value_bound(binding, bindings))
            finally:
                self._busy.discard(binding)
        return terms.known(found) if found else terms.value(bindings[0].name)

    def _value_bound(self, binding: Binding, bindings: list[Binding]) -> Term | None:
        name = binding.name
        if binding.kind == "parameter":
            return terms.value(name) if binding.region is None else terms.other(name)
        value = binding.value
        if not isinstance(value, n.Expr):
            return terms.other(name)
        if binding.kind == "augmented":
            stmt = binding.place.stmt
            if not isinstance(stmt, n.AugAssign) or stmt.op in _GROWS_VALUE:
                return None
            return self._added(binding, bindings, stmt.value) if stmt.op in ("+", "|") else ONE
        path = path_to(binding.target, binding.node)
        if binding.kind == "loop":
            return self._value_of_loop(value, path)
        while path and isinstance(value, (n.Tuple, n.List)) and path[0] < len(value.elts):
            value, path = value.elts[path[0]], path[1:]
        if path:
            if isinstance(value, n.Attribute) and value.attr == "shape":
                return self.length(value.value, path[0])
            if isinstance(value, n.Call) and self.inference.callee(value) == "builtins.divmod" and value.args:
                return self.value(value.args[0])
            return self.value(value, 1)
        if binding.place.loop is not None:
            match value:
                case n.BinOp(left=left, op=op, right=right) if name in self.facts.effects.names_in(value):
                    if op == "+" and isinstance(left, n.Name) and left.id == name:
                        return self._added(binding, bindings, right)
                    if op in _GROWS_VALUE and any(
                        isinstance(side, n.Name) and side.id == name for side in (left, right)
                    ):
                        return None
        return self.value(value)

    def _added(self, binding: Binding, bindings: list[Binding], added: n.Expr) -> Term | None:
        times = self.frame.rounds.times(binding.place, self.frame.home(bindings, binding.place))
        return self._both(times, self.value(added))

    def _value_of_loop(self, iterated: n.Expr, path: list[int]) -> Term | None:
        match iterated:
            case n.Call(args=[first, *_] as args):
                callee = self.inference.callee(iterated)
                if callee == "builtins.range":
                    return terms.known(self.value(argument) for argument in args[:2])
                if callee == "builtins.enumerate" and path:
                    return self.length(first) if path[0] == 0 else self._value_of_loop(first, path[1:])
                if callee == "builtins.zip" and path:
                    return self._value_of_loop(args[min(path[0], len(args) - 1)], path[1:])
                if callee in ("builtins.reversed", "builtins.sorted", "builtins.list"):
                    return self._value_of_loop(first, path)
        return self.value(iterated, 1 + len(path))

    # Results of the module's functions

    def _result(self, call: n.Call, key: str, what: str) -> Term | None:
        if key == self.frame.current and self.frame.recursion is not None and what != "value":
            return self.frame.recursion.result_length(call, int(what != "length"))
        function = self.frame.results(key)
        if function is None or function.cost is None or key == self.frame.current:
            return terms.other(f"len({self._short(call)})" if what != "value" else self._short(call))
        found: Term | None = getattr(function, what)
        return self.substituted(call, function, found)

    def substituted(self, call: n.Call, function: FunctionCost, term: Term | None) -> Term | None:
        """A term over a function's parameters, over what a call gives for them."""
        if term is None or term.constant:
            return term
        arguments = arguments_of(self.facts, call, function)
        if arguments is None:
            return None
        nested = self.frame.scope_of(call).bindings

        def size_of(atom: Atom) -> Term | None:
            if atom.kind == "other":
                return terms.of(atom)
            base, dot, rest = atom.root.partition(".")
            if base not in arguments:
                if base in nested and not dot and function.name.startswith(self.frame.current + "."):
                    bindings = nested[base]
                    if atom.kind == "len":
                        return self.named(bindings, atom.depth)
                    if atom.kind == "value" and not atom.depth:
                        return self.number(bindings)
                return terms.of(atom)
            argument = arguments[base]
            if argument is None:
                return terms.of(atom) if base == "self" else ONE
            if dot or atom.kind in ("nodes", "total"):
                if atom.kind == "total":
                    inner = self.frame.growth.inner_total(argument)
                    if inner is not None:
                        return inner
                return terms.of(Atom(atom.kind, self._short(argument) + dot + rest, atom.depth))
            return self.length(argument, atom.depth) if atom.kind == "len" else self.value(argument, atom.depth)

        return terms.substitute(term, size_of)


def path_to(target: n.Expr | None, name: n.Node) -> list[int]:
    """The way to a name inside an unpacking target: [1, 0] for `b` in `a, (b, c)`."""
    path: list[int] = []
    while isinstance(target, (n.Tuple, n.List)):
        for index, elt in enumerate(target.elts):
            if elt.start <= name.start and name.end <= elt.end:
                if isinstance(elt, n.Starred):
                    return path
                path.append(index)
                target = elt
                break
        else:
            break
    return path


def _literal_item(value: n.Expr, index: n.Expr) -> n.Expr | None:
    match value, index:
        case n.Tuple(elts=elts) | n.List(elts=elts), n.Constant(value=int(number)) if number < len(elts):
            return elts[number]
    return None


def _is_negative(expr: n.Expr) -> bool:
    return isinstance(expr, n.UnaryOp) and expr.op == "-"


def visible(scope: ScopeInfo, name: str) -> list[Binding]:
    return [binding for binding in scope.bindings.get(name, ()) if binding.region is None]
