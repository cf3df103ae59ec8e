"""What ends a command with exit code 2."""

from __future__ import annotations


class CommandError(Exception):
    """A usage or environment error; the text is one line for the user."""


def reason(error: OSError) -> str:
    """What the system said, without the number and the path."""
    return (error.strerror or str(error)).lower()
