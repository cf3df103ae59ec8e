"""A sampling profile where there is no Scalene: a thread looks which line of the scope the main thread runs.

It sees the time that passes, waiting included, and nothing of threads, of memory and of what is native.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from collections import defaultdict
from types import FrameType
from typing import Any

_INTERVAL = 0.002
_SWITCH = 0.0005  # The main thread is asked to let the sampler look so many seconds after it wants to.
_TERMINATED = 128 + signal.SIGTERM


class Sampler(threading.Thread):
    """Effect: until it has written the profile, SIGTERM makes it do so and end the process."""

    def __init__(self, scope: str, file: str) -> None:
        super().__init__(daemon=True)
        self._scope, self._file = scope, file
        self._main = threading.get_ident()
        self._moments: defaultdict[int, list[float]] = defaultdict(list)
        self._over = False

    def start(self) -> None:
        sys.setswitchinterval(_SWITCH)
        signal.signal(signal.SIGTERM, self._terminate)
        super().start()

    def run(self) -> None:
        while not self._over:
            time.sleep(_INTERVAL)
            self._look(sys._current_frames().get(self._main))

    def count(self) -> int:
        return sum(map(len, list(self._moments.values())))

    def write(self) -> None:
        """As Scalene writes it, as far as it is known."""
        self._over = True
        total = self.count()
        lines = [
            {
                "lineno": line,
                "n_cpu_percent_python": 100 * len(moments) / total,
                "n_cpu_percent_c": 0.0,
                "n_sys_percent": 0.0,
                "cpu_samples_list": moments,
            }
            for line, moments in sorted(self._moments.items())
        ]
        with open(self._file, "w") as profile:
            json.dump({"files": {self._scope: {"lines": lines}}}, profile)

    def _look(self, frame: FrameType | None) -> None:
        while frame is not None and frame.f_code.co_filename != self._scope:
            frame = frame.f_back
        if frame is not None:
            self._moments[frame.f_lineno].append(time.perf_counter())

    def _terminate(self, *_: Any) -> None:
        self.write()
        os._exit(_TERMINATED)
