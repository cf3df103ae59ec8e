"""Chat completions as OpenAI, Ollama, llama.cpp, vLLM, LM Studio and others serve them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from perfwise_server.rewriting.providers.exchange import Heard, HttpProvider
from perfwise_server.rewriting.providers.provider import Ask, ProviderError, ProviderSettings

BASE_URL = "https://api.openai.com/v1"


class OpenAICompatible(HttpProvider):
    name = "OpenAI-compatible"
    path = "/chat/completions"
    optional = ("max_tokens", "temperature", "seed", "stream_options")

    def __init__(self, settings: ProviderSettings) -> None:
        super().__init__(settings, settings.base_url or BASE_URL)
        if not self.endpoint.key and self.endpoint.base_url == BASE_URL:
            raise ProviderError(self.endpoint.unauthorised())

    def headers(self) -> Mapping[str, str]:
        return {"Authorization": f"Bearer {self.endpoint.key}"} if self.endpoint.key else {}

    def body(self, ask: Ask) -> Mapping[str, Any]:
        # OpenAI's newer models know the limit by its second name only, most other endpoints by its first.
        limit = "max_completion_tokens" if "max_tokens" in self.refused else "max_tokens"
        body: dict[str, Any] = {
            "model": self.model,
            "messages": [{"role": message.role, "content": message.content} for message in ask.messages],
            limit: ask.max_tokens,
            "temperature": ask.temperature,
            "stream": self.endpoint.settings.stream,
        }
        if self.endpoint.settings.stream:
            body["stream_options"] = {"include_usage": True}
        if ask.seed is not None:
            body["seed"] = ask.seed
        return body

    def hear_whole(self, found: Mapping[str, Any], heard: Heard) -> None:
        choice = found["choices"][0]
        heard.add(choice["message"]["content"] or "")
        heard.is_cut = choice.get("finish_reason") == "length"
        heard.is_whole = True
        _note(found, heard)

    def hear(self, data: Mapping[str, Any], heard: Heard) -> None:
        for choice in data.get("choices") or ():
            heard.add(choice.get("delta", {}).get("content") or "")
            if choice.get("finish_reason"):
                heard.is_cut = choice["finish_reason"] == "length"
                heard.is_whole = True
        _note(data, heard)


def _note(data: Mapping[str, Any], heard: Heard) -> None:
    heard.model = data.get("model") or heard.model
    usage = data.get("usage")
    if usage:
        heard.input_tokens = int(usage["prompt_tokens"])
        heard.output_tokens = int(usage["completion_tokens"])
