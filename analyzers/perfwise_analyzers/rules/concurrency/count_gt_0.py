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
from perfwise_analyzers.facts.queries import rows
from perfwise_analyzers.facts.row_counts import asked_for_any, counted_query, is_whole
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


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    yield from _counted(facts)
    yield from _fetched(facts)


def _counted(facts: Facts) -> Iterator[Finding]:
    """`query.count() > 0`, `len(query) == 0`, `if query.count():`."""
    for call in facts.structure.all(n.Call):
        query = counted_query(facts, call)
        asked = asked_for_any(facts, call) if query is not None else None
        if query is not None and asked is not None:
            node, is_any = asked
            written = f"{facts.source(query)}.exists()"
            yield _finding(facts, node, "counts all rows", written if is_any else f"not {written}")


def _fetched(facts: Facts) -> Iterator[Finding]:
    """`if query:`, where nothing else is done with the query."""
    tests = [if_.test for if_ in facts.structure.all(n.If)]
    for call in facts.structure.all(n.Call):
        if facts.inference.callee(call) == "builtins.bool":
            tests += call.args
    for test in tests:
        while isinstance(test, n.UnaryOp) and test.op == "not":
            test = test.operand
        if not isinstance(test, (n.Name, n.Call)) or not is_whole(rows(facts, test)):
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
