"""The inputs file that a user gives, as calls."""

from __future__ import annotations

from pathlib import Path

from perfwise_server.verifying.errors import InputsError
from perfwise_server.verifying.experiment import Experiment, ExperimentError
from perfwise_worker.protocol import Inputs, Made

_MAKING_SECONDS = 10.0


def source_of(path: str) -> str:
    """Raises InputsError."""
    try:
        return Path(path).read_text("utf-8")
    except OSError as error:
        raise InputsError(f"{path}: cannot be read: {(error.strerror or str(error)).lower()}") from None
    except UnicodeDecodeError:
        raise InputsError(f"{path}: is not valid utf-8") from None


async def calls_of(path: str, function: str, experiment: Experiment, size: int = 0) -> list[str]:
    """One call for each argument tuple that the file makes, or the one of a size. Raises InputsError."""
    request = Inputs(source_of(path), str(Path(path).absolute()), size, _MAKING_SECONDS)
    try:
        made = await experiment.ask(request, Made, _MAKING_SECONDS)
    except ExperimentError as error:
        raise InputsError(f"{path}: {error}") from None
    if not made.arguments:
        raise InputsError(f"{path}: make_inputs gives no inputs")
    return [
        f"{function}({text[1:-1].rstrip(',')})" if _is_display(text) else f"{function}(*{text})"
        for text in made.arguments
    ]


def _is_display(text: str) -> bool:
    return text.startswith("(")
