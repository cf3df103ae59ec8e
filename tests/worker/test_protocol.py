from __future__ import annotations

import pytest

from perfwise_worker.protocol import (
    Compare,
    Compared,
    Difference,
    Failed,
    Load,
    Loaded,
    Reply,
    Request,
    Time,
    Timed,
    decode,
    encode,
)


@pytest.mark.parametrize(
    "message",
    [
        Load("x = 1\n", "x = '\N{GRINNING FACE} \ud800'\r\n", name="other"),
        Compare(("f(1)", "f('\n')"), seconds=2.5),
        Time("f()", budget=0.1, seconds=1.0),
        Loaded("3.9"),
        Compared((Difference("value", "f()", "result", "1", "2"),), 1, ("a lock",)),
        Timed(2.0, 1.5, 2.5, 9, 1e-3, 5e-4, "cpu"),
        Failed("syntax", "line 1: no", "new"),
    ],
)
def test_a_message_survives_the_line_it_is_written_to(message: Request | Reply) -> None:
    line = encode(message)
    assert line.count(b"\n") == 1
    assert decode(line) == message


@pytest.mark.parametrize("line", [b"", b"\n", b"{", b"[]", b"{}", b'{"type": "Quit"}', b'{"type": "Loaded"}', b"\xff"])
def test_what_is_no_message_is_refused(line: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        decode(line)
