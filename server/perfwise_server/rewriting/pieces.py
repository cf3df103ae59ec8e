"""Python source taken apart and put together again without losing its formatting."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator, Mapping, Sequence

Definition = ast.FunctionDef | ast.AsyncFunctionDef
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
LINE_END = re.compile(r"\r\n|\r|\n")


class UnfitError(Exception):
    """A reply cannot be used; the text is half a sentence, read after "the reply"."""


class Source:
    """A text with its tree. Lines are counted from 1 and columns in UTF-8 bytes, as in the tree."""

    def __init__(self, text: str) -> None:
        """Raises UnfitError."""
        self.text = text
        self.lines = LINE_END.split(text)
        try:
            self.tree = ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            line = f" (line {error.lineno})" if isinstance(error, SyntaxError) and error.lineno else ""
            said = error.msg if isinstance(error, SyntaxError) else type(error).__name__
            raise UnfitError(f"does not parse: {said}{line}") from None

    def column(self, line: int, byte: int) -> int:
        """In characters."""
        return len(self.lines[line - 1].encode()[:byte].decode(errors="replace"))

    def indentation(self, line: int) -> str:
        text = self.lines[line - 1]
        return text[: len(text) - len(text.lstrip())]

    def whole(self, node: ast.stmt) -> str:
        """The lines of a statement, its decorators among them."""
        lines = self.lines[first_line(node) - 1 : node.end_lineno]
        before = self.lines[node.lineno - 1].encode()[: node.col_offset]
        after = self.lines[(node.end_lineno or 1) - 1].encode()[node.end_col_offset :].strip()
        if before.strip() or (after and not after.startswith(b"#")):
            return ast.unparse(node)  # It shares its lines with others.
        return "\n".join(lines)

    def header_end(self, node: Definition) -> tuple[int, int]:
        """The line of the colon before the body, and the character after it."""
        lines = iter([f"{line}\n" for line in self.lines[node.lineno - 1 :]])
        depth = 0
        for token in tokenize.generate_tokens(lambda: next(lines, "")):
            if token.type == tokenize.OP:
                depth += (token.string in "([{") - (token.string in ")]}")
                if token.string == ":" and depth == 0:
                    return node.lineno + token.end[0] - 1, token.end[1]
        raise UnfitError("has a function without a colon")

    def body(self, node: Definition) -> tuple[list[str], int]:
        """The lines of what a function does, without its docstring, and how far they are indented."""
        done = worked(node)
        if not done:
            raise UnfitError("has a function that does nothing")
        above = self.header_end(node)[0]
        if done[0] is not node.body[0]:
            above = node.body[0].end_lineno or above
        if done[0].lineno == above:
            return [line for stmt in done for line in ast.unparse(stmt).split("\n")], 0
        first = self.lines[done[0].lineno - 1]
        return self.lines[above : node.end_lineno], len(first) - len(first.lstrip())


def first_line(node: ast.stmt) -> int:
    decorators: Sequence[ast.expr] = getattr(node, "decorator_list", ())
    return min([node.lineno, *(each.lineno for each in decorators)])


def worked(node: Definition) -> list[ast.stmt]:
    """The body without the docstring."""
    return node.body[1:] if ast.get_docstring(node, clean=False) is not None else node.body


def statements(body: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """Those of a block and of the branches in it, as far as they are of the same scope."""
    for node in body:
        yield node
        for name in ("body", "orelse", "finalbody"):
            if not isinstance(node, (*DEFINITIONS, ast.ClassDef)):
                yield from statements(getattr(node, name, ()))
        for part in (*getattr(node, "handlers", ()), *getattr(node, "cases", ())):
            yield from statements(part.body)


def path_to(tree: ast.Module, name: str) -> list[Definition | ast.ClassDef]:
    """The definitions that a qualified name leads through, the function last; empty where there is none."""
    found: list[Definition | ast.ClassDef] = []
    body: Sequence[ast.stmt] = tree.body
    for part in name.split("."):
        named = [
            each for each in statements(body) if isinstance(each, (*DEFINITIONS, ast.ClassDef)) and each.name == part
        ]
        if not named:
            return []
        found.append(named[-1])  # The one that callers meet.
        body = named[-1].body
    return found if isinstance(found[-1], DEFINITIONS) else []


def reindented(lines: Sequence[str], width: int, prefix: str) -> list[str]:
    """The lines, whose code is indented by `width`, indented by `prefix` instead; what is in strings stays."""
    inside = _inside_strings(lines)
    moved = []
    for number, line in enumerate(lines):
        if number in inside:
            moved.append(line)
        elif not line.strip():
            moved.append("")
        else:
            rest = line[width:] if not line[:width].strip() else line.lstrip()
            deeper = len(rest) - len(rest.lstrip(" "))
            if prefix.startswith("\t"):
                rest = "\t" * (deeper // 4) + " " * (deeper % 4) + rest[deeper:]
            moved.append(prefix + rest)
    return moved


def _inside_strings(lines: Sequence[str]) -> set[int]:
    """The numbers, from 0, of lines that begin inside a string."""
    # Below a line without indentation the first one may be indented.
    text = "if 1:\n" + "".join(f"{line}\n" for line in lines)
    if lines and lines[0][:1].strip():
        text = "\n" + text.partition("\n")[2]
    found: set[int] = set()
    opened: list[int] = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            kind = tokenize.tok_name[token.type]
            if kind == "STRING":
                found.update(range(token.start[0] + 1, token.end[0] + 1))
            elif kind in ("FSTRING_START", "TSTRING_START"):
                opened.append(token.start[0])
            elif kind in ("FSTRING_END", "TSTRING_END"):
                found.update(range(opened.pop() + 1, token.end[0] + 1))
    except (tokenize.TokenError, SyntaxError, IndexError):
        pass
    return {line - 2 for line in found}


def renamed(source: Source, names: Mapping[str, str]) -> Source:
    """With names of the module called otherwise. Raises UnfitError where that cannot be done surely."""
    if not names:
        return source
    used = [each for each in ast.walk(source.tree) if isinstance(each, ast.Name) and each.id in names]
    # Line, character, old name.
    places = [(each.lineno, source.column(each.lineno, each.col_offset), each.id) for each in used]
    for node in source.tree.body:
        if isinstance(node, (*DEFINITIONS, ast.ClassDef)) and node.name in names:
            line = source.lines[node.lineno - 1]
            start = source.column(node.lineno, node.col_offset)
            if found := re.compile(rf"(?:def|class)\s+({node.name})\b").search(line, start):
                places.append((node.lineno, found.start(1), node.name))
    lines = [*source.lines]
    for number, column, name in sorted(places, reverse=True):
        line = lines[number - 1]
        lines[number - 1] = line[:column] + names[name] + line[column + len(name) :]
    meant = _Renamer(names, source.tree).visit(source.tree)
    try:
        result = Source("\n".join(lines))
    except UnfitError:
        result = None
    # Before Python 3.12 the places of names in f-strings are not told: then the comments are lost.
    if result is None or ast.dump(meant) != ast.dump(result.tree):
        result = Source(ast.unparse(meant))
    return result


class _Renamer(ast.NodeTransformer):
    """As the names mean it: where a function has its own under such a name, the trees differ, as they should."""

    def __init__(self, names: Mapping[str, str], tree: ast.Module) -> None:
        self.names = names
        self.outer = {*map(id, tree.body)}

    def visit_Name(self, node: ast.Name) -> ast.AST:
        return ast.Name(self.names.get(node.id, node.id), node.ctx)

    def visit_arg(self, node: ast.arg) -> ast.AST:
        if node.arg in self.names:
            raise UnfitError(f"uses the name {node.arg} in two ways")
        return self.generic_visit(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        return self._definition(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AST:
        return self._definition(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        return self._definition(node)

    def _definition(self, node: Definition | ast.ClassDef) -> ast.AST:
        stored = {each.id for each in ast.walk(node) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)}
        if id(node) not in self.outer and node.name in self.names:
            stored.add(node.name)
        if stored & self.names.keys():
            raise UnfitError(f"uses the name {min(stored & self.names.keys())} in two ways")
        fields = {name: value for name, value in ast.iter_fields(node) if name != "name"}
        return self.generic_visit(type(node)(name=self.names.get(node.name, node.name), **fields))

    def visit_Global(self, node: ast.Global) -> ast.AST:
        if taken := set(node.names) & self.names.keys():
            raise UnfitError(f"uses the name {min(taken)}, which is something else in this module")
        return node
