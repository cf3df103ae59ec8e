from __future__ import annotations

import pytest

from perfwise_worker.protocol import (
    CallTime,
    Compare,
    Compared,
    Count,
    Counted,
    Describe,
    Described,
    Difference,
    Failed,
    Grow,
    Grown,
    Lines,
    Load,
    Loaded,
    Outcome,
    Parameter,
    Reply,
    Request,
    Shape,
    Time,
    Timed,
    Tried,
    Try,
    decode,
    encode,
)

OUTCOME = Outcome("f()", "raised", "ValueError", "no", 0.5, (1, 2), {"x": 3}, "ab12")


@pytest.mark.parametrize(
    "message",
    [
        Load("x = 1\n", "x = '\N{GRINNING FACE} \ud800'\r\n", name="other", roots=("a", "b")),
        Describe("C.f"),
        Try(("f(1)",), function="f"),
        Compare(("f(1)", "f('\n')"), seconds=2.5),
        Time(("f()",), budget=0.1, seconds=1.0),
        Grow("f([0] * n)", (1, 2)),
        Count("f()", 2.0),
        Counted(3, 2),
        Loaded("3.9", ("a note",)),
        Described(
            "method", "", (Parameter("x", "*", "1"),), "m.C", "", (Shape("m.C", "class", "C"),), ("numpy",), (1,)
        ),
        Tried((OUTCOME,)),
        Compared((Difference("value", "f()", "result", "1", "2"),), 1, ("a lock",), (), (OUTCOME,), Lines((1,))),
        Timed(2.0, 1.5, 2.5, 9, 1e-3, 5e-4, "cpu", (CallTime("f()", 2.0, 1e-3, 5e-4),)),
        Grown(((1, 0.5), (2, 1.0)), ()),
        Failed("syntax", "line 1: no", "new"),
    ],
)
def test_a_message_survives_the_line_it_is_written_to(message: Request | Reply) -> None:
    line = encode(message)
    assert line.count(b"\n") == 1
    assert decode(line) == message


@pytest.mark.parametrize(
    "line",
    [
        *(b"", b"\n", b"{", b"[]", b"{}", b'{"type": "Quit"}', b'{"type": "Loaded"}', b"\xff"),
        *(b'{"type": "Loaded", "message": {"a": 1}}', b'{"type": "Describe", "message": null}'),
    ],
)
def test_what_is_no_message_is_refused(line: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        decode(line)
