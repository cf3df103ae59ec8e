"""Anthropic's messages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from perfwise_server.rewriting.providers.exchange import Heard, HttpProvider
from perfwise_server.rewriting.providers.provider import Ask, ProviderError, ProviderSettings

BASE_URL = "https://api.anthropic.com/v1"
VERSION = "2023-06-01"


class Anthropic(HttpProvider):
    name = "Anthropic"
    path = "/messages"
    optional = ("temperature",)

    def __init__(self, settings: ProviderSettings) -> None:
        super().__init__(settings, settings.base_url or BASE_URL)
        if not self.endpoint.key and self.endpoint.base_url == BASE_URL:
            raise ProviderError(self.endpoint.unauthorised())

    def headers(self) -> Mapping[str, str]:
        return {"anthropic-version": VERSION, **({"x-api-key": self.endpoint.key} if self.endpoint.key else {})}

    def body(self, ask: Ask) -> Mapping[str, Any]:
        said = [message for message in ask.messages if message.role != "system"]
        body: dict[str, Any] = {
            "model": self.model,
            "messages": [{"role": message.role, "content": message.content} for message in said],
            "max_tokens": ask.max_tokens,
            "temperature": min(ask.temperature, 1.0),
            "stream": self.endpoint.settings.stream,
        }
        system = "\n\n".join(message.content for message in ask.messages if message.role == "system")
        if system:
            body["system"] = system
        return body

    def hear_whole(self, found: Mapping[str, Any], heard: Heard) -> None:
        for block in found["content"]:
            heard.add(block["text"] if block["type"] == "text" else "")
        heard.is_cut = found.get("stop_reason") == "max_tokens"
        heard.is_whole = True
        _note(found, heard)

    def hear(self, data: Mapping[str, Any], heard: Heard) -> None:
        match data["type"]:
            case "message_start":
                _note(data["message"], heard)
            case "content_block_delta":
                heard.add(data["delta"].get("text", ""))
            case "message_delta":
                heard.is_cut = data["delta"].get("stop_reason") == "max_tokens"
                _note(data, heard)
            case "message_stop":
                heard.is_whole = True


def _note(message: Mapping[str, Any], heard: Heard) -> None:
    heard.model = message.get("model") or heard.model
    usage = message.get("usage") or {}
    if "input_tokens" in usage:
        heard.input_tokens = int(usage["input_tokens"])
    if "output_tokens" in usage:
        heard.output_tokens = int(usage["output_tokens"])
