"""A provider, by what the user set."""

from __future__ import annotations

from perfwise_server.rewriting.providers.provider import ClientRequest, Provider, ProviderError, ProviderSettings


def provider(settings: ProviderSettings, request: ClientRequest | None = None) -> Provider:
    """Raises ProviderError for settings that cannot be. `request` asks the client, where the kind is `client`."""
    raise ProviderError(f"no provider {settings.kind} yet: {request}")
