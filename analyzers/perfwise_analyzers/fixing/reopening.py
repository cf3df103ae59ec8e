"""Loops that open the same file in each round, and the fix that opens it once."""

from __future__ import annotations

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.operations import Operation
from perfwise_analyzers.facts.operations.files import changes_files, same_file_loops
from perfwise_analyzers.facts.structure import Loop
from perfwise_analyzers.finding import Fix
from perfwise_analyzers.fixing.draft import Draft


def reopening_loops(facts: Facts, operation: Operation) -> list[Loop]:
    """The loops that add to the same file, or read the same file from its start, in each round."""
    mode = operation.spelling
    if "a" not in mode and (mode[:1] != "r" or "+" in mode):
        return []
    loops = same_file_loops(facts, operation)
    if "a" in mode:
        return [
            loop for loop in loops if not (isinstance(loop.node, n.While) and isinstance(loop.node.test, n.Constant))
        ]
    is_polled = any(isinstance(loop.node, n.While) or changes_files(facts, loop) for loop in loops)
    return [] if is_polled else loops


def around_loop(facts: Facts, operation: Operation, loops: list[Loop]) -> Fix | None:
    """`with` and `for` change places, where the one holds nothing but the other."""
    loop = loops[0].node
    match loop:
        case n.For(
            body=[n.With(items=[n.WithItem(context=context)], is_async=False) as block], orelse=[], is_async=False
        ):
            pass
        case _:
            return None
    if context is not operation.node or "a" not in operation.spelling or operation.place.loop is not loops[0]:
        return None
    text = facts.text
    outer_header, inner_header = (
        text[loop.start : loop.iter.end],
        text[block.start : block.body[0].start].split(":\n")[0],
    )
    header_end = block.start + len(inner_header)
    if (
        "\n" in outer_header + inner_header
        or not text.startswith(":\n", header_end)
        or text[loop.iter.end :][:2] != ":\n"
    ):
        return None
    draft = Draft(facts)
    draft.edit(loop.start, loop.iter.end, inner_header)
    draft.edit(block.start, header_end, outer_header)
    reason = "Until the loop ends what is written may not be in the file yet."
    return draft.fix("verify", f"Open `{facts.source(operation.container)}` once around the loop", reason)
