"""What is in a package, and what must not be."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
EXPECTED = {"package.json", "readme.md", "changelog.md", "LICENSE.txt", "dist", "media", "bundled"}
PYTHONS = ("cp310", "cp311", "cp312", "cp313", "cp314")


@pytest.fixture(params=["linux-x64", "win32-x64"])
def target(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def archive(packages: dict[str, Path], target: str) -> zipfile.ZipFile:
    return zipfile.ZipFile(packages[target])


def names(archive: zipfile.ZipFile) -> list[str]:
    return [name.removeprefix("extension/") for name in archive.namelist() if name.startswith("extension/")]


def test_only_what_runs_is_in_it(archive: zipfile.ZipFile) -> None:
    assert {name.split("/")[0] for name in names(archive)} == EXPECTED
    unwanted = re.compile(
        r"node_modules|(^|/)tests?/|\.ts$|\.map$|__pycache__|\.pyc$|/RECORD$|direct_url.json|perfwise_server/cli/"
    )
    assert [name for name in names(archive) if unwanted.search(name)] == []


def test_the_launcher_and_the_server_are_in_it(archive: zipfile.ZipFile) -> None:
    libraries = {name.split("/")[2] for name in names(archive) if name.startswith("bundled/libs/")}
    assert {"perfwise_server", "perfwise_analyzers", "perfwise_worker", "pygls", "lsprotocol"} <= libraries
    assert {"bundled/launch.py", "dist/extension.js", "media/icon.png"} <= set(names(archive))


def test_the_parser_is_built_for_each_python_and_this_platform(archive: zipfile.ZipFile, target: str) -> None:
    compiled = [name for name in names(archive) if name.endswith((".so", ".pyd", ".dylib"))]
    ending = {"linux-x64": "x86_64-linux-gnu.so", "win32-x64": "win_amd64.pyd"}[target]
    for python in PYTHONS:
        version = python.removeprefix("cp")
        assert [name for name in compiled if name.startswith(f"bundled/{python}/") and version in name.split("/")[-1]]
    for name in compiled:
        assert name.endswith(ending) or name.startswith("bundled/libs/tree_sitter_python/"), name


def test_it_is_for_one_platform_and_says_which(archive: zipfile.ZipFile, target: str) -> None:
    assert f'TargetPlatform="{target}"' in archive.read("extension.vsixmanifest").decode()


def test_no_path_of_the_machine_that_built_it(archive: zipfile.ZipFile) -> None:
    paths = [str(ROOT).encode(), str(Path.home()).encode() + b"/"]
    ours = [name for name in archive.namelist() if not name.endswith((".so", ".pyd"))]  # Those others have built.
    assert {name: path for name in ours for path in paths if path in archive.read(name)} == {}


def test_the_manifest_holds_nothing_for_development_only(archive: zipfile.ZipFile) -> None:
    manifest = json.loads(archive.read("extension/package.json"))
    assert "devDependencies" not in manifest
    assert "scripts" not in manifest
