"""A compressed file is opened anew for each chunk that is added to it.

# What it costs

Every opening starts a compressor of its own, with tables of some hundred kilobytes, and writes a header and an end; and since
no chunk is compressed with what the others hold, the file becomes bigger.

# The cheaper form

Open the file once around the loop and write all chunks to it.

# When it does not pay

When the chunks are megabytes each.

# Fix safety

To be verified: the file has one member then in place of many, which reads the same but is not the same bytes; and until
the loop ends what was written may still be in the buffer.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.rule import Bad, Finding, Good, Rule
from perfwise_analyzers.rules.io.open_in_loop import around_loop, reopening_loops

rule = Rule(
    code="PW608",
    name="gzip-per-chunk",
    summary="A compressed file is opened anew for each chunk that is added to it.",
    triggers=("gzip", "bz2", "lzma"),
    severity="hint",
    bad=(
        Bad(
            code="""\
import gzip


def packed(path: str, chunks: list[bytes]) -> int:
    for chunk in chunks:
        with gzip.open(path, "ab") as file:
            file.write(chunk)
    return len(chunks)
""",
            better="""\
import gzip


def packed(path: str, chunks: list[bytes]) -> int:
    with gzip.open(path, "ab") as file:
        for chunk in chunks:
            file.write(chunk)
    return len(chunks)
""",
            call='packed("chunks.gz", [b"some bytes of a chunk" * 5] * 100)',
            level="verify",
        ),
    ),
    good=(
        Good(
            "import gzip\n\ndef f(paths):\n    for path in paths:\n        with gzip.open(path) as file:\n"
            "            print(file.read())\n",
            "Each round opens another file.",
        ),
        Good(
            "import gzip\n\ndef f(path, chunks):\n    with gzip.open(path, 'ab') as file:\n        for chunk in chunks:\n"
            "            file.write(chunk)\n",
            "It is opened once.",
        ),
    ),
)


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for operation in facts.operations("opening"):
        callee = facts.inference.callee(operation.call) if operation.call is not None else ""
        module = callee.partition(".")[0]
        if module not in ("gzip", "bz2", "lzma"):
            continue
        loops = reopening_loops(facts, operation)
        if loops:
            source = facts.source(operation.container)
            message = f"`{source}` is opened anew {facts.each_round(loops)}, with a compressor of its own: open it once"
            yield facts.finding(rule, operation.node, message, fix=around_loop(facts, operation, loops))
