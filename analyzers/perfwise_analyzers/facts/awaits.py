"""What a coroutine waits for, and whether it could wait for several things at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.environment import Scan, Summary
from perfwise_analyzers.facts.structure import Loop, own_nodes

if TYPE_CHECKING:
    from perfwise_analyzers.facts.facts import Facts

# What the summary of a coroutine says that only asks for something.
READS = Scan("reading", "")
_WORD = re.compile(r"[a-z]+|[A-Z][a-z]*")


def _set_of(names: str) -> frozenset[str]:
    return frozenset(names.split())


# What is asked for without changing anything, by the first word of a function's name.
_READING = _set_of(
    "fetch get load read download query request lookup find search resolve head options check ping count retrieve "
    "describe scrape crawl price translate summarize embed classify"
)
# What may be done to many things at once, where nothing comes back.
_ACTING = _set_of(
    "process upload deliver sync refresh warm archive index enrich import export convert resize backup invalidate"
)
_MAILED = _set_of("email mail sms notification invite invitation welcome reminder newsletter")
# What has to be done in order, or changes what the next call meets.
_ORDERED = _set_of(
    "send write drain put push emit publish receive recv read readline execute executemany commit rollback acquire "
    "release close aclose open start stop shutdown startup setup teardown join wait cancel flush sleep run step next "
    "notify set connect disconnect enter exit lock unlock seek ack reply respond answer move click type press goto "
    "navigate migrate apply login logout gather prompt ask input accept listen advance handle dispatch yield handler "
    "ensure cleanup record register unregister subscribe unsubscribe resubscribe immediate begin end finish"
)
# One connection serves one request at a time.
_CONNECTION = _set_of(
    "session conn connection cursor cur db database tx transaction ws websocket socket sock writer reader stream "
    "channel pipe redis page browser lock queue q"
)
_HTTP_METHODS = ("get", "post", "put", "patch", "delete", "head", "options", "request")
# What returns only when another machine, a program or a person has answered.
_BLOCKING = frozenset(
    {"time.sleep", "os.system", "os.popen", "os.waitpid", "urllib.request.urlopen", "urllib.request.urlretrieve"}
    | {f"subprocess.{name}" for name in ("run", "call", "check_call", "check_output", "getoutput", "getstatusoutput")}
    | {f"{module}.{name}" for module in ("requests", "httpx") for name in _HTTP_METHODS}
    | {"builtins.input", "socket.create_connection", "socket.getaddrinfo", "socket.gethostbyname"}
)
_HTTP_CLIENTS = frozenset({"aiohttp.ClientSession", "httpx.AsyncClient"})


def words(name: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(name)]


def in_coroutine(facts: Facts, node: n.Node) -> bool:
    """Whether a node is run by an `async def` itself, not by a function or lambda inside of it."""
    for around in facts.structure.ancestors(node):
        if isinstance(around, n.Lambda):
            return False
        if isinstance(around, n.FunctionDef):
            return around.is_async
    return False


def is_blocking(facts: Facts, call: n.Call) -> bool:
    """Whether the call returns only when somebody outside of the program has answered."""
    match call.func:
        case n.Attribute(value=client, attr=attr) if attr in _HTTP_METHODS:
            if facts.type_of(client).name == "http client":
                return True
    return facts.inference.callee(call) in _BLOCKING


def waits(facts: Facts, loop: Loop) -> bool:
    """Whether the rounds of a loop wait, beside which what they calculate counts for little."""
    return any(
        isinstance(node, n.Await) or (isinstance(node, n.Call) and is_blocking(facts, node))
        for node in facts.effects.inside(loop)
    )


def awaited_call(facts: Facts, node: n.Await) -> n.Call | None:
    """The call that is awaited; what `asyncio.wait_for` is given in its place."""
    call = node.value
    if (
        isinstance(call, n.Call)
        and facts.inference.callee(call) in ("asyncio.wait_for", "asyncio.shield")
        and call.args
    ):
        call = call.args[0]
    return call if isinstance(call, n.Call) else None


def is_independent(facts: Facts, call: n.Call) -> bool:
    """Whether several such calls may run at once, as far as names tell."""
    callee = facts.inference.callee(call)
    name = _name(call.func)
    if callee == "asyncio.to_thread" or name == "run_in_executor":
        return True
    verbs = words(name)
    if not verbs or callee.startswith(("asyncio.", "anyio.", "trio.", "builtins.")):
        return False
    if isinstance(call.func, n.Attribute) and verbs[0] == "read" and len(verbs) == 1:
        return False
    if uses_connection(facts, call):
        return False
    if verbs[0] == "send" and set(verbs) & _MAILED:
        return True
    if isinstance(facts.place(call).stmt, n.ExprStmt) and _is_thrown_away(facts, call):
        return verbs[0] in _READING | _ACTING
    return verbs[0] not in _ORDERED


def _is_thrown_away(facts: Facts, call: n.Call) -> bool:
    awaited = facts.structure.parent.get(call)
    while isinstance(awaited, (n.Await, n.Call)):
        awaited = facts.structure.parent.get(awaited)
    return isinstance(awaited, n.ExprStmt) and isinstance(awaited.value, n.Await)


def is_reading(facts: Facts, call: n.Call) -> bool:
    """Whether the call only asks for something, so that none is affected by another."""
    verbs = words(_name(call.func))
    if not verbs or not is_independent(facts, call):
        return False
    if verbs[0] in _READING:
        return True
    summary = _summary(facts, call.func)
    return summary is not None and READS in summary.scans


def _summary(facts: Facts, function: n.Expr) -> Summary | None:
    if isinstance(function, n.Name):
        return facts.environment.lookup(function.id) if facts.inference.is_free(function) else None
    key = facts.inference.attribute_key(function) if isinstance(function, n.Attribute) else ""
    return facts.environment.lookup(key) if key else None


def only_reads(facts: Facts, function: n.FunctionDef) -> bool:
    """Whether a coroutine does nothing but ask others, and change nothing that is seen outside of it."""
    nodes = [node for stmt in function.body for node in own_nodes(stmt)]
    calls = [awaited_call(facts, node) for node in nodes if isinstance(node, n.Await)]
    if not calls or not all(call is not None and is_reading(facts, call) for call in calls):
        return False
    for node in nodes:
        match node:
            case n.Assign(targets=targets) if not all(isinstance(target, (n.Name, n.Tuple)) for target in targets):
                return False
            case n.AugAssign(target=target) if not isinstance(target, n.Name):
                return False
            case n.With(is_async=True) | n.For(is_async=True) | n.Delete() | n.Yield():
                return False
    return True


def uses_connection(facts: Facts, call: n.Call) -> bool:
    """Whether the call goes over a connection that it shares with others."""
    shared = [*call.args, *(keyword.value for keyword in call.keywords)]
    if isinstance(call.func, n.Attribute):
        shared.append(call.func.value)
    return any(_is_connection(facts, part) for part in shared)


def _is_connection(facts: Facts, expr: n.Expr) -> bool:
    while isinstance(expr, n.Attribute) and not set(words(expr.attr)) & _CONNECTION:
        expr = expr.value
    name = _name(expr)
    if not set(words(name)) & _CONNECTION:
        return False
    bindings = facts.inference.bindings(expr) if isinstance(expr, n.Name) else None
    return not any(
        (isinstance(binding.value, n.Call) and facts.inference.callee(binding.value) in _HTTP_CLIENTS)
        or (binding.annotation is not None and facts.inference.origin(binding.annotation) in _HTTP_CLIENTS)
        for binding in bindings or ()
    )


def _name(expr: n.Expr) -> str:
    return expr.id if isinstance(expr, n.Name) else expr.attr if isinstance(expr, n.Attribute) else ""
