"""What of the language server protocol is ours, and not as pygls has it."""

from __future__ import annotations

import json
from collections.abc import Generator, Mapping
from concurrent.futures import Future
from contextlib import suppress
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams
from pygls.protocol import LanguageServerProtocol, lsp_method

from perfwise_server.client import Client
from perfwise_server.protocol import WITH_PROGRESS
from perfwise_server.session import LANGUAGE, Session

METHODS = (
    types.TEXT_DOCUMENT_DID_OPEN,
    types.TEXT_DOCUMENT_DID_CHANGE,
    types.TEXT_DOCUMENT_DID_CLOSE,
    types.NOTEBOOK_DOCUMENT_DID_OPEN,
    types.NOTEBOOK_DOCUMENT_DID_CHANGE,
    types.NOTEBOOK_DOCUMENT_DID_CLOSE,
)
NOTEBOOKS = types.NotebookDocumentSyncOptions(
    [types.NotebookDocumentFilterWithNotebook("*", cells=[types.NotebookCellLanguage(LANGUAGE)])], save=True
)


class Protocol(LanguageServerProtocol):
    """pygls keeps a second copy of every text, which costs the length of the file at each key: ours is the only one."""

    session: Session  # The server gives it.
    client_info: types.ClientInfo | None = None

    def _register_builtin_features(self) -> None:
        super()._register_builtin_features()  # type: ignore[no-untyped-call]
        for method in (*METHODS, types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS):
            self.fm.builtin_features.pop(method)

    @lsp_method(types.INITIALIZE)
    def lsp_initialize(self, params: types.InitializeParams) -> Generator[Any, Any, types.InitializeResult]:
        result = yield from super().lsp_initialize(params)
        encoding = result.capabilities.position_encoding or types.PositionEncodingKind.Utf16
        client = Client.of(params, getattr(encoding, "value", encoding))
        if not client.pulls:
            result.capabilities.diagnostic_provider = None
        self.client_info = params.client_info
        self.session.start(client, params.workspace_folders or _only_folder(params))
        return result

    @lsp_method(types.WORKSPACE_EXECUTE_COMMAND)
    def lsp_workspace__execute_command(self, params: types.ExecuteCommandParams) -> Generator[Any, Any, Any]:
        """pygls keeps the progress token to itself: here it is the last argument of the commands that want it."""
        if params.command in WITH_PROGRESS:
            params.arguments = [*(params.arguments or ()), params.work_done_token]
        return (yield from super().lsp_workspace__execute_command(params))

    def request(self) -> Future[Any] | None:
        """The request being answered. Cancelled by the client, it leaves a command running, which may look here."""
        return self._request_futures.get(self.msg_id) if self.msg_id is not None else None

    def receive(self, body: bytes) -> None:
        """Takes one message, whatever is wrong with it."""
        try:
            self.handle_message(json.loads(body, object_hook=self.structure_message))
        except Exception as error:
            self._server.report_server_error(error, JsonRpcException)
            with suppress(ValueError, TypeError, KeyError):  # What is no JSON, or no request, has no reply.
                message = json.loads(body)
                if "method" in message:
                    self._send_response(message["id"], error=JsonRpcInvalidParams.of(error).to_response_error())

    def handle_message(self, message: Any) -> None:
        """Refuses requests out of turn, which pygls would answer, or leave without a reply."""
        method = getattr(message, "method", None)
        if method and hasattr(message, "id") and (refusal := self._refusal(method)):
            self._send_response(message.id, error=types.ResponseError(refusal.value, f"{method}: {refusal.name}"))
        else:
            super().handle_message(message)

    def _refusal(self, method: str) -> types.ErrorCodes | None:
        if self._shutdown:
            return types.ErrorCodes.InvalidRequest
        if method == types.INITIALIZE:
            return types.ErrorCodes.InvalidRequest if self._workspace else None
        return None if self._workspace else types.ErrorCodes.ServerNotInitialized

    def send_plain(self, method: str, params: Mapping[str, Any]) -> None:
        """A notification that is JSON already."""
        self._send_data({"jsonrpc": self.VERSION, "method": method, "params": params})

    def _serialize_message(self, data: Any) -> Any:
        """Replies whose result is JSON already go out as they are; pygls would copy them value by value."""
        if isinstance(getattr(data, "result", None), (dict, list)) and hasattr(data, "id"):
            return {"id": data.id, "jsonrpc": data.jsonrpc, "result": data.result}
        return super()._serialize_message(data)


def _only_folder(params: types.InitializeParams) -> list[types.WorkspaceFolder]:
    """From clients that know of one root only."""
    return [types.WorkspaceFolder(params.root_uri, "")] if params.root_uri else []
