"""Functions of linear cost, and what calls them, each below its class."""
# ruff: noqa
# mypy: ignore-errors

from __future__ import annotations

from collections import Counter, defaultdict, deque
from functools import lru_cache


# n
def total(xs):
    result = 0
    for x in xs:
        result += x
    return result


# n
def mean(xs: list[float]) -> float:
    return sum(xs) / len(xs)


# n
def find(xs, wanted):
    for index, x in enumerate(xs):
        if x == wanted:
            return index
    return -1


# n
def evens(xs):
    return [x for x in xs if x % 2 == 0]


# n
def unique(xs):
    seen = set()
    out = []
    for x in xs:
        if x not in seen:
            seen.add(x)
            out.append(x)
    return out


# n
def frequency(words):
    counts = {}
    for word in words:
        counts[word] = counts.get(word, 0) + 1
    return counts


# n
def common(a: list[int], b: list[int]) -> list[int]:
    wanted = set(b)
    return [x for x in a if x in wanted]


# n
def two_sum(nums, target):
    seen = {}
    for i, num in enumerate(nums):
        if target - num in seen:
            return [seen[target - num], i]
        seen[num] = i
    return []


# n
def is_palindrome(s):
    left, right = 0, len(s) - 1
    while left < right:
        if s[left] != s[right]:
            return False
        left += 1
        right -= 1
    return True


# n
def reversed_text(s: str) -> str:
    return s[::-1]


# n
def build(words: list[str]) -> str:
    text = ""
    for word in words:
        text += word
    return text


# n
def joined(words):
    return ",".join(word.strip().lower() for word in words)


# n
def factorial(n):
    return 1 if n <= 1 else n * factorial(n - 1)


# n
def fibonacci(n):
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a


# n
@lru_cache(maxsize=None)
def fibonacci_cached(n):
    if n < 2:
        return n
    return fibonacci_cached(n - 1) + fibonacci_cached(n - 2)


# n
def fibonacci_memo(n, memo={}):
    if n in memo:
        return memo[n]
    if n <= 1:
        return n
    memo[n] = fibonacci_memo(n - 1, memo) + fibonacci_memo(n - 2, memo)
    return memo[n]


# n
def climb(n):
    ways = [0] * (n + 1)
    ways[0] = ways[1] = 1
    for i in range(2, n + 1):
        ways[i] = ways[i - 1] + ways[i - 2]
    return ways[n]


# n
def kadane(nums):
    best = current = nums[0]
    for num in nums[1:]:
        current = max(num, current + num)
        best = max(best, current)
    return best


# n
def next_greater(xs):
    out = [-1] * len(xs)
    stack = []
    for i, x in enumerate(xs):
        while stack and xs[stack[-1]] < x:
            out[stack.pop()] = x
        stack.append(i)
    return out


# n
def longest_unique(s):
    seen = set()
    left = best = 0
    for right in range(len(s)):
        while s[right] in seen:
            seen.remove(s[left])
            left += 1
        seen.add(s[right])
        best = max(best, right - left + 1)
    return best


# n
def shortest_window(nums, target):
    left = total = 0
    best = len(nums) + 1
    for right, num in enumerate(nums):
        total += num
        while total >= target:
            best = min(best, right - left + 1)
            total -= nums[left]
            left += 1
    return best


# n
def window_max(nums, k):
    window = deque()
    out = []
    for i, num in enumerate(nums):
        while window and nums[window[-1]] <= num:
            window.pop()
        window.append(i)
        if window[0] <= i - k:
            window.popleft()
        if i >= k - 1:
            out.append(nums[window[0]])
    return out


# n
def balanced(text):
    stack = []
    pairs = {")": "(", "]": "["}
    for char in text:
        if char in "([":
            stack.append(char)
        elif char in pairs:
            if not stack or stack.pop() != pairs[char]:
                return False
    return not stack


# n
def topological(n, edges):
    adjacent = [[] for _ in range(n)]
    degree = [0] * n
    for a, b in edges:
        adjacent[a].append(b)
        degree[b] += 1
    queue = deque(i for i in range(n) if degree[i] == 0)
    order = []
    while queue:
        node = queue.popleft()
        order.append(node)
        for following in adjacent[node]:
            degree[following] -= 1
            if degree[following] == 0:
                queue.append(following)
    return order


# n
def levels(root):
    if not root:
        return []
    out = []
    queue = deque([root])
    while queue:
        level = []
        for _ in range(len(queue)):
            node = queue.popleft()
            level.append(node.value)
            if node.left:
                queue.append(node.left)
            if node.right:
                queue.append(node.right)
        out.append(level)
    return out


# n
def height(node):
    if node is None:
        return 0
    return 1 + max(height(node.left), height(node.right))


# n
def count_nodes(tree):
    count = 1
    for child in tree.children:
        count += count_nodes(child)
    return count


# n
def reverse_linked(head):
    previous = None
    current = head
    while current:
        following = current.next
        current.next = previous
        previous = current
        current = following
    return previous


# n
def has_cycle(head):
    slow = fast = head
    while fast and fast.next:
        slow = slow.next
        fast = fast.next.next
        if slow is fast:
            return True
    return False


# n
def grouped(words):
    groups = defaultdict(list)
    for word in words:
        groups[word[0]].append(word)
    result = []
    for key, members in groups.items():
        for member in members:
            result.append((key, member))
    return result


# n
def countdown(n):
    while n > 0:
        print(n)
        n -= 1


# n
def drain(queue: deque):
    while queue:
        print(queue.popleft())


# n
def skip_spaces(text):
    i = 0
    tokens = []
    while i < len(text):
        if text[i].isspace():
            i += 1
            continue
        start = i
        while i < len(text) and not text[i].isspace():
            i += 1
        tokens.append(text[start:i])
    return tokens


# n
def dutch_flag(nums):
    low, mid, high = 0, 0, len(nums) - 1
    while mid <= high:
        if nums[mid] == 0:
            nums[low], nums[mid] = nums[mid], nums[low]
            low += 1
            mid += 1
        elif nums[mid] == 1:
            mid += 1
        else:
            nums[mid], nums[high] = nums[high], nums[mid]
            high -= 1


# n
def flattened(lists: list[list[int]]) -> int:
    count = 0
    for _ in lists:
        count += 1
    return count + max(len(inner) for inner in lists)


# n
def anagrams(a: str, b: str) -> bool:
    return Counter(a) == Counter(b)


# n
def count_sort(xs, k: int = 256):
    counts = [0] * 256
    for x in xs:
        counts[x] += 1
    out = []
    for value in range(256):
        out.extend([value] * counts[value])
    return out


# n
def fixed_pairs(xs):
    for x in xs:
        for y in (1, 2, 3):
            print(x * y)


# n
def via_helper(xs):
    return total(xs) + mean(xs)


# n
def words_of(text: str) -> dict:
    counts: dict[str, int] = {}
    for word in text.split():
        counts[word] = counts.get(word, 0) + 1
    return counts


# n^2
def calls_linear(xs):
    return [total(xs) for _ in xs]
