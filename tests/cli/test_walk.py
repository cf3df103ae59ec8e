"""Which files are found below a folder, and which are left out."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from perfwise_server.checking.walk import walk
from perfwise_server.configuration import project_settings


def touch(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()


def found(*paths: str, exclude: tuple[str, ...] = ()) -> list[str]:
    return [file.path for file in walk(paths, project_settings, exclude).files]


def test_python_files_and_notebooks(project: Path) -> None:
    touch(project, "a.py", "b.pyw", "c.ipynb", "d.txt", "e.pyc", "f", ".hidden/g.py", "named.py/h.py")
    assert found(".") == [".hidden/g.py", "a.py", "b.pyw", "c.ipynb", "named.py/h.py"]


def test_a_named_file_may_be_called_anything(project: Path) -> None:
    touch(project, "script")
    assert found("script", "./script") == ["script"]


@pytest.mark.parametrize("name", ["venv", ".venv", "node_modules", "build", "dist", "__pycache__", ".git", ".tox"])
def test_folders_of_tools_are_left_out_below_a_path_and_walked_when_named(project: Path, name: str) -> None:
    touch(project, f"{name}/a.py", f"in/{name}/b.py", "c.py")
    assert found(".") == ["c.py"]
    assert found(name, f"in/{name}") == sorted([f"{name}/a.py", f"in/{name}/b.py"])


def test_a_virtual_environment_is_known_by_its_mark(project: Path) -> None:
    touch(project, "python/pyvenv.cfg", "python/lib/a.py", "conda/conda-meta/x", "conda/lib/b.py", "c.py")
    assert found(".") == ["c.py"]
    assert found("python") == ["python/lib/a.py"]


def test_gitignore(project: Path) -> None:
    touch(project, "a.py", "made/b.py", "in/made/c.py", "in/d_pb2.py", "in/kept_pb2.py", "in/only.py", "only.py")
    (project / ".gitignore").write_text("made/\n*_pb2.py\n/only.py\n")
    (project / "in/.gitignore").write_text("!kept_pb2.py\n")
    assert found(".") == ["a.py", "in/kept_pb2.py", "in/only.py"]
    assert found("in") == ["in/kept_pb2.py", "in/only.py"]
    assert found("made", "in/d_pb2.py") == ["in/d_pb2.py", "made/b.py"]
    os.chdir(project / "in")
    assert found(".") == ["kept_pb2.py", "only.py"]
    assert found("..") == ["../a.py", "../in/kept_pb2.py", "../in/only.py"]


def test_an_ignored_folder_that_is_named_still_has_other_files_ignored(project: Path) -> None:
    touch(project, "made/a.py", "made/b_pb2.py", "made/deep/c.py")
    (project / ".gitignore").write_text("made/\n*_pb2.py\n")
    assert found("made") == ["made/a.py", "made/deep/c.py"]
    assert found("made/deep") == ["made/deep/c.py"]


def test_gitignore_without_a_repository(project: Path) -> None:
    (project / ".git").rmdir()
    touch(project, "a.py", "made/b.py")
    (project / ".gitignore").write_text("made/\n")
    assert found(".") == ["a.py"]


def test_gitignores_above_the_repository_are_not_its_own(project: Path) -> None:
    touch(project, "a.py")
    (project.parent / ".gitignore").write_text("*.py\n")
    assert found(".") == ["a.py"]


def test_what_is_no_pattern_ignores_nothing(project: Path) -> None:
    touch(project, "a.py", "b.py")
    (project / ".gitignore").write_bytes(b"!\n\xff\xfe\nb.py\n")
    assert found(".") == ["a.py"]


def test_excluded_patterns(project: Path) -> None:
    touch(project, "a.py", "old/b.py", "in/old/c.py", "in/d_test.py")
    assert found(".", exclude=("old", "*_test.py")) == ["a.py"]
    assert found("old", "in", exclude=("old",)) == ["in/d_test.py", "old/b.py"]
    assert found(".", exclude=("/old",)) == ["a.py", "in/d_test.py", "in/old/c.py"]


def test_exclusions_of_the_configuration_are_relative_to_it(project: Path) -> None:
    touch(project, "a.py", "in/b.py", "in/made/c.py", "made/d.py")
    (project / "in/pyproject.toml").write_text('[tool.perfwise]\nexclude = ["/made"]\n')
    assert found(".") == ["a.py", "in/b.py", "made/d.py"]
    assert found("in") == ["in/b.py"]
    assert found("in/made") == ["in/made/c.py"]


def test_links(project: Path) -> None:
    touch(project, "in/a.py")
    (project / "in/up").symlink_to("..")
    (project / "twin.py").symlink_to("in/a.py")
    (project / "door").symlink_to("in")
    assert found(".") == ["in/a.py"]
    assert found("door") == ["door/a.py"]
    assert found("twin.py") == ["twin.py"]


def test_a_file_named_and_walked_is_named(project: Path) -> None:
    touch(project, "a.py")
    (file,) = walk([".", "a.py"], project_settings).files
    assert file.named


def test_settings_follow_the_nearest_configuration(project: Path) -> None:
    touch(project, "a.py", "in/b.py")
    (project / "pyproject.toml").write_text('[project]\nrequires-python = ">=3.11"\n')
    (project / "in/pyproject.toml").write_text('[tool.perfwise]\npython-version = "3.13"\n')
    versions: dict[str, Any] = {file.path: file.settings.python_version for file in walk(["."], project_settings).files}
    assert versions == {"a.py": (3, 11), "in/b.py": (3, 13)}


Run = Callable[..., Any]


def test_names_of_any_bytes(project: Path, perfwise: Run) -> None:
    (Path(os.fsdecode(os.fsencode(project) + b"/caf\xe9.py"))).write_text("x = 1\n")
    outcome = perfwise("check", ".", "--format", "json")
    assert (outcome.code, outcome.json["files"]) == (0, 1)
