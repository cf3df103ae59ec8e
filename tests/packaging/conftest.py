"""The packages of two platforms, built once, and every Python of this machine to start them with."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest
from filelock import FileLock

ROOT = Path(__file__).resolve().parents[2]

# What launch.py sees of a Python that is too old, for machines that have none.
PRETEND = "import runpy, sys; sys.version_info = (3, 8, 18); sys.argv = sys.argv[1:]; runpy.run_path(sys.argv[0])"


@cache
def pythons() -> dict[tuple[int, int], str]:
    """One interpreter of each version, from PATH and from pyenv."""
    names = [f"python{version}" for version in ("2.7", *(f"3.{minor}" for minor in range(6, 16)))]
    versions = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"), "versions")
    candidates = [*sorted(map(str, versions.glob("*/bin/python"))), *filter(None, map(shutil.which, names))]
    found = {sys.version_info[:2]: getattr(sys, "_base_executable", sys.executable)}
    for python in candidates:
        code = "import sys; print('%d %d %s' % (sys.version_info[:2] + (hasattr(sys, 'pypy_version_info'),)))"
        said = subprocess.run([python, "-c", code], capture_output=True, text=True, check=False)
        if said.returncode == 0 and said.stdout.endswith("False\n"):
            major, minor = said.stdout.split()[:2]
            found.setdefault((int(major), int(minor)), python)
    return found


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "python" in metafunc.fixturenames:
        fitting = {version: path for version, path in pythons().items() if (3, 10) <= version <= (3, 14)}
        metafunc.parametrize("python", fitting.values(), ids=[f"{major}.{minor}" for major, minor in fitting])
    if "old_python" in metafunc.fixturenames:
        old = {version: [path, "-E"] for version, path in pythons().items() if version < (3, 10)}
        commands = [*old.values(), [sys.executable, "-c", PRETEND]]
        metafunc.parametrize("old_python", commands, ids=[*(f"{major}.{minor}" for major, minor in old), "pretended"])


@pytest.fixture(scope="session")
def packages(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> dict[str, Path]:
    """The .vsix of each target that is looked into, built by the first of the test processes that wants them."""
    own = tmp_path_factory.getbasetemp()
    out = (own if worker_id == "master" else own.parent) / "packages"
    targets = ("linux-x64", "win32-x64")
    with FileLock(f"{out}.lock"):
        if not out.exists():
            _build(targets, out)
    return {target: next(out.glob(f"perfwise-{target}-*.vsix")) for target in targets}


def _build(targets: Sequence[str], out: Path) -> None:
    options = [word for target in targets for word in ("--target", target)]
    subprocess.run([shutil.which("node") or "node", "client/build.mjs"], cwd=ROOT, check=True)
    with tempfile.TemporaryDirectory(dir=out.parent) as folder:
        made = Path(folder, "made")
        made.mkdir()
        subprocess.run([sys.executable, "packaging/vsix.py", *options, "--out", str(made)], cwd=ROOT, check=True)
        made.rename(out)


@pytest.fixture(scope="session")
def installed(packages: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The extension's folder, as the editor unpacks it; its name holds a space, as a user's may."""
    folder = tmp_path_factory.mktemp("installed extension")
    with zipfile.ZipFile(packages["linux-x64"]) as archive:
        archive.extractall(folder)
    return folder / "extension"
