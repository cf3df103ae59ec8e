"""What a function does with the values of its parameters, and so what they may be."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from perfwise_server.driving.callables import Definition, Module, Parameter, find
from perfwise_server.driving.following import Following, Use, is_index
from perfwise_server.driving.methods import METHODS, OF_KIND
from perfwise_server.driving.naming import names_text

# What taking a value says of it, and how strongly: of the first argument, or of each.
_OF_FIRST: dict[str, tuple[str, int]] = {
    **dict.fromkeys(
        ("enumerate", "sorted", "set", "list", "tuple", "iter", "frozenset", "any", "all"), ("iterable", 1)
    ),
    **dict.fromkeys(("abs", "round", "divmod", "pow"), ("number", 2)),
    **dict.fromkeys(("chr", "bin", "hex"), ("int", 2)),
    **dict.fromkeys(("int", "float"), ("number", 1)),
    "len": ("sized", 1),
    "reversed": ("list", 1),
    "dict": ("mapping", 1),
    "ord": ("text", 4),
    "next": ("iterator", 4),
    "open": ("path", 4),
}
_OF_EACH: dict[str, tuple[str, int]] = {"range": ("int", 3), "zip": ("iterable", 1)}
_OF_TYPE = {"str": "text", "int": "int", "float": "float", "list": "list", "dict": "mapping"}


def uses_of(
    node: Definition, module: Module, parameters: Sequence[Parameter], owner: str, depth: int = 0
) -> dict[str, Use]:
    watcher = _Watcher(module, owner, depth)
    for parameter in parameters:
        watcher.known[parameter.name] = Use(name=parameter.name)
    result = dict(watcher.known)
    for statement in node.body:
        watcher.visit(statement)
    return result


class _Watcher(Following, ast.NodeVisitor):
    """Votes for what each value is."""

    def __init__(self, module: Module, owner: str, depth: int) -> None:
        super().__init__()
        self.module, self.owner, self.depth = module, owner, depth

    def local_kind(self, node: ast.expr) -> str:
        """What is known of a name that the function itself binds, as far as adding goes."""
        return self.local.get(node.id, "plus") if isinstance(node, ast.Name) else "plus"

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        self.visit(node.value)
        if isinstance(node.op, (ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow)):
            self.vote(node.target, "number")
        if isinstance(node.op, ast.Sub):
            self.vote(node.value, "number")
        elif isinstance(node.op, ast.Add):
            kind = self.local_kind(node.target)
            self.vote(node.value, "iterable" if kind == "list" else kind, 2)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        self.generic_visit(node)
        base = self.use(node.value)
        if isinstance(node.slice, ast.Slice):
            for bound in (node.slice.lower, node.slice.upper, node.slice.step):
                self.vote(bound, "int", 2)
            if base is not None:
                base.votes["list"] += 2
            return
        if base is None:
            return
        key = node.slice
        if isinstance(key, ast.Constant) and isinstance(key.value, str):
            base.keys.setdefault(key.value, Use(name=key.value))
        elif isinstance(key, ast.Name) and names_text(key.id):
            base.votes["mapping"] += 3
        elif is_index(key) or not self.use(key):
            base.votes["list"] += 2
        else:
            base.votes["list"] += 1

    def visit_Attribute(self, node: ast.Attribute) -> None:
        self.generic_visit(node)
        if node.attr not in METHODS:
            self.use(node)

    def visit_Compare(self, node: ast.Compare) -> None:
        self.generic_visit(node)
        sides = [node.left, *node.comparators]
        for operator, left, right in zip(node.ops, sides, sides[1:]):  # noqa: B905 - one side more than pairs.
            if isinstance(operator, (ast.In, ast.NotIn)):
                self.membership(left, right)
                continue
            for one, other in ((left, right), (right, left)):
                use = self.use(one)
                if use is None or not isinstance(other, (ast.Constant, ast.UnaryOp)):
                    continue
                text = ast.unparse(other)
                if isinstance(other, ast.Constant) and isinstance(other.value, str):
                    use.literals.append(text)
                    use.votes["text"] += 1
                elif isinstance(other, ast.Constant) and (other.value is None or isinstance(other.value, bool)):
                    continue
                else:
                    use.votes["float" if "." in text else "number"] += 2

    def membership(self, left: ast.expr, right: ast.expr) -> None:
        base = self.use(right)
        if base is not None:
            base.votes["iterable"] += 1
            item = self.use(left)
            if item is not None and base.item is None and item is not base:
                base.item = item
        if isinstance(right, ast.Constant) and isinstance(right.value, str):
            use = self.vote(left, "text", 3)
            if use is not None:
                use.literals += [repr(character) for character in right.value[:6]]
        elif isinstance(right, (ast.Tuple, ast.List, ast.Set)):
            use = self.use(left)
            if use is not None:
                use.literals += [ast.unparse(each) for each in right.elts if isinstance(each, ast.Constant)]

    def visit_BinOp(self, node: ast.BinOp) -> None:
        self.generic_visit(node)
        for one, other in ((node.left, node.right), (node.right, node.left)):
            if isinstance(node.op, ast.Mod) and one is node.left and isinstance(one, ast.Constant):
                continue
            if isinstance(other, ast.JoinedStr) or (isinstance(other, ast.Constant) and isinstance(other.value, str)):
                self.vote(one, "text", 3 if isinstance(node.op, ast.Add) else 1)
            elif isinstance(other, ast.List):
                self.vote(one, "list" if isinstance(node.op, ast.Add) else "int", 3)
            elif isinstance(node.op, ast.Add):
                if isinstance(other, ast.Constant) and isinstance(other.value, (int, float)):
                    self.vote(one, "number", 3)
                else:
                    self.vote(one, self.local_kind(other), 2)
            elif isinstance(node.op, (ast.BitAnd, ast.BitOr, ast.BitXor, ast.LShift, ast.RShift)):
                self.vote(one, "int", 2)
            else:
                self.vote(one, "number", 2)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> None:
        self.generic_visit(node)
        if isinstance(node.op, ast.USub):
            self.vote(node.operand, "number", 2)

    def visit_Call(self, node: ast.Call) -> None:
        self.generic_visit(node)
        if isinstance(node.func, ast.Attribute):
            self.method(node, node.func)
            if node.func.attr not in METHODS:
                self.vote(node.func, ("call0", "call", "call2")[min(len(node.args) + len(node.keywords), 2)], 5)
        elif isinstance(node.func, ast.Name):
            if node.func.id in self.known:
                self.vote(node.func, "call2" if len(node.args) > 1 else "call", 5)
            self.builtin(node, node.func.id)

    def method(self, node: ast.Call, function: ast.Attribute) -> None:
        name = function.attr
        for kind, methods in OF_KIND.items():
            if name in methods:
                self.vote(function.value, kind, 4)
        if name in ("count", "index", "pop", "remove", "copy", "clear", "update"):
            kind = "mapping" if name == "update" or (name == "pop" and len(node.args) > 1) else "list"
            self.vote(function.value, kind, 2)
        if name in ("append", "add", "count", "index", "remove") and node.args:
            base = self.use(function.value)
            item = self.use(node.args[0])
            if base is not None and item is not None and base.item is None:
                base.item = item
        if name in ("split", "startswith", "endswith", "replace", "find", "strip", "partition"):
            for given in node.args:
                self.vote(given, "text", 3)
        if name == "join" and node.args:
            base = self.vote(node.args[0], "iterable")
            if base is not None:
                base.of_item().votes["text"] += 3
            self.vote(function.value, "text", 3)
        if name in ("extend", "update", "union", "intersection", "difference") and node.args:
            self.vote(node.args[0], "iterable")
        if name in ("match", "search", "findall", "fullmatch", "sub", "finditer") and node.args:
            self.vote(node.args[-1], "text", 4)
        if isinstance(function.value, ast.Name):
            module = self.module.imported.get(function.value.id, "")
            if module == "math" and node.args:
                self.vote(node.args[0], "int" if name in ("gcd", "factorial", "isqrt", "comb") else "number", 3)
            elif module == "json" and name == "loads" and node.args:
                self.vote(node.args[0], "text", 3)
            elif function.value.id in ("self", "cls"):
                self.helper(node, f"{self.owner}.{name}")

    def builtin(self, node: ast.Call, name: str) -> None:
        if not node.args:
            return
        first = node.args[0]
        if name in _OF_FIRST:
            self.vote(first, *_OF_FIRST[name])
        elif name in _OF_EACH:
            for given in node.args:
                self.vote(given, *_OF_EACH[name])
        elif name in ("sum", "fsum"):
            base = self.vote(first, "iterable", 2)
            if base is not None:
                starts_with_list = len(node.args) > 1 and isinstance(node.args[1], ast.List)
                base.of_item().votes["list" if starts_with_list else "number"] += 3
        elif name in ("min", "max"):
            if len(node.args) == 1:
                self.vote(first, "iterable")
            for given in node.args[1:] and node.args:
                self.vote(given, "number")
        elif name in ("map", "filter") and len(node.args) > 1:
            self.vote(first, "call", 5)
            for given in node.args[1:]:
                self.vote(given, "iterable")
        elif name == "isinstance" and len(node.args) == 2:
            for kind, vote in _OF_TYPE.items():
                if kind in {each.id for each in ast.walk(node.args[1]) if isinstance(each, ast.Name)}:
                    self.vote(first, vote)
        else:
            self.helper(node, name)

    def helper(self, node: ast.Call, name: str) -> None:
        """A function of this module is handed the value: what it does with it counts too."""
        if self.depth > 2 or not any(self.use(given) for given in node.args):
            return
        function = find(self.module, name)
        if function is None or function.name != name or name.startswith("."):
            return
        uses = uses_of(function.node, self.module, function.parameters, self.owner, self.depth + 1)
        for given, parameter in zip(node.args, function.parameters):  # noqa: B905 - defaults may stand for the rest.
            use, seen = self.use(given), uses[parameter.name]
            if use is None or use is seen:
                continue
            use.votes.update(seen.votes)
            use.item = use.item or seen.item
            use.value = use.value or seen.value
            for key, part in seen.keys.items():
                use.keys.setdefault(key, part)
            for key, part in seen.attributes.items():
                use.attributes.setdefault(key, part)
            use.parts_uses = use.parts_uses or seen.parts_uses
            use.literals += seen.literals
