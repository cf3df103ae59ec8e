"""What the extension and the server both say, they say alike."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, get_type_hints

import pytest

from perfwise_server import installed_version, protocol
from perfwise_server.configuration import KEYS, Settings, editor_settings

ROOT = Path(__file__).resolve().parents[2]
MANIFEST = json.loads((ROOT / "package.json").read_text("utf-8"))
CONTRIBUTES = MANIFEST["contributes"]
SETTINGS: dict[str, dict[str, Any]] = {
    name.removeprefix("perfwise."): schema for name, schema in CONTRIBUTES["configuration"]["properties"].items()
}
CLIENT_ONLY = {"trace.server"}
PROTOCOL = (ROOT / "client" / "src" / "protocol.ts").read_text("utf-8")
COMMANDS = (ROOT / "client" / "src" / "commands.ts").read_text("utf-8")
SERVER_FIELDS = {key.editor: key.field for key in KEYS if key.editor}
REFUSED: dict[str, Any] = {"boolean": "yes", "string": 1, "array": [1], "integer": 1.5, "number": "1"}


def nested(name: str, value: Any) -> dict[str, Any]:
    outer, _, inner = name.partition(".")
    return {outer: {inner: value}} if inner else {outer: value}


def test_settings_have_the_same_names() -> None:
    assert set(SETTINGS) == {*SERVER_FIELDS, *CLIENT_ONLY}


@pytest.mark.parametrize("name", SERVER_FIELDS)
def test_settings_have_the_same_default(name: str) -> None:
    ours = getattr(Settings(), SERVER_FIELDS[name])
    assert SETTINGS[name]["default"] == (list(ours) if isinstance(ours, tuple) else ours)


@pytest.mark.parametrize("name", SERVER_FIELDS)
def test_the_server_takes_what_the_editor_offers_and_nothing_else(name: str) -> None:
    schema = SETTINGS[name]
    for value in (schema["default"], *schema.get("enum", ())):
        assert editor_settings(nested(name, value)).problems == ()
    refused = [REFUSED[schema["type"]], *(["neither"] if "enum" in schema else ())]
    for value in refused:
        assert len(editor_settings(nested(name, value)).problems) == 1


def test_methods_and_commands_of_the_server_are_spelled_alike() -> None:
    mirrored = set(re.findall(r'"(perfwise[^"]*)"', PROTOCOL))
    assert mirrored <= {value for value in vars(protocol).values() if isinstance(value, str)}
    assert {protocol.SOURCE, protocol.RULES, protocol.PAGE, protocol.STATUS} <= mirrored


@pytest.mark.parametrize("name", re.findall(r"interface (\w+)", PROTOCOL))
def test_payloads_have_the_same_fields(name: str) -> None:
    def fields(interface: str) -> set[str]:
        match = re.search(rf"interface {interface}(?: extends (\w+))? {{(.*?)}}", PROTOCOL, re.DOTALL)
        assert match
        base, body = match.groups()
        return set(re.findall(r"readonly (\w+)\??:", body)) | (fields(base) if base else set())

    assert fields(name) == set(get_type_hints(getattr(protocol, name)))


def test_the_status_has_the_same_states() -> None:
    match = re.search(r"readonly state: (.*);", PROTOCOL)
    assert match
    states = get_type_hints(protocol.Status)["state"].__args__
    assert tuple(json.loads(f"[{match[1].replace(' |', ',')}]")) == states


def test_every_command_of_the_palette_is_implemented() -> None:
    declared = {command["command"] for command in CONTRIBUTES["commands"]}
    assert declared == set(re.findall(r'^ +"(perfwise\.\w+)":', COMMANDS, re.MULTILINE))
    assert protocol.SHOW_HINTS in declared
    for place in ("menus", "keybindings"):
        assert set(re.findall(r'"command": "(perfwise\.[^"]*)"', json.dumps(CONTRIBUTES[place]))) <= declared


def test_links_of_the_walkthrough_lead_somewhere() -> None:
    declared = {command["command"] for command in CONTRIBUTES["commands"]}
    for step in CONTRIBUTES["walkthroughs"][0]["steps"]:
        assert (ROOT / step["media"]["markdown"]).is_file()
        assert set(re.findall(r"\(command:(perfwise[^?)]*)", step["description"])) <= declared


def test_one_version_and_one_description() -> None:
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    for key in ("version", "description"):
        assert f'\n{key} = "{MANIFEST[key]}"\n' in project
    assert installed_version() == MANIFEST["version"]


def test_the_editor_is_asked_to_guard_what_a_workspace_must_not_choose() -> None:
    untrusted = MANIFEST["capabilities"]["untrustedWorkspaces"]
    assert untrusted["supported"] == "limited"
    guarded = ("interpreter", "importStrategy", "model.provider", "model.baseUrl", "model.name")
    assert set(untrusted["restrictedConfigurations"]) == {f"perfwise.{name}" for name in guarded}
