"""`perfwise models`."""

from __future__ import annotations

import asyncio
import os
from datetime import datetime
from importlib.util import find_spec

from perfwise_server.cli.errors import CommandError
from perfwise_server.cli.exit_codes import NOTHING_FOUND
from perfwise_server.cli.output import counted, print_json, styled
from perfwise_server.rewriting import answers
from perfwise_server.rewriting.consent import Consent, consents, revoke
from perfwise_server.rewriting.kept import KeptError, kept_file
from perfwise_server.rewriting.providers.discovery import Found, found_here
from perfwise_server.rewriting.providers.keys import VARIABLES
from perfwise_server.rewriting.spending import PRICES_OF, Spent, today

ALL = "all"


def models(*, revoked: str, clear: bool, output: str) -> int:
    """Effect: revokes consent at a place, or at all; forgets the replies that are kept."""
    try:
        if revoked and not revoke("" if revoked == ALL else revoked) and revoked != ALL:
            raise CommandError(f"nothing was agreed on with {revoked}; perfwise models lists what was")
        if clear:
            answers.clear()
        spent, kept = today(), answers.count()
    except KeptError as error:
        raise CommandError(str(error)) from None
    found = asyncio.run(found_here())
    if output == "json":
        print_json(
            {
                "found": [each._asdict() for each in found],
                "local": _has_local(),
                "keys": _keys(),
                "consents": [{**each._asdict(), "given": _day(each)} for each in consents()],
                "today": {
                    "requests": spent.requests,
                    "tokens": {"in": spent.input_tokens, "out": spent.output_tokens},
                    "price": round(spent.price, 6),
                    "prices_of": PRICES_OF,
                },
                "replies": kept,
                "file": str(kept_file()),
            }
        )
    else:
        _print(found, spent, kept)
    return NOTHING_FOUND


def _print(found: list[Found], spent: Spent, kept: int) -> None:
    _head("Running on this machine")
    for each in found:
        print(f"  {each.name}: --provider openai --base-url {each.base_url} --model {', '.join(each.models)}")
    if not found:
        print("  no Ollama, LM Studio, llama.cpp or vLLM on its usual port")
    _head("GGUF files")
    print("  --provider local --model FILE.gguf" if _has_local() else "  after pip install 'perfwise[local]'")
    _head("Keys in the environment")
    print(f"  {', '.join(_keys()) or 'none'}")
    _head("Agreed to")
    for consent in consents():
        print(f"  {consent.provider} at {consent.where}, {_day(consent)}; take it back: --revoke {consent.where}")
    if not consents():
        print("  nobody; on the command line, naming a provider is agreeing for that run")
    _head("Sent today")
    price = f", ${spent.price:.2f} at list prices of {PRICES_OF}" if spent.price else ""
    print(f"  {counted(spent.requests, 'request')}, {counted(spent.tokens, 'token')}{price}")
    print(f"{counted(kept, 'reply') if kept == 1 else f'{kept:,} replies'} kept in {kept_file()}")


def _head(text: str) -> None:
    print(styled(text, bold=True))


def _has_local() -> bool:
    return find_spec("xllamacpp") is not None


def _keys() -> list[str]:
    names = dict.fromkeys(name for names in VARIABLES.values() for name in names)
    return [name for name in names if os.environ.get(name, "").strip()]


def _day(consent: Consent) -> str:
    return datetime.fromtimestamp(consent.given).date().isoformat()
