"""Functions as their source describes them: parameters, annotations, the class they belong to."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

Kind = Literal["positional", "positional or keyword", "variadic", "keyword", "keywords"]
Definition = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    kind: Kind
    annotation: str = ""  # Source text.
    default: str = ""
    type: str = ""  # The annotation as the interpreter resolved it, where it was asked.


@dataclass(frozen=True, slots=True)
class Known:
    """A type as the interpreter knows it. `expression` gives it, evaluated in the module; empty where nothing does."""

    kind: str  # "dataclass", "named tuple", "typed dict", "enum", "class", "protocol", "variable" or "new type".
    expression: str
    fields: tuple[Parameter, ...]  # What makes one.
    members: tuple[str, ...]  # Of an enum, or the types that a variable may stand for.
    subclasses: tuple[str, ...]  # Names of those that can be made, where it cannot.


@dataclass(frozen=True, slots=True)
class Owner:
    """The class of a method, with what making an instance takes."""

    name: str
    constructor: tuple[Parameter, ...]
    node: ast.ClassDef


@dataclass(frozen=True)
class Function:
    """`parameters` are those a caller passes. `binding` says what the function is called on."""

    name: str  # Qualified: "Class.method".
    parameters: tuple[Parameter, ...]
    binding: Literal["function", "method", "class", "static"]
    owner: Owner | None
    node: Definition
    module: Module

    @property
    def lines(self) -> range:
        """Line numbers from 1, of the body alone: the first line and the docstring run in no call."""
        body = self.node.body
        first = body[1:] if ast.get_docstring(self.node, clean=False) is not None and len(body) > 1 else body
        return range(first[0].lineno, (self.node.end_lineno or first[-1].lineno) + 1)


@dataclass(frozen=True)
class Module:
    source: str
    tree: ast.Module = field(repr=False)
    known: Mapping[str, Known] = field(default_factory=dict, repr=False, compare=False)  # By full name.

    @cached_property
    def classes(self) -> dict[str, ast.ClassDef]:
        return {node.name: node for node in _statements(self.tree.body) if isinstance(node, ast.ClassDef)}

    @cached_property
    def functions(self) -> dict[str, Definition]:
        """Those of the module itself, by name."""
        return {node.name: node for node in _statements(self.tree.body) if isinstance(node, Definition)}

    @cached_property
    def aliases(self) -> dict[str, ast.expr]:
        """Names bound to an expression once, such as a type of its own name."""
        found: dict[str, ast.expr] = {}
        for node in _statements(self.tree.body):
            if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
                found[node.targets[0].id] = node.value
            elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value is not None:
                found[node.target.id] = node.value
            elif type(node).__name__ == "TypeAlias":
                found[node.name.id] = node.value  # type: ignore[attr-defined]
        return found

    @cached_property
    def imported(self) -> dict[str, str]:
        """What imported names stand for: {"np": "numpy", "deque": "collections.deque"}."""
        found: dict[str, str] = {}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    found[alias.asname or alias.name.partition(".")[0]] = alias.name
            elif isinstance(node, ast.ImportFrom):
                prefix = "." * node.level + (node.module or "")
                for alias in node.names:
                    found[alias.asname or alias.name] = f"{prefix}.{alias.name}"
        return found


def parse(source: str) -> Module:
    """Raises SyntaxError, also for what is too deeply nested to be read."""
    try:
        return Module(source, ast.parse(source))
    except (ValueError, RecursionError, MemoryError) as error:
        raise SyntaxError(str(error) or type(error).__name__) from error


def find(module: Module, name: str) -> Function | None:
    """The function of a qualified name; for one inside a function, that function, since it is reached only by it."""
    owner: ast.ClassDef | None = None
    body = module.tree.body
    path = ""
    for part in name.split("."):
        path = f"{path}.{part}" if path else part
        # The last definition of a name is the one that callers meet.
        found = [node for node in _statements(body) if isinstance(node, (*_DEFINITIONS, ast.ClassDef))]
        node = next((node for node in reversed(found) if node.name == part), None)
        if node is None:
            return None
        if isinstance(node, ast.ClassDef):
            owner, body = node, node.body
            continue
        return _function(module, path, node, owner)
    return None


_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def names(module: Module) -> Iterator[str]:
    """The qualified names of functions and methods that can be called from outside."""
    yield from _names(module.tree.body, "")


def _names(body: list[ast.stmt], prefix: str) -> Iterator[str]:
    for node in _statements(body):
        if isinstance(node, _DEFINITIONS):
            yield prefix + node.name
        elif isinstance(node, ast.ClassDef):
            yield from _names(node.body, f"{prefix}{node.name}.")


def _statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Those of a block and of the branches in it, as far as they are of the same scope."""
    for node in body:
        yield node
        if isinstance(node, (ast.If, ast.Try, ast.With, ast.For, ast.While)):
            yield from _statements(node.body)
            yield from _statements(getattr(node, "orelse", []))
            for handler in getattr(node, "handlers", []):
                yield from _statements(handler.body)
            yield from _statements(getattr(node, "finalbody", []))


def _function(module: Module, name: str, node: Definition, owner: ast.ClassDef | None) -> Function:
    parameters = parameters_of(node)
    if owner is None:
        return Function(name, parameters, "function", None, node, module)
    decorators = {ast.unparse(decorator).rpartition(".")[2] for decorator in node.decorator_list}
    belongs = Owner(name.rpartition(".")[0], _constructor(module, owner), owner)
    if "staticmethod" in decorators:
        return Function(name, parameters, "static", belongs, node, module)
    binding: Literal["class", "method"] = "class" if "classmethod" in decorators else "method"
    return Function(name, parameters[1:], binding, belongs, node, module)


_GETTERS = {"property": "fget", "cached_property": "func", "functools.cached_property": "func"}
_OTHERS = {"setter": "fset", "deleter": "fdel"}


def accessor(function: Function) -> str:
    """The attribute of a property that is this function; empty where it is no property's."""
    for decorator in map(ast.unparse, function.node.decorator_list):
        found = _GETTERS.get(decorator) or _OTHERS.get(decorator.rpartition(".")[2])
        if found and function.owner is not None:
            return found
    return ""


def parameters_of(node: Definition | ast.Lambda) -> tuple[Parameter, ...]:
    given = node.args
    positional = [*given.posonlyargs, *given.args]
    defaults = [None] * (len(positional) - len(given.defaults)) + list(given.defaults)
    found = [
        _parameter(argument, "positional" if argument in given.posonlyargs else "positional or keyword", default)
        for argument, default in zip(positional, defaults, strict=True)
    ]
    if given.vararg:
        found.append(_parameter(given.vararg, "variadic", None))
    found += [
        _parameter(argument, "keyword", default)
        for argument, default in zip(given.kwonlyargs, given.kw_defaults, strict=True)
    ]
    if given.kwarg:
        found.append(_parameter(given.kwarg, "keywords", None))
    return tuple(found)


def _parameter(argument: ast.arg, kind: Kind, default: ast.expr | None) -> Parameter:
    annotation = argument.annotation
    text = "" if annotation is None else ast.unparse(annotation)
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        text = annotation.value
    return Parameter(argument.arg, kind, text, "" if default is None else ast.unparse(default))


def _constructor(module: Module, owner: ast.ClassDef, depth: int = 5) -> tuple[Parameter, ...]:
    """What `__init__` takes, the class's own or the nearest that it inherits in this module."""
    for node in owner.body:
        if isinstance(node, _DEFINITIONS) and node.name in ("__init__", "__new__"):
            return parameters_of(node)[1:]
    fields = fields_of(module, owner)
    if fields is not None:
        return fields
    for base in owner.bases:
        inherited = module.classes.get(ast.unparse(base))
        if inherited is not None and inherited is not owner and depth:
            return _constructor(module, inherited, depth - 1)
    return ()


def fields_of(module: Module, owner: ast.ClassDef, depth: int = 5) -> tuple[Parameter, ...] | None:
    """Of a dataclass, an attrs class, a NamedTuple or a TypedDict; None for any other class."""
    decorators = {ast.unparse(d.func if isinstance(d, ast.Call) else d) for d in owner.decorator_list}
    bases = [ast.unparse(base).rpartition(".")[2] for base in owner.bases]
    own_kind = any(d.rpartition(".")[2] in ("dataclass", "define", "frozen", "attrs") for d in decorators)
    if not own_kind and not {"NamedTuple", "TypedDict"} & set(bases):
        return None
    fields: dict[str, Parameter] = {}
    for base in bases:
        inherited = module.classes.get(base)
        if inherited is not None and inherited is not owner and depth:
            for parameter in fields_of(module, inherited, depth - 1) or ():
                fields[parameter.name] = parameter
    for node in owner.body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            annotation = ast.unparse(node.annotation)
            if "ClassVar" in annotation or (node.value is not None and "init=False" in ast.unparse(node.value)):
                continue
            default = "" if node.value is None else "..."
            fields[node.target.id] = Parameter(node.target.id, "positional or keyword", annotation, default)
    return tuple(fields.values())
