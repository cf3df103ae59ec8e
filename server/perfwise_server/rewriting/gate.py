"""What is refused before it runs: code that reaches outside of itself, where the function did not.

The laboratory's walls hold without it. It saves the time of running what nobody would take, and says why.
"""

from __future__ import annotations

import ast
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from perfwise_server.rewriting.candidate import merged
from perfwise_server.rewriting.pieces import DEFINITIONS, Definition, Source, UnfitError, path_to, worked


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Modules that only calculate.
_PURE = _words(
    """__future__ abc array base64 binascii bisect calendar cmath collections colorsys contextlib copy dataclasses
    datetime decimal difflib enum fractions functools graphlib hashlib heapq itertools json keyword math numbers
    operator re reprlib statistics string struct textwrap typing typing_extensions unicodedata zlib"""
)
_REACHING = _words(
    """__import__ breakpoint compile delattr eval exec exit globals help input locals open quit setattr vars"""
)
_METHODS = _words(
    """chmod chown connect dump execute executescript export fromfile get_source kill listen load loads_file mkdir
    makedirs memmap popen putenv query_file read_bytes read_csv read_excel read_html read_json read_parquet read_pickle
    read_sql read_table read_text recv remove_file rename rmdir rmtree run_code save savetxt savez send sendall sendto
    spawn symlink_to system to_csv to_excel to_hdf to_json to_parquet to_pickle to_sql tofile touch unlink urlopen
    urlretrieve write write_bytes write_text writelines"""
)
# Of names with two underscores on either side, those that operators and the language itself use.
_PLAIN = frozenset(
    f"__{name}__"
    for name in _words(
        """abs add and bool call ceil complex contains delitem divmod doc enter eq exit float floor floordiv ge
    getitem gt hash iadd iand ilshift imod imul index init int invert ior isub iter itruediv ixor le len
    length_hint lshift lt matmul mod mul name ne neg next new or pos post_init pow qualname radd reduce repr reversed
    rmul round rshift rsub setitem slots str sub truediv trunc xor missing class_getitem"""
    )
)
_MOST_TIMES, _MOST_LINES = 20, 400


def fitted(text: str, function: str, code: str) -> str:
    """The text of a module with a reply's code in it. Raises UnfitError where it is not to be run."""
    try:
        new = merged(text, function, code)
        refused = refusal(text, new, function)
    except (RecursionError, MemoryError):
        raise UnfitError("is nested too deeply") from None
    if refused:
        raise UnfitError(refused)
    return new


def refusal(old: str, new: str, function: str) -> str:
    """Why the new text of a module is not run, as half a sentence read after "the reply"; empty where it may be."""
    try:
        before, after = Source(old), Source(new)
    except UnfitError as error:
        return str(error)
    paths = [path_to(each.tree, function) for each in (before, after)]
    if not all(paths):
        return f"has no function {function}"
    was, now = (next(each for each in path[-1:] if isinstance(each, DEFINITIONS)) for path in paths)
    had_around, has_around = (_outside(each, path) for each, path in zip((before, after), paths, strict=True))
    counted = Counter(map(ast.dump, had_around))
    added = [each for each in has_around if not counted[ast.dump(each)]]
    if lost := counted - Counter(map(ast.dump, has_around)):
        return f"takes away what is not the function's: {next(iter(lost))[:40]}"
    if _is_empty(now) and not _is_empty(was):
        return "has a function that does nothing"
    if _lines(now) > max(_MOST_LINES, _MOST_TIMES * _lines(was)):
        return f"is {_lines(now)} lines long"
    had = _reached([was, *_called(was, before)], before)
    has = _reached([now, *added], after)
    if foreign := sorted(each for each in has.modules - _modules(before) if each not in _PURE):
        return f"needs {foreign[0]}, which the module does not use"
    if reached := sorted(has.names - had.names):
        return f"uses {reached[0]}, which the function did not"
    return ""


class _Reached(NamedTuple):
    """Modules that are imported where the code is, and names that reach outside."""

    modules: set[str]
    names: set[str]


def _reached(nodes: Sequence[ast.AST], source: Source) -> _Reached:
    imported = dict(_imported(source.tree))
    modules: set[str] = set()
    names: set[str] = set()
    parts: set[int] = set()
    for node in (each for statement in nodes for each in ast.walk(statement)):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            own = dict(_imported(node))
            imported.update(own)
            modules.update(map(_root, own.values()))
    for node in (each for statement in nodes for each in ast.walk(statement)):
        if isinstance(node, ast.Attribute) and (node.attr in _METHODS or _is_inner(node.attr)):
            names.add(node.attr)
        if isinstance(node, ast.Name) and ((node.id in _REACHING - imported.keys()) or _is_inner(node.id)):
            names.add(node.id)
        if isinstance(node, ast.Attribute):
            parts.add(id(node.value))
        # Of "os.path.join", which is met first, the parts say nothing more.
        dotted = _dotted(node) if id(node) not in parts else ""
        if dotted and (origin := imported.get(dotted.partition(".")[0])):
            modules.add(_root(origin))
            # A module may be reached through one that imported it.
            names.update(each for each in dotted.split(".")[1:] if each in sys.stdlib_module_names - _PURE)
            if _root(origin) in sys.stdlib_module_names - _PURE:
                names.add(".".join([origin, *dotted.split(".")[1:]]))
    return _Reached(modules, names)


def _is_inner(name: str) -> bool:
    return name.startswith("__") and name.endswith("__") and name not in _PLAIN


def _dotted(node: ast.AST) -> str:
    """ "os.path.join"; empty for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    inner = _dotted(node.value) if isinstance(node, ast.Attribute) else ""
    return f"{inner}.{node.attr}" if inner and isinstance(node, ast.Attribute) else ""


def _imported(node: ast.AST) -> Iterator[tuple[str, str]]:
    """Names, and what they stand for."""
    for each in ast.walk(node):
        if isinstance(each, ast.Import):
            for alias in each.names:
                yield alias.asname or _root(alias.name), alias.name if alias.asname else _root(alias.name)
        elif isinstance(each, ast.ImportFrom):
            for alias in each.names:
                yield alias.asname or alias.name, f"{'.' * each.level}{each.module or ''}.{alias.name}"


def _root(origin: str) -> str:
    """The module that another one is part of; a relative one as it is."""
    return origin.rpartition(".")[0] if origin.startswith(".") else origin.partition(".")[0]


def _modules(source: Source) -> set[str]:
    return {_root(origin) for _, origin in _imported(source.tree)}


def _called(function: Definition, source: Source) -> list[ast.stmt]:
    """The functions of the module that a function names: what they reach it reaches too."""
    names = {each.id for each in ast.walk(function) if isinstance(each, ast.Name)}
    names |= {each.attr for each in ast.walk(function) if isinstance(each, ast.Attribute)}
    return [each for each in ast.walk(source.tree) if isinstance(each, DEFINITIONS) and each.name in names]


def _outside(source: Source, path: Sequence[Definition | ast.ClassDef]) -> list[ast.stmt]:
    """The statements that are not the function: of the module, and of the definitions around it."""
    found: list[ast.stmt] = []
    bodies: list[Sequence[ast.stmt]] = [source.tree.body, *(each.body for each in path[:-1])]
    for body in bodies:
        found += [each for each in body if not any(node in path for node in ast.walk(each))]
    return found


def _lines(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def _is_empty(function: Definition) -> bool:
    """Whether it only passes, or says that it is not written yet."""
    done = worked(function)
    if len(done) != 1:
        return not done
    (only,) = done
    if isinstance(only, ast.Raise) and only.exc is not None:
        return "NotImplementedError" in ast.unparse(only.exc)
    return isinstance(only, ast.Pass) or (isinstance(only, ast.Expr) and isinstance(only.value, ast.Constant))
