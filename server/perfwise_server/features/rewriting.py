"""Faster versions of a function: asked of the rules and of a model, checked, and accepted by the user."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from itertools import count
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from perfwise_server import fixes
from perfwise_server.jobs import MEASURING, refusal
from perfwise_server.protocol import (
    ACCEPT_REWRITE,
    AGREE_TO_MODEL,
    KEY,
    MODEL,
    MODEL_PLAN,
    MODELS,
    REVOKE_MODEL,
    REWRITE_TEXT,
    REWRITES,
    SUGGEST,
    AcceptReply,
    ModelPlan,
    ModelsReply,
    Rewrites,
    RewriteText,
    SuggestRequest,
)

if TYPE_CHECKING:
    from pathlib import Path

    from perfwise_server.improvement import Job
    from perfwise_server.rewrite_replies import Suggestion
    from perfwise_server.rewriting.guarded import Guarded
    from perfwise_server.rewriting.merging import Change
    from perfwise_server.server import Server
    from perfwise_server.session import Buffer, View

STALE = "The code changed since, so what was found no longer holds. Ask again."
CANCELLED = "It was cancelled, and nothing was changed."
NO_FUNCTION = "There is no function here that could be called: put the cursor into one."
NOTEBOOK = "Rewrites are of functions in files: move the function into a module to have one suggested."
AGREE, NOT_NOW, APPLY = "Agree", "Not Now", "Apply"
KEPT = 8  # Suggestions that can still be accepted.

_numbers = count(1)


async def suggest(
    ls: Server, uri: str, request: SuggestRequest, python: str, token: types.ProgressToken | None
) -> Rewrites:
    """Effect: tells the client of every rewrite as soon as it is checked. Raises JsonRpcException."""
    from perfwise_server.checking.errors import CheckError
    from perfwise_server.rewrite_replies import Suggestion, reply
    from perfwise_server.rewriting.kept import KeptError
    from perfwise_server.rewriting.providers.provider import ProviderError
    from perfwise_server.verifying.dependence import needed

    view = _runnable(ls, uri)
    job = _job(view, request, python)
    parts = needed(job.text, job.function)
    found = Suggestion(next(_numbers), uri, view.buffer.path, job.function, job.text, parts, False)
    try:
        async with _model(ls, view.buffer, request) as model:
            found.asked = model is not None and await _is_agreed(ls, model)
            work = _run(ls, found, job, model if found.asked else None, token)
            _keep(ls, found)
            await ls.answer(MEASURING, work, CANCELLED)
    except (KeptError, ProviderError) as error:
        problem = str(error)
        raise refusal(f"{problem[:1].upper()}{problem[1:]}.") from None
    except (CheckError, OSError) as error:
        raise refusal(str(error)) from None
    result = reply(found)
    if not ls.session.client.commands:
        await _tell(ls, found, result)
    return result


async def _run(
    ls: Server, found: Suggestion, job: Job, model: Guarded | None, token: types.ProgressToken | None
) -> None:
    from perfwise_server.improve import improve
    from perfwise_server.rewrite_replies import reply

    def add(candidate: Any) -> None:
        found.add(candidate)
        ls.protocol.send_plain(REWRITES, reply(found))

    title = f"Looking for a faster version of {found.function}"
    async with ls.showing_progress(title, token, lambda: ls.jobs.cancel(MEASURING)) as report:
        try:
            found.improvement = await improve(job, lambda message: report(message, None), add, model)
        finally:
            found.running = False
            if found.improvement or found.offered:  # What was cancelled with nothing to offer is over.
                ls.protocol.send_plain(REWRITES, reply(found))


async def plan(ls: Server, uri: str, request: SuggestRequest, python: str) -> ModelPlan:
    """What a suggestion would send. Nothing is sent, and nothing is run. Raises JsonRpcException."""
    from perfwise_server import model_access
    from perfwise_server.checking.errors import CheckError
    from perfwise_server.improve import first_question
    from perfwise_server.rewriting.consent import has_consent
    from perfwise_server.rewriting.guarded import NoConsentError
    from perfwise_server.rewriting.providers.provider import ProviderError

    view = _runnable(ls, uri)
    job = _job(view, request, python)
    settings = view.buffer.settings
    found: ModelPlan = {
        "function": job.function,
        "provider": "",
        "model": "",
        "where": "",
        "agreed": False,
        "thorough": job.effort == "thorough",
        "prompt": "",
        "requests": 0,
        "tokensIn": 0,
        "tokensOut": 0,
        "price": "",
        "problem": "",
    }
    try:
        async with _model(ls, view.buffer, request) as model:
            if model is None:
                return found
            found |= {"provider": model.name, "model": model.model, "where": model.where}
            found["agreed"] = has_consent(model)
            with suppress(NoConsentError):
                model.check()
            if found["agreed"] and not found["thorough"]:
                return found  # Nobody is asked again, so nobody reads what it would take.
            messages = await first_question(job)
            estimate = model_access.estimate(settings, model, messages, _source(job))
            found["prompt"] = model_access.shown_prompt(messages)
            found |= {"requests": estimate.requests, "price": estimate.price}
            found |= {"tokensIn": estimate.tokens_in, "tokensOut": estimate.tokens_out}
    except ProviderError as error:
        found["problem"] = str(error)
    except (CheckError, OSError) as error:
        raise refusal(str(error)) from None
    return found


async def agree(ls: Server, uri: str, provider: str, where: str) -> bool:
    """Effect: the user's consent to what was shown is kept, if the settings still name it."""
    from perfwise_server.rewriting import consent
    from perfwise_server.rewriting.kept import KeptError
    from perfwise_server.rewriting.providers.provider import ProviderError

    try:
        async with _model(ls, _runnable(ls, uri).buffer, {"model": True}) as model:
            if model is None or (model.name, model.where) != (provider, where):
                return False
            consent.agree(model)
    except (KeptError, ProviderError) as error:
        raise refusal(f"{error}.") from None
    return True


def revoke(where: str) -> int:
    from perfwise_server.rewriting import consent
    from perfwise_server.rewriting.kept import KeptError

    try:
        return consent.revoke(where)
    except KeptError as error:
        raise refusal(f"{error}.") from None


async def models() -> ModelsReply:
    """Those that run on this machine, who may be asked, and what was spent today."""
    from perfwise_server import model_access
    from perfwise_server.rewriting.consent import consents
    from perfwise_server.rewriting.kept import KeptError
    from perfwise_server.rewriting.providers.discovery import found_here
    from perfwise_server.rewriting.spending import today

    try:
        spent = model_access.told(today())
    except KeptError as error:
        spent = f"{error}."
    return {
        "found": [
            {"name": each.name, "baseUrl": each.base_url, "models": [*each.models]} for each in await found_here()
        ],
        "consents": [
            {
                "provider": each.provider,
                "where": each.where,
                "when": datetime.fromtimestamp(each.given).isoformat(" ", "minutes"),
            }
            for each in consents()
        ],
        "spent": spent,
    }


def text_of(ls: Server, number: int, key: int) -> RewriteText:
    """The text as it is now with a rewrite in it, or as it was with it where that no longer goes together."""
    found = _suggestion(ls, number)
    view = ls.session.view(found.uri)
    changes = _changes(found, key, view) if view else None
    if view is None or changes is None:
        return {"text": found.seen[key].text, "stale": True}
    document = view.buffer.document
    lines = [*map(document.line, range(document.line_count))]
    for start, end, new in reversed(changes):
        lines[start:end] = new
    return {"text": "\n".join(lines), "stale": False}


async def accept(ls: Server, number: int, key: int) -> AcceptReply:
    """Effect: asks the client to make one edit, the rewrite with what it needs. Raises JsonRpcException."""
    found = _suggestion(ls, number)
    view = ls.session.view(found.uri)
    changes = _changes(found, key, view) if view else None
    if view is None or changes is None:
        raise refusal(STALE)
    edit = fixes.replaced(ls.session, view.buffer, changes)
    done = await ls.workspace_apply_edit_async(
        types.ApplyWorkspaceEditParams(edit, f"A faster version of {found.function}")
    )
    if not done.applied:
        raise refusal(STALE)
    ls.session.suggestions.pop(number, None)
    return {"message": f"{found.function} was replaced."}


def _changes(found: Suggestion, key: int, view: View) -> list[Change] | None:
    """None where the function, or what it depends on, is not what it was."""
    from perfwise_server.rewriting.merging import merged
    from perfwise_server.verifying.dependence import holds

    candidate = found.seen[key]
    now = view.buffer.document.text
    return merged(found.text, candidate.text, now) if candidate.is_offered and holds(found.parts, now) else None


def _suggestion(ls: Server, number: int) -> Suggestion:
    if found := ls.session.suggestions.get(number):
        return found
    raise refusal(STALE)


def _keep(ls: Server, found: Suggestion) -> None:
    kept = ls.session.suggestions
    kept[found.id] = found
    while len(kept) > KEPT:
        del kept[min(kept)]


def _runnable(ls: Server, uri: str) -> View:
    view = ls.runnable(uri)
    if view.buffer.cells is not None:
        raise refusal(NOTEBOOK)
    return view


def _job(view: View, request: SuggestRequest, python: str) -> Job:
    from perfwise_server import model_access
    from perfwise_server.improvement import Job

    buffer = view.buffer
    return Job(
        buffer.document.text,
        _function(buffer.document.text, request.get("place", 0)),
        str(buffer.path or ""),
        python=buffer.python(python),
        effort=model_access.effort(buffer.settings),
        wish=request.get("hint", ""),
        options=buffer.settings.options(buffer.path),
    )


def _function(text: str, place: int | str) -> str:
    from perfwise_server.driving import callables, places

    try:
        module = callables.parse(text)
    except SyntaxError as error:
        raise refusal(f"The file does not parse: {error.msg} (line {error.lineno}).") from None
    found = callables.find(module, place) if isinstance(place, str) else places.at(module, place)
    if found is None:
        raise refusal(NO_FUNCTION)
    return found.name


def _source(job: Job) -> str:
    from perfwise_server.driving import callables, places

    found = callables.find(callables.parse(job.text), job.function)
    return places.source_of(found) if found else ""


@asynccontextmanager
async def _model(ls: Server, buffer: Buffer, request: SuggestRequest) -> AsyncIterator[Guarded | None]:
    """The model that the settings name, behind its guard; None where only the rules are asked.

    Raises ProviderError.
    """
    from perfwise_server import model_access
    from perfwise_server.rewriting.guarded import Guarded
    from perfwise_server.rewriting.providers.choosing import provider

    settings = model_access.model_settings(buffer.settings)
    if settings is None or not request.get("model", True):
        yield None
        return
    if ls.session.client.keys and (where := model_access.address(settings)):
        settings = model_access.model_settings(buffer.settings, await _key(ls, where))
        assert settings is not None
    client = ls.session.client
    chosen = provider(settings, _asking(ls) if client.models else None)
    root, is_fresh = _root(ls, buffer.path), request.get("fresh", False)
    guard = model_access.guard(buffer.settings, buffer.path, client.trusted, root, is_fresh)
    try:
        yield Guarded(chosen, guard)
    finally:
        await chosen.close()


def _root(ls: Server, path: Path | None) -> Path | None:
    from perfwise_server.session import path_of

    folders = [folder for uri in ls.session.folders if (folder := path_of(uri))]
    return next((folder for folder in folders if path and path.is_relative_to(folder)), None)


async def _key(ls: Server, where: str) -> str:
    """The client's for a host. It is in no setting, no log and no environment."""
    found = await _request(ls, KEY, {"where": where})
    return str(found.get("key") or "")


def _asking(ls: Server) -> Any:
    async def ask(question: Mapping[str, Any]) -> Mapping[str, Any]:
        try:
            return await _request(ls, MODEL, question)
        except JsonRpcException as error:
            return {"error": str(error)}

    return ask


async def _request(ls: Server, method: str, params: Mapping[str, Any]) -> Mapping[str, Any]:
    """Effect: the client is told when the reply is not wanted any more."""
    number = str(uuid.uuid4())
    try:
        found = await ls.protocol.send_request_async(method, dict(params), msg_id=number)
    except asyncio.CancelledError:
        ls.protocol.notify(types.CANCEL_REQUEST, types.CancelParams(number))
        raise
    return found if isinstance(found, Mapping) else found._asdict()


async def _is_agreed(ls: Server, model: Guarded) -> bool:
    """Whether the model may be asked. A client without our commands is asked by a message; ours has asked."""
    from perfwise_server.rewriting import consent
    from perfwise_server.rewriting.guarded import NoConsentError

    try:
        model.check()
    except NoConsentError:
        if ls.session.client.commands:
            return False
        said = f"Send this function, and what it uses, to {model.name} ({model.where})? Secrets are masked."
        actions = [types.MessageActionItem(AGREE), types.MessageActionItem(NOT_NOW)]
        asked = types.ShowMessageRequestParams(types.MessageType.Info, said, actions)
        chosen = await ls.window_show_message_request_async(asked)
        if chosen is None or chosen.title != AGREE:
            return False
        consent.agree(model)
    return True


async def _tell(ls: Server, found: Suggestion, result: Rewrites) -> None:
    """Effect: the user of a client without our commands reads what came of it, and may apply the best."""
    if not result["offered"]:
        said = f"{result['message']} {result['problem']}".rstrip()
        ls.window_show_message(types.ShowMessageParams(types.MessageType.Warning, said))
        return
    question = types.ShowMessageRequestParams(
        types.MessageType.Info, result["message"], [types.MessageActionItem(APPLY)]
    )
    chosen = await ls.window_show_message_request_async(question)
    if chosen and chosen.title == APPLY:
        await accept(ls, found.id, result["offered"][0]["key"])


def register(server: Server) -> None:
    """pygls reads a command's parameters from its signature, hence the closures. A progress token comes last."""

    @server.command(SUGGEST)
    async def _(uri: str, request: Any, *rest: Any) -> Any:
        return await suggest(server, uri, request, rest[0] if len(rest) > 1 else "", rest[-1])

    @server.command(MODEL_PLAN)
    async def _(uri: str, request: Any, *python: Any) -> Any:
        return await plan(server, uri, request, python[0] if python else "")

    @server.command(AGREE_TO_MODEL)
    async def _(uri: str, provider: str, where: str) -> Any:
        return await agree(server, uri, provider, where)

    @server.command(REVOKE_MODEL)
    def _(where: str) -> Any:
        return revoke(where)

    @server.command(MODELS)
    async def _() -> Any:
        return await models()

    @server.command(REWRITE_TEXT)
    def _(number: int, key: int) -> Any:
        return text_of(server, number, key)

    @server.command(ACCEPT_REWRITE)
    async def _(number: int, key: int) -> Any:
        return await accept(server, number, key)
