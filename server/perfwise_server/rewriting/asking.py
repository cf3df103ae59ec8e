"""A model asked for rewrites: several at a time, by several approaches, and again for what was refused."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field, replace

from perfwise_server.rewriting import prompt
from perfwise_server.rewriting.effort import Effort, Strategies
from perfwise_server.rewriting.providers.provider import THIS_MACHINE, Ask, Message, Provider, ProviderError, Reply
from perfwise_server.rewriting.reply import code_in
from perfwise_server.rewriting.situation import Situation

_APPROACHES = (
    "",
    "another data structure: a set or dict looked up instead of a list searched, a heap, a deque, running totals",
    "loops moved into built-ins, comprehensions, itertools and str methods",
    "less work in each round: what does not change done once, and an end as soon as the result is known",
)
_LEAST_TOKENS = 2048
_LOCAL_TOKENS = 512  # Where a small model goes on until it is cut off, and each token takes long.
_STEADY, _VARIED = 0.2, 0.8  # Temperatures: of the first question, and of the others.


@dataclass(frozen=True)
class Proposal:
    """`code` is a reply's; `text` the whole module with the rewrite, where it is known already."""

    code: str
    by: str  # "built-in", or the model's name.
    text: str = ""
    approach: str = ""
    refused: str = ""  # Why there is nothing to examine, as half a sentence read after "the reply".
    repairs: int = 0  # How often it was mended.
    input_tokens: int = 0
    output_tokens: int = 0
    seconds: float = 0.0  # That the model took.


@dataclass
class Asked:
    """What was asked in all. `busy` are the seconds in which at least one question was open."""

    requests: int = 0
    replies: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    busy: float = 0.0
    problems: list[str] = field(default_factory=list)


class Asking:
    """Questions run as tasks; `next` gives what comes, in the order in which it comes.

    `ended` ends the questions that are open. Errors of the provider are kept in `asked.problems`.
    """

    def __init__(
        self,
        provider: Provider,
        situation: Situation,
        effort: Effort,
        strategies: Strategies,
        progress: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.provider, self.situation = provider, situation
        self.effort, self.strategies, self.progress = effort, strategies, progress
        self.asked = Asked()
        self._tasks: set[asyncio.Task[None]] = set()
        self._come: asyncio.Queue[Proposal | None] = asyncio.Queue()
        self._ready = 0
        self._open = 0
        self._since = 0.0
        self._seed = 0
        self._ideas: list[str] = []

    @property
    def is_open(self) -> bool:
        """Whether anything may still come."""
        return bool(self._tasks) or not self._come.empty()

    @property
    def waiting(self) -> int:
        """How many have come and were not taken yet."""
        return self._ready

    @property
    def is_asking(self) -> bool:
        return bool(self._tasks)

    async def next(self, seconds: float | None = None) -> Proposal | None:
        """None where nothing came: a question failed, or the time is up."""
        try:
            found = await asyncio.wait_for(self._come.get(), seconds)
        except (asyncio.TimeoutError, TimeoutError):
            return None
        self._ready -= found is not None
        return found

    def begin(self, count: int) -> None:
        """Effect: the first round is asked. Half of it waits for ideas, where the cost is super-linear."""
        self.progress(f"asking {self.provider.name}")
        with_ideas = count // 2 if self.strategies.ideas and self.situation.is_superlinear else 0
        for index in range(count - with_ideas):
            approach = _APPROACHES[index % len(_APPROACHES)]
            messages = prompt.first(self._situation(), approach, self.strategies.examples)
            self._start(self._propose(messages, approach))
        if with_ideas:
            self._start(self._by_ideas(with_ideas))

    def mend(self, refused: Proposal, why: str) -> bool:
        """Effect: a rewrite that was refused is asked for again, unless it was often enough."""
        if not self.strategies.repair or refused.repairs >= self.effort.repairs or not refused.code:
            return False
        messages = prompt.repair(self._situation(), refused.code, why)
        self._start(self._propose(messages, refused.approach, refused.repairs + 1))
        return True

    def again(self, fastest: Proposal, speed: str, tried: list[str]) -> bool:
        """Effect: a further round is asked, from the fastest rewrite so far."""
        if not self.strategies.again or not self.effort.again:
            return False
        messages = prompt.again(self._situation(), fastest.code, speed, tried[:4])
        left = [idea for idea in self._ideas if idea != fastest.approach]
        for index in range(self.effort.again):
            asked = messages
            if index and index <= len(left):
                asked = prompt.first(self._situation(), left[-index], self.strategies.examples)
            self._start(self._propose(asked, "from the fastest so far"))
        return True

    def measured(self, growth: str) -> None:
        """What was measured meanwhile is told with the next questions."""
        self.situation = replace(self.situation, measured=growth)

    async def ended(self) -> None:
        tasks = [*self._tasks]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _situation(self) -> Situation:
        return self.situation if self.strategies.profile else replace(self.situation, hot=(), measured="", seen="")

    def _start(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self.asked.problems.append(str(error) or type(error).__name__)
        self._come.put_nowait(None)  # Who waits learns that nothing more of this one comes.

    async def _by_ideas(self, count: int) -> None:
        reply = await self._reply(prompt.ideas(self._situation(), count + 1), _VARIED)
        self._ideas = prompt.read_ideas(reply.text if reply else "", count + 1)
        for index in range(count):
            approach = self._ideas[index] if index < len(self._ideas) else _APPROACHES[-1 - index % 3]
            messages = prompt.first(self._situation(), approach, self.strategies.examples)
            self._start(self._propose(messages, approach))

    async def _propose(self, messages: tuple[Message, ...], approach: str, repairs: int = 0) -> None:
        is_first = self._seed == 0
        reply = await self._reply(messages, _STEADY if is_first else _VARIED)
        if reply is None:
            return
        code = code_in(reply.text, self.situation.function)
        spent = (reply.input_tokens, reply.output_tokens, reply.seconds)
        refused = "" if code else "has no code in it" + (" before it was cut off" if reply.is_cut else "")
        self._ready += 1
        self._come.put_nowait(Proposal(code, reply.model, "", approach, refused, repairs, *spent))

    async def _reply(self, messages: tuple[Message, ...], temperature: float) -> Reply | None:
        self._seed += 1
        is_slow = self.provider.where == THIS_MACHINE
        tokens = (_LOCAL_TOKENS if is_slow else _LEAST_TOKENS) + len(self.situation.source)
        ask = Ask(messages, max_tokens=tokens, temperature=temperature, seed=self._seed)
        self.asked.requests += 1
        if not self._open:
            self._since = time.monotonic()
        self._open += 1
        try:
            reply = await self.provider.reply(ask)
            self.asked.replies += 1
            self.asked.input_tokens += reply.input_tokens
            self.asked.output_tokens += reply.output_tokens
            return reply
        except ProviderError as error:
            self.asked.problems.append(str(error))
            return None
        finally:
            self._open -= 1
            if not self._open:
                self.asked.busy += time.monotonic() - self._since
