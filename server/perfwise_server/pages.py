"""The rules, and their pages, which ship with the package."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from perfwise_analyzers.rule import Rule

FOLDER = Path(__file__).with_name("pages")


@cache
def uri(name: str) -> str | None:
    """Of the page of a rule, by the rule's name; None where there is none."""
    page = FOLDER / f"{name}.md"
    return page.as_uri() if page.is_file() else None


@cache
def rules() -> dict[str, Rule]:
    """Every rule, by its code and by its name."""
    from perfwise_server.configuration import all_rules

    found = all_rules()
    return {rule.code: rule for rule in found} | {rule.name: rule for rule in found}


@cache
def markdown(name: str) -> str:
    """The page of a rule; what its module says where the pages were not made."""
    page = FOLDER / f"{name}.md"
    if page.is_file():
        return page.read_text("utf-8")
    return rules()[name].doc.strip() if name in rules() else ""


@cache
def opening(name: str) -> str:
    """The first section of a rule's page, without headings."""
    sections = (section.strip() for section in re.split(r"(?m)^#+ .*$", markdown(name)))
    return next((section for section in sections if section), "")
