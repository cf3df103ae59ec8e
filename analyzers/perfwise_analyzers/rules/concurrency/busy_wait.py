"""A loop sleeps again and again until something has come about.

# What it costs

Each round wakes the program for nothing; and what has come about is noticed late, by half a sleep on the average.

# The cheaper form

An `asyncio.Event`, or `threading.Event` between threads: `await event.wait()` returns at once when another calls
`event.set()`. `queue.get`, `Condition.wait` and `Process.wait` serve alike.

# When it does not pay

When what is waited for is outside of the program and cannot tell, as a file or another machine.

# Fix safety

Advice only: whoever brings about the condition must set the event.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.finding import Finding
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW804",
    name="busy-wait",
    summary="A loop sleeps until a variable has changed.",
    triggers=("while",),
    bad=(
        Bad(
            code="""\
import asyncio

class Job:
    def __init__(self):
        self.done = False

    async def work(self):
        await asyncio.sleep(0.002)
        self.done = True

    async def finished(self):
        while not self.done:
            await asyncio.sleep(0.02)
        return "done"

async def main():
    job = Job()
    return (await asyncio.gather(job.work(), job.finished()))[1]
""",
            better="""\
import asyncio

class Job:
    def __init__(self):
        self.done = asyncio.Event()

    async def work(self):
        await asyncio.sleep(0.002)
        self.done.set()

    async def finished(self):
        await self.done.wait()
        return "done"

async def main():
    job = Job()
    return (await asyncio.gather(job.work(), job.finished()))[1]
""",
            call="main()",
            level="advice",
        ),
    ),
    good=(
        Good("async def f(event):\n    await event.wait()\n", "It is told at once."),
        Good(
            "import asyncio, os\n\nasync def f(path):\n    while not os.path.exists(path):\n        await asyncio.sleep(1)\n",
            "A file cannot tell.",
        ),
        Good(
            "import asyncio\n\nasync def f(self):\n    while self.running:\n        await self.poll()\n        await asyncio.sleep(1)\n",
            "Each round does something.",
        ),
        Good("import time\n\ndef f():\n    while True:\n        time.sleep(60)\n", "It waits for nothing."),
        Good(
            "import time\n\ndef f(oven):\n    while oven.read() < 180:\n        time.sleep(1)\n", "An oven cannot tell."
        ),
    ),
)

# Methods that ask whether a thread, a task, a future or an event is at its end, or a queue holds nothing.
_ASKED = frozenset({"is_alive", "done", "is_set", "empty"})
_SLEEPS = frozenset({"asyncio.sleep", "time.sleep", "anyio.sleep", "trio.sleep"})


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for loop in facts.structure.all(n.While):
        test, body = _condition(loop)
        if test is None or not body or not all(_sleeps(facts, stmt) for stmt in body) or not _is_told(facts, test):
            continue
        told = f"until `{facts.source(test)}`" if test is not loop.test else f"while `{facts.source(test)}`"
        message = f"The loop sleeps {told}, and notices the change late: wait for an event that tells of it"
        yield facts.finding(rule, loop, message)


def _condition(loop: n.While) -> tuple[n.Expr | None, list[n.Stmt]]:
    """What the loop asks in each round, and what it does besides."""
    match loop:
        case n.While(orelse=[_, *_]):
            return None, []
        case n.While(test=n.Constant(), body=[n.If(test=test, body=[n.Break() | n.Return()], orelse=[]), *rest]):
            return test, rest
        case n.While(test=n.Constant(), body=[*rest, n.If(test=test, body=[n.Break() | n.Return()], orelse=[])]):
            return test, rest
        case n.While(test=n.Constant()):
            return None, []
    return loop.test, loop.body


def _is_told(facts: Facts, test: n.Expr) -> bool:
    """Whether the test asks for what somebody in the program could tell: a variable, a thread, a queue, a process."""
    match test:
        case n.UnaryOp(op="not", operand=operand):
            return _is_told(facts, operand)
        case n.BoolOp(values=values):
            return all(_is_told(facts, value) for value in values)
        case n.Compare(left=n.Call(func=n.Attribute(attr="poll"), args=[]), ops=["is"], comparators=[n.Constant()]):
            return True
        case n.Compare(left=n.Call(args=[n.Expr() as counted]) as call, ops=[_], comparators=[limit]):
            return (
                facts.inference.callee(call) == "builtins.len"
                and _is_variable(counted)
                and (isinstance(limit, n.Constant) or _is_variable(limit))
            )
        case n.Call(func=n.Attribute(value=(n.Name() | n.Attribute()), attr=attr), args=[], keywords=[]):
            return attr in _ASKED and not facts.inference.origin(test.func)
    return _is_variable(test)


def _is_variable(test: n.Expr) -> bool:
    """Whether the test reads variables of the program alone, which whoever sets them could tell of."""
    match test:
        case n.Attribute(value=value):
            return isinstance(value, n.Name) or _is_variable(value)
        case n.Name():
            return True
        case n.UnaryOp(op="not", operand=operand):
            return _is_variable(operand)
        case n.Compare(left=left, ops=[_], comparators=[n.Constant()]):
            return _is_variable(left)
        case n.BoolOp(values=values):
            return all(map(_is_variable, values))
    return False


def _sleeps(facts: Facts, stmt: n.Stmt) -> bool:
    match stmt:
        case n.Pass():
            return True
        case n.ExprStmt(value=n.Await(value=n.Call() as call)) | n.ExprStmt(value=n.Call() as call):
            return facts.inference.callee(call) in _SLEEPS
    return False
