"""The complexity thresholds of a text, found in a process of their own: radon would hold up the keys for seconds."""

from __future__ import annotations

import asyncio
import os
import pickle
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from perfwise_analyzers.document import Document
from perfwise_analyzers.engine import Options
from perfwise_analyzers.finding import Finding

_one_at_a_time = asyncio.Semaphore(1)


async def find(texts: Sequence[str], is_notebook: bool, options: Options) -> list[Finding]:
    """Of a file, or of a notebook's cells. Raises OSError and EOFError; the process ends when this is cancelled."""
    async with _one_at_a_time:
        return await _find(pickle.dumps((texts, is_notebook, options)))


async def _find(asked: bytes) -> list[Finding]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        f"from {__name__} import main; main()",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        cwd=Path(__file__).parents[1],  # Python looks here first: not in the user's folder.
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    try:
        output, _ = await process.communicate(asked)
    finally:
        with suppress(ProcessLookupError):
            process.kill()
    found: list[Finding] = pickle.loads(output)
    return found


def main() -> None:
    from perfwise_analyzers.thresholds import threshold_findings  # With radon, which the server does without.

    texts, is_notebook, options = pickle.load(sys.stdin.buffer)
    document = Document.of_cells(texts) if is_notebook else Document(texts[0])
    pickle.dump(threshold_findings(document, options), sys.stdout.buffer)
