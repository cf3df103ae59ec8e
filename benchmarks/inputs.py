"""Calls of a function as source text, drawn by hypothesis from its annotations, or guessed where it has none."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from functools import reduce

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

Text = st.SearchStrategy[str]
Function = ast.FunctionDef | ast.AsyncFunctionDef

MOST_ITEMS = 6  # Enough for order, duplicates and an empty one; small enough for what is exponential to end.
_DEEPEST = 3

_INTS = st.integers(-3, 12).map(repr)
_FLOATS = st.sampled_from(["0.0", "0.5", "1.0", "-2.5", "1e300", 'float("nan")', "3.25"])
_STRINGS = st.one_of(st.text("ab ,.1", max_size=6), st.sampled_from(["a b a", "x,y,x", "12", "", "b\n"])).map(repr)
_BYTES = st.binary(max_size=4).map(repr)
_BOOLS = st.sampled_from(["True", "False"])
_CALLABLES = st.sampled_from(["len", "str", "lambda *given: given[:1]", "lambda *given: len(given) % 2"])
_SIMPLE: Mapping[str, Text] = {
    "int": _INTS,
    "float": st.one_of(_FLOATS, _INTS),
    "complex": st.just("2j"),
    "str": _STRINGS,
    "AnyStr": _STRINGS,
    "bytes": _BYTES,
    "bytearray": _BYTES.map("bytearray({})".format),
    "bool": _BOOLS,
    "None": st.just("None"),
    "Callable": _CALLABLES,
    "Hashable": st.one_of(_INTS, _STRINGS),
}
_SEQUENCES = frozenset({"list", "List", "Sequence", "MutableSequence", "Collection", "Container", "Reversible"})
_ITERATORS = frozenset({"Iterator", "Generator", "AsyncIterator"})
_SETS = frozenset({"set", "Set", "AbstractSet", "MutableSet"})
_MAPPINGS = frozenset({"dict", "Dict", "Mapping", "MutableMapping"})
_FACTORIES = {"deque": "__import__('collections').deque({})", "Deque": "__import__('collections').deque({})"}

# Whose methods are called on a parameter tells what it is.
_METHODS: tuple[tuple[str, type, frozenset[str]], ...] = tuple(
    (name, kind, frozenset(member for member in dir(kind) if not member.startswith("_")))
    for name, kind in (("str", str), ("list", list), ("dict", dict), ("set", set))
)
_NUMBERS = re.compile(r"[nmkijxyab]|num|(?:index|count|limit|size|length|depth|width|order|base|start|stop)")
_WORDS = re.compile(r"[st]|text|name|word|line|path|key|string|sep|prefix|suffix|pattern|value|char|fmt|source")


def _made(package: str, *values: str) -> Text:
    return st.sampled_from([value.replace("~", f"__import__({package!r})") for value in values])


_GRAPHS = _made("networkx", "~.path_graph(4)", "~.complete_graph(4)", "~.DiGraph([(0, 1), (1, 2)])", "~.Graph()")
_ARRAYS = _made("numpy", "~.arange(4)", "~.ones((2, 3))", "~.array([0.5, -1.0, 0.5])", "~.array([])", "[1, 2, 2]")
_FRAMES = _made(
    "pandas", "~.DataFrame({'a': [1, 2, 2], 'b': ['x', 'y', 'x']})", "~.Series([1.0, 2.0])", "~.DataFrame()"
)
_TERMS = _made("sympy", "~.Symbol('x')", "~.sympify('x**2 + 1')", "~.Integer(6)", "~.sympify('sin(x)/y')", "~.eye(2)")
# What parameters of these names are in these packages.
_PACKAGES: Mapping[str, Mapping[str, Text]] = {
    "networkx": dict.fromkeys(("g", "h", "graph"), _GRAPHS),
    "numpy": dict.fromkeys(("a", "x", "y", "arr", "array", "v", "m"), _ARRAYS),
    "pandas": dict.fromkeys(("df", "frame", "obj", "data", "values", "left", "right"), _FRAMES),
    "sympy": dict.fromkeys(("expr", "x", "f", "g", "a", "b", "p", "eq", "m"), _TERMS),
}


class Inputs:
    """Draws calls of the functions of one module of a package. `seed_` makes the draws the same each time."""

    def __init__(self, tree: ast.Module, package: str = "", seed_: int = 0) -> None:
        self._own = _PACKAGES.get(package, {})
        self._classes = {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}
        self._seed = seed_

    def calls(self, name: str, function: Function, owner: ast.ClassDef | None, count: int) -> list[str]:
        """Up to `count` different call expressions; fewer where there are no more."""
        kinds = [getattr(each, "id", "") for each in function.decorator_list]
        arguments = self._arguments(function, skip=owner is not None and "staticmethod" not in kinds)
        target: Text = st.just(name)
        if owner is not None and not {"staticmethod", "classmethod"} & set(kinds):
            target = self._instance(owner, _DEEPEST).map(lambda instance: f"{instance}.{function.name}")
        drawn: dict[str, None] = {}

        @seed(self._seed)
        @settings(
            max_examples=count,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(st.tuples(target, arguments))
        def draw(parts: tuple[str, str]) -> None:
            drawn[f"{parts[0]}({parts[1]})"] = None

        draw()
        return list(drawn)

    def _arguments(self, function: Function, skip: bool, depth: int = _DEEPEST) -> Text:
        """The text between the parentheses of a call."""
        given_ = [*function.args.posonlyargs, *function.args.args][int(skip) :]
        optional = len(function.args.defaults)
        needed = max(len(given_) - optional, 0)
        parts: list[Text] = [self._parameter(function, each, depth) for each in given_[:needed]]
        # What has a default is given at times, since code often behaves otherwise then.
        for each in given_[needed:]:
            given_by_name = self._parameter(function, each, depth).map(f"{each.arg}={{}}".format)
            parts.append(given_by_name if each not in function.args.posonlyargs else st.just(""))
        for each, default in zip(function.args.kwonlyargs, function.args.kw_defaults, strict=True):
            if default is None:
                parts.append(self._parameter(function, each, depth).map(f"{each.arg}={{}}".format))
        if function.args.vararg is not None:
            star = self._parameter(function, function.args.vararg, depth)
            parts.insert(needed, st.lists(star, max_size=3).map(", ".join))
        texts = st.tuples(*parts).map(lambda texts: [text for text in texts if text])
        if needed < 2 or not _alike(given_[0], given_[1]):
            return texts.map(", ".join)
        return st.tuples(texts, st.integers(0, 3)).map(lambda drawn: _joined(*drawn))

    def _parameter(self, function: Function, parameter: ast.arg, depth: int) -> Text:
        if parameter.annotation is not None:
            return self._annotated(parameter.annotation, depth)
        own = self._own.get(parameter.arg.lower())
        return own if own is not None else _guessed(function, parameter.arg)

    def _instance(self, owner: ast.ClassDef, depth: int) -> Text:
        makers = [node for node in owner.body if isinstance(node, ast.FunctionDef) and node.name == "__init__"]
        if makers:
            return self._arguments(makers[0], skip=True, depth=depth).map(f"{owner.name}({{}})".format)
        decorated = any("dataclass" in ast.unparse(each) for each in owner.decorator_list)
        if not decorated and not any("NamedTuple" in ast.unparse(base) for base in owner.bases):
            return st.just(f"{owner.name}()")
        fields = [node for node in owner.body if isinstance(node, ast.AnnAssign) and node.value is None]
        values = st.tuples(*(self._annotated(field.annotation, depth) for field in fields))
        return values.map(", ".join).map(f"{owner.name}({{}})".format)

    def _annotated(self, annotation: ast.expr, depth: int) -> Text:
        """Values of a type, as source text."""
        match annotation:
            case ast.Constant(value=str(text)):
                try:
                    return self._annotated(ast.parse(text, mode="eval").body, depth)
                except SyntaxError:
                    return _anything(depth)
            case ast.Constant(value=None):
                return _SIMPLE["None"]
            case ast.BinOp(left=left, op=ast.BitOr(), right=right):
                return st.one_of(self._annotated(left, depth), self._annotated(right, depth))
            case ast.Subscript(value=outer, slice=inner):
                return self._generic(_last(outer), inner.elts if isinstance(inner, ast.Tuple) else [inner], depth)
        name = _last(annotation)
        if name in _SIMPLE:
            return _SIMPLE[name]
        if name in self._classes and depth:
            return self._instance(self._classes[name], depth - 1)
        return self._generic(name, [], depth)

    def _generic(self, name: str, inner: list[ast.expr], depth: int) -> Text:
        if depth <= 0:
            return _INTS
        parts = [self._annotated(each, depth - 1) for each in inner]
        element = parts[0] if parts else st.one_of(_INTS, _STRINGS)
        if name in ("Optional", "Union", "Literal", "Annotated", "Final", "Type"):
            if name == "Literal":
                return st.sampled_from([ast.unparse(each) for each in inner] or ["None"])
            return st.one_of(*parts, *([_SIMPLE["None"]] if name == "Optional" else []))
        if name in _SEQUENCES:
            return _list_of(element)
        if name == "Iterable":
            return st.one_of(_list_of(element), _list_of(element), _list_of(element).map("iter({})".format))
        if name in _ITERATORS:
            return _list_of(element).map("iter({})".format)
        if name in _FACTORIES:
            return _list_of(element).map(_FACTORIES[name].format)
        if name in _SETS:
            return _list_of(element).map("set({})".format)
        if name in ("frozenset", "FrozenSet"):
            return _list_of(element).map("frozenset({})".format)
        if name in ("tuple", "Tuple"):
            if len(inner) == 2 and isinstance(inner[1], ast.Constant) and inner[1].value is ...:
                return _list_of(element).map("tuple({})".format)
            return st.tuples(*parts).map(lambda texts: f"({''.join(f'{text}, ' for text in texts)})")
        if name in _MAPPINGS:
            value = parts[1] if len(parts) > 1 else st.one_of(_INTS, _STRINGS)
            return _dict_of(element if parts else _STRINGS, value)
        if name in ("Callable",):
            return _CALLABLES
        return _anything(depth - 1)


def functions(tree: ast.Module) -> Iterator[tuple[str, Function, ast.ClassDef | None]]:
    """The functions that a call can name, and the methods of the module's classes, by their qualified names."""
    for node in tree.body:
        if isinstance(node, Function):
            yield node.name, node, None
        elif isinstance(node, ast.ClassDef):
            for member in node.body:
                if isinstance(member, Function):
                    yield f"{node.name}.{member.name}", member, node


def _alike(one: ast.arg, other: ast.arg) -> bool:
    return (one.annotation and ast.dump(one.annotation)) == (other.annotation and ast.dump(other.annotation))


def _joined(texts: list[str], number: int) -> str:
    """Arguments one after the other, at number 0 with one object given twice where it can be changed in place."""
    if number == 0 and texts[0][0] in "[{" and not texts[1].startswith("*"):
        texts = [f"*([{texts[0]}] * 2)", *texts[2:]]
    return ", ".join(texts)


def _last(annotation: ast.expr) -> str:
    return annotation.attr if isinstance(annotation, ast.Attribute) else getattr(annotation, "id", "")


def _list_of(element: Text) -> Text:
    # A few items drawn again and again: duplicates are what many a rewrite goes wrong on.
    pooled = st.lists(element, min_size=1, max_size=3).flatmap(
        lambda pool: st.lists(st.sampled_from(pool), max_size=MOST_ITEMS)
    )
    return st.one_of(st.lists(element, max_size=MOST_ITEMS), pooled).map(lambda texts: f"[{', '.join(texts)}]")


def _dict_of(key: Text, value: Text) -> Text:
    pairs = st.lists(st.tuples(key, value), max_size=MOST_ITEMS)
    return pairs.map(lambda items: "{" + ", ".join(f"{one}: {other}" for one, other in items) + "}")


_FLAT = (_INTS, _STRINGS, _FLOATS)
_LISTS = st.one_of(
    *map(_list_of, (_INTS, _STRINGS, st.tuples(_INTS, _STRINGS).map("({0[0]}, {0[1]})".format), _list_of(_INTS))),
    _list_of(_dict_of(st.sampled_from(["'id'", "'name'"]), _INTS)),
)
_DICTS = st.one_of(_dict_of(_STRINGS, _INTS), _dict_of(_INTS, _list_of(_INTS)))
_GUESSES: Mapping[str, Text] = {
    "str": _STRINGS,
    "list": _LISTS,
    "dict": _DICTS,
    "set": _list_of(_INTS).map("set({})".format),
}


def _anything(depth: int) -> Text:
    return st.one_of(*_FLAT, _SIMPLE["None"], *([_LISTS, _DICTS] if depth > 0 else []))


def _guessed(function: Function, name: str) -> Text:
    """What a parameter without an annotation may be, from what the function does with it and from its name."""
    called: set[str] = set()
    runs_through = False
    for node in ast.walk(function):
        match node:
            case ast.Attribute(value=ast.Name(id=id_), attr=attr) if id_ == name:
                called.add(attr)
            case ast.For(iter=ast.Name(id=id_)) | ast.comprehension(iter=ast.Name(id=id_)) if id_ == name:
                runs_through = True
            case ast.Call(func=ast.Name(id=("len" | "sorted" | "sum" | "set" | "list")), args=[ast.Name(id=id_)]):
                runs_through = runs_through or id_ == name
    fitting = [_GUESSES[kind] for kind, _, methods in _METHODS if called and called <= methods]
    if fitting:
        return reduce(lambda one, other: one | other, fitting)
    if _NUMBERS.fullmatch(name) and not runs_through:
        return _INTS
    if _WORDS.fullmatch(name):
        return _STRINGS
    if runs_through or (name.endswith("s") and len(name) > 2):
        return st.one_of(_LISTS, _LISTS, _STRINGS, _DICTS)
    return _anything(1)
