"""Rows are counted, or fetched, to see whether there is any.

# What it costs

`query.count() > 0` makes the database go through all rows that fit; `if query:` fetches all of them.

# The cheaper form

`query.exists()` stops at the first row.

# When it does not pay

Where the number or the rows are used as well.

# Fix safety

To be verified: the model's manager may give something else than a query.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.inference import is_int
from perfwise_analyzers.facts.queries import Rows, manager, rows
from perfwise_analyzers.finding import Finding
from perfwise_analyzers.fixing.draft import Draft
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW808",
    name="count-gt-0",
    summary="Rows are counted or fetched to see whether there is any.",
    triggers=("count(", "len(", "objects"),
    severity="hint",
    bad=(
        Bad(
            code="""\
from shop.models import Sale


def is_sold(least):
    return Sale.objects.filter(amount__gte=least).count() > 0
""",
            better="""\
from shop.models import Sale


def is_sold(least):
    return Sale.objects.filter(amount__gte=least).exists()
""",
            call="is_sold(5)",
            level="verify",
        ),
        Bad(
            code="""\
from shop.models import Sale


def told(least):
    if not Sale.objects.filter(amount__gte=least).count():
        return "none"
    return "some"
""",
            better="""\
from shop.models import Sale


def told(least):
    if not Sale.objects.filter(amount__gte=least).exists():
        return "none"
    return "some"
""",
            call="told(5)",
            level="verify",
        ),
        Bad(
            code="""\
from shop.models import Sale


def told(least):
    if len(Sale.objects.filter(amount__gte=least)) == 0:
        return "none"
    return "some"
""",
            better="""\
from shop.models import Sale


def told(least):
    if not Sale.objects.filter(amount__gte=least).exists():
        return "none"
    return "some"
""",
            call="told(5)",
            level="verify",
        ),
        Bad(
            code="""\
from shop.models import Sale


def told(least):
    sales = Sale.objects.filter(amount__gte=least)
    if sales:
        return "some"
    return "none"
""",
            better="""\
from shop.models import Sale


def told(least):
    sales = Sale.objects.filter(amount__gte=least)
    if sales.exists():
        return "some"
    return "none"
""",
            call="told(5)",
            level="verify",
        ),
    ),
    good=(
        Good("def f(x):\n    return bool(x)\n", "It may be anything."),
        Good("def f():\n    return Book.objects.count() > 1\n", "One row is not enough."),
        Good("def f():\n    return Book.objects.filter(x=1).exists()\n", "The database stops at the first row."),
        Good(
            "def f():\n    books = Book.objects.filter(x=1)\n    if books:\n        return books[0]\n",
            "The rows are used as well.",
        ),
        Good("def f(words):\n    return words.count('a') > 0\n", "A list counts."),
        Good(
            "def f():\n    number = Book.objects.count()\n    if number > 0:\n        print(number)\n",
            "The number is used as well.",
        ),
        Good("def test_f():\n    assert Book.objects.count() == 0\n", "A test that fails tells the number."),
        Good("def f():\n    if Book.objects.all()[:10]:\n        return 1\n", "Ten rows are soon fetched."),
    ),
)

_ANY = frozenset({(">", 0), ("!=", 0), (">=", 1)})
_NONE = frozenset({("==", 0), ("<", 1), ("<=", 0)})


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    yield from _counted(facts)
    yield from _fetched(facts)


def _counted(facts: Facts) -> Iterator[Finding]:
    """`query.count() > 0`, `len(query) == 0`, `if query.count():`."""
    for call in facts.structure.all(n.Call):
        query = _query(facts, call)
        asked = _asked(facts, call) if query is not None else None
        if query is not None and asked is not None:
            node, is_any = asked
            written = f"{facts.source(query)}.exists()"
            yield _finding(facts, node, "counts all rows", written if is_any else f"not {written}")


def _query(facts: Facts, call: n.Call) -> n.Expr | None:
    """The query whose rows a call counts."""
    match call:
        case n.Call(func=n.Attribute(value=query, attr="count"), args=[], keywords=[]):
            whole = manager(facts, query) is not None or _is_whole(rows(facts, query))
            return query if whole else None
        case n.Call(args=[n.Call() as query], keywords=[]) if facts.inference.callee(call) == "builtins.len":
            return query if isinstance(query.func, n.Attribute) and _is_whole(rows(facts, query)) else None
    return None


def _is_whole(found: Rows | None) -> bool:
    return found is not None and found.library == "django" and not found.cut and not list(found.called("iterator"))


def _asked(facts: Facts, call: n.Call) -> tuple[n.Expr, bool] | None:
    """The expression that asks only whether there is any row, and whether it is true if there is."""
    around = facts.structure.parent.get(call)
    match around:
        case n.Compare(left=left, ops=[op], comparators=[n.Constant() as number]) if left is call:
            for value in (0, 1) if not isinstance(facts.structure.parent.get(around), n.Assert) else ():
                if is_int(number, value) and (op, value) in _ANY | _NONE:
                    return around, (op, value) in _ANY
            return None
        case n.If(test=test) | n.While(test=test) | n.IfExp(test=test) if test is call:
            return call, True
        case n.UnaryOp(op="not"):
            return call, True
    return None


def _fetched(facts: Facts) -> Iterator[Finding]:
    """`if query:`, where nothing else is done with the query."""
    tests = [if_.test for if_ in facts.structure.all(n.If)]
    for call in facts.structure.all(n.Call):
        if facts.inference.callee(call) == "builtins.bool":
            tests += call.args
    for test in tests:
        while isinstance(test, n.UnaryOp) and test.op == "not":
            test = test.operand
        if not isinstance(test, (n.Name, n.Call)) or not _is_whole(rows(facts, test)):
            continue
        if isinstance(test, n.Call) and not isinstance(test.func, n.Attribute):
            continue
        if isinstance(test, n.Name):
            bindings = facts.inference.bindings(test) or []
            scope = facts.place(test).scope
            if scope.kind != "function" or any(not _is_made_by_method(binding.value) for binding in bindings):
                continue
            if sum(len(other.uses.get(test.id, ())) for other in facts.structure.scopes) != 1:
                continue
        yield _finding(facts, test, "fetches all rows", f"{facts.source(test)}.exists()")


def _is_made_by_method(value: n.Node | None) -> bool:
    return isinstance(value, n.Call) and isinstance(value.func, n.Attribute)


def _finding(facts: Facts, node: n.Expr, what: str, written: str) -> Finding:
    draft = Draft(facts)
    needs = isinstance(facts.structure.parent.get(node), (n.Compare, n.BinOp, n.UnaryOp, n.Attribute, n.Await))
    draft.replace(node, f"({written})" if needs and written.startswith("not ") else written)
    reason = "The model's manager may give something else than a query."
    fix = draft.fix("verify", "Ask whether there is any row", reason)
    source = facts.source(node)
    shown = f"`{source}`" if "\n" not in source else "This"
    message = f"{shown} {what} to see whether there is any: `exists()` stops at the first"
    return facts.finding(rule, node, message, "rows", "1", fix)
