"""Source text executed as a fresh module, and what of its state can change."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any, NamedTuple

from perfwise_worker.lines import Tracer, lines_of


class Version(NamedTuple):
    """One of the two versions, loaded."""

    module: ModuleType
    code: CodeType

    def lines(self, function: str) -> tuple[int, ...]:
        return lines_of(self.code, function) if function else ()

    def tracer(self) -> Tracer:
        return Tracer(self.code.co_filename)


def load(source: str, name: str, folder: Path, path: str = "") -> Version:
    """Effect: writes the source into the folder, so that tracebacks and `inspect` find it, and executes it.

    `path` is what the module has for its own file, if it is not that one. Parents of the module are imported.
    """
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{name}.py"
    file.write_bytes(source.encode("utf-8", "surrogatepass"))
    code = compile(source, str(file), "exec", dont_inherit=True)
    parent = name.rpartition(".")[0]
    if parent:
        importlib.import_module(parent)
    inside = [str(Path(path).parent)] if Path(path).name == "__init__.py" else None
    spec = importlib.util.spec_from_file_location(name, path or file, submodule_search_locations=inside)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    activate(module)
    exec(code, vars(module))
    return Version(module, code)


def activate(module: ModuleType) -> None:
    """Makes this version the one that imports, pickle and dataclasses find."""
    sys.modules[module.__name__] = module
    parent, _, child = module.__name__.rpartition(".")
    if parent in sys.modules:
        setattr(sys.modules[parent], child, module)


def state(module: ModuleType) -> Iterator[tuple[str, Any]]:
    """What calls can change in a module: its values, what its functions carry, and the values of its classes."""
    for name, value in list(vars(module).items()):
        if (name.startswith("__") and name.endswith("__")) or isinstance(value, ModuleType):
            continue
        if getattr(value, "__module__", None) != module.__name__ or not isinstance(value, (FunctionType, type)):
            yield name, value
        elif isinstance(value, FunctionType):
            yield from _carried(name, value)
        else:
            for key, member in list(vars(value).items()):
                if isinstance(member, (classmethod, staticmethod)):
                    member = member.__func__
                if isinstance(member, FunctionType):
                    yield from _carried(f"{name}.{key}", member)
                elif not (key.startswith("__") and key.endswith("__")) and not hasattr(type(member), "__get__"):
                    yield f"{name}.{key}", member


def _carried(name: str, function: FunctionType) -> Iterator[tuple[str, Any]]:
    if function.__defaults__ or function.__kwdefaults__:
        yield f"{name}.__defaults__", (function.__defaults__, function.__kwdefaults__)
    if function.__dict__:
        yield f"{name}.__dict__", function.__dict__
