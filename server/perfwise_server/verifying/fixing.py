"""The case of a fix that is not proved from the source."""

from __future__ import annotations

from perfwise_server.driving import callables
from perfwise_server.verifying.errors import LaboratoryError
from perfwise_server.verifying.laboratory import Case

_SECONDS = 20.0


def case_of(path: str, python: str, old: str, new: str, function: str) -> Case:
    """Of the module's text without and with a fix in a function. Raises LaboratoryError where it cannot be called."""
    if not function:
        raise LaboratoryError("it is in no function that could be called")
    try:
        found = callables.find(callables.parse(old), function)
    except SyntaxError:
        raise LaboratoryError("the file does not parse") from None
    # What is inside a function is reached by calling that function.
    return Case(old, new, found.name if found else function, path, seconds=_SECONDS, python=python)
