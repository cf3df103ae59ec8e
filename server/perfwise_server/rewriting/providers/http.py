"""Requests to a model endpoint: what goes wrong becomes one sentence with the way out."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import ssl
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, suppress
from email.utils import parsedate_to_datetime
from typing import Any, TypeVar

import httpx
from httpx_sse import EventSource, ServerSentEvent
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, stop_after_attempt, wait_exponential_jitter

from perfwise_recorder.secrets import MASK, is_secret_text
from perfwise_server import installed_version
from perfwise_server.rewriting.providers.keys import OWN, VARIABLES, is_loopback, is_private, key_for
from perfwise_server.rewriting.providers.provider import ProviderError, ProviderSettings

LARGEST = 8 * 1024 * 1024  # Bytes of a reply; no function is that long.
LONGEST_WAIT = 20.0  # Seconds; whoever asks for more is left, and the user told.
MOST_NAMED = 8  # Models in an error.
SHOWN = 200  # Characters of what an endpoint says of its error.
CONNECTING = 10.0  # Seconds.
SILENCE = 60.0  # Seconds; on this machine, where questions queue for one model, as long as a reply may take.
_PASSING = (408, 409, 425, 429, 500, 502, 503, 504, 529)  # 529: Anthropic is overloaded.

Read = TypeVar("Read")


class PassingError(ProviderError):
    """Another attempt may do. `wait` are the seconds that the endpoint asks for."""

    def __init__(self, text: str, wait: float | None = None) -> None:
        super().__init__(text)
        self.wait = wait


class BadRequestError(ProviderError):
    """The endpoint does not take the request as it is; `said` is what it says."""

    def __init__(self, text: str, said: str) -> None:
        super().__init__(text)
        self.said = said


class MalformedError(ValueError):
    """A reply is not what its dialect says."""


def host_of(base_url: str) -> str:
    """With its port, unless that is the usual one. Raises ProviderError."""
    try:
        url = httpx.URL(base_url)
    except httpx.InvalidURL:
        url = httpx.URL("")
    if url.scheme not in ("http", "https") or not url.host or url.userinfo:
        raise ProviderError("the base URL must be like https://HOST/v1, without a user or a password")
    return url.netloc.decode("ascii")


class Endpoint:
    """One base URL, with its key."""

    def __init__(self, settings: ProviderSettings, base_url: str) -> None:
        """Raises ProviderError for a URL, a proxy or certificates that cannot be."""
        self.settings = settings
        self.base_url = base_url.rstrip("/")
        self.where = host_of(self.base_url)
        self.is_here = is_loopback(self.base_url)
        self.silence = settings.silence or (settings.longest if self.is_here else SILENCE)
        self.key = key_for(settings, self.base_url)
        if not self.key.isascii() or not self.key.isprintable():
            raise ProviderError(f"the key for {self.where} holds characters that no key has: {self._set_key()}")
        self._client = self._opened()

    def _opened(self) -> httpx.AsyncClient:
        verify = self._verification()
        try:
            return httpx.AsyncClient(
                verify=verify,
                trust_env=not self.is_here,  # A proxy does not know this machine's ports.
                timeout=httpx.Timeout(self.silence, connect=CONNECTING),
                headers={
                    "User-Agent": f"perfwise/{installed_version()}",
                    "Accept-Encoding": "identity",  # What is packed has no size until it is unpacked.
                },
            )
        except (ValueError, httpx.InvalidURL, ImportError):
            raise ProviderError("HTTPS_PROXY and HTTP_PROXY must be like http://HOST:PORT") from None

    def _verification(self) -> ssl.SSLContext | bool:
        file, folder = (os.environ.get(name) or None for name in ("SSL_CERT_FILE", "SSL_CERT_DIR"))
        if file is None and folder is None:
            return True
        try:
            return ssl.create_default_context(cafile=file, capath=folder)
        except (OSError, ssl.SSLError):
            variable = "SSL_CERT_FILE" if file else "SSL_CERT_DIR"
            raise ProviderError(f"no certificates can be read from {file or folder}: correct {variable}") from None

    async def close(self) -> None:
        await self._client.aclose()

    async def models(self, headers: Mapping[str, str]) -> tuple[str, ...]:
        """What it has. Raises ProviderError."""
        async with self._opened_response("GET", "/models", headers, None) as response:
            return model_names(await whole(response))

    async def only_model(self, headers: Mapping[str, str]) -> str:
        """The name of the one that it has. Raises ProviderError where that says none."""
        try:
            models = await self.models(headers)
        except ProviderError:
            if self.is_here:
                return "default"  # A server of one model listens to no name.
            raise
        if len(models) == 1:
            return models[0]
        raise ProviderError(f"name a model; {self.where} has {', '.join(models[:MOST_NAMED]) or 'none'}")

    async def post(
        self,
        path: str,
        headers: Mapping[str, str],
        body: Mapping[str, Any],
        read: Callable[[httpx.Response], Awaitable[Read]],
    ) -> Read:
        """What `read` makes of the answer. Raises ProviderError.

        A further attempt follows what may pass, unless the endpoint wants a longer pause than a user waits.
        """
        wait = wait_exponential_jitter(multiplier=self.settings.backoff, max=LONGEST_WAIT, jitter=self.settings.backoff)

        def seconds(state: RetryCallState) -> float:
            error = state.outcome.exception() if state.outcome else None
            asked = error.wait if isinstance(error, PassingError) else None
            return wait(state) if asked is None else asked

        attempts = AsyncRetrying(
            stop=stop_after_attempt(self.settings.attempts),
            wait=seconds,
            retry=retry_if_exception(_may_pass),
            reraise=True,
        )

        async def attempt() -> Read:
            async with self._opened_response("POST", path, headers, body) as response:
                return await read(response)

        try:
            return await asyncio.wait_for(attempts(attempt), self.settings.longest)
        except (asyncio.TimeoutError, TimeoutError):
            raise ProviderError(
                f"{self.where} did not finish its reply within {self.settings.longest:g} s: "
                "ask for less, or a faster model"
            ) from None

    @asynccontextmanager
    async def _opened_response(
        self, method: str, path: str, headers: Mapping[str, str], body: Mapping[str, Any] | None
    ) -> AsyncIterator[httpx.Response]:
        """An answer of status 200, whose body may be read up to `LARGEST` bytes. Raises ProviderError, inside too."""
        try:
            url = self.base_url + path
            async with self._client.stream(method, url, headers=headers, json=body) as response:
                assert isinstance(response.stream, httpx.AsyncByteStream)
                response.stream = _Bounded(response.stream)
                if response.status_code != 200:
                    raise await self._failure(response, body)
                if response.headers.get("content-encoding", "identity") != "identity":
                    raise MalformedError
                yield response
        except httpx.HTTPError as error:
            raise self._broken(error) from None
        except _TooLargeError:
            raise ProviderError(
                f"the reply of {self.where} is larger than {LARGEST // 1_048_576} MB and was given up: "
                "check the base URL, or ask another model"
            ) from None
        except MalformedError:
            kind = response.headers.get("content-type", "").partition(";")[0] or "nothing said"
            raise ProviderError(
                f"{self.where} did not reply as such an API does ({kind[:40]}): check the base URL, which ends with /v1"
            ) from None

    async def _failure(self, response: httpx.Response, body: Mapping[str, Any] | None) -> ProviderError:
        status, where = response.status_code, self.where
        if response.is_redirect:
            target = httpx.URL(response.headers["location"]).host if "location" in response.headers else ""
            return ProviderError(
                f"{where} sends on to {target or 'another address'}, where nothing was sent: "
                "if that is meant, make it the base URL"
            )
        said = self.without_key(_said(await response.aread()))
        told = f" ({status}: {said})" if said else f" ({status})"
        if status == 401:
            return ProviderError(self.unauthorised())
        if status == 403:
            return ProviderError(f"{where} does not let this key use it{told}: check what the account may use")
        if status == 404:
            return ProviderError(
                f"{where} does not know this address or the model {(body or {}).get('model', '')!r}{told}: "
                "check the base URL, which ends with /v1, and the model's name"
            )
        if status == 429:
            return self._throttled(response, said, told)
        if status in _PASSING:
            return PassingError(f"{where} has trouble of its own{told}: try again later", _retry_after(response))
        return BadRequestError(f"{where} does not take the request{told}: check the model and its settings", said)

    def unauthorised(self) -> str:
        if self.key:
            return f"{self.where} does not accept the key: {self._set_key()}"
        if not is_private(self.base_url):
            return f"{self.where} wants a key, which is not sent unencrypted: use https:// in the base URL"
        return f"{self.where} wants a key: {self._set_key()}"

    def _set_key(self) -> str:
        variables = " or ".join(reversed(VARIABLES.get(self.settings.kind, (OWN,))))
        return f"set {variables}, or give it in the editor with Perfwise: Set Model API Key"

    def _throttled(self, response: httpx.Response, said: str, told: str) -> ProviderError:
        wait = _retry_after(response)
        if "quota" in said or "credit" in said or "billing" in said:
            return ProviderError(f"the account at {self.where} is used up{told}: check its plan")
        if wait is not None and wait > LONGEST_WAIT:
            return PassingError(f"{self.where} wants no further request for {wait:.0f} s{told}: try again then", wait)
        return PassingError(f"{self.where} gets too many requests{told}: try again later, or ask for fewer", wait)

    def _broken(self, error: httpx.HTTPError) -> ProviderError:
        where = self.where
        causes = list(_causes(error))
        if any(isinstance(cause, socket.gaierror) for cause in causes):
            return ProviderError(f"there is no host of the name in {where}: check the base URL, and the network")
        if any(isinstance(cause, ssl.SSLError) for cause in causes):
            return ProviderError(
                f"the connection to {where} cannot be trusted: check the base URL, or name the file of your "
                "authorities' certificates in SSL_CERT_FILE"
            )
        match error:
            case httpx.ProxyError():
                return ProviderError(f"the proxy does not let through to {where}: check HTTPS_PROXY")
            case httpx.ConnectTimeout():
                return ProviderError(f"{where} cannot be reached: check the base URL, the network and the proxy")
            case httpx.TimeoutException():
                return ProviderError(f"{where} said nothing for {self.silence:g} s: try again, or ask a faster model")
            case httpx.ConnectError():
                start = "start the model server" if self.is_here else "check the network"
                return ProviderError(f"nothing answers at {where}: {start}, or correct the base URL")
            case _:
                return PassingError(f"the reply of {where} broke off: try again")

    def without_key(self, text: str) -> str:
        """Endpoints repeat keys in what they say of them."""
        if self.key:
            text = text.replace(self.key, MASK)
        return " ".join(MASK if is_secret_text(word) else word for word in text.split())[:SHOWN]


class _TooLargeError(Exception):
    pass


class _Bounded(httpx.AsyncByteStream):
    """Gives up a body that is too large, before it is held."""

    def __init__(self, stream: httpx.AsyncByteStream) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        size = 0
        async for data in self._stream:
            size += len(data)
            if size > LARGEST:
                raise _TooLargeError
            yield data

    async def aclose(self) -> None:
        await self._stream.aclose()


def is_stream(response: httpx.Response) -> bool:
    return str(response.headers.get("content-type", "")).startswith("text/event-stream")


async def events(response: httpx.Response) -> AsyncIterator[ServerSentEvent]:
    async for event in EventSource(response).aiter_sse():
        yield event


async def whole(response: httpx.Response) -> Any:
    """The JSON object of an answer that is no stream. Raises MalformedError."""
    if "json" not in response.headers.get("content-type", ""):
        raise MalformedError
    return parsed(await response.aread())


def parsed(text: bytes | str) -> Any:
    """A JSON object. Raises MalformedError."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise MalformedError from None
    if not isinstance(found, dict):
        raise MalformedError
    return found


def model_names(listing: Mapping[str, Any]) -> tuple[str, ...]:
    """Raises MalformedError."""
    try:
        return tuple(str(model["id"]) for model in listing["data"])
    except (KeyError, TypeError):
        raise MalformedError from None


def _may_pass(error: BaseException) -> bool:
    return isinstance(error, PassingError) and (error.wait or 0) <= LONGEST_WAIT


def _said(body: bytes) -> str:
    """What an endpoint says of an error, in any of the usual forms; empty for pages."""
    try:
        found = parsed(body)
    except MalformedError:
        return ""
    error = found.get("error") or found.get("detail") or found.get("message") or ""
    if isinstance(error, dict):
        error = error.get("message") or ""
    return error if isinstance(error, str) else ""


def _retry_after(response: httpx.Response) -> float | None:
    """In seconds, however it is said."""
    said = str(response.headers.get("retry-after", ""))
    with suppress(ValueError):
        return max(0.0, float(said))
    with suppress(ValueError, TypeError):
        return max(0.0, parsedate_to_datetime(said).timestamp() - time.time())
    return None


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
