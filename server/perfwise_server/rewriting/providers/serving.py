"""In a process of its own: serves a GGUF file on a port of this machine until nobody holds its standard input."""

from __future__ import annotations

import os
import sys
import threading
from typing import NamedTuple

from perfwise_server.processes import asked, say

CONTEXT = 8192  # Tokens of question and reply together.


class Model(NamedTuple):
    path: str
    key: str  # What requests must carry: other users of this machine have none.


class Serving(NamedTuple):
    base_url: str


class NotServing(NamedTuple):
    reason: str


def main() -> None:
    model: Model = asked()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _speak_alone()
    try:
        import xllamacpp

        params = xllamacpp.CommonParams()
        params.model.path = model.path
        params.n_ctx = CONTEXT
        params.n_parallel = 1
        params.port = 0
        # With a thread on every core, each token would wait for whatever else runs: the timing of candidates, for one.
        params.cpuparams.n_threads = params.cpuparams_batch.n_threads = max(1, (os.cpu_count() or 2) // 2)
        params.api_keys = [model.key]
        server = xllamacpp.Server(params)
        say(Serving(f"{server.listening_address}/v1"))
    except Exception as error:
        say(NotServing(" ".join(str(error).split()) or type(error).__name__))
        os._exit(1)
    threading.Event().wait()


def _end_with_parent() -> None:
    sys.stdin.buffer.read()
    os._exit(0)


def _speak_alone() -> None:
    """Effect: what the library prints goes nowhere, and what is said here where it printed."""
    sys.stdout = os.fdopen(os.dup(1), "w")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
