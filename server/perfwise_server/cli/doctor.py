"""`perfwise doctor`."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple

from perfwise_server import installed_version
from perfwise_server.cli.errors import CommandError
from perfwise_server.cli.exit_codes import FOUND, NOTHING_FOUND
from perfwise_server.cli.output import print_json, styled
from perfwise_server.cli.verify import interpreter_of
from perfwise_server.configuration import ConfigurationError, project_settings
from perfwise_server.profiling.availability import InterpreterError, availability, fault

OLDEST_PYTHON = (3, 10)
LIBRARIES = (
    "pygls",
    "lsprotocol",
    "tree-sitter",
    "tree-sitter-python",
    "radon",
    "packaging",
    "pathspec",
    "rich-click",
    "hypothesis",
)


class Check(NamedTuple):
    name: str
    ok: bool
    detail: str
    mend: str = ""  # The command or the change that mends it; empty where nothing is to be mended.
    is_needed: bool = True


def doctor(python: str, output: str) -> int:
    """`python` is the one that the user's code runs in; empty for the one that is found."""
    checks = [*_checks(), *_profiler(python)]
    if output == "json":
        print_json(
            {
                "checks": [
                    {"name": name, "ok": ok, "detail": detail, "mend": mend, "needed": is_needed}
                    for name, ok, detail, mend, is_needed in checks
                ]
            }
        )
    else:
        for check in checks:
            _print(check)
    return NOTHING_FOUND if all(check.ok for check in checks if check.is_needed) else FOUND


def _print(check: Check) -> None:
    if check.ok:
        mark = styled("ok", fg="green")
    else:
        mark = styled("missing", fg="red") if check.is_needed else styled("optional", fg="yellow")
    print(f"{mark:<8}  {check.name}: {check.detail}" + (f"; mend with: {check.mend}" if check.mend else ""))


def _checks() -> Iterator[Check]:
    running = ".".join(map(str, sys.version_info[:3]))
    new_enough = sys.version_info >= OLDEST_PYTHON
    oldest = ".".join(map(str, OLDEST_PYTHON))
    yield Check(
        "python", new_enough, f"{running} at {sys.executable}", "" if new_enough else f"install Python {oldest}"
    )
    yield Check("perfwise", True, installed_version())
    for library in LIBRARIES:
        yield _library(library)
    yield _parser()
    yield _configuration()
    yield _program("git", "finds what changed for check --changed", "--version")
    yield _program("bwrap", "isolates code that is run", "--version")
    yield _program("valgrind", "counts instructions where times leave a doubt", "--version")


def _profiler(python: str) -> Iterator[Check]:
    """What profiles in the Python that the user's code runs in."""
    try:
        python = python or interpreter_of(Path.cwd() / "module.py")
        found = asyncio.run(availability(python))
    except (CommandError, InterpreterError) as error:
        yield Check("project python", False, str(error), "name another with --python", is_needed=False)
        return
    yield Check("project python", True, f"{found.version} at {found.python}", is_needed=False)
    if not found.scalene:
        yield Check("scalene", False, found.sentence(), found.install, is_needed=False)
        return
    wrong = asyncio.run(fault(found))
    mend = f"{found.install} --force-reinstall" if wrong else ""
    detail = f"{found.profiler} cannot be loaded: {wrong}" if wrong else found.sentence()
    yield Check("scalene", not wrong, detail, mend, is_needed=False)


def _library(name: str) -> Check:
    try:
        return Check(name, True, version(name))
    except PackageNotFoundError:
        return Check(name, False, "not installed", f"{sys.executable} -m pip install {name}")


def _parser() -> Check:
    try:
        from perfwise_analyzers.facts.lower import lower

        works = not lower("x = 1\n").broken
        detail = "parses" if works else "does not parse a line of Python"
    except (ImportError, OSError, ValueError) as error:
        works, detail = False, str(error)
    mend = f"{sys.executable} -m pip install --force-reinstall tree-sitter tree-sitter-python"
    return Check("parser", works, detail, "" if works else mend)


def _configuration() -> Check:
    try:
        settings = project_settings(Path.cwd())
    except ConfigurationError as error:
        return Check("configuration", False, str(error), "correct the file")
    if settings.root is None:
        return Check("configuration", True, "no pyproject.toml with [tool.perfwise] above this folder; defaults apply")
    return Check("configuration", True, str(settings.root / "pyproject.toml"))


def _program(name: str, purpose: str, option: str) -> Check:
    program = shutil.which(name)
    if program is None:
        package = {"bwrap": "bubblewrap"}.get(name, name)
        manager = next((each for each in ("apt-get", "dnf", "brew") if shutil.which(each)), None)
        mend = f"{manager} install {package}" if manager else f"install {package}"
        return Check(name, False, f"not found ({purpose})", mend, is_needed=False)
    try:
        done = subprocess.run([program, option], capture_output=True, text=True, timeout=10, check=False)
        detail = done.stdout.strip().partition("\n")[0] or os.fspath(program)
    except (OSError, subprocess.SubprocessError) as error:
        return Check(name, False, str(error), is_needed=False)
    return Check(name, True, detail, is_needed=False)
