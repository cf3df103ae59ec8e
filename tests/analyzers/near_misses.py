"""Functions near those that safe fixes are for: in each, something small might make such a fix wrong."""
# ruff: noqa

from __future__ import annotations

import copy
import json
import re


def nsmall(rows: list[int], k: int) -> list[int]:
    return sorted(rows)[:k]


def nsmall_each(rows: list[list[int]], k: int):
    return [sorted(row)[:k] for row in rows]


def nlarge(rows: list[int], k: int) -> list[int]:
    return sorted(rows)[-k:]


def nlarge2(rows: list[int], k: int) -> list[int]:
    return sorted(rows, reverse=True)[:k]


def powm(xs: list[int], m: int) -> list[int]:
    return [(x**5) % m for x in xs]


def powm2(xs: list[int], e: int) -> list[int]:
    return [x ** abs(e) % 7 for x in xs]


def powm3(xs: list[int]) -> list[int]:
    return [(x**3) % len(xs) for x in xs]


def patterns(lines: list[str], pattern: str) -> list[str]:
    out = []
    for line in lines:
        if re.match(pattern, line):
            out.append(line)
    return out


def patterns_try(lines: list[str], pattern: str) -> list[str]:
    out = []
    for line in lines:
        try:
            if re.search(r"a+", line):
                out.append(line)
        except re.error:
            continue
    return out


def subs(lines: list[str]) -> list[str]:
    return [re.sub("a", "b\\n", line) for line in lines]


def subs2(lines: list[str], new: str) -> list[str]:
    return [re.sub("a", new, line) for line in lines]


def subs3(lines: list[str]) -> list[str]:
    return [re.sub("a", r"\g<0>x", line) for line in lines]


def splits(lines: list[str]) -> list[list[str]]:
    return [re.split(",", line) for line in lines]


def lens(xs: list[int], ys: list[int]) -> list[int]:
    i = 0
    while i < len(xs):
        if len(ys) < 20:
            ys.append(xs[i])
        i += 1
    return ys


def lens2(xs: list[int]) -> int:
    i = n = 0
    while i < len(xs):
        n += xs[i]
        i += 1
        if i == 2:
            xs = xs + [1]
    return n


def reductions(xs: list[int], ys: list[int]) -> list[int]:
    out = []
    for y in ys:
        out.append(y * sum(xs))
        if len(out) < 3:
            xs.append(1)
    return out


def reductions2(xs: list[int], ys: list[int]) -> list[int]:
    return [y - max(xs) for y in ys]


def reductions3(xs: list[int], ys: list[int]) -> list[int]:
    out = []
    for y in ys:
        if xs:
            out.append(y - max(xs))
    return out


def reductions4(xs: list[int], ys: list[int]) -> list[int]:
    out = []
    for i in range(len(ys)):
        ys[i] = ys[i] - sum(xs)
    return ys


def sorts(xs: list[int], ys: list[int]) -> list[int]:
    out = []
    for y in ys:
        out.append(sorted(xs)[0] + y)
    return out


def maps(xs: list[int], k: int):
    fs = list(map(lambda x: lambda: x + k, xs))
    k = 10
    return [f() for f in fs]


def maps2(xs: list[int], x: int):
    ys = list(map(lambda x: x * 2, xs))
    return ys, x


def maps3(xs: list[int], k: int):
    return list(map(lambda x, y=k: x + y, xs))


def maps4(xs: list[int], ys: list[int]):
    return list(map(lambda x, y: x + y, xs, ys))


def maps5(xs: list[str]):
    return sum(map(lambda x: len(x), xs))


def dele(d: dict[int, int]) -> int:
    total = 0
    _ = 3
    for _, v in d.items():
        total += v
    return total + _


def dele2(d: dict[int, int]) -> list[int]:
    out = []
    for k, v in d.items():
        out.append(v)
    return out


def keysin(d: dict[int, int], xs: list[int]) -> list[int]:
    return [x for x in xs if x in d.keys()]


def valuesin(d: dict[int, int], xs: list[int]) -> list[int]:
    out = []
    for x in xs:
        if x in d.values():
            out.append(x)
        else:
            d[x] = x
    return out


def counts(xs: list[int]) -> dict[int, int]:
    return {x: xs.count(x) for x in xs}


def counts2(xs: list[int]) -> list[int]:
    out = []
    for x in xs:
        if xs.count(x) > 1:
            out.append(x)
    return out


def counts3(xs: list[int]):
    out = []
    for x in list(xs):
        if xs.count(x) > 1:
            xs.remove(x)
    return xs


def index(xs: list[int], ys: list[int]) -> list[int]:
    return [xs.index(y) for y in ys if y in xs]


def index2(xs: list[int], ys: list[int]) -> list[int]:
    out = []
    for y in ys:
        try:
            out.append(xs.index(y))
        except ValueError:
            out.append(-1)
    return out


def sums(xs: list[int], start: int) -> int:
    total = start
    for x in xs:
        total += x
    return total


def sums2(xs: list[bool]):
    total = 0
    for x in xs:
        total += x
    return total


def sums3(xs: list[int]):
    total = True
    for x in xs:
        total += x
    return total


def prefix(xs: list[int]) -> list[int]:
    return [sum(xs[:i]) for i in range(len(xs))]


def prefix2(xs: list[int], n: int) -> list[int]:
    return [sum(xs[:i]) for i in range(n)]


def prefix3(xs: list[int], ns: list[int]) -> list[int]:
    return [sum(xs[:n]) for n in ns]


def prefix4(xs: list[int]) -> list[int]:
    return [max(xs[: i + 1]) for i in range(len(xs))]


def dedupe(xs: list[int], out: list[int]) -> list[int]:
    for x in xs:
        if x not in out:
            out.append(x)
    return out


def dedupe2(xs: list[float]) -> list[float]:
    out = []
    for x in xs:
        if x not in out:
            out.append(x)
    return out


def dedupe3(xs: list[tuple[int, str]]) -> list[tuple[int, str]]:
    out: list[tuple[int, str]] = []
    for x in xs:
        if x in out:
            continue
        out.append(x)
    return out


def front(xs: list[int]) -> list[int]:
    out = []
    for x in xs:
        out.insert(0, x)
    return out


def front2(xs: list[int]) -> list[int]:
    out = [0]
    for x in xs:
        out.insert(0, x)
    return out


def flat(parts: list[list[int]]) -> list[int]:
    return sum(parts, [])


def flat2(parts: list[list[int]]) -> list[int]:
    out = []
    for part in parts:
        out = out + part
    return out


def flat3(parts: list[list[int]]) -> list[int]:
    out = parts[0]
    for part in parts[1:]:
        out = out + part
    return out


def flat4(parts: list[list[int]]) -> list[list[int]]:
    out: list[int] = []
    seen = []
    for part in parts:
        out = out + part
        seen.append(out)
    return seen


def prime(n: int) -> bool:
    if n < 2:
        return False
    for d in range(2, n):
        if n % d == 0:
            return False
    return True


def prime2(n: int) -> bool:
    return all(n % d for d in range(2, n))


def prime3(n: int) -> list[int]:
    return [d for d in range(1, n + 1) if n % d == 0]


def dup(xs: list[int]) -> bool:
    for i in range(len(xs)):
        for j in range(i + 1, len(xs)):
            if xs[i] == xs[j]:
                return True
    return False


def dup2(xs: list[float]) -> bool:
    for i in range(len(xs)):
        for j in range(i + 1, len(xs)):
            if xs[i] == xs[j]:
                return True
    return False


def rev(d: dict[str, int], xs: list[int]):
    return [[k for k in d if d[k] == x] for x in xs]


def rev2(d: dict[str, int], xs: list[int]):
    out = []
    for x in xs:
        for k, v in d.items():
            if v == x:
                out.append(k)
                break
    return out


def rem(xs: list[int], bad: int) -> list[int]:
    for x in list(xs):
        if x == bad:
            xs.remove(x)
    return xs


def rem2(xs: list[int], bad: list[int]) -> list[int]:
    for b in bad:
        while b in xs:
            xs.remove(b)
    return xs


def rem3(xs: list[int], ys: list[int]) -> list[int]:
    for x in xs[:]:
        if x in ys:
            xs.remove(x)
    return xs


def rebuild(pairs: list[tuple[str, int]]) -> dict[str, int]:
    d = {}
    for k, v in pairs:
        d = {**d, k: v}
    return d


def rebuild2(d: dict[str, int], pairs: list[tuple[str, int]]):
    e = d
    for k, v in pairs:
        e = {**e, k: v}
    return d, e


def copyl(xs: list[int], out: list[int]) -> list[int]:
    if xs is out:
        return out
    for x in xs:
        out.append(x)
    return out


def copyd(xs: dict[int, int]) -> dict[int, int]:
    out = {}
    for k, v in xs.items():
        out[k] = v
    return out


def copyd2(xs: dict[int, int]) -> dict[int, int]:
    out = {}
    for k in xs:
        out[k] = xs[k]
    return out


def sadd(xs: list[int], out: set[int]) -> set[int]:
    for x in xs:
        out.add(x)
    return out


def starts(xs: list[str], a: str, b: str) -> list[str]:
    return [x for x in xs if x.startswith(a) or x.startswith(b)]


def starts2(xs: list[str]) -> list[str]:
    return [x for x in xs if x.strip().startswith("a") or x.strip().startswith(("b", "1"))]


def bits(xs: list[int]) -> list[int]:
    return [bin(x).count("1") for x in xs]


def bits2(xs: list[int]) -> list[int]:
    return [bin(x)[2:].count("1") for x in xs]


def bits3(xs: list[int]) -> list[int]:
    return [bin(x).count("0") for x in xs]


def firsts(xs: list[str]) -> list[str]:
    return [x.split(",")[0] for x in xs]


def firsts2(xs: list[str]) -> list[str]:
    return [x.split(",")[-1] for x in xs]


def firsts3(xs: list[str]) -> list[str]:
    return [x.split(",")[1] for x in xs]


def firsts4(xs: list[str], sep: str) -> list[str]:
    return [x.split(sep)[0] for x in xs]


def firsts5(xs: list[str]) -> list[str]:
    return [x.split()[0] for x in xs]


def texts(xs: list[str]) -> str:
    s = ""
    for x in xs:
        s = x + s
    return s


def texts2(xs: list[str], s: str) -> str:
    for x in xs:
        s += x
        if len(s) > 5:
            break
    return s


def texts3(xs: list[str]) -> str:
    s = "a"
    for x in xs:
        s += x + ","
    return s[:-1]


def data(xs: list[bytes]) -> bytes:
    s = b""
    for x in xs:
        s += x
    return s


def keys(xs: list[tuple[int, str]]):
    return sorted(xs, key=lambda x: x[1])


def keys2(xs: list[list[int]]):
    xs.sort(key=lambda x: x[0])
    return xs


def shrink(s: str) -> list[str]:
    out = []
    while s:
        out.append(s[0])
        s = s[1:]
    return out


def shrink2(s: str) -> int:
    n = 0
    while len(s) > 2:
        if s[0] == "a":
            n += 1
        s = s[2:]
    return n


def shrink3(s: str):
    parts = []
    while s:
        parts.append(s[:2])
        s = s[2:]
    return parts, s


def heap(xs: list[int]) -> list[int]:
    q: list[int] = []
    out = []
    for x in xs:
        q.append(x)
        q.sort()
        if len(q) > 2:
            out.append(q.pop(0))
    return out


def disp(xs: list[int]) -> list[int]:
    return [x for x in xs if x in [1, 2, 3, 5]]


def disp2(xs: list[int]) -> list[str]:
    out = []
    for x in xs:
        names = {1: "a", 2: "b"}
        out.append(names.get(x, "c"))
    return out


def disp3(xs: list[int]) -> list[dict[int, str]]:
    out = []
    for x in xs:
        names = {1: "a", 2: "b"}
        names[x] = "c"
        out.append(names)
    return out


def last(xs: list[int]) -> int:
    if not xs:
        return 0
    return sorted(xs)[-1]


def last2(xs: list[tuple[int, int]]):
    if not xs:
        return 0
    return sorted(xs)[0]


def last3(xs: list[float]) -> float:
    if len(xs) == 0:
        return 0.0
    return sorted(xs)[0]


def lam(xs: list[int], ys: list[int]):
    out = []
    for x in xs:
        f = lambda y: y + x
        out.append(list(map(f, ys)))
    return out


def member(xs: list[int], ys: list[int]) -> list[int]:
    out = []
    for x in xs:
        if x not in ys:
            ys.append(x)
            out.append(x)
    return out


def member2(xs: list[float], ys: list[float]) -> list[float]:
    return [x for x in xs if x in ys]


def member3(xs: list[float], ys: list[float]) -> list[float]:
    return [x for x in xs if any(x == y for y in ys)]


def member4(xs: list[int], ys: list[int]) -> list[int]:
    for x in xs:
        if x in ys:
            del xs[0]
            break
    return [x for x in xs if x in ys]


def join(xs: list[tuple[int, str]], ys: list[tuple[int, str]]) -> list[str]:
    out = []
    for x in xs:
        for y in ys:
            if x[0] == y[0]:
                out.append(x[1] + y[1])
    return out


def join2(xs: list[tuple[int, str]], ys: list[tuple[int, str]]) -> list[str]:
    out = []
    for x in xs:
        for y in ys:
            if x[0] == y[0]:
                out.append(x[1] + y[1])
                break
        else:
            out.append("")
    return out


def join3(xs: list[tuple[float, str]], ys: list[tuple[float, str]]) -> list[str]:
    return [x[1] + y[1] for x in xs for y in ys if x[0] == y[0]]


def deep(xs: list[int], conf: dict[str, int]):
    out = []
    for x in xs:
        c = copy.deepcopy(conf)
        c["a"] = x
        out.append(c)
    return out


def jsons(xs: list[str], text: str):
    out = []
    for x in xs:
        out.append(json.loads(text)[x])
    return out


def zips(a: list[int], b: list[int]):
    assert len(a) == len(b)
    return [a[i] * b[i] for i in range(len(a))]


def zips2(a: list[int], b: list[int]):
    if len(a) != len(b):
        raise ValueError
    t = 0
    for i in range(len(a)):
        t += a[i] * b[i]
    return t, i


def tally(xs: list[str]) -> dict[str, int]:
    d = {}
    for x in xs:
        if x in d:
            d[x] += 1
        else:
            d[x] = 1
    return d


def may_be_none(xs: list[int] | None, ys: list[int]) -> list[int]:
    return [y for y in ys if y in xs]


def some_are_none(xs: list[int | None], ys: list[int]) -> int:
    for y in ys:
        if sorted(xs)[0] == y:
            return 1
    return 0


def some_are_none2(xs: list[int | None]) -> int:
    total = 0
    for x in xs:
        total += x
    return total


def some_are_none3(xs: list[int | None]) -> list[int]:
    return [sum(xs[:i]) for i in range(len(xs))]


def some_are_none4(xs: list[int | None], ys: list[int]) -> list[int]:
    return [y * sum(xs) for y in ys]


def some_are_none5(xs: list[str | None]) -> str:
    text = ""
    for x in xs:
        text = x + text
    return text


def some_are_none6(xs: list[int | None]) -> list[int]:
    return [bin(x).count("1") for x in xs]


def warns(lines: list[str]) -> list[str]:
    return [line for line in lines if re.match("[[a]", line)]


def tried(lines: list[str], row: str) -> str:
    try:
        for row in lines:
            if re.match("(a", row):
                return row
    except re.error:
        return row
    return ""


def together(y: str) -> list[str]:
    return ["a{}b{}".format(y, y) for _ in range(3)]
