"""The plainest client of a language server: it blocks, so that nothing of its own comes between two clock readings."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

Message = dict[str, Any]

_CAPABILITIES = {
    "general": {"positionEncodings": ["utf-16"]},
    "textDocument": {
        "synchronization": {"dynamicRegistration": False},
        "publishDiagnostics": {"versionSupport": True},
    },
    "workspace": {"configuration": False, "workspaceFolders": True},
}


class Client:
    """One running server with one open document. Use as a context manager."""

    def __init__(self, command: Sequence[str], options: Message, root: Path, pulls: bool) -> None:
        self.started = time.perf_counter()
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=root
        )
        assert self._process.stdin
        assert self._process.stdout
        self._in, self._out = self._process.stdin, self._process.stdout
        self._requests = 0
        self._pulls = pulls
        self._uri = (root / "opened.py").as_uri()
        self._version = 0
        text = {**_CAPABILITIES["textDocument"], **({"diagnostic": {}} if pulls else {})}
        self._request(
            "initialize",
            {
                "processId": None,
                "rootUri": root.as_uri(),
                "workspaceFolders": [{"uri": root.as_uri(), "name": root.name}],
                "capabilities": {**_CAPABILITIES, "textDocument": text},
                "initializationOptions": options,
            },
        )
        self._notify("initialized", {})

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self._request("shutdown", None)
            self._notify("exit", None)
            self._process.wait(10)
        finally:
            self._process.kill()
            self._process.wait()

    def open(self, text: str) -> list[Message]:
        """The diagnostics of the text."""
        self._version += 1
        document = {"uri": self._uri, "languageId": "python", "version": self._version, "text": text}
        self._notify("textDocument/didOpen", {"textDocument": document})
        return self._diagnostics()

    def insert(self, line: int, column: int, text: str) -> tuple[float, list[Message]]:
        """Seconds from the change to the diagnostics of the text after it, and these."""
        self._version += 1
        at = {"line": line, "character": column}
        change = {
            "textDocument": {"uri": self._uri, "version": self._version},
            "contentChanges": [{"range": {"start": at, "end": at}, "text": text}],
        }
        start = time.perf_counter()
        self._notify("textDocument/didChange", change)
        found = self._diagnostics()
        return time.perf_counter() - start, found

    def resident_megabytes(self) -> float | None:
        """None where the system does not tell."""
        status = Path(f"/proc/{self._process.pid}/status")
        if not status.exists():
            return None
        kilobytes = next(line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmRSS"))
        return int(kilobytes) / 1024

    def _diagnostics(self) -> list[Message]:
        found: list[Message]
        if self._pulls:
            found = self._request("textDocument/diagnostic", {"textDocument": {"uri": self._uri}})["items"]
            return found
        while True:
            params = self._read("textDocument/publishDiagnostics")["params"]
            if params.get("version") == self._version:
                found = params["diagnostics"]
                return found

    def _request(self, method: str, params: Message | None) -> Any:
        self._requests += 1
        self._send({"id": self._requests, "method": method, "params": params})
        reply = self._read(None)
        if "error" in reply:
            raise RuntimeError(f"{method}: {reply['error']}")
        return reply["result"]

    def _notify(self, method: str, params: Message | None) -> None:
        self._send({"method": method, "params": params})

    def _send(self, message: Message) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._in.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._in.flush()

    def _read(self, method: str | None) -> Message:
        """The next notification of this method, or the reply to the last request; requests of the server get null."""
        while True:
            length = 0
            while line := self._out.readline().strip():
                name, _, value = line.partition(b":")
                if name.lower() == b"content-length":
                    length = int(value)
            if not length:
                raise RuntimeError("the server ended")
            message: Message = json.loads(self._out.read(length))
            if "id" in message and "method" in message:
                self._send({"id": message["id"], "result": None})
            elif message.get("method") == method and (method or message.get("id") == self._requests):
                return message
