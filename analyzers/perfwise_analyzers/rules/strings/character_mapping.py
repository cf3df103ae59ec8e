"""A text is made anew character by character, where one call turns all of them.

# What it costs

`"".join([c.upper() for c in text])` runs bytecode and a call for each character, and makes a string of it.

# The cheaper form

`text.upper()`, `text.replace(",", " ")`, or a `replace` for each of a few characters to drop, work through the text in C.
For anything else, `text.translate({ord(c): turned(c) for c in set(text)})` works out each different character once.

# When it does not pay

For short texts, below some thirty characters for `replace` and some hundreds for a table, and for a table also where most
characters of a text are different. Nothing is said where the character alone does not decide, or costs next to nothing.

# Fix safety

Safe for `upper`, `casefold` and a `replace`, where the text is known to be a string. Where only the names and what is
done with the items speak for one, the hint says "if", and the fix is to be verified: a list of texts has no such method.
`lower` and `swapcase` are to be verified too: of a whole text, they write a Greek sigma at a word's end in another form.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.characters import Turned, turned_texts
from perfwise_analyzers.finding import Finding, Fix
from perfwise_analyzers.fixing.draft import Draft
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW511",
    name="character-mapping",
    summary="A text is made anew character by character, where one call turns all of them.",
    triggers=("join(", "+="),
    severity="hint",
    bad=(
        Bad(
            code="""\
def shifted(text):
    out = ""
    for letter in text:
        if "a" <= letter <= "z":
            out += chr((ord(letter) - ord("a") + 13) % 26 + ord("a"))
        else:
            out += letter
    return out
""",
            better="""\
def shifted(text):
    table = {}
    for letter in set(text):
        if "a" <= letter <= "z":
            table[ord(letter)] = chr((ord(letter) - ord("a") + 13) % 26 + ord("a"))
    return text.translate(table)
""",
            call='shifted("somewordsandsomemore" * 500)',
            level="advice",
        ),
        Bad(
            code="""\
def shouted(text: str) -> str:
    return "".join(c.upper() for c in text)
""",
            better="""\
def shouted(text: str) -> str:
    return text.upper()
""",
            call='shouted("some words, and some more " * 200)',
        ),
        Bad(
            code="""\
def plain(text: str) -> str:
    out = []
    for c in text:
        if c == ",":
            out.append(" ")
        else:
            out.append(c)
    return "".join(out)
""",
            better="""\
def plain(text: str) -> str:
    return text.replace(",", " ")
""",
            call='plain("some words, and some more " * 200)',
            level="advice",
        ),
        Bad(
            code="""\
def without_marks(text: str) -> str:
    return "".join([char for char in text if char not in ".!"])
""",
            better="""\
def without_marks(text: str) -> str:
    return text.replace(".", "").replace("!", "")
""",
            call='without_marks("Some words! And some more. " * 200)',
        ),
    ),
    good=(
        Good('def f(words):\n    return "".join(w.upper() for w in words)\n', "Words are joined, not characters."),
        Good('def f(text: str):\n    return "".join(c for c in text if c.isalnum())\n', "No call does the same."),
        Good(
            'def f(text: str):\n    out = ""\n    for c in text:\n        if out and c == " ":\n            out += "_"\n'
            "        else:\n            out += c\n    return out\n",
            "What is there already decides too.",
        ),
        Good(
            'def f(text: str):\n    return "".join([c.upper() if i else c for i, c in enumerate(text)])\n',
            "The place decides too.",
        ),
        Good(
            'def f(text: str, keys):\n    return "".join([keys[c] for c in text])\n', "A lookup costs next to nothing."
        ),
        Good('def f(text: str):\n    return " ".join(c.upper() for c in text)\n', "Something is put in between."),
        Good('def f(letters):\n    return "".join(letter.upper() for letter in letters)\n', "They may be a list."),
        Good('def f(text: str, g):\n    return "".join([g(c) for c in text])\n', "`g` may do anything."),
    ),
)

_SAME_OF_ALL = frozenset({"upper", "casefold"})
_ALMOST_SAME = frozenset({"lower", "swapcase"})
_FEW = 4  # So many calls of `replace` still read well.


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for turned in turned_texts(facts):
        if not facts.is_long(turned.text):
            continue
        text = facts.source(turned.text)
        if not isinstance(turned.text, (n.Name, n.Attribute, n.Subscript, n.Call)):
            continue
        known = facts.type_of(turned.text).name == "str"
        each = "Each character" if known else f"If `{text}` is a string, each character"
        better = _one_call(turned, text) or _replaced(facts, turned, text)
        if better is not None:
            message = f"{each} is turned by itself; `{better}` turns all in C"
            yield facts.finding(rule, turned.node, message, fix=_fix(facts, turned, better))
            continue
        dropped = _dropped(facts, turned)
        if dropped is not None:
            message = (
                f"{each} is tested by itself; a `replace` for each of `{dropped}`, if these are few, drops them in C"
            )
            yield facts.finding(rule, turned.node, message)
        elif _is_costly(facts, turned):
            message = (
                f"{each} is worked out anew; a table for `{text}.translate`, with an entry for each of `set({text})`, "
                "works it out once"
            )
            yield facts.finding(rule, turned.node, message)


def _one_call(turned: Turned, text: str) -> str | None:
    """A method of the character, called of the whole text."""
    match turned.piece:
        case n.Call(func=n.Attribute(value=receiver, attr=method), args=[], keywords=[]) if turned.test is None:
            known = method in _SAME_OF_ALL | _ALMOST_SAME
            return f"{text}.{method}()" if known and turned.is_itself(receiver) else None
    return None


def _replaced(facts: Facts, turned: Turned, text: str) -> str | None:
    """One character replaced by a constant, or a few dropped."""
    match turned.test:
        case n.Compare(left=left, ops=[("==" | "!=" | "in" | "not in") as op], comparators=[right]) if turned.is_itself(
            left
        ):
            pass
        case _:
            return None
    same, other = (turned.piece, turned.otherwise) if op in ("==", "in") else (turned.otherwise, turned.piece)
    if not turned.is_itself(other) or not isinstance(right, n.Constant) or not isinstance(right.value, str):
        return None
    if not (same is None or (isinstance(same, n.Constant) and same.kind == "str")):
        return None
    new = facts.source(same) if same is not None else '""'
    if op in ("==", "!="):
        return f"{text}.replace({facts.source(right)}, {new})" if len(right.value) == 1 else None
    if not 1 <= len(right.value) <= _FEW or not right.value.isprintable() or set(right.value) & {'"', "\\"}:
        return None
    if isinstance(same, n.Constant) and set(str(same.value)) & set(right.value):
        return None
    return text + "".join(f'.replace("{character}", {new})' for character in dict.fromkeys(right.value))


def _dropped(facts: Facts, turned: Turned) -> str | None:
    """The name or text whose characters are left out."""
    match turned.test:
        case n.Compare(left=left, ops=["not in"], comparators=[n.Name() | n.Constant(kind="str") as held]):
            if turned.is_itself(left) and turned.is_itself(turned.piece) and turned.otherwise is None:
                kind = facts.type_of(held).name
                return facts.source(held) if kind in ("str", "unknown") else None
    return None


def _is_costly(facts: Facts, turned: Turned) -> bool:
    """Whether working out a character takes several calls, or a search through a text."""
    calls = [node for part in turned.parts for node in n.descendants(part) if isinstance(node, n.Call)]
    searches = [
        call for call in calls if isinstance(call.func, n.Attribute) and call.func.attr in ("index", "find", "replace")
    ]
    made = [call for call in calls if facts.inference.callee(call) in ("builtins.chr", "builtins.ord")]
    return bool(searches) or len(made) > 1


def _fix(facts: Facts, turned: Turned, better: str) -> Fix | None:
    if turned.whole is None:
        return None
    draft = Draft(facts)
    draft.replace(turned.whole, better)
    title = f"Write `{better}`"
    if facts.type_of(turned.text).name != "str":
        return draft.fix("verify", title, f"`{facts.source(turned.text)}` is not known to be a string.")
    if better.rpartition(".")[2].removesuffix("()") in _ALMOST_SAME:
        return draft.fix("verify", title, "A sigma at the end of a word becomes another letter.")
    return draft.fix("safe", title)
