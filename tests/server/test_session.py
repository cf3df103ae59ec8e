"""What is open, under which settings, and what a failure takes away."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from lsprotocol import types

from perfwise_analyzers import engine
from perfwise_analyzers.document import Document
from perfwise_analyzers.engine import Analysis
from perfwise_analyzers.rule import Rule
from perfwise_server.client import Client
from perfwise_server.session import Session

QUADRATIC = "def f(a: list[int], b: list[int]):\n    return [x for x in a if x in b]\n"
PROFILES = Path(__file__).resolve().parents[1] / "profiles"
URI = "untitled:shop.py"


def opened(text, uri=URI, session=None):
    session = session or Session()
    return session, session.open(types.TextDocumentItem(uri, "python", 1, text))


def change(session, line, start, end, text, version=2, uri=URI):
    place = types.Range(types.Position(line, start), types.Position(line, end))
    identifier = types.VersionedTextDocumentIdentifier(version, uri)
    return session.change(identifier, [types.TextDocumentContentChangePartial(place, text)])


def test_edits_are_followed_and_their_version_kept():
    session, buffer = opened("x = '😀'\r\ny = 1\r\n")
    change(session, 0, 5, 7, "é", version=7)
    assert buffer.document.text == "x = 'é'\r\ny = 1\r\n"
    assert session.view(URI).version == 7


def test_several_changes_of_one_message_each_mean_the_text_after_the_last():
    session, buffer = opened("ab\n")
    identifier = types.VersionedTextDocumentIdentifier(2, URI)
    at = types.Range(types.Position(0, 0), types.Position(0, 1))
    session.change(identifier, [types.TextDocumentContentChangePartial(at, text) for text in ("xy", "z")])
    assert buffer.document.text == "zyb\n"


@pytest.mark.parametrize("text", ["", "a", "a\n", "a\r\nb\rc\n\n"])
def test_a_whole_new_text_replaces_the_old(text):
    session, buffer = opened(text)
    identifier = types.VersionedTextDocumentIdentifier(2, URI)
    session.change(identifier, [types.TextDocumentContentChangeWholeDocument("new = 1\n")])
    assert buffer.document.text == "new = 1\n"


@pytest.mark.parametrize(("uri", "language"), [("git:/a.py", "python"), ("file:///a.txt", "plaintext")])
def test_what_is_none_of_ours_is_not_opened(uri, language):
    session = Session()
    assert session.open(types.TextDocumentItem(uri, language, 1, "")) is None
    assert session.view(uri) is None
    assert change(session, 0, 0, 0, "x", uri=uri) is None


def test_a_key_survives_edits_elsewhere_and_not_those_of_its_function():
    session, buffer = opened(QUADRATIC + "\n\ny = 1\n")
    (key,) = buffer.keys(buffer.hints())
    change(session, 4, 4, 5, "2")
    change(session, 0, 0, 0, "import math\n\n\n")
    assert buffer.find(key).span.start.line == 4
    change(session, 3, 4, 5, "g")
    assert buffer.find(key) is None


def test_equal_functions_have_keys_of_their_own():
    _, buffer = opened(QUADRATIC + "\n\n" + QUADRATIC)
    keys = buffer.keys(buffer.hints())
    assert len(set(keys)) == 2
    assert [buffer.find(key).span.start.line for key in keys] == [1, 5]


def test_the_innermost_folder_decides():
    session = Session()
    folders = [types.WorkspaceFolder(uri, "") for uri in ("file:///w", "file:///w/inner", "file:///w2")]
    session.start(Client(), folders)
    assert session.folder("file:///w/a.py") == "file:///w"
    assert session.folder("file:///w/inner/a.py") == "file:///w/inner"
    assert session.folder("file:///w22/a.py") == ""


@pytest.fixture
def fragile(monkeypatch):
    """With a rule that fails on one word."""
    rule = Rule("PW199", "fragile", "", triggers=("fragile",), bad=(), good=())

    @rule.check
    def check(_):
        raise RecursionError("too deep")

    engine._active.cache_clear()
    monkeypatch.setattr(engine, "RULES", (*engine.RULES, rule))
    yield
    engine._active.cache_clear()


@pytest.mark.usefixtures("fragile")
def test_a_failure_takes_the_hints_of_its_file_only_and_is_one_line_in_the_log(caplog):
    session, broken = opened(QUADRATIC + "# fragile\n")
    _, sound = opened(QUADRATIC, "untitled:other.py", session)
    assert broken.hints() == []
    assert len(sound.hints()) == 1
    (line,) = [record.getMessage() for record in caplog.records]
    assert line == f"could not analyse {URI}: RecursionError: too deep"
    assert broken.hints() == []
    assert len(caplog.records) == 1
    change(session, 2, 0, 9, "")
    assert len(broken.hints()) == 1


@pytest.mark.parametrize("seed", range(5))
def test_seconds_after_edits_are_those_of_a_fresh_analysis(tmp_path, seed):
    chance = random.Random(seed)
    for name in ("report.py", "report.json"):
        shutil.copy(PROFILES / name, tmp_path)
    text = (tmp_path / "report.py").read_text("utf-8")
    session = Session()
    session.start(Client(settings={"profile": "report.json"}), [types.WorkspaceFolder(tmp_path.as_uri(), "shop")])
    uri = (tmp_path / "report.py").as_uri()
    session, buffer = opened(text, uri, session)
    told = {each.message for each in buffer.hints()}
    assert len([message for message in told if " s in the profile: " in message]) == 3
    for version in range(2, 22):
        line = chance.randrange(buffer.document.line_count)
        change(session, line, 0, 0, chance.choice(["# More.\n", "\n\n", "x = 1\n", "    "]), version, uri)
        fresh = Analysis(Document(buffer.document.text), buffer.settings.options(buffer.path), buffer.analysis.hot)
        buffer.analyse_for(60)
        assert buffer.analysis.findings() == fresh.findings()
        for number in buffer.analysis.hot or ():
            assert f"{buffer.document.line(number - 1)}\n" in text
