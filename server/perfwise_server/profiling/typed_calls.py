"""A call that the user types: what is in scope for it, and what is wrong with it."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from perfwise_server.driving.callables import Function, Module, find, names, parse
from perfwise_server.driving.doctests import documented_calls
from perfwise_server.driving.planning import plans

_MOST = 60
_MOST_READY = 4
_LONGEST_READY = 400
_TYPED = re.compile(r"(?:[^\W\d]\w*\.)*(?:[^\W\d]\w*)?\Z")


class Completion(NamedTuple):
    """`text` takes the place of all that is typed; `label` is what it adds."""

    label: str
    text: str
    detail: str  # "function", "class", "constant", "module", "parameter", "builtin", "call".


@lru_cache(maxsize=1)
def module_of(text: str) -> Module:
    """`parse`, kept for the next key: the text stays as it is while a call of it is typed."""
    return parse(text)


def complete(text: str, function: str, prefix: str) -> list[Completion]:
    """What may come next in a call of the function that is typed up to here. Whole calls come first."""
    try:
        module = module_of(text)
    except SyntaxError:
        return []
    wanted = find(module, function)
    match = _TYPED.search(prefix)
    fragment = match[0] if match else ""
    before = prefix[: len(prefix) - len(fragment)]
    found: dict[str, Completion] = {}
    if wanted is not None:
        for call in ready_calls(wanted):
            if call.startswith(prefix.lstrip()):
                found.setdefault(call, Completion(call, call, "call"))
    for name, detail in _in_scope(module, wanted, fragment, is_inside="(" in prefix):
        if name.startswith(fragment) and name != fragment:
            found.setdefault(name, Completion(name, before + name, detail))
    return list(found.values())[:_MOST]


def ready_calls(function: Function) -> list[str]:
    """Calls that documentation shows, and one with arguments that its source makes likely."""
    likely = [plan.samples()[0].call for plan in plans(function)[:1]]
    calls = dict.fromkeys([*documented_calls(function)[:_MOST_READY], *likely])
    return [call for call in calls if len(call) <= _LONGEST_READY]


def refusal(expression: str, text: str) -> str:
    """Why it is no call that can be made in a module with this text, in a line; empty where it is one."""
    try:
        call = ast.parse(expression.strip(), mode="eval").body
    except SyntaxError as error:
        return f"it does not parse: {error.msg}"
    except (ValueError, RecursionError, MemoryError) as error:
        return f"it does not parse: {error}"
    is_property = isinstance(call, ast.Attribute) and isinstance(call.value, ast.Call)
    if not (isinstance(call, ast.Call) or is_property):
        return "it is no call: write one whole call, such as f([3, 1])"
    try:
        module = module_of(text)
    except SyntaxError:
        return ""  # Of another Python than the one that runs here.
    known = _defined(module)
    function = call.func if isinstance(call, ast.Call) else call
    root = _root(function)
    if "*" not in known and root not in known:
        return f"it calls nothing that the file defines: {ast.unparse(function)}"
    bound = {each.id for each in ast.walk(call) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)}
    bound |= {each.arg for each in ast.walk(call) if isinstance(each, ast.arg)}
    for node in ast.walk(call):
        if isinstance(node, ast.Name) and not (node.id in bound or node.id in known or hasattr(builtins, node.id)):
            return "" if "*" in known else f"`{node.id}` is not defined in the file"
    return ""


def _in_scope(module: Module, wanted: Function | None, fragment: str, *, is_inside: bool) -> Iterator[tuple[str, str]]:
    if "." in fragment:
        for name in names(module):
            yield name, "method"
        return
    if is_inside and wanted is not None:
        for parameter in wanted.parameters:
            if parameter.kind in ("positional or keyword", "keyword"):
                yield f"{parameter.name}=", "parameter"
    kinds: list[tuple[Iterable[str], str]] = [
        (module.functions, "function"),
        (module.classes, "class"),
        (module.aliases, "constant"),
        (module.imported, "import"),
    ]
    seen: set[str] = set()
    for found, kind in kinds:
        for name in sorted(found):
            if name not in seen and name != "*":
                seen.add(name)
                yield name, kind
    for name in sorted(_defined(module) - seen - {"*"}):
        yield name, "constant"
    if fragment:
        for name in sorted(vars(builtins)):
            if not name.startswith("_") or fragment.startswith("_"):
                yield name, "builtin"


def _defined(module: Module) -> set[str]:
    """The names of the module's own scope."""
    found: set[str] = set()
    waiting: list[ast.AST] = list(module.tree.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            found.add(node.name)
            continue
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            found |= {alias.asname or alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        elif not isinstance(node, (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)):
            waiting += ast.iter_child_nodes(node)
    return found


def _root(node: ast.expr) -> str:
    while isinstance(node, (ast.Attribute, ast.Subscript, ast.Call)):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""
