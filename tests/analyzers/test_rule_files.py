from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from perfwise_analyzers import RULES, rules
from perfwise_analyzers.rule import Rule
from perfwise_analyzers.thresholds import THRESHOLDS

FAMILIES = {
    "algorithms": "PW1",
    "recomputation": "PW2",
    "structures": "PW3",
    "builtins": "PW4",
    "strings": "PW5",
    "io": "PW6",
    "arrays": "PW7",
    "concurrency": "PW8",
    "complexity": "PW9",
}
SECTIONS = ["What it costs", "The cheaper form", "When it does not pay", "Fix safety"]
LEAST_GAIN = 1.3

FOLDER = Path(rules.__path__[0])
FILES = {path.stem.replace("_", "-"): path for path in FOLDER.glob("*/*.py") if not path.stem.startswith("_")}

every_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
every_page = pytest.mark.parametrize("rule", [*RULES, *THRESHOLDS], ids=lambda rule: rule.name)


def sections(doc: str) -> dict[str, str]:
    """The text below each heading; what comes before the first is below the empty one."""
    parts = re.split(r"(?m)^# (.+)$", doc.strip())
    return {"": parts[0].strip(), **dict(zip(parts[1::2], map(str.strip, parts[2::2]), strict=True))}


def is_sentence(text: str) -> bool:
    return re.fullmatch(r"[A-Z`\"'(\d].*\s.*[.]", text, re.DOTALL) is not None


def test_every_file_holds_one_rule_that_was_discovered() -> None:
    assert RULES
    assert sorted(FILES) == sorted(rule.name for rule in RULES)


@pytest.mark.parametrize("attribute", ["code", "name", "summary"])
def test_no_two_rules_share(attribute: str) -> None:
    counts = Counter(getattr(rule, attribute) for rule in [*RULES, *THRESHOLDS])
    assert [value for value, count in counts.items() if count > 1] == []


@every_rule
def test_the_code_belongs_to_the_family_of_the_folder(rule: Rule) -> None:
    assert re.fullmatch(r"PW\d{3}", rule.code)
    assert rule.family == FAMILIES[FILES[rule.name].parent.name]


@every_page
def test_the_page_has_its_sections(rule: Rule) -> None:
    found = sections(rule.doc)
    assert list(found) == ["", *SECTIONS]
    assert all(found.values())
    summary = found[""].splitlines()[0]
    assert is_sentence(summary)
    assert is_sentence(rule.summary)


@every_rule
def test_there_are_enough_examples(rule: Rule) -> None:
    assert len(rule.bad) >= 1
    assert len(rule.good) >= 2
    assert len({bad.code for bad in rule.bad} | {good.code for good in rule.good}) == len(rule.bad) + len(rule.good)


@every_rule
def test_each_good_example_says_why(rule: Rule) -> None:
    assert [good.because for good in rule.good if not is_sentence(good.because)] == []


@every_rule
def test_the_triggers_occur_in_the_bad_examples(rule: Rule) -> None:
    assert rule.triggers
    assert [bad.code for bad in rule.bad if not any(trigger in bad.code for trigger in rule.triggers)] == []


@every_rule
def test_the_gain_was_measured(rule: Rule) -> None:
    assert rule.pays >= LEAST_GAIN
    assert rule.gain, "run `make gains`"
    assert all(re.fullmatch(r"3\.\d+", version) and ratio > 0 for version, ratio in rule.gain.items())
