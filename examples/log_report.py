"""Sums up an access log: who came, what failed, how many bytes were sent by then."""

from __future__ import annotations


class Report:
    """Text that grows line by line."""

    def __init__(self) -> None:
        self.text = ""

    def add_all(self, lines: list[str]) -> None:
        for line in lines:
            self.text += line + "\n"


def visitors(lines: list[str]) -> list[str]:
    """Every visitor once, in the order in which they came."""
    seen: list[str] = []
    for line in lines:
        address = line.split()[0]
        if address not in seen:
            seen.append(address)
    return seen


def requests_by_path(paths: list[str]) -> dict[str, int]:
    return {path: paths.count(path) for path in paths}


def sent_by_then(sizes: list[int]) -> list[int]:
    """How many bytes had been sent after each request."""
    return [sum(sizes[: position + 1]) for position in range(len(sizes))]


def main() -> None:
    paths = ["/", "/login", "/cart", "/missing"]
    lines = [f"10.0.{number % 9}.{number % 40} GET {paths[number % 4]} {100 + number}" for number in range(400)]
    requested = [line.split()[2] for line in lines]
    sizes = [int(line.split()[3]) for line in lines]
    report = Report()
    report.add_all([f"{path}: {count}" for path, count in requests_by_path(requested).items()])
    print(report.text, end="")
    print(f"{len(visitors(lines))} visitors, {sent_by_then(sizes)[-1]} bytes")


if __name__ == "__main__":
    main()
