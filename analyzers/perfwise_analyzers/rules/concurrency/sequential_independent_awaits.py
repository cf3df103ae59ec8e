"""Several calls that do not need each other are awaited one after the other.

# What it costs

The waiting times add up: three requests of 50 ms take 150 ms.

# The cheaper form

`user, orders = await asyncio.gather(get_user(key), get_orders(key))` waits for the slowest alone.

# When it does not pay

When the calls do not wait, share one connection, or the second needs what the first has changed.

# Fix safety

Advice only: when one call fails, the others have begun already.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.awaits import awaited_call, in_coroutine, is_reading
from perfwise_analyzers.facts.structure import own_nodes
from perfwise_analyzers.finding import Finding
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW802",
    name="sequential-independent-awaits",
    summary="Calls that do not need each other are awaited one after the other.",
    triggers=("await",),
    bad=(
        Bad(
            code="""\
import asyncio

async def get_user(key):
    await asyncio.sleep(0.004)
    return f"user {key}"

async def get_orders(key):
    await asyncio.sleep(0.004)
    return [key, key]

async def page(key):
    user = await get_user(key)
    orders = await get_orders(key)
    return user, orders
""",
            better="""\
import asyncio

async def get_user(key):
    await asyncio.sleep(0.004)
    return f"user {key}"

async def get_orders(key):
    await asyncio.sleep(0.004)
    return [key, key]

async def page(key):
    user, orders = await asyncio.gather(get_user(key), get_orders(key))
    return user, orders
""",
            call="page(7)",
            level="advice",
        ),
    ),
    good=(
        Good(
            "async def mark(api, key):\n    await api.put(key)\n\nasync def f(api, key):\n    first = await mark(api, key)\n    second = await mark(api, key + 1)\n    return first, second\n",
            "What is called changes something.",
        ),
        Good(
            "async def f(key):\n    user = await get_user(key)\n    orders = await get_orders(user)\n    return orders\n",
            "The second needs what the first gave.",
        ),
        Good(
            "async def f(key):\n    user = await create_user(key)\n    orders = await get_orders(key)\n    return user, orders\n",
            "The first changes what the second reads.",
        ),
        Good(
            "async def f(session, key):\n    user = await session.get(User, key)\n    shop = await session.get(Shop, key)\n    return user, shop\n",
            "One connection answers one question at a time.",
        ),
        Good(
            "async def f(key):\n    user = await get_user(key)\n    if user is None:\n        return None\n    return await get_orders(key)\n",
            "The second is asked for only then.",
        ),
        Good(
            "async def f(reader):\n    head = await reader.read(4)\n    body = await reader.read(8)\n    return head, body\n",
            "What is read has an order.",
        ),
    ),
)


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for block in facts.structure.blocks:
        run: list[tuple[str, n.Call]] = []
        for stmt in [*block, None]:
            found = _asked(facts, stmt) if stmt is not None else None
            if found is not None and not _needs(facts, found[1], run):
                run.append(found)
                continue
            if len(run) > 1:
                yield _finding(facts, run)
            run = [found] if found is not None else []
            within = _asked_within(facts, stmt) if stmt is not None and found is None else []
            if len(within) > 1:
                yield _finding(facts, [(facts.source(call), call) for call in within])


def _finding(facts: Facts, run: list[tuple[str, n.Call]]) -> Finding:
    names = " and ".join(f"`{name}`" for name, _ in run)
    message = (
        f"{names} do not need each other, and are awaited one after the other: `asyncio.gather` waits for all at once"
    )
    return facts.finding(rule, run[0][1], message)


def _asked(facts: Facts, stmt: n.Stmt) -> tuple[str, n.Call] | None:
    """The name that a statement gives to what it awaits, and the call."""
    match stmt:
        case n.Assign(targets=[n.Name(id=name)], value=n.Await() as awaited) if in_coroutine(facts, stmt):
            call = awaited_call(facts, awaited)
            return (name, call) if call is not None and is_reading(facts, call) else None
    return None


def _asked_within(facts: Facts, stmt: n.Stmt) -> list[n.Call]:
    """The calls that one statement awaits, each in any case: the parts of a display, of a sum or of a call."""
    if not isinstance(stmt, (n.Assign, n.AnnAssign, n.Return, n.ExprStmt)) or not in_coroutine(facts, stmt):
        return []
    found: list[n.Call] = []
    for node in own_nodes(stmt):
        match node:
            case n.IfExp() | n.BoolOp() | n.Comprehension() | n.Lambda() | n.Yield():
                return []
            case n.Await():
                call = awaited_call(facts, node)
                if call is None or not is_reading(facts, call) or any(isinstance(x, n.Await) for x in own_nodes(call)):
                    return []
                found.append(call)
    return found


def _needs(facts: Facts, call: n.Call, run: list[tuple[str, n.Call]]) -> bool:
    names = {name for name, _ in run}
    return bool(names & facts.effects.names_in(call))
