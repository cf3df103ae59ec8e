"""Hints into edits of the workspace: one fix, all safe ones of a file, a suppression."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from lsprotocol import types

from perfwise_analyzers.finding import Edit, Finding, Position, Span
from perfwise_analyzers.fixing.edits import compose
from perfwise_server.session import Buffer, Session

UNCHECKED = "perfwise-unchecked"
_IGNORE = re.compile(r"#\s*perfwise:\s*ignore\[([^\]]*)(?=\])")


def one(session: Session, buffer: Buffer, finding: Finding) -> types.WorkspaceEdit:
    """The edit of a finding's fix. The finding must be current."""
    assert finding.fix is not None
    edits = buffer.analysis.edits_of(finding.fix)
    return workspace_edit(session, buffer, edits) if finding.fix.level == "safe" else unchecked(session, buffer, edits)


def every_safe(session: Session, buffer: Buffer) -> types.WorkspaceEdit | None:
    """Those that fit together, the earlier ones first; None when there is none."""
    current = filter(None, map(buffer.current, buffer.hints()))
    fixes = [finding.fix for finding in current if finding.fix and finding.fix.level == "safe"]
    edits = compose(map(buffer.analysis.edits_of, fixes)).edits
    return workspace_edit(session, buffer, edits) if edits else None


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
