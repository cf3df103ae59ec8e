"""The JSON Schema of `[tool.perfwise]`, by which an editor completes and checks the table."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from perfwise_server.configuration import KEYS, SCHEMAS, Settings, all_rules

FILE = Path(__file__).with_name("perfwise.schema.json")
# A setting of any other kind is empty until it is set.
_DEFAULTS = (bool, int, float, str)


def schema() -> dict[str, Any]:
    properties: dict[str, Any] = {}
    for key in KEYS:
        if key.project is None:
            continue
        default = getattr(Settings(), key.field)
        described = {"description": key.meaning, **SCHEMAS[key.check]}
        if isinstance(default, _DEFAULTS):
            described["default"] = default
        table, _, name = key.project.rpartition(".")
        inside = properties.setdefault(table, _table({}))["properties"] if table else properties
        inside[name] = described
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "The table [tool.perfwise] of pyproject.toml",
        **_table(properties),
        "definitions": {"rule": _rule()},
    }


def text() -> str:
    return json.dumps(schema(), indent=2) + "\n"


def _table(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "properties": properties}


def _rule() -> dict[str, Any]:
    rules = all_rules()
    return {
        "description": "A rule, by its code or its name, or a family.",
        "anyOf": [
            {"enum": [rule.code for rule in rules]},
            {"enum": [rule.name for rule in rules]},
            {"enum": [f"{family}{xx}" for family in sorted({rule.family for rule in rules}) for xx in ("", "xx")]},
        ],
    }
