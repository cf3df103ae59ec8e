"""`perfwise explain`."""

from __future__ import annotations

import sys
from typing import Any

from perfwise_analyzers.rule import Rule
from perfwise_server import pages
from perfwise_server.cli.errors import CommandError
from perfwise_server.cli.exit_codes import NOTHING_FOUND
from perfwise_server.cli.output import is_coloured, print_json
from perfwise_server.configuration import all_rules, rule_selector


def explain(selector: str, output: str) -> int:
    try:
        canonical = rule_selector(selector)
    except ValueError as error:
        raise CommandError(str(error)) from None
    rules = [rule for rule in all_rules() if canonical in (rule.code, rule.name, rule.family)]
    if not rules:
        raise CommandError(f"the family {canonical} has no rules yet")
    if output == "json":
        is_family = canonical == rules[0].family
        print_json(
            {"family": canonical, "rules": [_record(rule) for rule in rules]} if is_family else _record(rules[0])
        )
    elif sys.stdout.isatty() and is_coloured():
        from rich.console import Console
        from rich.markdown import Markdown

        Console().print(Markdown("\n\n".join(map(page, rules))))
    else:
        print("\n\n".join(map(page, rules)))
    return NOTHING_FOUND


def page(rule: Rule) -> str:
    """The rule's page in Markdown."""
    text = pages.markdown(rule.name)
    return text if text.startswith("# ") else f"# {rule.name} ({rule.code})\n\n{text}"


def _record(rule: Rule) -> dict[str, Any]:
    return {
        "code": rule.code,
        "name": rule.name,
        "family": rule.family,
        "summary": rule.summary,
        "level": rule.severity,
        "markdown": page(rule),
        "examples": [
            {"code": bad.code, "better": bad.better, "call": bad.call, "level": bad.level} for bad in rule.bad
        ],
        "gain": rule.gain,
    }
