"""Which key goes to an endpoint, and whether any does."""

from __future__ import annotations

import os
from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit

from perfwise_server.rewriting.providers.provider import Kind, ProviderSettings

OWN = "PERFWISE_API_KEY"
VARIABLES: Mapping[Kind, tuple[str, ...]] = {
    "openai": (OWN, "OPENAI_API_KEY"),
    "anthropic": (OWN, "ANTHROPIC_API_KEY"),
}


def key_for(settings: ProviderSettings, base_url: str, environment: Mapping[str, str] = os.environ) -> str:
    """The client's, else that of the environment; empty where there is none, or where it could be read on its way."""
    if not is_private(base_url):
        return ""
    given = (settings.key, *(environment.get(name, "") for name in VARIABLES.get(settings.kind, ())))
    return next((key.strip() for key in given if key.strip()), "")


def is_private(base_url: str) -> bool:
    """Whether nobody on the way reads along."""
    return urlsplit(base_url).scheme == "https" or is_loopback(base_url)


def is_loopback(base_url: str) -> bool:
    host = urlsplit(base_url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
