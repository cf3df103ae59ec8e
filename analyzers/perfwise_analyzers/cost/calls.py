"""What a call costs by itself: of a function of the module, of a library, of a method."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfwise_analyzers.cost import terms
from perfwise_analyzers.cost.frame import callee_of
from perfwise_analyzers.cost.table import ARRAYS, BY_NAME, FUNCTIONS, METHODS, PATTERNS
from perfwise_analyzers.cost.terms import ONE, Term
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.inference import is_int

if TYPE_CHECKING:
    from perfwise_analyzers.cost.operations import Operations


class Calls:
    def __init__(self, operations: Operations) -> None:
        self.operations = operations
        self.frame = operations.frame
        self.facts = operations.facts
        self.inference = operations.inference

    def cost(self, call: n.Call) -> Term | None:
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
            return terms.known(self.operations.cost(node) for node in n.descendants(value.body))
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
                return None if call is None else self.whole(call)
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
        return subject is not None and (
            self.inference.type_of(subject).name == "dict" or self.operations.is_keyed(subject)
        )

    def _is_nested(self, expr: n.Expr) -> bool:
        element = self.inference.type_of(expr).element
        return element is not None and element.name in ("list", "dict", "set")

    def whole(self, array: n.Expr) -> Term | None:
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
        if kind in ("str", "bytes") and word == "n" and self.operations.is_part(receiver):
            return ONE
        if (
            known is None
            and word == "n"
            and self.operations.is_part(receiver)
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
