"""Hints as workflow commands, which GitHub Actions shows on the lines of a pull request."""

from __future__ import annotations

from collections.abc import Iterable

from perfwise_server.checking.hints import Hint, Worse

COMMANDS = {"warning": "warning", "info": "notice", "hint": "notice"}


def print_commands(hints: Iterable[Hint], worse: Iterable[Worse] = ()) -> None:
    for hint in hints:
        finding, place = hint.finding, hint.cells.place(hint.finding.span)
        properties = {"file": hint.path, "line": place["line"], "endLine": place["end_line"]}
        if place["line"] == place["end_line"]:  # GitHub refuses columns on more than one line.
            properties |= {"col": place["column"], "endColumn": place["end_column"]}
        properties["title"] = f"{finding.code} {finding.name}"
        listed = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
        print(f"::{COMMANDS[finding.severity]} {listed}::{_data(finding.message)}")
    for each in worse:
        at = f"file={_property(each.path)},line={each.place['line']},title=Costs more than before"
        print(f"::warning {at}::{_data(f'{each.name}: {each.old} -> {each.new}')}")


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
