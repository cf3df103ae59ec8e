"""What ends a command with exit code 2."""

from __future__ import annotations

from perfwise_server.checking.errors import CheckError


class CommandError(CheckError):
    """A usage or environment error."""
