"""A model endpoint over real HTTP on a free port of this machine: it replies what a script says, faults included.

    python -m tests.rewriting.endpoint REPLIES.json      prints its base URL; ends with its standard input

REPLIES.json is a list of texts, given in turn, the last one from then on.
"""

from __future__ import annotations

import json
import select
import ssl
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Literal
from urllib.parse import urlsplit

PIECE = 24  # Characters in one piece of a stream.
PATIENCE = 60.0  # Seconds after which a client that neither reads nor leaves is left.


@dataclass(frozen=True)
class Text:
    """A reply. `delay` are seconds of thinking before it, `pause` those between two pieces of a stream."""

    text: str
    delay: float = 0.0
    pause: float = 0.0
    is_cut: bool = False  # By the limit of tokens.
    counts: bool = True  # Whether the tokens are told.


@dataclass(frozen=True)
class Status:
    """Any answer that is none: an error, a redirect, a page."""

    status: int
    body: str = '{"error": {"message": "no"}}'
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = "application/json"


@dataclass(frozen=True)
class Cut:
    """The connection ends in the middle of the text."""

    text: str


@dataclass(frozen=True)
class Silence:
    """Nothing comes until the client leaves."""


@dataclass(frozen=True)
class Endless:
    """Piece after piece comes until the client leaves."""

    piece: str = "x"


@dataclass(frozen=True)
class Huge:
    """A reply of so many bytes."""

    size: int


@dataclass(frozen=True)
class StreamError:
    """A stream that begins well and then tells of an error."""

    message: str


Answer = Text | Status | Cut | Silence | Endless | Huge | StreamError


@dataclass(frozen=True)
class Asked:
    """What came in. Names of headers are in small letters."""

    dialect: Literal["openai", "anthropic"]
    body: Mapping[str, Any]
    headers: Mapping[str, str]

    @property
    def prompt(self) -> str:
        """All that was said, the system's part included."""
        said = [message["content"] for message in self.body["messages"]]
        return "\n".join([self.body["system"], *said] if "system" in self.body else said)


Script = Callable[[Asked], Answer | str]


class Endpoint:
    """Used as a context. `script` is asked for each answer; a sequence gives its items in turn, the last one for ever.

    `asked` holds what came in, `sent` counts the bytes that went out, `left` is set when a client has gone in the
    middle. `key` is what must come as authorization; `refuses` names fields of a request that are answered by 400.
    It does as a proxy for unencrypted addresses too. With a `certificate` it speaks HTTPS.
    """

    def __init__(
        self,
        script: Script | Sequence[Answer | str],
        *,
        models: Sequence[str] = ("scripted",),
        key: str = "",
        refuses: Sequence[str] = (),
        can_stream: bool = True,
        certificate: Path | None = None,
    ) -> None:
        self._script = script if callable(script) else _in_turn(script)
        self.models = tuple(models)
        self.key = key
        self.refuses = tuple(refuses)
        self.can_stream = can_stream
        self.asked: list[Asked] = []
        self.sent = 0
        self.left = threading.Event()
        self.lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self._scheme = "http"
        if certificate is not None:
            self._scheme = "https"
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def base_url(self) -> str:
        return f"{self._scheme}://127.0.0.1:{self._server.server_address[1]}/v1"

    def answer(self, asked: Asked) -> Answer:
        with self.lock:
            self.asked.append(asked)
            found = self._script(asked)
        return Text(found) if isinstance(found, str) else found

    def __enter__(self) -> Endpoint:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(PATIENCE)


def _in_turn(answers: Sequence[Answer | str]) -> Script:
    given = iter(answers)
    last: Answer | str = answers[-1]
    return lambda _asked: next(given, last)


def _handler(endpoint: Endpoint) -> type[BaseHTTPRequestHandler]:
    class Handler(_Handler):
        pass

    Handler.endpoint = endpoint
    return Handler


class _Handler(BaseHTTPRequestHandler):
    endpoint: Endpoint
    protocol_version = "HTTP/1.1"
    timeout = PATIENCE

    def log_message(self, *_arguments: object) -> None:
        pass

    def do_GET(self) -> None:
        if self._path() != "/v1/models":
            self._status(Status(404))
        elif self._is_allowed():
            models = [{"id": model, "object": "model"} for model in self.endpoint.models]
            self._status(Status(200, json.dumps({"object": "list", "data": models})))

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers.get("content-length", 0))))
        dialects: dict[str, Literal["openai", "anthropic"]] = {
            "/v1/chat/completions": "openai",
            "/v1/messages": "anthropic",
        }
        if self._path() not in dialects:
            self._status(Status(404))
            return
        if not self._is_allowed():
            return
        for name in self.endpoint.refuses:
            if name in body:
                self._status(Status(400, json.dumps({"error": {"message": f"Unsupported parameter: '{name}'"}})))
                return
        headers = {name.lower(): value for name, value in self.headers.items()}
        asked = Asked(dialects[self._path()], body, headers)
        try:
            self._give(self.endpoint.answer(asked), asked)
        except OSError:
            self.endpoint.left.set()
            self.close_connection = True

    def _path(self) -> str:
        return urlsplit(self.path).path  # A proxy is asked for whole addresses.

    def _is_allowed(self) -> bool:
        key = self.endpoint.key
        if key and key not in (self.headers.get("x-api-key"), self.headers.get("authorization", "")[len("Bearer ") :]):
            self._status(Status(401, json.dumps({"error": {"message": "Incorrect API key provided"}})))
            return False
        return True

    def _give(self, answer: Answer, asked: Asked) -> None:
        stream = bool(asked.body.get("stream")) and self.endpoint.can_stream
        dialect = _DIALECTS[asked.dialect]
        model = str(asked.body.get("model", ""))
        match answer:
            case Text():
                time.sleep(answer.delay)
                if stream:
                    self._stream(dialect.events(answer, model), answer.pause)
                else:
                    self._status(Status(200, json.dumps(dialect.whole(answer, model))))
            case Status():
                self._status(answer)
            case Cut():
                self._cut(dialect, answer, model, stream)
            case Silence():
                self._wait_until_left()
            case Endless():
                self._begin(stream)
                while True:
                    self._send(dialect.piece(answer.piece) if stream else b" " * PIECE)
                    time.sleep(0.01)
            case Huge():
                self._begin(stream)
                piece = "x" * 65_536
                for _ in range(answer.size // len(piece)):
                    self._send(dialect.piece(piece) if stream else piece.encode())
                self.close_connection = True
            case StreamError():
                self._stream([dialect.piece("def"), dialect.error(answer.message)], 0)

    def _status(self, answer: Status) -> None:
        body = answer.body.encode()
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self._send(body)

    def _begin(self, stream: bool) -> None:
        """Of an answer that ends with its connection."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream" if stream else "application/json")
        self.send_header("Connection", "close")
        self.end_headers()

    def _stream(self, events: Sequence[bytes] | Iterator[bytes], pause: float) -> None:
        self._begin(True)
        for event in events:
            self._send(event)
            time.sleep(pause)
        self.close_connection = True

    def _cut(self, dialect: _Dialect, answer: Cut, model: str, stream: bool) -> None:
        if stream:
            events = list(dialect.events(Text(answer.text), model))
            self._stream(events[: max(1, len(events) // 2)], 0)
            return
        body = json.dumps(dialect.whole(Text(answer.text), model)).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self._send(body[: len(body) // 2])
        self.close_connection = True

    def _send(self, data: bytes) -> None:
        self.wfile.write(data)
        self.wfile.flush()
        self.endpoint.sent += len(data)

    def _wait_until_left(self) -> None:
        select.select([self.connection], [], [], PATIENCE)  # A client that leaves makes it readable.
        self.endpoint.left.set()
        self.close_connection = True


def _event(data: object, name: str = "") -> bytes:
    line = data if isinstance(data, str) else json.dumps(data)
    return (f"event: {name}\n" if name else "").encode() + f"data: {line}\n\n".encode()


def _pieces(text: str) -> Iterator[str]:
    for start in range(0, len(text), PIECE):
        yield text[start : start + PIECE]


class _OpenAI:
    def whole(self, answer: Text, model: str) -> dict[str, Any]:
        message = {"role": "assistant", "content": answer.text}
        choice = {"index": 0, "message": message, "finish_reason": self._end(answer)}
        found = {"object": "chat.completion", "model": model, "choices": [choice]}
        return {**found, "usage": self._usage(answer)} if answer.counts else found

    def events(self, answer: Text, model: str) -> Iterator[bytes]:
        for text in _pieces(answer.text):
            yield self.piece(text, model)
        yield _event({"model": model, "choices": [{"index": 0, "delta": {}, "finish_reason": self._end(answer)}]})
        if answer.counts:
            yield _event({"model": model, "choices": [], "usage": self._usage(answer)})
        yield _event("[DONE]")

    def piece(self, text: str, model: str = "scripted") -> bytes:
        return _event({"model": model, "choices": [{"index": 0, "delta": {"content": text}, "finish_reason": None}]})

    def error(self, message: str) -> bytes:
        return _event({"error": {"message": message}})

    def _end(self, answer: Text) -> str:
        return "length" if answer.is_cut else "stop"

    def _usage(self, answer: Text) -> dict[str, int]:
        return {"prompt_tokens": 100, "completion_tokens": len(answer.text) // 4}


class _Anthropic:
    def whole(self, answer: Text, model: str) -> dict[str, Any]:
        content = [{"type": "text", "text": answer.text}]
        return {
            "type": "message",
            "role": "assistant",
            "model": model,
            "content": content,
            "stop_reason": self._end(answer),
            "usage": {"input_tokens": 100, "output_tokens": len(answer.text) // 4},
        }

    def events(self, answer: Text, model: str) -> Iterator[bytes]:
        message = {**self.whole(answer, model), "content": [], "usage": {"input_tokens": 100, "output_tokens": 1}}
        yield _event({"type": "message_start", "message": message}, "message_start")
        block = {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}}
        yield _event(block, "content_block_start")
        yield _event({"type": "ping"}, "ping")
        for text in _pieces(answer.text):
            yield self.piece(text)
        yield _event({"type": "content_block_stop", "index": 0}, "content_block_stop")
        usage = {"output_tokens": len(answer.text) // 4}
        end = {"type": "message_delta", "delta": {"stop_reason": self._end(answer)}, "usage": usage}
        yield _event(end, "message_delta")
        yield _event({"type": "message_stop"}, "message_stop")

    def piece(self, text: str, model: str = "scripted") -> bytes:
        del model
        delta = {"type": "text_delta", "text": text}
        return _event({"type": "content_block_delta", "index": 0, "delta": delta}, "content_block_delta")

    def error(self, message: str) -> bytes:
        return _event({"type": "error", "error": {"type": "overloaded_error", "message": message}}, "error")

    def _end(self, answer: Text) -> str:
        return "max_tokens" if answer.is_cut else "end_turn"


_Dialect = _OpenAI | _Anthropic
_DIALECTS: dict[str, _Dialect] = {"openai": _OpenAI(), "anthropic": _Anthropic()}


def main() -> None:
    with Endpoint(json.loads(Path(sys.argv[1]).read_text("utf-8"))) as endpoint:
        print(endpoint.base_url, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
