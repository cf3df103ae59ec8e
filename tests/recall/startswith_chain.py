"""Asking for one start or end after the other, and look-alikes."""
# ruff: noqa

from __future__ import annotations

import pandas as pd


# slow: three calls for a line that has none of them.
def comments(lines: list[str]) -> list[str]:
    out = []
    for line in lines:
        if line.startswith("#") or line.startswith("//") or line.startswith(";"):  # hint
            continue
        out.append(line)
    return out


# slow: the ends, in a comprehension.
def images(names):
    return [name for name in names if name.endswith(".png") or name.endswith(".jpg") or name.endswith(".gif")]  # hint


# slow: negated and joined by and.
def relative(urls: list[str]) -> int:
    count = 0
    i = 0
    while i < len(urls):
        if not urls[i].startswith("http:") and not urls[i].startswith("https:") and not urls[i].startswith("/"):  # hint
            count += 1
        i += 1
    return count


class Filter:
    def __init__(self, name: str, prefix: str) -> None:
        self.name = name
        self.prefix = prefix

    # slow: an attribute of the class and a constant, in a generator.
    def hits(self, lines: list[str]) -> int:
        return sum(1 for line in lines if line.startswith(self.prefix) or line.startswith("ERROR"))  # hint

    # slow: any() over the starts that are constant, within a try.
    def known(self, lines: list[str]) -> list[str]:
        out = []
        for line in lines:
            try:
                if any(line.startswith(start) for start in ("GET", "PUT", "POST")):  # hint
                    out.append(line)
            except AttributeError:
                break
        return out

    # fine: a tuple already.
    def fast(self, lines: list[str]) -> list[str]:
        return [line for line in lines if line.startswith(("GET", "PUT"))]


# slow: asynchronous, bytes.
async def requests(lines: list[bytes], sink) -> None:
    kept = []
    for line in lines:
        if line.startswith(b"GET ") or line.startswith(b"HEAD ") or line.startswith(b"PUT "):  # hint
            kept.append(line)
    await sink.send(kept)


# fine: a start and an end.
def quoted(words: list[str]) -> list[str]:
    return [word for word in words if word.startswith('"') or word.endswith('"')]


# fine: two texts are asked, one each.
def either(pairs: list[tuple[str, str]]) -> int:
    return sum(1 for left, right in pairs if left.startswith("a") or right.startswith("a"))


# fine: both have to hold.
def both(words: list[str]) -> list[str]:
    return [word for word in words if word.startswith("ab") and word.startswith("abc", 1)]


# fine: a column has its own, which takes no tuple of columns and gives a column.
def column(frames: list[pd.DataFrame]) -> list[pd.Series]:
    out = []
    for frame in frames:
        out.append(frame["name"].str.startswith("a") | frame["name"].str.startswith("b"))
    return out


# fine: the starts lie at other places.
def marked(lines: list[str]) -> list[str]:
    return [line for line in lines if line.startswith("x", 4) or line.startswith("y", 8)]


# fine: the two do different things.
def kinds(lines: list[str]) -> list[str]:
    out = []
    for line in lines:
        if line.startswith("+"):
            out.append("new")
        elif line.startswith("-"):
            out.append("old")
    return out


class Route:
    def startswith(self, place: str) -> bool:
        return place == "home"


# fine: the class's own method, which takes one place.
def from_home(routes: list[Route]) -> int:
    return sum(1 for route in routes if route.startswith("home") or route.startswith("work"))
