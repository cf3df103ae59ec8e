"""What is found in a process of its own, for it would hold up the keys: complexity by radon, unused suppressions."""

from __future__ import annotations

import asyncio
import pickle
import sys
from collections.abc import Sequence

from perfwise_analyzers.document import Document
from perfwise_analyzers.engine import Options
from perfwise_analyzers.finding import Finding
from perfwise_server.processes import end_group, start_own

_one_at_a_time = asyncio.Semaphore(1)


async def find(texts: Sequence[str], is_notebook: bool, options: Options) -> list[Finding]:
    """Of a file, or of a notebook's cells. Raises OSError and EOFError; the process ends when this is cancelled."""
    async with _one_at_a_time:
        return await _find(pickle.dumps((texts, is_notebook, options)))


async def _find(asked: bytes) -> list[Finding]:
    process = await start_own(__name__)
    try:
        output, _ = await process.communicate(asked)
    finally:
        await end_group(process)
    found: list[Finding] = pickle.loads(output)
    return found


def main() -> None:
    from perfwise_analyzers.thresholds import threshold_findings  # With radon, which the server does without.
    from perfwise_analyzers.unused import unused_suppressions

    texts, is_notebook, options = pickle.load(sys.stdin.buffer)
    document = Document.of_cells(texts) if is_notebook else Document(texts[0])
    found = [*threshold_findings(document, options), *unused_suppressions(document, options)]
    pickle.dump(found, sys.stdout.buffer)
