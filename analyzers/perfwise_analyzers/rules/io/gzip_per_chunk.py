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
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.finding import Finding
from perfwise_analyzers.fixing.reopening import around_loop, reopening_loops
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW608",
    name="gzip-per-chunk",
    summary="A compressed file is opened anew for each chunk that is added to it.",
    triggers=("for", "while"),
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
        Bad(
            code="""\
import io
import zlib


def packed(chunks):
    out = io.BytesIO()
    for chunk in chunks:
        out.write(zlib.compress(chunk))
    return len(chunks)
""",
            better="""\
import io
import zlib


def packed(chunks):
    out = io.BytesIO()
    compressor = zlib.compressobj()
    for chunk in chunks:
        out.write(compressor.compress(chunk))
    out.write(compressor.flush())
    return len(chunks)
""",
            call='packed([b"some bytes of a chunk" * 5] * 100)',
            level="advice",
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
        Good(
            "import gzip\n\ndef f(bodies):\n    return [gzip.compress(body) for body in bodies]\n",
            "Each is sent on its own.",
        ),
    ),
)

_COMPRESS = frozenset(f"{module}.compress" for module in ("gzip", "zlib", "bz2", "lzma"))


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
    for call in facts.structure.all(n.Call):
        callee = facts.inference.callee(call)
        if callee in _COMPRESS and facts.is_repeated(call) and _is_added(facts, call):
            made = "a `zlib.compressobj`" if callee == "zlib.compress" else "one compressed file around the loop"
            yield facts.finding(rule, call, f"Each chunk is compressed as a stream of its own: use {made}")


def _is_added(facts: Facts, call: n.Call) -> bool:
    """Whether what is compressed goes to the end of one and the same stream."""
    around = facts.structure.parent.get(call)
    loop = facts.place(call).loop
    match around:
        case n.Call(func=n.Attribute(value=stream, attr="write")) if loop is not None:
            return not facts.varies(stream, loop)
        case n.AugAssign(op="+", target=n.Name()) | n.Yield():
            return True
        case n.Comprehension():
            return _is_joined(facts, around)
        case n.Call(func=n.Attribute(value=n.Name(id=name), attr="append")):
            uses = facts.place(call).scope.uses.get(name, ())
            return any(_is_joined(facts, use) for use in uses)
    return False


def _is_joined(facts: Facts, expr: n.Expr) -> bool:
    """Whether all of it is put into one: `b"".join(...)`, or `file.writelines(...)`."""
    around = facts.structure.parent.get(expr)
    return (
        isinstance(around, n.Call)
        and isinstance(around.func, n.Attribute)
        and around.func.attr in ("join", "writelines")
    )
