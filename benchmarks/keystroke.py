"""From a keystroke to its diagnostics, beside `ruff server` in the same run: time, start and memory.

An identifier is typed character by character in the middle of a text that stays valid. The two servers take turns, so
that what else the machine does meets both alike.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import sys
import sysconfig
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.client import Client
from benchmarks.texts import Text, texts

RESULTS = Path(__file__).parent / "results"
RUFF_RULES = ["PERF", "C4", "FURB", "SIM", "PLR", "PLW", "RUF", "UP", "B"]
SERVERS: dict[str, tuple[list[str], dict[str, Any]]] = {
    "perfwise": ([sys.executable, "-m", "perfwise_server"], {"settings": {}}),
    "ruff": (
        [str(Path(sysconfig.get_path("scripts")) / "ruff"), "server"],
        {"settings": {"lint": {"preview": True, "select": RUFF_RULES}}},
    ),
}
WARM_UP = 3

Figures = dict[str, Any]


def start(server: str, folder: Path, pulls: bool) -> Client:
    command, options = SERVERS[server]
    return Client(command, options, folder, pulls)


def starts(text: Text, folder: Path, pulls: bool, times: int) -> dict[str, float]:
    """The median of milliseconds from the start of the process to the diagnostics of a text opened at once."""
    seconds: dict[str, list[float]] = {server: [] for server in SERVERS}
    for _ in range(times):
        for server, taken in seconds.items():
            with start(server, folder, pulls) as client:
                client.open(text.source)
                taken.append(time.perf_counter() - client.started)
    return {server: statistics.median(taken) * 1000 for server, taken in seconds.items()}


def keystrokes(text: Text, folder: Path, pulls: bool, keys: int) -> Figures:
    """Milliseconds from each keystroke to its diagnostics, and megabytes with the text open."""
    seconds: dict[str, list[float]] = {server: [] for server in SERVERS}
    hints = {}
    with ExitStack() as stack:
        clients = {server: stack.enter_context(start(server, folder, pulls)) for server in SERVERS}
        for server, client in clients.items():
            hints[server] = len(client.open(text.source))
            client.insert(text.line, 0, " " * text.indent + "t\n")
        for key in range(keys + WARM_UP):
            for server, client in clients.items():
                taken, _ = client.insert(text.line, text.indent + 1 + key, "typed_name"[key % 10])
                if key >= WARM_UP:
                    seconds[server].append(taken * 1000)
        memory = {server: client.resident_megabytes() for server, client in clients.items()}
    return {
        "text": text.name,
        "lines": text.source.count("\n"),
        "ratio": statistics.median(seconds["perfwise"]) / statistics.median(seconds["ruff"]),
        **{
            server: {
                "p50_ms": statistics.median(taken),
                "p95_ms": statistics.quantiles(taken, n=20)[-1],
                "diagnostics": hints[server],
                "resident_mb": memory[server],
            }
            for server, taken in seconds.items()
        },
    }


def measure(chosen: Sequence[Text], pulls: bool, keys: int, times: int) -> Figures:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        figures = [keystrokes(text, folder, pulls, keys) for text in chosen]
        first = starts(chosen[0], folder, pulls, times)
    return {
        "date": date.today().isoformat(),
        "machine": f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}, {_load()}",
        "diagnostics": "pulled" if pulls else "pushed",
        "keys": keys,
        "start_ms": {"text": chosen[0].name, **first},
        "texts": figures,
    }


def _load() -> str:
    """What else the machine is doing, which the absolute figures suffer from and the ratios hardly."""
    return f"load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "load unknown"


def table(figures: Figures) -> str:
    """As Markdown."""
    rows = [
        "| text | server | p50 ms | p95 ms | ratio | memory MB | diagnostics |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for text in figures["texts"]:
        for server in SERVERS:
            one = text[server]
            ratio = f"{text['ratio']:.2f}" if server == "perfwise" else ""
            memory = f"{one['resident_mb']:.0f}" if one["resident_mb"] else "?"
            times = f"{one['p50_ms']:.1f} | {one['p95_ms']:.1f}"
            rows.append(f"| {text['text']} | {server} | {times} | {ratio} | {memory} | {one['diagnostics']} |")
    first = figures["start_ms"]
    return "\n".join(
        [
            f"Keystroke to diagnostics, {figures['date']}: {figures['machine']}; diagnostics {figures['diagnostics']}, "
            f"{figures['keys']} keys a text.",
            "",
            *rows,
            "",
            f"From the start of the process to the first hints of {first['text']}: "
            + ", ".join(f"{server} {first[server]:.0f} ms" for server in SERVERS)
            + ".",
        ]
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keys", type=int, default=100, help="keystrokes a text")
    parser.add_argument("--starts", type=int, default=5, help="starts of each server")
    parser.add_argument("--only", help="the texts whose name contains this")
    parser.add_argument("--push", action="store_true", help="diagnostics are pushed by the servers, not pulled")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--save", action="store_true", help=f"write dated files to {RESULTS.name}/")
    given = parser.parse_args()
    chosen = [text for text in texts() if not given.only or given.only in text.name]
    if not chosen:
        parser.error(f"no text is named so; there are {', '.join(text.name for text in texts())}")
    figures = measure(chosen, not given.push, given.keys, given.starts)
    print(json.dumps(figures, indent=1) if given.json else table(figures))
    if given.save:
        file = RESULTS / f"{figures['date']}-keystroke"
        file.with_suffix(".json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
        file.with_suffix(".md").write_text(table(figures) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
