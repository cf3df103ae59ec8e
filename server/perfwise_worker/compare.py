"""Whether two portraits show the same, and if not, what kind of difference it is."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Iterator
from typing import Any, NamedTuple

from perfwise_worker.portrait import Node, Part, View

MOST_DIFFERENCES = 20
CLOSE = 1e-9  # Relative; floats this close differ by rounding.
_DEEPEST_KEY = 30
_FARTHEST_ORDER = 8


class Found(NamedTuple):
    """A difference: what was named in the view, the path below it, its kind, and both sides in brief."""

    root: str
    path: str
    kind: str
    old: str
    new: str


def same(old: View, new: View) -> set[str]:
    """The names of the parts that show the same. What several of them hold is looked into once."""
    comparison = _Comparison(old.nodes, new.nodes)
    return {name for name in old.parts if name in new.parts and comparison.is_same(old.parts[name], new.parts[name])}


def differences(old: View, new: View) -> list[Found]:
    """The differences of the named parts, in their order, at most `MOST_DIFFERENCES`."""
    if old == new:  # Numbered alike, they show the same; else they still may.
        return []
    return _Comparison(old.nodes, new.nodes).run(old.parts, new.parts)


class _Pair(NamedTuple):
    """What is compared, and the pair it is a part of. Their labels make the path, joined only when it is shown."""

    old: Part
    new: Part
    label: str
    above: _Pair | None

    def path(self) -> str:
        labels = []
        pair: _Pair | None = self
        while pair is not None:
            labels.append(pair.label)
            pair = pair.above
        return "".join(reversed(labels))


_ABSENT: Part = ("absent", None)


class _Comparison:
    def __init__(self, old: list[Node], new: list[Node]) -> None:
        self.old, self.new = old, new
        self.root = ""
        self.found: list[Found] = []
        self.reordered: set[tuple[Part, Part]] = set()
        self.seen: dict[tuple[int, int], None] = {}
        # Which object of one side stands for which of the other; identity is the same when this is one to one.
        self.new_of: dict[int, int] = {}
        self.old_of: dict[int, int] = {}
        self.keys: dict[tuple[bool, int, int], Hashable] = {}

    def run(self, old: dict[str, Part], new: dict[str, Part]) -> list[Found]:
        for root in [*old, *(name for name in new if name not in old)]:
            self.root = root
            waiting = [_Pair(old.get(root, _ABSENT), new.get(root, _ABSENT), "", None)]
            while waiting and len(self.found) < MOST_DIFFERENCES:
                waiting += reversed(self.step(waiting.pop()))
        return self.found

    def is_same(self, old: Part, new: Part) -> bool:
        """Where it is not, nothing is remembered of it."""
        count = len(self.seen)
        if not self.run({"": old}, {"": new}):
            return True
        self.found.clear()
        self.reordered.clear()
        while len(self.seen) > count:
            (a, b), _ = self.seen.popitem()
            if self.new_of.get(a) == b and self.old_of.get(b) == a:
                del self.new_of[a], self.old_of[b]
        return False

    def step(self, pair: _Pair) -> list[_Pair]:
        """The pairs that are left to compare below this one."""
        a, b = pair.old, pair.new
        if not (isinstance(a, int) and isinstance(b, int)):
            if a != b:
                self.report(pair, _kind_of_atoms(a, b) if isinstance(a, tuple) and isinstance(b, tuple) else "type")
            return []
        if (a, b) in self.seen:
            return []
        self.seen[a, b] = None
        old, new = self.old[a], self.new[b]
        if old[:2] != new[:2]:
            self.report(pair, "laziness" if (old[0] == "iterator") != (new[0] == "iterator") else "type")
            return []
        if old[2] and (self.new_of.setdefault(a, b) != b or self.old_of.setdefault(b, a) != a):
            self.report(pair, "aliasing")
        below: list[_Pair] = getattr(self, old[0])(pair, old, new)
        return below

    def opaque(self, *_: Any) -> list[_Pair]:
        return []

    def sequence(self, pair: _Pair, old: Node, new: Node) -> list[_Pair]:
        if len(old[4]) != len(new[4]):
            self.report(pair, "value")
            return []
        parts = enumerate(zip(old[4], new[4]))
        return [_Pair(a, b, f"[{index}]", pair) for index, (a, b) in parts if a != b or isinstance(a, int)]

    iterator = sequence

    def object(self, pair: _Pair, old: Node, new: Node) -> list[_Pair]:
        mine, others = dict(zip(old[3], old[4])), dict(zip(new[3], new[4]))
        return [
            _Pair(mine.get(label, _ABSENT), others.get(label, _ABSENT), _shown(label), pair)
            for label in [*mine, *(label for label in others if label not in mine)]
        ]

    def mapping(self, pair: _Pair, old: Node, new: Node) -> list[_Pair]:
        mine, others = self.entries(True, old), self.entries(False, new)
        if mine.keys() != others.keys():
            self.report(pair, "value")
            return []
        if list(mine) != list(others):
            self.report(pair, "order")
        pairs = []
        for key, (index, part) in mine.items():
            other = others[key]
            pairs.append(_Pair(index, other[0], " key", pair))
            pairs.append(_Pair(part, other[1], f"[{self.show(True, index)}]", pair))
        return pairs

    def entries(self, is_old: bool, node: Node) -> dict[Hashable, tuple[Part, Part]]:
        parts = node[4]
        return {self.key(is_old, parts[index]): (parts[index], parts[index + 1]) for index in range(0, len(parts), 2)}

    def set(self, pair: _Pair, old: Node, new: Node) -> list[_Pair]:
        mine = Counter(self.key(True, part) for part in old[4])
        if mine != Counter(self.key(False, part) for part in new[4]):
            self.report(pair, "value")
        return []

    def report(self, pair: _Pair, kind: str) -> None:
        """Notes the difference, as one of order if a sequence around it holds the same items in another order."""
        for above in self.sequences_around(pair) if kind != "aliasing" else ():
            if (above.old, above.new) in self.reordered:
                return
            if self.bag(True, above.old) == self.bag(False, above.new):
                self.reordered.add((above.old, above.new))
                pair, kind = above, "order"
                break
        self.found.append(Found(self.root, pair.path(), kind, self.show(True, pair.old), self.show(False, pair.new)))

    def sequences_around(self, pair: _Pair) -> Iterator[_Pair]:
        """The nearest ones first, no farther than a difference of order is looked for."""
        above = pair.above
        for _ in range(_FARTHEST_ORDER):
            if above is None:
                return
            if isinstance(above.old, int) and self.old[above.old][0] in ("sequence", "iterator"):
                yield above
            above = above.above

    def bag(self, is_old: bool, part: Part) -> Counter[Hashable]:
        assert isinstance(part, int)
        return Counter(self.key(is_old, item) for item in (self.old if is_old else self.new)[part][4])

    def key(self, is_old: bool, part: Part, depth: int = _DEEPEST_KEY) -> Hashable:
        """Equal for parts that show the same down to a depth, identity left aside."""
        if not isinstance(part, int):
            return part
        if not depth:
            return "..."
        place = is_old, part, depth
        if place not in self.keys:
            shape, kind, _, labels, parts = (self.old if is_old else self.new)[part]
            keys = tuple([self.key(is_old, item, depth - 1) for item in parts])
            self.keys[place] = (kind, labels, frozenset(Counter(keys).items()) if shape == "set" else keys)
        return self.keys[place]

    def show(self, is_old: bool, part: Part, depth: int = 3) -> str:
        """In brief, as Python writes it."""
        if not isinstance(part, int):
            kind, value = part
            if kind == "float":
                return repr(float.fromhex(value))
            if kind == "complex":
                return repr(complex(*map(float.fromhex, value)))
            if kind in ("name", "module"):
                return str(value)
            text = repr(value) if value is not None or kind == "NoneType" else kind
            return text if len(text) <= 200 else f"{text[:200]}..."
        shape, kind, _, labels, parts = (self.old if is_old else self.new)[part]
        if not depth:
            return f"<{kind}>"
        shown = [self.show(is_old, item, depth - 1) for item in parts[:20]]
        if shape == "mapping":
            shown = [f"{shown[index]}: {shown[index + 1]}" for index in range(0, len(shown) - 1, 2)]
        elif shape == "object":
            shown = [f"{label}={text}" for label, text in zip(labels, shown)]
        more = ", ..." if len(parts) > 20 else ""
        open_, close = _BRACKETS.get(kind, (f"{kind}(", ")"))
        return f"{open_}{', '.join(shown)}{more}{close}"


_BRACKETS = {"list": ("[", "]"), "tuple": ("(", ")"), "dict": ("{", "}"), "set": ("{", "}")}


def _shown(label: str) -> str:
    return label if label.startswith(".") else f".<{label}>"


def _kind_of_atoms(old: tuple[str, Any], new: tuple[str, Any]) -> str:
    if old[0] != new[0]:
        return "type"
    if old[0] == "float":
        return "float rounding" if _close(old[1], new[1]) else "value"
    if old[0] == "complex":
        close = all(a == b or _close(a, b) for a, b in zip(old[1], new[1]))
        return "float rounding" if close else "value"
    return "value"


def _close(old: str, new: str) -> bool:
    a, b = float.fromhex(old), float.fromhex(new)
    return a != b and math.isclose(a, b, rel_tol=CLOSE)
