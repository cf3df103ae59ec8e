"""A recipe is the source text of one call, evaluated in the function's module, with where it came from."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from perfwise_server.driving.callables import Function, Parameter, accessor

Origin = Literal["given", "declared", "guessed"]


class Recipe(NamedTuple):
    call: str
    origin: Origin
    trait: str = ""  # What is unusual about a guessed input: the question to ask when only such inputs differ.


def call_text(function: Function, arguments: Sequence[str], receiver: Sequence[str] = ()) -> str:
    """The call with the source texts of its arguments, one a parameter; of a method, with those of its class."""
    access = accessor(function)
    if access and function.owner is not None:
        made = f"{function.owner.name}({', '.join(_passed(function.owner.constructor, receiver))})"
        return f"{function.name}.{access}({', '.join((made, *_passed(function.parameters, arguments)))})"
    return f"{_callee(function, receiver)}({', '.join(_passed(function.parameters, arguments))})"


def _callee(function: Function, receiver: Sequence[str]) -> str:
    if function.binding != "method" or function.owner is None:
        return function.name
    made = ", ".join(_passed(function.owner.constructor, receiver))
    return f"{function.owner.name}({made}).{function.name.rpartition('.')[2]}"


def _passed(parameters: Sequence[Parameter], arguments: Sequence[str]) -> Iterable[str]:
    """By position as long as that goes on. An argument that is empty is left to its default."""
    by_name = False
    for parameter, argument in zip(parameters, arguments, strict=True):
        if not argument:
            by_name = True
        elif parameter.kind == "variadic":
            # After an argument that was left out, none can be passed by position.
            if not by_name:
                yield f"*{argument}"
        elif parameter.kind == "keywords":
            yield f"**{argument}"
        elif parameter.kind == "keyword" or by_name:
            by_name = True
            if parameter.kind != "positional":
                yield f"{parameter.name}={argument}"
        else:
            yield argument


def calls_in(text: str, function: Function) -> list[str]:
    """The calls of the function, written with constants and names of builtins alone, that a piece of source makes."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    found = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and is_call_of(node, function)]
    return list(dict.fromkeys(ast.unparse(_with_own_name(node, function)) for node in found if _stands_alone(node)))


def is_call_of(node: ast.Call, function: Function) -> bool:
    """Whether the call names the function, or, of a method, calls it on an instance made on the spot."""
    last = function.name.rpartition(".")[2]
    if isinstance(node.func, ast.Name):
        return node.func.id == last and function.owner is None
    if not isinstance(node.func, ast.Attribute) or node.func.attr != last:
        return False
    if function.owner is None:
        return isinstance(node.func.value, ast.Name)
    made = node.func.value
    if function.binding == "method":
        if not isinstance(made, ast.Call):
            return False
        made = made.func
    return isinstance(made, (ast.Name, ast.Attribute)) and _last_name(made) == function.owner.name


def _last_name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _with_own_name(node: ast.Call, function: Function) -> ast.Call:
    """As it is called from inside the module: `mod.f(1)` is `f(1)` there."""
    if function.owner is None:
        return ast.Call(ast.Name(function.name), node.args, node.keywords)
    assert isinstance(node.func, ast.Attribute)
    made = node.func.value
    own = ast.Name(function.owner.name)
    receiver = ast.Call(own, made.args, made.keywords) if isinstance(made, ast.Call) else own
    return ast.Call(ast.Attribute(receiver, node.func.attr), node.args, node.keywords)


_BUILTINS = frozenset(
    [
        "abs",
        "all",
        "any",
        "bool",
        "bytearray",
        "bytes",
        "chr",
        "complex",
        "dict",
        "enumerate",
        "float",
        "frozenset",
        "int",
        "iter",
        "len",
        "list",
        "map",
        "max",
        "min",
        "object",
        "ord",
        "range",
        "repr",
        "reversed",
        "round",
        "set",
        "slice",
        "sorted",
        "str",
        "sum",
        "tuple",
        "zip",
    ]
)


def _stands_alone(call: ast.Call) -> bool:
    """Whether its arguments need nothing but builtins."""
    receiver = call.func.value if isinstance(call.func, ast.Attribute) else None
    parts: list[ast.AST] = [*call.args, *call.keywords]
    if isinstance(receiver, ast.Call):
        parts += [*receiver.args, *receiver.keywords]
    bound = {node.id for part in parts for node in ast.walk(part) if isinstance(node, ast.Name) and _is_bound(node)} | {
        node.arg for part in parts for node in ast.walk(part) if isinstance(node, ast.arg)
    }
    names = {node.id for part in parts for node in ast.walk(part) if isinstance(node, ast.Name)}
    return names <= _BUILTINS | bound


def _is_bound(node: ast.Name) -> bool:
    return not isinstance(node.ctx, ast.Load)
