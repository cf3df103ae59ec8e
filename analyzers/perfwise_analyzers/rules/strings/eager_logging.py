"""The text of a debug message is made in a loop, whether or not anybody wants it.

# What it costs

`logger.debug(f"got {row}")` formats the row each time, and throws the text away where debug messages are off: some
microseconds a round for a long list or a float, against a tenth of one for the call that does nothing.

# The cheaper form

`logger.debug("got %s", row)` leaves the formatting to the logger, which does it only for messages that are wanted. What
is costly to work out, as `json.dumps(row)` is, goes behind `if logger.isEnabledFor(logging.DEBUG)`.

# When it does not pay

Where debug messages are on, and outside of loops.

# Fix safety

Safe when the receiver is known to be a logger and the values are strings, numbers or bools. Otherwise it is to be
verified: a value that changes later may be formatted later, and one with a `__format__` of its own differently.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.finding import Finding, Fix
from perfwise_analyzers.fixing.draft import Draft
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW508",
    name="eager-logging",
    summary="The text of a debug message is made in a loop, even when debug messages are off.",
    triggers=("debug(", ".log("),
    severity="hint",
    bad=(
        Bad(
            code="""\
import logging

logger = logging.getLogger(__name__)


def total(prices: list[float]) -> float:
    found = 0.0
    for price in prices:
        logger.debug(f"{found} so far, 100% of {price}")
        found += price
    return found
""",
            better="""\
import logging

logger = logging.getLogger(__name__)


def total(prices: list[float]) -> float:
    found = 0.0
    for price in prices:
        logger.debug("%s so far, 100%% of %s", found, price)
        found += price
    return found
""",
            call="total([n / 7 for n in range(2000)])",
        ),
        Bad(
            code="""\
import logging


def handle(rows):
    for row in rows:
        logging.debug("row: %s" % (row,))
    return len(rows)
""",
            better="""\
import logging


def handle(rows):
    for row in rows:
        logging.debug("row: %s", row)
    return len(rows)
""",
            call="handle([list(range(10))] * 1000)",
            level="verify",
        ),
        Bad(
            code="""\
import json
import logging

logger = logging.getLogger(__name__)


def total(orders: list[dict]) -> int:
    found = 0
    for order in orders:
        logger.debug("order: %s", json.dumps(order))
        found += order["count"]
    return found
""",
            better="""\
import json
import logging

logger = logging.getLogger(__name__)


def total(orders: list[dict]) -> int:
    found = 0
    for order in orders:
        if logger.isEnabledFor(logging.DEBUG):
            logger.debug("order: %s", json.dumps(order))
        found += order["count"]
    return found
""",
            call='total([{"name": "pears", "count": n} for n in range(1000)])',
            level="advice",
        ),
    ),
    good=(
        Good(
            "import logging\n\ndef f(rows):\n    for row in rows:\n        logging.debug('row %s', row)\n",
            "The logger does the formatting.",
        ),
        Good(
            "import logging\n\ndef f(rows):\n    logging.debug(f'{rows} to do')\n",
            "One message costs nothing worth a word.",
        ),
        Good(
            "import logging\n\ndef f(rows):\n    for row in rows:\n        if logging.root.isEnabledFor(10):\n"
            "            logging.debug(f'{row} to do')\n",
            "The text is made only where it is wanted.",
        ),
        Good(
            "import logging\n\ndef f(rows):\n    for row in rows:\n        try:\n            row.save()\n"
            "        except OSError as e:\n            logging.debug(f'{row}: {e}')\n",
            "Exceptions are rare.",
        ),
        Good(
            "import logging\n\ndef f(rows):\n    for row in rows:\n        logging.debug('%d cells', len(row))\n",
            "A length costs next to nothing.",
        ),
        Good(
            "def f(rows, page):\n    for row in rows:\n        page.debug(f'{row}')\n",
            "Nothing tells that it is a logger.",
        ),
    ),
)

_LOGGERS = frozenset({"log", "logger", "_log", "_logger", "LOG", "LOGGER", "logging"})
# What works out a text of a whole structure.
_COSTLY = frozenset(
    {
        "json.dumps",
        "pprint.pformat",
        "reprlib.repr",
        "traceback.format_stack",
        "xml.etree.ElementTree.tostring",
        "yaml.dump",
        "yaml.safe_dump",
    }
)
_SCALARS = frozenset({"str", "int", "float", "bool"})
_FORMATTED = re.compile(r"""[fF](?P<quote>\"""|'''|"|')(?P<content>.*)(?P=quote)""", re.DOTALL)
_FIELD_END = re.compile(r"\s*(?:!([rs]))?\}")
_CONVERSION = re.compile(r"%(.)", re.DOTALL)


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for call in facts.structure.all(n.Call):
        logged = _logged(facts, call)
        if not logged or not facts.is_repeated(call) or _is_rare(facts, call):
            continue
        source = facts.source(call.func)
        text, *values = logged
        costly = _costly(facts, values)
        if not values and _is_made(facts, text):
            message = f"The text is made each time, even when `{source}` drops it; pass the values as arguments"
            yield facts.finding(rule, call, message, fix=_fix(facts, call, text))
        elif costly is not None:
            made = facts.source(costly.func)
            message = f"`{made}` is called each time, even when `{source}` drops the text; ask `isEnabledFor` first"
            yield facts.finding(rule, call, message)


def _logged(facts: Facts, call: n.Call) -> list[n.Expr]:
    """The text of a debug message and the values for it, if the call writes one."""
    func = call.func
    if facts.inference.callee(call) == "logging.debug":
        return call.args
    if not isinstance(func, n.Attribute) or not _logs(facts, func.value):
        return []
    match func.attr, call.args:
        case "debug", logged:
            return logged
        case "log", [level, *logged] if facts.inference.origin(level) == "logging.DEBUG":
            return logged
    return []


def _costly(facts: Facts, values: list[n.Expr]) -> n.Call | None:
    """A call among these that works out a text, which the logger would not."""
    calls = (value for value in values if isinstance(value, n.Call))
    return next((call for call in calls if facts.inference.callee(call) in _COSTLY), None)


def _logs(facts: Facts, receiver: n.Expr) -> bool:
    name = receiver.attr if isinstance(receiver, n.Attribute) else getattr(receiver, "id", "")
    return name in _LOGGERS or _is_logger(facts, receiver)


def _is_logger(facts: Facts, receiver: n.Expr) -> bool:
    return facts.inference.origin(receiver) == "logging" or facts.type_of(receiver).name == "Logger"


def _is_made(facts: Facts, text: n.Expr) -> bool:
    """Whether the text is formatted, or put together, from other values."""
    match text:
        case n.JoinedStr(values=values):
            return bool(values)
        case n.BinOp(left=left, op="%"):
            return facts.type_of(left).name == "str"
        case n.BinOp(left=left, op="+", right=right):
            return "str" in (facts.type_of(left).name, facts.type_of(right).name)
        case n.Call(func=n.Attribute(value=n.Constant(kind="str"), attr="format")):
            return True
    return False


def _is_rare(facts: Facts, call: n.Call) -> bool:
    """Whether the message is guarded, or tells of an exception."""
    for around in facts.structure.ancestors(call):
        match around:
            case n.Handler():
                return True
            case n.If(test=test) if any(
                isinstance(node, n.Attribute) and node.attr in ("isEnabledFor", "getEffectiveLevel", "level")
                for node in n.descendants(test)
            ):
                return True
            case n.FunctionDef():
                return False
    return False


def _fix(facts: Facts, call: n.Call, text: n.Expr) -> Fix | None:
    match text:
        case n.JoinedStr(values=values):
            template = _template(facts, text)
        case n.BinOp(left=n.Constant(kind="str", value=str(content)) as left, op="%", right=right):
            values = right.elts if isinstance(right, n.Tuple) else [right]
            template = facts.source(left) if _CONVERSION.findall(content) == ["s"] * len(values) else None
        case _:
            return None
    if template is None or any(isinstance(value, n.Starred) for value in values):
        return None
    draft = Draft(facts)
    draft.replace(text, ", ".join([template, *map(facts.source, values)]))
    title = "Leave the formatting to the logger"
    receiver = call.func.value if isinstance(call.func, n.Attribute) else None
    if receiver is not None and not _is_logger(facts, receiver):
        return draft.fix("verify", title, f"`{facts.source(receiver)}` is not known to be a logger.")
    if not all(facts.type_of(value).name in _SCALARS for value in values):
        return draft.fix("verify", title, "A value might be formatted differently, or later.")
    return draft.fix("safe", title)


def _template(facts: Facts, text: n.JoinedStr) -> str | None:
    """The f-string as a format for `%`; None where it does more than to put values in."""
    source = facts.source(text)
    found = _FORMATTED.fullmatch(source)
    if found is None or "\\N" in source:
        return None
    quote = found["quote"]
    pieces: list[str] = []
    at = found.start("content")
    for value in text.values:
        piece = source[at : value.start - text.start].rstrip()
        end = _FIELD_END.match(source, value.end - text.start)
        if end is None or not piece.endswith("{") or isinstance(value, (n.Yield, n.NamedExpr, n.Lambda)):
            return None
        pieces += [piece[:-1], f"%{end[1] or 's'}"]
        at = end.end()
    pieces.append(source[at : found.end("content")])
    literals = pieces[::2]
    if any(quote in piece or {"{", "}"} & set(re.sub(r"\{\{|\}\}", "", piece)) for piece in literals):
        return None
    pieces[::2] = [piece.replace("%", "%%").replace("{{", "{").replace("}}", "}") for piece in literals]
    return quote + "".join(pieces) + quote
