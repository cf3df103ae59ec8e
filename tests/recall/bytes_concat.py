"""Growing bytes by +, and look-alikes."""
# ruff: noqa

from __future__ import annotations

import socket
import struct


def frame(data: bytes) -> bytes:
    return struct.pack(">H", len(data)) + data


# slow: each chunk copies all that is there.
def joined(chunks: list[bytes]) -> bytes:
    data = b""
    for chunk in chunks:
        data += chunk  # hint
    return data


# slow: the written-out form, from bytes().
def framed(messages):
    out = bytes()
    for message in messages:
        out = out + frame(message)  # hint
    return out


# slow: a socket is read until it ends.
def read_all(connection: socket.socket) -> bytes:
    data = b""
    while True:
        chunk = connection.recv(4096)
        if not chunk:
            break
        data += chunk  # hint
    return data


class Packet:
    def __init__(self) -> None:
        self.body = b""

    # slow: the bytes are an attribute.
    def add(self, numbers: list[int]) -> None:
        for number in numbers:
            self.body += struct.pack(">I", number)  # hint

    # slow: the header of each, within a try.
    def encode(self, names: list[str]) -> bytes:
        out: bytes = b"\x01"
        for name in names:
            try:
                out += name.encode() + b"\0"  # hint
            except UnicodeError:
                continue
        return out

    # fine: one addition.
    def close(self) -> bytes:
        self.body += b"\xff"
        return self.body


# slow: asynchronous.
async def body(request) -> bytes:
    content = b""
    async for part in request.stream():
        content += part  # hint
    return content


# slow: at the front.
def big_endian(number: int) -> bytes:
    out = b""
    while number:
        out = bytes([number % 256]) + out  # hint
        number //= 256
    return out


# fine: a bytearray grows where it is.
def grown(chunks: list[bytes]) -> bytes:
    data = bytearray()
    for chunk in chunks:
        data += chunk
    return bytes(data)


# fine: joined once.
def fast(chunks: list[bytes]) -> bytes:
    return b"".join(chunks)


# fine: each round starts anew.
def lines(rows: list[bytes]) -> list[bytes]:
    out = []
    for row in rows:
        line = b"> "
        line += row
        out.append(line)
    return out


# fine: numbers.
def length(chunks: list[bytes]) -> int:
    total = 0
    for chunk in chunks:
        total += len(chunk)
    return total


# fine: two parts.
def header(name: bytes, version: bytes) -> bytes:
    out = b"HDR"
    for part in (name, version):
        out += part
    return out
