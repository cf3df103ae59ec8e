"""The arguments of a call as source text, where they are made of constants; what looks secret is masked."""

from __future__ import annotations

import math
from types import CodeType
from typing import Any

from perfwise_recorder.secrets import MASK, is_secret_name, is_secret_text

_MOST_ITEMS = 300
_LONGEST_TEXT = 500
_DEEPEST = 5
_VARIADIC, _KEYWORDS = 0x04, 0x08
_AROUND: dict[type, tuple[str, str]] = {
    list: ("[", "]"),
    tuple: ("(", ")"),
    set: ("{", "}"),
    frozenset: ("frozenset({", "})"),
}


class _OtherError(Exception):
    """A value that is no constant, or too much of one."""


def arguments_of(code: CodeType, values: dict[str, Any]) -> str | None:
    """What a call passed, without its class; None for a call on an instance and for what has no source text."""
    positional = list(code.co_varnames[: code.co_argcount])
    if positional and positional[0] in ("self", "cls") and positional.pop(0) == "self":
        return None
    at = code.co_argcount + code.co_kwonlyargcount
    keywords = code.co_varnames[code.co_argcount : at]
    writer = _Writer()
    try:
        texts = [writer.argument(name, values[name]) for name in positional]
        if code.co_flags & _VARIADIC:
            texts += [writer.text(value, 0) for value in values[code.co_varnames[at]]]
            at += 1
        texts += [f"{name}={writer.argument(name, values[name])}" for name in keywords]
        if code.co_flags & _KEYWORDS:
            texts += [f"{name}={writer.argument(name, value)}" for name, value in values[code.co_varnames[at]].items()]
    except (_OtherError, KeyError, RuntimeError):
        return None
    return ", ".join(texts)


class _Writer:
    def __init__(self) -> None:
        self._left = _MOST_ITEMS

    def argument(self, name: Any, value: Any) -> str:
        """A value under a name, which may be that of a secret."""
        if type(value) in (str, bytes) and isinstance(name, str) and is_secret_name(name):
            return repr(MASK if type(value) is str else MASK.encode())
        return self.text(value, 0)

    def text(self, value: Any, depth: int) -> str:
        self._left -= 1
        kind = type(value)
        if self._left < 0 or depth > _DEEPEST:
            raise _OtherError
        if value is None or kind is bool:
            return repr(value)
        if kind is int:
            if value.bit_length() > 1000:
                raise _OtherError
            return repr(value)
        if kind is float:
            return repr(value) if math.isfinite(value) else f"float('{value}')"
        if kind is str or kind is bytes:
            if len(value) > _LONGEST_TEXT:
                raise _OtherError
            shown = value if kind is str else value.decode("latin-1")
            return repr((MASK if kind is str else MASK.encode()) if is_secret_text(shown) else value)
        if kind is range:
            return repr(value)
        if kind is dict:
            pairs = [f"{self.text(key, depth + 1)}: {self._entry(key, part, depth)}" for key, part in value.items()]
            return "{" + ", ".join(pairs) + "}"
        if kind not in _AROUND:
            raise _OtherError
        if len(value) > self._left:
            raise _OtherError
        if not value and kind in (set, frozenset):
            return f"{kind.__name__}()"
        start, end = _AROUND[kind]
        comma = "," if kind is tuple and len(value) == 1 else ""
        return start + ", ".join([self.text(part, depth + 1) for part in value]) + comma + end

    def _entry(self, key: Any, value: Any, depth: int) -> str:
        if type(value) in (str, bytes):
            return self.argument(key, value)
        return self.text(value, depth + 1)
