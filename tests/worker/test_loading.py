"""Code is run where it stands: in its package, with what it imports, or with as much of it as can be had."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from perfwise_server.interpreter import converse
from perfwise_worker.protocol import Compare, Compared, Failed, Load, Loaded, Reply

PACKAGE = {
    "shop/__init__.py": "from shop.orders import total\n",
    "shop/money.py": "from dataclasses import dataclass\n@dataclass\nclass Money:\n    cents: int\n",
    "shop/orders.py": "",
    "shop/tax.py": (
        "from shop import orders\nfrom .money import Money\n"
        "def taxed(order):\n    assert isinstance(order, orders.Order)\n    return Money(order.cents * 2)\n"
    ),
    "helper.py": "seen = []\n",
}
ORDERS = """
import helper
from .money import Money
from . import money as own

class Order:
    made = 0

    def __init__(self, *cents):
        Order.made += {made}
        self.items = list(cents)

    @property
    def cents(self):
        return sum(self.items)

    @classmethod
    def of(cls, text):
        return cls(*map(int, text.split()))

    def cheapest(self):
        def key(item):
            return item
        return {cheapest}

    async def paid(self):
        return Money(self.cents)

    def parts(self):
        yield from self.items

def total(order):
    from shop.tax import taxed
    return taxed(order), __file__, __package__, __name__
"""
OLD = ORDERS.format(made=1, cheapest="sorted(self.items, key=key)[0]")
NEW = ORDERS.format(made=1, cheapest="min(self.items, key=key)")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, text in PACKAGE.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    (tmp_path / "shop/orders.py").write_text(OLD)
    return tmp_path


def in_shop(root: Path, new: str, *calls: str, old: str = OLD, function: str = "") -> list[Reply]:
    load = Load(old, new, "shop.orders", str(root / "shop/orders.py"), (str(root),), function)
    return converse(sys.executable, load, Compare(calls, function=function))


@pytest.mark.parametrize(
    "call",
    [
        "total(Order(1, 2))",
        "Order(3, 1).cheapest()",
        "Order.of('3 1').cheapest()",
        "Order.of('3 1')",
        "Order(3).paid()",
        "Order(3, 1).parts()",
        "own.Money(3)",
    ],
)
def test_a_module_of_a_package_runs_in_its_package(root: Path, call: str) -> None:
    loaded, compared = in_shop(root, NEW, call)
    assert isinstance(loaded, Loaded), loaded
    assert loaded.notes == ()
    assert compared == Compared((), 1, ())


def test_a_module_knows_where_it_stands(root: Path) -> None:
    answer = f"{str(root / 'shop/orders.py')!r}, 'shop', 'shop.orders'"
    new = OLD.replace("__file__, __package__, __name__", answer)
    assert in_shop(root, new, "total(Order(1))")[-1] == Compared((), 1, ())


def test_the_state_of_a_class_counts(root: Path) -> None:
    _, compared = in_shop(root, ORDERS.format(made=2, cheapest="min(self.items)"), "Order(1).cheapest()")
    assert isinstance(compared, Compared)
    assert {(each.kind, each.where) for each in compared.differences} == {("module state", "module.Order.made")}


def test_only_state_that_the_function_can_come_to_is_looked_at() -> None:
    state = "import threading\nlock = threading.Lock()\nseen = []\n"
    source = state + "def note(x):\n    seen.append({})\n\ndef f(x):\n    note(x)\n"
    load = Load(source.format("x"), source.format("-x"))
    _, everything, some = converse(sys.executable, load, Compare(("f(1)",)), Compare(("f(1)",), function="f"))
    assert isinstance(everything, Compared)
    assert isinstance(some, Compared)
    assert (everything.unjudged, some.unjudged) == (("the state of _thread.lock",), ())
    assert [each.where for each in some.differences] == [each.where for each in everything.differences] != []


def test_the_state_of_other_modules_of_the_project_counts(root: Path) -> None:
    old, new = (OLD.replace("return taxed", f"helper.seen.append({n}); return taxed") for n in (1, 2))
    _, compared = in_shop(root, new, "total(Order(1))", old=old, function="total")
    assert isinstance(compared, Compared)
    assert [(each.kind, each.where) for each in compared.differences][:1] == [("module state", "module.helper.seen[0]")]


def test_both_versions_load_the_rest_of_the_project_for_themselves(root: Path) -> None:
    noting = OLD.replace("return taxed", "helper.seen.append(order.cents); return len(helper.seen), taxed")
    _, compared = in_shop(root, noting, "total(Order(1))", "total(Order(1))", old=noting)
    assert compared == Compared((), 2, ())


FUNCTION = """
import math, gone.away
from typing import Any

LIMITS = {}
LIMITS["low"] = 1
WIDTH = LIMITS["low"] + 1
gone.away.start()

def unused() -> None:
    thing.run()

def helped(x: thing.Thing) -> Any:
    return math.floor(x) * WIDTH

class C:
    def f(self, x: "thing") -> thing:
        return helped(x)

    def g(self):
        return thing.run()
"""


def test_what_the_function_needs_is_loaded_where_the_module_cannot_be() -> None:
    source = "from nowhere import thing\n" + FUNCTION
    loaded, compared = converse(
        sys.executable, Load(source, source, function="C.f"), Compare(("C().f(2.5)",), function="C.f")
    )
    assert isinstance(loaded, Loaded), loaded
    assert loaded.notes == (
        "only what C.f needs is loaded, since the module cannot be imported: "
        "ModuleNotFoundError: No module named 'nowhere'",
    )
    assert isinstance(compared, Compared)
    assert compared == Compared((), 1, (), old_lines=compared.old_lines, new_lines=compared.new_lines)
    assert (
        compared.old_lines.can
        == compared.old_lines.ran[-1:]
        == (source.splitlines().index("        return helped(x)") + 1,)
    )


def test_an_import_that_the_function_needs_is_named() -> None:
    source = "from nowhere import thing\n\n@thing\ndef f(x):\n    return x\n"
    (reply,) = converse(sys.executable, Load(source, source, function="f"))
    assert reply == Failed("load", "ModuleNotFoundError: No module named 'nowhere'", "old")


def test_a_module_named_as_one_of_the_standard_library_does_not_take_its_place() -> None:
    source = "def f(x):\n    import random, string\n    return random.choice(string.ascii_letters)\n"
    for name in ("random", "string", "sys"):
        assert converse(sys.executable, Load(source, source, name), Compare(("f(1)",)))[-1] == Compared((), 1, ())


def test_what_is_loaded_next_takes_the_place_of_what_was_loaded_before(root: Path) -> None:
    loads = [Load(source, source, "shop.orders", roots=(str(root),)) for source in (OLD, "total = g = len\n")]
    replies = converse(sys.executable, loads[0], Compare(("Order(1)",)), loads[1], Compare(("g([1])", "Order(1)")))
    assert [each.returned for each in replies if isinstance(each, Compared)] == [1, 1]
