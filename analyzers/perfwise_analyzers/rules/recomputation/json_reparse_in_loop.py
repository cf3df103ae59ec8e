"""The same document is parsed, or the same value written out, in each round of a loop.

# What it costs

`json.loads(text)`, and its like for YAML, TOML, XML or pickles, goes through all of the text and makes every object in it,
in each of len(loop) rounds, for the same outcome.

# The cheaper form

Parse once before the loop, and read from what came out.

# When it does not pay

When the loop seldom makes a round. Where each round needs objects of its own, parsing makes them, so nothing is said.

# Fix safety

To be verified: a wrong document would raise an exception also where the loop makes no round.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.invariance import is_only_read, touches_items, unchanged_loops
from perfwise_analyzers.facts.structure import Loop
from perfwise_analyzers.finding import Finding, Fix
from perfwise_analyzers.fixing.draft import Draft, base_name, can_hoist
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW209",
    name="json-reparse-in-loop",
    summary="The same document is parsed, or written out, in each round of a loop.",
    triggers=("load", "dump", "parse", "fromstring", "literal_eval", "json"),
    bad=(
        Bad(
            code="""\
import json


def prices(names: list[str], text: str) -> list[int]:
    found = []
    for name in names:
        table = json.loads(text)
        found.append(table[name])
    return found
""",
            better="""\
import json


def prices(names: list[str], text: str) -> list[int]:
    found = []
    text_parsed = json.loads(text)
    for name in names:
        table = text_parsed
        found.append(table[name])
    return found
""",
            call='prices(["a", "b"] * 100, json.dumps({"a": 1, "b": 2, "c": list(range(50))}))',
            level="verify",
        ),
        Bad(
            code="""\
import json


def requests(urls, settings):
    return [(url, json.dumps(settings)) for url in urls]
""",
            better="""\
import json


def requests(urls, settings):
    settings_text = json.dumps(settings)
    return [(url, settings_text) for url in urls]
""",
            call='requests(["a", "b"] * 100, {"a": 1, "c": list(range(50))})',
            level="verify",
        ),
    ),
    good=(
        Good(
            "import json\n\ndef f(lines):\n    return [json.loads(line) for line in lines]\n",
            "Each line is another document.",
        ),
        Good(
            "import json\n\ndef f(text, ys):\n    out = []\n    for y in ys:\n        row = json.loads(text)\n"
            "        row['y'] = y\n        out.append(row)\n    return out\n",
            "Each round needs an object of its own.",
        ),
        Good(
            "import json\n\ndef f(state, ys):\n    for y in ys:\n        state['y'] = y\n        print(json.dumps(state))\n",
            "The value changes from round to round.",
        ),
        Good(
            "import json\n\ndef f(ys, state):\n    for y in ys:\n        y.step(state)\n        print(json.dumps(state))\n",
            "The method might change the value.",
        ),
    ),
)

_READS = frozenset(
    [
        "json.loads",
        "yaml.safe_load",
        "yaml.load",
        "tomllib.loads",
        "tomli.loads",
        "toml.loads",
        "pickle.loads",
        "marshal.loads",
        "ast.literal_eval",
        "ast.parse",
        "xml.etree.ElementTree.fromstring",
        "xml.etree.ElementTree.XML",
        "xml.dom.minidom.parseString",
        "ujson.loads",
        "orjson.loads",
        "simplejson.loads",
        "lxml.etree.fromstring",
        "bs4.BeautifulSoup",
        "plistlib.loads",
    ]
)
_WRITES = frozenset(
    [
        "json.dumps",
        "yaml.safe_dump",
        "yaml.dump",
        "pickle.dumps",
        "ujson.dumps",
        "orjson.dumps",
        "simplejson.dumps",
        "xml.etree.ElementTree.tostring",
        "tomli_w.dumps",
    ]
)
_RESPONSES = frozenset(
    f"{module}.{method}" for module in ("requests", "httpx") for method in ("get", "post", "put", "request", "patch")
)


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for call in facts.structure.all(n.Call):
        if facts.place(call).loop is None:
            continue
        subject = _subject(facts, call)
        if subject is None or any(facts.effects.is_opaque(node) for node in n.descendants(subject)):
            continue
        loops = _loops(facts, call)
        if not loops:
            continue
        source = facts.source(call)
        short = source if len(source) <= 60 and "\n" not in source else f"{facts.source(call.func)}(...)"
        message = f"`{short}` gives the same {facts.each_round(loops)}: do it once before the loop"
        yield facts.finding(rule, call, message, fix=_fix(facts, call, subject, loops))


def _subject(facts: Facts, call: n.Call) -> n.Expr | None:
    """What is parsed or written out, where the outcome can be shared."""
    callee = facts.inference.callee(call)
    if callee in _WRITES and len(call.args) == 1:
        return call.args[0]
    if callee in _READS and call.args and is_only_read(facts, call):
        return call.args[0]
    match call:
        case n.Call(func=n.Attribute(value=n.Name() as response, attr="json"), args=[], keywords=[]):
            bindings = facts.inference.bindings(response) or []
            made = [b.value for b in bindings if isinstance(b.value, n.Call)]
            if made and len(made) == len(bindings) and is_only_read(facts, call):
                return response if all(facts.inference.callee(value) in _RESPONSES for value in made) else None
    return None


def _loops(facts: Facts, call: n.Call) -> list[Loop]:
    loops = unchanged_loops(facts, [call], facts.place(call))
    if facts.inference.callee(call) in _WRITES:
        return list(takewhile(lambda loop: not touches_items(facts, loop), loops))
    return loops


def _fix(facts: Facts, call: n.Call, subject: n.Expr, loops: list[Loop]) -> Fix | None:
    outer = loops[-1]
    if not all(can_hoist(facts, argument, outer) for argument in [subject, *call.args]):
        return None
    draft = Draft(facts)
    is_written = facts.inference.callee(call) in _WRITES
    name = draft.fresh(f"{base_name(subject)}_{'text' if is_written else 'parsed'}")
    draft.before(outer.stmt, f"{name} = {facts.source(call)}")
    draft.replace(call, name)
    title = f"{'Write' if is_written else 'Parse'} `{facts.source(subject)}` once before the loop"
    return draft.fix("verify", title, "It might raise an exception where the loop makes no round.")
