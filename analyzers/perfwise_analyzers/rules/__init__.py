"""The rules: every module of the folders beside this file that holds one, in the order of their codes."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from perfwise_analyzers.rule import Rule


def _discovered() -> tuple[Rule, ...]:
    found: list[Rule] = []
    for family in iter_modules(__path__):
        if family.ispkg:
            package = import_module(f"{__name__}.{family.name}")
            for module in iter_modules(package.__path__):
                rule = getattr(import_module(f"{package.__name__}.{module.name}"), "rule", None)
                if isinstance(rule, Rule):
                    found.append(rule)
    return tuple(sorted(found, key=lambda rule: rule.code))


RULES = _discovered()
