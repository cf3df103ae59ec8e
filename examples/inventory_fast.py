"""The join of inventory.py in its cheaper form: there is nothing to hint at here."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from itertools import accumulate, chain


def known_orders(orders: list[str], skus: list[str]) -> list[str]:
    in_shop = set(skus)
    return [sku for sku in orders if sku in in_shop]


def picking_list(orders: list[tuple[int, str]], products: list[tuple[str, str]]) -> list[tuple[int, str]]:
    names = defaultdict(list)
    for sku, name in products:
        names[sku].append(name)
    return [(number, name) for number, sku in orders for name in names[sku]]


def ordered_once(orders: list[str]) -> list[str]:
    return list(dict.fromkeys(orders))


def ordered_how_often(orders: list[str]) -> Counter[str]:
    return Counter(orders)


def last_first(orders: list[str]) -> list[str]:
    waiting = deque(orders)
    done: deque[str] = deque()
    while waiting:
        done.appendleft(waiting.popleft())
    return list(done)


def sold_by_then(quantities: list[int]) -> list[int]:
    return list(accumulate(quantities))


def every_item(baskets: list[list[str]]) -> list[str]:
    return list(chain.from_iterable(baskets))


def main() -> None:
    skus = [f"sku-{number}" for number in range(200)]
    orders = [f"sku-{number * 3 % 250}" for number in range(300)]
    known = known_orders(orders, skus)
    picked = picking_list(list(enumerate(known)), [(sku, sku.title()) for sku in skus])
    print(f"{len(known)} orders of {len(ordered_once(known))} products, {len(picked)} picked")
    print(f"most often {ordered_how_often(known).most_common(1)[0]}, last {last_first(known)[0]}")
    print(f"{sold_by_then(list(range(10)))[-1]} sold, {len(every_item([known, skus]))} items")


if __name__ == "__main__":
    main()
