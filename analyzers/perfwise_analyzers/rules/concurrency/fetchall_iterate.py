"""All rows of a query are fetched to go through them one by one.

# What it costs

`fetchall()` keeps every row in memory at once, as a list of tuples.

# The cheaper form

`for row in cursor` fetches rows as the loop goes. With sqlite3, `for row in connection.execute(...)` does it in one line.

# When it does not pay

For few rows; where the loop writes to the table that it reads; and where a slow loop would hold a lock on the database.

# Fix safety

To be verified: the query goes on while the loop runs, so that what is written meanwhile may be met.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.operations.files import gone_through
from perfwise_analyzers.facts.structure import Loop
from perfwise_analyzers.finding import Finding, Fix
from perfwise_analyzers.fixing.draft import Draft
from perfwise_analyzers.rule import Bad, Good, Rule

_FILL = """\
import sqlite3


def filled(number):
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE sales (name, price)")
    connection.executemany("INSERT INTO sales VALUES ('a name', ?)", ((row,) for row in range(number)))
    return connection
"""

rule = Rule(
    code="PW813",
    name="fetchall-iterate",
    summary="All rows of a query are fetched to go through them one by one.",
    triggers=("fetchall",),
    severity="hint",
    unit="peak memory",
    bad=(
        Bad(
            code=f"""\
{_FILL}

def highest(connection: sqlite3.Connection) -> int:
    best = 0
    for name, price in connection.execute("SELECT name, price FROM sales").fetchall():
        best = max(best, price - len(name))
    return best
""",
            better=f"""\
{_FILL}

def highest(connection: sqlite3.Connection) -> int:
    best = 0
    for name, price in connection.execute("SELECT name, price FROM sales"):
        best = max(best, price - len(name))
    return best
""",
            call="highest(filled(5_000))",
            level="verify",
        ),
        Bad(
            code=f"""\
{_FILL}

def total(number):
    connection = filled(number)
    cursor = sqlite3.Connection.cursor(connection)
    cursor.execute("SELECT name, price FROM sales")
    return sum(price for name, price in cursor.fetchall())
""",
            better=f"""\
{_FILL}

def total(number):
    connection = filled(number)
    cursor = sqlite3.Connection.cursor(connection)
    cursor.execute("SELECT name, price FROM sales")
    return sum(price for name, price in cursor)
""",
            call="total(5_000)",
            level="verify",
        ),
    ),
    good=(
        Good(
            "import sqlite3\n\ndef f(path):\n    db = sqlite3.connect(path)\n    for row in db.execute('SELECT a FROM t LIMIT 3').fetchall():\n        print(row)\n",
            "There are three rows.",
        ),
        Good(
            "import sqlite3\n\ndef f():\n    connection = sqlite3.connect('a.db')\n    for row in connection.execute('SELECT * FROM sales'):\n        print(row)\n",
            "Rows are fetched as the loop goes.",
        ),
        Good(
            "import sqlite3\n\ndef f():\n    connection = sqlite3.connect('a.db')\n    rows = connection.execute('SELECT * FROM sales').fetchall()\n    return len(rows), rows\n",
            "All rows are used.",
        ),
        Good(
            "import sqlite3\n\ndef f():\n    connection = sqlite3.connect('a.db')\n    cursor = connection.cursor()\n    cursor.execute('SELECT id FROM sales')\n"
            "    for row in cursor.fetchall():\n        cursor.execute('DELETE FROM sales WHERE id = ?', row)\n",
            "The loop uses the cursor for something else.",
        ),
        Good(
            "import sqlite3\n\ndef f():\n    connection = sqlite3.connect('a.db')\n    for row in connection.execute('SELECT id FROM sales').fetchall():\n"
            "        connection.execute('DELETE FROM sales WHERE id = ?', row)\n",
            "The loop changes the table.",
        ),
        Good(
            "def f(cursor):\n    for row in cursor.fetchall():\n        print(row)\n",
            "Other databases send all rows in any case.",
        ),
    ),
)

_MAKING = frozenset({"execute", "cursor"})
_KNOWN = frozenset({"sqlite3.Connection", "sqlite3.Cursor"})

_LIMIT = re.compile(r"\bLIMIT\s+\d+\s*;?\s*$", re.IGNORECASE)


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for call in facts.structure.all(n.Call):
        match call:
            case n.Call(func=n.Attribute(value=cursor, attr="fetchall"), args=[], keywords=[]) if _is_sqlite(
                facts, cursor
            ):
                loop = gone_through(facts, call)
            case _:
                continue
        if loop is None or _is_using_database(facts, loop, call) or _is_limited(facts, call):
            continue
        message = f"`{facts.source(call.func)}()` keeps all rows in memory: a loop over the cursor keeps one"
        yield facts.finding(rule, call, message, "rows", "1", _fix(facts, call, cursor))


def _is_limited(facts: Facts, call: n.Call) -> bool:
    """Whether a statement of the function asks for a number of rows that it names."""
    scope = facts.place(call).scope
    return any(
        isinstance(text.value, str) and _LIMIT.search(text.value) and facts.place(text).scope is scope
        for text in facts.structure.all(n.Constant)
    )


def _is_sqlite(facts: Facts, expr: n.Expr, depth: int = 5) -> bool:
    """Whether an expression is a connection of sqlite3, or a cursor."""
    if not isinstance(expr, n.Name) and facts.type_of(expr).name in ("sqlite connection", "sqlite cursor"):
        return True
    match expr:
        case n.Call(func=n.Attribute(value=made, attr=method)):
            callee = facts.inference.callee(expr)
            if callee in ("sqlite3.connect", "sqlite3.Connection.cursor", "sqlite3.Cursor"):
                return True
            return method in _MAKING and depth > 0 and _is_sqlite(facts, made, depth - 1)
        case n.Name():
            bindings = facts.inference.bindings(expr) or []
            if len(bindings) != 1 or depth == 0:
                return False
            annotation, value = bindings[0].annotation, bindings[0].value
            if annotation is not None and facts.inference.origin(annotation) in _KNOWN:
                return True
            return (
                bindings[0].kind in ("assign", "with")
                and isinstance(value, n.Expr)
                and _is_sqlite(facts, value, depth - 1)
            )
    return False


def _is_using_database(facts: Facts, loop: Loop, call: n.Call) -> bool:
    """Whether the loop asks a database for something else, or hands on what it goes through later."""
    own, names = set(n.descendants(call)), facts.effects.names_in(call)
    for node in facts.effects.inside(loop):
        match node:
            case n.Yield() | n.Attribute(attr=("execute" | "executemany" | "executescript" | "commit")):
                used = True
            case n.Name(id=name):
                used = name in names
            case _:
                used = False
        if used and node not in own:
            return True
    return False


def _fix(facts: Facts, call: n.Call, cursor: n.Expr) -> Fix | None:
    if isinstance(facts.structure.parent.get(call), n.Assign):
        return None
    draft = Draft(facts)
    draft.replace(call, facts.source(cursor))
    return draft.fix("verify", "Go through the cursor itself", "What is written meanwhile may be met.")
