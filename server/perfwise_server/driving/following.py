"""Where the values of parameters go: into which names, items and attributes."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from perfwise_server.driving.callables import parameters_of
from perfwise_server.driving.methods import METHODS
from perfwise_server.driving.naming import singular


@dataclass
class Use:
    """What was seen of one value."""

    votes: Counter[str] = field(default_factory=Counter)
    item: Use | None = None  # Of what iterating or indexing it gives.
    value: Use | None = None  # Of what a mapping holds.
    keys: dict[str, Use] = field(default_factory=dict)  # By constant key.
    attributes: dict[str, Use] = field(default_factory=dict)
    parts_uses: list[Use] = field(default_factory=list)
    literals: list[str] = field(default_factory=list)  # Constants it is compared with.
    name: str = ""

    def of_item(self) -> Use:
        self.item = self.item or Use(name=singular(self.name))
        return self.item

    def of_value(self) -> Use:
        self.value = self.value or Use()
        return self.value


class Following(ast.NodeVisitor):
    """Goes through a body and knows which names stand for values that come from the parameters."""

    def __init__(self) -> None:
        self.known: dict[str, Use] = {}
        self.local: dict[str, str] = {}  # What kinds of values other names hold, as far as adding goes.

    def use(self, node: ast.AST | None) -> Use | None:
        """What stands for the value of an expression, if it comes from a parameter."""
        if isinstance(node, ast.Name):
            return self.known.get(node.id)
        if isinstance(node, ast.NamedExpr):
            return self.use(node.value)
        if isinstance(node, ast.Subscript):
            base = self.use(node.value)
            if base is None:
                return None
            key = node.slice
            if isinstance(key, ast.Slice):
                return base
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                return base.keys.setdefault(key.value, Use(name=key.value))
            if base.votes["mapping"]:
                return base.of_value()
            return base.of_item()
        if isinstance(node, ast.Attribute) and node.attr not in METHODS:
            base = self.use(node.value)
            return None if base is None else base.attributes.setdefault(node.attr, Use(name=node.attr))
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else ""
            if name in ("sorted", "list", "tuple", "reversed", "set", "iter", "frozenset") and node.args:
                return self.use(node.args[0])
            if name in ("next", "min", "max") and len(node.args) == 1:
                base = self.use(node.args[0])
                return None if base is None else base.of_item()
            if isinstance(node.func, ast.Attribute) and node.func.attr in ("get", "pop", "popleft", "copy"):
                base = self.use(node.func.value)
                if base is None or node.func.attr == "copy":
                    return base
                return base.of_value() if node.func.attr == "get" else base.of_item()
            if isinstance(node.func, ast.Attribute) and node.func.attr in ("strip", "lower", "upper"):
                return self.use(node.func.value)
        return None

    def vote(self, node: ast.AST | None, kind: str, weight: int = 1) -> Use | None:
        use = self.use(node)
        if use is not None:
            use.votes[kind] += weight
        return use

    def bind(self, target: ast.expr, use: Use | None) -> None:
        if isinstance(target, ast.Name):
            if use is not None:
                self.known[target.id] = use
            else:
                self.known.pop(target.id, None)
        elif isinstance(target, (ast.Tuple, ast.List)) and use is not None:
            plain = [each for each in target.elts if not isinstance(each, ast.Starred)]
            if len(plain) != len(target.elts):
                use.votes["list"] += 1
                for each in target.elts:
                    self.bind(
                        each.value if isinstance(each, ast.Starred) else each,
                        use if isinstance(each, ast.Starred) else use.of_item(),
                    )
                return
            while len(use.parts_uses) < len(plain):
                use.parts_uses.append(Use())
            for each, part in zip(plain, use.parts_uses):  # noqa: B905 - an unpacking elsewhere may have had more names.
                if isinstance(each, ast.Name):
                    part.name = part.name or each.id
                self.bind(each, part)

    def iterate(self, target: ast.expr, source: ast.expr) -> None:
        name = source.func.id if isinstance(source, ast.Call) and isinstance(source.func, ast.Name) else ""
        if isinstance(source, ast.Call):
            if name == "enumerate" and source.args and isinstance(target, ast.Tuple) and len(target.elts) == 2:
                self.bind(target.elts[0], None)
                self.iterate(target.elts[1], source.args[0])
                return
            if name == "zip" and isinstance(target, ast.Tuple) and len(target.elts) == len(source.args):
                for each, given in zip(target.elts, source.args, strict=True):
                    self.iterate(each, given)
                return
            if name == "range":
                for given in source.args:
                    self.vote(given, "int", 3)
                self.bind(target, None)
                return
            if isinstance(source.func, ast.Attribute) and source.func.attr in ("items", "keys", "values"):
                base = self.vote(source.func.value, "mapping", 5)
                if base is None:
                    return
                if source.func.attr == "items" and isinstance(target, ast.Tuple) and len(target.elts) == 2:
                    self.bind(target.elts[0], base.of_item())
                    self.bind(target.elts[1], base.of_value())
                else:
                    self.bind(target, base.of_item() if source.func.attr == "keys" else base.of_value())
                return
        base = self.vote(source, "iterable")
        if base is not None and isinstance(target, ast.Name):
            item = base.of_item()
            item.name = item.name or target.id
        self.bind(target, base.of_item() if base is not None else None)

    def visit_For(self, node: ast.For | ast.AsyncFor) -> None:
        self.visit(node.iter)
        self.iterate(node.target, node.iter)
        for statement in (*node.body, *node.orelse):
            self.visit(statement)

    visit_AsyncFor = visit_For  # noqa: N815

    def visit_comprehension_of(self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp) -> None:
        before = dict(self.known)
        for generator in node.generators:
            self.visit(generator.iter)
            self.iterate(generator.target, generator.iter)
            for condition in generator.ifs:
                self.visit(condition)
        for part in (node.key, node.value) if isinstance(node, ast.DictComp) else (node.elt,):
            self.visit(part)
        self.known = before

    visit_ListComp = visit_SetComp = visit_GeneratorExp = visit_DictComp = visit_comprehension_of  # noqa: N815

    def visit_Lambda(self, node: ast.Lambda) -> None:
        before = dict(self.known)
        for parameter in parameters_of(node):
            self.known.pop(parameter.name, None)
        self.visit(node.body)
        self.known = before

    def visit_Assign(self, node: ast.Assign) -> None:
        self.visit(node.value)
        use = self.use(node.value)
        for name, value in _plain_bindings(node):
            kind = _kind_of_value(value)
            if kind:
                self.local.setdefault(name, kind)
        for target in node.targets:
            if isinstance(target, ast.Subscript):
                base = self.use(target.value)
                if base is not None:
                    base.votes["list" if is_index(target.slice) else "mapping"] += 1
                self.visit(target.slice)
            elif isinstance(target, (ast.Tuple, ast.List)) and isinstance(node.value, (ast.Tuple, ast.List)):
                for each, value in zip(target.elts, node.value.elts):  # noqa: B905 - a star makes them differ.
                    self.bind(each, self.use(value))
            else:
                self.bind(target, use)


def _plain_bindings(node: ast.Assign) -> Iterator[tuple[str, ast.expr]]:
    for target in node.targets:
        if isinstance(target, ast.Name):
            yield target.id, node.value
        elif isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
            for each, value in zip(target.elts, node.value.elts):  # noqa: B905 - a star makes them differ.
                if isinstance(each, ast.Name):
                    yield each.id, value


def _kind_of_value(node: ast.expr) -> str:
    if isinstance(node, ast.JoinedStr):
        return "text"
    if isinstance(node, (ast.List, ast.ListComp)):
        return "list"
    if isinstance(node, ast.Constant):
        kinds = ((bool, ""), (int, "number"), (float, "number"), (str, "text"), (bytes, "bytes"))
        return next((kind for type_, kind in kinds if isinstance(node.value, type_)), "")
    return ""


def is_index(node: ast.expr) -> bool:
    if isinstance(node, ast.UnaryOp):
        node = node.operand
    return (isinstance(node, ast.Constant) and isinstance(node.value, int)) or isinstance(node, (ast.BinOp, ast.Name))
