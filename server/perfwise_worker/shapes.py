"""Annotations resolved and written in one way, with what the types they name are made of."""

from __future__ import annotations

import abc
import ast
import dataclasses
import enum
import inspect
import sys
import types
import typing
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any, TypeVar, Union

from perfwise_worker.protocol import Parameter, Shape

MOST_SHAPES = 50
MOST_SUBCLASSES = 5
_BARE = ("builtins", "typing", "typing_extensions", "collections.abc", "abc")
_KNOWN = ("numpy", "pandas")  # Whose types are known by name.
_UNIONS = (Union, getattr(types, "UnionType", Union))
_WRAPPERS = ("Annotated", "ClassVar", "Final", "Required", "NotRequired", "ReadOnly", "InitVar")
_KINDS: dict[Any, Any] = {
    inspect.Parameter.POSITIONAL_ONLY: "positional only",
    inspect.Parameter.POSITIONAL_OR_KEYWORD: "positional",
    inspect.Parameter.VAR_POSITIONAL: "*",
    inspect.Parameter.KEYWORD_ONLY: "keyword only",
    inspect.Parameter.VAR_KEYWORD: "**",
}
WORKED_OUT = "..."


class Shapes:
    """Writes types as seen from a module, and collects the shapes of those that are no common knowledge."""

    def __init__(self, module: types.ModuleType, source: str) -> None:
        self.module = module
        self.namespace = {**_for_checking(source, module), **vars(module)}
        self.found: dict[str, Shape] = {}
        self.names: dict[type, str] = {}

    def parameters(self, function: Callable[..., Any], receiver: bool = False) -> tuple[Parameter, ...]:
        """What a function takes; `receiver` leaves the first parameter out."""
        signature = _signature(function)
        if signature is None:
            return ()
        empty = inspect.Parameter.empty
        namespace = self._around(function)
        return tuple(
            Parameter(
                each.name,
                _KINDS[each.kind],
                "" if each.default is empty else _default(each.default),
                "" if each.annotation is empty else _text(each.annotation),
                "" if each.annotation is empty else self.written(each.annotation, namespace),
            )
            for each in list(signature.parameters.values())[receiver:]
        )

    def returns(self, function: Callable[..., Any]) -> str:
        signature = _signature(function)
        if signature is None or signature.return_annotation is inspect.Signature.empty:
            return ""
        return self.written(signature.return_annotation, self._around(function))

    def _around(self, function: Callable[..., Any]) -> dict[str, Any]:
        """The names that the annotations of a function or class may use."""
        return {**self.namespace, **vars(sys.modules.get(function.__module__, self.module))}

    def written(self, annotation: Any, namespace: dict[str, Any]) -> str:
        """Empty where the annotation cannot be resolved."""
        try:
            return self._written(_resolved(annotation, namespace), namespace)
        except Exception:
            return ""

    def _written(self, kind: Any, namespace: dict[str, Any]) -> str:
        if isinstance(kind, (str, typing.ForwardRef)):
            return self._written(_resolved(kind, namespace), namespace)
        if kind is None or kind is type(None):
            return "None"
        if hasattr(kind, "__value__"):  # type X = ...
            return self._written(kind.__value__, namespace)
        if isinstance(kind, TypeVar):
            return self._variable(kind, namespace)
        if hasattr(kind, "__supertype__"):
            return self._new_type(kind, namespace)
        origin, arguments = typing.get_origin(kind), typing.get_args(kind)
        if getattr(kind, "__metadata__", None) or getattr(origin, "_name", None) in _WRAPPERS:
            return self._written(arguments[0] if arguments else kind.__origin__, namespace)
        if isinstance(kind, dataclasses.InitVar):
            return self._written(kind.type, namespace)
        if origin is None and not isinstance(kind, type):
            return str(getattr(kind, "_name", None) or getattr(kind, "__name__", None) or "Any")
        if origin in _UNIONS:
            return " | ".join(dict.fromkeys(self._argument(each, namespace) for each in arguments))
        if origin is typing.Literal:
            return f"Literal[{', '.join(map(self._literal, arguments))}]"
        base = self.name(origin or kind)
        if not arguments:
            return f"{base}[()]" if origin is tuple and str(kind).endswith("[()]") else base
        return f"{base}[{', '.join(self._argument(each, namespace) for each in arguments)}]"

    def _argument(self, argument: Any, namespace: dict[str, Any]) -> str:
        """Of a part of a type, where what cannot be resolved may be anything."""
        if argument is Ellipsis:
            return "..."
        if isinstance(argument, list):
            return f"[{', '.join(self._argument(each, namespace) for each in argument)}]"
        try:
            return self._written(argument, namespace)
        except Exception:
            return "Any"

    def _literal(self, value: Any) -> str:
        return f"{self._expression(type(value))}.{value.name}" if isinstance(value, enum.Enum) else repr(value)

    def name(self, kind: type) -> str:
        """Of a type without its arguments. Effect: its shape is found, unless it is common knowledge."""
        if kind.__module__ in _BARE:
            return kind.__name__
        name = f"{kind.__module__}.{kind.__qualname__}"
        top = kind.__module__.split(".")[0]
        if getattr(sys.modules.get(top), kind.__name__, None) is kind:
            name = f"{top}.{kind.__name__}"
        if kind not in self.names:
            self.names[kind] = name
            if len(self.names) <= MOST_SHAPES and top not in _KNOWN:
                self._shape(kind, name, top)
        return name

    def _shape(self, kind: type, name: str, top: str) -> None:
        expression = self._expression(kind)
        namespace = self._around(kind)
        if issubclass(kind, enum.Enum):
            members = tuple(f"{expression}.{member}" for member in kind.__members__)
            self.found[name] = Shape(name, "enum", expression, members=members)
        elif dataclasses.is_dataclass(kind):
            self.found[name] = Shape(name, "dataclass", expression, self._dataclass(kind, namespace))
        elif issubclass(kind, tuple) and hasattr(kind, "_fields"):
            self.found[name] = Shape(name, "named tuple", expression, self.parameters(kind))
        elif issubclass(kind, dict) and hasattr(kind, "__total__"):
            self.found[name] = Shape(name, "typed dict", expression, self._keys(kind, namespace))
        elif top not in _standard():
            described = "protocol" if getattr(kind, "_is_protocol", False) else "class"
            shape = Shape(name, described, expression, self.parameters(kind))  # type: ignore[arg-type]
            self.found[name] = dataclasses.replace(shape, subclasses=self._subclasses(kind))

    def _dataclass(self, kind: Any, namespace: dict[str, Any]) -> tuple[Parameter, ...]:
        return tuple(
            Parameter(
                each.name,
                "keyword only" if getattr(each, "kw_only", False) is True else "positional",
                WORKED_OUT
                if each.default_factory is not dataclasses.MISSING
                else ("" if each.default is dataclasses.MISSING else _default(each.default)),
                _text(each.type),
                self.written(each.type, namespace),
            )
            for each in dataclasses.fields(kind)
            if each.init
        )

    def _keys(self, kind: Any, namespace: dict[str, Any]) -> tuple[Parameter, ...]:
        return tuple(
            Parameter(
                key,
                "keyword only",
                "" if key in kind.__required_keys__ else WORKED_OUT,
                _text(annotation),
                self.written(annotation, namespace),
            )
            for key, annotation in inspect.get_annotations(kind).items()
        )

    def _subclasses(self, kind: type) -> tuple[str, ...]:
        """Of what cannot be made itself; they get shapes of their own."""
        if not (inspect.isabstract(kind) or getattr(kind, "_is_protocol", False) or abc.ABC in kind.__bases__):
            return ()
        waiting: list[type] = list(kind.__subclasses__())
        found: list[str] = []
        while waiting and len(found) < MOST_SUBCLASSES:
            each = waiting.pop(0)
            waiting += each.__subclasses__()
            if not inspect.isabstract(each):
                found.append(self.name(each))
        return tuple(found)

    def _variable(self, kind: Any, namespace: dict[str, Any]) -> str:
        if kind.__name__ not in self.found:
            self.found[kind.__name__] = Shape(kind.__name__, "variable", "")
            allowed = kind.__constraints__ or ((kind.__bound__,) if kind.__bound__ else ())
            members = tuple(self._written(each, namespace) for each in allowed)
            self.found[kind.__name__] = Shape(kind.__name__, "variable", "", members=members)
        return str(kind.__name__)

    def _new_type(self, kind: Any, namespace: dict[str, Any]) -> str:
        name = f"{kind.__module__}.{kind.__name__}"
        if name not in self.found:
            members = (self._written(kind.__supertype__, namespace),)
            self.found[name] = Shape(name, "new type", self._expression(kind), members=members)
        return name

    def _expression(self, kind: Any) -> str:
        """Empty for what cannot be reached from outside."""
        last = str(kind.__name__)
        name = str(getattr(kind, "__qualname__", last))
        if "<locals>" in name:
            return ""
        for bound, value in vars(self.module).items():
            if value is kind:
                return bound
        for bound, value in vars(self.module).items():
            if isinstance(value, types.ModuleType) and getattr(value, last, None) is kind:
                return f"{bound}.{last}"
        if kind.__module__ == self.module.__name__ and name.split(".")[0] in vars(self.module):
            return name
        return f"__import__({kind.__module__!r}, fromlist=['']).{name}"


def _resolved(annotation: Any, namespace: dict[str, Any]) -> Any:
    if isinstance(annotation, typing.ForwardRef):
        annotation = annotation.__forward_arg__
    if not isinstance(annotation, str):
        return annotation
    try:
        return eval(annotation, dict(namespace))
    except TypeError:
        # Before Python 3.10, `X | Y` is no type.
        return eval(ast.unparse(_Unions().visit(ast.parse(annotation, mode="eval"))), {**namespace, "_Union": Union})


class _Unions(ast.NodeTransformer):
    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        both = ast.Tuple([node.left, node.right], ast.Load())
        return ast.Subscript(ast.Name("_Union", ast.Load()), both, ast.Load())


def _signature(function: Callable[..., Any]) -> inspect.Signature | None:
    try:
        return inspect.signature(function)
    except NameError:  # From Python 3.14 on, annotations are evaluated when they are asked for.
        import annotationlib  # type: ignore[import-not-found]

        return inspect.signature(function, annotation_format=annotationlib.Format.STRING)  # type: ignore[call-arg]
    except (TypeError, ValueError):
        return None


def _text(annotation: Any) -> str:
    if isinstance(annotation, typing.ForwardRef):
        return annotation.__forward_arg__
    return annotation if isinstance(annotation, str) else inspect.formatannotation(annotation)


def _default(value: Any) -> str:
    """Its source where that is its repr."""
    text = repr(value)
    with suppress(Exception):
        if ast.literal_eval(text) == value:
            return text
    return WORKED_OUT


def _standard() -> Iterable[str]:
    return getattr(sys, "stdlib_module_names", ()) or sys.builtin_module_names


def _for_checking(source: str, module: types.ModuleType) -> dict[str, Any]:
    """The names that the source imports for type checkers alone, as far as they can be imported."""
    found: dict[str, Any] = {"__package__": module.__package__, "__name__": module.__name__}
    for statement in ast.parse(source).body:
        if isinstance(statement, ast.If) and "TYPE_CHECKING" in ast.unparse(statement.test):
            for each in statement.body:
                if isinstance(each, (ast.Import, ast.ImportFrom)):
                    with suppress(Exception):
                        exec(ast.unparse(each), found)
    return found
