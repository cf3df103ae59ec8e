"""Everything on the wire that is ours and not the Language Server Protocol's; `client/src/protocol.ts` mirrors it."""

from __future__ import annotations

from typing import Literal, TypedDict

SOURCE = "perfwise"
FIX_ALL = "source.fixAll.perfwise"

RULES = "perfwise/rules"
PAGE = "perfwise/page"
STATUS = "perfwise/status"

FIX_FILE = "perfwise.server.fixFile"
EXPLAIN = "perfwise.server.explain"
APPLY_UNCHECKED = "perfwise.server.applyUnchecked"
COMMANDS = (FIX_FILE, EXPLAIN, APPLY_UNCHECKED)

SHOW_HINTS = "perfwise.showHints"  # A command of the client, named only to clients that say `clientCommands`.


class RuleSummary(TypedDict):
    code: str
    name: str
    summary: str


class PageReply(TypedDict):
    markdown: str
    uri: str | None


class ExplainReply(PageReply):
    code: str
    name: str


class Status(TypedDict):
    state: Literal["ready", "busy", "off"]
    python: str
    version: str
    message: str
