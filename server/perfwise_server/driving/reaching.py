"""The tests that reach a function, found by reading them: which to run to see it called."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from perfwise_server.driving.callables import Definition, Function, find, names
from perfwise_server.driving.import_roots import place_of
from perfwise_server.driving.tests import files, parsed

_FARTHEST = 2  # Functions between a test and the one that is meant.
_MOST_FILES = 400
_IN_TEST_CLASS = ("TestCase", "IsolatedAsyncioTestCase")


class Reached(NamedTuple):
    """`node` is pytest's name of the test, from the project's folder. `steps` counts the functions in between."""

    node: str
    steps: int


def reaching(function: Function, path: Path, most: int = 12) -> list[Reached]:
    """The likeliest first. Effect: reads the test files of the project that the file is of."""
    place = place_of(path)
    wanted = _leading_to(function)
    found: list[tuple[tuple[object, ...], Reached]] = []
    for file in itertools.islice(files(place.project), _MOST_FILES):
        is_own = file == path.absolute()
        tree = parsed(file, wanted)
        if tree is None or not (is_own or _imports(tree, place.module, wanted)):
            continue
        named_for = _is_named_for(file, path)
        for node, steps, is_named in _tests(tree, function, wanted):
            reached = Reached(f"{file.relative_to(place.project).as_posix()}::{node}", steps)
            found.append(((steps, not is_named, not named_for, len(found)), reached))
    return [reached for _, reached in sorted(found)][:most]


def files_reaching(path: Path, most: int = 12) -> list[str]:
    """Pytest's names of the test files that import a file, those named for it first. Effect: reads them."""
    place = place_of(path)
    found = []
    for file in itertools.islice(files(place.project), _MOST_FILES):
        tree = parsed(file, (_last(place.module),))
        if tree is not None and file != path.absolute() and _imports(tree, place.module, {}):
            found.append((not _is_named_for(file, path), file.relative_to(place.project).as_posix()))
    return [node for _, node in sorted(found)][:most]


def node_of(path: Path, test: str) -> str:
    """Pytest's name of a test by its qualified name in a file, from the project's folder."""
    return "::".join((path.absolute().relative_to(place_of(path).project).as_posix(), *test.split(".")))


def _is_named_for(test: Path, path: Path) -> bool:
    return test.stem in (f"test_{path.stem}", f"{path.stem}_test")


def _leading_to(function: Function) -> dict[str, int]:
    """How many functions of the module are between a name that a test may use and the function."""
    module = function.module
    uses = {name: _used(each.node) for name in names(module) if (each := find(module, name)) is not None}
    found = {_last(function.name): 0}
    if function.owner is not None and _last(function.name).startswith("__"):
        # Nobody calls it by its name.
        found = {_last(function.owner.name): 1 if _last(function.name) != "__init__" else 0}
    for step in range(1, _FARTHEST + 1):
        known = set(found)
        for name, used in uses.items():
            if used & known:
                found.setdefault(_last(name), step)
    return found


def _imports(tree: ast.Module, module: str, wanted: Mapping[str, int]) -> bool:
    """Whether a file imports the module, or one of the names from a package above it."""
    last = _last(module)
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            if any(_is_same(alias.name, module) for alias in node.names):
                return True
        elif isinstance(node, ast.ImportFrom):
            source = node.module or ""
            taken = {alias.name for alias in node.names}
            if _is_same(source, module) or last in taken:
                return True
            if module.startswith(f"{source}.") and taken & {"*", *wanted}:
                return True
    return False


def _is_same(name: str, module: str) -> bool:
    """A module may be named from the folder of its sources as well."""
    return name == module or name.endswith(f".{module}") or module.endswith(f".{name}")


def _tests(tree: ast.Module, function: Function, wanted: Mapping[str, int]) -> Iterator[tuple[str, int, bool]]:
    local = {node.name: node for node in ast.walk(tree) if isinstance(node, Definition)}
    last = _last(function.name)
    for parts, node in _definitions(tree.body):
        steps = min((wanted[name] for name in _reached(node, local) if name in wanted), default=None)
        if steps is not None:
            yield "::".join(parts), steps, last.strip("_").lower() in node.name.lower()


def _definitions(body: list[ast.stmt], above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Definition]]:
    """The tests that pytest would collect with its own settings."""
    for node in body:
        if isinstance(node, Definition) and node.name.startswith("test"):
            yield (*above, node.name), node
        elif isinstance(node, ast.ClassDef):
            bases = {_last(ast.unparse(base)) for base in node.bases}
            if node.name.startswith("Test") or bases & set(_IN_TEST_CLASS):
                yield from _definitions(node.body, (*above, node.name))


def _reached(test: Definition, local: Mapping[str, Definition]) -> set[str]:
    """The names that a test uses, and that the fixtures and helpers beside it use."""
    seen: set[str] = set()
    new = _used(test)
    while new:
        seen |= new
        new = {name for each in new if each in local for name in _used(local[each])} - seen
    return seen


def _used(node: Definition) -> set[str]:
    found = {each.id for each in ast.walk(node) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load)}
    found |= {each.attr for each in ast.walk(node) if isinstance(each, ast.Attribute)}
    return found | {each.arg for each in node.args.args}


def _last(name: str) -> str:
    return name.rpartition(".")[2]
