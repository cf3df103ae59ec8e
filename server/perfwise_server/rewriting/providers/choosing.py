"""A provider, by what the user set."""

from __future__ import annotations

from perfwise_server.rewriting.providers.provider import ClientRequest, Provider, ProviderError, ProviderSettings


def provider(settings: ProviderSettings, request: ClientRequest | None = None) -> Provider:
    """Raises ProviderError for settings that cannot be. `request` asks the client, where the kind is `client`."""
    # Each is imported where it is wanted: no hint needs HTTP.
    match settings.kind:
        case "openai":
            from perfwise_server.rewriting.providers.openai import OpenAICompatible

            return OpenAICompatible(settings)
        case "anthropic":
            from perfwise_server.rewriting.providers.anthropic import Anthropic

            return Anthropic(settings)
        case "local":
            from perfwise_server.rewriting.providers.local import LocalModel

            return LocalModel(settings)
        case "client":
            from perfwise_server.rewriting.providers.client import ClientModels

            if request is None:
                raise ProviderError("this editor has no models of its own: choose another provider")
            return ClientModels(settings, request)
