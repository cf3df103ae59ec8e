"""Which Python the user's code runs in, where no editor says so."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

_TOOLS = ("pipx", f"uv{os.sep}tools")  # Where commands are installed apart from the project.


def python_of(file: Path, configured: str = "") -> str:
    """The configured one, the activated one, that of a `.venv` beside the project, the one running, one on the PATH."""
    if configured:
        return os.path.expanduser(configured)
    for variable in ("VIRTUAL_ENV", "CONDA_PREFIX"):
        found = _in(Path(os.environ[variable])) if os.environ.get(variable) else None
        if found:
            return found
    for folder in file.absolute().parents:
        for name in (".venv", "venv"):
            found = _in(folder / name)
            if found:
                return found
    if not any(tool in sys.prefix for tool in _TOOLS):
        return sys.executable
    return shutil.which("python3") or shutil.which("python") or sys.executable


def _in(environment: Path) -> str | None:
    places = (environment / "bin" / "python", environment / "Scripts" / "python.exe", environment / "python.exe")
    return next((str(place) for place in places if place.exists()), None)
