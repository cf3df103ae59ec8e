"""A coroutine calls a function that blocks the whole event loop.

# What it costs

While `time.sleep`, `requests.get` or `subprocess.run` waits, no other coroutine runs: what could wait together waits
one after the other, and a server answers nobody.

# The cheaper form

`await asyncio.sleep(seconds)`, an asynchronous client, or `await asyncio.to_thread(requests.get, url)`, which lets a
thread wait.

# When it does not pay

In a program with a single coroutine. Short reads of local files are not told of.

# Fix safety

To be verified: other coroutines now run while this one waits, and may change what it uses.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.awaits import in_coroutine, is_blocking
from perfwise_analyzers.finding import Finding, Fix
from perfwise_analyzers.fixing.draft import Draft, in_parentheses
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW803",
    name="blocking-in-async",
    summary="A coroutine calls a function that waits without letting other coroutines run.",
    triggers=(
        "sleep(",
        "requests",
        "urlopen",
        "subprocess",
        "system(",
        "httpx",
        "popen(",
        "input(",
        "session.",
        "client.",
    ),
    bad=(
        Bad(
            code="""\
import asyncio
import time

async def poll(delay):
    time.sleep(delay)
    return delay

async def main(count):
    return await asyncio.gather(*(poll(0.002) for _ in range(count)))
""",
            better="""\
import asyncio
import time

async def poll(delay):
    await asyncio.sleep(delay)
    return delay

async def main(count):
    return await asyncio.gather(*(poll(0.002) for _ in range(count)))
""",
            call="main(10)",
            level="verify",
        ),
        Bad(
            code="""\
import asyncio
import subprocess
import sys

async def status(code):
    done = subprocess.run([sys.executable, "-ISc", code], check=True)
    return done.returncode

async def main(count):
    return await asyncio.gather(*(status("import time; time.sleep(0.2)") for _ in range(count)))
""",
            better="""\
import asyncio
import subprocess
import sys

async def status(code):
    done = await asyncio.to_thread(subprocess.run, [sys.executable, "-ISc", code], check=True)
    return done.returncode

async def main(count):
    return await asyncio.gather(*(status("import time; time.sleep(0.2)") for _ in range(count)))
""",
            call="main(3)",
            level="verify",
        ),
    ),
    good=(
        Good("import time\n\ndef f():\n    time.sleep(1)\n", "It is no coroutine."),
        Good("import asyncio\n\nasync def f():\n    await asyncio.sleep(1)\n", "Others run meanwhile."),
        Good(
            "import asyncio, requests\n\nasync def f(url):\n    return await asyncio.to_thread(requests.get, url)\n",
            "A thread waits.",
        ),
        Good(
            "import requests\n\nasync def f(loop, url):\n    return await loop.run_in_executor(None, lambda: requests.get(url))\n",
            "A thread waits.",
        ),
        Good(
            "import time\n\nasync def f(pool):\n    def work():\n        time.sleep(1)\n\n    await pool.run(work)\n",
            "A function inside is run elsewhere.",
        ),
        Good("import time\n\nasync def f():\n    time.sleep(0)\n", "It does not wait."),
    ),
)


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for call in facts.structure.all(n.Call):
        callee = facts.inference.callee(call)
        if not is_blocking(facts, call) or not in_coroutine(facts, call) or _is_short(callee, call):
            continue
        better = "await asyncio.sleep(...)" if callee == "time.sleep" else "await asyncio.to_thread(...)"
        message = f"`{facts.source(call.func)}` stops all coroutines until it returns; `{better}` lets them run"
        yield facts.finding(rule, call, message, fix=_fix(facts, call, callee))


def _is_short(callee: str, call: n.Call) -> bool:
    match call.args:
        case [n.Constant(value=(int() | float()) as seconds)]:
            return callee == "time.sleep" and seconds == 0
    return False


def _fix(facts: Facts, call: n.Call, callee: str) -> Fix | None:
    draft = Draft(facts)
    if any(isinstance(around, n.Comprehension) for around in facts.structure.ancestors(call)):
        return None
    given = facts.text[call.func.end : call.end].lstrip()
    if callee == "time.sleep":
        written = f"{draft.imported('asyncio', 'sleep')}{given}"
    else:
        arguments = given[1:].lstrip()
        separator = "" if arguments == ")" else ", "
        written = f"{draft.imported('asyncio', 'to_thread')}({facts.source(call.func)}{separator}{arguments}"
    draft.replace(call, in_parentheses(facts, call, f"await {written}"))
    reason = "Other coroutines run meanwhile, and may change what this one uses."
    return draft.fix("verify", "Let other coroutines run meanwhile", reason)
