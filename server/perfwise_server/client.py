"""What the editor at the other end said of itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from lsprotocol import types


@dataclass(frozen=True)
class Client:
    """Its capabilities, as the yes and no that the features ask for, and its initialization options."""

    pulls: bool = False
    refreshes_diagnostics: bool = False
    refreshes_lenses: bool = False
    refreshes_inlays: bool = False
    has_configuration: bool = False
    watches_files: bool = False
    watches_folders: bool = False  # Files of one folder, not only those of a name anywhere.
    registers_configuration: bool = False
    versions_in_diagnostics: bool = False
    greys_out: bool = False
    versioned_edits: bool = False
    change_annotations: bool = False
    resolves_actions: bool = False
    preferred_actions: bool = False
    shows_progress: bool = False
    shows_documents: bool = False
    applies_edits: bool = False
    markdown: bool = False
    utf: str = "utf-16"
    settings: dict[str, Any] = field(default_factory=dict)
    steady: bool = True
    heat: bool = False  # It shows the heat of lines itself: no labels of it among the inlay hints.
    keys: bool = False  # It keeps keys of model endpoints.
    models: bool = False  # It can ask the editor's own models.
    trusted: bool = True  # What is open may be run.
    commands: bool = False  # It is the extension: it has the commands of its palette.

    @staticmethod
    def of(params: types.InitializeParams, encoding: str) -> Client:
        given = params.initialization_options
        options = given if isinstance(given, dict) else {}
        settings = options.get("settings")
        text, workspace = params.capabilities.text_document, params.capabilities.workspace
        action = text and text.code_action
        resolve = action and action.resolve_support
        hover = text and text.hover
        push = text and text.publish_diagnostics
        tags = push and push.tag_support
        edit = workspace and workspace.workspace_edit
        watch = workspace and workspace.did_change_watched_files
        changes = workspace and workspace.did_change_configuration
        window = params.capabilities.window
        return Client(
            pulls=bool(text and text.diagnostic),
            refreshes_diagnostics=_refreshes(workspace and workspace.diagnostics),
            refreshes_lenses=_refreshes(workspace and workspace.code_lens),
            refreshes_inlays=_refreshes(workspace and workspace.inlay_hint),
            has_configuration=bool(workspace and workspace.configuration),
            registers_configuration=bool(changes and changes.dynamic_registration),
            watches_files=bool(watch and watch.dynamic_registration),
            watches_folders=bool(watch and watch.relative_pattern_support),
            versions_in_diagnostics=bool(push and push.version_support),
            greys_out=bool(tags and types.DiagnosticTag.Unnecessary in tags.value_set),
            versioned_edits=bool(edit and edit.document_changes),
            change_annotations=bool(edit and edit.change_annotation_support),
            resolves_actions=bool(action and action.data_support and resolve and "edit" in resolve.properties),
            preferred_actions=bool(action and action.is_preferred_support),
            shows_progress=bool(window and window.work_done_progress),
            shows_documents=bool(window and window.show_document and window.show_document.support),
            applies_edits=bool(workspace and workspace.apply_edit),
            markdown=bool(hover and types.MarkupKind.Markdown in (hover.content_format or ())),
            utf=encoding,
            settings=settings if isinstance(settings, dict) else {},
            steady=options.get("steadyHints") is not False,
            heat=_declares(options, "heat"),
            keys=_declares(options, "keys"),
            models=_declares(options, "models"),
            trusted=options.get("trusted") is not False,
            commands=options.get("clientCommands") is True,
        )


def _refreshes(capability: Any) -> bool:
    return bool(capability and capability.refresh_support)


def _declares(options: dict[str, Any], name: str) -> bool:
    """What only our own client can do, in `initializationOptions.client`."""
    declared = options.get("client")
    return isinstance(declared, dict) and declared.get(name) is True
