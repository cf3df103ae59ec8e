"""Hints of files while they are typed, for clients that are told and for clients that ask."""

from __future__ import annotations

import itertools

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

pytestmark = pytest.mark.asyncio(loop_scope="module")

CODE = "PW101"


def everywhere(text):
    return types.Range(types.Position(0, 0), types.Position(text.count("\n"), 0))


async def test_a_quadratic_loop_is_hinted(editor, uri, quadratic):
    editor.open(uri, quadratic)
    (hint,) = await editor.hints(uri)
    assert (hint.code, hint.source) == (CODE, "perfwise")
    assert hint.severity == types.DiagnosticSeverity.Information
    line = quadratic.splitlines()[hint.range.start.line]
    assert "order in users" in line


async def test_only_one_of_push_and_pull_is_used(editor, uri, quadratic):
    editor.open(uri, quadratic)
    await editor.hints(uri)
    advertised = editor.client.protocol  # The reply to a pull is an error where it is not offered.
    assert advertised is not None
    assert (editor.publications > 0) is not editor.pulls


async def test_typing_brings_the_hint_and_the_fix_takes_it_away(editor, uri, quadratic):
    editor.open(uri, quadratic.replace("order in users", "order"))
    assert await editor.hints(uri) == []
    for before, after in itertools.pairwise(("", " i", " in", " in u", " in use", " in users")):
        editor.change(uri, f"if order{before}:", f"if order{after}:")
    (hint,) = await editor.hints(uri, bool)
    assert hint.code == CODE
    action = await editor.fix(uri)
    editor.apply(action.edit)
    assert await editor.hints(uri, lambda found: not found) == []
    compile(editor.models[uri].text, uri, "exec")


async def test_a_fix_that_nothing_proved_asks_to_be_reviewed_and_is_never_in_fix_all(editor, uri, quadratic):
    editor.open(uri, quadratic.replace("list[int]", "list"))
    (hint,) = await editor.hints(uri, bool)
    actions = await editor.actions(uri, hint.range)
    (offered,) = [each for each in actions if each.title.endswith("(not checked)")]
    assert not offered.is_preferred
    assert not any(each.kind == "source.fixAll.perfwise" for each in actions)
    resolved = await editor.client.code_action_resolve_async(offered)
    (label,) = {each.annotation_id for change in resolved.edit.document_changes for each in change.edits}
    assert resolved.edit.change_annotations[label].needs_confirmation
    editor.apply(resolved.edit)
    assert await editor.hints(uri, lambda found: not found) == []


async def test_unchecked_fixes_are_made_on_request(editor, uri, quadratic):
    editor.open(uri, quadratic.replace("list[int]", "list"))
    (hint,) = await editor.hints(uri, bool)
    (offered,) = [each for each in await editor.actions(uri, hint.range) if each.title.endswith("(not checked)")]
    editor.applied.clear()
    asked = types.ExecuteCommandParams("perfwise.server.applyUnchecked", [uri, offered.data["key"]])
    assert await editor.client.workspace_execute_command_async(asked) is True
    await editor.until(lambda: bool(editor.applied))
    assert editor.applied[-1].edit.change_annotations
    gone = types.ExecuteCommandParams("perfwise.server.applyUnchecked", [uri, "no such key"])
    assert await editor.client.workspace_execute_command_async(gone) is False


async def test_undo_brings_the_hint_back(editor, uri, quadratic):
    editor.open(uri, quadratic)
    action = await editor.fix(uri)
    editor.apply(action.edit)
    await editor.hints(uri, lambda found: not found)
    editor.edit(uri, [types.TextEdit(everywhere(editor.models[uri].text), quadratic)])
    assert editor.models[uri].text == quadratic
    (hint,) = await editor.hints(uri, bool)
    assert hint.code == CODE


async def test_suppress_here_silences_the_line_and_parses(editor, uri, quadratic):
    editor.open(uri, quadratic)
    (hint,) = await editor.hints(uri)
    action = await editor.action(uri, hint.range, f"Suppress {CODE}")
    editor.apply(action.edit)
    assert f"# perfwise: ignore[{CODE}]" in editor.models[uri].text
    assert await editor.hints(uri, lambda found: not found) == []


async def test_a_stale_action_is_refused_and_typing_elsewhere_does_not_make_it_stale(editor, uri, quadratic):
    editor.open(uri, quadratic + "\n\ndef other():\n    return 1\n")
    (hint,) = await editor.hints(uri)
    (offered,) = [each for each in await editor.actions(uri, hint.range) if each.is_preferred]
    assert offered.edit is None
    editor.change(uri, "return 1", "return 2")
    editor.edit(uri, [types.TextEdit(types.Range(types.Position(0, 0), types.Position(0, 0)), "import math\n\n")])
    resolved = await editor.client.code_action_resolve_async(offered)
    assert resolved.edit is not None
    editor.change(uri, "found.append(order)", "found.append(order + 1)")
    with pytest.raises(JsonRpcException, match="changed since"):
        await editor.client.code_action_resolve_async(offered)


async def test_a_fix_is_refused_when_what_it_depended_on_changed(editor, uri, quadratic):
    source = "def users_of() -> list[int]:\n    return [1, 2]\n"
    use = quadratic.replace(", users: list[int]", "").replace(
        "    found = []\n", "    found = []\n    users = users_of()\n"
    )
    text = f"{source}\n\n{use}"
    editor.open(uri, text)
    (hint,) = await editor.hints(uri)
    (offered,) = [each for each in await editor.actions(uri, hint.range) if each.is_preferred]
    editor.change(uri, "-> list[int]:\n    return [1, 2]", "-> set[int]:\n    return {1, 2}")
    assert await editor.hints(uri, lambda found: not found) == []
    with pytest.raises(JsonRpcException, match="changed since"):
        await editor.client.code_action_resolve_async(offered)


async def test_broken_source_keeps_its_hint_in_place_without_a_fix(editor, uri, quadratic):
    editor.open(uri, quadratic)
    (hint,) = await editor.hints(uri)
    editor.edit(uri, [types.TextEdit(types.Range(types.Position(2, 0), types.Position(2, 0)), "    x = (\n")])
    (kept,) = await editor.hints(uri)
    assert kept.range.start.line == hint.range.start.line + 1
    assert all(
        not each.title.startswith("Suppress") and not each.is_preferred
        for each in await editor.actions(uri, kept.range)
    )
    editor.change(uri, "x = (", "x = ()")
    (back,) = await editor.hints(uri)
    assert back.range == kept.range


async def test_context_only_is_respected(editor, uri, quadratic):
    editor.open(uri, quadratic)
    (hint,) = await editor.hints(uri)
    kinds = {each.kind for each in await editor.actions(uri, hint.range)}
    assert kinds == {"quickfix", "source.fixAll.perfwise"}
    for only, expected in (
        ("quickfix", {"quickfix"}),
        ("source.fixAll", {"source.fixAll.perfwise"}),
        ("source", {"source.fixAll.perfwise"}),
        ("refactor", set()),
        ("source.fixAll.perfwis", set()),
    ):
        assert {each.kind for each in await editor.actions(uri, hint.range, [only])} == expected


async def test_fix_all_mends_every_function_in_one_edit(editor, uri, quadratic):
    editor.open(uri, quadratic + "\n\n" + quadratic.replace("common", "again"))
    assert len(await editor.hints(uri)) == 2
    place = types.Range(types.Position(0, 0), types.Position(0, 0))
    (offered,) = await editor.actions(uri, place, ["source.fixAll.perfwise"])
    resolved = await editor.client.code_action_resolve_async(offered)
    editor.apply(resolved.edit)
    assert await editor.hints(uri, lambda found: not found) == []
    compile(editor.models[uri].text, uri, "exec")


async def test_hover_tells_cost_fix_and_page(editor, uri, quadratic):
    editor.open(uri, quadratic)
    (hint,) = await editor.hints(uri)
    where = types.HoverParams(types.TextDocumentIdentifier(uri), hint.range.start)
    told = await editor.client.text_document_hover_async(where)
    assert told.range == hint.range
    assert told.contents.kind == types.MarkupKind.Markdown
    for words in (CODE, hint.message, "O(", "safe"):
        assert words in told.contents.value
    nowhere = types.HoverParams(types.TextDocumentIdentifier(uri), types.Position(1, 0))
    assert await editor.client.text_document_hover_async(nowhere) is None


async def test_the_lens_is_above_the_function_and_resolved_late(editor, uri, quadratic):
    editor.open(uri, "def innocent():\n    return 1\n\n\n" + quadratic)
    await editor.hints(uri)
    (lens,) = await editor.client.text_document_code_lens_async(types.CodeLensParams(types.TextDocumentIdentifier(uri)))
    assert lens.command is None
    assert lens.range.start == types.Position(4, 4)
    resolved = await editor.client.code_lens_resolve_async(lens)
    assert " -> O(" in resolved.command.title
    assert "len(users)" in resolved.command.title


async def test_the_inlay_hint_is_at_the_end_of_the_line(editor, uri, quadratic):
    editor.open(uri, quadratic)
    (hint,) = await editor.hints(uri)
    asked = types.InlayHintParams(types.TextDocumentIdentifier(uri), everywhere(quadratic))
    (inlay,) = await editor.client.text_document_inlay_hint_async(asked)
    line = hint.range.start.line
    assert inlay.position == types.Position(line, len(quadratic.splitlines()[line]))
    assert "len(users)" in inlay.label


async def test_explain_answers_with_the_page(editor):
    asked = types.ExecuteCommandParams("perfwise.server.explain", [CODE])
    reply = await editor.client.workspace_execute_command_async(asked)
    assert (reply["code"], reply["name"]) == (CODE, "list-membership-in-loop")
    with pytest.raises(JsonRpcException, match="unknown rule"):
        await editor.client.workspace_execute_command_async(
            types.ExecuteCommandParams("perfwise.server.explain", ["PW000"])
        )


async def test_the_rules_and_their_pages_can_be_asked_for(editor):
    rules = await editor.client.protocol.send_request_async("perfwise/rules", {})
    summary = next(rule for rule in rules if rule["code"] == CODE)
    assert summary["name"] == "list-membership-in-loop"
    assert summary["summary"]
    page = await editor.client.protocol.send_request_async("perfwise/page", {"code": CODE})
    assert "## What it costs" in page.markdown
    assert page.uri.endswith("/list-membership-in-loop.md")


async def test_fix_file_asks_the_editor_for_the_edit(editor, uri, quadratic):
    editor.open(uri, quadratic)
    await editor.hints(uri)
    editor.applied.clear()
    asked = types.ExecuteCommandParams("perfwise.server.fixFile", [uri])
    assert await editor.client.workspace_execute_command_async(asked) is True
    await editor.until(lambda: bool(editor.applied))
    editor.apply(editor.applied[-1].edit)
    assert await editor.hints(uri, lambda found: not found) == []


@pytest.mark.parametrize("scheme", ["git", "output", "vscode-scm"])
async def test_documents_of_other_schemes_are_left_alone(editor, uri, quadratic, scheme):
    other = uri.replace("file:", f"{scheme}:")
    editor.open(other, quadratic)
    editor.open(uri, quadratic)
    await editor.hints(uri, bool)
    assert other not in editor.published
    assert await editor.actions(other, everywhere(quadratic)) == []


async def test_untitled_buffers_are_hinted(editor, quadratic):
    editor.open("untitled:Untitled-1", quadratic)
    assert len(await editor.hints("untitled:Untitled-1", bool)) == 1


async def test_closing_takes_the_hints_away(editor, uri, quadratic):
    editor.open(uri, quadratic)
    await editor.hints(uri, bool)
    editor.client.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri)))
    if editor.pulls:
        assert await editor.pull(uri) == []
    else:
        await editor.until(lambda: not editor.published[uri].diagnostics)


COSTLY = "def pairs(xs):\n    return [(a, b) for a in xs for b in xs]\n\n\ndef first(xs):\n    return xs[0]\n"


async def test_a_function_that_costs_more_than_its_input_is_long_has_a_lens_and_a_derivation(editor, uri):
    editor.open(uri, COSTLY)
    document = types.TextDocumentIdentifier(uri)
    (lens,) = await editor.client.text_document_code_lens_async(types.CodeLensParams(document))
    assert (lens.range.start.line, lens.command) == (0, None)
    assert (await editor.client.code_lens_resolve_async(lens)).command.title == "O(len(xs)^2)"
    told = await editor.client.text_document_hover_async(types.HoverParams(document, types.Position(0, 5)))
    assert "costs `O(len(xs)^2)`" in told.contents.value
    assert "line 2: " in told.contents.value
    told = await editor.client.text_document_hover_async(types.HoverParams(document, types.Position(4, 5)))
    assert "costs `O(1)`" in told.contents.value
    editor.change(uri, " for b in xs", "")
    assert not await editor.client.text_document_code_lens_async(types.CodeLensParams(document))
