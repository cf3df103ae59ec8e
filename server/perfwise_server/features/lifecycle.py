"""Start, settings, workspace folders, and the end."""

from __future__ import annotations

import logging
import os
import platform
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lsprotocol import types

from perfwise_server import installed_version
from perfwise_server.client import Client
from perfwise_server.processes import is_alive
from perfwise_server.protocol import STATUS, Status

if TYPE_CHECKING:
    from perfwise_server.server import Server

log = logging.getLogger(__name__)

SECTION = "perfwise"
PROFILES = "perfwise-profiles"
PARENT_SECONDS = 2.0
EVIDENCE_SECONDS = 2.0


def initialized(ls: Server, _: types.InitializedParams) -> None:
    client = ls.session.client
    info = ls.protocol.client_info
    log.info(
        "Perfwise %s, Python %s, %s, pid %s, for %s; columns in %s, diagnostics %s",
        installed_version(),
        platform.python_version(),
        platform.platform(terse=True),
        ls.own_pid,
        f"{info.name} {info.version or ''}".strip() if info else "an unnamed client",
        client.utf,
        "pulled" if client.pulls else "pushed",
    )
    if ls.process_id:
        _watch_parent(ls, ls.process_id)
    if registrations := _registrations(client):
        ls.client_register_capability(types.RegistrationParams(registrations))
    ls.jobs.start("settings", _ask_settings(ls))
    _watch_evidence(ls)


def _watch_evidence(ls: Server) -> None:
    """Effect: what `perfwise run` shows is told of soon. Its file is in no folder that a client watches."""
    for buffer in ls.session.observe():
        ls.refresh(buffer)
    ls.jobs.later("evidence", EVIDENCE_SECONDS, lambda: _watch_evidence(ls))


def _registrations(client: Client) -> list[types.Registration]:
    wanted = []
    if client.watches_files:
        watched = types.DidChangeWatchedFilesRegistrationOptions([types.FileSystemWatcher("**/pyproject.toml")])
        wanted.append(types.Registration("perfwise-files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, watched))
    if client.registers_configuration:
        section = types.DidChangeConfigurationRegistrationOptions(SECTION)
        wanted.append(types.Registration("perfwise-settings", types.WORKSPACE_DID_CHANGE_CONFIGURATION, section))
    return wanted


def _watch_profiles(ls: Server) -> None:
    """Effect: the client tells of changes of the profiles that the settings name now, and of no others."""
    session = ls.session
    if not session.client.watches_files or session.profiles_watched == (paths := session.profile_paths()):
        return
    if session.profiles_watched:
        gone = types.Unregistration(PROFILES, types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
        ls.client_unregister_capability(types.UnregistrationParams([gone]))
    session.profiles_watched = paths
    if paths:
        watchers = [types.FileSystemWatcher(_pattern(session.client, path)) for path in paths]
        options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
        wanted = types.Registration(PROFILES, types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
        ls.client_register_capability(types.RegistrationParams([wanted]))


def _pattern(client: Client, path: Path) -> str | types.RelativePattern:
    return types.RelativePattern(path.parent.as_uri(), path.name) if client.watches_folders else f"**/{path.name}"


def _watch_parent(ls: Server, pid: int) -> None:
    """Effect: ends this process when the editor's is gone, even if something still holds its pipe open."""

    def look() -> None:
        if is_alive(pid):
            ls.jobs.later("parent", PARENT_SECONDS, look)
        else:
            log.error("the editor (process %s) is gone; ending", pid)
            logging.shutdown()
            os._exit(1)

    look()


async def did_change_configuration(ls: Server, params: types.DidChangeConfigurationParams) -> None:
    if ls.session.client.has_configuration:
        await _ask_settings(ls)
    else:
        given = params.settings
        _reconfigure(ls, {"": _mapping(given.get(SECTION, given) if isinstance(given, Mapping) else None)})


async def did_change_workspace_folders(ls: Server, params: types.DidChangeWorkspaceFoldersParams) -> None:
    for folder in params.event.removed:
        ls.session.folders.pop(folder.uri, None)
    ls.session.folders |= {folder.uri: folder.name for folder in params.event.added}
    await _ask_settings(ls)


def did_change_watched_files(ls: Server, _: types.DidChangeWatchedFilesParams) -> None:
    _reconfigure(ls, {})


async def _ask_settings(ls: Server) -> None:
    """Effect: the settings of every folder, as the client has them now, are in force."""
    folders = ["", *ls.session.folders]
    if not ls.session.client.has_configuration:
        _reconfigure(ls, {})
        return
    asked = [types.ConfigurationItem(scope_uri=folder or None, section=SECTION) for folder in folders]
    answers = await ls.workspace_configuration_async(types.ConfigurationParams(asked))
    _reconfigure(ls, {folder: _mapping(answer) for folder, answer in zip(folders, answers, strict=False)})


def _reconfigure(ls: Server, settings: Mapping[str, Mapping[str, Any]]) -> None:
    """Effect: besides, the profiles they name are watched, and the extension's status item tells the state. Other
    clients do not know the notification."""
    ls.reconfigure(settings)
    _watch_profiles(ls)
    if ls.session.client.commands:
        own = ls.session.settings("")
        status: Status = {
            "state": "ready" if own.enable else "off",
            "python": platform.python_version(),
            "version": installed_version(),
            "message": "; ".join(own.problems),
        }
        ls.protocol.send_plain(STATUS, status)


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def register(server: Server) -> None:
    server.feature(types.INITIALIZED)(initialized)
    server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)(did_change_configuration)
    server.feature(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)(did_change_workspace_folders)
    server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)(did_change_watched_files)
