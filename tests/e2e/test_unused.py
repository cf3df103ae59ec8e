"""Comments that silence nothing, in the editor: greyed out, and removed by a fix that is never out of date."""

from __future__ import annotations

import pytest
from lsprotocol import types

from tests.e2e.conftest import capabilities_of

UNUSED = "def f(x: int) -> int:\n    return x + 1  # perfwise: ignore[PW101]\n\n\ndef g(x: int) -> int:\n    return x\n"
TOP = types.Range(types.Position(0, 0), types.Position(0, 0))


def capabilities(pulls: bool) -> types.ClientCapabilities:
    wanted = capabilities_of(pulls)
    wanted.text_document.publish_diagnostics.tag_support = types.ClientDiagnosticsTagOptions(
        [types.DiagnosticTag.Unnecessary]
    )
    return wanted


@pytest.mark.parametrize("pulls", [False, True], ids=["push", "pull"])
async def test_an_unused_comment_is_greyed_out_and_removed(start, uri, tmp_path, pulls):
    settings = {"reportUnusedSuppressions": True}
    async with start([tmp_path], pulls=pulls, settings=settings, capabilities=capabilities(pulls)) as editor:
        editor.open(uri, UNUSED)
        (hint,) = await editor.hints(uri, bool)
        assert (hint.code, hint.severity) == ("PW900", types.DiagnosticSeverity.Hint)
        assert [*(hint.tags or ())] == [types.DiagnosticTag.Unnecessary]
        assert (hint.range.start, hint.range.end) == (types.Position(1, 18), types.Position(1, 43))
        titles = [each.title for each in await editor.actions(uri, hint.range)]
        assert not any(title.startswith("Suppress") for title in titles)
        action = await editor.action(uri, hint.range, "Remove what silences nothing")
        editor.apply(action.edit)
        await editor.hints(uri, lambda hints: not hints)
        assert editor.models[uri].text == UNUSED.replace("  # perfwise: ignore[PW101]", "")


async def test_the_fix_follows_edits(start, uri, tmp_path):
    async with start([tmp_path], pulls=True, settings={"reportUnusedSuppressions": True}) as editor:
        editor.open(uri, UNUSED)
        await editor.hints(uri, bool)
        refreshes = editor.refreshes
        editor.edit(uri, [types.TextEdit(TOP, "import math\n\n")])
        (hint,) = await editor.hints(uri)
        assert hint.range.start == types.Position(3, 18)
        await editor.until(lambda: editor.refreshes > refreshes)
        action = await editor.fix(uri)
        editor.apply(action.edit)
        assert editor.models[uri].text == "import math\n\n" + UNUSED.replace("  # perfwise: ignore[PW101]", "")


async def test_unused_comments_are_left_alone_unless_asked_for(start, uri, tmp_path, quadratic):
    async with start([tmp_path]) as editor:
        editor.open(uri, UNUSED + quadratic)
        assert [hint.code for hint in await editor.hints(uri, bool)] == ["PW101"]
        editor.client.set_configuration({"reportUnusedSuppressions": True}, section="perfwise")
        editor.client.workspace_did_change_configuration(types.DidChangeConfigurationParams({}))
        await editor.hints(uri, lambda hints: [hint.code for hint in hints] == ["PW900", "PW101"])
