"""Methods that say of which type a value is."""

from __future__ import annotations


def _public(kind: type) -> frozenset[str]:
    return frozenset(name for name in dir(kind) if not name.startswith("_"))


OF_KIND = {
    "text": _public(str) - _public(list) - {"join"},
    "list": frozenset(["append", "extend", "insert", "sort", "reverse"]),
    "set": _public(set) - _public(dict) - {"remove"},
    "mapping": frozenset(["items", "keys", "values", "get", "setdefault"]),
    "deque": frozenset(["popleft", "appendleft", "rotate"]),
    "bytes": frozenset(["decode", "hex"]),
}
OF_SEVERAL = _public(list) | _public(dict) | {"join", "most_common", "elements"}
METHODS = OF_SEVERAL.union(*OF_KIND.values())
