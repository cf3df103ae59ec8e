"""PW900: comments that silence nothing are found, those of use are not, and the fix takes no more than it should."""

from __future__ import annotations

import pytest

from perfwise_analyzers.document import Document
from perfwise_analyzers.engine import Options, find
from perfwise_analyzers.finding import Finding
from perfwise_analyzers.fixing.edits import apply
from perfwise_analyzers.unused import UNUSED, unused_suppressions

SLOW = """\
def common(orders: list[int], users: list[int]) -> list[int]:{}
    found = []
    for order in orders:
        if order in users:{}
            found.append(order)
    return found{}
"""
ASKED = Options(report_unused=True)


def unused(source: str, options: Options = ASKED) -> list[Finding]:
    return unused_suppressions(Document(source), options)


def mended(source: str) -> str:
    return apply(source, [edit for finding in unused(source) if finding.fix for edit in finding.fix.edits])


@pytest.mark.parametrize("named", ["", "[PW101]", "[list-membership-in-loop]", "[PW1]", "[pw1xx]", "[PW101,]"])
def test_a_comment_is_of_use_where_its_hint_is(named: str) -> None:
    comment = f"  # perfwise: ignore{named}"
    for source in (SLOW.format("", comment, ""), SLOW.format(comment, "", ""), SLOW.format(comment, comment, "")):
        assert find(source) == []
        assert unused(source) == []
    source = SLOW.format("", "", comment)
    (finding,) = unused(source)
    assert (finding.code, finding.severity, finding.span.start) == ("PW900", "hint", (5, 18))
    assert mended(source) == SLOW.format("", "", "")


@pytest.mark.parametrize(
    ("comment", "left", "message"),
    [
        ("  # perfwise: ignore[PW101, PW102]", "  # perfwise: ignore[PW101]", "`PW102` silences nothing here"),
        ("  # perfwise: ignore[PW2xx,pw101]", "  # perfwise: ignore[pw101]", "`PW2xx` silences nothing here"),
        ("  # perfwise: ignore[PW000, PW101]", "  # perfwise: ignore[PW101]", "no rule is called `PW000`"),
        ("  # perfwise: ignore[PW102]", "", "`PW102` silences nothing here"),
        ("  # perfwise: ignore[]", "", "this comment names no rule"),
        ("\t#perfwise:ignore[PW102]  ", "", "`PW102` silences nothing here"),
        ("  # noqa # perfwise: ignore[PW102]", "  # noqa", "`PW102` silences nothing here"),
        ("  # perfwise: ignore[PW102]  # noqa", "  # noqa", "`PW102` silences nothing here"),
        ("  # perfwise: ignore[PW102]: few users", "  # few users", "`PW102` silences nothing here"),
    ],
)
def test_what_is_of_no_use_is_removed_and_the_rest_stays(comment: str, left: str, message: str) -> None:
    source = SLOW.format("", comment, "")
    assert [finding.message for finding in unused(source)] == [message]
    assert mended(source) == SLOW.format("", left, "")
    assert unused(mended(source)) == []


def test_a_line_that_held_nothing_else_goes() -> None:
    assert mended("x = 1\n# perfwise: ignore\ny = 2\n") == "x = 1\ny = 2\n"
    assert mended("x = 1\r\n    # perfwise: ignore\r\ny = 2\r\n") == "x = 1\r\ny = 2\r\n"
    assert mended("x = 1\n# perfwise: ignore") == "x = 1\n"


@pytest.mark.parametrize(
    "source",
    [
        'x = "# perfwise: ignore[PW101]"\n',
        'def f():\n    """\n    # perfwise: ignore[PW101]\n    """\n',
        "x = 1  # see perfwise: ignored\n",
        "x = 1  # perfwise: ignore[PW101, PW900]\n",
        "def f(:\n    pass  # perfwise: ignore[PW101]\n",
    ],
    ids=["string", "docstring", "other words", "PW900 in it", "broken"],
)
def test_what_is_left_alone(source: str) -> None:
    assert unused(source) == []


def test_thresholds_have_a_use_for_comments() -> None:
    branches = "def wide(a):  # perfwise: ignore[PW901]\n" + "    if a: pass\n" * 60
    assert unused(branches) == []
    assert len(unused(branches.replace("PW901", "PW903"))) == 1


def test_a_use_does_not_depend_on_what_is_selected() -> None:
    source = SLOW.format("", "  # perfwise: ignore[PW101]", "")
    for options in (Options(select=("PW900",)), Options(select=("PW2", "PW900")), Options(ignore=("PW1",))):
        assert unused(source, options) == []


@pytest.mark.parametrize(
    ("options", "count"),
    [
        (Options(), 0),
        (Options(select=("PW1",)), 0),
        (Options(select=("PW900",)), 1),
        (Options(select=("unused-suppression",)), 1),
        (Options(report_unused=True, select=("PW1",)), 1),
        (Options(report_unused=True, ignore=("PW900",)), 0),
    ],
)
def test_it_is_told_of_where_it_is_asked_for(options: Options, count: int) -> None:
    assert len(unused("x = 1  # perfwise: ignore\n", options)) == count


def test_a_notebook_is_one_module() -> None:
    document = Document.of_cells(
        ["x = 1  # perfwise: ignore", "%time x  # perfwise: ignore", "y = 2  # perfwise: ignore"]
    )
    assert [finding.span.start.line for finding in unused_suppressions(document, ASKED)] == [0, 2]


def test_the_example_is_what_it_does() -> None:
    (example,) = UNUSED.bad
    assert mended(example.code) == example.better
