"""Sources that tests write to files and open in editors."""

SLOW = """\
def common(orders: list[int], users: list[int]) -> list[int]:
    found = []
    for order in orders:
        if order in users:
            found.append(order)
    return found
"""
FAST = SLOW.replace("    for", "    users_set = set(users)\n    for").replace("in users:", "in users_set:")
UNCHECKED = SLOW.replace("list[int]", "list")
FINE = "def double(n):\n    return n * 2\n"
