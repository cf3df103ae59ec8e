"""What drives `known_orders` and `shelf_numbers` when they are profiled through a test."""

from __future__ import annotations

from inventory import Order, known_orders, shelf_numbers

SKUS = [f"sku-{number}" for number in range(1500)]


def test_orders_of_unknown_products_are_left_out() -> None:
    orders = [Order(number, f"sku-{number * 2}", 1) for number in range(1500)]
    assert len(known_orders(orders, SKUS)) == 750


def test_products_stand_where_they_are_listed() -> None:
    assert shelf_numbers(SKUS, ["sku-0", "sku-1499"]) == [0, 1499]
