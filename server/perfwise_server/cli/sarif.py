"""Hints in the Static Analysis Results Interchange Format, version 2.1.0."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from perfwise_analyzers.finding import Span
from perfwise_server import installed_version
from perfwise_server.checking.hints import Hint
from perfwise_server.checking.walk import Skipped
from perfwise_server.configuration import all_rules

LEVELS = {"warning": "warning", "info": "note", "hint": "note"}


def sarif(hints: Sequence[Hint], skipped: Sequence[Skipped]) -> dict[str, Any]:
    rules = all_rules()
    index = {rule.code: at for at, rule in enumerate(rules)}
    driver = {
        "name": "perfwise",
        "version": installed_version(),
        "rules": [
            {
                "id": rule.code,
                "name": rule.name,
                "shortDescription": {"text": rule.summary},
                "help": {"text": rule.doc, "markdown": rule.doc},
                "defaultConfiguration": {"level": LEVELS[rule.severity]},
            }
            for rule in rules
        ],
    }
    notifications = [
        {
            "level": "warning",
            "message": {"text": f"{path}: {reason}"},
            "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(path)}}}],
        }
        for path, reason in skipped
    ]
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "columnKind": "unicodeCodePoints",
                "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": notifications}],
                "results": [_result(hint, index[hint.finding.code]) for hint in hints],
            }
        ],
    }


def _result(hint: Hint, rule: int) -> dict[str, Any]:
    finding, artifact = hint.finding, {"uri": _uri(hint.path)}
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": _region(hint, finding.span)}}],
    }
    if finding.gain or finding.seconds:
        record = hint.record()
        result["properties"] = {key: record[key] for key in ("gain", "seconds") if record[key] is not None}
    if finding.fix:
        replacements = [
            {"deletedRegion": _region(hint, edit.span), "insertedContent": {"text": edit.text}} for edit in hint.edits
        ]
        result["fixes"] = [
            {
                "description": {"text": finding.fix.title},
                "artifactChanges": [{"artifactLocation": artifact, "replacements": replacements}],
            }
        ]
    return result


def _region(hint: Hint, span: Span) -> dict[str, int]:
    place = hint.cells.place(span)
    return {
        "startLine": place["line"],
        "startColumn": place["column"],
        "endLine": place["end_line"],
        "endColumn": place["end_column"],
    }


def _uri(path: str) -> str:
    return PurePath(path).as_uri() if os.path.isabs(path) else quote(path)
