"""Settings from the editor and from pyproject.toml."""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path
from typing import Any

import pytest

from perfwise_server.configuration import (
    KEYS,
    ConfigurationError,
    Settings,
    editor_settings,
    merged,
    project_settings,
    rule_selector,
)


def configure(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pyproject.toml").write_text(text, "utf-8")
    return folder


def test_every_setting_has_one_key() -> None:
    names = [key.field for key in KEYS]
    assert len(set(names)) == len(names)
    assert {field.name for field in dataclasses.fields(Settings)} - set(names) == {"root", "problems"}
    assert all(key.editor or key.project for key in KEYS)


def test_defaults(tmp_path: Path) -> None:
    assert project_settings(tmp_path) == Settings()
    assert editor_settings({}) == Settings()
    assert merged({}, None) == Settings()


def test_the_nearest_table_decides(tmp_path: Path) -> None:
    configure(tmp_path, '[tool.perfwise]\nignore = ["PW101"]\nselect = ["PW1"]\n')
    configure(tmp_path / "a", '[tool.perfwise]\nignore = ["PW102"]\n')
    configure(tmp_path / "a/b", '[project]\nname = "b"\n')
    for file in ("a/b/c.py", "a/c.py", "a", "a/b/none/c.py"):
        settings = project_settings(tmp_path / file)
        assert (settings.ignore, settings.select, settings.root) == (("PW102",), (), tmp_path / "a")
    assert project_settings(tmp_path / "c.py").ignore == ("PW101",)


def test_a_change_of_the_file_is_seen(tmp_path: Path) -> None:
    configure(tmp_path, '[tool.perfwise]\nignore = ["PW101"]\n')
    assert project_settings(tmp_path).ignore == ("PW101",)
    configure(tmp_path, '[tool.perfwise]\nignore = ["PW101", "PW102"]\n')
    assert project_settings(tmp_path).ignore == ("PW101", "PW102")


@pytest.mark.parametrize(
    ("requires", "version"),
    [
        (">=3.11", (3, 11)),
        (">=3.9,<4", (3, 9)),
        ("<4,>=3.8.1", (3, 8)),
        ("~=3.10", (3, 10)),
        ("==3.12.*", (3, 12)),
        (">3.9", (3, 9)),
        (">=3", (3, 0)),
        ("!=3.9.1,>=3.8", (3, 8)),
        ("<4", None),
        ("", None),
    ],
)
def test_the_python_version_is_the_lower_bound(tmp_path: Path, requires: str, version: tuple[int, int] | None) -> None:
    configure(tmp_path, f'[project]\nrequires-python = "{requires}"\n')
    assert project_settings(tmp_path).python_version == version
    assert project_settings(tmp_path).options().python == (version or sys.version_info[:2])
    configure(tmp_path / "a", '[tool.perfwise]\npython-version = "3.13"\n')
    assert project_settings(tmp_path / "a").python_version == (3, 13)


def test_the_project_wins_for_the_keys_it_sets(tmp_path: Path) -> None:
    configure(tmp_path, '[tool.perfwise]\nselect = ["PW1"]\nthresholds = {cyclomatic = 5}\n')
    editor = {"select": ["PW2"], "ignore": ["PW3"], "thresholds": {"cyclomatic": 9, "cognitive": 8}, "codeLens": False}
    settings = merged(editor, tmp_path / "a.py")
    assert (settings.select, settings.ignore) == (("PW1",), ("PW3",))
    assert (settings.cyclomatic, settings.cognitive, settings.code_lens) == (5, 8, False)
    options = settings.options(tmp_path / "a.py")
    assert (options.select, options.cyclomatic, options.cognitive) == (("PW1",), 5, 8)


def test_what_the_editor_sends_wrongly_keeps_its_default() -> None:
    sent: dict[str, Any] = {
        "run": "sometimes",
        "inlayHints": 1,
        "select": ["fast"],
        "thresholds": {"maintainability": "high", "cognitiv": 3},
        "trace": {"server": "off"},
        "interpreter": None,
        "logLevel": "debug",
    }
    settings = editor_settings(sent)
    assert settings == Settings(log_level="debug")
    assert settings.problems == (
        "perfwise.run: must be one of onType, onSave",
        "perfwise.inlayHints: must be true or false",
        "perfwise.select: unknown rule 'fast'",
        "perfwise.thresholds.maintainability: must be a number, 0 or more",
        "perfwise.thresholds.cognitiv: unknown setting; did you mean 'thresholds.cognitive'?",
    )


def test_a_broken_project_is_told_and_the_editor_still_heard(tmp_path: Path) -> None:
    configure(tmp_path, "[tool.perfwise]\nselect = 3\n")
    settings = merged({"codeLens": False}, tmp_path / "a.py")
    assert not settings.code_lens
    (problem,) = settings.problems
    assert problem.endswith("pyproject.toml: tool.perfwise.select: must be a list of strings")
    with pytest.raises(ConfigurationError, match="must be a list of strings"):
        project_settings(tmp_path)


def test_text_that_is_not_utf_8_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_bytes(b"[tool]\n# caf\xe9\n")
    with pytest.raises(ConfigurationError, match=r"pyproject\.toml: not UTF-8 \(at line 2\)$"):
        project_settings(tmp_path)


def test_patterns(tmp_path: Path) -> None:
    configure(
        tmp_path,
        '[tool.perfwise]\nexclude = ["old", "*_pb2.py"]\n'
        'per-file-ignores = {"tests/**" = ["PW1xx"], "a.py" = ["PW2"]}\n',
    )
    settings = project_settings(tmp_path)
    assert [settings.excludes(tmp_path / name) for name in ("old/a.py", "in/a_pb2.py", "a.py")] == [True, True, False]
    assert not settings.excludes(tmp_path.parent / "old/a.py")
    assert settings.options(tmp_path / "tests/a.py").ignore == ("PW1", "PW2")
    assert settings.options(tmp_path / "b.py").ignore == ()


@pytest.mark.parametrize(
    ("spelling", "canonical"),
    [
        ("PW101", "PW101"),
        ("pw101", "PW101"),
        (" list-membership-in-loop ", "list-membership-in-loop"),
        ("PW1", "PW1"),
        ("PW1xx", "PW1"),
        ("pw9", "PW9"),
        ("PW902", "PW902"),
    ],
)
def test_selectors(spelling: str, canonical: str) -> None:
    assert rule_selector(spelling) == canonical


@pytest.mark.parametrize("spelling", ["", "PW", "PW0", "PW1x", "PW999999", "list"])
def test_unknown_rules(spelling: str) -> None:
    with pytest.raises(ValueError, match="unknown rule"):
        rule_selector(spelling)
