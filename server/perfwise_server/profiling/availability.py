"""Which profiler an interpreter has."""

from __future__ import annotations

import asyncio
import json
import os
import shlex
import shutil
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path

from perfwise_server.checking.errors import reason
from perfwise_server.processes import end_group, scrubbed, start

_SECONDS = 20.0
_ASKED = """
import json, site, sys, sysconfig
sys.path[:] = [each for each in sys.path if each]
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
try:
    scalene = version("scalene") if find_spec("scalene") else ""
except PackageNotFoundError:
    scalene = ""
version = ".".join(map(str, sys.version_info[:3]))
print(json.dumps([version, str(sysconfig.get_config_var("SOABI")), scalene, site.getuserbase(), sys.path]))
"""


class InterpreterError(Exception):
    """An interpreter does not answer; the text is one line that begins with its path."""


@dataclass(frozen=True)
class Availability:
    """`scalene` is the version installed in the interpreter, `own` the folder of a copy of ours that it can load."""

    python: str
    version: str  # "3.11.7".
    scalene: str = ""
    own: str = ""
    own_version: str = ""
    user_base: str = ""
    path: tuple[str, ...] = ()

    @property
    def profiler(self) -> str:
        found = self.scalene or self.own_version
        return f"Scalene {found}" if found else "Perfwise's own sampler"

    @property
    def install(self) -> str:
        """The command that installs Scalene there."""
        return " ".join(map(shlex.quote, self.install_words))

    @property
    def install_words(self) -> tuple[str, ...]:
        return (self.python, "-m", "pip", "install", "scalene")

    def sentence(self) -> str:
        if self.scalene:
            return f"{self.profiler} in {self.python}"
        if self.own:
            return f"Scalene is not installed in {self.python}; Perfwise's copy of {self.profiler} is used"
        return (
            f"Scalene is not installed in {self.python}; Perfwise's own sampler tells neither Python from native code "
            "nor work from waiting, and measures no memory"
        )


async def availability(python: str) -> Availability:
    """Nothing of Scalene's is imported, neither here nor there. Raises InterpreterError."""
    python = os.path.abspath(shutil.which(python) or python)
    status, output, said = await _run(python, "-c", _ASKED)
    try:
        version, abi, scalene, user_base, path = json.loads(output)
    except ValueError:
        raise InterpreterError(f"{python}: {said or f'ended with status {status}'}") from None
    found = Availability(python, version, scalene, user_base=user_base, path=tuple(path))
    own = _own(version, abi)
    return found if scalene or own is None else Availability(python, version, "", *own, user_base, tuple(path))


async def fault(found: Availability) -> str:
    """What Scalene says when it cannot be loaded, in one line; "" when it can, or is not there."""
    if not found.scalene:
        return ""
    status, _, said = await _run(found.python, "-c", "import scalene.scalene_profiler")
    return "" if status == 0 else said or f"it ended with status {status}"


def _own(version: str, abi: str) -> tuple[str, str] | None:
    """Where our own copy is, and its version, where an interpreter of that version can load it."""
    same = version.rpartition(".")[0] == f"{sys.version_info[0]}.{sys.version_info[1]}"
    spec = find_spec("scalene") if same and abi == str(sysconfig.get_config_var("SOABI")) else None
    if spec is None or not spec.submodule_search_locations:
        return None
    try:
        return str(Path(spec.submodule_search_locations[0]).parent), distribution("scalene").version
    except PackageNotFoundError:
        return None


async def _run(python: str, *arguments: str) -> tuple[int, bytes, str]:
    """The status, the output and the last line of what it complained of."""
    try:
        process = await start(
            python,
            *arguments,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=Path(python).anchor,
            env=without_settings(),
            start_new_session=True,
        )
    except OSError as error:
        raise InterpreterError(f"{python}: cannot be started: {reason(error)}") from None
    try:
        output, complaint = await asyncio.wait_for(process.communicate(), _SECONDS)
    except (asyncio.TimeoutError, TimeoutError):
        raise InterpreterError(f"{python}: does not answer within {_SECONDS:g} s") from None
    finally:
        await end_group(process)
    lines = complaint.decode("utf-8", "replace").strip().splitlines()
    return process.returncode or 0, output, lines[-1] if lines else ""


def without_settings() -> dict[str, str]:
    """Our environment without secrets, and without what changes how Python starts.

    What we were started with is for our Python and our libraries.
    """
    return {name: value for name, value in scrubbed(os.environ).items() if not name.startswith("PYTHON")}
