"""Importing in every round, and look-alikes."""
# ruff: noqa

from __future__ import annotations

import importlib


def rounded(value: float) -> int:
    import math

    return math.floor(value)


# slow: the import statement runs for each value.
def roots(values: list[float]) -> list[float]:
    out = []
    for value in values:
        import math  # hint

        out.append(math.sqrt(value))
    return out


# slow: a name of a module.
def stamps(texts):
    result = []
    for text in texts:
        from datetime import datetime  # hint

        result.append(datetime.fromisoformat(text))
    return result


class Loader:
    # slow: within a branch, in a while loop.
    def load(self, names: list[str]) -> list[str]:
        out = []
        i = 0
        while i < len(names):
            if names[i]:
                import posixpath as paths  # hint

                out.append(paths.basename(names[i]))
            i += 1
        return out

    # slow: within a try, because it may be missing.
    def floors(self, values: list[float]) -> list[int]:
        out = []
        for value in values:
            try:
                import math  # hint
            except ImportError:
                break
            out.append(math.floor(value))
        return out

    # fine: once at each call.
    def once(self, values: list[float]) -> list[float]:
        import math

        return [math.sqrt(value) for value in values]


# slow: asynchronous.
async def areas(radii: list[float], sink):
    found = []
    for radius in radii:
        from math import pi  # hint

        found.append(pi * radius * radius)
    await sink.send(found)


# slow: the helper imports at each call.
def all_rounded(values: list[float]) -> list[int]:
    return [rounded(value) for value in values]  # hint


# fine: the module is another one in each round.
def plugins(names: list[str]) -> list[object]:
    return [importlib.import_module(name) for name in names]


# fine: the first round that imports leaves the loop.
def backend() -> str:
    for _ in range(3):
        try:
            import lxml

            return lxml.__name__
        except ImportError:
            continue
    return "html"


# fine: two rounds.
def twice() -> float:
    total = 0.0
    for number in (1, 2):
        import math

        total += math.sqrt(number)
    return total


# fine: an inner function that may never be called.
def handlers(names: list[str]) -> dict[str, object]:
    table = {}
    for name in names:

        def handle(text: str) -> str:
            import textwrap

            return textwrap.dedent(text)

        table[name] = handle
    return table


# fine: only where an error is reported, which ends the loop.
def checked(lines: list[str]) -> int:
    for number, line in enumerate(lines):
        if "\0" in line:
            import traceback

            traceback.print_stack()
            return number
    return -1
