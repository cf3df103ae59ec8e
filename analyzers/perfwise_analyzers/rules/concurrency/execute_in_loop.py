"""A loop hands the same statement to the database for each row.

# What it costs

Each `execute` looks the statement up, or sends it to the server and waits for the answer.

# The cheaper form

`cursor.executemany(statement, rows)` prepares the statement once, and runs it for all rows.

# When it does not pay

For a few rows.

# Fix safety

To be verified: the number of rows changed, the last row's id, and what is kept when a row fails depend on the database.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.structure import Loop
from perfwise_analyzers.finding import Finding, Fix
from perfwise_analyzers.fixing.draft import Draft, used_after
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW812",
    name="execute-in-loop",
    summary="A loop runs the same statement for each row, which one call could run for all.",
    triggers=("execute(",),
    bad=(
        Bad(
            code="""\
import sqlite3

def store(prices):
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE prices (name, price)")
    for name, price in prices:
        connection.execute("INSERT INTO prices VALUES (?, ?)", (name, price))
    return connection.execute("SELECT count(*), sum(price) FROM prices").fetchone()
""",
            better="""\
import sqlite3

def store(prices):
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE prices (name, price)")
    connection.executemany("INSERT INTO prices VALUES (?, ?)", ((name, price) for name, price in prices))
    return connection.execute("SELECT count(*), sum(price) FROM prices").fetchone()
""",
            call='store([("apple", 3), ("pear", 4)] * 3000)',
            level="verify",
        ),
        Bad(
            code="""\
import sqlite3

def store(rows):
    cursor = sqlite3.connect(":memory:").cursor()
    cursor.execute("CREATE TABLE prices (name, price)")
    for row in rows:
        cursor.execute("INSERT INTO prices VALUES (?, ?)", row)
    return cursor.execute("SELECT count(*), sum(price) FROM prices").fetchone()
""",
            better="""\
import sqlite3

def store(rows):
    cursor = sqlite3.connect(":memory:").cursor()
    cursor.execute("CREATE TABLE prices (name, price)")
    cursor.executemany("INSERT INTO prices VALUES (?, ?)", rows)
    return cursor.execute("SELECT count(*), sum(price) FROM prices").fetchone()
""",
            call='store([("apple", 3), ("pear", 4)] * 3000)',
            level="verify",
        ),
    ),
    good=(
        Good(
            "def f(cursor, rows):\n    cursor.executemany('INSERT INTO t VALUES (?)', rows)\n",
            "All rows are handed over.",
        ),
        Good(
            "def f(cursor, names):\n    for name in names:\n        cursor.execute(f'DROP TABLE {name}')\n",
            "Each round has a statement of its own.",
        ),
        Good(
            "def f(cursor, rows):\n    ids = []\n    for row in rows:\n        cursor.execute('INSERT INTO t VALUES (?)', row)\n        ids.append(cursor.lastrowid)\n",
            "What each row gave is asked for.",
        ),
        Good(
            "def f(cursor, ids):\n    for i in ids:\n        cursor.execute('SELECT * FROM t WHERE id = ?', (i,))\n        yield cursor.fetchone()\n",
            "Rows are read.",
        ),
        Good(
            "def f(cursor, rows):\n    for row in rows:\n        cursor.execute('INSERT INTO a VALUES (?)', row)\n        cursor.execute('INSERT INTO b VALUES (?)', row)\n",
            "The statements take turns.",
        ),
        Good(
            "def f(cursor, rows):\n    for row in rows:\n        try:\n            cursor.execute('INSERT INTO t VALUES (?)', row)\n        except ValueError:\n            print(row)\n",
            "Rows that fail are told of.",
        ),
    ),
)

_WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE)\b(?!.*\bRETURNING\b)", re.IGNORECASE | re.DOTALL)
_PLACES = re.compile(r"\?|%s|%\(\w+\)s|:\w+|\$\d")


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for call in facts.structure.all(n.Call):
        match call:
            case n.Call(func=n.Attribute(value=cursor, attr="execute"), args=[statement, _], keywords=[]):
                loop = facts.place(call).loop
            case _:
                continue
        if (
            loop is None
            or loop.kind not in ("for", "comprehension")
            or facts.is_short(loop)
            or facts.runs_once(facts.place(call), loop)
        ):
            continue
        if not _is_writing(facts, statement) or facts.varies(cursor, loop) or facts.varies(statement, loop):
            continue
        if not isinstance(facts.place(call).stmt, n.ExprStmt) or not _is_alone(facts, call, loop):
            continue
        message = f"The same statement is run {facts.each_round([loop])}: `executemany` runs it for all rows"
        yield facts.finding(rule, call, message, facts.cost([loop]), "1", _fix(facts, call, loop))


def _is_writing(facts: Facts, statement: n.Expr) -> bool:
    """Whether the statement is known, changes rows, and has places for values."""
    match statement:
        case n.Constant(kind="str", value=str(text)):
            return bool(_WRITES.match(text)) and bool(_PLACES.search(text))
        case n.Name():
            bindings = facts.inference.bindings(statement) or []
            return (
                len(bindings) == 1
                and isinstance(bindings[0].value, n.Constant)
                and _is_writing(facts, bindings[0].value)
            )
    return False


def _is_alone(facts: Facts, call: n.Call, loop: Loop) -> bool:
    """Whether the loop asks nothing else of a database, and all rounds are made."""
    for node in facts.effects.inside(loop):
        match node:
            case n.Try() | n.Break() | n.Return() | n.Yield() | n.While() | n.For():
                return False
            case n.Await(value=value) if value is not call:
                return False
            case n.Attribute(attr=("lastrowid" | "rowcount" | "fetchone" | "fetchall" | "rollback" | "commit")):
                return False
            case n.Call(func=n.Attribute(attr=("execute" | "executemany"))) if node is not call:
                return False
    return True


def _fix(facts: Facts, call: n.Call, loop: Loop) -> Fix | None:
    assert isinstance(call.func, n.Attribute)
    match loop.node:
        case n.For(target=target, iter=rows, body=[n.ExprStmt(value=value)], orelse=[]) if value is call:
            pass
        case _:
            return None
    if any(used_after(facts, name, loop.stmt) for name in facts.effects.names_in(target)) or isinstance(rows, n.Tuple):
        return None
    draft = Draft(facts)
    statement, row = call.args
    given = facts.source(rows)
    if not (isinstance(row, n.Name) and facts.effects.same(row, target)):
        given = f"({facts.source(row)} for {facts.source(target)} in {given})"
        if isinstance(row, n.Tuple) and not facts.source(row).startswith("("):
            return None
    written = f"{facts.source(call.func.value)}.executemany({facts.source(statement)}, {given})"
    draft.replace(loop.node, written)
    reason = "What is kept when a row fails depends on the database."
    return draft.fix("verify", "Run the statement for all rows at once", reason)
