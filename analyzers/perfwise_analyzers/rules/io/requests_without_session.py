"""A loop makes a new connection for each request.

# What it costs

`requests.get` and `httpx.get` connect, agree on encryption and hang up each time: two or three round trips before the
first byte, and as many milliseconds of computing.

# The cheaper form

A `requests.Session` or an `httpx.Client` made before the loop keeps connections open, and uses them again.

# When it does not pay

Where each request goes to another host, or long after the one before.

# Fix safety

To be verified: a session sends the cookies that it was given, and connections stay open until it is closed.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.invariance import waits
from perfwise_analyzers.facts.structure import Loop
from perfwise_analyzers.finding import Finding, Fix
from perfwise_analyzers.fixing.draft import Draft
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW605",
    name="requests-without-session",
    summary="A loop makes a new connection for each request.",
    triggers=("requests", "httpx", "get(", "post(", "put(", "patch(", "delete(", "head("),
    unit="connections",
    bad=(
        Bad(
            code="""\
import requests


def sizes(urls):
    found = []
    for url in urls:
        response = requests.get(url, timeout=10)
        found.append(len(response.content))
    return found
""",
            better="""\
import requests


def sizes(urls):
    found = []
    session = requests.Session()
    for url in urls:
        response = session.get(url, timeout=10)
        found.append(len(response.content))
    return found
""",
            call='sizes(__import__("web").pages(20))',
            level="verify",
        ),
        Bad(
            code="""\
import requests


def texts(urls):
    return [requests.get(url, timeout=10).text[:1] for url in urls]
""",
            better="""\
import requests


def texts(urls):
    session = requests.Session()
    return [session.get(url, timeout=10).text[:1] for url in urls]
""",
            call='texts(__import__("web").pages(20))',
            level="verify",
        ),
        Bad(
            code="""\
import httpx


def sizes(base, number):
    found = []
    page = 0
    while page < number:
        found.append(len(httpx.get(f"{base}{page}", timeout=10).content))
        page += 1
    return found
""",
            better="""\
import httpx


def sizes(base, number):
    found = []
    page = 0
    client = httpx.Client()
    while page < number:
        found.append(len(client.get(f"{base}{page}", timeout=10).content))
        page += 1
    return found
""",
            call='sizes(__import__("web").pages(1)[0], 20)',
            level="verify",
        ),
    ),
    good=(
        Good(
            "import requests\n\ndef f(urls):\n    with requests.Session() as session:\n        for url in urls:\n            session.get(url)\n",
            "The connection is kept.",
        ),
        Good(
            "import requests\n\ndef f(url):\n    for attempt in range(5):\n        response = requests.get(url)\n        if response.ok:\n            return response\n",
            "The request is made again only when it fails.",
        ),
        Good(
            "import requests\nimport time\n\ndef f(url):\n    while True:\n        print(requests.get(url).text)\n        time.sleep(60)\n",
            "It waits between the requests.",
        ),
        Good(
            "import requests\n\ndef f(urls):\n    for url in urls:\n        response = requests.get(url)\n        return response\n",
            "One request is made.",
        ),
        Good(
            "import requests\n\ndef f():\n    for path in ('a', 'b'):\n        requests.get('http://example.org/' + path)\n",
            "Two requests are made.",
        ),
    ),
)

_VERBS = ("get", "post", "put", "patch", "delete", "head", "options", "request")
_CALLS = {f"{module}.{verb}": module for module in ("requests", "httpx") for verb in _VERBS}
_KEEPERS = {"requests": ("Session", "session"), "httpx": ("Client", "client")}


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    calls: dict[tuple[Loop, str], list[n.Call]] = {}
    for call in facts.structure.all(n.Call):
        module = _CALLS.get(facts.inference.callee(call))
        loop = _loop(facts, call) if module is not None else None
        if module is not None and loop is not None:
            calls.setdefault((loop, module), []).append(call)
    for (loop, module), made in calls.items():
        keeper = f"{module}.{_KEEPERS[module][0]}"
        source = facts.source(made[0].func)
        message = f"`{source}` connects anew {facts.each_round([loop])}: a `{keeper}` keeps the connection"
        yield facts.finding(rule, made[0], message, facts.cost([loop]), "1", _fix(facts, module, made, loop))


def _loop(facts: Facts, call: n.Call) -> Loop | None:
    """The outermost loop whose rounds make requests that differ, one soon after the other."""
    place = facts.place(call)
    found: Loop | None = None
    loop = place.loop
    given = [*call.args, *(keyword.value for keyword in call.keywords)]
    while loop is not None:
        if waits(facts, loop) or loop.kind == "callback" or facts.runs_once(place, loop):
            break
        if not facts.is_short(loop) and any(facts.varies(each, loop) for each in given):
            found = loop
        loop = loop.parent
    return found


def _fix(facts: Facts, module: str, calls: list[n.Call], loop: Loop) -> Fix | None:
    draft = Draft(facts)
    kind, wanted = _KEEPERS[module]
    name = draft.fresh(wanted)
    draft.before(loop.stmt, f"{name} = {draft.imported(module, kind)}()")
    for call in calls:
        match call.func:
            case n.Attribute(attr=verb):
                draft.edit(call.func.start, call.func.end, f"{name}.{verb}")
            case _:
                return None
    reason = "A session sends the cookies it was given, and keeps connections open until it is closed."
    return draft.fix("verify", f"Keep the connection in a `{module}.{kind}`", reason)
