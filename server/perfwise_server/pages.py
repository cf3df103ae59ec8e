"""The rules' pages, which ship with the package."""

from __future__ import annotations

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).with_name("pages")


@cache
def uri(name: str) -> str | None:
    """Of the page of a rule, by the rule's name; None where there is none."""
    page = FOLDER / f"{name}.md"
    return page.as_uri() if page.is_file() else None


@cache
def text(name: str) -> str:
    """Empty where there is no page."""
    page = FOLDER / f"{name}.md"
    return page.read_text("utf-8") if page.is_file() else ""
