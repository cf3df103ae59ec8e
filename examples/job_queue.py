"""A queue of jobs with a history of what was done last."""

from __future__ import annotations


class JobQueue:
    def __init__(self, names: list[str]) -> None:
        self.waiting = list(names)
        self.history: list[str] = []

    def run_all(self) -> int:
        """Runs the jobs in the order in which they came."""
        done = 0
        while self.waiting:
            name = self.waiting.pop(0)
            self.history.insert(0, name)
            done += 1
        return done


def newest_first(names: list[str]) -> list[str]:
    ordered: list[str] = []
    for name in names:
        ordered.insert(0, name)
    return ordered


def breadth_first(neighbours: dict[int, list[int]], start: int) -> list[int]:
    """The nodes that can be reached, nearest first."""
    reached = {start}
    waiting = [start]
    order = []
    while waiting:
        node = waiting.pop(0)
        order.append(node)
        for neighbour in neighbours[node]:
            if neighbour not in reached:
                reached.add(neighbour)
                waiting.append(neighbour)
    return order


def main() -> None:
    names = [f"job {number}" for number in range(300)]
    queue = JobQueue(newest_first(names))
    print(f"{queue.run_all()} jobs done, the last one was {queue.history[0]}")
    tree = {node: [child for child in (2 * node + 1, 2 * node + 2) if child < 500] for node in range(500)}
    print("reached:", len(breadth_first(tree, 0)))


if __name__ == "__main__":
    main()
