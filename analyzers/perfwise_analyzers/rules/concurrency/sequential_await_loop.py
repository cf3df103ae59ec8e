"""A loop awaits a call for each item before it makes the next.

# What it costs

The waiting times add up: n calls of 50 ms each take n * 50 ms, during which the program does nothing.

# The cheaper form

`await asyncio.gather(*(fetch(url) for url in urls))` makes all calls at once and takes as long as the slowest. Results
come in the order of the calls. Bound how many run together with an `asyncio.Semaphore` where the other side needs that;
`asyncio.TaskGroup` (Python 3.11) cancels the rest when one fails.

# When it does not pay

When what is called never waits, when calls must follow each other, or when the other side answers one at a time.

# Fix safety

Advice only: exceptions come at another time, and the other side meets many requests at once.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.awaits import awaited_call, in_coroutine, is_independent
from perfwise_analyzers.facts.structure import Binding, Loop
from perfwise_analyzers.finding import Finding
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW801",
    name="sequential-await-loop",
    summary="A loop awaits one call after the other, though they do not depend on each other.",
    triggers=("await", "async with"),
    bad=(
        Bad(
            code="""\
import asyncio

async def fetch(number):
    await asyncio.sleep(0.002)
    return number * 2

async def fetch_all(numbers):
    found = []
    for number in numbers:
        found.append(await fetch(number))
    return found
""",
            better="""\
import asyncio

async def fetch(number):
    await asyncio.sleep(0.002)
    return number * 2

async def fetch_all(numbers):
    return await asyncio.gather(*(fetch(number) for number in numbers))
""",
            call="fetch_all(list(range(20)))",
            level="advice",
        ),
        Bad(
            code="""\
import asyncio
import time

def look_up(name):
    time.sleep(0.002)
    return name.upper()

async def addresses(names):
    return {name: await asyncio.to_thread(look_up, name) for name in names}
""",
            better="""\
import asyncio
import time

def look_up(name):
    time.sleep(0.002)
    return name.upper()

async def addresses(names):
    found = await asyncio.gather(*(asyncio.to_thread(look_up, name) for name in names))
    return dict(zip(names, found))
""",
            call="addresses([str(number) for number in range(20)])",
            level="advice",
        ),
    ),
    good=(
        Good(
            "async def f(urls):\n    token = ''\n    for url in urls:\n        token = await fetch(url, token)\n",
            "Each call needs what the one before gave.",
        ),
        Good(
            "async def f(urls):\n    for url in urls:\n        page = await fetch(url)\n        if page:\n            return page\n",
            "The loop ends with the first answer.",
        ),
        Good(
            "import asyncio\n\nasync def f(urls):\n    for url in urls:\n        await fetch(url)\n        await asyncio.sleep(1)\n",
            "The loop keeps to a rate.",
        ),
        Good(
            "async def f(writer, lines):\n    for line in lines:\n        await writer.send(line)\n",
            "What is sent has an order.",
        ),
        Good(
            "async def f(session, ids):\n    return [await session.get(User, i) for i in ids]\n",
            "One connection answers one question at a time.",
        ),
        Good(
            "async def f(hooks, request):\n    for hook in hooks:\n        await hook(request)\n",
            "Hooks have an order.",
        ),
        Good("async def f(tasks):\n    return [await task for task in tasks]\n", "The tasks run already."),
        Good("async def f():\n    for n in range(3):\n        await fetch(n)\n", "There are three."),
        Good("async def f(xs):\n    for x in xs:\n        yield await fetch(x)\n", "Each result is wanted at once."),
    ),
)


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for loop in facts.structure.loops:
        if loop.kind not in ("for", "comprehension") or loop.target is None or facts.is_short(loop):
            continue
        if getattr(loop.node, "is_async", False) or not in_coroutine(facts, loop.node) or not _is_free(facts, loop):
            continue
        calls = _waits(facts, loop)
        if calls:
            call = calls[0]
            message = (
                f"`{facts.source(call.func)}` is awaited {facts.each_round([loop])} before the next is asked for: the waits "
                "add up; `asyncio.gather` waits for all at once"
            )
            yield facts.finding(rule, call, message, facts.cost([loop]), "1")


def _waits(facts: Facts, loop: Loop) -> list[n.Call]:
    """The calls for single items that a loop waits for; none if it waits for something that must keep its order."""
    found: list[n.Call] = []
    for node in facts.effects.inside(loop):
        match node:
            case n.Await():
                call = awaited_call(facts, node)
            case n.With(is_async=True, items=[n.WithItem(context=n.Call() as call)]):
                pass
            case n.With(is_async=True) | n.For(is_async=True) | n.Generator(is_async=True):
                return []
            case _:
                continue
        if call is None:
            return []
        if _is_part(facts, call, loop):
            continue
        if not is_independent(facts, call) or facts.place(call).loop is not loop or not _is_of_item(facts, call, loop):
            return []
        found.append(call)
    return found


def _is_part(facts: Facts, call: n.Call, loop: Loop) -> bool:
    """Whether the call asks for more of what the round itself got, as `response.text()` does."""
    if not isinstance(call.func, n.Attribute) or not isinstance(call.func.value, n.Name):
        return False
    bindings = facts.inference.bindings(call.func.value)
    return bool(bindings) and all(b.kind in ("with", "assign") and loop.encloses(b.node) for b in bindings or ())


def _is_of_item(facts: Facts, call: n.Call, loop: Loop) -> bool:
    """Whether what is asked for depends on the item, which is handed over rather than asked itself."""
    given = [*call.args, *(keyword.value for keyword in call.keywords)]
    if not any(facts.varies(part, loop) for part in given):
        return False
    root = call.func
    while isinstance(root, n.Attribute):
        root = root.value
    return not facts.varies(root, loop)


def _is_free(facts: Facts, loop: Loop) -> bool:
    """Whether no round depends on those before it, and all rounds are made."""
    for node in facts.effects.inside(loop):
        match node:
            case n.Return() | n.Break() | n.Yield():
                return False
            case n.Name() if any(node is use for use in loop.scope.uses.get(node.id, ())):
                bindings = facts.inference.bindings(node) or []
                if any(b.kind != "loop" and loop.encloses(b.node) and _is_later(facts, b, node) for b in bindings):
                    return False
            case n.Call():
                given = [*node.args, *(keyword.value for keyword in node.keywords)]
                if isinstance(facts.structure.parent.get(node), n.Await) and any(
                    facts.effects.changes_in(part, loop) for part in given if isinstance(part, (n.Name, n.Attribute))
                ):
                    return False
    return True


def _is_later(facts: Facts, binding: Binding, use: n.Name) -> bool:
    """Whether the name is bound after this use of it, so that the use meets what the round before has left."""
    return binding.node.start > use.start or binding.place.stmt is facts.place(use).stmt
