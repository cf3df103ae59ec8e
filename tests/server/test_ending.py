"""The end of the server while it is starting a process, where asyncio left to itself waits without end."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
ENDS_WHILE_STARTING = """
import asyncio, os, sys
from contextlib import suppress
from perfwise_analyzers.engine import Options
from perfwise_server import complexity
from perfwise_server.app import build

async def main(turns):
    server = build()
    server.protocol.receive = lambda body: sys.exit()
    reading, writing = os.pipe()
    os.write(writing, b"Content-Length: 2\\r\\n\\r\\n{}")
    server.jobs.start("measure", complexity.find(["x = 1\\n"], False, Options()))
    for _ in range(turns):
        await asyncio.sleep(0)
    await server._serve(reading)

for turns in range(8):
    with suppress(SystemExit):
        asyncio.run(main(turns))
        sys.exit("it went on")
"""


def test_the_server_ends_while_it_starts_a_process():
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "server"), str(ROOT / "analyzers")])}
    subprocess.run([sys.executable, "-c", ENDS_WHILE_STARTING], env=environment, timeout=60, check=True)
