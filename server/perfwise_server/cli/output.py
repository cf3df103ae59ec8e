"""What every command prints with."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

import rich_click as click


def print_json(document: Any) -> None:
    """ASCII only, so that any terminal and any path will do."""
    print(json.dumps(document, indent=2))


def is_coloured() -> bool:
    """Whether standard output takes colours, as NO_COLOR and FORCE_COLOR say, else whether it is a terminal."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stdout.isatty()


def styled(text: str, **style: Any) -> str:
    return click.style(text, **style) if is_coloured() else text


def counted(number: int, noun: str) -> str:
    """ "1 hint", "2 hints"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
