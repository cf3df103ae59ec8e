"""`python -m perfwise_server [--tcp HOST:PORT]`: the language server, over standard input and output by default."""

from __future__ import annotations

import argparse
import gc
import logging
import sys
from collections.abc import Sequence


def serve(tcp: str | None = None) -> int:
    """Runs until the client ends it; 0 when it asked for the end as the protocol says, else 1."""
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(asctime)s %(levelname)s %(message)s")
    logging.getLogger("perfwise_server").setLevel(logging.INFO)
    logging.getLogger("pygls").setLevel(logging.CRITICAL)  # It writes out messages, and with them the user's source.
    # What is made by now stays: to look through it again and again would make the start an eighth longer, and take time
    # between keystrokes.
    gc.disable()
    from perfwise_server.app import build

    server = build()
    gc.freeze()
    gc.enable()
    if tcp is None:
        server.serve_stdio()
    else:
        host, _, port = tcp.rpartition(":")
        logging.getLogger("pygls.server").setLevel(logging.INFO)  # It says where it is listening.
        server.start_tcp(host.strip("[]") or "127.0.0.1", int(port))
    return 0 if server.was_shut_down else 1


def address(text: str) -> str:
    """Checks HOST:PORT. Raises ValueError."""
    _, colon, port = text.rpartition(":")
    if not colon or not port.isdecimal() or int(port) > 65535:
        raise ValueError(f"{text!r} is not HOST:PORT")
    return text


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m perfwise_server", description=__doc__)
    transport = parser.add_mutually_exclusive_group()
    transport.add_argument("--stdio", action="store_true", help="speak over standard input and output (the default)")
    transport.add_argument("--tcp", metavar="HOST:PORT", type=address, help="listen for one client")
    return serve(parser.parse_args(arguments).tcp)


if __name__ == "__main__":
    sys.exit(main())
