"""What annotations say of a value, read from source: `dict[str, list[int]]`, `Point | None`, `np.ndarray`."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from perfwise_server.driving.callables import Module, Parameter, fields_of, find, parameters_of
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
    Row,
    Scalar,
    Shape,
    keyed,
    record,
    tuple_of,
)

_DEEPEST = 4
_MOST_OPTIONAL = 3  # Parameters with a default that are all given; of more, the first.

_SCALARS: dict[str, Shape] = {
    "int": INT,
    "float": FLOAT,
    "str": STR,
    "LiteralString": STR,
    "AnyStr": STR,
    "Text": STR,
    "bytes": BYTES,
    "bool": BOOL,
    "None": NONE,
    "NoneType": NONE,
    "complex": Scalar("complex"),
    "bytearray": Row((BYTES,), ("bytearray(", ")")),
    "memoryview": Row((BYTES,), ("memoryview(", ")")),
    "Buffer": BYTES,
    "Path": Scalar("path"),
    "PurePath": Scalar("path"),
    "PathLike": Scalar("path"),
    "date": Scalar("date"),
    "datetime": Row((Scalar("date"),), ("__import__('datetime').datetime.fromisoformat(str(", "))")),
    "timedelta": Row((INT,), ("__import__('datetime').timedelta(", ")")),
    "Decimal": Scalar("decimal"),
    "Fraction": Row((INT,), ("__import__('fractions').Fraction(", ", 7)")),
    "Number": Choice((INT, FLOAT)),
    "Real": Choice((INT, FLOAT)),
    "Integral": INT,
    "SupportsInt": INT,
    "SupportsFloat": FLOAT,
    "SupportsIndex": INT,
    "SupportsAbs": INT,
    "range": Row((INT,), ("range(", ")")),
    "TextIO": Row((STR,), ("__import__('io').StringIO(", ")")),
    "StringIO": Row((STR,), ("__import__('io').StringIO(", ")")),
    "IO": Row((STR,), ("__import__('io').StringIO(", ")")),
    "BinaryIO": Row((BYTES,), ("__import__('io').BytesIO(", ")")),
    "BytesIO": Row((BYTES,), ("__import__('io').BytesIO(", ")")),
    "Pattern": Fixed(tuple(f"__import__('re').compile({text!r})" for text in ("a", "[a-z]+", r"\d+", r"(\w)(\w*)"))),
    "UUID": Row((INT,), ("__import__('uuid').UUID(int=abs(", "))")),
}
# What is written around the items of a container, by the last name of its type.
_LISTS = dict.fromkeys(("list", "List", "Sequence", "MutableSequence", "Collection", "Reversible", "Sized"), ("[", "]"))
_ITERABLES = dict.fromkeys(("Iterable", "Container"), ("[", "]"))
_ITERATORS = dict.fromkeys(("Iterator", "Generator"), ("iter([", "])"))
_SETS = dict.fromkeys(("set", "Set", "AbstractSet", "MutableSet"), ("{", "}"))
_CONTAINERS = {
    **_LISTS,
    **_ITERABLES,
    **_ITERATORS,
    **_SETS,
    "frozenset": ("frozenset([", "])"),
    "FrozenSet": ("frozenset([", "])"),
    "deque": ("__import__('collections').deque([", "])"),
    "Deque": ("__import__('collections').deque([", "])"),
    "KeysView": ("dict.fromkeys([", "]).keys()"),
    "ValuesView": ("dict(enumerate([", "])).values()"),
}
_MAPPINGS = {
    **dict.fromkeys(("dict", "Dict", "Mapping", "MutableMapping"), ("{", "}")),
    "OrderedDict": ("__import__('collections').OrderedDict({", "})"),
    "defaultdict": ("__import__('collections').defaultdict(list, {", "})"),
    "DefaultDict": ("__import__('collections').defaultdict(list, {", "})"),
    "ItemsView": ("{", "}.items()"),
}
_WRAPPERS = ("Annotated", "Final", "ClassVar", "Required", "NotRequired", "ReadOnly", "Awaitable", "Coroutine")
ANYTHING = Choice((INT, STR, FLOAT, BOOL, NONE, Many(INT), tuple_of(INT, STR)))
HASHABLE = Choice((INT, STR, tuple_of(INT, STR), FLOAT, BOOL, NONE))


def shape_of(annotation: str, module: Module, owner: str = "") -> Shape | None:
    """None when the annotation says nothing that is known here. `owner` is the class that `Self` stands for."""
    try:
        node = ast.parse(annotation.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return _Reader(module, owner).read(node, 0)


def shape_of_parameter(parameter: Parameter, module: Module, owner: str = "") -> Shape | None:
    """What the source says, unless it names types that only the interpreter knows."""
    if not parameter.annotation and not parameter.type:
        return None
    for text in (parameter.annotation, parameter.type):
        reader = _Reader(module, owner)
        shape = reader.text(text, 0) if text else None
        if shape is not None and not reader.missed:
            return shape
    known = shape_of(parameter.type, module, owner) if parameter.type else None
    return known if known is not None else shape_of(parameter.annotation, module, owner)


def instance_of(module: Module, name: str) -> Shape | None:
    """An instance of one of the module's classes."""
    return _Reader(module, "").of_class(name, 0)


class _Reader:
    def __init__(self, module: Module, owner: str) -> None:
        self.module, self.owner = module, owner
        self.inside: list[str] = []  # Names being read, for types that contain themselves.
        self.missed = False  # Whether a name meant nothing here.

    def read(self, node: ast.expr, depth: int) -> Shape | None:
        if depth > 12:
            return None
        if isinstance(node, ast.Constant):
            if isinstance(node.value, str):
                return (
                    shape_of(node.value, self.module, self.owner) if not self.inside else self.text(node.value, depth)
                )
            return NONE if node.value is None else None
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
            return self.union([node.left, node.right], depth)
        if isinstance(node, ast.Subscript):
            given = list(node.slice.elts) if isinstance(node.slice, ast.Tuple) else [node.slice]
            return self.generic(node.value, given, depth)
        if isinstance(node, (ast.Name, ast.Attribute)):
            return self.named(node, depth)
        return None

    def text(self, annotation: str, depth: int) -> Shape | None:
        try:
            return self.read(ast.parse(annotation.strip(), mode="eval").body, depth + 1)
        except (SyntaxError, ValueError):
            return None

    def union(self, nodes: Sequence[ast.expr], depth: int) -> Shape | None:
        options = [shape for node in nodes if (shape := self.read(node, depth + 1)) is not None]
        flat = [each for shape in options for each in (shape.options if isinstance(shape, Choice) else (shape,))]
        unique = tuple(dict.fromkeys(flat))
        return unique[0] if len(unique) == 1 else Choice(unique) if unique else None

    def named(self, node: ast.Name | ast.Attribute, depth: int) -> Shape | None:
        name = ast.unparse(node)
        last = name.rpartition(".")[2]
        if name in self.module.classes:
            shape = self.of_class(name, depth)
            self.missed |= shape is None
            return shape
        if name in self.module.known:
            return self.of_known(name, depth)
        if name in self.module.aliases and self.inside.count(name) == 0:
            self.inside.append(name)
            try:
                return self.alias(self.module.aliases[name], depth)
            finally:
                self.inside.pop()
        imported = self.module.imported.get(name)
        if imported is not None:
            last = imported.rpartition(".")[2]
        if last == "Self" and self.owner:
            return self.of_class(self.owner, depth)
        if last in _SCALARS:
            return _SCALARS[last]
        if last in ("Any", "object"):
            return ANYTHING
        if last in ("Hashable", "SupportsRichComparison", "Comparable"):
            return HASHABLE if last == "Hashable" else Choice((INT, STR))
        if last in ("tuple", "Tuple"):
            return Many(INT, "(", ")")
        if last == "Counter":
            return Pairs(STR, INT, "__import__('collections').Counter({", "})")
        if last in _CONTAINERS:
            return Many(INT, *_CONTAINERS[last])
        if last in _MAPPINGS:
            return Pairs(STR, INT, *_MAPPINGS[last])
        if last in ("Callable", "FunctionType"):
            return Fixed(("str", "repr", "bool"))
        found = _ARRAYS.get(last)
        self.missed |= found is None
        return found

    def of_known(self, name: str, depth: int) -> Shape | None:
        """An object of a class that is not in this source, as the interpreter knows it."""
        known = self.module.known[name]
        if self.inside.count(name) >= 2 or depth > 8:
            return None
        self.inside.append(name)
        try:
            if known.kind == "enum":
                return Fixed(known.members) if known.members else None
            if known.kind in ("variable", "new type"):
                options = [shape for each in known.members if (shape := self.text(each, depth)) is not None]
                return options[0] if options else INT if known.kind == "variable" else None
            if known.subclasses or known.kind == "protocol":
                heirs = [shape for each in known.subclasses if (shape := self.text(each, depth)) is not None]
                return heirs[0] if len(heirs) == 1 else Choice(tuple(heirs)) if heirs else None
            if not known.expression:
                return None
            if known.kind == "typed dict":
                shapes = self.fields(known.fields, depth)
                return None if shapes is None else keyed(shapes)
            return self.instance(known.expression, known.fields, depth)
        finally:
            self.inside.pop()

    def instance(self, expression: str, given: Sequence[Parameter], depth: int) -> Shape | None:
        """With what its class demands, and with some of the rest."""
        needed = self.fields([each for each in given if not each.default], depth)
        if needed is None:
            return None
        plain = record(expression, needed)
        others = [each for each in given if each.default]
        extra = self.fields(others if len(others) <= _MOST_OPTIONAL else others[:1], depth)
        if not extra:
            return plain
        filled = record(expression, [*needed, *extra])
        return filled if len(others) <= _MOST_OPTIONAL else Choice((plain, filled))

    def alias(self, value: ast.expr, depth: int) -> Shape | None:
        if isinstance(value, ast.Call):
            made = ast.unparse(value.func).rpartition(".")[2]
            if made == "NewType" and len(value.args) == 2:
                return self.read(value.args[1], depth + 1)
            if made == "TypeVar":
                return self.variable(value, depth)
            return None
        return self.read(value, depth + 1)

    def variable(self, made: ast.Call, depth: int) -> Shape | None:
        if len(made.args) > 1:
            return self.read(made.args[1], depth + 1)
        bound = next((keyword.value for keyword in made.keywords if keyword.arg == "bound"), None)
        # One type for all, since the variable stands for the same type everywhere in a signature.
        return INT if bound is None else self.read(bound, depth + 1)

    def generic(self, base: ast.expr, given: list[ast.expr], depth: int) -> Shape | None:
        name = ast.unparse(base)
        last = self.module.imported.get(name, name).rpartition(".")[2]
        if last == "Optional":
            return self.union([given[0], ast.Constant(None)], depth)
        if last == "Union":
            return self.union(given, depth)
        if last == "Literal":
            return Fixed(tuple(ast.unparse(node) for node in given))
        if last in _WRAPPERS:
            return self.read(given[0], depth + 1)
        if last == "Callable":
            return _callback(given)
        if last in ("tuple", "Tuple"):
            return self.row(given, depth)
        if last in ("type", "Type"):
            return Fixed((ast.unparse(given[0]),))
        if last == "Counter":
            key = self.read(given[0], depth + 1)
            return None if key is None else Pairs(key, INT, "__import__('collections').Counter({", "})")
        if last in _CONTAINERS:
            item = self.read(given[0], depth + 1)
            return None if item is None else Many(item, *_CONTAINERS[last])
        if last in _MAPPINGS and len(given) == 2:
            key, value = self.read(given[0], depth + 1), self.read(given[1], depth + 1)
            if key is None or value is None:
                return None
            if last in ("defaultdict", "DefaultDict"):
                factory = ast.unparse(given[1]).partition("[")[0].lower()
                factory = factory if factory in ("int", "list", "set", "dict", "str", "float") else "list"
                return Pairs(key, value, f"__import__('collections').defaultdict({factory}, {{", "})")
            return Pairs(key, value, *_MAPPINGS[last])
        if last == "NDArray":
            return _array(ast.unparse(given[0]))
        return self.read(base, depth + 1)

    def row(self, given: list[ast.expr], depth: int) -> Shape | None:
        if len(given) == 2 and isinstance(given[1], ast.Constant) and given[1].value is Ellipsis:
            item = self.read(given[0], depth + 1)
            return None if item is None else Many(item, "(", ")")
        if len(given) == 1 and isinstance(given[0], ast.Tuple) and not given[0].elts:
            return tuple_of()
        parts = [self.read(node, depth + 1) for node in given]
        known = [part for part in parts if part is not None]
        return tuple_of(*known) if len(known) == len(parts) else None

    def of_class(self, name: str, depth: int) -> Shape | None:
        if self.inside.count(name) >= _DEEPEST or depth > 12:
            return None
        node = self.module.classes.get(name)
        if node is None:
            return None
        bases = {ast.unparse(base).rpartition(".")[2] for base in node.bases}
        if bases & {"Enum", "IntEnum", "StrEnum", "Flag", "IntFlag"}:
            members = [
                target.id
                for statement in node.body
                if isinstance(statement, ast.Assign)
                for target in statement.targets
                if isinstance(target, ast.Name) and not target.id.startswith("_")
            ]
            return Fixed(tuple(f"{name}.{member}" for member in members)) if members else None
        if bases & {"Protocol", "ABC"}:
            return self.subclass_of(name, depth)
        self.inside.append(name)
        try:
            fields = fields_of(self.module, node)
            is_dict = "TypedDict" in bases or any(self.is_typed_dict(base) for base in bases)
            given = fields if fields is not None else self.constructor(name)
            shapes = self.fields(given, depth)
            if shapes is None:
                return None
            return keyed(shapes) if is_dict else self.instance(name, given, depth)
        finally:
            self.inside.pop()

    def is_typed_dict(self, name: str) -> bool:
        node = self.module.classes.get(name)
        return node is not None and any(ast.unparse(base).rpartition(".")[2] == "TypedDict" for base in node.bases)

    def subclass_of(self, name: str, depth: int) -> Shape | None:
        heirs = [n for n, node in self.module.classes.items() if any(ast.unparse(b) == name for b in node.bases)]
        shapes = [shape for heir in heirs if (shape := self.of_class(heir, depth + 1)) is not None]
        return shapes[0] if len(shapes) == 1 else Choice(tuple(shapes)) if shapes else None

    def constructor(self, name: str) -> tuple[Parameter, ...]:
        made = find(self.module, f"{name}.__init__")
        if made is not None:
            return parameters_of(made.node)[1:]
        inherited = [ast.unparse(base) for base in self.module.classes[name].bases]
        return next((self.constructor(base) for base in inherited if base in self.module.classes), ())

    def fields(self, given: Sequence[Parameter], depth: int) -> list[tuple[str, Shape]] | None:
        shapes = []
        for parameter in given:
            if parameter.kind in ("variadic", "keywords"):
                continue
            # A part that cannot be read is no reason to mistrust the whole.
            before = self.missed
            texts = [text for text in (parameter.annotation, parameter.type) if text]
            shape = next((shape for text in texts if (shape := self.text(text, depth)) is not None), None)
            self.missed = before
            if shape is None and parameter.default:
                continue
            if shape is None:
                return None
            shapes.append((parameter.name, shape))
        return shapes


def _callback(given: list[ast.expr]) -> Shape:
    """Functions of the standard library that fit, since two lambdas cannot be told from each other."""
    result = ast.unparse(given[-1]) if given else "Any"
    taken = len(given[0].elts) if given and isinstance(given[0], ast.List) else 1
    first = ast.unparse(given[0].elts[0]) if taken and given and isinstance(given[0], ast.List) else "Any"
    if taken == 0:
        return Fixed({"int": ("int",), "str": ("str",), "float": ("float",)}.get(result, ("list",)))
    if taken >= 2:
        return Fixed({"bool": ("__import__('operator').lt", "__import__('operator').eq")}.get(result, ("max", "min")))
    if result == "bool":
        return Fixed(("bool", "callable", "__import__('operator').not_"))
    if result in ("int", "float") and first in ("int", "float"):
        return Fixed(("abs", "__import__('operator').neg", "__import__('operator').pos"))
    if result in ("int", "float"):
        return Fixed(("len", "hash") if first not in ("Any", "object") else ("hash", "id"))
    return Fixed(("str.lower", "str.upper", "str.strip") if first == "str" else ("repr", "str"))


def _array(kind: str = "float64") -> Shape:
    item = INT if "int" in kind else BOOL if "bool" in kind else FLOAT
    known = next((k for k in ("float32", "int32", "int64", "uint8", "bool") if k in kind), "float64")
    if known == "uint8":
        item = BOOL
    return Many(item, "__import__('numpy').array([", f"], dtype='{known}')")


_FRAME = Row((Many(tuple_of(INT, FLOAT, STR)),), ("__import__('pandas').DataFrame(", ", columns=['a', 'b', 'c'])"))
_ARRAYS: dict[str, Shape] = {
    "ndarray": _array(),
    "ArrayLike": _array(),
    "NDArray": _array(),
    "DataFrame": _FRAME,
    "Series": Many(FLOAT, "__import__('pandas').Series([", "], dtype='float64')"),
    "Index": Many(INT, "__import__('pandas').Index([", "])"),
}
