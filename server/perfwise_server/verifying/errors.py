"""Why a case cannot be examined."""

from __future__ import annotations

from perfwise_server.checking.errors import CheckError


class LaboratoryError(CheckError):
    """The case was not examined; the text is one line."""


class CaseError(LaboratoryError):
    """It cannot be, whatever the new version: what is wrong is the old one, the interpreter, or what the user gave."""


class InputsError(CaseError):
    """The inputs file is of no use; the text is one line that begins with its path."""
