"""A loop commits to the database after each row.

# What it costs

A commit waits until all is safe on the disk, which takes as long as writing hundreds of rows.

# The cheaper form

Commit once after the loop, or every thousand rows. With sqlite3, `with connection:` around the loop does it, and rolls
back on an exception.

# When it does not pay

Where each row must be safe before the next is begun: when messages are taken from a queue, or others wait for the lock.

# Fix safety

Advice only: when a later row fails, the earlier ones are no longer kept.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.sizes import ROUNDS
from perfwise_analyzers.facts.structure import Loop
from perfwise_analyzers.finding import Finding
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW811",
    name="commit-in-loop",
    summary="A loop commits to a database in each round.",
    triggers=("commit", "with "),
    bad=(
        Bad(
            code="""\
import sqlite3

def store(path, prices):
    connection = sqlite3.connect(path)
    connection.execute("DROP TABLE IF EXISTS prices")
    connection.execute("CREATE TABLE prices (name, price)")
    for name, price in prices:
        connection.execute("INSERT INTO prices VALUES (?, ?)", (name, price))
        connection.commit()
    total = connection.execute("SELECT count(*), sum(price) FROM prices").fetchone()
    connection.close()
    return total
""",
            better="""\
import sqlite3

def store(path, prices):
    connection = sqlite3.connect(path)
    connection.execute("DROP TABLE IF EXISTS prices")
    connection.execute("CREATE TABLE prices (name, price)")
    for name, price in prices:
        connection.execute("INSERT INTO prices VALUES (?, ?)", (name, price))
    connection.commit()
    total = connection.execute("SELECT count(*), sum(price) FROM prices").fetchone()
    connection.close()
    return total
""",
            call='store("prices.db", [("apple", 3), ("pear", 4)] * 50)',
            level="advice",
        ),
        Bad(
            code="""\
import sqlite3

def store(path, prices):
    connection = sqlite3.connect(path)
    connection.execute("DROP TABLE IF EXISTS prices")
    connection.execute("CREATE TABLE prices (name, price)")
    for row in prices:
        with connection:
            connection.execute("INSERT INTO prices VALUES (?, ?)", row)
    connection.close()
""",
            better="""\
import sqlite3

def store(path, prices):
    connection = sqlite3.connect(path)
    connection.execute("DROP TABLE IF EXISTS prices")
    connection.execute("CREATE TABLE prices (name, price)")
    with connection:
        for row in prices:
            connection.execute("INSERT INTO prices VALUES (?, ?)", row)
    connection.close()
""",
            call='store("prices.db", [("apple", 3), ("pear", 4)] * 50)',
            level="advice",
        ),
    ),
    good=(
        Good(
            "def f(db, rows):\n    for row in rows:\n        db.execute('INSERT INTO t VALUES (?)', row)\n    db.commit()\n",
            "It is committed once.",
        ),
        Good(
            "def f(db, rows):\n    for i, row in enumerate(rows):\n        db.execute('INSERT INTO t VALUES (?)', row)\n        if i % 1000 == 0:\n            db.commit()\n",
            "It is committed now and then.",
        ),
        Good(
            "def f(db, batches):\n    for batch in batches:\n        db.executemany('INSERT INTO t VALUES (?)', batch)\n        db.commit()\n",
            "Many rows are written between.",
        ),
        Good(
            "def f(db, queue):\n    while True:\n        row = queue.get()\n        db.execute('INSERT INTO t VALUES (?)', row)\n        db.commit()\n",
            "The next row may be long in coming.",
        ),
        Good(
            "def f(db, messages):\n    for message in messages:\n        db.execute('INSERT INTO t VALUES (?)', message)\n        db.commit()\n        message.ack()\n",
            "The message may be forgotten only once it is safe.",
        ),
        Good(
            "def f(consumer):\n    for message in consumer:\n        print(message)\n        consumer.commit()\n",
            "Nothing is written to a database.",
        ),
        Good(
            "def f(db, rows):\n    for row in rows:\n        try:\n            db.execute('INSERT INTO t VALUES (?)', row)\n            db.commit()\n        except ValueError:\n            db.rollback()\n",
            "One row's failure is not to undo the others.",
        ),
        Good(
            "def f(paths):\n    for path in paths:\n        db = open_database(path)\n        db.execute('DELETE FROM t')\n        db.commit()\n",
            "Each round has a database of its own.",
        ),
    ),
)

_WRITES = frozenset({"execute", "add", "merge", "delete", "insert", "save"})
_BATCHES = ("batch", "chunk", "group", "page", "block", "part")


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for node, connection in _commits(facts):
        loop = facts.place(node).loop
        if loop is None or not _is_counted(facts, loop) or facts.runs_once(facts.place(node), loop):
            continue
        if facts.varies(connection, loop) or not _is_each_round(facts, node, loop) or not _is_row_by_row(facts, loop):
            continue
        if _tells(facts, node, loop):
            continue
        message = (
            f"`{facts.source(connection)}` commits {facts.each_round([loop])}, and waits for the disk each time: commit once "
            "after the loop, or every thousand rows"
        )
        yield facts.finding(rule, node, message, facts.cost([loop]), "1")


def _commits(facts: Facts) -> Iterator[tuple[n.Node, n.Expr]]:
    for call in facts.structure.all(n.Call):
        match call:
            case n.Call(func=n.Attribute(value=connection, attr="commit"), args=[], keywords=[]):
                yield call, connection
    for with_ in facts.structure.all(n.With):
        match with_.items:
            case [n.WithItem(context=(n.Name() | n.Attribute()) as connection, target=None)]:
                if facts.type_of(connection).name == "sqlite connection":
                    yield connection, connection


def _is_counted(facts: Facts, loop: Loop) -> bool:
    """Whether the loop makes many rounds over what is there already, rather than waiting for more to come."""
    return (loop.kind == "for" or ROUNDS not in facts.cost([loop])) and not facts.is_short(loop)


def _is_each_round(facts: Facts, node: n.Node, loop: Loop) -> bool:
    """Whether nothing but a `with` stands between the node and the loop."""
    for around in facts.structure.ancestors(node):
        if around is loop.node:
            return True
        if isinstance(around, (n.If, n.Try, n.Handler, n.Match, n.FunctionDef, n.Lambda)):
            return False
    return False


def _tells(facts: Facts, node: n.Node, loop: Loop) -> bool:
    """Whether the item is told after the commit that it is safe: `message.acknowledge()`."""
    names = facts.effects.names_in(loop.target) if loop.target is not None else set()
    for call in facts.effects.inside(loop):
        match call:
            case n.Call(func=n.Attribute(value=n.Name(id=name)), start=start) if start > node.end and name in names:
                return True
    return False


def _is_row_by_row(facts: Facts, loop: Loop) -> bool:
    """Whether a round writes one row, and does not wait for something else."""
    parts = [part for part in (loop.target, loop.iter) if part is not None]
    spoken = " ".join(facts.source(part) for part in parts).lower()
    if any(word in spoken for word in _BATCHES):
        return False
    methods = {
        node.func.attr
        for node in facts.effects.inside(loop)
        if isinstance(node, n.Call) and isinstance(node.func, n.Attribute)
    }
    inner = any(isinstance(node, (n.For, n.While, n.Comprehension)) for node in facts.effects.inside(loop))
    return bool(methods & _WRITES) and not inner and not methods & {"executemany", "executescript", "rollback", "sleep"}
