"""Which rules are asked: by code, name or family."""

from __future__ import annotations

from collections.abc import Iterable

from perfwise_analyzers.rule import Rule


def matches(rule: Rule, selector: str) -> bool:
    """Whether a selector names the rule: "PW101", "list-membership-in-loop", "PW1" or "PW1xx"."""
    wanted = selector.strip().lower()
    return wanted in (rule.code.lower(), rule.name, rule.family.lower(), f"{rule.family.lower()}xx")


def chosen(rules: Iterable[Rule], select: Iterable[str], ignore: Iterable[str]) -> tuple[Rule, ...]:
    """The rules that are selected (all, if nothing is) and not ignored."""
    select, ignore = tuple(select), tuple(ignore)
    return tuple(
        rule
        for rule in rules
        if (not select or any(matches(rule, selector) for selector in select))
        and not any(matches(rule, selector) for selector in ignore)
    )
