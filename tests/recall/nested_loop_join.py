"""Joins of two lists by comparing every pair, and nested loops that are something else."""
# ruff: noqa

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Customer:
    id: int
    name: str
    city: str = ""


@dataclass
class Order:
    number: int
    customer_id: int
    total: float = 0.0
    lines: list["Line"] = field(default_factory=list)


@dataclass
class Line:
    sku: str
    order: int


def find_customer(customers: list[Customer], wanted: int):
    for customer in customers:
        if customer.id == wanted:
            return customer
    return None


# slow: each order is compared with each customer.
def orders_with_names(orders: list[Order], customers: list[Customer]):
    joined = []
    for order in orders:  # hint
        for customer in customers:  # hint
            if order.customer_id == customer.id:  # hint
                joined.append((order.number, customer.name))
    return joined


# slow: break halves the work and leaves it quadratic.
def attach_names(orders: list[dict], customers: list[dict]) -> None:
    for order in orders:  # hint
        for customer in customers:  # hint
            if customer["id"] == order["customer_id"]:  # hint
                order["name"] = customer["name"]
                break
        else:
            order["name"] = "unknown"


# slow: the comprehension with two fors compares all pairs.
def pairs(left: list[tuple[int, str]], right: list[tuple[int, str]]):
    return [(a, b) for key, a in left for other, b in right if key == other]  # hint


# slow: next() searches the employees again for each badge.
def badge_owners(badges: list[dict], employees: list[dict]):
    owners = {}
    for badge in badges:  # hint
        owner = next((e for e in employees if e["badge"] == badge["code"]), None)  # hint
        owners[badge["code"]] = owner["name"] if owner else None
    return owners


# slow: any() compares each row with the rows that were imported before.
def not_imported(rows: list[dict], imported: list[dict]) -> list[dict]:
    return [row for row in rows if not any(old["uid"] == row["uid"] for old in imported)]  # hint


# slow: a filtering comprehension inside the loop reads all lines for each order.
def fill_lines(orders: list[Order], lines: list[Line]) -> None:
    for order in orders:  # hint
        order.lines = [line for line in lines if line.order == order.number]  # hint


# slow: sum() reads all payments for each invoice.
def balances(invoices: list[dict], payments: list[dict]) -> dict:
    return {
        invoice["id"]: invoice["total"] - sum(p["amount"] for p in payments if p["invoice"] == invoice["id"])  # hint
        for invoice in invoices  # hint
    }


# slow: two indexes over two lists, compared pair by pair.
def shared_positions(first: list[str], second: list[str]):
    found = []
    for i in range(len(first)):  # hint
        for j in range(len(second)):  # hint
            if first[i] == second[j]:  # hint
                found.append((i, j))
    return found


class Warehouse:
    def __init__(self, name: str) -> None:
        self.name = name

    # slow: "not equal, continue" is the same comparison of all pairs.
    def stock_levels(self, products: list[dict], movements: list[dict]):
        levels = []
        for product in products:  # hint
            level = 0
            for movement in movements:  # hint
                if movement["sku"] != product["sku"]:  # hint
                    continue
                level += movement["quantity"]
            levels.append(level)
        return levels

    # fine: the inner loop runs over three constants.
    def classify(self, rows: list[dict]) -> list[str]:
        kinds = []
        for row in rows:
            for kind in ("invoice", "credit", "reminder"):
                if row["type"] == kind:
                    kinds.append(kind)
        return kinds

    # fine: nearness is no equality, and no dict answers it.
    def close_points(self, first: list[tuple[float, float]], second: list[tuple[float, float]]):
        near = []
        for x, y in first:
            for u, v in second:
                if abs(x - u) < 0.5 and abs(y - v) < 0.5:
                    near.append((x, y, u, v))
        return near


# slow: two while loops with two equalities.
def common_events(ours: list[tuple[str, int]], theirs: list[tuple[str, int]]) -> int:
    same = 0
    i = 0
    while i < len(ours):  # hint
        j = 0
        while j < len(theirs):  # hint
            if ours[i][0] == theirs[j][0] and ours[i][1] == theirs[j][1]:  # hint
                same += 1
            j += 1
        i += 1
    return same


# slow: the helper searches the customers from the start for each order.
def cities(orders: list[Order], customers: list[Customer]) -> list[str]:
    result = []
    for order in orders:  # hint
        customer = find_customer(customers, order.customer_id)  # hint
        result.append(customer.city if customer is not None else "")
    return result


# slow: filter() with a lambda reads all comments for each post.
async def with_comments(posts: list[dict], comments: list[dict]) -> list[dict]:
    for post in posts:  # hint
        post["comments"] = list(filter(lambda c: c["post"] == post["id"], comments))  # hint
    return posts


class Ledger:
    def __init__(self) -> None:
        self.accounts: list[Customer] = []
        self.entries: list[Order] = []
        self.by_id: dict[int, Customer] = {}

    def open(self, account: Customer) -> None:
        self.accounts.append(account)
        self.by_id[account.id] = account

    # slow: two attributes that are lists, compared pair by pair.
    def totals(self):
        totals = {}
        for account in self.accounts:  # hint
            totals[account.id] = 0.0
            for entry in self.entries:  # hint
                if entry.customer_id == account.id:  # hint
                    totals[account.id] += entry.total
        return totals

    # slow: the names are compared by a method's result, pair by pair.
    def matching(self, names: list[str]) -> list[Customer]:
        matched = []
        for name in names:  # hint
            for account in self.accounts:  # hint
                if account.name.lower() == name.lower():  # hint
                    matched.append(account)
        return matched

    # slow: the inner function walks the accounts for each entry.
    def describe(self) -> list[str]:
        def owner(number: int) -> str:
            for account in self.accounts:  # hint
                if account.id == number:  # hint
                    return account.name
            return "?"

        return [f"{entry.number}: {owner(entry.customer_id)}" for entry in self.entries]  # hint

    # fine: a dict answers.
    def names(self):
        return [self.by_id[entry.customer_id].name for entry in self.entries if entry.customer_id in self.by_id]

    # fine: each order has lines of its own, and every line is read once.
    def main_lines(self):
        found = []
        for entry in self.entries:
            for line in entry.lines:
                if line.order == entry.number:
                    found.append(line)
        return found

    # fine: the inner test compares with a constant and not with the outer item.
    def in_berlin(self, years: list[int]):
        report = []
        for year in years:
            for account in self.accounts:
                if account.city == "Berlin":
                    report.append((year, account.name))
        return report


# fine: an order of two values is no key.
def overlaps(first: list[tuple[int, int]], second: list[tuple[int, int]]):
    return [(a, b) for a in first for b in second if a[0] < b[1] and b[0] < a[1]]


# fine: all cells of the table are filled, equal or not.
def longest_common(first: str, second: str) -> int:
    table = [[0] * (len(second) + 1) for _ in range(len(first) + 1)]
    for i in range(1, len(first) + 1):
        for j in range(1, len(second) + 1):
            if first[i - 1] == second[j - 1]:
                table[i][j] = table[i - 1][j - 1] + 1
            else:
                table[i][j] = max(table[i - 1][j], table[i][j - 1])
    return table[-1][-1]


# fine: two loops one after the other.
def both(orders: list[Order], customers: list[Customer], wanted: int):
    found = []
    for order in orders:
        if order.customer_id == wanted:
            found.append(order.number)
    for customer in customers:
        if customer.id == wanted:
            found.append(customer.name)
    return found


# fine: the other list is fetched anew for each page, so its rows are read once.
def page_titles(pages: list[dict], fetch):
    titles = []
    for page in pages:
        rows = fetch(page["url"])
        for row in rows:
            if row["page"] == page["number"]:
                titles.append(row["title"])
    return titles


# fine: only the outer item is tested; the pairs themselves are the result.
def timetable(days: list[str], hours: list[int], free: str):
    slots = []
    for day in days:
        for hour in hours:
            if day == free:
                continue
            slots.append((day, hour))
    return slots


# fine: each pair is shown, so no pair can be left out.
def confusion(actual: list[str], predicted: list[str]) -> list[list[int]]:
    matrix = []
    for a in actual:
        row = []
        for p in predicted:
            row.append(1 if a == p else 0)
        matrix.append(row)
    return matrix
