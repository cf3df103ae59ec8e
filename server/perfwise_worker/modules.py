"""Source text executed as a fresh module, and what of its state can change."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any


def load(source: str, name: str, folder: Path) -> ModuleType:
    """Effect: writes the source into the folder, so that tracebacks and `inspect` find it, and executes it."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.py"
    path.write_bytes(source.encode("utf-8", "surrogatepass"))
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    activate(module)
    exec(compile(source, str(path), "exec", dont_inherit=True), vars(module))
    return module


def activate(module: ModuleType) -> None:
    """Makes this version the one that imports, pickle and dataclasses find."""
    sys.modules[module.__name__] = module


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
