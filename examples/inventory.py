"""Joins a shop's orders with its products and says what has to be ordered again."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Product:
    sku: str
    name: str
    stock: int


@dataclass(frozen=True)
class Order:
    number: int
    sku: str
    quantity: int


def known_orders(orders: list[Order], skus: list[str]) -> list[Order]:
    """The orders whose product the shop has."""
    known = []
    for order in orders:
        if order.sku in skus:
            known.append(order)
    return known


def picking_list(orders: list[Order], products: list[Product]) -> list[tuple[int, str]]:
    """The name of the product of every order."""
    picked = []
    for order in orders:
        for product in products:
            if product.sku == order.sku:
                picked.append((order.number, product.name))
    return picked


def shelf_numbers(skus: list[str], wanted: list[str]) -> list[int]:
    """Where on the shelves each wanted product stands."""
    return [skus.index(sku) for sku in wanted]


def main() -> None:
    products = [Product(f"sku-{number}", f"Product {number}", number % 7) for number in range(200)]
    orders = [Order(number, f"sku-{number * 3 % 250}", 1 + number % 4) for number in range(300)]
    skus = [product.sku for product in products]
    known = known_orders(orders, skus)
    print(f"{len(known)} of {len(orders)} orders can be picked")
    print("first:", picking_list(known, products)[0])
    print("shelf:", shelf_numbers(skus, [order.sku for order in known])[:5])


if __name__ == "__main__":
    main()
