"""Opening or compressing anew for every chunk of one stream, and look-alikes."""
# ruff: noqa

from __future__ import annotations

import bz2
import gzip
import lzma
import zlib
from gzip import compress


# slow: the archive is opened for each line.
def write_lines(path: str, lines: list[str]) -> None:
    for line in lines:
        with gzip.open(path, "at") as out:  # hint
            out.write(line)


# slow: each chunk becomes a stream of its own, with its own header and table.
def pack(chunks):
    out = b""
    parts = []
    for chunk in chunks:
        parts.append(gzip.compress(chunk))  # hint
    return out.join(parts)


# slow: under the function's own name, in a generator.
def pack_all(records: list[bytes]) -> bytes:
    return b"".join(compress(record) for record in records)  # hint


class Store:
    def __init__(self, path: str) -> None:
        self.path = path

    # slow: the attribute's file, opened by its class.
    def append(self, chunks: list[bytes]) -> None:
        for chunk in chunks:
            handle = gzip.GzipFile(self.path, "ab")  # hint
            try:
                handle.write(chunk)
            finally:
                handle.close()

    # slow: another format, in a while loop.
    def append_small(self, chunks: list[bytes]) -> None:
        i = 0
        while i < len(chunks):
            with bz2.open(self.path, "ab") as out:  # hint
                out.write(chunks[i])
            i += 1

    # fine: opened once.
    def write(self, chunks: list[bytes]) -> None:
        with gzip.open(self.path, "wb") as out:
            for chunk in chunks:
                out.write(chunk)


# slow: asynchronous, to one file.
async def receive(source, path: str) -> None:
    with open(path, "wb") as out:
        async for chunk in source:
            out.write(gzip.compress(chunk))  # hint


# fine: one archive for each file.
def pack_files(paths: list[str]) -> None:
    for path in paths:
        with open(path, "rb") as source, gzip.open(path + ".gz", "wb") as out:
            out.write(source.read())


# fine: each answer is a body of its own.
def bodies(pages: dict[str, bytes]) -> dict[str, bytes]:
    return {name: gzip.compress(page) for name, page in pages.items()}


# fine: one compressor takes all chunks.
def pack_stream(chunks: list[bytes]) -> bytes:
    packer = zlib.compressobj()
    parts = [packer.compress(chunk) for chunk in chunks]
    parts.append(packer.flush())
    return b"".join(parts)


# fine: one call for all.
def pack_once(chunks: list[bytes]) -> bytes:
    return gzip.compress(b"".join(chunks))


# fine: archives of many files are read, each once.
def lines_of(paths: list[str]) -> int:
    count = 0
    for path in paths:
        with lzma.open(path, "rt") as handle:
            count += sum(1 for _ in handle)
    return count
