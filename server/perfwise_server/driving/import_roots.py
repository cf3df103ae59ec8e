"""Which folders imports are looked for in, and a module's dotted name, as pytest and the editors find them."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any, NamedTuple

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

_MARKS = ("pyproject.toml", "pytest.ini", "setup.cfg", "tox.ini", "setup.py", ".git")


class Place(NamedTuple):
    module: str  # Dotted.
    roots: tuple[str, ...]
    project: Path  # The folder that holds the project, or the file.


def place_of(file: Path) -> Place:
    """The first root is the nearest folder above the file that is no package, since that is how pytest imports it."""
    file = file.absolute()
    base = file.parent
    parts = [] if file.stem == "__init__" else [file.stem]
    while (base / "__init__.py").exists() and base.parent != base:
        parts.insert(0, base.name)
        base = base.parent
    project = _project(base)
    if not parts or not all(part.isidentifier() for part in parts):
        parts = ["module"]
    roots = [base, *_configured(project), project / "src", project]
    return Place(".".join(parts), tuple(dict.fromkeys(str(root) for root in roots if root.is_dir())), project)


def _project(folder: Path) -> Path:
    for candidate in (folder, *folder.parents):
        if any((candidate / mark).exists() for mark in _MARKS):
            return candidate
    return folder


def _configured(project: Path) -> list[Path]:
    """`pythonpath` of pytest's settings."""
    try:
        settings: Any = tomllib.loads((project / "pyproject.toml").read_text("utf-8"))
        given = settings["tool"]["pytest"]["ini_options"]["pythonpath"]
    except (OSError, ValueError, KeyError, TypeError):
        return []
    paths = given.split() if isinstance(given, str) else [each for each in given if isinstance(each, str)]
    return [Path(os.path.normpath(project / path)) for path in paths]
