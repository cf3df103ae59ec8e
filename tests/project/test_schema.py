"""The schema of `[tool.perfwise]` is fresh, and says of a table what the command says."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from docs import schema
from perfwise_server.configuration import ConfigurationError, project_settings

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).resolve().parents[2]
SCHEMA: dict[str, Any] = json.loads(schema.FILE.read_text("utf-8"))
TABLES = [
    ("", True),
    ('select = ["PW101", "nested-loop-join", "PW1", "PW9xx"]', True),
    ('select = ["PW000"]', False),
    ('ignore = "PW101"', False),
    ("exclude = ['old/**']", True),
    ("exclude = [1]", False),
    ('[tool.perfwise.per-file-ignores]\n"tests/**" = ["PW1"]', True),
    ('[tool.perfwise.per-file-ignores]\n"tests/**" = ["unknown"]', False),
    ('python-version = "3.12"', True),
    ("python-version = 3.12", False),
    ('python-version = "4.0"', False),
    ("report-unused = true", True),
    ('report-unused = "yes"', False),
    ('baseline = "known.json"', True),
    ("baseline = 1", False),
    ("thresholds = {cyclomatic = 10, cognitive = 0, maintainability = 20.5}", True),
    ("thresholds = {cyclomatic = 1.5}", False),
    ("thresholds = {maintainability = -1}", False),
    ("thresholds = {unknown = 1}", False),
    ('model = {ignore = ["pricing/"]}', True),
    ('model = {provider = "openai"}', False),
    ("enable = true", False),
]


def is_valid(table: dict[str, Any]) -> bool:
    return bool(jsonschema.Draft7Validator(SCHEMA).is_valid(table))


def test_it_is_fresh() -> None:
    assert schema.text() == schema.FILE.read_text("utf-8"), "`make docs` writes it"


def test_it_is_a_schema_that_describes_every_setting() -> None:
    jsonschema.Draft7Validator.check_schema(SCHEMA)
    tables = {name: SCHEMA["properties"][name]["properties"] for name in ("thresholds", "model")}
    settings = SCHEMA["properties"] | tables["thresholds"] | tables["model"]
    assert [name for name, each in settings.items() if not each.get("description") and name not in tables] == []


@pytest.mark.parametrize(("table", "accepted"), TABLES, ids=lambda value: str(value).replace("\n", " ") or "empty")
def test_it_accepts_what_the_command_accepts(tmp_path: Path, table: str, accepted: bool) -> None:
    text = table if table.startswith("[") else f"[tool.perfwise]\n{table}"
    (tmp_path / "pyproject.toml").write_text(text, encoding="utf-8")
    try:
        project_settings(tmp_path)
        is_accepted = True
    except ConfigurationError:
        is_accepted = False
    assert is_accepted == accepted
    assert is_valid(tomllib.loads(text)["tool"]["perfwise"]) == accepted


def test_every_table_of_the_readme_is_valid() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    tables = re.findall(r"```toml\n(\[tool\.perfwise\].*?)```", readme, re.DOTALL)
    assert tables
    for table in tables:
        jsonschema.Draft7Validator(SCHEMA).validate(tomllib.loads(table)["tool"]["perfwise"])
