"""Secrets in what is sent: a placeholder stands for each, and is put back in what comes."""

from __future__ import annotations

import re
from collections.abc import Iterable

from perfwise_recorder.secrets import KNOWN_FORM, LONG_RUN, is_secret_name, is_without_order

_STEM = "PERFWISE_SECRET_"
_PRIVATE_KEY = re.compile(  # With no code in between.
    r"""-----BEGIN [A-Z ]*PRIVATE KEY-----(?:[\w+/=\s\\"':,]|-(?!----))*-----END [A-Z ]*PRIVATE KEY-----"""
)
_IN_ADDRESS = re.compile(r"""(?<=://)[^/\s:@"'{]*:(?P<secret>[^/\s@"'{}]+)(?=@)""")
_NAMED = re.compile(
    r"""(?<![\w-])(?P<name>[A-Za-z_][\w-]*)(?:["']\s*\]?)?"""  # A name, a key of a dict, an item.
    r"""(?:\s*:\s*[\w.\[\]|, ]+?)?"""  # An annotation.
    r"""\s*[=:,]\s*(?:(?:SecretStr|Secret|str|bytes)\()?[rRbBuUfF]{0,2}"""
    r"""(?P<quote>"{3}|'{3}|["'])(?P<secret>(?:\\.|(?!(?P=quote)).)+)(?P=quote)"""
)
_CERTAIN = re.compile(r"passw|passphrase|secret|api_?key|access_?key|private_?key|credential|^pwd$", re.IGNORECASE)
_SHORTEST = 4  # Characters; a shorter one is a mark or a default.
_PLAIN = re.compile(r"[A-Za-z_ ./-]*|.{,7}")  # What a token or a key of a sort may be called.


class Masking:
    """One set of placeholders for all that is masked with it."""

    def __init__(self, texts: Iterable[str]) -> None:
        """`texts` are all that will be masked: no placeholder is in them."""
        self._stem = _STEM
        everything = "\n".join(texts)
        while self._stem in everything:
            self._stem += "X_"
        self._placeholders: dict[str, str] = {}

    def masked(self, text: str) -> str:
        text = _PRIVATE_KEY.sub(lambda found: self._placeholder(found[0]), text)
        text = _IN_ADDRESS.sub(self._part, text)
        text = KNOWN_FORM.sub(self._known, text)
        text = _NAMED.sub(lambda found: self._part(found) if _is_secret(found) else found[0], text)
        return LONG_RUN.sub(lambda found: self._placeholder(found[0]) if is_without_order(found[0]) else found[0], text)

    def unmasked(self, text: str) -> str:
        secrets = {placeholder: secret for secret, placeholder in self._placeholders.items()}
        return re.sub(re.escape(self._stem) + r"\d+", lambda found: secrets.get(found[0], found[0]), text)

    @property
    def count(self) -> int:
        return len(self._placeholders)

    def _known(self, found: re.Match[str]) -> str:
        """What is left of keys and addresses by now is code about them."""
        return found[0] if found[0].startswith(("-----", "://")) else self._placeholder(found[0])

    def _part(self, found: re.Match[str]) -> str:
        start, end = found.span("secret")
        whole = found[0]
        return whole[: start - found.start()] + self._placeholder(found["secret"]) + whole[end - found.start() :]

    def _placeholder(self, secret: str) -> str:
        if self._stem in secret:  # It is masked already.
            return secret
        return self._placeholders.setdefault(secret, f"{self._stem}{len(self._placeholders) + 1}")


def _is_secret(found: re.Match[str]) -> bool:
    name, value = found["name"], found["secret"]
    if not is_secret_name(name) or len(value) < _SHORTEST:
        return False
    return _CERTAIN.search(name) is not None or not _PLAIN.fullmatch(value)
