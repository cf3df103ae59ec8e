"""The type of an expression, from what binds the names in it."""

from __future__ import annotations

from perfwise_analyzers.facts import arrays
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.annotations import annotated
from perfwise_analyzers.facts.environment import Environment
from perfwise_analyzers.facts.known import BY_NAME, CALLS, CONSTANTS, LIST_LIKE, LIST_ONLY, METHODS, element_of
from perfwise_analyzers.facts.relations import declared as declared_relation
from perfwise_analyzers.facts.structure import Binding, Place, ScopeInfo, Structure, own_nodes
from perfwise_analyzers.facts.types import (
    BOOL,
    BYTES,
    FLOAT,
    INT,
    NONE,
    PENDING,
    STR,
    UNKNOWN,
    Type,
    declared,
    join,
    join_all,
)

_ARITHMETIC = frozenset({"+", "-", "*", "//", "%", "**"})
_CONSTANTS = {"int": INT, "float": FLOAT, "str": STR, "bytes": BYTES, "bool": BOOL, "None": NONE}


class Inference:
    """Types and meanings of names in one segment. `owner` is the class whose member the segment is, or ""."""

    def __init__(self, structure: Structure, environment: Environment, owner: str = "") -> None:
        self.structure = structure
        self.environment = environment
        self.owner = owner
        self._types: dict[n.Node, Type] = {}
        self._bindings: dict[n.Name, list[Binding] | None] = {}
        self._origins: dict[n.Name, str] = {}
        self._busy: set[object] = set()
        self._cut = 0  # How often a cycle was cut short: a type found meanwhile holds only for that question.

    # Names

    def bindings(self, name: n.Name) -> list[Binding] | None:
        """The bindings that may have given the name its value here; None when it is the module's or built in."""
        if name not in self._bindings:
            self._bindings[name] = self._visible(name)
        return self._bindings[name]

    def _visible(self, name: n.Name) -> list[Binding] | None:
        place = self.structure.place.get(name)
        if place is None:
            return None
        scope: ScopeInfo | None = place.scope
        while scope is not None:
            if scope.kind == "module" and (self.owner or scope is not place.scope):
                return None
            if name.id in scope.globals:
                return None
            if scope.kind != "class" or scope is place.scope:
                found = scope.bindings.get(name.id)
                if found and name.id not in scope.nonlocals:
                    visible = [b for b in found if b.region is None or b.region[0] <= name.start < b.region[1]]
                    regional = [b for b in visible if b.region is not None]
                    if regional:
                        return [min(regional, key=lambda b: b.region[1] - b.region[0] if b.region else 0)]
                    if visible:
                        return self._reaching(visible, name, place) if scope is place.scope else visible
            scope = scope.parent
        return None

    def _reaching(self, bindings: list[Binding], name: n.Name, place: Place) -> list[Binding]:
        """Drops bindings that a later one is sure to have replaced when `name` is read."""
        if len(bindings) == 1:
            return bindings
        path = dict(place.path)
        sure: Binding | None = None
        for binding in bindings:
            if binding.node.start >= name.start or binding.kind in ("augmented", "delete"):
                continue
            where = binding.place.path
            if not where:
                dominates = True  # A parameter.
            else:
                block, index = where[-1]
                at = path.get(block)
                dominates = at is not None and (at > index or (at == index and self._bound_first(binding, name)))
            if dominates and (sure is None or binding.node.start > sure.node.start):
                sure = binding
        if sure is None:
            return bindings
        loop_start = min(
            (loop.start for loop in self.structure.loops_around(name) if loop.start >= sure.node.end), default=None
        )
        loop_end = max(
            (loop.end for loop in self.structure.loops_around(name) if loop.start >= sure.node.end), default=0
        )
        return [
            b
            for b in bindings
            if b is sure
            or (b.node.start > sure.node.start and b.node.start < name.start)
            or (loop_start is not None and loop_start <= b.node.start < loop_end)
        ]

    @staticmethod
    def _bound_first(binding: Binding, name: n.Name) -> bool:
        # In the same statement: a loop's target is set before its body runs, an assignment's after its value is read.
        return binding.kind in ("loop", "with") and name.start > binding.node.end

    def is_built_in(self, name: str) -> bool:
        """Whether a name means the built-in one everywhere in the segment."""
        bound = any(name in scope.bindings for scope in self.structure.scopes)
        return not bound and self.environment.lookup(name) is None

    def is_free(self, name: n.Name) -> bool:
        """Whether the name belongs to the module, or to the built-in names."""
        return self.bindings(name) is None

    def is_shared(self, name: n.Name) -> bool:
        """Whether assigning to the name here is seen outside of the function: it is declared global or nonlocal."""
        scope = self.structure.place[name].scope
        return name.id in scope.globals or name.id in scope.nonlocals

    def origin(self, expr: n.Expr) -> str:
        """The dotted path a name or attribute stands for: "builtins.sum", "collections.deque"; "" if it is none."""
        if isinstance(expr, n.Attribute):
            base = self.origin(expr.value)
            return f"{base}.{expr.attr}" if base and not base.startswith("builtins.") else ""
        if not isinstance(expr, n.Name):
            return ""
        known = self._origins.get(expr)
        if known is None:
            known = self._origins[expr] = self._origin(expr)
        return known

    def _origin(self, expr: n.Name) -> str:
        bindings = self.bindings(expr)
        if bindings is None:
            summary = self.environment.lookup(expr.id)
            if summary is None:
                return f"builtins.{expr.id}"
            return summary.origin if summary.kind == "import" else ""
        if len(bindings) == 1 and bindings[0].kind == "import":
            return import_origin(bindings[0])
        return ""

    def callee(self, call: n.Call) -> str:
        """The dotted path of the function a call calls, "" where it is not known."""
        return self.origin(call.func)

    # Types

    def type_of(self, expr: n.Expr) -> Type:
        known = self._types.get(expr)
        if known is not None:
            return known
        if expr in self._busy or len(self._busy) > 60:
            self._cut += 1
            return PENDING
        cut = self._cut
        self._busy.add(expr)
        try:
            found = self._infer(expr)
        finally:
            self._busy.discard(expr)
        if not self._busy and found is PENDING:
            found = UNKNOWN
        if cut == self._cut or not self._busy:
            self._types[expr] = found
        return found

    def _infer(self, expr: n.Expr) -> Type:
        match expr:
            case n.Constant(kind=kind):
                return _CONSTANTS.get(kind, UNKNOWN)
            case n.JoinedStr():
                return STR
            case n.List(elts=elts):
                return Type("list", self._elements(elts), length=self._length(elts))
            case n.Set(elts=elts):
                return Type("set", self._elements(elts), length=self._length(elts))
            case n.Tuple(elts=elts):
                if any(isinstance(elt, n.Starred) for elt in elts):
                    return Type("tuple")
                return Type("tuple", self._elements(elts), items=tuple(map(self.type_of, elts)), length=len(elts))
            case n.Dict(keys=keys, values=values):
                return Type(
                    "dict", self._elements([k for k in keys if k is not None]), self._elements(values), length=len(keys)
                )
            case n.Comprehension(kind=kind, element=element, value=value):
                inner = self.type_of(element)
                other = self.type_of(value) if value is not None else None
                name = "iterator" if kind == "generator" else kind
                return Type(name, inner if inner.known else None, other if other is not None and other.known else None)
            case n.Name():
                return self._name(expr)
            case n.Attribute():
                return self._attribute(expr)
            case n.Call():
                return self._call(expr)
            case n.Subscript(value=value, index=index):
                return self._subscript(self.type_of(value), index)
            case n.BinOp(left=left, op=op, right=right):
                return self._binary(self.type_of(left), op, self.type_of(right))
            case n.BoolOp(values=values):
                return join_all([self.type_of(value) for value in values])
            case n.IfExp(body=body, orelse=orelse):
                return join_all([self.type_of(body), self.type_of(orelse)])
            case n.Compare(left=left, ops=[op], comparators=[right]) if op not in ("in", "not in", "is", "is not"):
                array = arrays.combined(self.type_of(left), self.type_of(right))
                return array if array.known else BOOL
            case n.Compare() | n.UnaryOp(op="not"):
                return BOOL
            case n.UnaryOp(operand=operand):
                number = self.type_of(operand)
                return number if number.name in ("int", "float", *arrays.ARRAYS) else UNKNOWN
            case n.NamedExpr(value=value):
                return self.type_of(value)
        return UNKNOWN

    def _elements(self, elts: list[n.Expr]) -> Type | None:
        kinds = [
            element_of(self.type_of(elt.value)) if isinstance(elt, n.Starred) else self.type_of(elt) for elt in elts
        ]
        joined = join_all(kinds)
        return joined if joined.known else None

    @staticmethod
    def _length(elts: list[n.Expr]) -> int | None:
        return None if any(isinstance(elt, n.Starred) for elt in elts) else len(elts)

    def _name(self, name: n.Name) -> Type:
        bindings = self.bindings(name)
        if bindings is None:
            summary = self.environment.lookup(name.id)
            return summary.type if summary is not None and summary.kind == "variable" else UNKNOWN
        return self.bound_type(bindings)

    def bound_type(self, bindings: list[Binding]) -> Type:
        """The join over bindings. Augmented assignments keep the type; a binding in terms of itself says nothing."""
        result: Type | None = None
        for binding in bindings:
            if binding.kind in ("augmented", "delete") and len(bindings) > 1:
                continue
            kind = self.binding_type(binding)
            if kind is None or kind is PENDING:
                continue
            if not kind.known:
                return UNKNOWN
            result = join(result, kind)
        return result or UNKNOWN

    def binding_type(self, binding: Binding) -> Type | None:
        if binding in self._busy:
            self._cut += 1
            return None
        self._busy.add(binding)
        try:
            return self._binding(binding)
        finally:
            self._busy.discard(binding)

    def _binding(self, binding: Binding) -> Type:
        if binding.annotation is not None:
            kind = self.annotated(binding.annotation)
            # What is assigned on the same line was seen being made, which is better than declared.
            if isinstance(binding.value, n.Expr) and binding.kind == "assign":
                made = self.type_of(binding.value)
                if made.name == kind.name:
                    return Type(
                        made.name, made.element or kind.element, made.value or kind.value, made.items, made.length
                    )
            if kind.known:
                return kind
        if binding.kind == "parameter":
            return self._parameter(binding)
        if not isinstance(binding.value, n.Expr):
            return UNKNOWN
        kind = self.type_of(binding.value)
        if binding.kind == "loop":
            kind = element_of(kind)
        elif binding.kind == "with" and kind.name != "file":
            return UNKNOWN
        if binding.target is not None:
            return self._unpacked(kind, binding.target, binding.node)
        return kind

    def _unpacked(self, kind: Type, target: n.Expr, name: n.Node) -> Type:
        if kind is PENDING:
            return kind
        if target is name:
            return kind
        if isinstance(target, n.Starred):
            return Type("list", kind if kind.known else None) if target.value is name else UNKNOWN
        if isinstance(target, (n.Tuple, n.List)):
            for index, elt in enumerate(target.elts):
                if elt.start <= name.start and name.end <= elt.end:
                    if kind.items is not None and len(kind.items) == len(target.elts):
                        return self._unpacked(kind.items[index], elt, name)
                    return self._unpacked(element_of(kind), elt, name)
        return UNKNOWN

    def _parameter(self, binding: Binding) -> Type:
        scope = binding.place.scope
        function = scope.node
        if isinstance(function, n.FunctionDef) and isinstance(binding.node, n.Parameter):
            if binding.node.kind == "star":
                return Type("tuple")
            if binding.node.kind == "double_star":
                return Type("dict", STR)
            if function.params and function.params[0] is binding.node:
                owner = self._class_around(scope)
                if owner and not any(isinstance(d, n.Name) and d.id == "staticmethod" for d in function.decorators):
                    return Type(f"@{owner}")
        return self._used_as(binding.name, scope)

    def _used_as(self, name: str, scope: ScopeInfo) -> Type:
        """A list, if the function calls a method on the name that lists have and hardly anything else."""
        methods: set[str] = set()
        for use in scope.uses.get(name, ()):
            around = self.structure.parent.get(use)
            if isinstance(around, n.Attribute) and around.value is use:
                call = self.structure.parent.get(around)
                if isinstance(call, n.Call) and call.func is around:
                    methods.add(around.attr)
                    if around.attr == "pop" and len(call.args) == 1 and is_int(call.args[0], 0):
                        methods.add("pop(0)")
        if methods & LIST_ONLY or (methods & LIST_LIKE and "appendleft" not in methods and "popleft" not in methods):
            return Type("list", declared=True, grown=True)
        return UNKNOWN

    def _class_around(self, scope: ScopeInfo) -> str:
        """The qualified name of the class whose method this scope is, or ""."""
        parent = scope.parent
        if parent is None:
            return ""
        if parent.kind == "class":
            return parent.name
        return self.owner if parent.kind == "module" else ""

    def annotated(self, annotation: n.Expr) -> Type:
        """The type an annotation declares."""
        return annotated(annotation, self._class_named)

    def _class_named(self, name: str) -> Type | None:
        summary = self.environment.lookup(name)
        return Type(f"@{name}") if summary is not None and summary.kind == "class" else None

    def attribute_key(self, expr: n.Expr) -> str:
        """The key of an attribute of one of the module's classes, "Shop.orders" for `self.orders`; else ""."""
        if not isinstance(expr, n.Attribute):
            return ""
        base = self.type_of(expr.value)
        return f"{base.name[1:]}.{expr.attr}" if base.name.startswith("@") else ""

    def _attribute(self, expr: n.Attribute) -> Type:
        constant = CONSTANTS.get(self.origin(expr))
        if constant is not None:
            return constant
        key = self.attribute_key(expr)
        if not key:
            return arrays.attribute(self.type_of(expr.value), expr.attr)
        summary = self.environment.lookup(key)
        return summary.type if summary is not None and summary.kind == "variable" else UNKNOWN

    def _call(self, call: n.Call) -> Type:
        callee = self.callee(call)
        if callee:
            if (relation := declared_relation(callee, call)) is not None:
                return relation
            returns = CALLS.get(callee)
            if returns is not None:
                if any(isinstance(argument, n.Starred) for argument in call.args):
                    return UNKNOWN
                return returns([self.type_of(argument) for argument in call.args])
        if isinstance(call.func, n.Name):
            return self._called_name(call.func)
        if isinstance(call.func, n.Attribute):
            keywords = {keyword.arg or "" for keyword in call.keywords}
            array = arrays.drawn(self.type_of(call.func.value), call.func.attr, len(call.args), keywords)
            return array if array.known else self._called_method(call.func)
        return UNKNOWN

    def _called_name(self, name: n.Name) -> Type:
        bindings = self.bindings(name)
        if bindings is None:
            summary = self.environment.lookup(name.id)
            if summary is None:
                return UNKNOWN
            return (
                Type(f"@{name.id}")
                if summary.kind == "class"
                else summary.type
                if summary.kind == "function"
                else UNKNOWN
            )
        if len(bindings) == 1 and isinstance(bindings[0].value, n.FunctionDef):
            return self.returned(bindings[0].value)
        return UNKNOWN

    def _called_method(self, func: n.Attribute) -> Type:
        match func:
            case n.Attribute(value=n.Constant(kind="str", value=str(words)), attr="split"):
                return Type("list", STR, length=len(words.split()))
        receiver = self.type_of(func.value)
        if receiver is PENDING and func.attr in ("strip", "lstrip", "rstrip", "removeprefix", "removesuffix"):
            return receiver
        method = METHODS.get((receiver.name, func.attr))
        if method is not None:
            return method(receiver)
        if receiver.name == "dict" and func.attr == "get" and receiver.value is not None:
            return receiver.value
        if receiver.name.startswith("@"):
            summary = self.environment.lookup(f"{receiver.name[1:]}.{func.attr}")
            return summary.type if summary is not None and summary.kind == "function" else UNKNOWN
        if not receiver.known and func.attr in BY_NAME and not self.origin(func):
            return declared(BY_NAME[func.attr])
        return UNKNOWN

    def returned(self, function: n.FunctionDef) -> Type:
        """What a call of the function gives."""
        if function.is_async:
            return UNKNOWN
        own = [node for stmt in function.body for node in own_nodes(stmt)]
        if any(isinstance(node, n.Yield) for node in own):
            return Type("iterator")
        if function.returns is not None:
            kind = self.annotated(function.returns)
            if kind.known:
                return kind
        return join_all(
            [self.type_of(node.value) for node in own if isinstance(node, n.Return) and node.value is not None]
        )

    def _subscript(self, kind: Type, index: n.Expr) -> Type:
        if isinstance(index, n.Slice):
            if kind is PENDING:
                return kind  # `s = s[1:]`: it is what it was.
            if kind.name in ("list", "tuple", "str", "bytes", "sequence", *arrays.ARRAYS):
                return Type(kind.name, kind.element, declared=kind.declared)
            return UNKNOWN
        if kind.name in arrays.ARRAYS:
            parts = index.elts if isinstance(index, n.Tuple) else []
            if kind.name == "ndarray" and any(isinstance(part, n.Slice) for part in parts):
                return Type(kind.name, declared=kind.declared)
            return arrays.item(kind, self.type_of(index))
        if kind.name == "dict":
            return kind.value or UNKNOWN
        if kind.name == "str":
            return STR
        if kind.name == "bytes":
            return INT
        if kind.items is not None and isinstance(index, n.Constant) and isinstance(index.value, int):
            return kind.items[index.value] if -len(kind.items) <= index.value < len(kind.items) else UNKNOWN
        if kind.name in ("list", "tuple", "deque", "sequence"):
            return element_of(kind)
        return UNKNOWN

    def _binary(self, left: Type, op: str, right: Type) -> Type:
        if PENDING in (left, right):
            # `x = x + [1]`: x is what is added to it.
            return (right if left is PENDING else left) if op == "+" else PENDING
        names = (left.name, right.name)
        array = arrays.combined(left, right)
        if array.known:
            return array
        if op == "+" and left.name == right.name and left.name in ("list", "str", "bytes", "tuple"):
            joined = join(Type(left.name, left.element), Type(right.name, right.element))
            return joined if joined is not None else UNKNOWN
        if op == "*" and left.name in ("list", "str", "tuple", "bytes"):
            return Type(left.name, left.element)
        if op == "*" and right.name in ("list", "str", "tuple", "bytes") and left.name == "int":
            return Type(right.name, right.element)
        if op == "%" and left.name == "str":
            return STR
        if op == "/" and left.name == "path":
            return left
        if op in ("|", "&", "-", "^") and names == ("set", "set"):
            return Type("set", join(left.element, right.element))
        if set(names) <= {"int", "bool"}:
            if op in _ARITHMETIC or op in ("&", "|", "^", "<<", ">>"):
                # A negative power of an int is a float; only a literal exponent tells.
                return UNKNOWN if op == "**" else INT
            return FLOAT if op == "/" else UNKNOWN
        if set(names) <= {"int", "bool", "float"} and op in (*_ARITHMETIC, "/"):
            return FLOAT
        return UNKNOWN


def is_int(expr: n.Expr | None, value: int) -> bool:
    """Whether an expression is this integer literal."""
    match expr:
        case n.Constant(kind="int", value=found):
            return found == value
        case n.UnaryOp(op="-", operand=n.Constant(kind="int", value=int(found))):
            return -found == value
    return False


def import_origin(binding: Binding) -> str:
    """The dotted path an imported name stands for."""
    alias, statement = binding.node, binding.value
    if not isinstance(alias, n.Alias):
        return ""
    if isinstance(statement, n.ImportFrom):
        return f"{statement.module}.{alias.name}"
    return alias.name if alias.asname else alias.name.split(".")[0]
