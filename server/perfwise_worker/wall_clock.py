"""What a clock shows in whole seconds, which two runs mostly agree on, by chance."""

from __future__ import annotations

import re
import time

from perfwise_worker.protocol import Difference

_DIGIT = re.compile(r"\d")
_SHOWN = ("%H:%M", "%H%M", "%H, %M")
_HUNDREDS = 2  # Digits of the seconds since the epoch that may change meanwhile.


def may_tell_the_time(difference: Difference) -> bool:
    """Whether both sides are the same but for digits, among which is what a clock shows now."""
    old, new = difference.old, difference.new
    if _DIGIT.sub("0", old) != _DIGIT.sub("0", new):
        return False
    now = {time.strftime(each, part) for each in _SHOWN for part in (time.localtime(), time.gmtime())}
    now.add(str(int(time.time()))[:-_HUNDREDS])
    return any(each in text for each in now for text in (old, new))


def wait_for_the_next_second() -> None:
    time.sleep(1.01 - time.time() % 1)
