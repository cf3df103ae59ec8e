"""Settings of the editor, projects and folders."""

from __future__ import annotations

from lsprotocol import types

NONE = types.Range(types.Position(0, 0), types.Position(0, 0))


def gone(found):
    return not found


async def test_settings_of_the_editor_change_what_is_shown(fresh_editor, uri, quadratic):
    fresh_editor.open(uri, quadratic)
    await fresh_editor.hints(uri, bool)
    for setting, shown in (
        ({"ignore": ["PW101"]}, False),
        ({"ignore": ["list-membership-in-loop"]}, False),
        ({"select": ["PW1xx"]}, True),
        ({"enable": False}, False),
        ({}, True),
    ):
        fresh_editor.client.set_configuration(setting, section="perfwise")
        fresh_editor.client.workspace_did_change_configuration(types.DidChangeConfigurationParams({}))
        await fresh_editor.hints(uri, bool if shown else gone)


async def test_a_project_overrides_the_editor_and_is_read_again_when_it_changes(fresh_editor, uri, quadratic, tmp_path):
    fresh_editor.open(uri, quadratic)
    await fresh_editor.hints(uri, bool)
    project = tmp_path / "pyproject.toml"
    for table, shown in (('ignore = ["PW101"]', False), ('exclude = ["shop.py"]', False), ("", True)):
        project.write_text(f"[tool.perfwise]\n{table}\n")
        event = types.FileEvent(project.as_uri(), types.FileChangeType.Changed)
        fresh_editor.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
        await fresh_editor.hints(uri, bool if shown else gone)


async def test_every_folder_has_its_own_settings(start, quadratic, tmp_path):
    loud, quiet = tmp_path / "loud", tmp_path / "quiet"
    for folder in (loud, quiet):
        folder.mkdir()
    (quiet / "pyproject.toml").write_text('[tool.perfwise]\nignore = ["PW101"]\n')
    async with start([loud, quiet]) as editor:
        for folder in (loud, quiet):
            editor.open((folder / "a.py").as_uri(), quadratic)
        assert len(await editor.hints((loud / "a.py").as_uri())) == 1
        assert await editor.hints((quiet / "a.py").as_uri()) == []
        editor.client.set_configuration({"perfwise": {"enable": False}}, scope_uri=loud.as_uri())
        editor.client.workspace_did_change_configuration(types.DidChangeConfigurationParams({}))
        await editor.hints((loud / "a.py").as_uri(), gone)


async def test_hints_on_save_wait_for_it_and_move_with_the_text(start, uri, quadratic, tmp_path):
    async with start([tmp_path], settings={"run": "onSave"}) as editor:
        editor.open(uri, quadratic.replace("in users", "in [users]"))
        assert await editor.hints(uri) == []
        editor.change(uri, "in [users]", "in users")
        assert await editor.hints(uri) == []
        editor.save(uri)
        (hint,) = await editor.hints(uri, bool)
        editor.edit(uri, [types.TextEdit(NONE, "import math\n\n\n")])
        (moved,) = await editor.hints(uri)
        assert moved.range.start.line == hint.range.start.line + 3
        assert any(each.is_preferred for each in await editor.actions(uri, moved.range))
        editor.change(uri, "in users", "in sorted(users)")
        (kept,) = await editor.hints(uri)
        assert not any(each.is_preferred for each in await editor.actions(uri, kept.range))


async def test_a_complexity_threshold_is_a_warning_that_moves_and_can_be_silenced(fresh_editor, uri):
    fresh_editor.client.set_configuration({"thresholds": {"cyclomatic": 2}}, section="perfwise")
    fresh_editor.client.workspace_did_change_configuration(types.DidChangeConfigurationParams({}))
    fresh_editor.open(uri, "def f(a, b):\n    if a:\n        return 1\n    if b:\n        return 2\n    return 3\n")
    (hint,) = await fresh_editor.hints(uri, bool)
    assert (hint.code, hint.severity) == ("PW901", types.DiagnosticSeverity.Warning)
    fresh_editor.edit(uri, [types.TextEdit(NONE, "import math\n\n")])
    (moved,) = await fresh_editor.hints(uri)
    assert moved.range.start.line == hint.range.start.line + 2
    action = await fresh_editor.action(uri, moved.range, "Suppress PW901")
    fresh_editor.apply(action.edit)
    fresh_editor.save(uri)
    await fresh_editor.hints(uri, gone)


async def test_a_broken_project_file_is_logged_and_the_hints_stay(fresh_editor, uri, quadratic, tmp_path):
    (tmp_path / "pyproject.toml").write_text("[tool.perfwise\n")
    fresh_editor.open(uri, quadratic)
    assert len(await fresh_editor.hints(uri, bool)) == 1
