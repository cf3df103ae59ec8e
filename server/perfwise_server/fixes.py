"""Hints into edits of the workspace: one fix, all safe ones of a file, a suppression."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from lsprotocol import types

from perfwise_analyzers.document import Document
from perfwise_analyzers.finding import Edit, Finding, Position, Span
from perfwise_analyzers.fix_all import fix_all
from perfwise_server.session import Buffer, Session

UNCHECKED = "perfwise-unchecked"
_IGNORE = re.compile(r"#\s*perfwise:\s*ignore\[([^\]]*)(?=\])")


def one(session: Session, buffer: Buffer, finding: Finding, *, is_agreed: bool = False) -> types.WorkspaceEdit:
    """The edit of a finding's fix. The finding must be current. `is_agreed`: the user said so, knowing what it is."""
    assert finding.fix is not None
    edits = buffer.analysis.edits_of(finding.fix)
    is_plain = is_agreed or finding.fix.level == "safe"
    return workspace_edit(session, buffer, edits) if is_plain else unchecked(session, buffer, edits)


def every_safe(session: Session, buffer: Buffer) -> types.WorkspaceEdit | None:
    """Those that fit together, the earlier ones first, and what they uncover; None when there is none."""
    mended = buffer.document.copy()
    current = list(filter(None, map(buffer.current, buffer.hints())))
    rounds = list(fix_all(mended, buffer.analysis.options, first=current))
    if not rounds:
        return None
    return workspace_edit(session, buffer, rounds[0].edits if len(rounds) == 1 else _difference(buffer, mended))


def replaced(
    session: Session, buffer: Buffer, changes: Iterable[tuple[int, int, Sequence[str]]]
) -> types.WorkspaceEdit:
    """Puts lines in the place of those from the first number up to the second, all of them of the text as it is."""
    document = buffer.document
    lines = [*map(document.line, range(document.line_count))]
    return workspace_edit(session, buffer, [_replacement(0, lines, *change) for change in changes])


def _difference(buffer: Buffer, mended: Document) -> Iterator[Edit]:
    """The edits, of whole lines, that make another document of the buffer's, cell by cell."""
    old = buffer.document
    for cell in range(1 if buffer.cells is None else len(buffer.cells)):
        (first, count), (start, length) = (
            (0, each.line_count) if buffer.cells is None else each.cell_span(cell) for each in (old, mended)
        )
        before = [*map(old.line, range(first, first + count))]
        after = [*map(mended.line, range(start, start + length))]
        for kind, i, j, from_, to in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
            if kind != "equal":
                yield _replacement(first, before, i, j, after[from_:to])


def _replacement(first: int, before: Sequence[str], i: int, j: int, lines: Sequence[str]) -> Edit:
    """Puts lines in the place of those from i to j; the last line has no end of its own."""
    if j < len(before):
        return Edit(Span(Position(first + i, 0), Position(first + j, 0)), "".join(f"{line}\n" for line in lines))
    end = Position(first + len(before) - 1, len(before[-1]))
    if i == 0:
        return Edit(Span(Position(first, 0), end), "\n".join(lines))
    start = Position(first + i - 1, len(before[i - 1]))
    return Edit(Span(start, end), "".join(f"\n{line}" for line in lines))


def unchecked(session: Session, buffer: Buffer, edits: Sequence[Edit]) -> types.WorkspaceEdit:
    """A fix that nothing has proved: where the client can, its edit asks to be looked at before it is made."""
    note = types.ChangeAnnotation("Not checked by a run: review before applying", needs_confirmation=True)
    return workspace_edit(session, buffer, edits, note if session.client.change_annotations else None)


def suppression(session: Session, buffer: Buffer, finding: Finding) -> types.WorkspaceEdit:
    """Adds the code to the comment that silences the line, or the comment to the line."""
    first, last = finding.span.start.line, finding.span.end.line
    number = last if buffer.document.line(first).endswith("\\") else first  # No comment can follow a backslash.
    line = buffer.document.line(number)
    if existing := _IGNORE.search(line):
        at, text = existing.end(1), f", {finding.code}"
    else:
        at, text = len(line.rstrip()), f"  # perfwise: ignore[{finding.code}]"
    return workspace_edit(session, buffer, [Edit(Span(Position(number, at), Position(number, at)), text)])


def is_safe(finding: Finding) -> bool:
    return finding.fix is not None and finding.fix.level == "safe"


def workspace_edit(
    session: Session, buffer: Buffer, edits: Iterable[Edit], note: types.ChangeAnnotation | None = None
) -> types.WorkspaceEdit:
    """Edits of a buffer as the client wants them: for the version they were computed from, if it can say so."""
    ending = buffer.line_ending
    documents: list[types.TextDocumentEdit] = []
    edits = list(edits)
    for view in session.views(buffer):
        own = [
            (view.range(session.units, view.clamped(edit.span)), edit.text.replace("\n", ending))
            for edit in edits
            if view.holds(edit.span.start.line) or (view.is_last and edit.span.start.line >= view.first + view.count)
        ]
        if own:
            documents.append(
                types.TextDocumentEdit(
                    types.OptionalVersionedTextDocumentIdentifier(view.uri, view.version),
                    [
                        types.AnnotatedTextEdit(UNCHECKED, place, text) if note else types.TextEdit(place, text)
                        for place, text in own
                    ],
                )
            )
    if session.client.versioned_edits:
        return types.WorkspaceEdit(document_changes=documents, change_annotations={UNCHECKED: note} if note else None)
    return types.WorkspaceEdit(
        changes={
            each.text_document.uri: [
                types.TextEdit(edit.range, edit.new_text) for edit in each.edits if hasattr(edit, "new_text")
            ]
            for each in documents
        }
    )
