"""Trees and linked lists, with n nodes."""
# ruff: noqa

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass
class Node:
    value: int
    left: Node | None = None
    right: Node | None = None


@dataclass
class Link:
    value: int
    next: Link | None = None


class Trie:
    # class: 1
    def __init__(self) -> None:
        self.children: dict[str, Trie] = {}
        self.ends = False

    # class: n
    def insert(self, word: str) -> None:
        node = self
        for letter in word:
            node = node.children.setdefault(letter, Trie())
        node.ends = True

    # class: n
    def has(self, word: str) -> bool:
        node = self
        for letter in word:
            if letter not in node.children:
                return False
            node = node.children[letter]
        return node.ends

    # class: n^2; because: n words of n letters.
    def insert_all(self, words: list[str]) -> None:
        for word in words:
            self.insert(word)


# class: n
def size(node: Node | None) -> int:
    if node is None:
        return 0
    return 1 + size(node.left) + size(node.right)


# class: n
def depth(node):
    if not node:
        return 0
    return 1 + max(depth(node.left), depth(node.right))


# class: n
def mirror(node: Node | None) -> Node | None:
    if node is not None:
        node.left, node.right = mirror(node.right), mirror(node.left)
    return node


# class: n; because: in the worst case the tree is a chain.
def find(node: Node | None, value: int) -> Node | None:
    while node is not None and node.value != value:
        node = node.left if value < node.value else node.right
    return node


# class: n
def level_order(root):
    levels = []
    queue = deque([root] if root else [])
    while queue:
        level = []
        for _ in range(len(queue)):
            node = queue.popleft()
            level.append(node.value)
            if node.left:
                queue.append(node.left)
            if node.right:
                queue.append(node.right)
        levels.append(level)
    return levels


# class: n
def same(first: Node | None, second: Node | None) -> bool:
    if first is None or second is None:
        return first is second
    return first.value == second.value and same(first.left, second.left) and same(first.right, second.right)


# class: n
def collect(node: Node | None, values: list[int]) -> None:
    if node is None:
        return
    collect(node.left, values)
    values.append(node.value)
    collect(node.right, values)


# class: n log n; because: the tree's values are sorted once.
def sorted_values(node: Node | None) -> list[int]:
    values: list[int] = []
    collect(node, values)
    return sorted(values)


# class: n; because: the values are shared out by bounds, not copied.
def build(values: list[int], low: int, high: int) -> Node | None:
    if low >= high:
        return None
    middle = (low + high) // 2
    return Node(values[middle], build(values, low, middle), build(values, middle + 1, high))


# class: n log n; because: each level copies all the values.
def build_by_slices(values):
    if not values:
        return None
    middle = len(values) // 2
    return Node(values[middle], build_by_slices(values[:middle]), build_by_slices(values[middle + 1 :]))


# class: n
def list_length(head: Link | None) -> int:
    length = 0
    while head is not None:
        length += 1
        head = head.next
    return length


# class: n
def reverse(head):
    previous = None
    while head:
        head.next, previous, head = previous, head, head.next
    return previous


# class: n
def has_cycle(head: Link | None) -> bool:
    slow = fast = head
    while fast is not None and fast.next is not None:
        slow = slow.next
        fast = fast.next.next
        if slow is fast:
            return True
    return False


# class: n
def from_values(values: list[int]) -> Link | None:
    head = None
    for value in reversed(values):
        head = Link(value, head)
    return head


# class: 1
def push_front(head: Link | None, value: int) -> Link:
    return Link(value, head)


# class: n
def merge_lists(first: Link | None, second: Link | None) -> Link | None:
    start = last = Link(0)
    while first is not None and second is not None:
        if first.value <= second.value:
            last.next, first = first, first.next
        else:
            last.next, second = second, second.next
        last = last.next
    last.next = first if first is not None else second
    return start.next


# class: n^2; because: it walks from the head for every position.
def values_by_position(head: Link | None) -> list[int]:
    values = []
    for position in range(list_length(head)):
        link = head
        for _ in range(position):
            link = link.next
        values.append(link.value)
    return values


# class: n; because: the values of all the nodes are walked once.
def walk(node: Node | None) -> Iterator[int]:
    stack = [node]
    while stack:
        current = stack.pop()
        if current is not None:
            yield current.value
            stack.append(current.right)
            stack.append(current.left)


# class: log n; because: a node's parent has half its number.
def path_to_root(number: int) -> list[int]:
    path = []
    while number >= 1:
        path.append(number)
        number //= 2
    return path


# class: n
def build_segment_tree(values: list[int]) -> list[int]:
    n = len(values)
    tree = [0] * n + values
    for i in range(n - 1, 0, -1):
        tree[i] = tree[2 * i] + tree[2 * i + 1]
    return tree


# class: log n
def change_in_segment_tree(tree: list[int], position: int, value: int) -> None:
    position += len(tree) // 2
    tree[position] = value
    while position > 1:
        position //= 2
        tree[position] = tree[2 * position] + tree[2 * position + 1]


# class: log n
def sum_in_segment_tree(tree, left, right):
    total = 0
    left += len(tree) // 2
    right += len(tree) // 2
    while left < right:
        if left & 1:
            total += tree[left]
            left += 1
        if right & 1:
            right -= 1
            total += tree[right]
        left >>= 1
        right >>= 1
    return total


# class: n log n
def sums_of_ranges(tree: list[int], ranges: list[tuple[int, int]]) -> list[int]:
    return [sum_in_segment_tree(tree, left, right) for left, right in ranges]


# class: n; because: there are n members in all, at whatever depth.
def nested_sum(nested: list) -> int:
    total = 0
    for member in nested:
        if isinstance(member, list):
            total += nested_sum(member)
        else:
            total += member
    return total


# class: 2^n; because: the shapes of trees grow as the Catalan numbers.
def all_shapes(nodes: int) -> list[Node | None]:
    if nodes == 0:
        return [None]
    shapes = []
    for left_nodes in range(nodes):
        for left in all_shapes(left_nodes):
            for right in all_shapes(nodes - 1 - left_nodes):
                shapes.append(Node(0, left, right))
    return shapes


# class: 2^n
def draw_fractal(level: int) -> int:
    if level == 0:
        return 1
    return sum(draw_fractal(level - 1) for _ in range(4))


# class: n^2; because: four halves of the side, with constant work for each.
def quadtree_leaves(side: int) -> int:
    if side <= 1:
        return 1
    half = side // 2
    return quadtree_leaves(half) + quadtree_leaves(half) + quadtree_leaves(half) + quadtree_leaves(half)


# class: n
def countdown(seconds: int) -> list[int]:
    if seconds <= 0:
        return [0]
    rest = countdown(seconds - 1)
    rest.append(seconds)
    return rest


# class: n^2; because: a slice of the rest is copied at every level.
def total_recursive(values: list[int]) -> int:
    if not values:
        return 0
    return values[0] + total_recursive(values[1:])


# class: n
def total_by_index(values, i=0):
    if i == len(values):
        return 0
    return values[i] + total_by_index(values, i + 1)


# class: n
def is_even(number: int) -> bool:
    return True if number == 0 else is_odd(number - 1)


# class: n
def is_odd(number: int) -> bool:
    return False if number == 0 else is_even(number - 1)


# class: n^2 log n; because: n levels, each sorts what is left.
def take_largest(values: list[int]) -> list[int]:
    if not values:
        return []
    ordered = sorted(values, key=lambda value: value * 7919 % 10007)
    return [ordered[-1], *take_largest(ordered[:-1])]


# class: n^3; because: eight halves of the side, with constant work for each.
def cubes(side: int) -> int:
    if side <= 1:
        return 1
    total = 0
    for _ in range(8):
        total += cubes(side // 2)
    return total


# class: n log n
def count_inversions_by_halves(values: list[int]) -> tuple[int, list[int]]:
    if len(values) < 2:
        return 0, values
    middle = len(values) // 2
    left_count, left = count_inversions_by_halves(values[:middle])
    right_count, right = count_inversions_by_halves(values[middle:])
    merged = []
    count = left_count + right_count
    i = 0
    for value in right:
        while i < len(left) and left[i] <= value:
            merged.append(left[i])
            i += 1
        count += len(left) - i
        merged.append(value)
    merged.extend(left[i:])
    return count, merged
