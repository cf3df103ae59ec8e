"""A web server on this machine, for the examples of rules on requests."""

from __future__ import annotations

import threading
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # Which keeps connections.

    def do_GET(self) -> None:
        body = self.path.encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


# Bound when imported, so that processes that are copies of this one have the same addresses.
SERVER = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
SERVER.daemon_threads = True


@cache
def serve() -> None:
    threading.Thread(target=SERVER.serve_forever, daemon=True).start()


def pages(number: int) -> list[str]:
    """Addresses of as many pages. Effect: from now on this process serves them."""
    serve()
    return [f"http://127.0.0.1:{SERVER.server_port}/{page}" for page in range(number)]
