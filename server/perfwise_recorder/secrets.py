"""What looks secret, by its name or by itself."""

from __future__ import annotations

import re

MASK = "***"

_NAME = re.compile(
    r"passw|passphrase|secret|token|api_?key|access_?key|private_?key|credential|cookie|authori[sz]ation|^pwd$|^auth$|_key$",
    re.IGNORECASE,
)
KNOWN_FORM = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY"
    r"|://[^/\s:@]+:[^/\s@]+@"  # A password in an address.
    r"|\b(?:sk|pk|rk|gh[opsur]|github_pat|glpat|xox[abprs]|hf|npm|pypi)[-_][A-Za-z0-9_\-]{12,}"
    r"|\bAKIA[0-9A-Z]{16}\b"
    r"|\beyJ[A-Za-z0-9_\-]{10,}\.[A-Za-z0-9_\-]{10,}"
    r"|\b(?:Bearer|Basic)\s+[A-Za-z0-9+/=._\-]{8,}"
)
LONG_RUN = re.compile(r"[A-Za-z0-9+/=_\-]{24,}")


def is_secret_name(name: str) -> bool:
    return _NAME.search(name) is not None


def is_secret_text(text: str) -> bool:
    """Of a known form, or long and without order."""
    return KNOWN_FORM.search(text) is not None or any(map(is_without_order, LONG_RUN.findall(text)))


def is_without_order(run: str) -> bool:
    """Letters of both cases among figures."""
    return sum(map(str.isdigit, run)) >= 4 and run != run.lower() and run != run.upper() and len(set(run)) >= 14
