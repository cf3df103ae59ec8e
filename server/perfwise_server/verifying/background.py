"""The laboratory in a process of its own."""

from __future__ import annotations

from perfwise_server import background
from perfwise_server.background import Result, Work
from perfwise_server.checking.errors import CheckError, reason
from perfwise_server.verifying.errors import CaseError, LaboratoryError
from perfwise_server.verifying.laboratory import Case, Progress


async def run(work: Work[Result], case: Case, progress: Progress) -> Result:
    """What `work` makes of a case. Raises LaboratoryError, and OSError where no process can start.

    Effect: all that was started is ended when the caller is cancelled.
    """
    try:
        result: Result = await background.run(_told, work, case, progress=progress)
        return result
    except LaboratoryError:
        raise
    except CheckError as error:
        raise LaboratoryError(str(error)) from None


async def _told(work: Work[Result], case: Case, progress: Progress) -> Result:
    try:
        return await work(case, progress=progress)
    except OSError as error:
        setting = "choose another Python with the setting perfwise.interpreter"
        raise CaseError(f"{case.python} cannot be started ({reason(error)}): {setting}") from None
