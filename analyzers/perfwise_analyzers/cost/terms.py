"""The algebra of costs: sums of products of sizes, of which only the fastest growing are kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

_MOST = 8  # Summands beyond these say nothing more to a reader.


@dataclass(frozen=True, slots=True)
class Atom:
    """A size that the function cannot change: `len` of a name or path, or the `value` of a number.

    With a `depth` of 1 it is the length, or the greatest value, of the items. `total` is the number of all items of
    items, such as the edges of a graph, `nodes` that of a linked structure. `other` is any text that stands for itself.
    """

    kind: Literal["len", "value", "total", "nodes", "other"]
    root: str
    depth: int = 0

    @property
    def weight(self) -> int:
        """Its power of n where all sizes are n: n items of n items are n squared."""
        return 2 if self.kind == "total" else 1

    @property
    def text(self) -> str:
        match self.kind:
            case "len":
                return f"len({self.root}{'[0]' * self.depth})"
            case "value":
                return f"max({self.root}{'[0]' * (self.depth - 1)})" if self.depth else self.root
            case "total":
                return f"edges({self.root})"
            case "nodes":
                return f"nodes({self.root})"
        return self.root


class Factor(NamedTuple):
    """2 ** size (a factorial, where `exponential` is 2), times size ** power, times log(size) ** logs."""

    exponential: int = 0
    power: float = 0
    logs: int = 0


Monomial = dict[Atom, Factor]


@dataclass(frozen=True, slots=True)
class Term:
    """A sum without its constants; no summand is dominated by another."""

    monomials: tuple[Monomial, ...]

    @property
    def constant(self) -> bool:
        return not any(self.monomials)

    @property
    def text(self) -> str:
        ordered = sorted(self.monomials, key=_growth, reverse=True)
        return " + ".join(map(_text, ordered)) or "1"

    def __str__(self) -> str:
        return self.text

    def __add__(self, other: Term) -> Term:
        return total((self, other))

    def __mul__(self, other: Term) -> Term:
        if other == ONE:
            return self
        if self == ONE:
            return other
        return _pruned([_times(a, b) for a in self.monomials for b in other.monomials])

    def atoms(self) -> list[Atom]:
        return list(dict.fromkeys(atom for monomial in self.monomials for atom in monomial))


ONE = Term(({},))


def of(atom: Atom) -> Term:
    return Term(({atom: Factor(power=1)},))


def length(root: str, depth: int = 0) -> Term:
    return of(Atom("len", root, depth))


def value(root: str, depth: int = 0) -> Term:
    return of(Atom("value", root, depth))


def other(text: str) -> Term:
    return of(Atom("other", text))


def total(terms: Iterable[Term]) -> Term:
    monomials = [monomial for term in terms for monomial in term.monomials]
    return _pruned(monomials) if monomials else ONE


def known(terms: Iterable[Term | None]) -> Term | None:
    """The sum, None where a summand is unknown."""
    summands: list[Term] = []
    for term in terms:
        if term is None:
            return None
        summands.append(term)
    return total(summands)


def both(a: Term | None, b: Term | None) -> Term | None:
    """The product, None where a factor is unknown."""
    return None if a is None or b is None else a * b


def log(term: Term) -> Term:
    found: list[Monomial] = []
    for monomial in term.monomials:
        found.extend(
            {atom: Factor(power=1) if factor.exponential else Factor(logs=1)}
            for atom, factor in monomial.items()
            if factor.exponential or factor.power
        )
    return _pruned([*found, {}])


def power(term: Term, exponent: float) -> Term:
    """A sum's power grows like the sum of the powers."""
    if exponent == 1:
        return term
    return _pruned(
        [
            {atom: Factor(f.exponential, f.power * exponent, round(f.logs * exponent)) for atom, f in monomial.items()}
            for monomial in term.monomials
        ]
    )


def exponential(term: Term, level: int = 1) -> Term:
    """2 ** term, or with level 2 its factorial."""
    atoms = term.atoms()
    return Term(({atom: Factor(exponential=level) for atom in atoms},)) if atoms else ONE


def substitute(term: Term, size_of: Callable[[Atom], Term | None]) -> Term | None:
    """The term with each size replaced; None where one of them is not known."""
    summands: list[Term] = []
    for monomial in term.monomials:
        product = ONE
        for atom, factor in monomial.items():
            size = size_of(atom)
            if size is None:
                return None
            if factor.exponential:
                product *= exponential(size, factor.exponential)
            if factor.power:
                product *= power(size, factor.power)
            if factor.logs:
                product *= power(log(size), factor.logs)
        summands.append(product)
    return total(summands)


UNKNOWN = "unknown"
CLASSES = ("1", "log n", "sqrt n", "n", "n log n", "n^2", "n^2 log n", "n^3", "n^k", "2^n", UNKNOWN)


def class_of(term: Term | None) -> str:
    """One of CLASSES, where all sizes are n. Between two of them it is the next above, polylogarithms apart."""
    if term is None:
        return UNKNOWN
    grown, degree, logs = growth_of(term)
    if grown:
        return "2^n"
    match degree, logs > 0:
        case 0, False:
            return "1"
        case 0, True:
            return "log n"
        case 0.5, _:
            return "sqrt n"
        case 1, False:
            return "n"
        case 1, True:
            return "n log n"
        case 2, False:
            return "n^2"
        case 2, True:
            return "n^2 log n"
        case 3, False:
            return "n^3"
    return "sqrt n" if degree < 1 else "n^k"


def big_o(term: Term | None) -> str:
    return UNKNOWN if term is None else f"O({term.text})"


def heavier(a: Term, b: Term) -> bool:
    """Whether a grows faster than b where all sizes are equal."""
    return growth_of(a) > growth_of(b)


def growth_of(term: Term) -> tuple[int, float, int]:
    """Exponential or not, the degree and the logarithms, where all sizes are equal."""
    return max(map(_growth, term.monomials))


def _growth(monomial: Monomial) -> tuple[int, float, int]:
    return (
        max((factor.exponential for factor in monomial.values()), default=0),
        sum(factor.power * atom.weight for atom, factor in monomial.items()),
        sum(factor.logs for factor in monomial.values()),
    )


def _times(a: Monomial, b: Monomial) -> Monomial:
    product = dict(a)
    for atom, factor in b.items():
        have = product.get(atom)
        if have is not None:
            factor = Factor(
                max(have.exponential, factor.exponential), have.power + factor.power, have.logs + factor.logs
            )
        product[atom] = factor
    return product


def _dominates(a: Monomial, b: Monomial) -> bool:
    return all(a.get(atom, _NOTHING) >= factor for atom, factor in b.items())


_NOTHING = Factor()


def _pruned(monomials: list[Monomial]) -> Term:
    kept: list[Monomial] = []
    for monomial in monomials:
        if any(_dominates(other, monomial) for other in kept):
            continue
        kept = [other for other in kept if not _dominates(monomial, other)]
        kept.append(monomial)
    if len(kept) > _MOST:
        kept = sorted(kept, key=_growth, reverse=True)[:_MOST]
    return Term(tuple(kept))


def _text(monomial: Monomial) -> str:
    return " * ".join(part for atom, factor in monomial.items() for part in _parts(atom.text, factor)) or "1"


def _parts(size: str, factor: Factor) -> list[str]:
    single = size.replace("_", "").isalnum() or size.endswith(")")
    base = size if single else f"({size})"
    parts = []
    if factor.exponential:
        parts.append(f"{base}!" if factor.exponential > 1 else f"2^{base}")
    if factor.power == 0.5:
        parts.append(f"sqrt({size})")
    elif factor.power:
        parts.append(base if factor.power == 1 else f"{base}^{factor.power:.3g}")
    if factor.logs:
        parts.append(f"log({size})" + (f"^{factor.logs}" if factor.logs > 1 else ""))
    return parts
