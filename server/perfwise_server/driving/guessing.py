"""What a parameter without annotation may hold: by how it is used, by its name, by its default."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from perfwise_server.driving.annotations import instance_of
from perfwise_server.driving.callables import Definition, Function, Module, Parameter, find, parameters_of
from perfwise_server.driving.shapes import (
    BOOL,
    BYTES,
    FLOAT,
    INT,
    NONE,
    STR,
    Choice,
    Fixed,
    Many,
    Pairs,
    Shape,
    keyed,
    record,
    tuple_of,
)

_DEEPEST = 4
_MOST_GUESSES = 6

_TEXT_METHODS = frozenset(
    [
        "capitalize",
        "casefold",
        "center",
        "encode",
        "endswith",
        "expandtabs",
        "find",
        "format",
        "isalnum",
        "isalpha",
        "isdigit",
        "islower",
        "isnumeric",
        "isspace",
        "isupper",
        "ljust",
        "lower",
        "lstrip",
        "partition",
        "removeprefix",
        "removesuffix",
        "replace",
        "rfind",
        "rjust",
        "rpartition",
        "rsplit",
        "rstrip",
        "split",
        "splitlines",
        "startswith",
        "strip",
        "swapcase",
        "title",
        "translate",
        "upper",
        "zfill",
    ]
)
_LIST_METHODS = frozenset(["append", "extend", "insert", "sort", "reverse"])
_SET_METHODS = frozenset(
    ["add", "discard", "union", "intersection", "difference", "issubset", "issuperset", "symmetric_difference"]
)
_DICT_METHODS = frozenset(["items", "keys", "values", "get", "setdefault"])
_DEQUE_METHODS = frozenset(["popleft", "appendleft", "rotate"])

# What a name says, the last word of it first.
_NAMES: tuple[tuple[str, Shape], ...] = (
    (r"matrix|grid|board|rows|image|cells", Many(Many(INT))),
    (r"words|lines|names|strings|texts|tokens|keys|tags|urls|paths|sentences|strs|labels|letters|emails", Many(STR)),
    (r"nums?|numbers|ints|ids|scores|ages|counts|indices|indexes|sizes|prices|arr|array|weights|amounts", Many(INT)),
    (r"pairs|edges|points|intervals|tuples", Many(tuple_of(INT, INT))),
    (r"text|string|str|s|word|line|name|sentence|message|title|prefix|suffix|sep|separator|phrase|char", STR),
    (r"pattern|label|content|source|html|url|key|code", STR),
    (r"path|file|filename|folder", STR),
    (r"n|k|m|i|j|num|number|count|size|length|limit|index|width|height|depth|max|min|total|year|start|end|step", INT),
    (r"a|b|x|y|z|value|val|target|needle|left|right|lo|hi|low|high", INT),
    (r"data|bytes|buffer|payload|blob", BYTES),
    (r"d|dict|mapping|map|table|lookup|config|options|settings|mapping|counts", Pairs(STR, INT)),
    (r"graph|tree|adjacency|neighbors|neighbours", Pairs(INT, Many(INT))),
    (r"flag|verbose|reverse|strict|enabled", BOOL),
    (r"is|has|use|should|allow", BOOL),
    (r"rate|ratio|price|amount|epsilon|tolerance|threshold|factor|weight|alpha", FLOAT),
    (r"fn|func|function|callback|predicate|f|key_func|transform", Fixed(("abs", "str", "bool"))),
)
_VAGUE = frozenset(("a", "b", "x", "y", "z", "value", "val", "target", "needle", "left", "right", "lo", "hi", "data"))
_PLURAL = re.compile(
    r"(?:items|elements|values|xs|ys|seq|sequence|list|lst|l|collection|iterable|entries|records|"
    r"users|orders|results|objects|nodes|objs|parts|.{3,}s)$"
)


@dataclass
class _Use:
    """What was seen of one value."""

    votes: Counter[str] = field(default_factory=Counter)
    item: _Use | None = None  # Of what iterating or indexing it gives.
    value: _Use | None = None  # Of what a mapping holds.
    keys: dict[str, _Use] = field(default_factory=dict)  # By constant key.
    attributes: dict[str, _Use] = field(default_factory=dict)
    parts: int = 0  # How many names it is unpacked into.
    parts_uses: list[_Use] = field(default_factory=list)
    literals: list[str] = field(default_factory=list)  # Constants it is compared with.
    name: str = ""

    def of_item(self) -> _Use:
        self.item = self.item or _Use(name=_singular(self.name))
        return self.item

    def of_value(self) -> _Use:
        self.value = self.value or _Use()
        return self.value


def guesses(function: Function) -> list[list[Shape]]:
    """For each parameter the shapes that it may have, the likeliest first."""
    uses = _uses(function.node, function.module, function.parameters, function.owner.name if function.owner else "")
    return [_guesses(uses[parameter.name], parameter, function.module) for parameter in function.parameters]


def guesses_of(parameters: Sequence[Parameter], node: Definition, module: Module) -> list[list[Shape]]:
    uses = _uses(node, module, parameters, "")
    return [_guesses(uses[parameter.name], parameter, module) for parameter in parameters]


def guesses_by_name(parameters: Sequence[Parameter], module: Module) -> list[list[Shape]]:
    return [_guesses(_Use(name=parameter.name), parameter, module) for parameter in parameters]


def combined(lists: Sequence[Sequence[Shape]], most: int = 24) -> Iterator[tuple[Shape, ...]]:
    """One guess a parameter: the likeliest of all, then one parameter with another guess, then all of like rank."""
    if not all(lists):
        return
    seen: dict[tuple[Shape, ...], None] = {tuple(each[0] for each in lists): None}
    for rank in range(1, max(map(len, lists), default=1)):
        seen[tuple(each[min(rank, len(each) - 1)] for each in lists)] = None
        for place, each in enumerate(lists):
            if rank < len(each):
                seen[tuple(other[0] if at != place else each[rank] for at, other in enumerate(lists))] = None
    yield from list(seen)[:most]


def _guesses(use: _Use, parameter: Parameter, module: Module) -> list[Shape]:
    if parameter.kind == "variadic":
        return [Many(shape) for shape in _shapes(use.item or _Use(), module, 1)[:3]] or [Many(INT)]
    if parameter.kind == "keywords":
        return [Pairs(Fixed(("'a'", "'b'", "'key'")), INT)]
    found = _shapes(use, module, 0)
    named = [shape for shape in _shape_of_name(parameter.name) if shape in found]
    if len(named) == 1 and not use.keys and not use.attributes:
        found = [*named, *found]
    default = _of_default(parameter.default)
    if default is not None:
        # What the default is, unless it only stands for nothing given.
        found = [*found[:1], NONE, *found[1:]] if default == NONE else [default, *found]
    return list(dict.fromkeys(found))[:_MOST_GUESSES]


def _of_default(default: str) -> Shape | None:
    if not default:
        return None
    try:
        value = ast.literal_eval(default)
    except (ValueError, SyntaxError, TypeError, RecursionError, MemoryError):
        return None
    if value is None:
        return NONE
    kinds: tuple[tuple[type, Shape], ...] = (
        (bool, BOOL),
        (int, INT),
        (float, FLOAT),
        (str, Choice((Fixed((repr(value),)), STR))),
        (bytes, BYTES),
        (list, Many(INT)),
        (tuple, Many(INT, "(", ")")),
        (dict, Pairs(STR, INT)),
    )
    return next((shape for kind, shape in kinds if isinstance(value, kind)), None)


def _shapes(use: _Use, module: Module, depth: int) -> list[Shape]:
    if depth > _DEEPEST:
        return [INT]
    votes = Counter(use.votes)
    found: list[Shape] = []
    if use.attributes and not votes:
        found += _objects(use, module, depth)
    if use.keys:
        fields = [(key, _shapes(each, module, depth + 1)[0]) for key, each in use.keys.items()]
        found.append(keyed(fields))
    if use.parts_uses and not votes:
        parts = [_shapes(each, module, depth + 1) for each in use.parts_uses]
        found += [tuple_of(*each) for each in zip(*(_padded(part, 2) for part in parts), strict=True)]
    ranked = [kind for kind, _ in votes.most_common()]
    # An index says that there is an order, and iteration does not take it back.
    for kind in ranked:
        found += _of_kind(kind, use, module, depth)
    if use.literals:
        fixed = Fixed(tuple(dict.fromkeys(use.literals)))
        kinds = {_kind_of(literal) for literal in use.literals}
        found.insert(0, Choice((fixed, *(shape for shape in kinds if shape is not None))))
    if not found:
        found += _of_name(use, module, depth)
        found += [INT, STR, Many(INT), Many(STR), Pairs(STR, INT), FLOAT]
    elif use.item is not None and "text" not in votes and "list" in votes:
        found.append(STR)
    return list(dict.fromkeys(found))


def _padded(shapes: Sequence[Shape], count: int) -> list[Shape]:
    return (list(shapes) * count)[:count]


def _of_kind(kind: str, use: _Use, module: Module, depth: int) -> list[Shape]:
    if kind == "number":
        return [INT, FLOAT]
    if kind == "plus":
        return [*_shape_of_name(use.name), INT, STR, FLOAT, Many(INT)]
    if kind == "int":
        return [INT]
    if kind == "float":
        return [FLOAT, INT]
    if kind == "text":
        return [STR]
    if kind == "bytes":
        return [BYTES]
    if kind == "path":
        return [STR]
    if kind == "call":
        return [Fixed(("abs", "str", "bool", "repr"))]
    if kind == "call0":
        return [Fixed(("str", "list", "bool"))]
    if kind == "call2":
        return [Fixed(("max", "min"))]
    items = _item_shapes(use, module, depth)
    if kind in ("list", "iterable", "sized"):
        result: list[Shape] = [Many(item) for item in items]
        if kind != "list" and _names_text(use.name):
            result.insert(0, STR)
        return result
    if kind == "set":
        return [Many(item, "{", "}") for item in items if not isinstance(item, (Many, Pairs))]
    if kind == "deque":
        return [Many(item, "__import__('collections').deque([", "])") for item in items]
    if kind == "iterator":
        return [Many(item, "iter([", "])") for item in items]
    if kind == "mapping":
        keys: list[Shape] = [item for item in items if not isinstance(item, (Many, Pairs))] or [STR]
        values = _shapes(use.value, module, depth + 1) if use.value else [INT]
        return [Pairs(key, value) for key, value in zip(_padded(keys, 2), _padded(values, 2), strict=True)]
    return []


def _item_shapes(use: _Use, module: Module, depth: int) -> list[Shape]:
    named = _of_name(use, module, depth)
    hinted = [shape.item for shape in named if isinstance(shape, Many)]
    if use.item is None:
        return list(dict.fromkeys([*hinted, INT, STR]))[:4]
    own = use.item
    empty = not (own.votes or own.attributes or own.keys or own.parts_uses or own.literals)
    if empty:
        return list(dict.fromkeys([*hinted, INT, STR, tuple_of(INT, STR)]))[:4]
    return _shapes(own, module, depth + 1)[:4]


def _names_text(name: str) -> bool:
    return any(shape == STR for shape in _shape_of_name(name))


def _of_name(use: _Use, module: Module, depth: int) -> list[Shape]:
    del module, depth
    return _shape_of_name(use.name)


def is_named_for_its_shape(name: str, shape: Shape) -> bool:
    """Whether the name alone says it: `words`, `numbers`, `text`; `items` and `x` do not."""
    return _shape_of_name(name) == [shape] and name not in _VAGUE


def says_whole(name: str) -> bool:
    """Whether the name is one that people give to whole numbers alone."""
    return (
        re.fullmatch(r"(.*_)?(n|k|i|j|num|count|size|length|limit|index|width|height|depth|year|times)", name)
        is not None
    )


def _shape_of_name(name: str) -> list[Shape]:
    words = [word for word in name.lower().split("_") if word]
    if not words:
        return []
    last, first = re.sub(r"\d+$", "", words[-1]), words[0]
    for word in (last, first) if len(words) > 1 else (last,):
        for pattern, shape in _NAMES:
            if re.fullmatch(pattern, word):
                return [shape]
    return [Many(INT), Many(STR)] if _PLURAL.fullmatch(last) else []


def _objects(use: _Use, module: Module, depth: int) -> list[Shape]:
    """The classes of this module that have these attributes, else an object with nothing but them."""
    found: list[Shape] = []
    wanted = set(use.attributes)
    for name, node in module.classes.items():
        members = {each.name for each in node.body if isinstance(each, (ast.FunctionDef, ast.AsyncFunctionDef))}
        members |= {
            each.target.id
            for each in node.body
            if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name)
        }
        members |= {
            target.attr
            for each in ast.walk(node)
            if isinstance(each, (ast.Assign, ast.AnnAssign))
            for target in (each.targets if isinstance(each, ast.Assign) else [each.target])
            if isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name) and target.value.id == "self"
        }
        if wanted <= members:
            shape = instance_of(module, name) or guessed_instance(module, name, depth)
            if shape is not None:
                found.append(shape)
    fields = [(name, _shapes(each, module, depth + 1)[0]) for name, each in use.attributes.items()]
    found.append(record("__import__('types').SimpleNamespace", fields))
    return found


def guessed_instance(module: Module, name: str, depth: int = 0) -> Shape | None:
    made = find(module, f"{name}.__init__")
    if made is None or depth > _DEEPEST:
        return record(name, []) if name in module.classes and made is None else None
    chosen = guesses_of(made.parameters, made.node, module)
    fields = [
        (parameter.name, shapes[0])
        for parameter, shapes in zip(made.parameters, chosen, strict=True)
        if parameter.kind not in ("variadic", "keywords") and not parameter.default
    ]
    return record(name, fields)


def _kind_of(literal: str) -> Shape | None:
    return _of_default(literal) if literal[:1] not in ("'", '"') else STR


def _singular(name: str) -> str:
    return name[:-1] if len(name) > 3 and name.endswith("s") else ""


def _uses(
    node: Definition, module: Module, parameters: Sequence[Parameter], owner: str, depth: int = 0
) -> dict[str, _Use]:
    watcher = _Watcher(module, owner, depth)
    for parameter in parameters:
        watcher.known[parameter.name] = _Use(name=parameter.name)
    result = dict(watcher.known)
    for statement in node.body:
        watcher.visit(statement)
    return result


class _Watcher(ast.NodeVisitor):
    """Goes through a body and notes what is done with the values that come from the parameters."""

    def __init__(self, module: Module, owner: str, depth: int) -> None:
        self.module, self.owner, self.depth = module, owner, depth
        self.known: dict[str, _Use] = {}
        self.local: dict[str, str] = {}

    def use(self, node: ast.AST | None) -> _Use | None:
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
                return base.keys.setdefault(key.value, _Use(name=key.value))
            if base.votes["mapping"]:
                return base.of_value()
            return base.of_item()
        if isinstance(node, ast.Attribute) and node.attr not in _ALL_METHODS:
            base = self.use(node.value)
            return None if base is None else base.attributes.setdefault(node.attr, _Use(name=node.attr))
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

    def local_kind(self, node: ast.expr) -> str:
        """What is known of a name that the function itself binds, as far as adding goes."""
        return self.local.get(node.id, "plus") if isinstance(node, ast.Name) else "plus"

    def vote(self, node: ast.AST | None, kind: str, weight: int = 1) -> _Use | None:
        use = self.use(node)
        if use is not None:
            use.votes[kind] += weight
        return use

    def bind(self, target: ast.expr, use: _Use | None) -> None:
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
                use.parts_uses.append(_Use())
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

    # Statements.

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
                    base.votes["list" if _is_index(target.slice) else "mapping"] += 1
                self.visit(target.slice)
            elif isinstance(target, (ast.Tuple, ast.List)) and isinstance(node.value, (ast.Tuple, ast.List)):
                for each, value in zip(target.elts, node.value.elts):  # noqa: B905 - a star makes them differ.
                    self.bind(each, self.use(value))
            else:
                self.bind(target, use)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        self.visit(node.value)
        if isinstance(node.op, (ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow)):
            self.vote(node.target, "number")
        if isinstance(node.op, ast.Sub):
            self.vote(node.value, "number")
        elif isinstance(node.op, ast.Add):
            kind = self.local_kind(node.target)
            self.vote(node.value, "iterable" if kind == "list" else kind, 2)

    # Expressions.

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
            base.keys.setdefault(key.value, _Use(name=key.value))
        elif isinstance(key, ast.Name) and _names_text(key.id):
            base.votes["mapping"] += 3
        elif _is_index(key) or not self.use(key):
            base.votes["list"] += 2
        else:
            base.votes["list"] += 1

    def visit_Attribute(self, node: ast.Attribute) -> None:
        self.generic_visit(node)
        if node.attr not in _ALL_METHODS:
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
            if node.func.attr not in _ALL_METHODS:
                self.vote(node.func, ("call0", "call", "call2")[min(len(node.args) + len(node.keywords), 2)], 5)
        elif isinstance(node.func, ast.Name):
            if node.func.id in self.known:
                self.vote(node.func, "call2" if len(node.args) > 1 else "call", 5)
            self.builtin(node, node.func.id)

    def method(self, node: ast.Call, function: ast.Attribute) -> None:
        name = function.attr
        for methods, kind in (
            (_TEXT_METHODS, "text"),
            (_LIST_METHODS, "list"),
            (_SET_METHODS, "set"),
            (_DICT_METHODS, "mapping"),
            (_DEQUE_METHODS, "deque"),
            (frozenset({"decode", "hex"}), "bytes"),
        ):
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
        if name in (
            "len",
            "enumerate",
            "sorted",
            "set",
            "list",
            "tuple",
            "iter",
            "frozenset",
            "any",
            "all",
            "reversed",
        ):
            self.vote(first, {"len": "sized", "reversed": "list"}.get(name, "iterable"))
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
        elif name == "range":
            for given in node.args:
                self.vote(given, "int", 3)
        elif name in ("abs", "round", "divmod", "pow", "chr", "bin", "hex"):
            self.vote(first, "int" if name in ("chr", "bin", "hex") else "number", 2)
        elif name == "ord":
            self.vote(first, "text", 4)
        elif name in ("int", "float"):
            self.vote(first, "number")
        elif name in ("map", "filter") and len(node.args) > 1:
            self.vote(first, "call", 5)
            for given in node.args[1:]:
                self.vote(given, "iterable")
        elif name == "zip":
            for given in node.args:
                self.vote(given, "iterable")
        elif name == "dict":
            self.vote(first, "mapping")
        elif name == "isinstance" and len(node.args) == 2:
            for kind, vote in (
                ("str", "text"),
                ("int", "int"),
                ("float", "float"),
                ("list", "list"),
                ("dict", "mapping"),
            ):
                if kind in {each.id for each in ast.walk(node.args[1]) if isinstance(each, ast.Name)}:
                    self.vote(first, vote)
        elif name == "next":
            self.vote(first, "iterator", 4)
        elif name == "open":
            self.vote(first, "path", 4)
        else:
            self.helper(node, name)

    def helper(self, node: ast.Call, name: str) -> None:
        """A function of this module is handed the value: what it does with it counts too."""
        if self.depth > 2 or not any(self.use(given) for given in node.args):
            return
        function = find(self.module, name)
        if function is None or function.name != name or name.startswith("."):
            return
        uses = _uses(function.node, self.module, function.parameters, self.owner, self.depth + 1)
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


_ALL_METHODS = (
    _TEXT_METHODS
    | _LIST_METHODS
    | _SET_METHODS
    | _DICT_METHODS
    | _DEQUE_METHODS
    | frozenset(
        [
            "decode",
            "hex",
            "count",
            "index",
            "pop",
            "remove",
            "copy",
            "clear",
            "update",
            "join",
            "popitem",
            "most_common",
            "elements",
        ]
    )
)


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


def _is_index(node: ast.expr) -> bool:
    if isinstance(node, ast.UnaryOp):
        node = node.operand
    return (isinstance(node, ast.Constant) and isinstance(node.value, int)) or isinstance(node, (ast.BinOp, ast.Name))
