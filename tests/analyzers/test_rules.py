"""Every rule keeps its promises, and this file would notice if it did not.

For each example of each rule: bad code is flagged once and fixed exactly so, good code is left alone, the old and the
new form do the same on the call the example names, and the new one is faster there, or takes less of what the rule
counts its gain in. How fast, the first example of each rule shows, and all of them in the full count.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from benchmarks.counting import SAMPLES, count
from perfwise_analyzers import RULES, Options
from perfwise_analyzers.document import Document
from perfwise_analyzers.engine import Analysis
from perfwise_analyzers.finding import Edit, Finding, Fix, Position, Span
from perfwise_analyzers.fixing.edits import apply
from perfwise_analyzers.rule import Bad, Good, Rule, Unit
from perfwise_server.interpreter import converse
from perfwise_worker.protocol import Compare, Compared, Load, Loaded, Reply, Time, Timed

FULL = os.environ.get("PERFWISE_FULL") == "1"
FASTER = 1.05  # The least that the lower end of the interval must show.
BUDGET = 3.0  # Seconds of timing for an example that is not clear sooner.
LONGEST = 120.0  # Seconds, for disks and processors that others use as well.

Findings = Sequence[tuple[Finding, tuple[Edit, ...]]]
Find = Callable[[str], Findings]


def finder(rule: Rule) -> Find:
    def find(text: str) -> Findings:
        everywhere = dict.fromkeys(range(1, text.count("\n") + 2), 1.0)
        analysis = Analysis(Document(text), Options(select=(rule.code,)), everywhere if rule.micro else None)
        return [(each, analysis.edits_of(each.fix) if each.fix else ()) for each in analysis.findings()]

    return find


def prove_left_alone(find: Find, good: Good) -> None:
    assert [finding.message for finding, _ in find(good.code)] == [], good.because


def prove_fixed(find: Find, bad: Bad) -> None:
    found = find(bad.code)
    assert len(found) == 1, f"flagged {len(found)} times"
    finding, edits = found[0]
    if bad.level == "advice":
        assert finding.fix is None
        return
    assert finding.fix is not None
    assert finding.fix.level == bad.level
    assert apply(bad.code, edits) == bad.better
    assert [finding.message for finding, _ in find(bad.better)] == []


def prove_the_same(rule: Rule, bads: Sequence[Bad]) -> None:
    """And, where the gain is counted and not measured, that there is one."""
    if rule.unit == "seconds":
        # One worker for all: most of the time it is being started.
        for compared in asked(bads, Compare((), LONGEST, LONGEST)):
            assert compared == Compared((), returned=1, unjudged=()), compared
        return
    for bad in bads:
        prove_counted(rule, bad)


def prove_counted(rule: Rule, bad: Bad) -> None:
    old, new = (count(code, bad.call, rule.unit) for code in (bad.code, bad.better))
    assert old.result == new.result
    assert old.number >= rule.pays * new.number, (old.number, new.number)
    assert old.number > 1, "nothing was counted"


def asked(bads: Sequence[Bad], request: Compare | Time) -> Sequence[Reply]:
    """What a worker replies to the request about the call of each example."""
    loads = [Load(bad.code, bad.better, roots=(str(SAMPLES),), guarded=False) for bad in bads]
    requests = [
        each for load, bad in zip(loads, bads, strict=True) for each in (load, replace(request, calls=(bad.call,)))
    ]
    replies = converse(sys.executable, *requests, seconds=2 * LONGEST)
    assert len(replies) == len(requests), replies[-1]
    assert all(isinstance(each, Loaded) for each in replies[::2]), replies
    return replies[1::2]


def prove_faster(rule: Rule, bad: Bad) -> None:
    (timed,) = asked([bad], Time((), BUDGET, LONGEST, repeat=True))
    assert isinstance(timed, Timed), timed
    assert timed.low > FASTER, timed
    assert timed.high >= rule.pays, timed  # Less than that would be certain only below the interval.


BAD = [pytest.param(rule, bad, id=f"{rule.name}-{n}") for rule in RULES for n, bad in enumerate(rule.bad)]
TIMED = [
    pytest.param(rule, bad, id=f"{rule.name}-{n}")
    for rule in RULES
    if rule.unit == "seconds"
    for n, bad in enumerate(rule.bad if FULL else rule.bad[:1])
]
GOOD = [pytest.param(rule, good, id=f"{rule.name}-{n}") for rule in RULES for n, good in enumerate(rule.good)]


@pytest.mark.parametrize(("rule", "good"), GOOD)
def test_good_code_is_left_alone(rule: Rule, good: Good) -> None:
    prove_left_alone(finder(rule), good)


@pytest.mark.parametrize(("rule", "bad"), BAD)
def test_bad_code_is_flagged_once_and_fixed_exactly_so(rule: Rule, bad: Bad) -> None:
    prove_fixed(finder(rule), bad)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_new_form_does_the_same(rule: Rule) -> None:
    prove_the_same(rule, rule.bad)


# The two forms take turns, so that what else runs slows both; three wrong measurements are no accident.
@pytest.mark.flaky(reruns=2)
@pytest.mark.parametrize(("rule", "bad"), TIMED)
def test_the_new_form_is_faster(rule: Rule, bad: Bad) -> None:
    prove_faster(rule, bad)


# In an order that gives the sort something to do.
TOY_CALL = "f([i * 7919 % 3001 for i in range(3000)])"
TOY = Rule(
    "PW199",
    "sorted-first",
    "A whole list is sorted for its least item.",
    triggers=("sorted",),
    bad=(
        Bad("def f(xs):\n    return sorted(xs)[-1]\n", "def f(xs):\n    return max(xs)\n", TOY_CALL),
        Bad("def f(xs):\n    return sorted(xs)[0]\n", "def f(xs):\n    return min(xs)\n", TOY_CALL, level="verify"),
    ),
    good=(Good("def f(xs):\n    return sorted(xs)[0:2]\n", "More than one item is taken."),),
    pays=1.1,
)


def toy_find(text: str, guarded: bool = True, advised: bool = False) -> Findings:
    """A rule by text alone, enough to be right or wrong in every way that is proved here."""
    found: list[tuple[Finding, tuple[Edit, ...]]] = []
    for number, line in enumerate(text.splitlines()):
        for match in re.finditer(r"sorted\((\w+)\)\[(-1|0)" + (r"\]" if guarded else r".*?\]"), line):
            span = Span(Position(number, match.start()), Position(number, match.end()))
            edits = (Edit(span, f"{'min' if match[2] == '0' else 'max'}({match[1]})"),)
            fix = None if advised else Fix("verify" if match[2] == "0" else "safe", "Take the one item", edits)
            found.append((Finding("PW199", "sorted-first", "sorted", span, "info", "", "", "f", fix), edits))
    return found


@pytest.mark.timing
def test_a_right_rule_is_proved() -> None:
    for good in TOY.good:
        prove_left_alone(toy_find, good)
    for bad in TOY.bad:
        prove_fixed(toy_find, bad)
        prove_the_same(TOY, [bad])
        prove_faster(TOY, bad)


def test_a_rule_without_its_guard_is_noticed() -> None:
    with pytest.raises(AssertionError, match="More than one item is taken"):
        prove_left_alone(lambda text: toy_find(text, guarded=False), TOY.good[0])


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"better": "def f(xs):\n    return max(xs, default=None)\n"}, id="another better form"),
        pytest.param({"level": "verify"}, id="another level"),
        pytest.param({"level": "advice"}, id="a fix where none is promised"),
        pytest.param({"code": "def f(xs):\n    return xs[-1]\n"}, id="nothing flagged"),
        pytest.param({"code": "def f(xs):\n    return sorted(xs)[-1] + sorted(xs)[-1]\n"}, id="flagged more than once"),
    ],
)
def test_an_example_that_is_not_fixed_so_is_noticed(change: dict[str, str]) -> None:
    with pytest.raises(AssertionError):
        prove_fixed(toy_find, replace(TOY.bad[0], **change))  # type: ignore[arg-type]


def test_a_fix_that_leaves_something_to_flag_is_noticed() -> None:
    def find(text: str) -> Findings:
        return toy_find(text) or toy_find(text.replace("max(xs)", "sorted(xs)[-1]"))

    prove_fixed(toy_find, TOY.bad[0])
    with pytest.raises(AssertionError):
        prove_fixed(find, TOY.bad[0])


def test_advice_comes_without_a_fix() -> None:
    bad = replace(TOY.bad[0], level="advice")
    prove_fixed(lambda text: toy_find(text, advised=True), bad)
    with pytest.raises(AssertionError):
        prove_fixed(lambda text: toy_find(text, advised=True), TOY.bad[0])


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        pytest.param({"better": "def f(xs):\n    return xs[0]\n"}, "kind='value'", id="another value"),
        pytest.param(
            {"better": "def f(xs):\n    xs.sort()\n    return xs[-1]\n"}, "kind='mutation'", id="an argument changed"
        ),
        pytest.param({"call": "f([])"}, "kind='exception type'", id="another exception"),
        pytest.param({"better": "def f(xs)"}, "kind='syntax'", id="no Python"),
        pytest.param({"call": "g([])"}, "ended='call'", id="no call of the module's"),
    ],
)
def test_an_example_that_differs_is_noticed(change: dict[str, str], complaint: str) -> None:
    with pytest.raises(AssertionError, match=complaint):
        prove_the_same(TOY, [replace(TOY.bad[0], **change)])  # type: ignore[arg-type]


LIBRARY = "from shop.models import Book\n\n\ndef f():\n    return [book.author.name for book in Book.objects.{rows}]\n"
PAGES = "import requests\nfrom web import pages\n\ndef f(urls):\n{body}\n"
COUNTED = [
    pytest.param(
        "queries",
        Bad(LIBRARY.format(rows="all()"), LIBRARY.format(rows='select_related("author")'), "f()"),
        (41, 1),
        id="queries",
    ),
    pytest.param(
        "connections",
        Bad(
            PAGES.format(body="    return [requests.get(url).text for url in urls]"),
            PAGES.format(
                body="    with requests.Session() as session:\n        return [session.get(url).text for url in urls]"
            ),
            "f(pages(9))",
        ),
        (9, 1),
        id="connections",
    ),
]


@pytest.mark.parametrize(("unit", "bad", "numbers"), COUNTED)
def test_what_is_counted_is_what_happens(unit: Unit, bad: Bad, numbers: tuple[int, int]) -> None:
    assert (count(bad.code, bad.call, unit).number, count(bad.better, bad.call, unit).number) == numbers
    prove_the_same(replace(TOY, unit=unit), [bad])
    with pytest.raises(AssertionError):
        prove_the_same(replace(TOY, unit=unit), [replace(bad, better=bad.code)])


def test_memory_is_counted_at_its_peak() -> None:
    kept = Bad("def f(n):\n    return sum([*range(n)])\n", "def f(n):\n    return sum(range(n))\n", "f(50_000)")
    prove_the_same(replace(TOY, unit="peak memory", pays=20.0), [kept])
    with pytest.raises(AssertionError):
        prove_the_same(replace(TOY, unit="peak memory"), [replace(kept, better=kept.code)])


def test_an_example_with_another_result_is_noticed_in_any_unit() -> None:
    kept = Bad("def f(n):\n    return sum([i for i in range(n)])\n", "def f(n):\n    return n\n", "f(50_000)")
    with pytest.raises(AssertionError):
        prove_the_same(replace(TOY, unit="peak memory"), [kept])


@pytest.mark.timing(reruns=0)
def test_an_example_that_pays_too_little_is_noticed() -> None:
    with pytest.raises(AssertionError, match="Timed"):
        prove_faster(replace(TOY, pays=100.0), TOY.bad[0])
    with pytest.raises(AssertionError, match="Timed"):
        prove_faster(TOY, replace(TOY.bad[0], better=TOY.bad[0].code))
