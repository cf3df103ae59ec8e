"""Arrays that grow in a loop, and look-alikes."""
# ruff: noqa

from __future__ import annotations

import numpy as np
from numpy import concatenate


def extended(signal: np.ndarray, value: float) -> np.ndarray:
    return np.append(signal, value)


# slow: the whole array is copied for each sample.
def calibrated(samples: list[float], offset: float) -> np.ndarray:
    out = np.empty(0)
    for sample in samples:
        if sample > offset:
            out = np.append(out, sample - offset)  # hint
    return out


# slow: concatenate, without annotations.
def spliced(tracks):
    audio = np.zeros(0)
    for track in tracks:
        audio = np.concatenate((audio, track))  # hint
    return audio


# slow: rows are put beneath.
def trajectory(start: np.ndarray, step: np.ndarray, count: int) -> np.ndarray:
    path = start
    position = start
    for _ in range(count):
        position = position + step
        path = np.vstack([path, position])  # hint
    return path


class Sensor:
    def __init__(self) -> None:
        self.values = np.array([])

    # slow: an attribute grows.
    def collect(self, source) -> None:
        for block in source:
            self.values = np.hstack((self.values, block))  # hint

    # slow: asynchronous, with the imported name.
    async def listen(self, stream) -> None:
        async for block in stream:
            self.values = concatenate([self.values, np.asarray(block)])  # hint

    # fine: once for each call.
    def add(self, block: np.ndarray) -> None:
        self.values = np.concatenate([self.values, block])


# slow: a while loop, and another name for the library's module.
def collatz(start: int) -> np.ndarray:
    import numpy

    seen = numpy.array([start])
    while start != 1:
        start = start // 2 if start % 2 == 0 else 3 * start + 1
        seen = numpy.append(seen, start)  # hint
    return seen


# slow: the short form with brackets.
def thresholds(levels):
    edges = np.array([0.0])
    for level in levels:
        edges = np.r_[edges, level * 1.5]  # hint
    return edges


# slow: the helper copies at each call.
def played(notes: list[float]) -> np.ndarray:
    signal = np.array([0.0])
    for note in notes:
        signal = extended(signal, note)  # hint
    return signal


# slow: columns are put beside.
def powers(x: np.ndarray, degree: int) -> np.ndarray:
    matrix = np.ones((len(x), 1))
    for exponent in range(1, degree):
        matrix = np.column_stack((matrix, x**exponent))  # hint
    return matrix


# slow: at the front.
def reversed_copy(values: list[int]) -> np.ndarray:
    out = np.array([], dtype=int)
    for value in values:
        out = np.insert(out, 0, value)  # hint
    return out


# fine: the parts are kept in a list.
def gathered(blocks) -> np.ndarray:
    parts = []
    for block in blocks:
        parts.append(np.asarray(block))
    return np.concatenate(parts)


# fine: a window of one length.
def moving(values: list[float], width: int) -> list[float]:
    window = np.zeros(width)
    means = []
    for value in values:
        window = np.append(window[1:], value)
        means.append(float(window.mean()))
    return means


# fine: each round makes another array.
def padded(signals: list[np.ndarray], width: int) -> list[np.ndarray]:
    out = []
    for signal in signals:
        longer = np.append(signal, np.zeros(width))
        out.append(longer)
    return out


# fine: made in its full size.
def squares(count: int) -> np.ndarray:
    out = np.empty(count)
    for i in range(count):
        out[i] = i * i
    return out


# fine: a list's own method.
def kept(values: list[float]) -> list[float]:
    array = []
    for value in values:
        array.append(value)
    return array
